import { addLines, attributeStep, merge, type LineSums } from "../analysis/defi/attribute-step.ts";
import { balanceSheet, checkBalanceSheet, type BalanceSheet } from "../analysis/defi/balance-sheet.ts";
import { depthCurves } from "../analysis/defi/depth.ts";
import { indebted, underwaterDebt, type Indebted } from "../analysis/defi/health.ts";
import type { Line } from "../analysis/defi/lines.ts";
import { dropCurves } from "../analysis/defi/price-drop.ts";
import { servedBetween } from "../analysis/defi/queues.ts";
import type { Reading } from "../analysis/defi/reading.ts";
import { readSeries } from "../analysis/defi/series.ts";
import { slippageCurves, type Sale } from "../analysis/defi/slippage.ts";
import type { Invariant } from "../model/invariant.ts";
import type { View } from "../model/view.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import type { RunDefi, RunHealth } from "../report/run-record.ts";
import type { Seconds, Wei } from "../units/units.ts";
import type { StepResult } from "./books.ts";
import { attemptsOf, guardianActs } from "./defi-events.ts";

/** Everything that a run remembers of its DeFi layer besides its rows. */
export interface DefiBooks {
  readonly spec: WorldSpec;
  readonly first: View;
  readonly opening: BalanceSheet;
  readonly liquidations: RunDefi["liquidations"];
  readonly guardians: RunDefi["guardians"];
  readonly series: Map<string, Reading>;
  /** What has left each queue so far [wei]. */
  readonly served: Map<string, Wei>;
  sheet: BalanceSheet;
  /** What every party gained and lost so far, by cause. */
  readonly lines: LineSums;
  health: { readonly first: Snapshot; worst: Snapshot; last: Snapshot };
  shockedAt: Seconds | null;
}

interface Snapshot {
  readonly step: number;
  readonly time: Seconds;
  readonly positions: readonly Indebted[];
}

function snapshot(spec: WorldSpec, view: View): Snapshot {
  return { step: view.step, time: view.time, positions: indebted(spec, view.defi) };
}

/** Opens the books; null in a world without a DeFi layer. */
export function openDefiBooks(spec: WorldSpec, first: View): DefiBooks | null {
  if (spec.defi === null) return null;
  const opening = balanceSheet(spec, first);
  const now = snapshot(spec, first);
  return {
    spec,
    first,
    opening,
    liquidations: [],
    guardians: [],
    series: new Map(),
    served: new Map(),
    sheet: opening,
    lines: new Map(),
    health: { first: now, worst: now, last: now },
    shockedAt: null,
  };
}

function lowest({ positions }: Snapshot): bigint {
  return positions.reduce((least, { health }) => (health < least ? health : least), 10n ** 36n);
}

/** Whether a moment is worse: more debt below health 1, or, with as much, a lower health. */
function isWorse(now: Snapshot, then: Snapshot): boolean {
  const [more, most] = [underwaterDebt(now.positions), underwaterDebt(then.positions)];
  return more === most ? lowest(now) < lowest(then) : more > most;
}

/** Books one step: who gained and lost, and why; attempts to liquidate; what guardians did. */
export function bookDefiStep(books: DefiBooks, at: StepResult): void {
  const { spec } = books;
  const { before, after, results } = at;
  const sheets = { before: books.sheet, after: balanceSheet(spec, after) };
  addLines(books.lines, attributeStep({ spec, before, after, results, sheets }));
  books.sheet = sheets.after;
  for (const [queue, amount] of servedBetween(before, after)) {
    books.served.set(queue, (books.served.get(queue) ?? 0n) + amount);
  }
  if (results.some(({ planned }) => planned.origin === "shock")) books.shockedAt = after.time;
  books.liquidations.push(...attemptsOf(spec, at));
  books.guardians.push(...guardianActs(at, books.shockedAt));
  const now = snapshot(spec, after);
  if (isWorse(now, books.health.worst)) books.health.worst = now;
  books.health.last = now;
}

/** The row's numbers of the DeFi layer; null in a world without one. */
export function defiRow(books: DefiBooks | null, view: View): Readonly<Record<string, string>> | null {
  if (books === null) return null;
  const readings = readSeries(books.spec, view, books.served);
  for (const reading of readings) if (!books.series.has(reading.id)) books.series.set(reading.id, reading);
  return Object.fromEntries(readings.map(({ id, value }) => [id, value.toString()]));
}

/** Laws of the balance sheet, checked on the books of the step. */
export function sheetLaws(books: DefiBooks | null): readonly Invariant[] {
  if (books === null) return [];
  return [
    {
      name: "everything is somebody's",
      sentence: "What all parties own, looked through every layer, is exactly what there is.",
      check: () => checkBalanceSheet(books.sheet),
    },
  ];
}

function closeHealth(when: RunHealth["when"], { step, time, positions }: Snapshot): RunHealth {
  const told = positions.map(({ market, owner, health, debt }) => {
    return { market, owner, health: health.toString(), debt: debt.toString() };
  });
  return { when, step, time: time.toString(), positions: told };
}

/** Population of a party; institutions are their own. */
function populationOf(spec: WorldSpec, party: string): string | null {
  return spec.participants.find(({ id }) => id === party)?.population ?? null;
}

