import type { ChainBackend } from "../../chain/chain-backend.ts";
import { CHAIN_DAY, setUpStart } from "./timing.ts";
import { PROTOCOL } from "../../model/names.ts";
import { asText } from "../codec/prepared-contract.ts";
import { contracts } from "../contracts.ts";
import { nameInWorld } from "../facts/fact-context.ts";
import type { StageOutcome } from "../stage-driver.ts";
import { makeWorldClock } from "../world-clock.ts";
import type { WorldContext } from "../world-context.ts";
import { arrangeDefi } from "../defi/set-up-defi.ts";
import { tokenAt } from "../defi/defi-world.ts";
import { nameCustodians } from "../defi/vaults/custodians.ts";
import { Arranger, countBatches, type Arrangement } from "./arrange.ts";
import {
  allocateStakes,
  nativeStakes,
  openServices,
  PROTOCOL_ETHER,
  registerOperators,
  settleParticipants,
  takeOffice,
} from "./arrangements.ts";

/** Ether that everybody needs for their wallet and their stakes. */
async function fundEverybody(backend: ChainBackend, world: WorldContext): Promise<void> {
  const { spec, book } = world;
  const staked = new Set(spec.strategies.filter(({ asset }) => asset === "lst").map(({ id }) => id));
  const amounts = spec.participants.map(({ id, ether, lst, stakes }) => {
    const own = stakes.filter(({ strategy }) => staked.has(strategy)).reduce((sum, { amount }) => sum + amount, 0n);
    return ether + lst + own + (id === PROTOCOL ? PROTOCOL_ETHER + spec.lst.initialStake : 0n);
  });
  const recipients = spec.participants.map(({ id }) => book.participants.address(id));
  const data = contracts.stage.encode("fund", [recipients, amounts]);
  const value = amounts.reduce((sum, amount) => sum + amount, 0n);
  const gas = 1_000_000n + 100_000n * BigInt(amounts.length);
  await backend.send({ to: world.at("stage"), data, gas, value });
}

/** Pods that were created, in the order of the orders. */
function podsOf(outcomes: readonly StageOutcome[]): readonly string[] {
  return outcomes.map(({ logs }) => {
    const created = logs.map((log) => contracts.pods.event(log)).find((event) => event?.name === "PodCreated");
    return asText(created?.args["pod"]);
  });
}

/** Creates the pods of native stakers and verifies their validators. */
async function restakeNatively(world: WorldContext, arranger: Arranger): Promise<ReadonlyMap<string, string>> {
  const { at, book } = world;
  const stakes = nativeStakes(world);
  if (stakes.length === 0) return new Map();
  const order = (staker: string, actor: string, call: Arrangement["calls"][number]): Arrangement => ({
    part: `native stake of ${staker}`,
    actor: book.participants.address(actor),
    calls: [call],
  });
  const createPod = { target: at("podManager"), data: contracts.pods.encode("createPod", []) };
  const pods = podsOf(await arranger.perform(stakes.map(({ staker }) => order(staker, staker, createPod))));
  const orders = stakes.flatMap(({ staker, gwei }, index) => {
    const target = pods[index] ?? "";
    const report = { target, data: contracts.pod.encode("reportValidator", [0n, gwei, false]) };
    const verify = { target, data: contracts.pod.encode("verifyValidator", [0n]) };
    return [order(staker, PROTOCOL, report), order(staker, staker, verify)];
  });
  await arranger.perform(orders);
  return new Map(stakes.map(({ staker }, index) => [staker, pods[index] ?? ""]));
}

/** Brings the chain to the instant at which the run's time is 0, with a fresh pool report in that very block. */
async function startRun(backend: ChainBackend, world: WorldContext, arranger: Arranger): Promise<bigint> {
  const { spec } = world;
  const start = setUpStart(spec, await backend.head());
  const begun = { ...world, clock: makeWorldClock(spec.clock, start) };
  const late = (["open", "supply", "borrow"] as const).flatMap((stage) => arrangeDefi(begun, stage));
  const blocks = BigInt(countBatches(late));
  if (spec.clock === "blocknumber") await backend.mineTo(start - 1n - blocks);
  await arranger.perform(late, spec.clock === "timestamp" ? start - 12n * blocks : undefined);
  const { timestamp } = await backend.head();
  await backend.setNextTimestamp(spec.clock === "timestamp" ? start : timestamp + 12n);
  const target = world.at("poolReporter");
  const calls = [
    { target, data: contracts.poolReporter.encode("stakeBuffer", []) },
    { target, data: contracts.poolReporter.encode("report", []) },
  ];
  await arranger.performNow([
    { part: "the pool's first report", actor: world.book.participants.address(PROTOCOL), calls },
  ]);
  return start;
}

/**
 * Arranges a deployed world as its specification says and brings the chain to the run's beginning.
 *
 * @returns The world with its clock set: its time 0 is the newest block.
 * @throws {@link WorldImpossibleError} when the contracts refuse a part of it.
 */
export async function setUpWorld(backend: ChainBackend, world: WorldContext): Promise<WorldContext> {
  const { timestamp } = await backend.head();
  // Deployment took unknown seconds of real time; from here on every block's time is said.
  await backend.setNextTimestamp(timestamp - (timestamp % CHAIN_DAY) + CHAIN_DAY);
  await fundEverybody(backend, world);
  const arranger = new Arranger(
    backend,
    world.at("stage"),
    (address) => tokenAt(world, address) ?? nameInWorld(world, address),
  );
  await arranger.perform(takeOffice(world));
  await arranger.perform(openServices(world));
  await arranger.perform(registerOperators(world));
  await arranger.perform(settleParticipants(world));
  const pods = await restakeNatively(world, arranger);
  await arranger.perform(allocateStakes(world));
  await arranger.perform(arrangeDefi(world, "wire"));
  await nameCustodians(backend, world);
  await arranger.perform(arrangeDefi(world, "fund"));
  const start = await startRun(backend, world, arranger);
  return { ...world, pods, clock: makeWorldClock(world.spec.clock, start) };
}
