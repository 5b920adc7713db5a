import { expect } from "chai";

import { attributeStep } from "../../src/analysis/defi/attribute-step.ts";
import { balanceSheet, checkBalanceSheet } from "../../src/analysis/defi/balance-sheet.ts";
import type { Line } from "../../src/analysis/defi/lines.ts";
import { openChain } from "../../src/chain/open-chain.ts";
import { bookDefiStep, closeDefiBooks, openDefiBooks } from "../../src/engine/defi-books.ts";
import type { PlannedAction } from "../../src/model/action.ts";
import type { ActionResult } from "../../src/model/fact.ts";
import type { View, WorldView } from "../../src/model/view.ts";
import type { World } from "../../src/model/world.ts";
import type { WorldSpec } from "../../src/model/world-spec.ts";
import type { Seconds } from "../../src/units/units.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { quickestChain } from "./quickest-chain.ts";

/** A world, what is done in each of its steps, and how much of a change no fact may tell. */
export interface RandomLife {
  readonly spec: WorldSpec;
  readonly steps: number;
  /** What happens next, and when. */
  readonly next: (step: number) => { readonly time: Seconds; readonly actions: readonly PlannedAction[] };
  /** Told after every step: what came of it, and the states before and after. */
  readonly seen?: (results: readonly ActionResult[], before: WorldView, after: WorldView) => void;
  /** Most of a party's change in a step that no fact tells [wei]. */
  readonly untold: bigint;
}

const sum = (values: readonly bigint[]): bigint => values.reduce((all, value) => all + value, 0n);
const sizeOf = (amount: bigint): bigint => (amount < 0n ? 0n - amount : amount);

const asView = (view: WorldView, step: number): View => {
  return { ...view, step, faults: [], slashes: [], reported: [], refusals: [] };
};

/** What a run's books say in the end must sum alike, and every loss is somebody's. */
function expectClosed({ parties, total, waterfall }: ReturnType<typeof closeDefiBooks>): void {
  for (const { party, first, last, lines } of parties) {
    const told = sum(lines.map(({ amount }) => BigInt(amount)));
    expect(told.toString(), party).to.equal((BigInt(last) - BigInt(first)).toString());
  }
  expect(sum(parties.map(({ last }) => BigInt(last))).toString()).to.equal(total.last);
  for (const { population, amount, layer } of waterfall) {
    expect(population, `who bears ${amount} as ${layer}`).to.not.equal("");
    expect(BigInt(amount) > 0n, `${population}, ${layer}: ${amount}`).to.equal(true);
  }
}

/**
 * Lives a random life, and keeps books of it: lines of every step must sum to the change of each party's equity, and all
 * together to the change of what there is; next to nothing may be told by no fact.
 *
 * @returns All lines, and how often each action was done.
 */
export async function liveByTheBooks(life: RandomLife): Promise<{ lines: Line[]; done: Map<string, number> }> {
  const backend = await openChain(quickestChain());
  try {
    return await liveOn(await createWorld(life.spec, { backend }), life);
  } finally {
    await backend.close();
  }
}

async function liveOn(world: World, life: RandomLife): ReturnType<typeof liveByTheBooks> {
  const { spec } = life;
  const all: Line[] = [];
  const done = new Map<string, number>();
  let before = await world.read();
  let sheet = balanceSheet(spec, before);
  const books = openDefiBooks(spec, asView(before, 0));
  if (books === null) throw new RangeError("the world has no DeFi layer to keep books of");
  for (let step = 0; step < life.steps; step += 1) {
    const { time, actions } = life.next(step);
    const results = await world.perform({ time, actions });
    for (const { planned, outcome } of results) {
      if (outcome.status === "ok") done.set(planned.action.type, (done.get(planned.action.type) ?? 0) + 1);
    }
    const after = await world.read();
    life.seen?.(results, before, after);
    const [then, now] = [sheet, balanceSheet(spec, after)];
    const lines = attributeStep({ spec, before, after, results, sheets: { before: then, after: now } });
    const at = `step ${step}: ${actions.map(({ action }) => action.type).join(", ")}`;
    expect(checkBalanceSheet(now), at).to.equal(null);
    const untold = lines.filter(({ channel, amount }) => channel === "revaluation" && sizeOf(amount) > life.untold);
    expect(
      untold.map(({ party, amount }) => `${party} ${amount}`),
      at,
    ).to.deep.equal([]);
    for (const party of new Set([...then.equity.keys(), ...now.equity.keys(), ...lines.map((line) => line.party)])) {
      const change = (now.equity.get(party) ?? 0n) - (then.equity.get(party) ?? 0n);
      const told = sum(lines.filter((line) => line.party === party).map(({ amount }) => amount));
      expect(told.toString(), `${party}, ${at}`).to.equal(change.toString());
    }
    expect(sum(lines.map(({ amount }) => amount)).toString(), at).to.equal((now.total - then.total).toString());
    bookDefiStep(books, { step: step + 1, before: asView(before, step), after: asView(after, step + 1), results });
    all.push(...lines);
    [before, sheet] = [after, now];
  }
  expectClosed(closeDefiBooks(books));
  return { lines: all, done };
}

/** Sums and sizes of lines, by channel. */
export function byChannel(lines: readonly Line[]): ReadonlyMap<string, { sum: bigint; size: bigint }> {
  const channels = new Map<string, { sum: bigint; size: bigint }>();
  for (const { channel, amount } of lines) {
    const known = channels.get(channel) ?? { sum: 0n, size: 0n };
    channels.set(channel, { sum: known.sum + amount, size: known.size + sizeOf(amount) });
  }
  return channels;
}
