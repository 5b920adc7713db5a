import { expect } from "chai";

import type { DefiSpec } from "../../src/model/defi/defi.ts";
import type { VaultSpec } from "../../src/model/defi/vaults.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { ether, percent } from "../../src/units/amounts.ts";
import { blocks, days } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { participant, planned, smallWorld } from "../helpers/small-world.ts";

const DIRECT = {
  id: "direct",
  avs: "judges",
  service: "plain",
  strategies: ["lst"],
  rule: null,
  module: { kind: "direct", slasher: "judges" },
  destination: { kind: "burned" },
} as const;

function vault(over: Partial<VaultSpec> = {}): VaultSpec {
  return {
    id: "lrt",
    operators: [
      { operator: "operators-1", weight: 3n },
      { operator: "operators-2", weight: 1n },
    ],
    strategy: "lst",
    rate: (WAD * 11n) / 10n,
    buffer: {
      target: percent(20),
      capacity: ether(100),
      drawdownFloor: ether(5),
      minFeeBps: 5n,
      maxFeeBps: 100n,
    },
    oracle: { mode: "pushed", every: days(1), feeBps: 0n },
    queue: { freeze: "unlock", cooldown: blocks(10) },
    redeemable: true,
    ...over,
  };
}

const layer = (...vaults: readonly VaultSpec[]): DefiSpec => ({
  ...emptyDefi,
  tokens: [{ id: "wlst", kind: "wrappedLst" }],
  vaults,
  balances: { "stakers-1": { lrt: ether(90) }, "stakers-2": { lrt: ether(9), wlst: ether(2) } },
});

/** Two operators whose whole stake one direct slasher may take. */
function worldWith(defi: DefiSpec) {
  const base = smallWorld({ defi });
  const allocations = [{ set: "direct", strategy: "lst", magnitude: 10n ** 18n }];
  return smallWorld({
    defi,
    sets: [DIRECT],
    participants: [...base.participants.filter(({ role }) => role !== "avs"), participant("judges", { role: "avs" })],
    operators: base.operators.map((operator) => ({ ...operator, allocationDelay: 0n, allocations })),
  });
}

const half = { set: "direct", operator: "operators-1", fraction: WAD / 2n, strategies: null, reason: "ordered" };
const slash = planned("judges", { type: "slash", ...half });
const push = planned("protocol", { type: "vaultPushRate", vault: "lrt" });
const serve = planned("protocol", { type: "vaultServe", vault: "lrt" });
const ask = (holder: string, shares: bigint) => planned(holder, { type: "vaultRequest", vault: "lrt", shares });
const ELEVEN = (WAD * 11n) / 10n;

