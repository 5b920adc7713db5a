import { UsageError } from "../errors/usage-error.ts";
import type { HolderLoss, SlashedStrategy } from "../model/fact.ts";
import type { WorldView } from "../model/view.ts";
import { valueOf } from "../model/view-values.ts";
import { formatEther, formatPercent } from "../report/format/ether.ts";
import { wrap } from "../report/summary/columns.ts";
import { textTable } from "../report/summary/text-table.ts";
import { WAD, type Wad } from "../units/units.ts";

import { nearestNames } from "../errors/nearest-names.ts";

/** A slash that nobody has made. */
export interface PreviewedSlash {
  readonly scenario: string;
  readonly seed: number;
  readonly step: number;
  readonly operator: string;
  readonly set: string;
  readonly fraction: Wad;
  readonly strategies: readonly SlashedStrategy[];
}

const LAYERS = { operator: "own stake", staker: "stake", withdrawal: "queued" } as const;

/** Requires `name` to be one of `known`. */
export function requireKnown(name: string, { option, known }: { option: string; known: readonly string[] }): string {
  if (known.includes(name)) return name;
  const near = nearestNames(name, known).join(", ");
  throw new UsageError(`${option} "${name}" is unknown in this scenario.`, `Did you mean ${near}?`);
}

function nameOf({ holder, position }: HolderLoss): string {
  return position ?? holder;
}

function formatStrategy(
  view: Pick<WorldView, "strategies">,
  { strategy, wadSlashed, magnitude, losses }: SlashedStrategy,
): string[] {
  const worth = (shares: bigint): bigint => valueOf(view, strategy, shares);
  const sorted = [...losses].sort((a, b) => {
    const [lossA, lossB] = [a.before - a.after, b.before - b.after];
    if (lossA !== lossB) return lossA > lossB ? -1 : 1;
    return nameOf(a) < nameOf(b) ? -1 : 1;
  });
  const rows = sorted.map((loss) => [
    nameOf(loss),
    LAYERS[loss.layer],
    formatEther(worth(loss.before)),
    formatEther(worth(loss.after)),
    formatEther(worth(loss.before) - worth(loss.after)),
  ]);
  const total = losses.reduce((sum, { before, after }) => sum + worth(before) - worth(after), 0n);
  const columns = [
    { name: "Holder", width: 20 },
    { name: "Layer", width: 9 },
    { name: "Before", width: 15, numeric: true },
    { name: "After", width: 15, numeric: true },
    { name: "Loss", width: 15, numeric: true },
  ];
  return [
    "",
    `Strategy ${strategy}`,
    ...wrap(
      `The allocation falls from ${formatPercent(magnitude.before, WAD)} to ${formatPercent(magnitude.after, WAD)} ` +
        `of the operator's stake; everybody behind it loses ${formatPercent(wadSlashed, WAD, 4)}.`,
      76,
      "  ",
    ),
    ...textTable(columns, [...rows, ["All", "", "", "", formatEther(total)]]),
  ];
}

/** Writes a preview for a terminal of 80 columns: one line for each staker and queued withdrawal, largest loss first. */
export function formatPreview(preview: PreviewedSlash, view: Pick<WorldView, "strategies">): string {
  const { scenario, seed, step, operator, set, fraction, strategies } = preview;
  const when = step === 0 ? "as deployed" : `after step ${step}`;
  const lines = [
    ...wrap(`If ${set} slashed ${formatPercent(fraction, WAD)} of what ${operator} allocates to it (nothing happens):`),
    `${scenario}, seed ${seed}, ${when}`,
    ...strategies.flatMap((strategy) => formatStrategy(view, strategy)),
    ...(strategies.length === 0 ? ["", "Nothing is allocated: the slash would take nothing."] : []),
  ];
  return `${lines.join("\n")}\n`;
}
