import { compareBigint, compareText, plural } from "../format/text.ts";
import type { RunRecord } from "../run-record.ts";

import { joinPhrases, say, type Phrase } from "./phrase.ts";
import { groupBy, sum } from "./sums.ts";
import { readPayers, readYields, type Yield } from "./yields.ts";

/** Says what restaking paid: how many ended worse than plain staking, and for one of them who and what made the difference. */
export function answerYields(record: RunRecord): Phrase[] {
  const yields = readYields(record).filter(({ capital }) => capital > 0n);
  if (yields.every(({ income, plainStaking }) => plainStaking === 0n && sum(income.values()) === 0n)) return [];
  const behind = yields.filter((item) => item.net < item.plainStaking);
  const told = protagonistOf(record, behind);
  return [
    say`${behind.length.toString()} of ${plural(yields.length, "participant")} ended worse than plain staking.`,
    ...(told === undefined ? [] : tell(record, told)),
  ];
}

/** The one whose story the run tells: a staker that is a population of its own; else who fell furthest behind. */
function protagonistOf(record: RunRecord, behind: readonly Yield[]): Yield | undefined {
  const populations = groupBy(record.participants, ({ population }) => population);
  const isAlone = ({ name, population }: Yield): boolean =>
    populations.get(population)?.length === 1 &&
    record.participants.some(({ id, role }) => id === name && role === "staker");
  const furthest = [...behind].sort(
    (a, b) => compareBigint(a.net - a.plainStaking, b.net - b.plainStaking) || compareText(a.name, b.name),
  );
  return furthest.find(isAlone) ?? furthest[0];
}

function tell(record: RunRecord, item: Yield): Phrase[] {
  const income = readPayers(record)
    .map((payer) => ({ payer, amount: item.income.get(payer) ?? 0n }))
    .filter(({ amount }) => amount !== 0n)
    .map(({ payer, amount }) => say`${amount} from ${payer}`);
  const losses = lossesOf(record, item.name);
  const earned = income.length === 0 ? say`nothing` : joinPhrases(income);
  const lost = losses.length === 0 ? [] : [" and lost ", ...joinPhrases(losses.map(({ words }) => words))];
  const short = item.plainStaking - item.net;
  const without = item.net + sum(losses.map(({ amount }) => amount)) - item.plainStaking;
  return [
    [
      ...say`${item.name} earned `,
      ...earned,
      ...lost,
      ": ",
      ...say`net ${item.net}, where plain staking paid ${item.plainStaking}; ${short} less.`,
    ],
    ...(losses.length > 0 && without > 0n ? [say`Without the slash it would have been ahead by ${without}.`] : []),
  ];
}

function lossesOf(record: RunRecord, participant: string): { readonly amount: bigint; readonly words: Phrase }[] {
  const earning = record.earnings.find((item) => item.participant === participant);
  return (earning?.losses ?? []).map(({ slash: id, amount }) => {
    const slash = record.slashes.find((item) => item.id === id);
    const rule = record.cases.find((item) => item.slash === id)?.rule ?? slash?.cause ?? "unknown";
    return { amount: BigInt(amount), words: say`${BigInt(amount)} to ${slash?.set ?? id} by its rule ${rule}` };
  });
}
