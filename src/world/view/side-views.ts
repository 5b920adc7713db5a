import type { CaseView, RewardsView, ServiceView } from "../../model/view.ts";
import type { Journal, JournalCase } from "../journal.ts";
import type { WorldClock } from "../world-clock.ts";
import type { WorldContext } from "../world-context.ts";
import type { RawState } from "./raw-state.ts";

/** State of the mock services, as their events told it. */
export function servicesView(journal: Journal): Record<string, ServiceView> {
  return Object.fromEntries(
    [...journal.services].map(([set, service]) => [
      set,
      {
        ...service,
        lastHeartbeat: { ...service.lastHeartbeat },
        tasks: service.tasks.map((task) => ({ ...task, attested: [...task.attested] })),
      },
    ]),
  );
}

/** Newest root that can be claimed from at a time; undefined where there is none. */
export function activeRoot(journal: Journal, clock: bigint): Journal["roots"][number] | undefined {
  return journal.roots.findLast(({ activeAt, disabled }) => !disabled && activeAt <= clock);
}

/** Rewards: what was paid, published, claimed and can be claimed. */
export function rewardsView(world: WorldContext, raw: RawState, journal: Journal): RewardsView {
  const { clock } = world;
  const earnings = activeRoot(journal, raw.clock)?.earnings ?? {};
  const claimable = Object.entries(earnings)
    .map(([id, amount]) => [id, amount - (journal.claimed.get(id) ?? 0n)] as const)
    .filter(([, amount]) => amount > 0n);
  return {
    submissions: [...journal.submissions],
    roots: journal.roots.map(({ index, until, activeAt, disabled }) => {
      return { index, until, activeAt: clock.time(activeAt), disabled };
    }),
    claimed: Object.fromEntries(journal.claimed),
    claimable: Object.fromEntries(claimable),
  };
}

function caseView(found: JournalCase, now: bigint): CaseView {
  const { id, set, operator, module, reportedBy, reportedAt, vetoableUntil, executableFrom, expiresAt } = found;
  const waiting = found.state === "open" || found.state === "challenged";
  const state = waiting && expiresAt !== null && now > expiresAt ? "expired" : found.state;
  return { id, set, operator, module, reportedBy, reportedAt, vetoableUntil, executableFrom, expiresAt, state };
}

/** Cases of the slasher modules; one that nobody executed in time has expired. */
export function casesView(journal: Journal, now: bigint, clock: WorldClock): readonly CaseView[] {
  return [...journal.cases.values()].map((found) => caseView(found, clock.time(now)));
}
