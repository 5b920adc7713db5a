import { WorldImpossibleError } from "../../errors/world-impossible-error.ts";
import { assertMarkets } from "./assert-markets.ts";
import type { DefiSpec } from "./defi.ts";

/** Tokens that exist in a layer, those included that vaults, funds, dollars, pools and CDPs make. */
function tokensOf(spec: DefiSpec): readonly string[] {
  const makers = [spec.tokens, spec.vaults, spec.funds, spec.dollars, spec.pools, spec.cdps];
  return makers.flatMap((list) => list.map(({ id }) => id));
}

function assertUnique(kind: string, ids: readonly string[]): void {
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice === undefined) return;
  throw new WorldImpossibleError(`${kind} ${twice}`, "two have this id", "Rename one.");
}

/**
 * Refuses a DeFi layer whose parts exclude each other, before anything is deployed.
 *
 * @throws {@link WorldImpossibleError} naming the part, what is wrong with it and what to do.
 */
export function assertDefi(spec: DefiSpec): void {
  assertUnique("token", tokensOf(spec));
  assertUnique(
    "feed",
    spec.feeds.map(({ id }) => id),
  );
  assertUnique(
    "market",
    [...spec.lending, ...spec.isolated].map(({ id }) => id),
  );
  assertMarkets(spec, new Set(tokensOf(spec)));
}
