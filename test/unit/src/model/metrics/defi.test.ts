import { expect } from "chai";

import type { DefiView } from "../../../../../src/model/defi/defi.ts";
import type { Fact } from "../../../../../src/model/fact.ts";
import type { Metric, Unit } from "../../../../../src/model/metric.ts";
import {
  badDebt,
  deficit,
  healthBelow,
  hhi,
  liquidatedValue,
  liquidatorProfit,
  recognisedBadDebt,
  top10Share,
  underwaterDebtHours,
  withdrawableShare,
} from "../../../../../src/model/metrics/debts.ts";
import {
  backingRatio,
  discount,
  exitQueue,
  marketPrice,
  nav,
  oracleDeviation,
  oraclePrice,
  poolDepth,
  redemptionRate,
  reportedNav,
  timeToExit,
} from "../../../../../src/model/metrics/pegs.ts";
import { availableCash, borrowed, borrowRate, utilisation } from "../../../../../src/model/metrics/reserves.ts";
import { holdings, netWorthOf, tokenValue } from "../../../../../src/model/metrics/wealth.ts";
import { ether, percent } from "../../../../../src/units/amounts.ts";
import { hours } from "../../../../../src/units/durations.ts";
import { WAD } from "../../../../../src/units/units.ts";
import {
  accountView,
  dollarView,
  lendingView,
  reserveView,
  stablePool,
  vaultView,
  viewOf,
} from "../../../../helpers/defi-layer-view.ts";

const isolated = {
  ...{ loan: "weth", collateral: "lrt", lltv: percent(86), lif: percent(104), price: 10n ** 36n, feeShares: 0n },
  ...{ totalSupply: ether(200), totalSupplyShares: 1n, totalBorrow: ether(150), totalBorrowShares: 1n },
  borrowRate: WAD / 31_536_000n,
  positions: {
    loop: {
      ...{ supplyShares: 0n, supplied: 0n, borrowShares: 1n, borrowed: ether(150), collateral: ether(140) },
      ...{ healthy: false, health: percent(80) },
    },
  },
} satisfies DefiView["isolated"][string];

function read(
  metric: Metric<Unit, string>,
  defi: Parameters<typeof viewOf>[0],
  {
    facts = [],
    previous = 0n,
    time = 0n,
    elapsed = 0n,
  }: { facts?: readonly Fact[]; previous?: bigint; time?: bigint; elapsed?: bigint } = {},
): bigint {
  const view = { ...viewOf(defi, { time }), lst: { rate: WAD } } as unknown as ReturnType<typeof viewOf>;
  const planned = { agent: "x", origin: "agent", action: { type: "undelegate" } } as const;
  const results = [{ planned, outcome: { status: "ok" }, gas: 0n, facts }] as const;
  const members = (population: string): readonly string[] => [`${population}-1`, `${population}-2`];
  return metric.read({ view, first: view, results, losses: {}, members, previous, elapsed });
}

const markets = {
  lending: {
    aave: lendingView({
      reserves: { weth: reserveView({ deficit: ether(2), cash: ether(25), supplied: ether(100) }), lrt: reserveView() },
      accounts: {
        broken: accountView(ether(90), ether(100)),
        sound: accountView(ether(400), ether(300)),
        lender: accountView(ether(5), 0n),
      },
    }),
  },
  isolated: { iso: isolated },
};
const liquidated = {
  ...{ kind: "liquidated", market: "aave", borrower: "b", liquidator: "l", collateral: "lrt", debt: "weth" },
  ...{ seized: ether(11), fee: ether("0.1"), repaid: ether(10), healthBefore: percent(97) },
  ...{ collateralPrice: 1n, debtPrice: 1n, proceeds: null, profit: null, badDebt: { weth: ether(3) } },
} satisfies Fact;

describe("measures of debts", () => {
  it("count bad debt booked and hidden: what accounts owe beyond the true worth of their collateral", () => {
    expect(read(deficit(), markets)).to.equal(ether(2));
    expect(read(badDebt(), markets)).to.equal(ether(22));
    expect(read(badDebt({ market: "aave" }), markets)).to.equal(ether(12));
    expect(read(badDebt({ market: "iso" }), markets)).to.equal(ether(10));
    expect(read(badDebt(), {})).to.equal(0n);
  });

  it("add up what is recognised, in either kind of market", () => {
    const spread = { kind: "socialised", market: "iso", borrower: "b", amount: ether(7) } as const;
    const facts = [liquidated, { ...liquidated, market: "iso" }, spread];
    expect(read(recognisedBadDebt(), markets, { facts, previous: ether(1) })).to.equal(ether(11));
    expect(read(recognisedBadDebt({ market: "iso" }), markets, { facts })).to.equal(ether(7));
  });

  it("add up liquidations and what they earned, losses too", () => {
    const sold = { ...liquidated, profit: 0n - ether(4) };
    expect(read(liquidatedValue(), markets, { facts: [liquidated, sold], previous: 5n })).to.equal(ether(22) + 5n);
    expect(read(liquidatorProfit(), markets, { facts: [liquidated] })).to.equal(ether("0.9"));
    expect(read(liquidatorProfit(), markets, { facts: [liquidated, sold] })).to.equal(0n - ether("3.1"));
    expect(read(liquidatorProfit({ market: "iso" }), markets, { facts: [liquidated] })).to.equal(0n);
  });

  it("weigh debt by its health and by the time that it stood underwater", () => {
    expect(read(healthBelow({ market: "aave", limit: WAD }), markets)).to.equal(percent(25));
    expect(healthBelow({ limit: WAD }).description).to.equal("part of the debt in all markets with a health below 1");
    expect(read(healthBelow({ limit: WAD }), markets)).to.equal((250n * WAD) / 550n);
    const later = { elapsed: hours("1.5"), previous: ether(1) };
    expect(read(underwaterDebtHours({ market: "aave" }), markets, later)).to.equal(ether(151));
  });

  it("measure concentration", () => {
    expect(read(hhi({ market: "aave" }), markets)).to.equal(percent("62.5"));
    expect(read(top10Share({ market: "aave" }), markets)).to.equal(WAD);
    const accounts = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`a${at}`, accountView(ether(9), ether(1))]),
    );
    const many = { lending: { aave: lendingView({ accounts }) } };
    expect(read(hhi(), many)).to.equal(percent(5));
    expect(read(top10Share(), many)).to.equal(percent(50));
    expect(read(hhi(), {})).to.equal(0n);
  });

  it("say what part of the claims could leave", () => {
    expect(read(withdrawableShare({ market: "aave", token: "weth" }), markets)).to.equal(percent(25));
  });
});

