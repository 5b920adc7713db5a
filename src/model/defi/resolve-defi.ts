import { distribute, type Distribution } from "../distribution.ts";
import { memberId, PROTOCOL } from "../names.ts";
import type { PopulationParams, Scenario } from "../scenario.ts";
import type { StrategySpec } from "../world-spec.ts";
import type { AdapterPositionSpec } from "./adapter-vaults.ts";
import { assertDefi } from "./assert-defi.ts";
import { assertDefiShocks } from "./assert-defi-shocks.ts";
import type { IsolatedPositionSpec } from "./credit.ts";
import type { DefiSpec } from "./defi.ts";
import type { EpochPositionSpec } from "./epoch-vaults.ts";
import type { LendingPositionSpec } from "./lending.ts";
import type { MarketVaultPositionSpec } from "./market-vaults.ts";
import type { PositionParams } from "./params.ts";
import { refuse } from "./refuse.ts";
import type { Amount } from "./tokens.ts";

/** Amounts by member: the `index`-th of each list. */
function shareOf(
  amounts: Readonly<Record<string, Distribution>> | undefined,
  at: { readonly index: number; readonly count: number },
): Readonly<Record<string, Amount>> {
  const own = Object.entries(amounts ?? {}).map(([token, distribution]) => {
    return [token, distribute(distribution, at.count)[at.index] ?? 0n] as const;
  });
  return Object.fromEntries(own.filter(([, amount]) => amount > 0n));
}

type Kind<K extends PositionParams["kind"]> = Extract<PositionParams, { readonly kind: K }>;

function lendingPosition(
  participant: string,
  position: Kind<"lending">,
  at: { index: number; count: number },
): LendingPositionSpec {
  return {
    market: position.market,
    participant,
    eMode: position.eMode ?? null,
    supplied: shareOf(position.supplied, at),
    borrowed: shareOf(position.borrowed, at),
    insured: shareOf(position.insured, at),
    keep: position.keep ?? false,
  };
}

function isolatedPosition(
  participant: string,
  position: Kind<"isolated">,
  at: { index: number; count: number },
): IsolatedPositionSpec {
  const amount = (distribution: Distribution | undefined): Amount =>
    distribution === undefined ? 0n : (distribute(distribution, at.count)[at.index] ?? 0n);
  return {
    market: position.market,
    participant,
    supplied: amount(position.supplied),
    collateral: amount(position.collateral),
    borrowed: amount(position.borrowed),
    keep: position.keep ?? false,
  };
}

function vaultPosition(
  participant: string,
  { vault, deposited }: Extract<PositionParams, { readonly deposited: Distribution }>,
  at: { index: number; count: number },
): MarketVaultPositionSpec & EpochPositionSpec & AdapterPositionSpec {
  return { vault, participant, deposited: distribute(deposited, at.count)[at.index] ?? 0n };
}

/** A population's members, each with what the population says of it. */
function eachMember<T>(
  populations: Scenario["populations"],
  make: (member: { id: string; population: PopulationParams; index: number; count: number }) => readonly T[],
): readonly T[] {
  return Object.entries(populations).flatMap(([name, population]) =>
    Array.from({ length: population.count }, (_, index) =>
      make({ id: memberId(name, index, population.count), population, index, count: population.count }),
    ).flat(),
  );
}

const LST = [{ id: "lst", asset: "lst" }] as const;

/** Vaults whose shares are restaked. */
function sharesOf(strategies: readonly StrategySpec[]): Pick<DefiSpec, "shares"> {
  const over = strategies.flatMap((one) => (one.asset === "share" ? [[one.id, one.vault] as const] : []));
  return over.length === 0 ? {} : { shares: Object.fromEntries(over) };
}

