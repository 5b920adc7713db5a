import { nearestNames } from "../errors/nearest-names.ts";
import { ScenarioInvalidError } from "../errors/scenario-invalid-error.ts";
import type { DefiSpec } from "./defi/defi.ts";
import type { Names, PartKind, PartNames } from "./part-names.ts";
import type { Scenario } from "./scenario.ts";
import type { WorldSpec } from "./world-spec.ts";

type Known = Readonly<Record<PartKind, readonly string[]>>;
type Listed = Extract<keyof DefiSpec, "tokens" | "vaults" | "funds" | "dollars" | "pools" | "feeds" | "cdps">;

function knownIn(scenario: Scenario, { defi, participants }: WorldSpec): Known {
  const ids = (list: Listed | "lending" | "isolated" | "marketVaults"): readonly string[] =>
    (defi?.[list] ?? []).map(({ id }) => id);
  const [vault, dollar, fund, pool, cdp, shares] = [
    ...([ids("vaults"), ids("dollars"), ids("funds"), ids("pools"), ids("cdps"), ids("marketVaults")] as const),
  ];
  const adapters = (defi?.adapterVaults ?? []).map(({ id }) => id);
  return {
    token: [...ids("tokens"), ...vault, ...dollar, ...fund, ...pool, ...cdp, ...shares, ...adapters],
    ...{ pool, vault, dollar, fund, feed: ids("feeds"), issuer: [...vault, ...dollar], "branches of debt": cdp },
    market: [...ids("lending"), ...ids("isolated"), ...shares],
    "vault with adapters": adapters,
    "epoch vault": (defi?.epochVaults ?? []).map(({ id }) => id),
    population: [...participants.map(({ id }) => id), ...Object.keys(scenario.populations)],
    "operator set": Object.keys(scenario.avss),
  };
}

function assertNames(field: string, names: PartNames, known: Known): void {
  for (const [kind, wanted] of Object.entries(names) as [PartKind, Names][]) {
    for (const name of typeof wanted === "string" ? [wanted] : (wanted ?? [])) {
      if (name === null || name === undefined || known[kind].includes(name)) continue;
      const near = nearestNames(name, known[kind]);
      const hint = near.length === 0 ? "" : ` Did you mean ${near.join(", ")}?`;
      throw new ScenarioInvalidError(field, name, `No ${kind} is named so.${hint}`);
    }
  }
}

/**
 * Refuses behaviours and measures of what is not there: they would do nothing, and read 0, without a word.
 *
 * @throws {@link ScenarioInvalidError} naming the population or the metric, the name and the nearest ones there are.
 */
export function assertPartNames(scenario: Scenario, spec: WorldSpec): void {
  const known = knownIn(scenario, spec);
  for (const [name, { agent }] of Object.entries(scenario.populations)) {
    assertNames(`populations.${name}.agent`, agent.parts?.() ?? {}, known);
  }
  for (const [name, { parts }] of Object.entries(scenario.metrics)) {
    assertNames(`metrics.${name}`, parts?.() ?? {}, known);
  }
}
