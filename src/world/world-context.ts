import type { WorldSpec } from "../model/world-spec.ts";
import type { AddressBook } from "./address-book.ts";
import type { KeyRing } from "./keys.ts";
import type { WorldClock } from "./world-clock.ts";

/** Everything about a world that does not change while it runs. */
export interface WorldContext {
  readonly spec: WorldSpec;
  readonly book: AddressBook;
  readonly clock: WorldClock;
  readonly keys: KeyRing;
  readonly chainId: bigint;
  /** Address of a deployed contract by the name that its deploy module gives it. */
  readonly at: (contract: string) => string;
  /** Pods by staker, where stake is native. */
  readonly pods: ReadonlyMap<string, string>;
}
