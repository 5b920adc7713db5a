import type { CoreWorld } from "./core-world.ts";
import type { Cast } from "./observe.ts";

/** An operator to be, with the delay of its allocations. */
export interface OperatorToBe {
  readonly id: string;
  readonly allocationDelay: bigint;
}

/** Address that asks for burning. */
const NOBODY = `0x${"00".repeat(20)}`;

/**
 * Puts everybody on stage: one AVS with a set per name, each secured by the strategy; operators; stakers with tokens.
 *
 * All of it happens before `firstInstant`; where the chain is past that already, the vectors' instants are shifted.
 */
export async function prepare(
  world: CoreWorld,
  cast: Cast,
  start: { readonly firstInstant: bigint; readonly operators: readonly OperatorToBe[] },
): Promise<void> {
  const people = [...new Set(["avs", ...start.operators.map(({ id }) => id), ...cast.stakers])];
  for (const name of people) await world.endow(name);

  await world.must("avs", { to: "avsRegistry", fn: "registerAVS", args: ["conformance"] });
  for (const set of cast.sets) {
    const id = cast.sets.indexOf(set) + 1;
    const params = [id, [cast.strategy], world.addressOf("avs"), NOBODY, 0n, NOBODY];
    await world.must("avs", { to: "avsRegistry", fn: "createOperatorSet", args: [params] });
  }
  for (const { id, allocationDelay } of start.operators) {
    const args = [NOBODY, allocationDelay, "conformance"];
    await world.must(id, { to: "operatorDelegation", fn: "registerAsOperator", args });
  }

  const earliest = world.chain.now + 1n;
  const fits = world.chain.clock === "blocknumber" && start.firstInstant >= earliest;
  world.origin = fits ? 0n : earliest - start.firstInstant;
  await world.advanceTo(start.firstInstant);
}
