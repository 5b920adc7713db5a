import { expect } from "chai";

import type { Action } from "../../src/model/action.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import type { LendingFact, ReserveSpec } from "../../src/model/defi/lending.ts";
import { createWorld } from "../../src/world/create-world.ts";
import type { World } from "../../src/model/world.ts";
import { ether } from "../../src/units/amounts.ts";
import { days } from "../../src/units/durations.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const USD = 10n ** 8n;
const market = "main";
const [borrower, lender, keeper] = ["stakers-1", "stakers-2", "stakers-3"];

const reserve: Omit<ReserveSpec, "token" | "feed"> = {
  ...{ ltv: 7_250n, lt: 7_500n, bonus: 10_750n, bonusFee: 1_000n, reserveFactor: 1_500n },
  curve: { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n },
  ...{ supplyCap: null, borrowCap: null, borrowable: true },
};

const defi: DefiSpec = {
  ...emptyDefi,
  etherFeed: "eth-usd",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ],
  pools: [
    {
      ...{ id: "curve", kind: "stableSwap", tokens: ["weth", "wlst"], liquidity: [ether(4_000), ether(4_000)] },
      ...{ amplification: 20_000n, fee: 4_000_000n, offpegMultiplier: 0n, scaled: [], window: 600n, provider: keeper },
    },
  ],
  feeds: [
    { id: "eth-usd", kind: "reported", answer: 2_000n * USD },
    { id: "wlst-usd", kind: "reported", answer: 2_000n * USD },
  ],
  lending: [
    {
      id: market,
      reserves: [
        { ...reserve, token: "weth", feed: "eth-usd" },
        { ...reserve, token: "wlst", feed: "wlst-usd", borrowable: false },
      ],
      eModes: [{ id: "eth", ltv: 9_300n, lt: 9_500n, bonus: 10_100n, collateral: ["wlst"], borrowable: ["weth"] }],
      ...{ closeFactor: "default", flashFeeBps: 5n },
      insurance: [{ token: "weth", offset: 0n, cooldown: days(20), window: days(2), feeBps: 0n }],
    },
  ],
  lendingPositions: [
    {
      ...{ market, participant: borrower, eMode: "eth", supplied: { wlst: ether(100) }, borrowed: { weth: ether(92) } },
      ...{ insured: {}, keep: false },
    },
    {
      ...{ market, participant: lender, eMode: null, supplied: { weth: ether(400) }, borrowed: {} },
      ...{ insured: { weth: ether(50) }, keep: false },
    },
  ],
  balances: { [keeper]: { weth: ether(200), wlst: ether(10) } },
};

const deploy = async () => await createWorld(smallWorld({ defi }));

async function step(world: World, time: bigint, ...actions: readonly (readonly [string, Action])[]) {
  const results = await world.perform({ time, actions: actions.map(([who, action]) => planned(who, action)) });
  return results.map(({ outcome, facts }) => ({ outcome, facts: facts as readonly LendingFact[] }));
}

async function view(world: World) {
  const { lending, balances } = (await world.read()).defi;
  const found = lending[market];
  if (found === undefined) throw new RangeError("the market is read");
  return { ...found, balances };
}

const isMove = (fact: LendingFact) => fact.kind === "lendingMoved";

/** Brings the collateral's price to a part of the debt's [per mille]. */
const priceAt = (perMille: bigint): readonly [string, Action] => [
  "protocol",
  { type: "setAnswer", feed: "wlst-usd", answer: 2n * perMille * USD },
];

const on = { market, token: "weth" } as const;
const sale = { type: "liquidate", market, borrower, collateral: "wlst", debt: "weth", minProfit: 0n } as const;

