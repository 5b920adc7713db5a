import { expect } from "chai";

import {
  adapterCurator,
  adapterStaker,
  each,
  ether,
  minutes,
  netWorthOf,
  observer,
  percent,
  run,
  slashAdapter,
  steadyOperator,
  type Scenario,
} from "../../src/index.ts";
import { balanceSheet, checkBalanceSheet } from "../../src/analysis/defi/balance-sheet.ts";
import type { Action, PlannedAction } from "../../src/model/action.ts";
import type { AdapterSpec, AdapterVaultSpec } from "../../src/model/defi/adapter-vaults.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import type { WorldView } from "../../src/model/view.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { dice, type Dice } from "../helpers/dice.ts";
import { bookedStep, expectExactBooks } from "../helpers/booked-step.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { byChannel, liveByTheBooks } from "../helpers/random-books.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const DURATION = 60n;
const PEOPLE = ["stakers-1", "stakers-2", "stakers-3"] as const;

const adapter = (id: string, network: string, allocated: string): AdapterSpec => ({
  ...{ id, network, burner: null, duration: DURATION, allocated: ether(allocated) },
  limit: { amount: ether(80), part: percent(70) },
});
const iso: AdapterVaultSpec = {
  ...{ id: "iso", asset: "weth", curator: "stakers-3" },
  adapters: [adapter("east", "oracle", "60"), { ...adapter("west", "watchers", "30"), burner: "watchers" }],
};
const defi: DefiSpec = {
  ...emptyDefi,
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ],
  adapterVaults: [
    iso,
    { ...iso, id: "earning", asset: "wlst", curator: "protocol", adapters: [adapter("south", "oracle", "40")] },
  ],
  adapterPositions: [
    { vault: "iso", participant: "stakers-1", deposited: ether(75) },
    { vault: "iso", participant: "stakers-2", deposited: ether(25) },
    ...PEOPLE.map((participant) => ({ vault: "earning", participant, deposited: ether(20) + 1n })),
  ],
  balances: Object.fromEntries(PEOPLE.map((who) => [who, { weth: ether(90), wlst: ether(90) }])),
};
const spec = smallWorld({ defi });
const deploy = async () => await createWorld(spec);
type World = Awaited<ReturnType<typeof deploy>>;

const step = async (world: World, time: bigint, actions: readonly PlannedAction[]) =>
  await bookedStep(spec, world, { time, actions });

const onIso = { vault: "iso" } as const;
const leave = (who: string) => planned(who, { type: "adapterRequest", ...onIso, shares: "all" });
const slash = (network: string, name: string, amount: bigint) =>
  planned(network, { type: "adapterSlash", ...onIso, adapter: name, amount });

