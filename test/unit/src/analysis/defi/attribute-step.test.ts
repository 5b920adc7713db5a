import { expect } from "chai";
import fc from "fast-check";

import { attributeStep, merge } from "../../../../../src/analysis/defi/attribute-step.ts";
import { balanceSheet } from "../../../../../src/analysis/defi/balance-sheet.ts";
import type { Line } from "../../../../../src/analysis/defi/lines.ts";
import type { Action } from "../../../../../src/model/action.ts";
import type { ActionResult, Fact } from "../../../../../src/model/fact.ts";
import type { WorldView } from "../../../../../src/model/view.ts";
import { CALM, ETHER, paperDefi, paperDefiSpec, type PaperAmounts } from "../../../../helpers/defi-paper.ts";
import { paperAmounts } from "../../../../helpers/random-defi.ts";

const WAD = 10n ** 18n;
const spec = paperDefiSpec();

function result(facts: readonly Fact[], action: Action = { type: "reportPool" }, agent = "keepers"): ActionResult {
  return { planned: { agent, origin: "agent", action }, outcome: { status: "ok" }, gas: 0n, facts };
}

function attribute(before: WorldView, after: WorldView, results: readonly ActionResult[] = []): readonly Line[] {
  const sheets = { before: balanceSheet(spec, before), after: balanceSheet(spec, after) };
  return attributeStep({ spec, before, after, results, sheets });
}

/** Sums of lines, by party and channel. */
function sums(lines: readonly Line[]): (party: string, channel: Line["channel"]) => bigint {
  return (party, channel) =>
    lines
      .filter((line) => line.party === party && line.channel === channel)
      .reduce((sum, { amount }) => sum + amount, 0n);
}

const slash = (shares: bigint, losses: readonly { holder: string; lost: bigint }[]): Fact => ({
  kind: "slash",
  set: "oracle",
  slashId: 1n,
  operator: "operators-1",
  cause: "equivocation",
  wads: [WAD / 2n],
  strategies: [
    {
      strategy: "lst",
      wadSlashed: WAD / 2n,
      magnitude: { before: WAD, after: WAD / 2n },
      maxMagnitude: { before: WAD, after: WAD / 2n },
      operatorShares: shares,
      queueShares: 0n,
      losses: losses.map(({ holder, lost }) => {
        const before = CALM.staked[holder] ?? 0n;
        return { layer: "staker" as const, holder, position: null, before, after: before - lost };
      }),
    },
  ],
  releasableAt: 0n,
  case: null,
});

const amount = fc.bigInt(0n, 1_000n * ETHER);
const IN_VAULT = fc.constant("lrt");
const requestId = fc.bigInt(1n, 3n);
const who = fc.constantFrom("lena", "loopers", "hodl", "makers");
const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    kind: fc.constant("swapped" as const),
    pool: fc.constant("pool"),
    trader: who,
    sold: fc.constantFrom("weth", "lrt"),
    bought: fc.constantFrom("weth", "lrt"),
    amountIn: amount,
    amountOut: amount,
  }),
  fc.record({
    kind: fc.constant("liquidated" as const),
    market: fc.constant("core"),
    borrower: who,
    liquidator: who,
    collateral: fc.constant("lrt"),
    debt: fc.constant("weth"),
    seized: amount,
    fee: amount,
    repaid: amount,
    healthBefore: fc.constant(WAD),
    collateralPrice: fc.constant(0n),
    debtPrice: fc.constant(0n),
    proceeds: fc.constant(null),
    profit: fc.constant(null),
    badDebt: fc.record({ weth: amount }),
  }),
  fc.record({
    kind: fc.constant("unbackedMinted" as const),
    token: fc.constant("lrt"),
    to: who,
    amount,
    value: amount,
  }),
  fc.record({
    kind: fc.constant("vaultDeposited" as const),
    vault: IN_VAULT,
    holder: who,
    assets: amount,
    shares: amount,
  }),
  fc.record({
    ...{ kind: fc.constant("vaultRequested" as const), vault: IN_VAULT, holder: who },
    ...{ request: requestId, shares: amount, quote: amount },
  }),
  fc.record({ kind: fc.constant("vaultSettled" as const), vault: IN_VAULT, request: requestId, assets: amount }),
  fc.record({
    ...{ kind: fc.constant("vaultPaid" as const), vault: IN_VAULT, holder: who, request: fc.option(requestId) },
    ...{ shares: amount, assets: amount, fee: amount },
  }),
  fc.record({
    ...{ kind: fc.constant("ratePushed" as const), vault: IN_VAULT, accepted: fc.boolean(), feeShares: amount },
    ...{ before: amount, after: amount, live: amount },
  }),
  fc.record({
    ...{
      kind: fc.constant("flashLoaned" as const),
      market: fc.constant("core"),
      token: fc.constantFrom("weth", "lrt"),
    },
    ...{ who, amount, fee: amount, treasuryFee: amount },
  }),
  fc.record({
    ...{ kind: fc.constant("deficitCovered" as const), market: fc.constant("core"), token: fc.constant("weth"), who },
    ...{ amount, by: fc.constantFrom("insurance", "donation") },
  }),
  fc.bigInt(0n, 100n * ETHER).map((shares) => slash(shares, [{ holder: "stakers-1", lost: shares / 2n }])),
);

