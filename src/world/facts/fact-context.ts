import type { PlannedAction } from "../../model/action.ts";
import type { PreparedAction } from "../actions/prepared-action.ts";
import type { DecodedEvent } from "../codec/prepared-contract.ts";
import type { Journal } from "../journal.ts";
import type { StageOutcome } from "../stage-driver.ts";
import type { WorldContext } from "../world-context.ts";

/** What one action's events are read with. */
export interface FactContext {
  readonly world: WorldContext;
  readonly journal: Journal;
  readonly planned: PlannedAction;
  readonly prepared: PreparedAction;
  readonly outcome: StageOutcome;
  /** All events of the action, in order. */
  readonly events: readonly DecodedEvent[];
}

/** Name of an account: a participant's id, or the address where nobody has it. */
export function nameOf(world: WorldContext, address: unknown): string {
  return world.book.participants.name(String(address)) ?? String(address);
}

/** Name of a strategy. */
export function strategyName(world: WorldContext, address: unknown): string {
  return world.book.strategies.name(String(address)) ?? String(address);
}

/** Name of any address of the world, contracts included; null for strangers. */
export function nameInWorld(world: WorldContext, address: string): string | null {
  const known = world.book.participants.name(address) ?? world.book.strategies.name(address);
  if (known !== null) return known;
  const found = Object.entries(world.addresses).find(([, at]) => at === address.toLowerCase());
  return found?.[0] ?? null;
}
