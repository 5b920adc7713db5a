import { ActionInvalidError } from "../../errors/action-invalid-error.ts";
import type { DefiSpec } from "../../model/defi/defi.ts";
import type { WorldContext } from "../world-context.ts";
import type { DefiWorld } from "./domain.ts";
import { domains } from "./registry.ts";

const made = new WeakMap<WorldContext, DefiWorld>();

/** Where every token of the layer lives: ids of parts, or names that the world knows. */
export function tokenPlaces(defi: DefiSpec): Readonly<Record<string, string>> {
  return Object.assign({}, ...domains.map((domain) => domain.tokens?.(defi) ?? {})) as Record<string, string>;
}

/** The world as the DeFi layer sees it; null where it has none. */
export function defiWorld(world: WorldContext): DefiWorld | null {
  const { defi } = world.spec;
  if (defi === null) return null;
  const known = made.get(world);
  if (known !== undefined) return known;
  const places = tokenPlaces(defi);
  const token = (id: string): string => {
    const place = places[id];
    if (place === undefined) throw new ActionInvalidError("of this step", "token", id);
    return world.at(place);
  };
  const extended = { ...world, defi, token };
  made.set(world, extended);
  return extended;
}

/** Id of the token that lives at an address; null where none does. */
export function tokenAt(at: WorldContext, address: string): string | null {
  const world = defiWorld(at);
  if (world === null) return null;
  const found = Object.entries(tokenPlaces(world.defi)).find(
    ([, place]) => world.addresses[place] === address.toLowerCase(),
  );
  return found?.[0] ?? null;
}
