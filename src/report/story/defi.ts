import { formatFixed } from "../format/ether.ts";
import { compareBigint, plural } from "../format/text.ts";
import type { RunDefi, RunLiquidation, RunRecord } from "../run-record.ts";
import { joinPhrases, say, type Phrase } from "./phrase.ts";
import { addTo, sum } from "./sums.ts";

/** Names of the layers that bear losses. */
export const DEFI_LAYERS: Readonly<Record<string, string>> = {
  wallet: "own dealings",
  staker: "restaked stake",
  lrtHolder: "restaking token holders",
  provider: "pool providers",
  borrower: "borrowers",
  insurance: "insurance",
  supplier: "suppliers",
  treasury: "treasury",
  stability: "stability pool",
  buffer: "buffer",
  junior: "junior tranche",
  backstop: "backstop",
  dollarHolder: "dollar holders",
};

/** Names of the causes of gains and losses. */
export const CHANNEL_NAMES: Readonly<Record<string, string>> = {
  staking: "staking",
  avsFees: "AVS fees",
  slash: "slash",
  price: "dollar's price",
  reserve: "reserve marked anew",
  fundIncome: "fund income",
  interest: "interest",
  trading: "trading",
  swapFees: "swap fees",
  liquidation: "liquidation",
  badDebt: "bad debt",
  cover: "deficit cover",
  redemption: "redemption",
  incentives: "incentives",
  unbackedMint: "unbacked mint",
  transfers: "transfers",
  revaluation: "not told by facts",
  rounding: "rounding",
};

/** The DeFi layer's story in numbers. */
export interface DefiStory {
  readonly defi: RunDefi;
  readonly done: readonly RunLiquidation[];
  /** Attempts that failed, by reason, the most frequent first. */
  readonly failed: readonly { readonly reason: string; readonly count: number }[];
  /** What slashes of vaults in the layer took, those of the restaking core apart [wei]. */
  readonly slashed: bigint;
  readonly repaid: bigint;
  readonly profit: bigint;
  /** Bad debt: booked in liquidations and deficits, and not booked yet at the end [wei]. */
  readonly booked: bigint;
  readonly hidden: bigint;
  /** Debt below health 1 at the end: it could be liquidated, and nobody did [wei]. */
  readonly underwater: bigint;
  readonly bearers: readonly { readonly layer: string; readonly amount: bigint }[];
  /** Largest discounts, by token and pool. */
  readonly discounts: readonly {
    readonly token: string;
    readonly pool: string;
    readonly peak: bigint;
    readonly end: bigint;
  }[];
}

