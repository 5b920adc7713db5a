import type { KnownNames } from "./assert-credit.ts";
import type { DefiSpec } from "./defi.ts";
import type { MarketVaultSpec } from "./market-vaults.ts";
import { assertKnown, assertRange, refuse } from "./refuse.ts";
import type { Amount } from "./tokens.ts";

/** Highest cap that the contract takes: 2^128 - 1. */
const HIGHEST_CAP = (1n << 128n) - 1n;

/** What is deposited in a vault when the run begins. */
function depositsIn(spec: DefiSpec, vault: string): Amount {
  return spec.marketVaultPositions.reduce((sum, one) => (one.vault === vault ? sum + one.deposited : sum), 0n);
}

/** How a vault's first deposits fill its markets: each up to its cap, in their order. */
function fill(spec: DefiSpec, { id, markets }: MarketVaultSpec): { parts: ReadonlyMap<string, Amount>; left: Amount } {
  let left = depositsIn(spec, id);
  const parts = new Map<string, Amount>();
  for (const { market, cap } of markets) {
    const part = left < cap ? left : cap;
    parts.set(market, part);
    left -= part;
  }
  return { parts, left };
}

/** What market vaults supply to an isolated market when the run begins. */
export function openingSupplyOf(spec: DefiSpec, market: string): Amount {
  return spec.marketVaults.reduce((sum, vault) => sum + (fill(spec, vault).parts.get(market) ?? 0n), 0n);
}

function assertVault(spec: DefiSpec, vault: MarketVaultSpec, known: KnownNames): void {
  const part = `market vault ${vault.id}`;
  const { asset, curator, markets } = vault;
  assertKnown(part, { kind: "token", name: asset }, known.tokens);
  assertKnown(part, { kind: "participant", name: curator }, known.participants);
  if ([...spec.pools, ...spec.marketVaults].some(({ id }) => id === asset)) {
    refuse(part, `its asset ${asset} is the share of a pool or of a market vault`, "Name a token that these hold.");
  }
  const isolated = spec.isolated.map(({ id }) => id);
  for (const [at, { market, cap }] of markets.entries()) {
    assertKnown(part, { kind: "isolated market", name: market }, isolated);
    assertRange(part, { name: `cap of ${market}`, value: cap }, [0n, HIGHEST_CAP]);
    const loan = spec.isolated.find(({ id }) => id === market)?.loan;
    if (loan !== asset) refuse(part, `market ${market} lends ${loan}, not ${asset}`, `Name markets of ${asset}.`);
    if (markets.findIndex((one) => one.market === market) !== at) {
      refuse(part, `it names market ${market} twice`, "Name it once, with its whole cap.");
    }
  }
  const { left } = fill(spec, vault);
  if (left > 0n) {
    const most = depositsIn(spec, vault.id) - left;
    refuse(part, `${most + left} of ${asset} are deposited, its caps take ${most}`, "Raise a cap, or deposit less.");
  }
}

/**
 * Refuses vaults over isolated markets that contradict themselves, and deposits in vaults that are not there.
 *
 * @throws {@link WorldImpossibleError} naming the part, the value and what to do.
 */
export function assertMarketVaults(spec: DefiSpec, known: KnownNames): void {
  const vaults = spec.marketVaults.map(({ id }) => id);
  for (const { vault, participant, deposited } of spec.marketVaultPositions) {
    const part = `deposit of ${participant} in ${vault}`;
    assertKnown(part, { kind: "market vault", name: vault }, vaults);
    assertRange(part, { name: "amount", value: deposited }, [0n, null]);
  }
  for (const vault of spec.marketVaults) assertVault(spec, vault, known);
}