describe("vaults of the DeFi layer", () => {
  it("begin at their rate, with their buffer and their stake spread by weight", async () => {
    const world = await createWorld(worldWith(layer(vault())));
    const { defi: view } = await world.read();
    const lrt = view.vaults["lrt"];

    expect(lrt?.supply).to.equal(ether(100));
    expect(lrt?.assets).to.equal(ether(110));
    expect([lrt?.reportedRate, lrt?.liveRate]).to.deep.equal([ELEVEN, ELEVEN]);
    expect(lrt?.buffer).to.equal(ether(22));
    expect(lrt?.delegated).to.deep.equal({ "operators-1": ether(66), "operators-2": ether(22) });
    expect(lrt?.holders).to.deep.equal({ protocol: ether(1), "stakers-1": ether(90), "stakers-2": ether(9) });
    expect(lrt?.requests).to.deep.equal([]);
    expect(lrt?.paused).to.equal(false);
    expect(view.tokens["lrt"]?.worth).to.equal(ELEVEN);
  });

  it("carry a slash of an operator to their holders: by the assets at once, by the rate when it is pushed", async () => {
    const world = await createWorld(worldWith(layer(vault())));
    await world.perform({ time: 12n, actions: [slash] });
    const { vaults: slashed, tokens } = (await world.read()).defi;
    expect(slashed["lrt"]?.delegated["operators-1"]).to.equal(ether(33));
    expect(slashed["lrt"]?.liveRate).to.equal((WAD * 77n) / 100n);
    expect(slashed["lrt"]?.reportedRate).to.equal(ELEVEN);
    expect(tokens["lrt"]?.worth).to.equal((WAD * 77n) / 100n);

    // Whoever leaves at the stale rate takes from those who stay.
    const exit = planned("stakers-2", { type: "vaultInstantExit", vault: "lrt", shares: 9n * WAD, minOut: 0n });
    const [left, pushed] = await world.perform({ time: 24n, actions: [exit, push] });
    const fee = (ether("9.9") * 92n) / 10_000n;
    const paid = { holder: "stakers-2", request: null, shares: ether(9), assets: ether("9.9") - fee, fee };
    expect(left?.facts.at(-1)).to.deep.equal({
      kind: "tokenTransferred",
      token: "wlst",
      from: null,
      to: "protocol",
      amount: fee,
    });
    expect(left?.facts).to.deep.include({ kind: "vaultPaid", vault: "lrt", ...paid });
    const after = (WAD * ether("67.1")) / ether(91);
    const rates = { before: ELEVEN, after, live: after };
    expect(pushed?.facts).to.deep.equal([
      { kind: "ratePushed", vault: "lrt", ...rates, accepted: true, feeShares: 0n },
    ]);
    expect((await world.read()).defi.vaults["lrt"]?.reportedRate).to.equal(after);
  });

  it("serve their queue: stake is pulled, comes home after the delay, and pays the lesser of quote and worth", async () => {
    const world = await createWorld(worldWith(layer(vault())));
    const [asked] = await world.perform({ time: 12n, actions: [ask("stakers-1", ether(40)), serve] });
    const quote = { request: 1n, shares: ether(40), quote: ether(44) };
    expect(asked?.facts).to.deep.include({ kind: "vaultRequested", vault: "lrt", holder: "stakers-1", ...quote });
    const waiting = (await world.read()).defi.vaults["lrt"];
    expect(waiting?.deficit).to.equal(ether(22));
    expect(waiting?.queued).to.equal(ether(22));

    await world.perform({ time: 24n, actions: [slash, push] });
    await world.perform({ time: blocks(60), actions: [serve] });
    const served = (await world.read()).defi.vaults["lrt"];
    const [request] = served?.requests ?? [];
    expect([request?.claimable, request?.holder, request?.requestedAt]).to.deep.equal([true, "stakers-1", 12n]);
    expect(served?.owed).to.equal(request?.payable);
    expect(request?.payable).to.be.lessThan(ether(44));

    const claim = planned("stakers-1", { type: "vaultClaim", vault: "lrt", request: 1n });
    const [claimed] = await world.perform({ time: blocks(61), actions: [claim] });
    const assets = request?.payable ?? 0n;
    expect(claimed?.facts).to.deep.include({
      ...{ kind: "vaultPaid", vault: "lrt", holder: "stakers-1", request: 1n, shares: ether(40), assets, fee: 0n },
    });
    const { vaults, balances } = (await world.read()).defi;
    expect(vaults["lrt"]?.requests).to.deep.equal([]);
    expect(balances["stakers-1"]).to.deep.equal({ lrt: ether(50), wlst: assets });
  });

  it("take deposits of wrapped LST, of LST and of ether, and restake them", async () => {
    const world = await createWorld(worldWith(layer(vault())));
    const deposit = (holder: string, amount: bigint) => planned(holder, { type: "vaultDeposit", vault: "lrt", amount });
    const [own, made] = await world.perform({
      time: 12n,
      actions: [deposit("stakers-2", ether("1.1")), deposit("stakers-3", ether("5.5"))],
    });
    const shares = { assets: ether("1.1"), shares: ether(1) };
    expect(own?.facts).to.deep.include({ kind: "vaultDeposited", vault: "lrt", holder: "stakers-2", ...shares });
    expect(made?.outcome.status).to.equal("ok");
    const view = await world.read();
    expect(view.defi.balances["stakers-3"]?.["lrt"]).to.equal(ether(5));
    expect(view.defi.vaults["lrt"]?.buffer).to.equal(ether("28.6"));

    const restake = planned("protocol", { type: "vaultRestake", vault: "lrt" });
    await world.perform({ time: 24n, actions: [restake] });
    expect((await world.read()).defi.vaults["lrt"]?.buffer).to.equal(ether("23.32"));
  });

  it("hold a report beyond their guard, with their doors closed until it is acknowledged", async () => {
    const guarded = vault({
      oracle: { mode: "guarded", every: 0n, feeBps: 0n, guard: { bps: 100n, policy: "hold" } },
    });
    const world = await createWorld(worldWith(layer(guarded)));
    const [, held, refused] = await world.perform({ time: 12n, actions: [slash, push, ask("stakers-1", ether(1))] });
    const live = (WAD * 77n) / 100n;
    const rates = { before: ELEVEN, after: ELEVEN, live };
    expect(held?.facts).to.deep.equal([{ kind: "ratePushed", vault: "lrt", ...rates, accepted: false, feeShares: 0n }]);
    expect(refused?.outcome).to.include({ status: "reverted", error: "NavOracleHeld" });
    expect((await world.read()).defi.vaults["lrt"]?.paused).to.equal(true);

    const acknowledge = planned("protocol", { type: "vaultAcknowledge", vault: "lrt" });
    await world.perform({ time: 24n, actions: [acknowledge] });
    const view = (await world.read()).defi.vaults["lrt"];
    expect([view?.paused, view?.reportedRate]).to.deep.equal([false, live]);
  });

  it("mint without assets when a key is lost, which a reported rate does not see", async () => {
    const quorum = vault({ oracle: { mode: "quorum", quorum: 3n, every: 0n, feeBps: 0n } });
    const world = await createWorld(worldWith(layer(quorum)));
    const mint = { type: "vaultMintUnbacked", vault: "lrt", to: "stakers-3", shares: 100n * WAD } as const;
    const [minted] = await world.perform({ time: 12n, actions: [planned("protocol", mint), push] });

    const fact = { token: "lrt", to: "stakers-3", amount: ether(100), value: ether(110) };
    expect(minted?.facts).to.deep.include({ kind: "unbackedMinted", ...fact });
    const view = (await world.read()).defi.vaults["lrt"];
    expect([view?.reportedRate, view?.liveRate]).to.deep.equal([ELEVEN, ELEVEN / 2n]);
  });

  it("close and open by pauses, and stay shut where redemptions are not live", async () => {
    const world = await createWorld(worldWith(layer(vault({ redeemable: false }))));
    const pause = (paused: boolean) => planned("protocol", { type: "vaultPause", vault: "lrt", paused });
    const [shut] = await world.perform({ time: 12n, actions: [ask("stakers-1", ether(1)), pause(true)] });
    expect(shut?.outcome).to.include({ status: "reverted", error: "PausableFlagsPaused" });
    expect((await world.read()).defi.vaults["lrt"]?.paused).to.equal(true);

    const [, still, open] = await world.perform({
      time: 24n,
      actions: [
        pause(false),
        ask("stakers-1", ether(1)),
        planned("stakers-2", { type: "vaultDeposit", vault: "lrt", amount: ether(1) }),
      ],
    });
    expect([still?.outcome.status, open?.outcome.status]).to.deep.equal(["reverted", "ok"]);
  });

  it("play the faults of the past: a quote that is paid whatever happened, and par for whoever comes first", async () => {
    const payable = async (fault: "cachedQuote" | "firstComeAtPar") => {
      const faulty = vault({ queue: { freeze: "unlock", cooldown: 0n, fault } });
      const world = await createWorld(worldWith(layer(faulty)));
      await world.perform({ time: 12n, actions: [ask("stakers-1", ether(10)), slash, push, serve] });
      return (await world.read()).defi.vaults["lrt"]?.requests[0]?.payable;
    };
    expect(await payable("cachedQuote")).to.equal(ether(11));
    expect(await payable("firstComeAtPar")).to.equal(ether(11));
  });
});
