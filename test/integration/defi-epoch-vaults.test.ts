import { expect } from "chai";

import {
  each,
  epochStaker,
  ether,
  minutes,
  netWorthOf,
  observer,
  run,
  seconds,
  slashEpochVault,
  steadyOperator,
  type Scenario,
} from "../../src/index.ts";
import { balanceSheet, checkBalanceSheet } from "../../src/analysis/defi/balance-sheet.ts";
import type { PlannedAction } from "../../src/model/action.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import { owedTo, type EpochVaultSpec } from "../../src/model/defi/epoch-vaults.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { bookedStep, expectExactBooks } from "../helpers/booked-step.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const EPOCH = 600n;

/** One pool of 100 that two networks may count on whole. */
const pool: EpochVaultSpec = {
  ...{ id: "pool", asset: "weth", curator: "stakers-3", epoch: EPOCH, burner: "watchers", delegator: "fullRestake" },
  networks: [
    { network: "oracle", limit: ether(80), operators: [{ operator: "operators-1", stake: ether(80) }] },
    { network: "watchers", limit: ether(90), operators: [{ operator: "operators-1", stake: ether(70) }] },
  ],
};
const defi: DefiSpec = {
  ...emptyDefi,
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ],
  epochVaults: [
    pool,
    {
      ...{
        ...pool,
        id: "parts",
        asset: "wlst",
        curator: "protocol",
        burner: null,
        delegator: "networkRestake" as const,
      },
      networks: [
        {
          ...{ network: "watchers", limit: ether(10) },
          operators: [
            { operator: "operators-1", stake: 1n },
            { operator: "operators-2", stake: 2n },
          ],
        },
      ],
    },
  ],
  epochPositions: [
    { vault: "pool", participant: "stakers-1", deposited: ether(75) },
    { vault: "pool", participant: "stakers-2", deposited: ether(25) },
    { vault: "parts", participant: "stakers-1", deposited: ether(9) },
  ],
  balances: { "stakers-3": { weth: ether(50), wlst: ether(5) } },
};
const spec = smallWorld({ defi });
const deploy = async () => await createWorld(spec);
type World = Awaited<ReturnType<typeof deploy>>;

const step = async (world: World, time: bigint, actions: readonly PlannedAction[]) =>
  await bookedStep(spec, world, { time, actions });

const slash = (network: string, amount: bigint, captured: bigint, vault = "pool") =>
  planned(network, { type: "epochSlash", vault, operator: "operators-1", amount, captured });
const leave = (who: string, amount: bigint | "all" = "all") =>
  planned(who, { type: "epochWithdraw", vault: "pool", amount });

