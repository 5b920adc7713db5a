import { expect } from "chai";

import type { PlannedAction } from "../../src/model/action.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import type { VaultSpec } from "../../src/model/defi/vaults.ts";
import type { WorldSpec } from "../../src/model/world-spec.ts";
import { ether, percent } from "../../src/units/amounts.ts";
import { blocks } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { bookedStep, expectDoneAndBooked } from "../helpers/booked-step.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { participant, planned, smallWorld } from "../helpers/small-world.ts";

const STRATEGIES = ["lst", "twice", "thrice"];

/** A vault whose whole stake is with one operator, half of its assets kept at hand. */
function vault(id: string, strategy: string, over: Partial<VaultSpec> = {}): VaultSpec {
  return {
    ...{ id, strategy, operators: [{ operator: "operators-1", weight: 1n }], rate: WAD, redeemable: true },
    buffer: { target: percent(50), capacity: ether(100), drawdownFloor: 0n, minFeeBps: 0n, maxFeeBps: 0n },
    oracle: { mode: "live", every: 0n, feeBps: 0n },
    queue: { freeze: "claim", cooldown: 0n },
    ...over,
  };
}

const THREE = [vault("one", "lst", { rate: (WAD * 11n) / 10n }), vault("two", "twice"), vault("three", "thrice")];

function worldWith(vaults: readonly VaultSpec[]): WorldSpec {
  const defi: DefiSpec = {
    ...emptyDefi,
    tokens: [{ id: "wlst", kind: "wrappedLst" }],
    vaults,
    balances: { "stakers-1": { one: ether(40) }, "stakers-2": { two: ether(20) }, "stakers-3": { three: ether(10) } },
  };
  const base = smallWorld();
  const allocations = STRATEGIES.map((strategy) => ({ set: "direct", strategy, magnitude: 10n ** 18n }));
  return smallWorld({
    defi,
    strategies: [
      { id: "lst", asset: "lst" },
      { id: "twice", asset: "share", vault: "one" },
      { id: "thrice", asset: "share", vault: "two" },
    ],
    sets: [
      {
        ...{ id: "direct", avs: "judges", service: "plain", strategies: STRATEGIES, rule: null },
        ...{ module: { kind: "direct", slasher: "judges" }, destination: { kind: "burned" } },
      },
    ],
    participants: [
      ...base.participants
        .filter(({ role }) => role !== "avs")
        .map((one) => ({ ...one, stakes: one.stakes.filter(({ strategy }) => strategy === "lst") })),
      participant("judges", { role: "avs" }),
    ],
    operators: base.operators.map((operator) => ({ ...operator, allocationDelay: 0n, allocations })),
  });
}

async function open(vaults: readonly VaultSpec[] = THREE) {
  const spec = worldWith(vaults);
  const world = await createWorld(spec);
  const step = async (time: bigint, ...actions: readonly PlannedAction[]) =>
    await bookedStep(spec, world, { time, actions });
  return { world, step };
}

/** Each layer's virtual shares and each division may take a wei or two. */
function expectNear(values: readonly (bigint | undefined)[], expected: readonly bigint[]): void {
  expect(values).to.have.lengthOf(expected.length);
  for (const [at, value] of expected.entries()) expect(values[at] ?? -1n, `${at}`).to.be.within(value - 8n, value + 8n);
}

const half = { set: "direct", operator: "operators-1", fraction: WAD / 2n, strategies: null, reason: "ordered" };
/** Ether per share after it: 1.1 by three quarters, once, twice and thrice. */
const LEFT = [(WAD * 825n) / 1_000n, (WAD * 61_875n) / 100_000n, (WAD * 4_640_625n) / 10_000_000n];
const slash = planned("judges", { type: "slash", ...half });
const ask = (holder: string, id: string, shares: bigint) =>
  planned(holder, { type: "vaultRequest", vault: id, shares });
const claim = (holder: string, id: string) => planned(holder, { type: "vaultClaim", vault: id, request: 1n });

