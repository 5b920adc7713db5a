import type { CoreWorld } from "./core-world.ts";
import type { Cast } from "./observe.ts";

/** An operator to be, with the delay of its allocations. */
export interface OperatorToBe {
  readonly id: string;
  readonly allocationDelay: bigint;
}

/** Empty blocks beyond which a history is shifted rather than waited for. */
const FAR = 10_000_000n;

/** Address that asks for burning. */
const NOBODY = `0x${"00".repeat(20)}`;

/**
 * Puts everybody on stage: one AVS with a set per name, each secured by the strategy; operators; stakers with tokens.
 */
export async function prepare(world: CoreWorld, cast: Cast, operators: readonly OperatorToBe[]): Promise<void> {
  const people = [...new Set(["avs", ...operators.map(({ id }) => id), ...cast.stakers])];
  for (const name of people) await world.endow(name);

  await world.must("avs", { to: "avsRegistry", fn: "registerAVS", args: ["conformance"] });
  for (const set of cast.sets) {
    const id = cast.sets.indexOf(set) + 1;
    const params = [id, [cast.strategy], world.addressOf("avs"), NOBODY, 0n, NOBODY];
    await world.must("avs", { to: "avsRegistry", fn: "createOperatorSet", args: [params] });
  }
  for (const { id, allocationDelay } of operators) await enlist(world, id, allocationDelay);
}

/** Makes somebody an operator. */
export async function enlist(world: CoreWorld, name: string, allocationDelay: bigint): Promise<void> {
  const args = [NOBODY, allocationDelay, "conformance"];
  await world.must(name, { to: "operatorDelegation", fn: "registerAsOperator", args });
}

/**
 * Begins the history at `firstInstant`; where the chain is past that already, the history's instants are shifted.
 *
 * @param slack - Instants that have to lie between the preparation and the beginning.
 */
export async function begin(world: CoreWorld, firstInstant: bigint, slack: bigint): Promise<void> {
  const earliest = world.chain.now + 1n + slack;
  const isNear = firstInstant >= earliest && firstInstant - earliest < FAR;
  const fits = world.chain.clock === "blocknumber" && isNear;
  world.origin = fits ? 0n : earliest - firstInstant;
  await world.advanceTo(firstInstant);
}
