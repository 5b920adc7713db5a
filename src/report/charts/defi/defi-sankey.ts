import { formatEtherShort, toEtherNumber } from "../../format/ether.ts";
import { compareBigint } from "../../format/text.ts";
import { CHANNEL_NAMES, DEFI_LAYERS } from "../../story/defi.ts";
import { addTo } from "../../story/sums.ts";
import type { Story } from "../../story/story.ts";
import { TEXT, type Chart } from "../picture.ts";
import { category, colour } from "../theme.ts";

const SEPARATOR = "\u0000";
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

/** Name of a cause; who took part in a liquidation is in the table. */
function causeOf(channel: string, other: string): string {
  const name = CHANNEL_NAMES[channel] ?? channel;
  return channel === "liquidation" ? name : `${name}: ${other}`;
}

/** Where losses came from, in which capacity they were borne, and by whom; null where nothing was lost. */
export function defiSankey({ record }: Story): Chart | null {
  const all = (record.defi?.waterfall ?? []).map(({ channel, with: other, layer, population, amount }) => ({
    from: channel === "slash" ? `slash ${other}` : causeOf(channel, other),
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
    height: Math.min(900, Math.max(440, values.size * 46)),
    option: { series: [sankey(links, values)] },
  };
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
    nodeGap: 34,
    nodeAlign: "justify",
    layoutIterations: 32,
    data: keys.map((key) => ({
      name: key,
      depth: Number(key[0]),
      itemStyle: { color: tint(key), borderWidth: 0 },
      label: {
        position: key.startsWith("0") ? "left" : "right",
        formatter: () => `{name|${plain(key.slice(1))}}\n{value|${formatEtherShort(values.get(key) ?? 0n)}}`,
        rich: { name: { ...halo, fontWeight: 600, lineHeight: 23 }, value: { ...halo, lineHeight: 23 } },
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
