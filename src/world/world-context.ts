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
  /** Every deployed contract's address by the name that its deploy module gives it. */
  readonly addresses: Readonly<Record<string, string>>;
  /** One of them; throws {@link ChainError} where there is none. */
  readonly at: (contract: string) => string;
  /** Pods by staker, where stake is native. */
  readonly pods: ReadonlyMap<string, string>;
}
