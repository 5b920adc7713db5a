import type { FundView } from "../../model/defi/dollars.ts";
import { vaultOfStrategy } from "../../model/defi/nesting.ts";
import { worthOf } from "../../model/defi/worth.ts";
import { valueOf } from "../../model/view-values.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD, type Wei } from "../../units/units.ts";

const sum = (values: readonly Wei[]): Wei => values.reduce((total, value) => total + value, 0n);

/** Tokens that are worth something by themselves, by all that exists of them. */
function tokenAssets({ defi }: WorldSpec, view: WorldView): Wei {
  const own = [...(defi?.tokens ?? []), ...(defi?.funds ?? [])];
  return sum(own.map(({ id }) => worthOf(view.defi, id, view.defi.tokens[id]?.supply ?? 0n)));
}

/** Money at a fund's teller that stands behind its shares: what subscribers still own there is not among it. */
export function fundMoney(fund: FundView | undefined): bigint {
  if (fund === undefined) return 0n;
  const waiting = fund.orders.filter(({ side }) => side === "subscribe").map(({ amount }) => amount);
  return fund.liquidity - sum(waiting);
}

/** What dollars have lent out for a term, at its mark, and fund shares that were handed in. */
function outsideAssets({ defi }: WorldSpec, view: WorldView): Wei {
  const terms = (defi?.dollars ?? []).map(({ id, settlement }) =>
    worthOf(view.defi, settlement, view.defi.dollars[id]?.termMarked ?? 0n),
  );
  const orders = (defi?.funds ?? []).flatMap(({ id }) =>
    (view.defi.funds[id]?.orders ?? []).map(({ side, amount }) =>
      side === "redeem" ? worthOf(view.defi, id, amount) : 0n,
    ),
  );
  const money = (defi?.funds ?? []).map(({ id, settlement }) =>
    worthOf(view.defi, settlement, fundMoney(view.defi.funds[id])),
  );
  return sum([...terms, ...orders]) - sum(money);
}

/** Wrapped LST of vaults, where no token of the layer stands for it; shares of other vaults are none. */
function vaultAssets({ defi, strategies }: WorldSpec, view: WorldView): Wei {
  return sum(
    (defi?.vaults ?? []).map(({ id, strategy }) => {
      const vault = view.defi.vaults[id];
      if (vault === undefined || vaultOfStrategy(strategies, strategy) !== null) return 0n;
      const staked = sum([...Object.values(vault.delegated), vault.queued]);
      return ((vault.assets + vault.owed - staked) * view.lst.rate) / WAD;
    }),
  );
}

function stakeAssets(view: WorldView, counted: ReadonlySet<string>): Wei {
  const held = Object.entries(view.strategies).map(([id, { balance, etherPerToken, native }]) =>
    native || counted.has(id) ? 0n : (balance * etherPerToken) / WAD,
  );
  const native = Object.entries(view.strategies).flatMap(([id, strategy]) => {
    if (!strategy.native) return [];
    const stakes = Object.values(view.stakers).map(({ stakes: own }) => own[id]?.withdrawable ?? 0n);
    const queued = view.withdrawals.map((item) => (item.strategy === id ? item.shares : 0n));
    const escrowed = view.escrows.map((item) => (item.strategy === id ? item.shares : 0n));
    return [...stakes, ...queued, ...escrowed].map((shares) => valueOf(view, id, shares));
  });
  return sum([...held, ...native]);
}

/**
 * Ether that really is there: in wallets, behind liquid staking tokens, and what tokens from outside are worth. Counted
 * by tokens and reserves, without a look at who owns them.
 */
export function realAssets(spec: WorldSpec, view: WorldView): Wei {
  const wrapped = spec.defi?.tokens.find(({ kind }) => kind === "wrappedLst")?.id;
  const shares = spec.strategies.filter(({ asset }) => asset === "share").map(({ id }) => id);
  const lst = spec.strategies.filter(({ asset }) => asset === "lst").map(({ id }) => id);
  const wallets = Object.values(view.stakers).flatMap(({ ether, lst: liquid, rewardTokens, tokens }) => [
    ether,
    liquid,
    rewardTokens,
    ...spec.strategies.map(({ id, asset }) => (asset === "token" ? (tokens[id] ?? 0n) : 0n)),
  ]);
  const unstaking = view.lst.requests.map(({ amount, claimed }) => (claimed ? 0n : amount));
  const twice =
    wrapped === undefined || lst.length === 0
      ? []
      : Object.values(view.defi.balances).map((balances) => worthOf(view.defi, wrapped, balances[wrapped] ?? 0n));
  return (
    sum([...wallets, ...unstaking, ...Object.values(view.rewards.claimable)]) -
    sum(twice) +
    stakeAssets(view, new Set(wrapped === undefined ? shares : [...lst, ...shares])) +
    (wrapped === undefined ? vaultAssets(spec, view) : 0n) +
    tokenAssets(spec, view) +
    outsideAssets(spec, view)
  );
}
