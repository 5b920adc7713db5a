import { formatEtherShort, toEtherNumber } from "../format/ether.ts";
import { compareBigint, compareText, plural, shorten } from "../format/text.ts";
import type { RunRecord } from "../run-record.ts";
import { addTo } from "../story/sums.ts";
import type { Story } from "../story/story.ts";

import { PICTURE_WIDTH, TEXT, type Chart } from "./picture.ts";
import { colour } from "./theme.ts";

const MOST_NODES = 24;
const PITCH = 40;
const LEFT = 300;
const RIGHT = 860;

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
  const height = 70 + rows * PITCH;
  const keys = new Set([...operators, ...sets].map(({ key }) => key));
  const links = record.operatorSets.flatMap((set) =>
    set.operators
      .map((operator) => ({ source: `operator:${operator}`, target: `set:${set.id}`, slashed: isSlashed(record, operator, set.id) }))
      .filter(({ source, target }) => keys.has(source) && keys.has(target)),
  );
  return {
    id: "operator-network",
    title: "Who secures what",
    description: `${plural(record.operatorSets.length, "operator set")} and the operators behind them when the run began, area by stake. Largest operator: ${operators[0]?.name ?? ""} with ${formatEtherShort(operators[0]?.stake ?? 0n)}. Slashed pairs are drawn in the colour of loss.`,
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
  return largest([...stakes].map(([id, stake]) => ({ key: `operator:${id}`, name: id, stake, slashed: record.slashes.some((slash) => slash.operator === id) })));
}

function readSets(record: RunRecord): Node[] {
  const security = record.rows[0]?.security ?? {};
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
    size: Math.max(9, Math.min(60, pitch * 1.1) * Math.sqrt(toEtherNumber(node.stake) / most)),
  }));
}

function isSlashed(record: RunRecord, operator: string, set: string): boolean {
  return record.slashes.some((slash) => slash.operator === operator && slash.set === set);
}

interface Link {
  readonly source: string;
  readonly target: string;
  readonly slashed: boolean;
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
    links: links.map(({ source, target, slashed }) => ({
      source,
      target,
      lineStyle: { color: colour(slashed ? "vermilion" : "grey"), width: slashed ? 4 : 1.5, opacity: slashed ? 0.95 : 0.4, curveness: 0 },
    })),
  };
}
