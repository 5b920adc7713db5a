import { compareBigint, compareText } from "../format/text.ts";
import type { RunRecord, RunRow } from "../run-record.ts";

import { sum } from "./sums.ts";

/** How far an operator set's security fell below what it was before the trouble, and for how long. */
export interface SecurityFall {
  readonly set: string;
  readonly before: bigint;
  readonly lowest: bigint;
  readonly lowestAt: bigint;
  readonly end: bigint;
  /** When it first stood below 99 % of what it was; null when it never did. */
  readonly fellAt: bigint | null;
  /** When it was first back at 99 %; null when it never was, or never fell so far. */
  readonly recoveredAt: bigint | null;
  /** Seconds spent below 99 %, until the run's end. */
  readonly below: bigint;
  readonly slashed: boolean;
}

/** Reads the fall of each operator set's security from the first trouble on: the slashed sets first, then by depth. */
export function readSecurity(record: RunRecord): SecurityFall[] {
  return record.operatorSets
    .flatMap((set) => readFall(record, set.id))
    .sort(
      (a, b) =>
        Number(b.slashed) - Number(a.slashed) || compareBigint(depthPpm(b), depthPpm(a)) || compareText(a.set, b.set),
    );
}

/** Depth of a fall in millionths of what was there before. */
export function depthPpm(fall: SecurityFall): bigint {
  return fall.before === 0n ? 0n : ((fall.before - fall.lowest) * 1_000_000n) / fall.before;
}

/** When trouble began: the first fault or slash; the run's start where nothing went wrong. */
function troubleAt(record: RunRecord): bigint {
  const instants = [
    ...record.cases.map((item) => BigInt(item.faultAt)),
    ...record.slashes.map((slash) => BigInt(slash.time)),
  ];
  return instants.reduce((least, instant) => (instant < least ? instant : least), instants[0] ?? 0n);
}

/** The last row before the trouble began: what the network stood on. */
export function rowBeforeTrouble(record: RunRecord): RunRow | undefined {
  const start = troubleAt(record);
  return record.rows.findLast((row) => BigInt(row.time) < start) ?? record.rows[0];
}

function readFall(record: RunRecord, set: string): SecurityFall[] {
  const points = record.rows.map((row) => ({ time: BigInt(row.time), value: BigInt(row.security[set] ?? 0) }));
  const start = rowBeforeTrouble(record);
  const first = points.find((point) => point.time === BigInt(start?.time ?? 0));
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const after = points.filter((point) => point.time > first.time);
  const short = (value: bigint): boolean => value * 100n < first.value * 99n;
  const fell = after.find((point) => short(point.value));
  const lowest = after.reduce((least, point) => (point.value < least.value ? point : least), first);
  const recovered =
    fell === undefined ? undefined : after.find((point) => point.time > fell.time && !short(point.value));
  const below = after.map((point, place) => (short(point.value) ? (after[place + 1] ?? last).time - point.time : 0n));
  return [
    {
      set,
      before: first.value,
      lowest: lowest.value,
      lowestAt: lowest.time,
      end: last.value,
      fellAt: fell?.time ?? null,
      recoveredAt: recovered?.time ?? null,
      below: sum(below),
      slashed: record.slashes.some((slash) => slash.set === set),
    },
  ];
}
