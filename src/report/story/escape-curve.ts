import { compareBigint } from "../format/text.ts";
import type { RunRecord } from "../run-record.ts";

import { sum } from "./sums.ts";

const FEWEST_LATENCIES = 4;

/** How much of what tried to leave escaped a slash that came `latency` seconds after its fault. */
export interface EscapePoint {
  readonly latency: bigint;
  readonly escaped: bigint;
  readonly leaving: bigint;
}

/** Reads the escape curve: one point for each latency, over all cases with it; empty where too few make no curve. */
export function readEscapeCurve(record: RunRecord): EscapePoint[] {
  const slashes = new Map(record.slashes.map((slash) => [slash.id, slash]));
  const points = new Map<bigint, EscapePoint>();
  for (const item of record.cases) {
    const slash = slashes.get(item.slash ?? "");
    if (slash === undefined) continue;
    const latency = BigInt(slash.time) - BigInt(item.faultAt);
    const known = points.get(latency) ?? { latency, escaped: 0n, leaving: 0n };
    const concerned = record.exits.filter(
      ({ hitBy, escaped }) => hitBy.includes(slash.id) || escaped.some((miss) => miss.slash === slash.id),
    );
    const free = concerned.filter(({ escaped }) => escaped.some((miss) => miss.slash === slash.id));
    points.set(latency, {
      latency,
      escaped: known.escaped + sum(free.map(({ requested }) => BigInt(requested))),
      leaving: known.leaving + sum(concerned.map(({ requested }) => BigInt(requested))),
    });
  }
  const curve = [...points.values()]
    .filter(({ leaving }) => leaving > 0n)
    .sort((a, b) => compareBigint(a.latency, b.latency));
  return curve.length < FEWEST_LATENCIES ? [] : curve;
}
