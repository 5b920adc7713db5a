import { expect } from "chai";
import fc from "fast-check";

import { askDetection } from "../../../../src/analysis/detection.ts";
import { escapesOf, type ExitTrack } from "../../../../src/analysis/exits.ts";
import { attributeSlash, ROUNDING } from "../../../../src/analysis/loss-waterfall.ts";
import { measureFall } from "../../../../src/analysis/security-fall.ts";
import {
  accountOf,
  addCapital,
  addTo,
  bookHoldings,
  closeAccount,
  type YieldBook,
} from "../../../../src/analysis/yield-attribution.ts";
import type { HolderLoss, SlashedStrategy } from "../../../../src/model/fact.ts";
import type { View } from "../../../../src/model/view.ts";
import { days } from "../../../../src/units/durations.ts";

const WAD = 10n ** 18n;
const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

function slashed(operatorShares: bigint, queueShares: bigint, losses: readonly HolderLoss[]): SlashedStrategy {
  const magnitude = { before: WAD, after: WAD / 2n };
  return {
    strategy: "lst",
    wadSlashed: WAD / 2n,
    magnitude,
    maxMagnitude: magnitude,
    operatorShares,
    queueShares,
    losses,
  };
}

describe("attributeSlash", () => {
  it("names operator, staker and withdrawal, and leaves out who lost nothing", () => {
    const losses: readonly HolderLoss[] = [
      { layer: "operator", holder: "op", position: null, before: 10n, after: 5n },
      { layer: "staker", holder: "ann", position: null, before: 6n, after: 3n },
      { layer: "staker", holder: "bob", position: null, before: 0n, after: 0n },
      { layer: "withdrawal", holder: "cat", position: "cat/w1", before: 4n, after: 2n },
    ];
    const { bearers, shares, value } = attributeSlash(slashed(8n, 2n, losses), (held) => held * 3n);
    expect([shares, value]).to.deep.equal([10n, 30n]);
    expect(bearers.map(({ holder, value: lost }) => [holder, lost])).to.deep.equal([
      ["op", 15n],
      ["ann", 9n],
      ["cat", 6n],
    ]);
  });

  it("sums to the shares and to the value exactly, whatever was rounded", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 24n });
    const holder = fc.tuple(amount, amount).map(([a, b]): HolderLoss => {
      return { layer: "staker", holder: "x", position: null, before: a > b ? a : b, after: a > b ? b : a };
    });
    const price = fc.bigInt({ min: 1n, max: 2n * WAD });
    fc.assert(
      fc.property(amount, amount, fc.array(holder, { maxLength: 12 }), price, (operator, queue, losses, rate) => {
        const valueOf = (held: bigint): bigint => (held * rate) / WAD;
        const { bearers, shares, value } = attributeSlash(slashed(operator, queue, losses), valueOf);
        const exact = sum(bearers.map((bearer) => bearer.shares)) === operator + queue && shares === operator + queue;
        const dust = bearers.filter(({ layer }) => layer === "dust");
        return (
          exact && sum(bearers.map((bearer) => bearer.value)) === value && dust.length <= 1 && value === valueOf(shares)
        );
      }),
    );
  });

  it("puts what rounding leaves into one line of its own", () => {
    const losses: readonly HolderLoss[] = [{ layer: "staker", holder: "ann", position: null, before: 9n, after: 5n }];
    const { bearers } = attributeSlash(slashed(5n, 0n, losses), (held) => held + 0n);
    expect(bearers.at(-1)).to.deep.equal({ layer: "dust", holder: ROUNDING, position: null, shares: 1n, value: 1n });
  });
});

describe("escapesOf", () => {
  const exit: ExitTrack = {
    id: "ann/w1",
    holder: "ann",
    operator: "op",
    strategy: "lst",
    trigger: "withdrawal",
    queuedAt: days(1),
    slashableUntil: days(15),
    completableAt: days(15) + 1n,
    requested: 5n,
    completedAt: null,
    received: null,
    lost: 0n,
    hitBy: [],
  };
  const slash = { id: "oracle#1", operator: "op", strategy: "lst", time: days(15) + 12n, wadSlashed: WAD / 10n };

  it("says how long before the slash it was queued and when its window ended", () => {
    expect(escapesOf(exit, [slash])).to.deep.equal([
      { slash: "oracle#1", why: "queued 14 d 12 s before the slash; its window ended 12 s earlier" },
    ]);
  });

  it("says when it had been paid out before", () => {
    const paid = { ...exit, completedAt: days(15) + 2n };
    expect(escapesOf(paid, [slash])[0]?.why).to.match(/, and it had been paid out$/);
  });

  it("knows no escape in the window's last second, from another operator or strategy, or from nothing", () => {
    const others = [
      { ...slash, time: days(15) },
      { ...slash, operator: "other" },
      { ...slash, strategy: "gold" },
      { ...slash, wadSlashed: 0n },
    ];
    expect(escapesOf(exit, others)).to.deep.equal([]);
    expect(escapesOf({ ...exit, hitBy: ["oracle#1"] }, [slash])).to.deep.equal([]);
  });
});

