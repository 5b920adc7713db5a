import { expect } from "chai";

import type { DefiSpec } from "../../src/model/defi/defi.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { ether, percent } from "../../src/units/amounts.ts";
import { WAD } from "../../src/units/units.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const USD = 10n ** 8n;

const defi: DefiSpec = {
  ...emptyDefi,
  etherFeed: "eth-usd",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ],
  pools: [
    {
      ...{ id: "uni", kind: "constantProduct", tokens: ["wlst", "weth"], provider: "stakers-3" },
      liquidity: [ether(10_000), ether(10_000)],
    },
  ],
  feeds: [
    { id: "eth-usd", kind: "reported", answer: 2_000n * USD },
    { id: "wlst-usd", kind: "reported", answer: 2_000n * USD },
    { id: "wlst-eth", kind: "reported", answer: WAD, decimals: 18 },
  ],
  isolated: [
    {
      ...{ id: "wlst-86", loan: "weth", collateral: "wlst", collateralFeed: "wlst-eth", loanFeed: null },
      ...{ lltv: percent(86), fee: percent(10) },
    },
  ],
  isolatedPositions: [
    { market: "wlst-86", participant: "stakers-1", supplied: ether(100), collateral: 0n, borrowed: 0n, keep: false },
    {
      market: "wlst-86",
      participant: "stakers-2",
      supplied: 0n,
      collateral: ether(50),
      borrowed: ether(40),
      keep: true,
    },
  ],
  cdps: [
    {
      id: "fsd",
      branches: [
        {
          ...{ id: "lst", collateral: "wlst", feed: "wlst-usd" },
          ...{ mcr: percent(120), ccr: percent(160), scr: percent(120) },
          ...{ poolPenalty: percent(5), redistributionPenalty: percent(20) },
        },
      ],
      minDebt: 2_000n * WAD,
      troves: [
        {
          ...{ branch: "lst", participant: "stakers-2", collateral: ether(7), debt: 10_000n * WAD },
          rate: percent(3),
        },
        {
          ...{ branch: "lst", participant: "stakers-1", collateral: ether(100), debt: 50_000n * WAD },
          rate: percent(5),
        },
      ],
      deposits: [{ branch: "lst", participant: "stakers-1", amount: 20_000n * WAD }],
    },
  ],
  balances: { "stakers-1": { weth: ether(200), wlst: ether(20) }, "stakers-3": { weth: ether(50) } },
};

const deploy = async () => await createWorld(smallWorld({ defi }));
const on = { cdp: "fsd", branch: "lst" } as const;
const market = "wlst-86";