describe("vaults with adapters in the DeFi layer", () => {
  it("take what is deposited when the run begins, and put it where it is allocated", async () => {
    const view = await (await deploy()).read();
    const vault = view.defi.adapterVaults["iso"];

    expect(vault).to.deep.equal({
      ...{ asset: "weth", supply: ether(100), assets: ether(100), free: ether(10), owed: 0n },
      adapters: {
        east: { network: "oracle", total: ether(60), slashable: ether(60), recalled: 0n },
        west: { network: "watchers", total: ether(30), slashable: ether(30), recalled: 0n },
      },
      ...{ requests: [], nextRequest: 0n },
    });
    expect(view.defi.balances["stakers-1"]?.["iso"]).to.equal(ether(75));
    expect(view.defi.tokens["iso"]).to.include({ worth: ether(1), decimals: 18 });
    expect(checkBalanceSheet(balanceSheet(spec, view))).to.equal(null);
  });

  it("let the slash of one adapter fall on all who hold shares, and leave the other adapter's capital alone", async () => {
    const world = await deploy();
    const done = await step(world, 12n, [slash("watchers", "west", ether(50))]);
    const told = (party: string): bigint =>
      done.lines
        .filter((line) => line.party === party && line.channel === "slash" && line.with === "west of iso")
        .reduce((sum, { amount }) => sum + amount, 0n);

    expectExactBooks(done);
    // There are 30; three quarters and one quarter of them.
    expect(["stakers-1", "stakers-2", "watchers"].map(told)).to.deep.equal([
      ...[0n - ether("22.5"), 0n - ether("7.5"), ether(30)],
    ]);
    expect(done.after.defi.adapterVaults["iso"]?.adapters).to.deep.equal({
      east: { network: "oracle", total: ether(60), slashable: ether(60), recalled: 0n },
      west: { network: "watchers", total: 0n, slashable: 0n, recalled: 0n },
    });
  });

  it("fill their line at the live rate: who waits bears a slash between request and fill", async () => {
    const world = await deploy();
    const asked = await step(world, 12n, [leave("stakers-2"), planned("stakers-3", { type: "adapterFill", ...onIso })]);
    const hit = await step(world, 24n, [
      slash("oracle", "east", ether(18)),
      planned("stakers-3", { type: "adapterRecall", ...onIso, adapter: "east", amount: ether(15) }),
    ]);
    const early = await world.perform({
      ...{
        time: 36n,
        actions: [planned("stakers-3", { type: "adapterReturn", ...onIso, adapter: "east", amount: 1n })],
      },
    });
    const filled = await step(world, 24n + DURATION, [
      planned("stakers-3", { type: "adapterReturn", ...onIso, adapter: "east", amount: ether(15) }),
      planned("stakers-1", { type: "adapterFill", ...onIso }),
    ]);
    const paid = await step(world, 120n, [planned("stakers-2", { type: "adapterClaim", ...onIso, request: 0n })]);

    for (const one of [asked, hit, filled, paid]) expectExactBooks(one);
    expect(early[0]?.outcome).to.include({ status: "reverted", error: "AppAdapterNotFree" });
    expect(asked.after.defi.adapterVaults["iso"]?.requests).to.deep.equal([
      { id: 0n, holder: "stakers-2", waiting: ether(15), claimable: ether(10) },
    ]);
    // 10 at par, and 15 of 90 shares of the 72 that are left.
    expect(paid.after.defi.balances["stakers-2"]?.["weth"]).to.be.within(ether(112) - 2n, ether(112));
    expect(paid.after.defi.adapterVaults["iso"]).to.deep.include({ requests: [], nextRequest: 1n });
  });

  for (const seed of [3n, 5n]) {
    it(`keep books of random histories to the wei, seed ${seed}`, async () => {
      const roll = dice(seed);
      let claims: readonly PlannedAction[] = [];
      const { lines, done } = await liveByTheBooks({
        ...{ spec, steps: 40, untold: 1_000n },
        next: (at) => ({ time: 12n * BigInt(at + 1), actions: Array.from({ length: 4 }, () => next(roll, claims)) }),
        seen: (_, __, after) => {
          claims = claimsIn(after);
        },
      });

      const types = ["Deposit", "Request", "Fill", "Claim", "Slash", "Allocate", "Recall", "Return"];
      for (const type of types) expect(done.get(`adapter${type}`) ?? 0, type).to.be.greaterThan(0);
      expect(byChannel(lines).get("slash")?.sum).to.be.within(-1_000n, 1_000n);
    });
  }
});

/** Claims that would be paid now. */
function claimsIn({ defi: { adapterVaults: vaults } }: WorldView): readonly PlannedAction[] {
  return Object.entries(vaults).flatMap(([vault, { requests }]) =>
    requests
      .filter(({ claimable }) => claimable > 0n)
      .map(({ id, holder }) => planned(holder, { type: "adapterClaim", vault, request: id })),
  );
}

