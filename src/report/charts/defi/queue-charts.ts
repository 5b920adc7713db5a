import { formatEtherShort } from "../../format/ether.ts";
import { formatDuration } from "../../format/time.ts";
import type { RunRecord } from "../../run-record.ts";
import { columnOf } from "../../story/defi.ts";
import { timesToClear } from "../../story/queues.ts";
import type { Story } from "../../story/story.ts";
import type { Chart } from "../picture.ts";
import { everMoves, seriesIds, timeLines } from "./time-lines.ts";

const DAY = 86_400;
const most = (values: readonly bigint[]): bigint => values.reduce((top, one) => (one > top ? one : top), 0n);

/** A queue that somebody waits in. */
interface Queue {
  readonly name: string;
  readonly depth: string;
  readonly clears: ReadonlyMap<number, bigint | null>;
  /** In words: the longest time to clear, and whether nobody was served for a while. */
  readonly told: string;
}

function readQueue(record: RunRecord, depth: string): Queue {
  const name = record.defi?.series[depth]?.subject ?? depth;
  const clears = timesToClear(record, name);
  const times = [...clears.values()];
  const known = times.filter((time) => time !== null);
  const longest = most(known);
  const gap = times.some((time) => time === null) ? ", without end while nobody was served" : "";
  return {
    name,
    depth,
    clears,
    told: `${name} ${longest === 0n ? "" : formatDuration(longest)}${gap}`.replace(" ,", ""),
  };
}

/** How much waits to leave; and how long it takes to clear, beside how long the oldest request has waited. */
export function queueCharts(story: Story): Chart[] {
  const { record } = story;
  const depths = seriesIds(record, "queue").filter((id) => id.endsWith("/depth") && everMoves(record, id));
  if (depths.length === 0) return [];
  const queues = depths.map((id) => readQueue(record, id));
  const deepest = queues
    .map(({ name, depth }) => `${name} ${formatEtherShort(most(columnOf(record, depth)))}`)
    .join(", ");
  const waits = queues.map(({ name }) => `${name} ${formatDuration(most(columnOf(record, `queue/${name}/oldest`)))}`);
  const clear = queues.map(({ told }) => told).join("; ");
  return [
    timeLines(story, {
      id: "queues",
      title: "What waits to leave",
      description: `Worth of requests in each queue that nobody has served yet, over time; at the deepest: ${deepest}.`,
      caption: `Worth of requests that nobody has served yet; at the deepest: ${deepest}.`,
      axis: "waiting [ETH]",
      fromZero: true,
      lines: queues.map(({ name, depth }) => ({ id: depth, name })),
    }),
    timeLines(story, {
      id: "queue-age",
      title: "Days to clear, and how long the oldest request has waited",
      description: `Time in which each queue clears at the pace of the last day, at most: ${clear}. Age of its oldest request, at most: ${waits.join(", ")}.`,
      caption: `Solid: what waits, divided by what left the queue within the last day; at most: ${clear}. Dashed: age of the oldest request; at most: ${waits.join(", ")}.`,
      axis: "days",
      scale: 1 / DAY,
      fromZero: true,
      lines: [
        ...queues.map(({ name, depth, clears }) => ({
          ...{ id: depth, name: `${name}: to clear` },
          at: ({ step }: { readonly step: number }): number | null => {
            const time = clears.get(step) ?? null;
            return time === null ? null : Number(time);
          },
        })),
        ...queues.map(({ name }, like) => ({
          ...{ id: `queue/${name}/oldest`, name: `${name}: oldest waits`, dashed: true, like },
        })),
      ],
    }),
  ];
}
