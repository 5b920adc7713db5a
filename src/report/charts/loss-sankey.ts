import { formatEtherShort, toEtherNumber } from "../format/ether.ts";
import { compareBigint, compareText, plural, shorten } from "../format/text.ts";
import { LOSS_DESTINATIONS, LOSS_LAYERS, type LossFlow } from "../story/losses.ts";
import { addTo } from "../story/sums.ts";
import type { Story } from "../story/story.ts";
import { DESTINATION_NAMES, LAYER_NAMES } from "../story/words.ts";

import { TEXT, type Chart } from "./picture.ts";
import { colour, type ColourName } from "./theme.ts";

const MOST_SLASHES = 8;

const COLOURS: Readonly<Record<string, ColourName>> = {
  operator: "purple",
  staker: "blue",
  withdrawal: "amber",
  burned: "vermilion",
  redistributed: "green",
  escrow: "sky",
};

/** Keeps a label readable where a stream runs behind it. */
const HALO = { textBorderColor: colour("surface"), textBorderWidth: 5 };

/** A box of the waterfall. */
interface Box {
  readonly key: string;
  readonly name: string;
  readonly depth: number;
  readonly colour: ColourName;
}

/** Draws where the slashed ether came from and went; null where nothing was slashed. */
export function lossSankey(story: Story): Chart | null {
  const flows = gather(story).filter((flow) => isVisible(flow, story.losses.total));
  if (flows.length === 0) return null;
  const slashes = [...new Set(flows.map(({ slash }) => slash))];
  const boxes = readBoxes(story, slashes);
  const links = readLinks(flows);
  const values = new Map<string, bigint>();
  for (const [key, value] of links) {
    const [source = "", target = ""] = key.split(SEPARATOR);
    addTo(values, source, value);
    if (target.startsWith("to:")) addTo(values, target, value);
  }
  const drawn = boxes.filter(({ key }) => values.has(key));
  return {
    id: "loss-waterfall",
    title: "Where the loss fell, and where it went",
    description: `Slashed value of ${formatEtherShort(story.losses.total)}, from the slash through the layer that bore it to where it ended: ${drawn.map(({ key, name }) => `${name} ${formatEtherShort(values.get(key) ?? 0n)}`).join(", ")}. Rounding dust is too small to draw; the table has it.`,
    caption:
      "From the slash, through who bore it, to where it went by the end of the run. Rounding dust is too small to draw; the table has it.",
    height: Math.min(900, Math.max(440, slashes.length * 80)),
    option: { series: [sankeySeries(drawn, { links, values })] },
  };
}

const SEPARATOR = "\u0000";

/** Keeps the largest slashes apart; the others flow together. */
function gather({ losses, record }: Story): readonly LossFlow[] {
  if (record.slashes.length <= MOST_SLASHES) return losses.flows;
  const apart = [...record.slashes]
    .sort((a, b) => compareBigint(BigInt(b.value), BigInt(a.value)) || a.step - b.step || compareText(a.id, b.id))
    .slice(0, MOST_SLASHES - 1);
  const kept = new Set(apart.map(({ id }) => id));
  const rest = plural(record.slashes.length - kept.size, "other slash", "other slashes");
  return losses.flows.map((flow) => (kept.has(flow.slash) ? flow : { ...flow, slash: rest }));
}

function isVisible(flow: LossFlow, total: bigint): boolean {
  return flow.layer !== "dust" && flow.value * 100_000n > total;
}

function readBoxes({ record }: Story, slashes: readonly string[]): Box[] {
  const byId = new Map(record.slashes.map((slash) => [slash.id, slash]));
  return [
    ...slashes.map((id) => {
      const slash = byId.get(id);
      const name = slash === undefined ? id : `${shorten(slash.operator, 13)} → ${shorten(id, 14)}`;
      return { key: `by:${id}`, name, depth: 0, colour: "grey" as const };
    }),
    ...LOSS_LAYERS.map((layer) => ({
      key: `on:${layer}`,
      name: LAYER_NAMES[layer],
      depth: 1,
      colour: COLOURS[layer] ?? "grey",
    })),
    ...LOSS_DESTINATIONS.map((kind) => ({
      key: `to:${kind}`,
      name: DESTINATION_NAMES[kind],
      depth: 2,
      colour: COLOURS[kind] ?? "grey",
    })),
  ];
}

function readLinks(flows: readonly LossFlow[]): Map<string, bigint> {
  const links = new Map<string, bigint>();
  for (const { slash, layer, destination, value } of flows) {
    addTo(links, [`by:${slash}`, `on:${layer}`].join(SEPARATOR), value);
    addTo(links, [`on:${layer}`, `to:${destination}`].join(SEPARATOR), value);
  }
  return links;
}

interface Weights {
  readonly links: ReadonlyMap<string, bigint>;
  readonly values: ReadonlyMap<string, bigint>;
}

function sankeySeries(boxes: readonly Box[], { links, values }: Weights): Record<string, unknown> {
  return {
    type: "sankey",
    left: 300,
    right: 230,
    top: 24,
    bottom: 36,
    nodeWidth: 26,
    nodeGap: 48,
    nodeAlign: "justify",
    layoutIterations: 32,
    data: boxes.map((box) => ({
      name: box.key,
      depth: box.depth,
      itemStyle: { color: colour(box.colour), borderWidth: 0 },
      label: {
        position: box.depth === 0 ? "left" : "right",
        formatter: () => `{name|${plain(box.name)}}\n{value|${formatEtherShort(values.get(box.key) ?? 0n)}}`,
        rich: {
          name: { ...HALO, color: colour("ink"), fontSize: TEXT.normal, fontWeight: 600, lineHeight: 23 },
          value: { ...HALO, color: colour("ink"), fontSize: TEXT.normal, lineHeight: 23 },
        },
      },
    })),
    links: [...links].map(([key, value]) => {
      const [source = "", target = ""] = key.split(SEPARATOR);
      const tint = boxes.find((box) => box.key === (source.startsWith("on:") ? source : target))?.colour ?? "grey";
      return {
        source,
        target,
        value: toEtherNumber(value),
        lineStyle: { color: colour(tint), opacity: 0.38, curveness: 0.5 },
      };
    }),
  };
}

/** Braces and bars steer ECharts' rich text; a name must not. */
function plain(name: string): string {
  return name.replace(/[{}|]/g, "¦");
}