describe("pooled markets of the DeFi layer", () => {
  it("hold the positions that were declared when the run begins", async () => {
    const { reserves, accounts, insurance, balances } = await view(await deploy());

    expect(accounts[borrower]).to.deep.include({ eMode: "eth", asCollateral: ["wlst"], lt: 9_500n, ltv: 9_300n });
    expect(accounts[borrower]?.collateral).to.equal(200_000n * USD);
    expect(accounts[borrower]?.borrowed["weth"]).to.be.within(ether(92), ether(92) + 10n ** 14n);
    expect(accounts[lender]?.supplied["weth"]).to.be.within(ether(400), ether(400) + 10n ** 14n);
    expect(accounts[lender]?.health).to.equal(null);
    expect(balances[borrower]?.["weth"]).to.equal(undefined);
    expect(reserves["weth"]).to.deep.include({ cash: ether(358), price: 2_000n * USD, deficit: 0n, supplyCap: null });
    expect(insurance["weth"]?.stakers[lender]).to.deep.include({ shares: ether(50), leavesAt: null });
    expect(insurance["weth"]?.assets).to.be.within(ether(50), ether(50) + 10n ** 14n);
    const { cash = 0n, debt = 0n, supplied = 0n } = reserves["weth"] ?? {};
    // Debts compound, claims grow linearly: what is left over belongs to nobody.
    expect(cash + debt - supplied).to.be.within(0n, 10_000n);
  });

  it("move claims and debts, and say so", async () => {
    const world = await deploy();
    const [supplied, borrowed, repaid, withdrawn, refused] = await step(
      world,
      12n,
      [keeper, { type: "supply", ...on, amount: ether(10) }],
      [keeper, { type: "borrow", ...on, amount: ether(1) }],
      [keeper, { type: "repay", ...on, amount: "all" }],
      [keeper, { type: "withdraw", ...on, amount: "all" }],
      [keeper, { type: "borrow", market, token: "wlst", amount: ether(1) }],
    );

    const moves = [supplied, borrowed, repaid, withdrawn].map((done) => done?.facts.find(isMove));
    expect(moves.map((move) => move?.move)).to.deep.equal(["supply", "borrow", "repay", "withdraw"]);
    for (const move of moves) expect(move).to.include({ ...on, who: keeper });
    expect(moves.slice(0, 2).map((move) => move?.amount)).to.deep.equal([ether(10), ether(1)]);
    // Debts are rounded up and claims down, a unit each.
    expect(moves[2]?.amount).to.be.within(ether(1), ether(1) + 1n);
    expect(moves[3]?.amount).to.be.within(ether(10) - 1n, ether(10));
    expect(refused?.outcome).to.include({ status: "reverted", error: "LendingPoolNotBorrowable" });
    expect((await view(world)).accounts[keeper]).to.equal(undefined);
  });

  it("liquidate with the wallet, and let the keeper have the collateral", async () => {
    const world = await deploy();
    const [, liquidated] = await step(world, 12n, priceAt(960n), [keeper, { ...sale, amount: "max", sellOn: null }]);

    const fact = liquidated?.facts.find(({ kind }) => kind === "liquidated");
    expect(fact).to.deep.include({ market, borrower, liquidator: keeper, proceeds: null, profit: null, badDebt: {} });
    const { accounts, balances } = await view(world);
    if (fact?.kind !== "liquidated") throw new RangeError("it was liquidated");
    // Half of the debt: the account is only just unhealthy.
    expect(fact.repaid).to.be.within(ether(46), ether(46) + 10n ** 14n);
    expect(balances[keeper]?.["weth"]).to.equal(ether(200) - fact.repaid);
    expect(balances[keeper]?.["wlst"]).to.equal(ether(10) + fact.seized - fact.fee);
    expect(accounts[borrower]?.supplied["wlst"]).to.equal(ether(100) - fact.seized);
  });

  it("liquidate by flash loan, sell, and refuse what does not pay", async () => {
    const world = await deploy();
    const [, greedy, healthy, paid] = await step(
      world,
      12n,
      priceAt(940n),
      [keeper, { ...sale, amount: "max", sellOn: "curve", minProfit: ether(1_000) }],
      [keeper, { ...sale, borrower: lender, amount: ether(1), sellOn: "curve" }],
      [keeper, { ...sale, amount: "max", sellOn: "curve" }],
    );

    expect(greedy?.outcome).to.include({ status: "reverted", error: "FlashLiquidatorUnprofitable" });
    expect(healthy?.outcome).to.include({ status: "reverted", error: "LendingPoolHealthy" });
    const fact = paid?.facts.find(({ kind }) => kind === "liquidated");
    if (fact?.kind !== "liquidated") throw new RangeError("it was liquidated");
    expect(fact.profit).to.be.greaterThan(0n);
    const { balances } = await view(world);
    expect(balances[keeper]?.["weth"]).to.equal(ether(200) + (fact.profit ?? 0n));
  });

  it("refuse to liquidate while a feed has no answer, and go on", async () => {
    const world = await deploy();
    await step(world, 12n, priceAt(0n));
    const [blind] = await step(world, 24n, [keeper, { ...sale, amount: "max", sellOn: "curve" }]);
    expect(blind?.outcome).to.include({ status: "reverted", error: "FeedReaderNotPositive" });
  });

  it("write bad debt off, slash the insurance for it, and take a gift for the rest", async () => {
    const world = await deploy();
    const [, liquidated] = await step(world, 12n, priceAt(400n), [keeper, { ...sale, amount: "max", sellOn: null }]);
    const fact = liquidated?.facts.find(({ kind }) => kind === "liquidated");
    if (fact?.kind !== "liquidated") throw new RangeError("it was liquidated");
    const deficit = fact.badDebt["weth"] ?? 0n;
    expect(deficit).to.be.within(ether(52), ether(53));
    expect((await view(world)).reserves["weth"]?.deficit).to.equal(deficit);

    const [frozen, stopped, , settled] = await step(
      world,
      24n,
      ["protocol", { type: "pauseInsurance", ...on, paused: true }],
      [keeper, { type: "coverDeficit", ...on }],
      ["protocol", { type: "pauseInsurance", ...on, paused: false }],
      [keeper, { type: "coverDeficit", ...on }],
    );
    expect(frozen?.outcome.status).to.equal("ok");
    expect(stopped?.outcome).to.include({ status: "reverted", error: "PausableFlagsPaused" });
    const kinds = settled?.facts.map(({ kind }) => kind);
    expect(kinds).to.deep.equal(["deficitCovered", "insuranceSlashed"]);
    const left = (await view(world)).reserves["weth"]?.deficit ?? 0n;
    // All but a million units of the stake went; what it could not cover stays.
    expect(left).to.be.within(deficit - ether(50) - 10n ** 15n, deficit - ether(50) + 10n ** 7n);

    const [given] = await step(world, 36n, [keeper, { type: "donateToDeficit", ...on, amount: ether(50) }]);
    expect(given?.facts).to.deep.include({ kind: "deficitCovered", ...on, who: keeper, amount: left, by: "donation" });
    expect((await view(world)).reserves["weth"]?.deficit).to.equal(0n);
  });

  it("lever up and down in one go", async () => {
    const world = await deploy();
    const loop = { market, collateral: "wlst", debt: "weth", pool: "curve" } as const;
    const [, opened] = await step(
      world,
      12n,
      [keeper, { type: "setEMode", market, eMode: "eth" }],
      [keeper, { type: "openLoop", ...loop, equity: ether(10), borrow: ether(50) }],
    );
    expect(opened?.outcome.status).to.equal("ok");
    const { accounts, balances } = await view(world);
    expect(accounts[keeper]?.borrowed["weth"]).to.be.within(ether(50), ether("50.03"));
    expect(accounts[keeper]?.supplied["wlst"]).to.be.within(ether(59), ether(60));
    expect(balances[keeper]?.["weth"]).to.equal(ether(190));

    const [closed] = await step(world, 24n, [keeper, { type: "closeLoop", ...loop, amount: "all", sell: "all" }]);
    expect(closed?.outcome.status).to.equal("ok");
    const after = await view(world);
    expect(after.accounts[keeper]).to.equal(undefined);
    expect(after.balances[keeper]?.["weth"]).to.be.within(ether("199.9"), ether(200));
  });

  it("let stakers leave after their cooldown, into claims", async () => {
    const world = await deploy();
    const [asked, early] = await step(
      world,
      12n,
      [lender, { type: "cooldownInsurance", ...on }],
      [lender, { type: "unstakeInsurance", ...on, shares: "all" }],
    );
    expect(asked?.outcome.status).to.equal("ok");
    expect(early?.outcome).to.include({ status: "reverted", error: "ERC4626ExceededMaxRedeem" });
    expect((await view(world)).insurance["weth"]?.stakers[lender]?.leavesAt).to.equal(12n + days(20));

    await step(world, 12n + days(20), [lender, { type: "unstakeInsurance", ...on, shares: ether(20) }]);
    const { insurance, accounts } = await view(world);
    expect(insurance["weth"]?.stakers[lender]?.shares).to.equal(ether(30));
    expect(accounts[lender]?.supplied["weth"]).to.be.greaterThan(ether(420));
  });

  it("obey their administrator, and nobody else", async () => {
    const world = await deploy();
    const done = await step(
      world,
      12n,
      [keeper, { type: "freezeReserve", ...on, frozen: true }],
      ["protocol", { type: "freezeReserve", market, token: "wlst", frozen: true }],
      ["protocol", { type: "pauseReserve", ...on, paused: true }],
      ["protocol", { type: "setCaps", ...on, supplyCap: 0n, borrowCap: ether(1) }],
      ["protocol", { type: "setReserveLimits", ...on, ltv: 0n, lt: 7_000n, bonus: 10_500n }],
      ["protocol", { type: "setCurve", ...on, curve: { optimal: 8_000n, base: 100n, slope1: 0n, slope2: 0n } }],
      ["protocol", { type: "setReserveFeed", ...on, feed: "wlst-usd" }],
      [keeper, { type: "supply", ...on, amount: 1n }],
    );

    expect(done[0]?.outcome).to.include({ status: "reverted", error: "LendingDeskUnauthorized" });
    for (const one of done.slice(1, 7)) expect(one.outcome.status).to.equal("ok");
    expect(done[7]?.outcome).to.include({ status: "reverted", error: "LendingPoolRestricted" });
    const { weth, wlst } = (await view(world)).reserves;
    expect(wlst).to.include({ frozen: true, ltv: 0n, paused: false });
    expect(weth).to.include({ paused: true, frozen: false, ltv: 0n, lt: 7_000n, bonus: 10_500n, supplyCap: 0n });
    expect(weth).to.include({ borrowCap: ether(1), borrowRate: 10n ** 25n });
  });

  it("say that a cap of nothing was exceeded, and whose", async () => {
    const world = await deploy();
    const [, refused] = await step(
      world,
      12n,
      ["protocol", { type: "setCaps", ...on, supplyCap: 0n, borrowCap: null }],
      [lender, { type: "supply", ...on, amount: 5n }],
    );
    const { outcome } = refused ?? {};
    expect(outcome).to.include({ status: "reverted", error: "LendingPoolCapExceeded" });
    expect(outcome?.status === "reverted" ? outcome.args["cap"] : null).to.equal("0");

    const closed = defi.lending.map((one) => ({
      ...one,
      reserves: one.reserves.map((own) => ({ ...own, supplyCap: 0n })),
    }));
    const lost = await createWorld(smallWorld({ defi: { ...defi, lending: closed } })).then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );
    expect(lost).to.match(/LendingPoolCapExceeded \(asset (weth|wlst), total \d+, cap 0\)/);
  });
});