describe("isolated markets of the DeFi layer", () => {
  it("hold what was agreed when the run begins", async () => {
    const { defi: view } = await (await deploy()).read();
    const state = view.isolated[market];

    expect(state).to.deep.include({ loan: "weth", collateral: "wlst", price: 10n ** 36n, feeShares: 0n });
    expect(state?.lif).to.equal(1_043_841_336_116_910_229n);
    expect(Object.keys(state?.positions ?? {})).to.have.members(["stakers-1", "stakers-2"]);
    expect(state?.positions["stakers-2"]).to.deep.include({ collateral: ether(50), healthy: true });
    expect(state?.positions["stakers-2"]?.health).to.be.within(percent(107), percent(108));
    expect(state?.positions["stakers-1"]).to.deep.include({ health: null, borrowShares: 0n });
    expect(state?.totalBorrow).to.be.within(ether(40), ether(40) + 10n ** 15n);
    // Four percent a year at target, a quarter to the whole of it below.
    expect((state?.borrowRate ?? 0n) * 31_536_000n).to.be.within(percent(1), percent(4));
    expect(view.balances["stakers-2"]?.["weth"]).to.equal(ether(40));
  });

  it("do what is wanted of them, and say so", async () => {
    const world = await deploy();
    const outcomes = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-1", { type: "isolatedSupply", market, amount: ether(10) }),
        planned("stakers-1", { type: "addCollateral", market, amount: ether(10) }),
        planned("stakers-1", { type: "isolatedBorrow", market, amount: ether(8) }),
        planned("stakers-1", { type: "isolatedBorrow", market, amount: ether(8) }),
        planned("stakers-1", { type: "takeCollateral", market, amount: ether("0.5") }),
        planned("stakers-2", { type: "isolatedRepay", market, amount: ether(1) }),
        planned("stakers-1", { type: "isolatedWithdraw", market, amount: ether(3) }),
      ],
    });

    expect(outcomes[3]?.outcome).to.include({ error: "IsolatedMarketsInsufficientCollateral" });
    const moves = outcomes.flatMap(({ facts }) => facts.filter(({ kind }) => kind === "isolatedMoved"));
    expect(moves).to.deep.equal([
      { kind: "isolatedMoved", market, move: "supply", who: "stakers-1", amount: ether(10) },
      { kind: "isolatedMoved", market, move: "addCollateral", who: "stakers-1", amount: ether(10) },
      { kind: "isolatedMoved", market, move: "borrow", who: "stakers-1", amount: ether(8) },
      { kind: "isolatedMoved", market, move: "takeCollateral", who: "stakers-1", amount: ether("0.5") },
      { kind: "isolatedMoved", market, move: "repay", who: "stakers-2", amount: ether(1) },
      { kind: "isolatedMoved", market, move: "withdraw", who: "stakers-1", amount: ether(3) },
    ]);

    await world.perform({
      time: 24n,
      actions: [
        planned("stakers-1", { type: "isolatedRepay", market, amount: "all" }),
        planned("stakers-1", { type: "takeCollateral", market, amount: ether("9.5") }),
      ],
    });
    const { defi: view } = await world.read();
    expect(view.isolated[market]?.positions["stakers-1"]).to.deep.include({ borrowShares: 0n, collateral: 0n });
  });

  it("are liquidated through a pool where that pays, and not where it does not", async () => {
    const world = await deploy();
    const sale = { type: "isolatedLiquidate", market, borrower: "stakers-2", sellOn: "uni" } as const;
    const [, greedy, done] = await world.perform({
      time: 12n,
      actions: [
        planned("protocol", { type: "setAnswer", feed: "wlst-eth", answer: percent(90) }),
        planned("stakers-3", { ...sale, seize: "max", minProfit: ether(20) }),
        planned("stakers-3", { ...sale, seize: "max", minProfit: ether("0.1") }),
      ],
    });

    expect(greedy?.outcome).to.include({ error: "IsolatedFlashLiquidatorUnprofitable" });
    const fact = done?.facts.find(({ kind }) => kind === "liquidated");
    expect(fact).to.deep.include({ market, borrower: "stakers-2", liquidator: "stakers-3", badDebt: {}, fee: 0n });
    if (fact?.kind !== "liquidated") throw new RangeError("nothing was liquidated");
    expect(fact.healthBefore).to.be.within(percent(96), percent(97));
    expect(fact.profit).to.equal((fact.proceeds ?? 0n) - fact.repaid);
    const { defi: view } = await world.read();
    expect(view.isolated[market]?.positions["stakers-2"]).to.deep.include({ borrowed: 0n, health: null });
    expect(view.balances["stakers-3"]?.["weth"]).to.equal(ether(50) + (fact.profit ?? 0n));
  });

  it("spread over their suppliers what a whole collateral does not pay", async () => {
    const world = await deploy();
    const order = { type: "isolatedLiquidate", market, borrower: "stakers-2", sellOn: null, minProfit: 0n } as const;
    const [, done] = await world.perform({
      time: 12n,
      actions: [
        planned("protocol", { type: "setAnswer", feed: "wlst-eth", answer: percent(50) }),
        planned("stakers-1", { ...order, seize: ether(50) }),
      ],
    });

    const socialised = done?.facts.find(({ kind }) => kind === "socialised");
    if (socialised?.kind !== "socialised") throw new RangeError("nothing was socialised");
    expect(socialised.amount).to.be.within(ether(16), ether("16.1"));
    const { defi: view } = await world.read();
    expect(view.isolated[market]?.totalSupply).to.be.within(ether("83.9"), ether(84));
    expect(Object.keys(view.isolated[market]?.positions ?? {})).to.have.members(["protocol", "stakers-1"]);
  });

  it("work out themselves how much a debt can buy", async () => {
    const world = await deploy();
    const order = { type: "isolatedLiquidate", market, borrower: "stakers-2", sellOn: null, minProfit: 0n } as const;
    await world.perform({
      time: 12n,
      actions: [planned("protocol", { type: "setAnswer", feed: "wlst-eth", answer: percent(90) })],
    });
    const [done] = await world.perform({
      time: 24n,
      actions: [planned("stakers-1", { ...order, seize: "max" })],
    });

    expect(done?.outcome).to.include({ status: "ok" });
    const { defi: view } = await world.read();
    expect(view.isolated[market]?.positions["stakers-2"]).to.deep.include({ borrowShares: 0n });
  });
});

