import { tokensOf, valueOf } from "../model/view-values.ts";
import type { View } from "../model/view.ts";
import { WAD, type Wei } from "../units/units.ts";

/** Payers that are no AVS. */
export const STAKING = "staking";
export const DONATIONS = "donations";
/** Payer of what a set's slashes send to a participant. */
export const redistributionOf = (set: string): string => `redistribution:${set}`;

/** Payer of what shares of a vault gained, or below zero lost, besides the LST's rate: fees, slashes, what others left. */
export const vaultOf = (vault: string): string => `vault:${vault}`;

/** What a participant earned and lost so far. */
export interface YieldAccount {
  capital: Wei;
  /** The capital's parts and the LST's rate when each came in: what plain staking would have bought. */
  readonly entries: { readonly amount: Wei; readonly rate: bigint }[];
  readonly income: Map<string, Wei>;
  readonly losses: Map<string, Wei>;
}

/** All accounts by participant. */
export type YieldBook = Map<string, YieldAccount>;

/** The participant's account, opened on first use. */
export function accountOf(book: YieldBook, participant: string): YieldAccount {
  const known = book.get(participant);
  if (known !== undefined) return known;
  const opened: YieldAccount = { capital: 0n, entries: [], income: new Map(), losses: new Map() };
  book.set(participant, opened);
  return opened;
}

/** Adds to one line of an account. */
export function addTo(lines: Map<string, Wei>, key: string, amount: Wei): void {
  if (amount !== 0n) lines.set(key, (lines.get(key) ?? 0n) + amount);
}

/** Ether that a participant puts to work: it counts as capital, and as bought at today's rate for the comparison. */
export function addCapital(account: YieldAccount, amount: Wei, rate: bigint): void {
  account.capital += amount;
  if (amount !== 0n) account.entries.push({ amount, rate });
}

/**
 * Value change of `shares` from one view to the next, apart by cause: the LST's rate, the rate of the vault whose shares
 * they are, or tokens given for nothing.
 */
function priceGain(
  before: View,
  after: View,
  holding: { strategy: string; shares: bigint },
): { staking: Wei; vault: Wei; donated: Wei } {
  const { strategy, shares } = holding;
  const old = before.strategies[strategy];
  const now = after.strategies[strategy];
  if (old === undefined || now === undefined || shares === 0n) return { staking: 0n, vault: 0n, donated: 0n };
  const whole = valueOf(after, strategy, shares) - valueOf(before, strategy, shares);
  const held = tokensOf(before, strategy, shares);
  const priced = (held * now.etherPerToken) / WAD - (held * old.etherPerToken) / WAD;
  if (now.vault === undefined || before.lst.rate === 0n) return { staking: priced, vault: 0n, donated: whole - priced };
  const worth = (held * old.etherPerToken) / WAD;
  const staking = (worth * after.lst.rate) / before.lst.rate - worth;
  return { staking, vault: priced - staking, donated: whole - priced };
}

/**
 * Books what holding brought between two views: each holding of the earlier view at both views' prices.
 *
 * A change of the LST's rate is income (or, below zero, a loss) from staking, any other change of what a restaked share
 * of a vault is worth is the vault's; a strategy whose tokens grew beside its shares was given them.
 */
export function bookHoldings(book: YieldBook, before: View, after: View): void {
  const gain = (holder: string, strategy: string, shares: bigint): void => {
    const { staking, vault, donated } = priceGain(before, after, { strategy, shares });
    addTo(accountOf(book, holder).income, STAKING, staking);
    addTo(accountOf(book, holder).income, vaultOf(before.strategies[strategy]?.vault ?? ""), vault);
    addTo(accountOf(book, holder).income, DONATIONS, donated);
  };
  for (const [id, { lst, stakes }] of Object.entries(before.stakers)) {
    for (const [strategy, { withdrawable }] of Object.entries(stakes)) gain(id, strategy, withdrawable);
    if (before.lst.rate === 0n || lst === 0n) continue;
    addTo(accountOf(book, id).income, STAKING, (lst * after.lst.rate) / before.lst.rate - lst);
  }
  for (const { staker, strategy, shares } of before.withdrawals) gain(staker, strategy, shares);
}

/** A participant's result in whole wei. */
export interface YieldResult {
  readonly participant: string;
  readonly capital: Wei;
  readonly income: readonly { readonly payer: string; readonly amount: Wei }[];
  readonly losses: readonly { readonly slash: string; readonly amount: Wei }[];
  readonly net: Wei;
  readonly plainStaking: Wei;
}

/** Closes an account at the given LST rate. */
export function closeAccount(participant: string, account: YieldAccount, rate: bigint): YieldResult {
  const income = [...account.income].sort(byKey).map(([payer, amount]) => ({ payer, amount }));
  const losses = [...account.losses].map(([slash, amount]) => ({ slash, amount }));
  const earned = income.reduce((sum, { amount }) => sum + amount, 0n);
  const lost = losses.reduce((sum, { amount }) => sum + amount, 0n);
  const plain = account.entries.reduce((sum, entry) => sum + grown(entry, rate), 0n);
  return { participant, capital: account.capital, income, losses, net: earned - lost, plainStaking: plain };
}

/** What `amount` earned in plain staking since it came in. */
function grown({ amount, rate: then }: { readonly amount: Wei; readonly rate: bigint }, now: bigint): Wei {
  return then === 0n ? 0n : (amount * now) / then - amount;
}

const byKey = ([a]: readonly [string, Wei], [b]: readonly [string, Wei]): number => (a < b ? -1 : 1);
