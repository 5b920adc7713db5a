import { logisticWad } from "../../../maths/exponential.ts";
import { maximum, positive } from "../../../maths/integer.ts";
import { days } from "../../../units/durations.ts";
import { WAD, type Seconds, type Wad } from "../../../units/units.ts";
import type { AgentContext } from "../../agent.ts";
import type { DefiView } from "../../defi/defi.ts";
import { discountOn, trueWorth } from "../../defi/prices.ts";
import { drawDelay, type Delay } from "../../delay.ts";
import type { PartNames } from "../../part-names.ts";
import { exitParts, type ExitParams } from "./exit.ts";

const MONTH = days(30);
/** Utilisation from which lenders cannot leave at will. */
const FULL = (97n * WAD) / 100n;

/** What a holder goes by. */
export type Knowledge =
  /** The truth, at once: assets behind the token, whatever its issuer says. */
  | "informed"
  /** Prices, and what the issuer says. */
  | "market"
  /** Average prices; and the truth once the first incident is `newsLag` old. */
  | "uninformed";

/** How alarm becomes flight: `h = h0 + h1 / (1 + e^(-k (D - D0)))` a step. */
export interface Hazard {
  /** h0: probability to leave in a step for reasons of one's own [WAD]. */
  readonly base: Wad;
  /** h1: what full alarm adds to it [WAD]. */
  readonly height: Wad;
  /** k: how sharply alarm sets in [WAD: k times 1e18]. */
  readonly steepness: Wad;
  /** D0: alarm at which half of h1 is reached [WAD]. */
  readonly threshold: Wad;
  /** D0 where who comes first is paid at par [WAD]; default `threshold`. */
  readonly firstComeThreshold?: Wad;
  /** How far D0 falls when all of the supply asked to leave within the window [WAD]; default 0. */
  readonly herding?: Wad;
  /** How long others' redemptions impress; default 1 day. */
  readonly window?: Seconds;
}

/** What a holder may look at when it judges its token. */
export interface AlarmParams extends ExitParams {
  readonly knows: Knowledge;
  readonly newsLag?: Delay;
  readonly hazard: Hazard;
  /** Who is paid: all alike, or who comes first at par. Default: all alike. */
  readonly policy?: "proRata" | "firstCome";
  /** Backing down to which nobody runs from a dollar that pays all alike [WAD]; default WAD. */
  readonly trust?: Wad;
  /** Reserve where the token is lent: that lenders cannot leave it alarms too. */
  readonly lentOn?: { readonly market: string; readonly token: string };
}

/** What somebody who takes alarm has to find. */
export function alarmParts(params: AlarmParams): PartNames {
  const exit = exitParts(params);
  return { ...exit, market: params.lentOn?.market, token: [params.market?.into, params.lentOn?.token] };
}

type Sight = Pick<AgentContext<unknown>, "now" | "view" | "fate">;

/** Whether the holder knows what truly stands behind its token. */
function knowsTruth({ now, view, fate }: Sight, { knows, newsLag = 0n }: AlarmParams): boolean {
  if (knows !== "uninformed") return knows === "informed";
  const first = view.incidents?.[0]?.at ?? view.slashes[0]?.at;
  return first !== undefined && now >= first + drawDelay(newsLag, fate);
}

/** What is missing behind the token: of its reported rate, or of par [WAD]. */
function reserveGap(view: DefiView, asset: string): Wad {
  const vault = view.vaults[asset];
  if (vault !== undefined && vault.reportedRate > 0n) {
    return positive(WAD - (vault.liveRate * WAD) / vault.reportedRate);
  }
  const dollar = view.dollars[asset];
  return dollar === undefined ? 0n : positive(WAD - dollar.backing);
}

/** Age of the oldest request that waits, in months of 30 days [WAD]. */
function queueAge({ now, view }: Sight, asset: string): Wad {
  const shares = view.defi.vaults[asset]?.requests.filter(({ claimable }) => !claimable) ?? [];
  const dollars = view.defi.dollars[asset]?.queue.filter(({ amount, filled }) => filled < amount) ?? [];
  const oldest = [...shares, ...dollars].reduce(
    (first, { requestedAt }) => (requestedAt < first ? requestedAt : first),
    now,
  );
  return ((now - oldest) * WAD) / MONTH;
}

/** How far above 97 % the reserve's utilisation is, of the way to 100 % [WAD]. */
function crowding(view: DefiView, lentOn: AlarmParams["lentOn"]): Wad {
  if (lentOn === undefined) return 0n;
  const used = view.lending[lentOn.market]?.reserves[lentOn.token]?.utilisation ?? 0n;
  return used <= FULL ? 0n : ((used - FULL) * WAD) / (WAD - FULL);
}

/**
 * A holder's alarm `D`: the greatest of discount, reserve gap, crowding of the reserve above 97 % utilisation and age of
 * the queue over 30 days [WAD]. Source: spec of behaviours 5.4.
 */
export function alarmOf(sight: Sight, params: AlarmParams): Wad {
  const { asset, market, knows, policy = "proRata", trust = WAD } = params;
  const { defi } = sight.view;
  const truth = knowsTruth(sight, params);
  const look = { sight: knows === "uninformed" ? ("average" as const) : ("spot" as const) };
  const discount =
    market === null
      ? 0n
      : discountOn(
          defi,
          { pool: market.pool, token: asset, against: market.into },
          truth ? { ...look, worthOf: trueWorth } : look,
        );
  const backing = defi.dollars[asset]?.backing ?? 0n;
  const calm = policy === "proRata" && asset in defi.dollars && backing >= trust;
  const gap = truth && !calm ? reserveGap(defi, asset) : 0n;
  return [discount, gap, crowding(defi, params.lentOn), queueAge(sight, asset)].reduce(maximum, 0n);
}

/** Part of the supply that asked to leave within the window [WAD]. */
function flight({ now, view }: Sight, asset: string, window: Seconds): Wad {
  const [vault, dollar] = [view.defi.vaults[asset], view.defi.dollars[asset]];
  const recent = ({ requestedAt }: { readonly requestedAt: Seconds }): boolean => requestedAt + window >= now;
  const shares = vault?.requests.filter(recent).reduce((sum, one) => sum + one.shares, 0n) ?? 0n;
  const dollars = dollar?.queue.filter(recent).reduce((sum, one) => sum + one.amount, 0n) ?? 0n;
  const supply = vault?.supply ?? dollar?.supply ?? 0n;
  return supply === 0n ? 0n : ((shares + dollars) * WAD) / supply;
}

/** Probability to leave in this step [WAD], at most WAD. */
export function hazardOf(sight: Sight, params: AlarmParams): Wad {
  const { hazard, policy = "proRata", asset } = params;
  const { threshold, firstComeThreshold = threshold, herding = 0n, window = days(1) } = hazard;
  const start = policy === "firstCome" ? firstComeThreshold : threshold;
  const level = start - (herding * flight(sight, asset, window)) / WAD;
  const steep = (hazard.steepness * (alarmOf(sight, params) - level)) / WAD;
  const chance = hazard.base + (hazard.height * logisticWad(steep)) / WAD;
  return chance > WAD ? WAD : chance;
}