/** Names of the world around the layer. */
function groundOf({ populations, avss, strategies }: Scenario): Parameters<typeof assertDefi>[1] {
  const idsOf = ([name, { count }]: [string, PopulationParams]): readonly string[] =>
    Array.from({ length: count }, (_, index) => memberId(name, index, count));
  const everybody = Object.entries(populations);
  const sets = Object.entries(avss).map(([id, { avs }]) => avs ?? id);
  return {
    participants: [...everybody.flatMap(idsOf), ...sets, PROTOCOL],
    operators: everybody.filter(([, { agent }]) => agent.role === "operator").flatMap(idsOf),
    strategies: (strategies ?? LST).filter(({ asset }) => asset === "lst" || asset === "share").map(({ id }) => id),
  };
}

/** Refuses dollars without a price of ether: all of them, and every loss in them, would be told as worth nothing. */
function assertMeasured({ etherFeed, tokens, cdps }: DefiSpec): void {
  if (etherFeed !== null) return;
  const coin = tokens.find((token) => token.kind === "external" && token.worth.in === "dollars") ?? cdps[0];
  if (coin === undefined) return;
  refuse(`token ${coin.id}`, "it counts in dollars, and no feed says what ether costs", "Name it as defi.etherFeed.");
}

/** Refuses epoch vaults in a world that counts blocks: their epochs and captures are seconds. */
function assertSeconds(mode: Scenario["clock"]["mode"], { epochVaults }: DefiSpec): void {
  const [vault] = epochVaults;
  if (mode !== "blocknumber" || vault === undefined) return;
  refuse(`epoch vault ${vault.id}`, "the scenario's clock counts blocks", 'Use clock.mode "timestamp".');
}

/**
 * Turns a scenario's DeFi layer into what a world deploys: every wallet and every position worked out.
 *
 * @returns Null where the scenario has no such layer.
 * @throws {@link WorldImpossibleError} when its parts exclude each other.
 */
export function resolveDefi(scenario: Scenario): DefiSpec | null {
  const { defi, populations } = scenario;
  if (defi === undefined) return null;
  const balances = eachMember(populations, ({ id, population, ...at }) => [
    [id, shareOf(population.tokens, at)] as const,
  ]);
  const spec: DefiSpec = {
    etherFeed: defi.etherFeed ?? null,
    tokens: defi.tokens ?? [],
    vaults: defi.vaults ?? [],
    ...sharesOf(scenario.strategies ?? LST),
    funds: defi.funds ?? [],
    dollars: defi.dollars ?? [],
    pools: defi.pools ?? [],
    feeds: defi.feeds ?? [],
    lending: defi.lending ?? [],
    isolated: defi.isolated ?? [],
    marketVaults: defi.marketVaults ?? [],
    cdps: defi.cdps ?? [],
    epochVaults: defi.epochVaults ?? [],
    adapterVaults: defi.adapterVaults ?? [],
    balances: Object.fromEntries(balances.filter(([, own]) => Object.keys(own).length > 0)),
    lendingPositions: eachMember(populations, ({ id, population, ...at }) =>
      (population.positions ?? []).flatMap((one) => (one.kind === "lending" ? [lendingPosition(id, one, at)] : [])),
    ),
    isolatedPositions: eachMember(populations, ({ id, population, ...at }) =>
      (population.positions ?? []).flatMap((one) => (one.kind === "isolated" ? [isolatedPosition(id, one, at)] : [])),
    ),
    marketVaultPositions: eachMember(populations, ({ id, population, ...at }) =>
      (population.positions ?? []).flatMap((one) => (one.kind === "marketVault" ? [vaultPosition(id, one, at)] : [])),
    ),
    epochPositions: eachMember(populations, ({ id, population, ...at }) =>
      (population.positions ?? []).flatMap((one) => (one.kind === "epochVault" ? [vaultPosition(id, one, at)] : [])),
    ),
    adapterPositions: eachMember(populations, ({ id, population, ...at }) =>
      (population.positions ?? []).flatMap((one) => (one.kind === "adapterVault" ? [vaultPosition(id, one, at)] : [])),
    ),
  };
  assertDefi(spec, groundOf(scenario));
  assertMeasured(spec);
  assertSeconds(scenario.clock.mode, spec);
  assertDefiShocks(scenario.timeline ?? [], spec);
  return spec;
}
