import type { ActionResult, Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { Wei } from "../../units/units.ts";
import { minus, type Layer } from "./account-book.ts";
import { between, betweenKind, surplusOf } from "./accounts.ts";
import { balanceSheet, type BalanceSheet } from "./balance-sheet.ts";
import { flowLines } from "./flows.ts";
import { holdingStages } from "./holding-stages.ts";
import type { HoldingStage, Line } from "./lines.ts";
import { depositsAt } from "./stability-deposits.ts";
import { heirsAt } from "./trove-heirs.ts";

/** Two states with their sheets, and what happened between them. */
export interface StepToAttribute {
  readonly spec: WorldSpec;
  readonly before: WorldView;
  readonly after: WorldView;
  readonly results: readonly ActionResult[];
  readonly sheets: { readonly before: BalanceSheet; readonly after: BalanceSheet };
}

type Cause = Omit<HoldingStage, "view">;

function partiesOf(...sheets: readonly BalanceSheet[]): readonly string[] {
  return [...new Set(sheets.flatMap(({ equity }) => [...equity.keys()]))];
}

/** Whether an amount is within what valuing a sheet rounds away. */
const isDust = (amount: Wei, { slack }: BalanceSheet): boolean => amount <= slack && minus(amount) <= slack;

/** Difference of two sheets, by party and by the capacity in which it owns. */
function difference(from: BalanceSheet, to: BalanceSheet, { channel: named, with: other, by }: Cause): Line[] {
  return partiesOf(from, to).flatMap((party) => {
    // Who did it has it with what it dealt with; the others have it with who did it.
    const cause = { channel: named, with: by === undefined || by === party ? other : by };
    const whole = (to.equity.get(party) ?? 0n) - (from.equity.get(party) ?? 0n);
    // What somebody gives for what it gets is no loss of its own: the whole of a dealing is.
    if (by === party) return whole === 0n ? [] : [{ party, ...cause, layer: null, amount: whole }];
    const [then, now] = [from.book.layers.get(party), to.book.layers.get(party)];
    const layers = new Set<Layer>([...(then?.keys() ?? []), ...(now?.keys() ?? [])]);
    const lines = [...layers].map((layer): Line => {
      return { party, ...cause, layer, amount: (now?.get(layer) ?? 0n) - (then?.get(layer) ?? 0n) };
    });
    const rest = lines.reduce((sum, { amount }) => sum - amount, whole);
    // Whoever owns in no capacity, such as a surplus that is nobody's yet, has its change by the cause itself.
    // What somebody's dealing rounds is part of it, so that what one gains by it others lose to the wei.
    const channel = by === undefined && isDust(rest, to) ? "rounding" : named;
    const all: Line[] = [...lines, { party, channel, with: cause.with, layer: null, amount: rest }];
    return all.filter(({ amount }) => amount !== 0n);
  });
}

/** Owner of a position; null of any other account. */
const ownerOf = (account: string): string | null =>
  betweenKind(account) === "position" ? (account.split("/").at(-1) ?? "") : null;

/**
 * What each party bears for others, and what it is spared itself, in one sheet: what a position is to bear its owner bears,
 * but for what it passes on.
 */
function burdens({ passed }: BalanceSheet): ReadonlyMap<string, { layer: Layer; amount: Wei; with: string }[]> {
  const all = new Map<string, { layer: Layer; amount: Wei; with: string }[]>();
  const add = (party: string | null, entry: { layer: Layer; amount: Wei; with: string }): void => {
    if (party !== null) all.set(party, [...(all.get(party) ?? []), entry]);
  };
  for (const { from, by, layer, amount } of passed) {
    const owner = ownerOf(by);
    const [spared, bearer] = [ownerOf(from), owner ?? (betweenKind(by) === null ? by : null)];
    if (spared === bearer) continue;
    add(bearer, { layer: owner === null ? layer : "borrower", amount: minus(amount), with: marketOf(from) });
    add(spared, { layer: "borrower", amount, with: marketOf(from) });
  }
  return all;
}

/** Market of an account in between: `core` of `reserve:core/weth`. */
function marketOf(account: string): string {
  return account.slice(account.indexOf(":") + 1).split("/")[0] ?? account;
}

/** What an account has of its own, such as what somebody gave against a debt before it was bad, bears first. */
function surplusLines(from: BalanceSheet, to: BalanceSheet, facts: readonly Fact[]): Line[] {
  const covered = facts.flatMap((fact) =>
    fact.kind === "deficitCovered" ? [between("reserve", fact.market, fact.token)] : [],
  );
  const short = new Set([...[...from.passed, ...to.passed].map((passed) => passed.from), ...covered]);
  return [...short].flatMap((account): Line[] => {
    const party = surplusOf(account);
    const amount = (to.equity.get(party) ?? 0n) - (from.equity.get(party) ?? 0n);
    return amount === 0n ? [] : [{ party, channel: "badDebt", with: marketOf(account), layer: "treasury", amount }];
  });
}

/** How bad debts that actions made, or resolved, fell on others. */
function burdenLines(from: BalanceSheet, to: BalanceSheet): Line[] {
  const toLines = (sheet: BalanceSheet, sign: bigint): Line[] =>
    [...burdens(sheet)].flatMap(([party, entries]) =>
      entries.map(({ layer, amount, with: other }): Line => {
        return { party, channel: "badDebt", with: other, layer, amount: sign * amount };
      }),
    );
  return merge([...toLines(from, -1n), ...toLines(to, 1n)]);
}

/** Sums of lines, by party, cause and capacity. */
export type LineSums = Map<string, Line>;

/** Adds lines to sums. */
export function addLines(sums: LineSums, lines: readonly Line[]): void {
  for (const line of lines) {
    const key = [line.party, line.channel, line.with, line.layer ?? ""].join("\u0000");
    const known = sums.get(key);
    sums.set(key, known === undefined ? line : { ...known, amount: known.amount + line.amount });
  }
}

/** One line for each party, cause and capacity; lines that cancel out are gone. */
export function merge(lines: readonly Line[]): Line[] {
  const sums: LineSums = new Map();
  addLines(sums, lines);
  return [...sums.values()].filter(({ amount }) => amount !== 0n);
}

/** What is left unexplained of each party's change. */
function restLines(step: StepToAttribute, told: readonly Line[]): Line[] {
  const { before, after } = step.sheets;
  const explained = new Map<string, Wei>();
  for (const { party, amount } of told) explained.set(party, (explained.get(party) ?? 0n) + amount);
  const parties = new Set([...partiesOf(before, after), ...explained.keys()]);
  return [...parties].flatMap((party) => {
    const change = (after.equity.get(party) ?? 0n) - (before.equity.get(party) ?? 0n);
    const amount = change - (explained.get(party) ?? 0n);
    if (amount === 0n) return [];
    const channel = isDust(amount, after) ? "rounding" : "revaluation";
    return [{ party, channel, with: "not told by facts", layer: null, amount }];
  });
}

/**
 * Why every party's equity changed from one state to the next.
 *
 * First what holding brought, cause by cause: the sheet of a world in which only that cause has happened, less the sheet
 * before it, so that each cause reaches through every layer. Then what actions moved, by their facts, at the new prices;
 * then how bad debts that they made fell on others. What none of it explains is a line of its own.
 *
 * @returns Lines whose sum for every party is exactly the change of its equity.
 */
export function attributeStep(step: StepToAttribute): readonly Line[] {
  const { spec, before, after, results, sheets } = step;
  const facts = results.flatMap((result) => result.facts);
  const stages = holdingStages(spec, { before, after }, facts);
  const held: Line[] = [];
  let sheet = sheets.before;
  for (const { view, ...cause } of stages) {
    const next = balanceSheet(spec, view);
    held.push(...difference(sheet, next, cause));
    sheet = next;
  }
  const books = { book: sheets.after.book, bookBefore: sheet.book };
  const replayed = { deposits: depositsAt(before.defi, facts), heirs: heirsAt(before.defi, results) };
  const context = { spec, before: stages.at(-1)?.view ?? before, after, ...replayed, ...books };
  const borne = [...burdenLines(sheet, sheets.after), ...surplusLines(sheet, sheets.after, facts)];
  const told = merge([...held, ...flowLines(context, results), ...borne]);
  return merge([...told, ...restLines(step, told)]);
}