describe("attributeStep", () => {
  it("explains every party's change to the wei, and invents nothing, whatever happened", () => {
    fc.assert(
      fc.property(paperAmounts, paperAmounts, fc.array(anyFact, { maxLength: 4 }), (first, second, facts) => {
        const [before, after] = [paperDefi(first), paperDefi({ ...second, time: 60n })];
        const sheets = { before: balanceSheet(spec, before), after: balanceSheet(spec, after) };
        const lines = attributeStep({ spec, before, after, results: [result(facts)], sheets });
        const parties = new Set([...sheets.before.equity.keys(), ...sheets.after.equity.keys()]);
        for (const party of new Set([...parties, ...lines.map((line) => line.party)])) {
          const told = lines.filter((line) => line.party === party).reduce((sum, line) => sum + line.amount, 0n);
          const change = (sheets.after.equity.get(party) ?? 0n) - (sheets.before.equity.get(party) ?? 0n);
          expect(told, party).to.equal(change);
        }
        const all = lines.reduce((sum, line) => sum + line.amount, 0n);
        expect(all).to.equal(sheets.after.total - sheets.before.total);
      }),
      { numRuns: 200 },
    );
  });

  it("tells nothing where nothing happened", () => {
    expect(attribute(paperDefi(), paperDefi({ time: 60n }))).to.deep.equal([]);
  });

  it("credits a higher LST rate to staking, through vault, pool and loop", () => {
    const lines = attribute(paperDefi(), paperDefi({ time: 60n, lstRate: (CALM.lstRate * 101n) / 100n }));
    const of = sums(lines);
    expect(of("stakers-1", "staking")).to.equal((32n * ETHER * CALM.lstRate) / WAD / 100n);
    for (const party of ["hodl", "makers", "loopers"]) expect(of(party, "staking") > 0n, party).to.equal(true);
    expect(lines.filter(({ channel }) => channel === "revaluation")).to.deep.equal([]);
  });

  it("takes a deposit at a rate that is too low from all who hold shares, through vault, pool and loop", () => {
    const [vault, holder] = ["lrt", "hodl"];
    const deposit = { kind: "vaultDeposited", vault, holder, assets: 80n * ETHER, shares: 100n * ETHER } as const;
    const lines = attribute(paperDefi(), paperDefi({ time: 60n }), [result([deposit])]).filter(
      ({ channel }) => channel === "redemption",
    );
    const of = sums(lines);
    const gain = of("hodl", "redemption");
    expect(gain > 0n).to.equal(true);
    for (const party of ["makers", "loopers"]) expect(of(party, "redemption") < 0n, party).to.equal(true);
    expect(of("lena", "redemption")).to.equal(0n);
    expect(lines.reduce((sum, line) => sum + line.amount, 0n)).to.equal(0n);
    // Who deposits has one line, with the vault; the others have it with who deposited.
    expect(lines.filter(({ party }) => party === "hodl")).to.deep.equal([
      { party: "hodl", channel: "redemption", with: "lrt", layer: null, amount: gain },
    ]);
    expect(new Set(lines.filter(({ party }) => party !== "hodl").map((line) => line.with))).to.deep.equal(
      new Set(["hodl"]),
    );
  });

  it("lets a report take from who waits what it gives to who stays", () => {
    const request = { kind: "vaultRequested", vault: "lrt", holder: "hodl", request: 1n } as const;
    const asked = { ...request, shares: 50n * ETHER, quote: 60n * ETHER };
    const push = { kind: "ratePushed", vault: "lrt", before: WAD, after: WAD / 2n, live: WAD / 2n } as const;
    const told = (...facts: readonly Fact[]): bigint =>
      sums(attribute(paperDefi(), paperDefi({ time: 60n }), [result(facts)]))("hodl", "redemption");
    const fallen = told(asked, { ...push, accepted: true, feeShares: 0n });
    expect(told(asked) > fallen).to.equal(true);
  });

  it("takes a slash through staker, LRT holder, provider, borrower and insurance, by its id", () => {
    const before = paperDefi();
    const lost = 400n * ETHER;
    const [own, vault] = [16n * ETHER, lost - 16n * ETHER];
    const after: Partial<PaperAmounts> = {
      time: 60n,
      staked: { ...CALM.staked, "stakers-1": 16n * ETHER },
      vaultAssets: CALM.vaultAssets - vault,
      vaultDelegated: CALM.vaultDelegated - vault,
    };
    const slashed = paperDefi(after);
    const strategies = { lst: { ...slashed.strategies["lst"], totalShares: 996n * ETHER, balance: 996n * ETHER } };
    const escrows = [{ set: "oracle", slashId: 1n, strategy: "lst", shares: lost, releasableAt: 0n }];
    const tokens = { ...slashed.defi.tokens, wlst: { ...slashed.defi.tokens["wlst"], supply: 1_096n * ETHER } };
    const defi = { ...slashed.defi, tokens } as WorldView["defi"];
    const end = { ...slashed, strategies, escrows, defi } as WorldView;
    const lines = attribute(before, end, [result([slash(lost, [{ holder: "stakers-1", lost: own }])])]);
    const layers = new Map(
      lines
        .filter(({ channel, with: id }) => channel === "slash" && id === "oracle#1")
        .map(({ party, layer, amount: value }) => [`${party} as ${layer ?? "nobody"}`, value]),
    );
    const told = ["stakers-1 as staker", "hodl as lrtHolder", "makers as provider", "loopers as borrower"];
    for (const key of [...told, "guards as insurance"]) expect((layers.get(key) ?? 0n) < 0n, key).to.equal(true);
    expect(layers.get("escrow as staker")).to.equal((lost * CALM.lstRate) / WAD);
    const left = lines.filter(({ channel }) => channel === "revaluation");
    expect(left).to.deep.equal([]);
  });

  it("splits a trade into what the trader gave up and the fee, both to the pool's providers", () => {
    const before = paperDefi();
    const sold = 10n * ETHER;
    const bought = 7n * ETHER;
    const after = paperDefi({
      time: 60n,
      pool: [CALM.pool[0] + sold, CALM.pool[1] - bought],
      wallets: { ...CALM.wallets, lena: { weth: 30n * ETHER, lrt: bought } },
    });
    const fact: Fact = {
      kind: "swapped",
      pool: "pool",
      trader: "lena",
      sold: "weth",
      bought: "lrt",
      amountIn: sold,
      amountOut: bought,
    };
    const lines = attribute(before, after, [result([fact])]);
    const of = sums(lines);
    const value = (bought * (before.defi.tokens["lrt"]?.worth ?? 0n)) / ETHER;
    expect(of("lena", "trading") + of("lena", "swapFees")).to.equal(value - sold);
    expect(of("makers", "swapFees")).to.equal(0n - of("lena", "swapFees"));
    expect(of("makers", "trading")).to.equal(0n - of("lena", "trading"));
    expect(lines.filter(({ channel }) => channel === "revaluation")).to.deep.equal([]);
  });

  it("shows who bears the debt that a liquidation leaves", () => {
    const accounts = (supplied: bigint, borrowed: bigint): PaperAmounts["accounts"] => ({
      lena: { supplied: { weth: 400n * ETHER } },
      loopers: { supplied: { lrt: supplied }, borrowed: { weth: borrowed } },
    });
    const poor = { vaultAssets: 430n * ETHER, vaultDelegated: 330n * ETHER };
    const before = paperDefi({ ...poor, accounts: accounts(300n * ETHER, 290n * ETHER) });
    const repaid = 120n * ETHER;
    const after = paperDefi({
      ...poor,
      time: 60n,
      accounts: accounts(0n, 0n),
      cash: { weth: (CALM.cash["weth"] ?? 0n) + repaid, lrt: 0n },
      wallets: { ...CALM.wallets, lena: {}, keepers: { weth: 0n, lrt: 300n * ETHER } },
      walletEther: CALM.walletEther,
    });
    const fact: Fact = {
      kind: "liquidated",
      market: "core",
      borrower: "loopers",
      liquidator: "keepers",
      collateral: "lrt",
      debt: "weth",
      seized: 300n * ETHER,
      fee: 0n,
      repaid,
      healthBefore: WAD / 2n,
      collateralPrice: 0n,
      debtPrice: 0n,
      proceeds: null,
      profit: null,
      badDebt: { weth: 170n * ETHER },
    };
    const of = sums(attribute(before, after, [result([fact])]));
    const seized = (300n * ETHER * (before.defi.tokens["lrt"]?.worth ?? 0n)) / ETHER;
    expect(of("keepers", "liquidation")).to.equal(seized - repaid);
    expect(of("loopers", "liquidation") + of("loopers", "badDebt")).to.equal(0n);
    expect(of("lena", "badDebt") < 0n).to.equal(true);
  });

  it("names donors, receivers and what was minted without backing", () => {
    const given = 3n * ETHER;
    const before = paperDefi();
    const after = paperDefi({
      time: 60n,
      wallets: { ...CALM.wallets, lena: { weth: 37n * ETHER }, whale: { weth: given } },
    });
    const action: Action = { type: "transferToken", token: "weth", to: "whale", amount: given };
    const fact: Fact = { kind: "tokenTransferred", token: "weth", from: "lena", to: "whale", amount: given };
    expect(attribute(before, after, [result([fact], action, "lena")])).to.deep.equal([
      { party: "lena", channel: "transfers", with: "whale", layer: null, amount: -given },
      { party: "whale", channel: "transfers", with: "lena", layer: null, amount: given },
    ]);
  });

  it("lets a compromised key take from everybody who holds the token", () => {
    const before = paperDefi();
    const made = 100n * ETHER;
    const after = paperDefi({ time: 60n, wallets: { ...CALM.wallets, whale: { lrt: made } } });
    const fact: Fact = { kind: "unbackedMinted", token: "lrt", to: "whale", amount: made, value: 0n };
    const lines = attribute(before, after, [result([fact])]);
    const of = sums(lines);
    expect(of("whale", "unbackedMint")).to.equal((made * (after.defi.tokens["lrt"]?.worth ?? 0n)) / ETHER);
    for (const party of ["hodl", "makers", "loopers"]) expect(of(party, "unbackedMint") < 0n, party).to.equal(true);
  });

  it("leaves lenders alone while a borrower's own part bears what shares without assets took", () => {
    const minted: Fact = { kind: "unbackedMinted", token: "lrt", to: "whale", amount: 5n * ETHER, value: 0n };
    const after = paperDefi({ time: 60n, wallets: { ...CALM.wallets, whale: { lrt: 5n * ETHER } } });
    const lines = attribute(paperDefi(), after, [result([minted])]);
    const of = sums(lines);
    for (const party of ["hodl", "makers", "loopers"]) expect(of(party, "unbackedMint") < 0n, party).to.equal(true);
    for (const party of ["lena", "guards"]) expect(of(party, "unbackedMint"), party).to.equal(0n);
    expect(lines.filter(({ channel }) => channel === "revaluation")).to.deep.equal([]);
  });

  it("moves interest from borrowers to suppliers, and what is left to the treasury", () => {
    const grow = (amount_: bigint, percent: bigint): bigint => (amount_ * (100n + percent)) / 100n;
    const before = paperDefi();
    const after = paperDefi({
      time: 60n,
      borrowIndex: grow(CALM.borrowIndex, 2n),
      liquidityIndex: grow(CALM.liquidityIndex, 1n),
      accounts: {
        lena: { supplied: { weth: grow(400n * ETHER, 1n) } },
        loopers: { supplied: { lrt: 300n * ETHER }, borrowed: { weth: grow(290n * ETHER, 2n) } },
      },
      insured: { guards: grow(50n * ETHER, 1n) },
      treasury: grow(290n * ETHER, 2n) - 290n * ETHER - (grow(450n * ETHER, 1n) - 450n * ETHER),
    });
    const of = sums(attribute(before, after));
    expect([of("lena", "interest"), of("guards", "interest"), of("treasury of core", "interest")]).to.deep.equal([
      4n * ETHER,
      ETHER / 2n,
      (13n * ETHER) / 10n,
    ]);
  });
});

