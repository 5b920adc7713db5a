import { expect } from "chai";

import type { Action } from "../../src/model/action.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import type { DollarSpec, FundSpec } from "../../src/model/defi/dollars.ts";
import type { PoolSpec } from "../../src/model/defi/pools.ts";
import type { World } from "../../src/model/world.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { percent } from "../../src/units/amounts.ts";
import { days, hours } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const MONEY = 10n ** 6n;
const THOUSAND = 1_000n * MONEY;
const DOLLARS = 1_000n * WAD;

const fund: FundSpec = {
  ...{ id: "tbills", settlement: "usdc", nav: 1_042_317n, feeBps: 10n, minimum: MONEY },
  ...{ cutOff: hours(18), settleDelay: days(1), yearlyYield: percent(5), allowed: ["stakers-2"] },
  instant: { limit: 10n * THOUSAND, feeBps: 50n },
};

const dollar: DollarSpec = {
  ...{ id: "fusd", settlement: "usdc" },
  reserve: {
    cash: 300n * THOUSAND,
    fund: { id: "tbills", worth: 200n * THOUSAND },
    term: { face: 500n * THOUSAND, haircut: 0n },
  },
  ...{ buffer: 5n * THOUSAND, junior: 20n * THOUSAND, backstop: 10n * THOUSAND },
  redemption: {
    ...{ policy: "pariPassu", minFeeBps: 0n, maxFeeBps: 0n, calendar: "bankHours" },
    gate: { cap: 100n * DOLLARS, epoch: days(1) },
  },
  swap: { tin: percent("0.1"), tout: percent("0.1"), cap: 100n * THOUSAND, band: null },
};

const defi: DefiSpec = {
  ...emptyDefi,
  tokens: [{ id: "usdc", kind: "external", decimals: 6, worth: { in: "ether", value: WAD / 2_000n } }],
  funds: [fund],
  dollars: [dollar],
  balances: {
    "stakers-1": { fusd: 600n * DOLLARS, usdc: 50n * THOUSAND },
    "stakers-2": { fusd: 400n * DOLLARS, tbills: 10n * THOUSAND, usdc: 50n * THOUSAND },
  },
};

const deploy = async (changes: Partial<DollarSpec> = {}) =>
  await createWorld(smallWorld({ defi: { ...defi, dollars: [{ ...dollar, ...changes }] } }));

async function act(world: World, time: bigint, ...actions: readonly (readonly [string, Action])[]) {
  const done = await world.perform({ time, actions: actions.map(([who, action]) => planned(who, action)) });
  return done.map(({ outcome, facts }) => ({ ...outcome, facts }));
}