/** What happens next; much of it is refused, as in life. */
function next(roll: Dice, claims: readonly PlannedAction[]): PlannedAction {
  if (claims.length > 0 && roll.chance(15)) return roll.pick(claims);
  const vault = roll.pick(["iso", "earning"]);
  const name = vault === "iso" ? roll.pick(["east", "west"]) : "south";
  const amount = 1n + roll.below(ether(15));
  const on = { vault, adapter: name, amount };
  if (roll.chance(15)) return planned(name === "west" ? "watchers" : "oracle", { type: "adapterSlash", ...on });
  if (roll.chance(5)) return planned("oracle", { type: "adapterRelease", ...on });
  if (roll.chance(35)) {
    const action = roll.pick<Action>([
      { type: "adapterAllocate", ...on },
      { type: "adapterRecall", ...on },
      { type: "adapterReturn", ...on },
      { type: "adapterReturn", ...on, amount: amount / 4n },
    ]);
    return planned(vault === "iso" ? "stakers-3" : "protocol", action);
  }
  if (roll.chance(10)) return planned("protocol", { type: "changeValidators", delta: ether(3) });
  if (roll.chance(10)) return planned("protocol", { type: "reportPool" });
  const action = roll.pick<Action>([
    { type: "adapterDeposit", vault, amount },
    { type: "adapterRequest", vault, shares: roll.chance(20) ? "all" : amount },
    { type: "adapterFill", vault },
    { type: "adapterClaim", vault, request: roll.below(12n) },
  ]);
  return planned(roll.pick(PEOPLE), action);
}

/** One network slashes; those who hear of it leave, and the curator calls capital back for them. */
const tale: Scenario = {
  name: "adapter-vault-exit",
  question: "Who of a vault's holders bears the slash of one adapter, and when are those paid who leave?",
  seed: 7,
  clock: { step: minutes(1), steps: 12 },
  avss: { oracle: {} },
  populations: {
    operators: { count: 1, agent: steadyOperator({}), stake: each(ether(1)) },
    networks: { count: 2, agent: observer({}) },
    curator: { count: 1, agent: adapterCurator({ vault: "iso" }) },
    patient: {
      count: 2,
      agent: adapterStaker({ vault: "iso", perStep: ether(1) }),
      tokens: { weth: each(ether(1)) },
      positions: [{ kind: "adapterVault", vault: "iso", deposited: each(ether(30)) }],
    },
    alert: {
      count: 2,
      agent: adapterStaker({ vault: "iso", leavesAfter: { type: "slashAdapter", subject: "iso" } }),
      positions: [{ kind: "adapterVault", vault: "iso", deposited: each(ether(20)) }],
    },
  },
  defi: {
    tokens: [{ id: "weth", kind: "wrappedEther" }],
    adapterVaults: [
      {
        ...{ id: "iso", asset: "weth", curator: "curator" },
        adapters: [
          { ...adapter("east", "networks-1", "60"), duration: minutes(3) },
          { ...adapter("west", "networks-2", "30"), duration: minutes(3) },
        ],
      },
    ],
  },
  timeline: [{ at: minutes(2), shock: slashAdapter({ vault: "iso", adapter: "west", amount: ether(51) }) }],
  metrics: { patient: netWorthOf("patient"), alert: netWorthOf("alert") },
};

describe("a vault with adapters in a run", () => {
  const made = run(tale);

  it("is named in a scenario, told in series, and kept in exact books", async () => {
    const { record } = await made;

    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(record.invariants.map(({ name }) => name)).to.include("Shares of vaults with adapters stand");
    expect(record.rows[0]?.defi).to.include.keys("adapterVault/iso/assets", "adapterVault/iso/waiting");
    for (const { party, first, last, lines } of record.defi?.parties ?? []) {
      const sum = lines.reduce((all, { amount }) => all + BigInt(amount), 0n);
      expect(sum, party).to.equal(BigInt(last) - BigInt(first));
    }
  });

  it("pays who left out of free assets and of capital that the curator called back", async () => {
    const { record } = await made;
    const done = record.actions.filter(({ outcome }) => outcome.status === "ok").map(({ type }) => type);
    const last = record.rows.at(-1)?.metrics ?? {};

    expect(done).to.include.members(["adapterRecall", "adapterReturn", "adapterFill", "adapterClaim"]);
    // 102 are there when 30 are slashed; worth is rounded down to a wei for each whole share.
    const part = (shares: bigint): bigint => (shares * 72n) / 102n;
    expect(BigInt(last["alert"] ?? 0)).to.be.within(part(ether(40)) - 60n, part(ether(40)));
    expect(BigInt(last["patient"] ?? 0)).to.be.within(part(ether(62)) - 80n, part(ether(62)) + 20n);
  });
});
