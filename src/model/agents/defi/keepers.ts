import { WAD, type Seconds, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import { drawDelay, type Delay } from "../../delay.ts";
import { firstIncident, type IncidentFilter } from "../../incident.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

const YEAR: Seconds = 31_536_000n;

/** Whether a multiple of `every` lies in (from, until]. */
function due(every: Seconds | undefined, from: Seconds, until: Seconds): boolean {
  return every !== undefined && every > 0n && until / every > from / every;
}

/** What a keeper of feeds keeps. */
export interface FeedKeeperParams {
  readonly feeds: readonly string[];
  readonly every: Seconds;
  /** Falls silent for `length` once such a shock happened: how a feed goes stale. */
  readonly silent?: { readonly after: IncidentFilter; readonly length: Seconds };
}

/** Makes reported feeds follow their sources: a round where the answer moved enough or the heartbeat asks for one. */
export const feedKeeper = defineAgent<FeedKeeperParams>({
  name: "feed-keeper",
  numbers: USUAL_NUMBERS,
  role: "observer",
  actsAs: "protocol",
  parts: ({ feeds }) => ({ feed: feeds }),
  decide: ({ view, now, params: { feeds, every, silent } }) => {
    const from = silent === undefined ? null : firstIncident(view.incidents, silent.after);
    if (from !== null && silent !== undefined && now < from + silent.length) return [];
    if (!due(every, view.time, now)) return [];
    return feeds.map((feed): Action => ({ type: "followFeed", feed }));
  },
});

/** Schedule of a vault's keeper. */
export interface VaultKeeperParams {
  readonly vault: string;
  /** How often it pushes the rate besides the schedule of the vault's own oracle, `every`. Default: never. */
  readonly push?: Seconds;
  /** How often it serves the queue and restakes what is idle; default: each step while somebody waits. */
  readonly serve?: Seconds;
  readonly restake?: Seconds;
}

/** Pulls stake for its queue and unlocks what can be paid. */
export const vaultKeeper = defineAgent<VaultKeeperParams>({
  name: "vault-keeper",
  numbers: USUAL_NUMBERS,
  role: "observer",
  actsAs: "protocol",
  parts: ({ vault }) => ({ vault }),
  decide: ({ view, now, params: { vault, push, serve, restake } }) => {
    const state = view.defi.vaults[vault];
    if (state === undefined) return [];
    const waiting = state.requests.some(({ claimable }) => !claimable);
    const serves = serve === undefined ? true : due(serve, view.time, now);
    const actions: Action[] = due(push, view.time, now) ? [{ type: "vaultPushRate", vault }] : [];
    if (waiting && serves) actions.push({ type: "vaultServe", vault });
    if (due(restake, view.time, now)) actions.push({ type: "vaultRestake", vault });
    return actions;
  },
});

/** What a dollar's reserve manager does. */
export interface ReserveManagerParams {
  readonly dollar: string;
  /** How often it settles fund shares and serves the queue; default each step while somebody waits. */
  readonly serve?: Seconds;
  /** Marks term assets down by a fraction [WAD], `latency` after such a shock. */
  readonly marks?: { readonly after: IncidentFilter; readonly latency: Delay; readonly fraction: Wad };
}

function marksNow({ view, now, fate, params }: AgentContext<ReserveManagerParams>): readonly Action[] {
  const { dollar, marks } = params;
  const at = marks === undefined ? null : firstIncident(view.incidents, marks.after);
  if (at === null || marks === undefined) return [];
  const acts = at + drawDelay(marks.latency, fate);
  const from = view.time > at ? view.time : at - 1n;
  return from < acts && acts <= now ? [{ type: "dollarImpair", dollar, fraction: marks.fraction }] : [];
}

/** Turns fund shares into cash, serves who waits for redemption, and marks what is impaired. */
export const reserveManager = defineAgent<ReserveManagerParams>({
  name: "reserve-manager",
  numbers: USUAL_NUMBERS,
  role: "observer",
  actsAs: "protocol",
  parts: ({ dollar }) => ({ dollar }),
  decide: (context) => {
    const { view, now, params } = context;
    const state = view.defi.dollars[params.dollar];
    if (state === undefined) return [];
    const waits = state.queue.some(({ amount, filled }) => filled < amount);
    const serves = params.serve === undefined ? true : due(params.serve, view.time, now);
    const serve: readonly Action[] = waits && serves ? [{ type: "dollarServe", dollar: params.dollar }] : [];
    return [...marksNow(context), ...serve];
  },
});

/** What a fund's administrator does. */
export interface FundAdministratorParams {
  readonly fund: string;
  readonly every: Seconds;
  /** Growth of the NAV a year [WAD]; below zero: it falls. */
  readonly yearlyYield: Wad;
}

/** Strikes a fund's NAV on schedule: `NAV (1 + yield dt)`, rounded down. */
export const fundAdministrator = defineAgent<FundAdministratorParams>({
  name: "fund-administrator",
  numbers: USUAL_NUMBERS,
  role: "observer",
  actsAs: "protocol",
  parts: ({ fund }) => ({ fund }),
  decide: ({ view, now, params: { fund, every, yearlyYield } }) => {
    const state = view.defi.funds[fund];
    if (state === undefined || !due(every, view.time, now)) return [];
    const passed = now - state.struckAt;
    const nav = (state.nav * (WAD * YEAR + yearlyYield * passed)) / (WAD * YEAR);
    return nav > 0n ? [{ type: "fundStrike", fund, nav }] : [];
  },
});