function failures(liquidations: readonly RunLiquidation[]): DefiStory["failed"] {
  const counts = new Map<string, number>();
  for (const { result } of liquidations) if (result !== "done") counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

/** Who bore losses, by layer, the most first. */
function bearersOf({ waterfall }: RunDefi): DefiStory["bearers"] {
  const sums = new Map<string, bigint>();
  for (const { layer, amount } of waterfall) addTo(sums, layer, BigInt(amount));
  return [...sums].map(([layer, amount]) => ({ layer, amount })).sort((a, b) => compareBigint(b.amount, a.amount));
}

/** What slashes took from whoever held something; in a run without slashes of the core they are those of vaults. */
function slashedOf({ parties }: RunDefi): bigint {
  const taken = parties.flatMap(({ lines }) =>
    lines.filter(({ channel }) => channel === "slash").map(({ amount }) => BigInt(amount)),
  );
  return sum(taken.filter((amount) => amount < 0n).map((amount) => 0n - amount));
}

/** A column of the rows' DeFi part. */
export function columnOf(record: RunRecord, id: string): readonly bigint[] {
  return record.rows.map(({ defi }) => BigInt(defi?.[id] ?? 0));
}

function discountsOf(record: RunRecord, defi: RunDefi): DefiStory["discounts"] {
  return Object.entries(defi.series)
    .filter(([, { group }]) => group === "discount")
    .map(([id, { subject: token, label: pool }]) => {
      const values = columnOf(record, id);
      const peak = values.reduce((most, value) => (value > most ? value : most), values[0] ?? 0n);
      return { token, pool, peak, end: values.at(-1) ?? 0n };
    });
}

/** Reads the DeFi layer's story; null where a record has none. */
export function readDefi(record: RunRecord): DefiStory | null {
  const { defi } = record;
  if (defi === undefined) return null;
  const done = defi.liquidations.filter(({ result }) => result === "done");
  const inLiquidations = sum(done.map(({ badDebt }) => BigInt(badDebt)));
  const deficit = columnOf(record, "debt/deficit").at(-1) ?? 0n;
  return {
    defi,
    done,
    failed: failures(defi.liquidations),
    slashed: slashedOf(defi),
    repaid: sum(done.map(({ repaid }) => BigInt(repaid))),
    profit: sum(done.map(({ profit }) => BigInt(profit ?? 0))),
    booked: inLiquidations > deficit ? inLiquidations : deficit,
    hidden: columnOf(record, "debt/hidden").at(-1) ?? 0n,
    underwater: columnOf(record, "debt/underwater").at(-1) ?? 0n,
    bearers: bearersOf(defi),
    discounts: discountsOf(record, defi),
  };
}

/** Attempts that failed, in words. */
export function failureWords({ failed }: DefiStory): string {
  return failed.map(({ reason, count }) => `${count.toString()} ${reason}`).join(", ");
}

function percentOf(wad: bigint): string {
  return `${formatFixed(wad * 100n, 10n ** 18n, 1)} %`;
}

/** A twentieth of a percent [WAD]: less than that reads as zero. */
const SEEN = 5n * 10n ** 14n;

/** A discount as it stood at the end, in words: a negative one is a premium. */
export function discountAtEnd(discount: bigint): string {
  if (discount < SEEN && discount > -SEEN) return percentOf(0n);
  return discount < 0n ? `a premium of ${percentOf(0n - discount)}` : percentOf(discount);
}

/** The token that fell furthest below its worth, and how far; null where none did. */
function deepestFall({ discounts }: DefiStory): DefiStory["discounts"][number] | null {
  const [deepest] = [...discounts].sort((a, b) => compareBigint(b.peak, a.peak));
  return deepest !== undefined && deepest.peak > 0n ? deepest : null;
}

/** Falls that a headline tells [WAD]. */
const TOLD = 10n ** 16n;

/** A run without slashes, in one sentence about its markets. */
export function defiHeadline(story: DefiStory): Phrase {
  const { done, failed, repaid, booked, hidden } = story;
  const attempts = failed.reduce((count, one) => count + one.count, 0);
  const bad = booked + hidden;
  const debt = bad === 0n ? say`no bad debt is left` : say`${bad} of bad debt is left`;
  if (done.length + attempts === 0) {
    const fall = deepestFall(story);
    if (story.slashed > 0n) {
      return [...say`Slashes of vaults took ${story.slashed}, and nothing was liquidated; `, ...debt, "."];
    }
    if (fall === null || fall.peak < TOLD) return [...say`Nothing was slashed and nothing liquidated; `, ...debt, "."];
    const ended = say`, and ended at ${discountAtEnd(fall.end)}; nothing was slashed or liquidated, `;
    return [...say`${fall.token} fell to a discount of ${percentOf(fall.peak)}`, ...ended, ...debt, "."];
  }
  const tried = attempts === 0 ? "" : `, ${plural(attempts, "attempt")} failed`;
  return [...say`${plural(done.length, "liquidation")} repaid ${repaid}${tried}; `, ...debt, "."];
}

/** The DeFi layer in sentences. */
export function defiWords(story: DefiStory): readonly Phrase[] {
  const { done, failed, repaid, profit, booked, hidden, bearers } = story;
  const attempts = failed.reduce((count, one) => count + one.count, 0);
  const phrases: Phrase[] = [];
  const deepest = deepestFall(story);
  if (deepest !== null) {
    phrases.push(
      say`${deepest.token} fell to a discount of ${percentOf(deepest.peak)} on ${deepest.pool}, and ended at ${discountAtEnd(deepest.end)}.`,
    );
  }
  if (done.length + attempts === 0) phrases.push(say`Nobody tried to liquidate anything.`);
  else {
    const why = attempts === 0 ? "" : `; ${plural(attempts, "attempt")} failed (${failureWords(story)})`;
    const came = profit < 0n ? say`at a loss of ${-profit}` : say`for a profit of ${profit}`;
    phrases.push([...say`${plural(done.length, "liquidation")} repaid ${repaid} `, ...came, `${why}.`]);
  }
  const debts: Phrase[] = [
    ...(booked > 0n ? [say`${booked} of bad debt was booked`] : []),
    ...(hidden > 0n ? [say`${hidden} is owed beyond what collateral is worth, and nobody has booked it`] : []),
  ];
  phrases.push(debts.length === 0 ? say`No bad debt was left.` : [...joinPhrases(debts), "."]);
  if (story.underwater > 0n) phrases.push(say`At the end ${story.underwater} of debt stood below health 1.`);
  const told = bearers.slice(0, 4).filter(({ amount }) => amount > 0n);
  if (told.length > 0) {
    const parts = told.map(({ layer, amount }) => say`${DEFI_LAYERS[layer] ?? layer} ${amount}`);
    phrases.push(["Who bore losses: ", ...joinPhrases(parts), "."]);
  }
  return phrases;
}