describe("branches of debt of the DeFi layer", () => {
  it("hold what was agreed when the run begins", async () => {
    const { defi: view } = await (await deploy()).read();
    const branch = view.cdps["fsd"]?.branches["lst"];

    expect(branch).to.deep.include({ collateral: "wlst", price: 2_000n * WAD, shutdown: false, surplus: {} });
    expect(branch?.totalCollateral).to.equal(ether(107));
    expect(branch?.troves["stakers-2"]).to.deep.include({ collateral: ether(7), rate: percent(3), zombie: false });
    expect(branch?.troves["stakers-2"]?.icr).to.be.within(percent(139), percent(140));
    // A week of about five percent a year is due at once.
    expect(branch?.troves["stakers-2"]?.debt).to.be.within(10_005n * WAD, 10_010n * WAD);
    expect(branch?.pool).to.deep.include({ total: 20_000n * WAD, collateral: 0n });
    expect(view.tokens["fsd"]?.worth).to.equal(WAD / 2_000n);
    expect(view.tokens["fsd"]?.supply).to.equal(view.cdps["fsd"]?.supply);
  });

  it("open, change and close troves", async () => {
    const world = await deploy();
    const outcomes = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-1", { type: "adjustTrove", ...on, collateral: ether(5), debt: 1_000n * WAD }),
        planned("stakers-1", { type: "transferToken", token: "wlst", to: "stakers-3", amount: ether(6) }),
        planned("stakers-3", { type: "openTrove", ...on, collateral: ether(6), debt: 1_000n * WAD, rate: percent(1) }),
        planned("stakers-3", { type: "openTrove", ...on, collateral: ether(6), debt: 3_000n * WAD, rate: percent(1) }),
        planned("stakers-1", { type: "transferToken", token: "fsd", to: "stakers-3", amount: 10n * WAD }),
      ],
    });
    expect(outcomes.map(({ outcome }) => (outcome.status === "reverted" ? outcome.error : null))).to.deep.equal([
      null,
      null,
      "CollateralBranchDebtTooLow",
      null,
      null,
    ]);

    const [closed] = await world.perform({ time: 24n, actions: [planned("stakers-3", { type: "closeTrove", ...on })] });
    expect(closed?.outcome).to.include({ status: "ok" });
    const { defi: view } = await world.read();
    const branch = view.cdps["fsd"]?.branches["lst"];
    expect(branch?.troves["stakers-1"]?.collateral).to.equal(ether(105));
    expect(branch?.troves).not.to.have.property("stakers-3");
    expect(view.balances["stakers-3"]?.["wlst"]).to.equal(ether(6));
  });

  it("are liquidated into the stability pool, and leave a surplus to claim", async () => {
    const world = await deploy();
    const [, sound, , done] = await world.perform({
      time: 12n,
      actions: [
        planned("protocol", { type: "setAnswer", feed: "wlst-usd", answer: 1_700n * USD }),
        planned("stakers-3", { type: "liquidateTrove", ...on, owner: "stakers-1" }),
        planned("protocol", { type: "setAnswer", feed: "wlst-usd", answer: 1_690n * USD }),
        planned("stakers-3", { type: "liquidateTrove", ...on, owner: "stakers-2" }),
      ],
    });

    expect(sound?.outcome).to.include({ error: "CollateralBranchNotLiquidatable" });
    const fact = done?.facts.find(({ kind }) => kind === "troveLiquidated");
    if (fact?.kind !== "troveLiquidated") throw new RangeError("nothing was liquidated");
    expect(fact).to.deep.include({ ...on, owner: "stakers-2", debtRedistributed: 0n, collateralRedistributed: 0n });
    expect(fact.collateralToPool).to.equal((fact.debtOffset * 105n) / (100n * 1_690n));
    const gas = ether(7) / 200n;
    expect(fact.surplus).to.equal(ether(7) - gas - fact.collateralToPool);
    const { defi: view } = await world.read();
    const branch = view.cdps["fsd"]?.branches["lst"];
    expect(branch?.surplus).to.deep.equal({ "stakers-2": fact.surplus });
    expect(branch?.pool.total).to.equal(20_000n * WAD - fact.debtOffset);
    // The only depositor has it all, but for what the divisions leave.
    expect(branch?.pool.deposits["stakers-1"]?.gain).to.be.within(fact.collateralToPool - 10n, fact.collateralToPool);

    const [claimed, withdrawn] = await world.perform({
      time: 24n,
      actions: [
        planned("stakers-2", { type: "claimSurplus", ...on }),
        planned("stakers-1", { type: "withdrawStability", ...on, amount: "all" }),
      ],
    });
    expect([claimed?.outcome.status, withdrawn?.outcome.status]).to.deep.equal(["ok", "ok"]);
    const after = (await world.read()).defi;
    expect(after.cdps["fsd"]?.branches["lst"]?.pool.total).to.be.within(WAD, WAD + 10n);
    expect(after.balances["stakers-2"]?.["wlst"]).to.equal(fact.surplus);
  });

  it("are redeemed, lowest interest first, and shut down", async () => {
    const world = await deploy();
    const [redeemed, early, , shut] = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-1", { type: "redeemSynthetic", cdp: "fsd", amount: 9_000n * WAD }),
        planned("stakers-1", { type: "shutdownBranch", ...on }),
        planned("protocol", { type: "setAnswer", feed: "wlst-usd", answer: 580n * USD }),
        planned("stakers-1", { type: "shutdownBranch", ...on }),
      ],
    });

    expect(redeemed?.facts).to.deep.include({
      ...{ kind: "redeemedSynthetic", cdp: "fsd", who: "stakers-1" },
      amount: 9_000n * WAD,
    });
    expect(early?.outcome).to.include({ error: "CollateralBranchStillSound" });
    expect(shut?.outcome).to.deep.include({ status: "ok" });
    expect(shut?.facts).to.deep.equal([{ kind: "branchShut", ...on, at: 12n }]);
    const { defi: view } = await world.read();
    const branch = view.cdps["fsd"]?.branches["lst"];
    expect(branch?.shutdown).to.equal(true);
    expect(branch?.troves["stakers-2"]).to.deep.include({ zombie: true });
    expect(view.cdps["fsd"]?.baseRate).to.be.greaterThan(percent(14));
  });

  it("change their interest, and the order of redemptions with it", async () => {
    const world = await deploy();
    const [strange, done, redeemed] = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-3", { type: "setTroveRate", ...on, rate: percent(9) }),
        planned("stakers-2", { type: "setTroveRate", ...on, rate: percent(9) }),
        planned("stakers-1", { type: "redeemSynthetic", cdp: "fsd", amount: 1_000n * WAD }),
      ],
    });

    expect(strange?.outcome.status).to.equal("reverted");
    expect(done?.outcome).to.include({ status: "ok" });
    const fact = redeemed?.facts.find(({ kind }) => kind === "troveRedeemed");
    expect(fact).to.deep.include({ ...on, owner: "stakers-1", who: "stakers-1", debt: 1_000n * WAD, urgent: false });
    const { defi: view } = await world.read();
    expect(view.cdps["fsd"]?.branches["lst"]?.troves["stakers-2"]).to.include({ rate: percent(9) });
  });

  it("are redeemed urgently once they are shut down, for two percent more and without a fee", async () => {
    const world = await deploy();
    const urgent = { type: "redeemUrgently", ...on, amount: 1_000n * WAD, owners: ["stakers-2"] } as const;
    const [early, , , done] = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-1", urgent),
        planned("protocol", { type: "setAnswer", feed: "wlst-usd", answer: 580n * USD }),
        planned("stakers-1", { type: "shutdownBranch", ...on }),
        planned("stakers-1", urgent),
      ],
    });

    expect(early?.outcome).to.include({ error: "CollateralBranchShutDown" });
    const fact = done?.facts.find(({ kind }) => kind === "troveRedeemed");
    const collateral = (1_020n * WAD) / 580n;
    expect(fact).to.deep.equal({
      ...{ kind: "troveRedeemed", ...on, owner: "stakers-2", who: "stakers-1" },
      ...{ debt: 1_000n * WAD, collateral, urgent: true },
    });
    const { defi: view } = await world.read();
    expect(view.balances["stakers-1"]?.["wlst"]).to.equal(ether(20) + collateral);
  });

  it("pay out of their stability pool what deposits have earned", async () => {
    const world = await deploy();
    await world.perform({
      time: 12n,
      actions: [
        planned("protocol", { type: "setAnswer", feed: "wlst-usd", answer: 1_690n * USD }),
        planned("stakers-3", { type: "liquidateTrove", ...on, owner: "stakers-2" }),
      ],
    });
    const before = (await world.read()).defi;
    const gain = before.cdps["fsd"]?.branches["lst"]?.pool.deposits["stakers-1"]?.gain ?? 0n;
    const [claimed] = await world.perform({
      time: 24n,
      actions: [planned("stakers-1", { type: "claimStability", ...on })],
    });

    expect(gain).to.be.greaterThan(ether(6));
    expect(claimed?.outcome).to.include({ status: "ok" });
    const { defi: view } = await world.read();
    expect(view.balances["stakers-1"]?.["wlst"]).to.equal((before.balances["stakers-1"]?.["wlst"] ?? 0n) + gain);
    expect(view.cdps["fsd"]?.branches["lst"]?.pool.deposits["stakers-1"]?.gain).to.equal(0n);
  });
});
