import { compareBigint, compareText } from "../format/text.ts";
import type { RunCase, RunRecord, RunSlash } from "../run-record.ts";

import { slashesAt, takingsOf } from "./escapes.ts";

/** A withdrawal that an earlier slash would have caught. */
export interface MissedExit {
  readonly slash: string;
  readonly exit: string;
  readonly holder: string;
  /** Seconds by which the slash would have had to come earlier. */
  readonly earlierBy: bigint;
  /** What the slash would have taken of it. */
  readonly value: bigint;
  /** All that so much earlier a slash would have caught, this one included. */
  readonly cumulative: bigint;
}

/** What a shorter detection would have saved. */
export interface Detection {
  /** From fault to report, for each case that ended in a slash. */
  readonly latencies: readonly { readonly case: RunCase; readonly seconds: bigint }[];
  /** In order of how much earlier the slash would have had to come. */
  readonly missed: readonly MissedExit[];
  readonly total: bigint;
  /** Exits that left before the fault: no detection could have reached them. */
  readonly unreachable: number;
}

/**
 * Asks of each withdrawal that a slash missed: how much earlier must the slash have come?
 *
 * An exit counts only where its slashable window was still open at the fault plus the time that the
 * case needed after its report (veto window and the like), since detection cannot shorten that.
 */
export function readDetection(record: RunRecord): Detection {
  const slashes = new Map(record.slashes.map((slash) => [slash.id, slash]));
  const cases = new Map(record.cases.flatMap((item) => (item.slash === null ? [] : [[item.slash, item] as const])));
  const candidates = record.exits.flatMap((exit) =>
    exit.escaped.flatMap(({ slash: id }) => {
      const slash = slashes.get(id);
      return slash === undefined ? [] : [candidateOf(record, { exit, slash, fault: cases.get(id) })];
    }),
  );
  const reachable = candidates
    .filter((candidate) => candidate.reachable)
    .sort(
      (a, b) => compareBigint(a.earlierBy, b.earlierBy) || compareText(a.exit, b.exit) || compareText(a.slash, b.slash),
    );
  let cumulative = 0n;
  const missed = reachable.map(({ slash, exit, holder, earlierBy, value }) => {
    cumulative += value;
    return { slash, exit, holder, earlierBy, value, cumulative };
  });
  return {
    latencies: [...cases.values()].map((item) => ({
      case: item,
      seconds: BigInt(item.reportedAt) - BigInt(item.faultAt),
    })),
    missed,
    total: cumulative,
    unreachable: candidates.length - reachable.length,
  };
}

/** What slashes that much earlier would have caught besides. */
export function caughtEarlier({ missed }: Detection, seconds: bigint): bigint {
  return missed.findLast(({ earlierBy }) => earlierBy <= seconds)?.cumulative ?? 0n;
}

interface Candidate {
  readonly exit: RunRecord["exits"][number];
  readonly slash: RunSlash;
  readonly fault: RunCase | undefined;
}

function candidateOf(record: RunRecord, { exit, slash, fault }: Candidate) {
  const time = BigInt(slash.time);
  const until = BigInt(exit.slashableUntil);
  const earliest = fault === undefined ? 0n : BigInt(fault.faultAt) + time - BigInt(fault.reportedAt);
  return {
    slash: slash.id,
    exit: exit.id,
    holder: exit.holder,
    earlierBy: time - until,
    value: takingsOf(BigInt(exit.requested), slashesAt(exit, record.slashes)).get(slash.id) ?? 0n,
    reachable: until >= earliest && until < time && record.slashes.length > 0,
  };
}