function parties({ spec, opening, sheet, lines }: DefiBooks): RunDefi["parties"] {
  const byParty = new Map<string, Line[]>();
  for (const line of lines.values()) {
    const known = byParty.get(line.party);
    if (known === undefined) byParty.set(line.party, [line]);
    else known.push(line);
  }
  const ids = new Set([...opening.equity.keys(), ...sheet.equity.keys(), ...byParty.keys()]);
  return [...ids].map((party) => {
    const population = populationOf(spec, party);
    const own = (byParty.get(party) ?? []).map((line): Line => ({ ...line, layer: null }));
    return {
      party,
      kind: population === null ? ("institution" as const) : ("participant" as const),
      population: population ?? party,
      first: (opening.equity.get(party) ?? 0n).toString(),
      last: (sheet.equity.get(party) ?? 0n).toString(),
      lines: merge(own).map(({ channel, with: other, amount }) => {
        return { channel, with: other, amount: amount.toString() };
      }),
    };
  });
}

/** Causes whose losses travel through layers. */
const LOSSES = new Set(["staking", "slash", "price", "reserve", "badDebt", "unbackedMint", "liquidation"]);

/** Dealings, which are losses of those who lost by the whole of what they did. */
const DEALINGS = new Set(["trading", "redemption"]);

/**
 * What pays for a loss: what the same dealing brought in another capacity, and of what liquidating took from a borrower the
 * debt that it is forgiven, which lenders bear.
 */
function purseOf({ party, channel, with: other, layer, amount }: Line): string | null {
  if (DEALINGS.has(channel)) return [party, channel, other].join("\u0000");
  const isForgiven = channel === "badDebt" && layer === "borrower";
  return (amount < 0n ? channel === "liquidation" : isForgiven) ? [party, "forgiven"].join("\u0000") : null;
}

/** Losses less what pays for them. */
function lessPaid(lost: readonly Line[], lines: LineSums): readonly Line[] {
  const purses = new Map<string, bigint>();
  for (const line of lines.values()) {
    const purse = purseOf(line);
    if (purse !== null && line.amount > 0n) purses.set(purse, (purses.get(purse) ?? 0n) + line.amount);
  }
  return lost.map((line) => {
    const purse = purseOf(line) ?? "";
    const most = purses.get(purse) ?? 0n;
    const size = 0n - line.amount;
    const part = most < size ? most : size;
    purses.set(purse, most - part);
    return { ...line, amount: line.amount + part };
  });
}

function waterfall({ spec, opening, sheet, lines }: DefiBooks): RunDefi["waterfall"] {
  const isPoorer = (party: string): boolean => (sheet.equity.get(party) ?? 0n) < (opening.equity.get(party) ?? 0n);
  const lost = [...lines.values()].filter(({ channel, party, amount }) => {
    return amount < 0n && (LOSSES.has(channel) || (DEALINGS.has(channel) && isPoorer(party)));
  });
  const borne = lessPaid(lost, lines);
  const grouped = merge(borne.map((line) => ({ ...line, party: populationOf(spec, line.party) ?? line.party })));
  return grouped.map(({ channel, with: other, layer, party, amount }) => ({
    channel,
    with: other,
    layer: layer ?? (channel === "liquidation" ? "borrower" : "wallet"),
    population: party,
    amount: (0n - amount).toString(),
  }));
}

const drawn = (points: readonly Pick<Sale, "size" | "impact">[]): RunDefi["slippage"][number]["points"] =>
  points.map(({ size, impact }) => ({ size: size.toString(), impact: impact.toString() }));

function curves({ spec, first }: DefiBooks): Pick<RunDefi, "drops" | "slippage" | "depth"> {
  const slippage = slippageCurves(first.defi);
  const text = (values: Readonly<Record<string, bigint>>): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toString()]));
  return {
    drops: dropCurves(spec, first.defi).map(({ market, oracle, points }) => ({
      market,
      oracle,
      points: points.map((point) => ({
        drop: Number(point.drop),
        liquidatable: text(point.liquidatable),
        market: point.market.toString(),
        blind: point.blind.toString(),
      })),
    })),
    slippage: slippage.map(({ bonus, points, ...curve }) => ({
      ...curve,
      bonus: Number(bonus),
      points: drawn(points),
    })),
    depth: depthCurves(first.defi, slippage).map(({ sell, bonus, pools, points, room, cap, pledged }) => ({
      ...{ sell, bonus: Number(bonus), pools: [...pools], points: drawn(points) },
      ...{ room: room?.toString() ?? null, cap: cap?.toString() ?? null, pledged: pledged.toString() },
    })),
  };
}

/** The record's part about the DeFi layer. */
export function closeDefiBooks(books: DefiBooks): RunDefi {
  const { health, opening, sheet } = books;
  return {
    series: Object.fromEntries(
      [...books.series].map(([id, { label, group, subject, unit, decimals }]) => {
        return [id, { label, group, subject, unit, decimals }];
      }),
    ),
    liquidations: books.liquidations,
    health: [closeHealth("first", health.first), closeHealth("worst", health.worst), closeHealth("last", health.last)],
    parties: parties(books),
    total: { first: opening.total.toString(), last: sheet.total.toString() },
    waterfall: waterfall(books),
    guardians: books.guardians,
    ...curves(books),
  };
}