describe("epoch vaults in the DeFi layer", () => {
  it("take what is deposited when the run begins, and promise it to each network", async () => {
    const view = await (await deploy()).read();
    const vault = view.defi.epochVaults["pool"];

    expect(vault).to.deep.include({ asset: "weth", active: { assets: ether(100), shares: ether(100) }, buckets: {} });
    expect(vault?.held).to.equal(ether(100));
    expect(vault?.holders).to.have.all.keys("stakers-1", "stakers-2");
    expect(vault?.promised).to.deep.equal({
      oracle: { "operators-1": ether(80) },
      watchers: { "operators-1": ether(70) },
    });
    expect(vault?.epochEnds).to.be.within(1n, EPOCH);
    // It began in a block of the set-up, whose times are said, and not when a machine happened to deploy it.
    expect((vault?.epochEnds ?? 1n) % 12n).to.equal(0n);
    // A third and two thirds of nine.
    expect(view.defi.epochVaults["parts"]?.promised).to.deep.equal({
      watchers: { "operators-1": ether(3), "operators-2": ether(6) },
    });
    expect(checkBalanceSheet(balanceSheet(spec, view))).to.equal(null);
  });

  it("take deposits, keep withdrawals for a whole epoch and pay them, with exact books", async () => {
    const world = await deploy();
    const moved = await step(world, 12n, [
      planned("stakers-3", { type: "epochDeposit", vault: "pool", amount: 12_345_678_901_234_567n }),
      leave("stakers-1", 7_777_777_777_777_777n),
      leave("stakers-2"),
      planned("stakers-3", { type: "epochDeposit", vault: "parts", amount: ether(1) }),
    ]);
    const { epoch = 0n, epochEnds = 0n, holders } = moved.after.defi.epochVaults["pool"] ?? {};
    const early = await world.perform({
      ...{ time: epochEnds, actions: [planned("stakers-2", { type: "epochClaim", vault: "pool", epoch: epoch + 1n })] },
    });
    const paid = await step(world, epochEnds + EPOCH, [
      planned("stakers-2", { type: "epochClaim", vault: "pool", epoch: epoch + 1n }),
    ]);

    expectExactBooks(moved);
    expect(holders?.["stakers-2"]).to.deep.include({ shares: 0n });
    expect(early.map(({ outcome }) => outcome)).to.deep.include.members([
      { ...early[0]?.outcome, status: "reverted", error: "EpochVaultInvalidEpoch" },
    ]);
    expectExactBooks(paid);
    expect(paid.after.defi.balances["stakers-2"]?.["weth"]).to.equal(ether(25));
    expect(paid.after.defi.epochVaults["pool"]?.holders).to.have.all.keys("stakers-1", "stakers-3");
    expect(moved.results[1]?.facts).to.deep.include({
      ...{ kind: "epochWithdrawn", vault: "pool", who: "stakers-1", epoch: epoch + 1n },
      ...{ assets: 7_777_777_777_777_777n, shares: 7_777_777_777_777_777n, minted: 7_777_777_777_777_777n },
    });
  });

  it("let a slash fall on stake and on withdrawals that wait, each to the wei", async () => {
    const world = await deploy();
    await world.perform({ time: 12n, actions: [leave("stakers-2")] });
    const done = await step(world, 24n, [slash("oracle", ether(10), 5n)]);
    const fact = done.results[0]?.facts.find(({ kind }) => kind === "epochSlashed");

    expectExactBooks(done);
    expect(fact).to.deep.include({
      ...{ kind: "epochSlashed", vault: "pool", network: "oracle", operator: "operators-1", captured: 5n },
      ...{ promised: ether(10), taken: ether(10), active: ether("7.5"), current: 0n, next: ether("2.5") },
    });
    const told = (party: string): bigint =>
      done.lines
        .filter((line) => line.party === party && line.channel === "slash" && line.with === "oracle on pool")
        .reduce((sum, { amount }) => sum + amount, 0n);
    expect(["stakers-1", "stakers-2", "watchers"].map(told)).to.deep.equal([
      ...[0n - ether("7.5"), 0n - ether("2.5"), ether(10)],
    ]);
    expect(done.lines.filter(({ layer }) => layer === "staker").map(({ party }) => party)).to.have.members([
      ...["stakers-1", "stakers-2"],
    ]);
  });

  it("deliver less than they promised when two networks slash one pool", async () => {
    const world = await deploy();
    const done = await step(world, 24n, [slash("oracle", ether(80), 5n), slash("watchers", ether(90), 5n)]);
    const facts = done.results.flatMap((result) => result.facts.filter(({ kind }) => kind === "epochSlashed"));

    expectExactBooks(done);
    expect(facts.map((fact) => (fact.kind === "epochSlashed" ? [fact.promised, fact.taken] : []))).to.deep.equal([
      [ether(80), ether(80)],
      [ether(70), ether(20)],
    ]);
    expect(done.after.defi.epochVaults["pool"]).to.deep.include({ held: 0n });
  });

  it("burn what nobody receives, of an asset that earns as well", async () => {
    const world = await deploy();
    const done = await step(world, 24n, [slash("watchers", ether(2), 5n, "parts")]);

    expectExactBooks(done);
    const burned = done.lines.filter(({ party, channel }) => party === "nobody" && channel === "slash");
    expect(burned.map(({ amount }) => amount)).to.deep.equal([ether(2)]);
    const { holders, ...vault } = done.after.defi.epochVaults["parts"] ?? {};
    expect(holders?.["stakers-1"] && owedTo({ ...vault, holders } as never, holders["stakers-1"])).to.equal(ether(7));
  });

  it("refuse evidence that an epoch has outrun, as an outcome", async () => {
    const world = await deploy();
    const [late] = await world.perform({ time: EPOCH + 20n, actions: [slash("oracle", ether(1), 5n)] });

    expect(late?.outcome).to.include({ status: "reverted", error: "EpochSlasherInvalidCapture" });
  });
});