describe("measureFall", () => {
  const points = [100n, 100n, 40n, 60n, 99n, 100n].map((security, at) => ({ time: BigInt(at) * 10n, security }));

  it("measures depth, time below and recovery", () => {
    expect(measureFall(points)).to.deep.equal({
      before: 100n,
      lowest: 40n,
      lowestAt: 20n,
      final: 100n,
      depth: (WAD * 6n) / 10n,
      below: 20n,
      recoveredAt: 40n,
    });
  });

  it("knows no recovery where it never fell or never came back", () => {
    expect(measureFall(points.slice(0, 2))).to.include({ depth: 0n, below: 0n, recoveredAt: null });
    expect(measureFall(points.slice(0, 4))).to.include({ below: 10n, recoveredAt: null });
    expect(measureFall([])).to.equal(null);
  });
});

describe("askDetection", () => {
  const exits = [
    { queuedAt: days(1), slashableUntil: days(15), requested: 100n },
    { queuedAt: days(5), slashableUntil: days(19), requested: 40n },
    { queuedAt: 0n, slashableUntil: days(14), requested: 1000n },
  ];
  const question = { faultAt: days(1), slashedAt: days(16), fraction: WAD / 2n, stakeAtFault: 1000n, exits };

  it("counts what escapes, is caught and is saved for each latency, boundaries inclusive", () => {
    const outcomes = askDetection(question, [days(0), days(14), days(14) + 1n, days(15), days(19)]);
    expect(outcomes.map(({ escaped }) => escaped)).to.deep.equal([0n, 0n, 100n, 100n, 140n]);
    expect(outcomes.map(({ caught }) => caught)).to.deep.equal([100n, 140n, 40n, 40n, 0n]);
    expect(outcomes.map(({ saved }) => saved)).to.deep.equal([50n, 50n, 0n, 0n, 0n]);
    expect(outcomes.map(({ slashed: taken }) => taken)).to.deep.equal([500n, 500n, 450n, 450n, 430n]);
  });
});

describe("yield accounts", () => {
  it("compare with plain staking from the moment each part of the capital came in", () => {
    const book: YieldBook = new Map();
    addCapital(accountOf(book, "ann"), 100n * WAD, WAD);
    addCapital(accountOf(book, "ann"), 100n * WAD, 2n * WAD);
    const result = closeAccount("ann", accountOf(book, "ann"), 2n * WAD);
    expect([result.capital, result.plainStaking]).to.deep.equal([200n * WAD, 100n * WAD]);
  });

  it("net income, by payer in order, and losses, by slash as they came", () => {
    const book: YieldBook = new Map();
    const account = accountOf(book, "ann");
    addTo(account.income, "staking", 5n);
    addTo(account.income, "oracle", 7n);
    addTo(account.income, "staking", -2n);
    addTo(account.losses, "oracle#2", 4n);
    addTo(account.losses, "oracle#1", 0n);
    const { income, losses, net } = closeAccount("ann", account, WAD);
    expect(income).to.deep.equal([
      { payer: "oracle", amount: 7n },
      { payer: "staking", amount: 3n },
    ]);
    expect([losses, net]).to.deep.equal([[{ slash: "oracle#2", amount: 4n }], 6n]);
  });
});

describe("shares of a vault that are restaked", () => {
  const at = (lst: bigint, price: bigint, vault?: string) => {
    const strategy = { totalShares: 10n * WAD, balance: 10n * WAD, etherPerToken: price, native: false };
    const stakes = { upper: { depositShares: WAD, scalingFactor: WAD, withdrawable: 10n * WAD, beaconFactor: WAD } };
    return {
      lst: { rate: lst },
      strategies: { upper: { ...strategy, ...(vault === undefined ? {} : { vault }) } },
      stakers: { ann: { lst: 0n, stakes } },
      withdrawals: [],
    } as unknown as View;
  };
  const booked = (before: View, after: View) => {
    const book: YieldBook = new Map();
    bookHoldings(book, before, after);
    return Object.fromEntries(accountOf(book, "ann").income);
  };

  it("earn with the liquid staking token, and lose what their vault loses", () => {
    const [before, after] = [at(WAD, 2n * WAD, "lrt"), at((11n * WAD) / 10n, (16n * WAD) / 10n, "lrt")];
    expect(booked(before, after)).to.deep.equal({ staking: 2n * WAD, "vault:lrt": -6n * WAD });
  });

  it("are no vault's where the strategy takes something else", () => {
    expect(booked(at(WAD, WAD), at((11n * WAD) / 10n, (11n * WAD) / 10n))).to.deep.equal({ staking: WAD });
  });
});
