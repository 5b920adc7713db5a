import { formatFixed } from "../../format/ether.ts";
import { columnOf } from "../../story/defi.ts";
import type { Story } from "../../story/story.ts";
import type { Chart } from "../picture.ts";
import { everMoves, seriesIds, timeLines } from "./time-lines.ts";

const WAD = 10n ** 18n;
const KINDS = { supplyCap: "supply cap", borrowCap: "borrow cap" } as const;

/** How full the caps of reserves are; none where no reserve has one. */
export function capChart(story: Story): Chart | null {
  const { record } = story;
  const lines = Object.entries(KINDS)
    .flatMap(([end, name]) =>
      seriesIds(record, "reserve")
        .filter((id) => id.endsWith(`/${end}`) && everMoves(record, id))
        .map((id) => ({ id, name: `${record.defi?.series[id]?.subject ?? id}: ${name}` })),
    )
    .map((line) => {
      const fullest = columnOf(record, line.id).reduce((most, one) => (one > most ? one : most), 0n);
      return { ...line, fullest: `${line.name} ${formatFixed(fullest * 100n, WAD, 1)} %` };
    });
  if (lines.length === 0) return null;
  const told = lines.map(({ fullest }) => fullest).join(", ");
  return timeLines(story, {
    id: "caps",
    title: "How full the caps are",
    description: `Part of each reserve's supply and borrow cap that is used, over time; at the fullest: ${told}.`,
    caption: `At 100 % nobody can supply, or borrow, more; interest alone goes beyond. At the fullest: ${told}.`,
    axis: "% of the cap",
    scale: 100,
    fromZero: true,
    limit: 100,
    lines,
  });
}
