import { formatEtherShort, toEtherNumber } from "../../format/ether.ts";
import { compareBigint, shorten } from "../../format/text.ts";
import { CHANNEL_NAMES, DEFI_LAYERS } from "../../story/defi.ts";
import { addTo } from "../../story/sums.ts";
import type { Story } from "../../story/story.ts";
import { TEXT, type Chart } from "../picture.ts";
import { category, colour } from "../theme.ts";

const SEPARATOR = "\u0000";
/** Height of a label's two lines, and what is left between one and the next, however small the boxes. */
const LABEL = 46;
const GAP = 6;
/** Height that is left to the boxes themselves, and the margins. */
const STREAMS = 360;
/** Longest name beside a box. */
const LONGEST = 34;
/** Names that a column shows before the rest is one. */
const MOST = 8;

/** Braces and bars steer ECharts' rich text; a name must not. */
const plain = (text: string): string => text.replace(/[{}|]/g, "¦");

function keepLargest(
  flows: readonly { from: string; layer: string; to: string; amount: bigint }[],
  side: "from" | "to",
) {
  const sums = new Map<string, bigint>();
  for (const flow of flows) addTo(sums, flow[side], flow.amount);
  const kept = new Set(
    [...sums]
      .sort(([, a], [, b]) => compareBigint(b, a))
      .slice(0, MOST)
      .map(([name]) => name),
  );
  return flows.map((flow) => (kept.has(flow[side]) ? flow : { ...flow, [side]: "others" }));
}

/** Causes that the channel names by itself; who took part is in the table. */
const PLAIN_CAUSES = new Set(["liquidation", "price"]);

/** Name of a cause: its counterparty by population, so that a crowd is one cause and not many. */
function causeOf(channel: string, other: string, populations: ReadonlyMap<string, string>): string {
  if (channel === "slash") return `slash ${other}`;
  const name = CHANNEL_NAMES[channel] ?? channel;
  return PLAIN_CAUSES.has(channel) ? name : `${name}: ${populations.get(other) ?? other}`;
}

/** Where losses came from, in which capacity they were borne, and by whom; null where nothing was lost. */
export function defiSankey({ record }: Story): Chart | null {
  const populations = new Map(record.participants.map(({ id, population }) => [id, population]));
  const all = (record.defi?.waterfall ?? []).map(({ channel, with: other, layer, population, amount }) => ({
    from: causeOf(channel, other, populations),
    layer: DEFI_LAYERS[layer] ?? layer,
    to: population,
    amount: BigInt(amount),
  }));
  const total = all.reduce((sum, { amount }) => sum + amount, 0n);
  const flows = keepLargest(keepLargest(all, "from"), "to").filter(({ amount }) => amount * 10_000n > total);
  if (flows.length === 0) return null;
  const links = new Map<string, bigint>();
  const values = new Map<string, bigint>();
  for (const { from, layer, to, amount } of flows) {
    const keys = [`0${from}`, `1${layer}`, `2${to}`];
    for (const key of keys) addTo(values, key, amount);
    addTo(links, [keys[0], keys[1]].join(SEPARATOR), amount);
    addTo(links, [keys[1], keys[2]].join(SEPARATOR), amount);
  }
  const layers = [...values.keys()].filter((key) => key.startsWith("1"));
  const told = layers.map((key) => `${key.slice(1)} ${formatEtherShort(values.get(key) ?? 0n)}`).join(", ");
  return {
    id: "defi-losses",
    title: "Who bore the losses, through every layer",
    description: `Losses from their cause, through the capacity in which they were borne, to who bore them: ${told}.`,
    caption: `From the cause, through the capacity in which it was borne, to who bore it: ${told}. The table has the small ones too.`,
    height: Math.max(440, fullest(values) * (LABEL + GAP) + STREAMS),
    option: { series: [sankey(links, values)] },
  };
}

/** Boxes of the fullest column. */
function fullest(values: ReadonlyMap<string, bigint>): number {
  const counts = ["0", "1", "2"].map((depth) => [...values.keys()].filter((key) => key.startsWith(depth)).length);
  return Math.max(...counts);
}

function sankey(links: ReadonlyMap<string, bigint>, values: ReadonlyMap<string, bigint>): Record<string, unknown> {
  const keys = [...values.keys()];
  const tint = (key: string): string =>
    key.startsWith("1") ? category(keys.filter((one) => one.startsWith("1")).indexOf(key)) : colour("grey");
  const halo = { textBorderColor: colour("surface"), textBorderWidth: 5, color: colour("ink"), fontSize: TEXT.normal };
  return {
    type: "sankey",
    left: 300,
    right: 230,
    top: 24,
    bottom: 36,
    nodeWidth: 26,
    nodeGap: LABEL + GAP,
    nodeAlign: "justify",
    layoutIterations: 32,
    data: keys.map((key) => ({
      name: key,
      depth: Number(key[0]),
      itemStyle: { color: tint(key), borderWidth: 0 },
      label: {
        position: key.startsWith("0") ? "left" : "right",
        formatter: () =>
          `{name|${plain(shorten(key.slice(1), LONGEST))}}\n{value|${formatEtherShort(values.get(key) ?? 0n)}}`,
        rich: { name: { ...halo, fontWeight: 600, lineHeight: LABEL / 2 }, value: { ...halo, lineHeight: LABEL / 2 } },
      },
    })),
    links: [...links].map(([key, value]) => {
      const [source = "", target = ""] = key.split(SEPARATOR);
      const middle = source.startsWith("1") ? source : target;
      return {
        source,
        target,
        value: toEtherNumber(value),
        lineStyle: { color: tint(middle), opacity: 0.38, curveness: 0.5 },
      };
    }),
  };
}
