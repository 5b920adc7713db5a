import { vaultOfStrategy } from "../../model/defi/nesting.ts";
import { custodianId } from "../../model/names.ts";
import { valueOf } from "../../model/view-values.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD } from "../../units/units.ts";
import { bring, claim } from "./account-book.ts";
import { between, ESCROW, NOBODY } from "./accounts.ts";
import { hold, locate, type Sheeting } from "./holdings.ts";

/** Ether, liquid staking tokens and reward tokens in wallets, and what the LST still owes to those who unstake. */
function bookWallets({ book, view }: Sheeting): void {
  for (const [id, { ether, lst, rewardTokens }] of Object.entries(view.stakers)) {
    bring(book, id, ether);
    bring(book, id, lst);
    bring(book, id, rewardTokens);
  }
  for (const [id, claimable] of Object.entries(view.rewards.claimable)) bring(book, id, claimable);
  for (const { holder, amount, claimed } of view.lst.requests) if (!claimed) bring(book, holder, amount);
}

/** Tokens of strategies that count as ether, in wallets; the wrapped LST is counted as such already. */
function bookStrategyTokens({ book, view, spec }: Sheeting): void {
  const plain = spec.strategies.filter(({ asset }) => asset === "token");
  for (const [id, { tokens }] of Object.entries(view.stakers)) {
    for (const { id: strategy } of plain) bring(book, id, tokens[strategy] ?? 0n);
  }
}

/** Contracts that hold the stake of vaults: what they have, withdrawals included, a vault's own books tell. */
function custodiansOf({ defi }: WorldSpec): ReadonlySet<string> {
  const held = (defi?.vaults ?? []).flatMap(({ id, operators }) =>
    operators.map(({ operator }) => custodianId(id, operator)),
  );
  return new Set(held);
}

/** Stake: what each strategy holds, and whose it is. */
function bookStake(at: Sheeting): void {
  const { book, view, spec } = at;
  for (const [id, { balance, etherPerToken, native }] of Object.entries(view.strategies)) {
    const vault = vaultOfStrategy(spec.strategies, id);
    // Shares of a vault are a claim on it, not ether.
    if (vault !== null) hold(at, between("strategy", id), [vault, balance]);
    else if (!native) bring(book, between("strategy", id), (balance * etherPerToken) / WAD);
  }
  const stake = (by: string, strategy: string, shares: bigint): void => {
    const capacity = valueOf(view, strategy, shares);
    if (view.strategies[strategy]?.native === true) bring(book, by, capacity);
    else claim(book, between("strategy", strategy), { by, layer: "staker", tier: 0, capacity });
  };
  for (const [id, { stakes }] of Object.entries(view.stakers)) {
    for (const [strategy, { withdrawable }] of Object.entries(stakes)) stake(id, strategy, withdrawable);
  }
  const custodians = custodiansOf(spec);
  for (const { staker, strategy, shares } of view.withdrawals) {
    if (!custodians.has(staker)) stake(staker, strategy, shares);
  }
  for (const { strategy, shares } of view.escrows) stake(ESCROW, strategy, shares);
}

/** Wrapped LST that strategies hold is found there. */
function locateStake(at: Sheeting): void {
  if (at.wrapped === null) return;
  const lst = new Set(at.spec.strategies.filter(({ asset }) => asset === "lst").map(({ id }) => id));
  for (const [id, { balance }] of Object.entries(at.view.strategies)) {
    if (lst.has(id)) locate(at, at.wrapped, balance);
  }
}

/** Tokens of the DeFi layer in wallets. */
function bookBalances(at: Sheeting): void {
  for (const [id, balances] of Object.entries(at.defi.balances)) {
    for (const [token, amount] of Object.entries(balances)) {
      if (token === at.wrapped && at.wrappedInWallets) {
        locate(at, token, amount);
      } else hold(at, id, [token, amount]);
    }
  }
}

/** Books what participants hold outside of markets. */
export function bookCore(at: Sheeting): void {
  bookWallets(at);
  bookStrategyTokens(at);
  bookStake(at);
  locateStake(at);
  bookBalances(at);
}

/** What exists of each token and was found with nobody: burned, locked for ever, or in hands that no view shows. */
export function bookNobody(at: Sheeting, waiting: ReadonlyMap<string, bigint>): void {
  for (const [token, { supply }] of Object.entries(at.defi.tokens)) {
    const missing = supply - (at.located.get(token) ?? 0n) - (waiting.get(token) ?? 0n);
    if (missing > 0n || !at.issuers.has(token)) hold(at, NOBODY, [token, missing]);
  }
}