describe("measures of reserves", () => {
  const pooled = {
    lending: {
      aave: lendingView({
        reserves: {
          usdc: reserveView({ cash: 6_000_000n, debt: 2_000_000n, utilisation: percent(25), borrowRate: 10n ** 26n }),
        },
      }),
    },
  };

  it("read a pooled market's reserve and an isolated market's loan alike", () => {
    const reserve = { market: "aave", token: "usdc" };
    expect(read(utilisation(reserve), pooled)).to.equal(percent(25));
    expect(read(borrowRate(reserve), pooled)).to.equal(percent(10));
    expect(read(availableCash(reserve), pooled)).to.equal((6n * WAD) / 2_000n);
    expect(read(borrowed(reserve), pooled)).to.equal((2n * WAD) / 2_000n);
    const alone = { market: "iso", token: "weth" };
    expect(read(utilisation(alone), markets)).to.equal(percent(75));
    expect(read(availableCash(alone), markets)).to.equal(ether(50));
    expect(read(borrowRate(alone), markets) / 10n ** 9n).to.equal((WAD - 31_536_000n) / 10n ** 9n + 0n);
  });
});

describe("measures of pegs", () => {
  const pair = { pool: "pool", token: "lrt", against: "weth" };
  const waiting = {
    id: 1n,
    holder: "x",
    shares: 5n * WAD,
    quote: 0n,
    payable: 0n,
    requestedAt: 100n,
    claimable: false,
  };
  const defi = {
    pools: { pool: stablePool({ spot: [WAD, percent(95)] }) },
    vaults: {
      lrt: vaultView({
        liveRate: percent(99),
        reportedRate: percent(110),
        requests: [waiting, { ...waiting, claimable: true }],
      }),
    },
    dollars: { rusd: dollarView({ backing: percent(93), redemptionRate: percent(93) }) },
    feeds: {
      usd: { kind: "reported", decimals: 8, answer: 2_200n * 10n ** 8n, updatedAt: 0n, stale: false, broken: null },
      ratio: { kind: "exchangeRate", decimals: 18, answer: percent(90), updatedAt: 0n, stale: false, broken: null },
    },
  } as const;

  it("compare market, issuer and oracle with what a token is worth", () => {
    expect(read(marketPrice(pair), defi)).to.equal(percent(95));
    expect(read(discount(pair), defi)).to.equal(percent(5));
    expect(read(discount({ ...pair, token: "weth", against: "lrt" }), defi) < 0n).to.equal(true);
    expect(read(nav("lrt"), defi)).to.equal(WAD);
    expect(read(reportedNav("lrt"), defi)).to.equal(percent(110));
    expect(read(oraclePrice("usd"), defi)).to.equal(2_200n * WAD);
    expect(read(oracleDeviation({ feed: "usd", token: "lrt" }), defi)).to.equal(percent(10));
    expect(read(oracleDeviation({ feed: "ratio", token: "lrt", in: "ether" }), defi)).to.equal(percent(10));
  });

  it("say what stands behind a token, and who waits for it", () => {
    expect(read(backingRatio("lrt"), defi)).to.equal(percent(90));
    expect(read(backingRatio("rusd"), defi)).to.equal(percent(93));
    expect(read(redemptionRate("rusd"), defi)).to.equal(percent(93));
    expect(read(exitQueue("lrt"), defi)).to.equal(ether(5));
    expect(read(timeToExit("lrt"), defi, { time: 700n })).to.equal(600n);
    expect(read(timeToExit("rusd"), defi, { time: 700n })).to.equal(0n);
    expect(read(poolDepth("pool"), defi)).to.equal(ether(8_000));
  });
});

describe("measures of wealth", () => {
  it("sum what a population has everywhere, debts subtracted", () => {
    const request = {
      id: 1n,
      holder: "us-2",
      shares: 1n,
      quote: 0n,
      payable: ether(2),
      requestedAt: 0n,
      claimable: true,
    };
    const defi = {
      balances: { "us-1": { lrt: ether(3), usdc: 2_000_000n }, them: { lrt: ether(99) } },
      lending: { aave: lendingView({ accounts: { "us-1": accountView(ether(50), ether(40)) } }) },
      isolated: { iso: { ...isolated, positions: { "us-2": isolated.positions.loop } } },
      vaults: { lrt: vaultView({ requests: [request] }) },
    };
    expect(read(netWorthOf("us"), defi)).to.equal(ether(3) + WAD / 1_000n + ether(10) - ether(10) + ether(2));
    expect(read(tokenValue({ of: "us", token: "usdc" }), defi)).to.equal(WAD / 1_000n);
    expect(read(holdings({ of: "us", token: "usdc" }), defi)).to.equal(2_000_000n);
  });
});