describe("a dollar and a fund of the DeFi layer", () => {
  it("begin with their buckets, pots and holders", async () => {
    const { defi: view } = await (await deploy()).read();
    const { fusd } = view.dollars;

    expect(fusd).to.deep.include({ supply: 1_000n * DOLLARS, cash: 300n * THOUSAND, termFace: 500n * THOUSAND });
    expect(fusd).to.deep.include({ buffer: 5n * THOUSAND, junior: 20n * THOUSAND, backstop: 10n * THOUSAND });
    expect(fusd?.fundMarked).to.be.within(200n * THOUSAND - 2n, 200n * THOUSAND);
    expect(fusd).to.deep.include({ redemptionRate: WAD, gateOpen: false, swapHalted: false, queue: [] });
    expect(fusd?.holders).to.deep.equal({ "stakers-1": 600n * DOLLARS, "stakers-2": 400n * DOLLARS });
    expect(view.tokens["fusd"]?.worth).to.equal(WAD / 2_000n);
    expect(view.funds["tbills"]).to.deep.include({ nav: 1_042_317n, halted: false, orders: [] });
    expect(view.funds["tbills"]?.allowed).to.include("stakers-2").and.not.include("stakers-1");
    expect(view.balances["stakers-2"]).to.deep.include({ tbills: 10n * THOUSAND });
  });

  it("go on while the window's feed has no answer, as that of a pool which its provider has left", async () => {
    const pool: PoolSpec = {
      ...{ id: "curve", kind: "stableSwap", tokens: ["usdc", "fusd"], liquidity: [10n * THOUSAND, 10n * DOLLARS] },
      ...{ provider: "stakers-2", amplification: 20_000n, fee: 0n, offpegMultiplier: 0n, scaled: [], window: 600n },
    };
    const read = { pool: "curve", token: "usdc", against: "fusd", window: 0n, base: null } as const;
    const edges = [percent(90), percent(110)] as const;
    const band = { feed: "market", freeze: edges, unfreeze: edges };
    const swap = { ...dollar.swap, tin: 0n, tout: 0n, cap: 100n * THOUSAND, band };
    const pools = { pools: [pool], feeds: [{ id: "market", kind: "market", ...read }] } as const;
    const world = await createWorld(smallWorld({ defi: { ...defi, ...pools, dollars: [{ ...dollar, swap }] } }));
    const shares = (await world.read()).defi.pools["curve"]?.holders["stakers-2"] ?? 0n;
    const sell = { type: "dollarSwap", dollar: "fusd", side: "sellSettlement", amount: 10n * THOUSAND } as const;
    const [sold, left, refused, redeemed] = await act(
      world,
      hours(14),
      ["stakers-1", sell],
      ["stakers-2", { type: "removeLiquidity", pool: "curve", shares, into: null }],
      ["stakers-1", sell],
      ["stakers-1", { type: "dollarRedeem", dollar: "fusd", amount: 10n * DOLLARS }],
    );

    expect([sold?.status, left?.status, redeemed?.status]).to.deep.equal(["ok", "ok", "ok"]);
    expect(refused).to.include({ status: "reverted", error: "SwapWindowNoPrice" });
    const { fusd } = (await world.read()).defi.dollars;
    expect(fusd).to.deep.include({ swapCash: 10n * THOUSAND, swapFrozen: true, cash: 290n * THOUSAND });
  });

  it("keep bank hours from a Monday on: closed until 13:00, and from Friday 22:00", async () => {
    const world = await deploy();
    for (const [time, isOpen] of [
      [hours(13) - 12n, false],
      [hours(13), true],
      [days(4) + hours(22) - 1n, true],
      [days(4) + hours(22), false],
      [days(7) + hours(13), true],
    ] as const) {
      await act(world, time);
      expect((await world.read()).defi.dollars["fusd"]?.gateOpen, `at ${String(time)}`).to.equal(isOpen);
    }
  });

  it("redeem at once while gate and cash allow it, and queue the rest", async () => {
    const world = await deploy();
    const [mint, first, second] = await act(
      world,
      hours(14),
      ["stakers-1", { type: "dollarMint", dollar: "fusd", amount: 10n * THOUSAND }],
      ["stakers-1", { type: "dollarRedeem", dollar: "fusd", amount: 90n * DOLLARS }],
      ["stakers-2", { type: "dollarRedeem", dollar: "fusd", amount: 50n * DOLLARS }],
    );

    expect(mint?.facts).to.deep.include({
      ...{ kind: "dollarMinted", dollar: "fusd", holder: "stakers-1" },
      amount: 10n * DOLLARS,
      paid: 10n * THOUSAND,
    });
    expect(first?.facts).to.deep.include({
      ...{ kind: "dollarRedeemed", dollar: "fusd", holder: "stakers-1", fee: 0n, rate: WAD },
      ...{ burned: 90n * DOLLARS, paid: 90n * THOUSAND },
    });
    expect(second?.facts).to.deep.include({
      ...{ kind: "dollarQueued", dollar: "fusd", holder: "stakers-2", amount: 50n * DOLLARS },
    });
    const { defi: before } = await world.read();
    const [request] = before.dollars["fusd"]?.queue ?? [];
    expect(request).to.deep.equal({
      ...{ id: 1n, holder: "stakers-2", amount: 50n * DOLLARS, filled: 0n, claimable: 0n, requestedAt: hours(14) },
    });

    const [served, claimed] = await act(
      world,
      days(1) + hours(14),
      ["protocol", { type: "dollarServe", dollar: "fusd" }],
      ["stakers-2", { type: "dollarClaim", dollar: "fusd", request: 1n }],
    );
    expect(served?.facts).to.deep.include({
      ...{ kind: "dollarRedeemed", dollar: "fusd", holder: "stakers-2", fee: 0n, rate: WAD },
      ...{ burned: 50n * DOLLARS, paid: 50n * THOUSAND },
    });
    expect(claimed?.status).to.equal("ok");
    const { defi: after } = await world.read();
    expect(after.dollars["fusd"]?.queue).to.deep.equal([]);
    expect(after.balances["stakers-2"]?.["usdc"]).to.equal(100n * THOUSAND);
  });

  it("pass a loss through buffer, tranche and backstop, and give it back", async () => {
    const world = await deploy();
    const [impaired] = await act(world, hours(14), [
      "protocol",
      { type: "dollarImpair", dollar: "fusd", fraction: percent(10) },
    ]);

    expect(impaired?.facts).to.deep.include({
      ...{ kind: "reserveImpaired", dollar: "fusd", before: 500n * THOUSAND, after: 450n * THOUSAND },
    });
    const { redemptionRate } = (await world.read()).defi.dollars["fusd"] ?? {};
    // 50 lost, 35 borne by the pots, 15 of 1,000 by the holders; the fund's worth is rounded down.
    expect(redemptionRate).to.be.within(percent("98.49"), percent("98.5"));
    await act(world, hours(15), ["protocol", { type: "dollarRestore", dollar: "fusd", face: 50n * THOUSAND }]);
    expect((await world.read()).defi.dollars["fusd"]?.redemptionRate).to.equal(WAD);
  });

  it("swap through the window, halt, freeze, seize, close and mint without backing", async () => {
    const world = await deploy({ redemption: { ...dollar.redemption, calendar: "always" } });
    const outcomes = await act(
      world,
      hours(1),
      ["stakers-1", { type: "dollarSwap", dollar: "fusd", side: "sellSettlement", amount: 10n * THOUSAND }],
      ["stakers-2", { type: "dollarSwap", dollar: "fusd", side: "buySettlement", amount: THOUSAND }],
      ["protocol", { type: "dollarFreeze", dollar: "fusd", holder: "stakers-1", frozen: true }],
      ["stakers-1", { type: "dollarRedeem", dollar: "fusd", amount: DOLLARS }],
      ["protocol", { type: "dollarSeize", dollar: "fusd", holder: "stakers-1" }],
      ["protocol", { type: "dollarMintUnbacked", dollar: "fusd", to: "stakers-3", amount: 80n * DOLLARS }],
      ["protocol", { type: "dollarHalt", dollar: "fusd", halted: true }],
      ["protocol", { type: "dollarClose", dollar: "fusd", closed: true }],
    );

    const facts = outcomes.flatMap(({ facts: told }) => told);
    expect(facts).to.deep.include({
      ...{ kind: "dollarMinted", dollar: "fusd", holder: "stakers-1", amount: 9_990n * WAD },
      paid: 10_000n * MONEY,
    });
    expect(facts).to.deep.include({
      ...{ kind: "dollarRedeemed", dollar: "fusd", holder: "stakers-2", burned: 1_001n * WAD },
      ...{ paid: THOUSAND, fee: MONEY, rate: WAD },
    });
    expect(facts).to.deep.include({ kind: "dollarFrozen", dollar: "fusd", holder: "stakers-1", frozen: true });
    expect(outcomes[3]).to.include({ status: "reverted", error: "DollarFrozen" });
    const { defi: view } = await world.read();
    expect(view.dollars["fusd"]).to.deep.include({ frozen: ["stakers-1"], swapHalted: true, gateOpen: false });
    expect(view.dollars["fusd"]?.holders["protocol"]).to.equal(600n * DOLLARS + 9_990n * WAD);
    expect(view.dollars["fusd"]?.holders["stakers-3"]).to.equal(80n * DOLLARS);
    expect(view.dollars["fusd"]?.backing).to.be.lessThan(WAD);

    await act(
      world,
      hours(2),
      ["protocol", { type: "dollarClose", dollar: "fusd", closed: false }],
      ["protocol", { type: "dollarHalt", dollar: "fusd", halted: false }],
    );
    const { defi: reopened } = await world.read();
    expect(reopened.dollars["fusd"]).to.deep.include({ swapHalted: false, gateOpen: true });
  });

  it("take junior money and give it back", async () => {
    const world = await deploy();
    await act(world, 12n, ["stakers-1", { type: "juniorDeposit", dollar: "fusd", amount: 10n * THOUSAND }]);
    const { juniorHolders = {} } = (await world.read()).defi.dollars["fusd"] ?? {};
    const shares = juniorHolders["stakers-1"] ?? 0n;
    expect(shares).to.be.greaterThan(0n);

    const [left] = await act(world, 24n, ["stakers-1", { type: "juniorRedeem", dollar: "fusd", shares }]);
    expect(left?.status).to.equal("ok");
    const { defi: view } = await world.read();
    expect(view.dollars["fusd"]?.juniorHolders).to.not.have.property("stakers-1");
    expect(view.balances["stakers-1"]?.["usdc"]).to.be.within(50n * THOUSAND - 1n, 50n * THOUSAND);
  });

  it("subscribe before the cut-off, strike, settle a day later, and keep strangers out", async () => {
    const world = await deploy();
    const [stranger, subscribed] = await act(
      world,
      hours(10),
      ["stakers-1", { type: "fundSubscribe", fund: "tbills", amount: THOUSAND }],
      ["stakers-2", { type: "fundSubscribe", fund: "tbills", amount: THOUSAND }],
    );
    expect(stranger).to.include({ status: "reverted", error: "FundTellerNotAllowed" });
    expect(subscribed?.facts).to.deep.include({
      ...{ kind: "fundOrdered", fund: "tbills", holder: "stakers-2", side: "subscribe", amount: THOUSAND },
    });

    const [struck] = await act(world, hours(17), ["protocol", { type: "fundStrike", fund: "tbills", nav: 1_042_500n }]);
    expect(struck?.facts).to.deep.include({ kind: "navStruck", fund: "tbills", before: 1_042_317n, after: 1_042_500n });
    const [order] = (await world.read()).defi.funds["tbills"]?.orders ?? [];
    expect(order).to.deep.include({ id: 1n, holder: "stakers-2", claimableAt: hours(17) + days(1) });

    const [early] = await act(world, hours(40), ["stakers-2", { type: "fundClaim", fund: "tbills", order: 1n }]);
    expect(early).to.include({ status: "reverted", error: "FundTellerNotClaimable" });
    const [claimed, redeemed, halted, stuck] = await act(
      world,
      hours(41),
      ["stakers-2", { type: "fundClaim", fund: "tbills", order: 1n }],
      ["stakers-2", { type: "fundRedeem", fund: "tbills", shares: 100n * MONEY, instant: true }],
      ["protocol", { type: "fundHalt", fund: "tbills", halted: true }],
      ["stakers-2", { type: "transferToken", token: "tbills", to: "protocol", amount: 1n }],
    );
    const shares = (THOUSAND * MONEY) / 1_042_500n;
    expect(claimed?.facts).to.deep.include({
      kind: "fundSettled",
      fund: "tbills",
      holder: "stakers-2",
      side: "subscribe",
      amount: shares,
      order: 1n,
      shares: null,
    });
    expect(redeemed?.facts).to.deep.include({
      ...{ kind: "fundSettled", fund: "tbills", holder: "stakers-2", side: "redeem", amount: 104_250_000n - 521_250n },
      ...{ order: null, shares: 100n * MONEY },
    });
    expect(halted?.status).to.equal("ok");
    expect(stuck).to.include({ status: "reverted", error: "FundShareHalted" });
    expect((await world.read()).defi.funds["tbills"]).to.deep.include({ halted: true, orders: [] });
  });
});
