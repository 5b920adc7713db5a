import { WorldImpossibleError } from "../../errors/world-impossible-error.ts";
import { assertAdapterVaults } from "./assert-adapter-vaults.ts";
import { assertCredit } from "./assert-credit.ts";
import { assertEpochVaults } from "./assert-epoch-vaults.ts";
import { assertIssuers, type Ground } from "./assert-issuers.ts";
import { assertLending } from "./assert-lending.ts";
import { assertMarkets } from "./assert-markets.ts";
import { assertMarketVaults } from "./assert-market-vaults.ts";
import { assertPositions } from "./assert-positions.ts";
import type { DefiSpec } from "./defi.ts";

/** Tokens that exist in a layer, those included that vaults, funds, dollars, pools and CDPs make. */
function tokensOf(spec: DefiSpec): readonly string[] {
  const makers = [
    spec.tokens,
    spec.vaults,
    spec.funds,
    spec.dollars,
    spec.pools,
    spec.cdps,
    spec.marketVaults,
    spec.adapterVaults,
  ];
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
 * @param around - Participants, operators and strategies of the world that the layer is part of.
 * @throws {@link WorldImpossibleError} naming the part, what is wrong with it and what to do.
 */
export function assertDefi(spec: DefiSpec, around: Ground & { readonly participants: readonly string[] }): void {
  assertUnique("token", tokensOf(spec));
  assertUnique(
    "feed",
    spec.feeds.map(({ id }) => id),
  );
  assertUnique(
    "market",
    [...spec.lending, ...spec.isolated].map(({ id }) => id),
  );
  assertUnique(
    "epoch vault",
    [...spec.epochVaults, ...spec.vaults, ...spec.marketVaults, ...spec.adapterVaults].map(({ id }) => id),
  );
  const tokens = new Set(tokensOf(spec));
  const known = { tokens, feeds: spec.feeds.map(({ id }) => id), participants: around.participants };
  assertMarkets(spec, tokens);
  assertIssuers(spec, known, around);
  assertLending(spec, tokens);
  assertCredit(spec, known);
  assertMarketVaults(spec, known);
  assertAdapterVaults(spec, known);
  assertEpochVaults(spec, { ...known, operators: around.operators });
  assertPositions(spec, tokens);
}
