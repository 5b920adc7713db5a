import type { DefiFact } from "../../model/defi/defi.ts";
import type { DecodedEvent, PreparedContract } from "../codec/prepared-contract.ts";
import type { FactContext } from "../facts/fact-context.ts";
import type { WorldContext } from "../world-context.ts";
import { defiWorld } from "./defi-world.ts";
import type { DefiDomain } from "./domain.ts";
import { domains } from "./registry.ts";

type Reader = { readonly address: string; readonly decoder: Pick<PreparedContract, "event"> };

const listeners = new WeakMap<WorldContext, ReadonlyMap<string, readonly DefiDomain[]>>();

/** Contracts of the DeFi layer whose events somebody understands. */
export function defiReaders(at: WorldContext): readonly Reader[] {
  const world = defiWorld(at);
  return world === null ? [] : domains.flatMap((domain) => domain.readers?.(world) ?? []);
}

function listenersOf(at: WorldContext): ReadonlyMap<string, readonly DefiDomain[]> {
  const known = listeners.get(at);
  if (known !== undefined) return known;
  const world = defiWorld(at);
  const found = new Map<string, DefiDomain[]>();
  for (const domain of world === null ? [] : domains) {
    for (const address of new Set(domain.readers?.(world as never).map((reader) => reader.address))) {
      found.set(address, [...(found.get(address) ?? []), domain]);
    }
  }
  listeners.set(at, found);
  return found;
}

/** Facts of the DeFi layer that one event tells. */
export function defiFacts(context: FactContext, event: DecodedEvent): readonly DefiFact[] {
  const world = defiWorld(context.world);
  if (world === null) return [];
  const domainsHere = listenersOf(context.world).get(event.address) ?? [];
  return domainsHere.flatMap((domain) => domain.facts?.({ ...context, world }, event) ?? []);
}