describe("fees of flash loans", () => {
  it("go from who borrowed to the suppliers, as interest", () => {
    const grow = (whole: bigint): bigint => (whole * 101n) / 100n;
    const before = paperDefi();
    const repaid = 10n * ETHER;
    const fee = grow(450n * ETHER) - 450n * ETHER;
    const after = paperDefi({
      time: 60n,
      liquidityIndex: grow(CALM.liquidityIndex),
      accounts: {
        lena: { supplied: { weth: grow(400n * ETHER) } },
        loopers: { supplied: { lrt: 300n * ETHER }, borrowed: { weth: 280n * ETHER } },
      },
      insured: { guards: grow(50n * ETHER) },
      cash: { weth: (CALM.cash["weth"] ?? 0n) + repaid + fee, lrt: 300n * ETHER },
      wallets: { ...CALM.wallets, lena: { weth: 40n * ETHER - repaid - fee } },
    });
    const on = { market: "core", token: "weth", who: "lena" } as const;
    const loan: Fact = { kind: "flashLoaned", ...on, amount: 450n * ETHER, fee, treasuryFee: 0n };
    const repay: Fact = { kind: "lendingMoved", ...on, who: "loopers", move: "repay", amount: repaid };
    const of = sums(attribute(before, after, [result([repay, loan], { type: "reportPool" }, "lena")]));
    expect(of("guards", "interest")).to.equal(ETHER / 2n);
    expect(of("lena", "interest")).to.equal(4n * ETHER - fee);
    expect([of("nobody", "interest"), of("treasury of core", "interest")]).to.deep.equal([0n, 0n]);
  });
});

describe("merge", () => {
  it("adds lines of one cause and drops what cancels out", () => {
    const line: Line = { party: "ann", channel: "price", with: "x", layer: null, amount: 3n };
    expect(
      merge([line, { ...line, amount: -1n }, { ...line, with: "y" }, { ...line, with: "y", amount: -3n }]),
    ).to.deep.equal([{ ...line, amount: 2n }]);
  });
});
