import type { Part } from "../../../deploy/parts.ts";
import { WorldImpossibleError } from "../../errors/world-impossible-error.ts";
import type { PartsContext } from "../deploy/parts-context.ts";
import { tokenPlaces } from "./defi-world.ts";
import { domains } from "./registry.ts";

/** Contracts of the DeFi layer, in the order in which they can be deployed; none where a world has no such layer. */
export function defiParts(context: PartsContext): readonly Part[] {
  const { defi } = context.spec;
  if (defi === null) return [];
  const places = tokenPlaces(defi);
  const token = (id: string): string => {
    const place = places[id];
    if (place === undefined) {
      throw new WorldImpossibleError("the DeFi layer", `no token is named ${id}`, "Declare it under defi.tokens.");
    }
    return context.at[place] ?? `@${place}`;
  };
  return domains.flatMap((domain) => domain.parts({ ...context, defi, token }));
}
