import { compareBigint, compareText } from "../format/text.ts";
import type { RunRecord } from "../run-record.ts";

import { addTo, sum } from "./sums.ts";

/** What a participant, or a whole population, earned and lost. */
export interface Yield {
  readonly name: string;
  readonly population: string;
  readonly members: number;
  readonly capital: bigint;
  readonly income: ReadonlyMap<string, bigint>;
  readonly losses: bigint;
  readonly net: bigint;
  readonly plainStaking: bigint;
}

/** Lists the payers of a run: staking first, then by what they paid. */
export function readPayers(record: RunRecord): string[] {
  const totals = new Map<string, bigint>();
  for (const { payer, amount } of record.earnings.flatMap((earning) => earning.income)) {
    addTo(totals, payer, BigInt(amount));
  }
  return [...totals]
    .sort(([a, paidA], [b, paidB]) => rank(a) - rank(b) || compareBigint(paidB, paidA) || compareText(a, b))
    .map(([payer]) => payer);
}

/** Reads the yield of each participant that had something to earn or to lose. */
export function readYields(record: RunRecord): Yield[] {
  const populations = new Map(record.participants.map(({ id, population }) => [id, population]));
  const yields = record.earnings.map((earning) => {
    const income = new Map<string, bigint>();
    for (const { payer, amount } of earning.income) addTo(income, payer, BigInt(amount));
    return {
      name: earning.participant,
      population: populations.get(earning.participant) ?? earning.participant,
      members: 1,
      capital: BigInt(earning.capital),
      income,
      losses: sum(earning.losses.map(({ amount }) => BigInt(amount))),
      net: BigInt(earning.net),
      plainStaking: BigInt(earning.plainStaking),
    };
  });
  return yields.filter(({ capital, income, losses }) => capital !== 0n || losses !== 0n || sum(income.values()) !== 0n);
}

/** Adds yields up by population, in order of first appearance. */
export function sumYields(yields: readonly Yield[]): Yield[] {
  const groups = new Map<string, Yield>();
  for (const item of yields) {
    const group = groups.get(item.population);
    groups.set(item.population, group === undefined ? { ...item, name: item.population } : join(group, item));
  }
  return [...groups.values()];
}

function join(a: Yield, b: Yield): Yield {
  const income = new Map(a.income);
  for (const [payer, amount] of b.income) addTo(income, payer, amount);
  return {
    name: a.name,
    population: a.population,
    members: a.members + b.members,
    capital: a.capital + b.capital,
    income,
    losses: a.losses + b.losses,
    net: a.net + b.net,
    plainStaking: a.plainStaking + b.plainStaking,
  };
}

function rank(payer: string): number {
  if (payer === "staking") return 0;
  return payer.startsWith("redistribution:") ? 2 : 1;
}