describe("vaults that lie upon each other", () => {
  it("begin at the product of their rates, each with the shares of the one below", async () => {
    const { world } = await open();
    const { defi, strategies } = await world.read();
    const { one, two, three } = defi.vaults;

    expect([one?.below, two?.below, three?.below]).to.deep.equal([undefined, "one", "two"]);
    expect([one?.liveRate, two?.liveRate, three?.liveRate]).to.deep.equal(Array(3).fill((WAD * 11n) / 10n));
    expectNear([two?.assets, three?.assets], [ether(32), ether(11)]);
    expectNear([defi.tokens["one"]?.supply, two?.delegated["operators-1"]], [ether(73), ether(16)]);
    expectNear([strategies["twice"]?.balance, strategies["twice"]?.etherPerToken], [ether(16), (WAD * 11n) / 10n]);
  });

  it("multiply a slash layer by layer, and tell every wei of it", async () => {
    const { step } = await open();
    const slashed = await step(12n, slash);
    expectDoneAndBooked(slashed);

    // Half of the stake, which is half of the assets: each layer keeps three quarters of what the one below is worth.
    const { one, two, three } = slashed.after.defi.vaults;
    expectNear([one?.liveRate, two?.liveRate, three?.liveRate], LEFT);
    const lost = (party: string) =>
      slashed.lines.filter((line) => line.party === party && line.channel === "slash").map(({ amount }) => amount);
    // Who restaked three times loses 58 %, of one slash of half that leaves half untouched.
    const loss = lost("stakers-3");
    expect(loss).to.have.lengthOf(1);
    expect(loss[0] ?? 0n).to.be.within(ether("-6.359376"), ether("-6.359374"));
    const untold = slashed.lines.filter(
      ({ channel, amount }) => channel === "revaluation" && amount * amount > 10_000n,
    );
    expect(untold).to.deep.equal([]);
  });

  it("keep the worth of shares that a slash burned as nobody's: it stays with the vault below", async () => {
    const { step } = await open();
    expectDoneAndBooked(await step(12n, slash));
    const order = { type: "clearEscrow", set: "direct", slashId: 1n } as const;
    const cleared = await step(24n, ...STRATEGIES.map((strategy) => planned("protocol", { ...order, strategy })));

    expectDoneAndBooked(cleared);
    const burned = cleared.after.defi.vaults["one"]?.liveRate ?? 0n;
    expect(cleared.after.defi.tokens["one"]?.supply).to.equal(cleared.before.defi.tokens["one"]?.supply);
    expect((cleared.sheets.after.equity.get("nobody") ?? 0n) > (ether(8) * burned) / WAD).to.equal(true);
  });

  it("pay who leaves through every layer, one after the other, what is left", async () => {
    const { step } = await open();
    expectDoneAndBooked(await step(12n, ask("stakers-3", "three", ether(4))));
    expectDoneAndBooked(await step(24n, slash));
    expectDoneAndBooked(await step(36n, claim("stakers-3", "three")));
    const two = (await step(48n)).after.defi.balances["stakers-3"]?.["two"] ?? 0n;
    expectNear([two], [ether(3)]);

    expectDoneAndBooked(await step(60n, ask("stakers-3", "two", two)));
    expectDoneAndBooked(await step(72n, claim("stakers-3", "two")));
    const one = (await step(84n)).after.defi.balances["stakers-3"]?.["one"] ?? 0n;
    expectNear([one], [ether("2.25")]);
    expectDoneAndBooked(await step(96n, ask("stakers-3", "one", one)));
    const paid = await step(108n, claim("stakers-3", "one"));
    expectDoneAndBooked(paid);
    const wlst = paid.after.defi.balances["stakers-3"]?.["wlst"] ?? 0n;
    expectNear([wlst], [(ether("2.25") * 825n) / 1_000n]);
  });

  it("take shares of the vault below, and restake and serve them like any stake", async () => {
    const { step } = await open();
    const put = planned("stakers-1", { type: "vaultDeposit", vault: "two", amount: ether(10) });
    const deposited = await step(12n, put, planned("protocol", { type: "vaultRestake", vault: "two" }));
    expectDoneAndBooked(deposited);
    expect(deposited.after.defi.balances["stakers-1"]?.["two"]).to.equal(ether(10));
    expectNear([deposited.after.defi.vaults["two"]?.delegated["operators-1"]], [ether(21)]);

    expectDoneAndBooked(await step(24n, ask("stakers-2", "two", ether(20)), ask("stakers-1", "two", ether(10))));
    const served = await step(36n, planned("protocol", { type: "vaultServe", vault: "two" }));
    expectDoneAndBooked(served);
    expectNear([served.after.defi.vaults["two"]?.queued], [ether(9)]);
    expectDoneAndBooked(await step(48n, slash));
    expectDoneAndBooked(await step(blocks(60), planned("protocol", { type: "vaultServe", vault: "two" })));
    expectDoneAndBooked(await step(blocks(61), claim("stakers-2", "two")));
  });

  it("let anybody restake their shares with an operator as well, and slash them like all stake", async () => {
    const { step } = await open();
    const put = planned("stakers-1", { type: "deposit", strategy: "twice", amount: ether(10) });
    const deposited = await step(12n, put);
    expectDoneAndBooked(deposited);
    expectNear([deposited.after.stakers["stakers-1"]?.stakes["twice"]?.withdrawable], [ether(10)]);

    const slashed = await step(24n, slash);
    expectDoneAndBooked(slashed);
    // Half of ten shares, each of which has lost a quarter; the other thirty in the wallet have lost that quarter alone.
    const lost = slashed.lines.filter(({ party, channel }) => party === "stakers-1" && channel === "slash");
    const before = (ether(40) * 11n) / 10n;
    const after = ((ether(5) + ether(30)) * 825n) / 1_000n;
    // And half of what it had staked itself from the beginning.
    expect(lost.reduce((sum, { amount }) => sum + amount, 0n)).to.be.within(
      after - before - ether(16) - 1_000n,
      after - before - ether(16) + 1_000n,
    );
  });

  it("owe what a lagging layer does not tell: worth falls at once, each rate with its own report", async () => {
    const lagging = THREE.map((one) => ({
      ...one,
      oracle: { mode: "pushed" as const, every: blocks(100), feeBps: 0n },
    }));
    const { step } = await open(lagging);
    const slashed = (await step(12n, slash)).after.defi;
    const told = (WAD * 11n) / 10n;
    const ids = ["one", "two", "three"];
    expectNear(
      ids.map((id) => slashed.vaults[id]?.reportedRate),
      [told, told, told],
    );
    expectNear([slashed.tokens["three"]?.worth], [LEFT[2] ?? 0n]);

    const reported = async (time: bigint, id: string) => {
      const { vaults } = (await step(time, planned("protocol", { type: "vaultPushRate", vault: id }))).after.defi;
      return ids.map((one) => vaults[one]?.reportedRate);
    };
    // The lowest report moves all that lies upon it; the others add their own layer's loss.
    const [once = 0n, twice = 0n, thrice = 0n] = LEFT;
    expectNear(await reported(24n, "one"), [once, once, once]);
    expectNear(await reported(36n, "three"), [once, once, twice]);
    expectNear(await reported(48n, "two"), [once, twice, thrice]);
  });
});
