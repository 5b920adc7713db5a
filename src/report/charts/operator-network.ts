import { formatEtherShort, toEtherNumber } from "../format/ether.ts";
import { compareBigint, compareText, plural, shorten } from "../format/text.ts";
import type { RunRecord } from "../run-record.ts";
import { addTo } from "../story/sums.ts";
import { rowBeforeTrouble } from "../story/security.ts";
import type { Story } from "../story/story.ts";

import { PICTURE_WIDTH, TEXT, type Chart } from "./picture.ts";
import { colour } from "./theme.ts";

const MOST_NODES = 30;
const LEFT = 320;
const RIGHT = 870;

/** A circle of the network: its area is its stake. */
interface Node {
  readonly key: string;
  readonly name: string;
  readonly stake: bigint;
  readonly slashed: boolean;
}

/** Draws which operator secures which AVS when the run began, both ordered by stake; null where nobody does. */
export function operatorNetwork({ record }: Story): Chart | null {
  const operators = readOperators(record);
  const sets = readSets(record);
  if (operators.length === 0 || sets.length === 0) return null;
  const rows = Math.max(operators.length, sets.length);
  const height = 70 + rows * (rows <= 8 ? 64 : 34);
  const keys = new Set([...operators, ...sets].map(({ key }) => key));
  const links = record.operatorSets.flatMap((set) =>
    set.operators
      .map((operator) => ({
        source: `operator:${operator}`,
        target: `set:${set.id}`,
        kind: kindOf(record, operator, set.id),
      }))
      .filter(({ source, target }) => keys.has(source) && keys.has(target)),
  );
  return {
    id: "operator-network",
    title: "Who secures what",
    description: `${plural(record.operatorSets.length, "operator set")} and the operators behind them before the first fault, area by stake. Largest operator: ${operators[0]?.name ?? ""} with ${formatEtherShort(operators[0]?.stake ?? 0n)}. Slashed pairs are drawn thick in the colour of loss, the slashed operators' other ties thin.`,
    caption:
      "Before the first fault; a circle's area is its stake. Thick lines: slashed there. Thin ones of the same colour: the slashed operator's other ties.",
    height,
    option: {
      series: [networkSeries([...place(operators, LEFT, height), ...place(sets, RIGHT, height)], links, height)],
    },
  };
}

function readOperators(record: RunRecord): Node[] {
  const stakes = new Map<string, bigint>();
  for (const operator of record.operatorSets.flatMap((set) => set.operators)) stakes.set(operator, 0n);
  for (const { operator, capital } of record.participants) {
    if (operator !== null && stakes.has(operator)) addTo(stakes, operator, BigInt(capital));
  }
  return largest(
    [...stakes].map(([id, stake]) => ({
      key: `operator:${id}`,
      name: id,
      stake,
      slashed: record.slashes.some((slash) => slash.operator === id),
    })),
  );
}

function readSets(record: RunRecord): Node[] {
  const security = rowBeforeTrouble(record)?.security ?? {};
  return largest(
    record.operatorSets.map(({ id }) => ({
      key: `set:${id}`,
      name: id,
      stake: BigInt(security[id] ?? 0),
      slashed: record.slashes.some((slash) => slash.set === id),
    })),
  );
}

/** Keeps the slashed and the largest, in order of stake. */
function largest(nodes: readonly Node[]): Node[] {
  const order = (a: Node, b: Node): number => compareBigint(b.stake, a.stake) || compareText(a.key, b.key);
  return [...nodes]
    .sort((a, b) => Number(b.slashed) - Number(a.slashed) || order(a, b))
    .slice(0, MOST_NODES)
    .sort(order);
}

interface Placed extends Node {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

function place(nodes: readonly Node[], x: number, height: number): Placed[] {
  const most = Math.max(...nodes.map(({ stake }) => toEtherNumber(stake)), 1e-9);
  const pitch = (height - 70) / nodes.length;
  return nodes.map((node, row) => ({
    ...node,
    x,
    y: 35 + pitch * (row + 0.5),
    size: Math.max(8, Math.min(64, pitch * 0.95) * Math.sqrt(toEtherNumber(node.stake) / most)),
  }));
}

/** A slashed pair, a pair whose operator was slashed elsewhere, or neither. */
function kindOf(record: RunRecord, operator: string, set: string): Link["kind"] {
  const slashes = record.slashes.filter((slash) => slash.operator === operator);
  if (slashes.length === 0) return "calm";
  return slashes.some((slash) => slash.set === set) ? "slashed" : "exposed";
}

interface Link {
  readonly source: string;
  readonly target: string;
  readonly kind: "slashed" | "exposed" | "calm";
}

function networkSeries(nodes: readonly Placed[], links: readonly Link[], height: number): Record<string, unknown> {
  const left = Math.min(...nodes.map(({ x }) => x));
  const ys = nodes.map(({ y }) => y);
  return {
    type: "graph",
    layout: "none",
    left,
    top: Math.min(...ys),
    width: RIGHT - LEFT,
    height: Math.max(1, Math.max(...ys) - Math.min(...ys)),
    right: PICTURE_WIDTH - RIGHT,
    bottom: height - Math.max(...ys),
    data: nodes.map((node) => ({
      id: node.key,
      name: node.key,
      x: node.x,
      y: node.y,
      symbolSize: node.size,
      itemStyle: { color: colour(node.slashed ? "vermilion" : node.x === left ? "blue" : "green") },
      label: {
        show: true,
        position: node.x === left ? "left" : "right",
        distance: 12,
        formatter: () => `${shorten(node.name, 20)}  ${formatEtherShort(node.stake)}`,
        color: colour("ink"),
        fontSize: TEXT.small,
        fontWeight: node.slashed ? 600 : 400,
      },
    })),
    links: LINK_ORDER.flatMap((kind) =>
      links
        .filter((link) => link.kind === kind)
        .map(({ source, target }) => ({ source, target, lineStyle: linkStyle(kind, links.length) })),
    ),
  };
}

/** Drawn in this order, the telling ones on top. */
const LINK_ORDER = ["calm", "exposed", "slashed"] as const;

function linkStyle(kind: Link["kind"], count: number): Record<string, unknown> {
  if (kind === "slashed") return { color: colour("vermilion"), width: 5, opacity: 1, curveness: 0 };
  if (kind === "exposed") return { color: colour("vermilion"), width: 1.5, opacity: 0.6, curveness: 0 };
  return { color: colour("grey"), width: 1.2, opacity: Math.min(0.6, Math.max(0.16, 24 / count)), curveness: 0 };
}
