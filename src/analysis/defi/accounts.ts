/** Account of whatever is held by nobody in the run: burned stake, locked liquidity, contracts' leftovers. */
export const NOBODY = "nobody";
/** Account of what rounding leaves between the others; may be below zero. */
export const ROUNDING_ACCOUNT = "rounding";
/** Slashed stake that has not left yet. */
export const ESCROW = "escrow";

/** Accounts that stand between parties: what they have is owed to somebody. */
const BETWEEN = [
  "strategy",
  "vault",
  "pool",
  "dollar",
  "junior",
  "reserve",
  "insurance",
  "position",
  "isolated",
  "marketVault",
  "epochVault",
  "adapterVault",
  "cdp",
  "branch",
  "stability",
] as const;

export type Between = (typeof BETWEEN)[number];

/** Name of an account in between, such as `reserve:core/weth`. */
export function between(kind: Between, ...path: readonly string[]): string {
  return `${kind}:${path.join("/")}`;
}

/** Kind of an account in between; null for a party. */
export function betweenKind(account: string): Between | null {
  return BETWEEN.find((kind) => account.startsWith(`${kind}:`)) ?? null;
}

/** Institutions are parties of their own. */
export const treasuryOf = (market: string): string => `treasury of ${market}`;
export const feesOf = (pool: string): string => `fees of ${pool}`;
export const bufferOf = (dollar: string): string => `buffer of ${dollar}`;
export const backstopOf = (dollar: string): string => `backstop of ${dollar}`;
/** What an account in between has left beyond rounding: its own. */
export const surplusOf = (account: string): string => `surplus of ${account.replace(":", " ")}`;
/** What an account in between owes and nobody is left to bear. */
export const unpaidBy = (account: string): string => `unpaid by ${account.replace(":", " ")}`;
