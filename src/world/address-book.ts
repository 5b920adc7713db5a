import { ActionInvalidError } from "../errors/action-invalid-error.ts";
import type { SetSpec } from "../model/world-spec.ts";

/** Where a name's contract lives, and back. Addresses are in lower case. */
export class Directory {
  readonly #kind: string;
  readonly #addresses = new Map<string, string>();
  readonly #names = new Map<string, string>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  get names(): readonly string[] {
    return [...this.#addresses.keys()];
  }

  get addresses(): readonly string[] {
    return [...this.#addresses.values()];
  }

  add(name: string, address: string): void {
    this.#addresses.set(name, address.toLowerCase());
    this.#names.set(address.toLowerCase(), name);
  }

  has(name: string): boolean {
    return this.#addresses.has(name);
  }

  /** Address of `name`; throws {@link ActionInvalidError} where nobody has it. */
  address(name: string): string {
    const address = this.#addresses.get(name);
    if (address === undefined) throw new ActionInvalidError("of this step", this.#kind, name);
    return address;
  }

  /** Name of `address`, or null where it is nobody's here. */
  name(address: string): string | null {
    return this.#names.get(address.toLowerCase()) ?? null;
  }
}

/** An operator set on the chain. */
export interface DeployedSet {
  readonly spec: SetSpec;
  /** The service's contract, which is the AVS in the registry. */
  readonly avs: string;
  readonly number: bigint;
  /** Slasher module, or the account that slashes directly. */
  readonly slasher: string;
  readonly rule: string | null;
}

/** Everybody and everything that an action can name. */
export interface AddressBook {
  readonly participants: Directory;
  readonly strategies: Directory;
  /** Asset of each strategy; none for native stake. */
  readonly assets: Directory;
  readonly sets: ReadonlyMap<string, DeployedSet>;
}

/** The set called `name`; throws {@link ActionInvalidError} where there is none. */
export function setOf(book: AddressBook, name: string): DeployedSet {
  const set = book.sets.get(name);
  if (set === undefined) throw new ActionInvalidError("of this step", "operator set", name);
  return set;
}

/** Name of the set that the registry knows as (avs, number); null where it is not one of the world's. */
export function setName(book: AddressBook, avs: string, number: bigint): string | null {
  for (const [name, set] of book.sets) if (set.avs === avs.toLowerCase() && set.number === number) return name;
  return null;
}