/** A pool for two networks; who hears of the slash leaves, and is paid one epoch after the running one. */
const tale: Scenario = {
  name: "epoch-vault-exit",
  question: "Who of a pool's stakers bears a slash, and who is out in time?",
  seed: 5,
  clock: { step: minutes(2), steps: 15 },
  avss: { oracle: {} },
  populations: {
    operators: { count: 1, agent: steadyOperator({}), stake: each(ether(1)) },
    network: { count: 1, agent: observer({}) },
    patient: {
      count: 2,
      agent: epochStaker({ vault: "pool", perStep: ether("0.5") }),
      tokens: { weth: each(ether(1)) },
      positions: [{ kind: "epochVault", vault: "pool", deposited: each(ether(20)) }],
    },
    alert: {
      count: 2,
      agent: epochStaker({ vault: "pool", leavesAfter: { type: "slashEpochVault", subject: "pool" } }),
      positions: [{ kind: "epochVault", vault: "pool", deposited: each(ether(30)) }],
    },
  },
  defi: {
    tokens: [{ id: "weth", kind: "wrappedEther" }],
    epochVaults: [
      {
        ...{ ...pool, curator: "protocol", burner: null },
        networks: [{ network: "network", limit: ether(50), operators: [{ operator: "operators", stake: ether(50) }] }],
      },
    ],
  },
  timeline: [2n, 4n].map((count) => ({
    at: minutes(count) + seconds(1),
    shock: slashEpochVault({
      ...{ vault: "pool", by: "network", operator: "operators", amount: ether(10), captured: minutes(count) },
    }),
  })),
  metrics: { patient: netWorthOf("patient"), alert: netWorthOf("alert") },
};

describe("an epoch vault in a run", () => {
  const made = run(tale);

  it("is named in a scenario, told in series, and kept in exact books", async () => {
    const { record } = await made;

    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(record.invariants.map(({ name }) => name)).to.include("Epoch vaults are backed");
    expect(record.rows[0]?.defi).to.include.keys("epochVault/pool/active", "epochVault/pool/waiting");
    for (const { party, first, last, lines } of record.defi?.parties ?? []) {
      const sum = lines.reduce((all, { amount }) => all + BigInt(amount), 0n);
      expect(sum, party).to.equal(BigInt(last) - BigInt(first));
    }
  });

  it("pays who left after the first slash what the second left of it", async () => {
    const { record } = await made;
    const done = record.actions.filter(({ outcome }) => outcome.status === "ok").map(({ type }) => type);
    const last = record.rows.at(-1)?.metrics ?? {};

    expect(done.filter((type) => type === "epochClaim")).to.have.length(2);
    expect(done.filter((type) => type === "epochDeposit")).to.have.length(4);
    // 20 of 102 are gone: stakers lose alike, whether they stay or wait to leave.
    expect(BigInt(last["patient"] ?? 0) + BigInt(last["alert"] ?? 0)).to.be.within(ether(82) - 9n, ether(82));
    expect(last["alert"]).to.equal("48183383555746879034");
  });
});
