import type { Wad, Wei } from "../../units/units.ts";
import type { DefiView } from "../defi/defi.ts";
import { owedTo } from "../defi/epoch-vaults.ts";
import { walletOf } from "../defi/prices.ts";
import { worthOf } from "../defi/worth.ts";
import { defineMetric, type Metric } from "../metric.ts";

type Amounts = Readonly<Record<string, bigint>>;

function sum(view: DefiView, amounts: Amounts): Wei {
  return Object.entries(amounts).reduce((all, [token, amount]) => all + worthOf(view, token, amount), 0n);
}

/** What somebody has in pooled and isolated markets, debts subtracted. */
function inMarkets(view: DefiView, who: string): Wei {
  let worth = 0n;
  for (const { accounts, insurance } of Object.values(view.lending)) {
    const account = accounts[who];
    if (account !== undefined) worth += sum(view, account.supplied) - sum(view, account.borrowed);
    for (const [token, { stakers }] of Object.entries(insurance)) {
      worth += worthOf(view, token, stakers[who]?.assets ?? 0n);
    }
  }
  for (const { loan, collateral, positions } of Object.values(view.isolated)) {
    const position = positions[who];
    if (position === undefined) continue;
    worth += worthOf(view, loan, position.supplied) - worthOf(view, loan, position.borrowed);
    worth += worthOf(view, collateral, position.collateral);
  }
  return worth;
}

/** What somebody has with branches of debt, debts subtracted. */
function inBranches(view: DefiView, who: string): Wei {
  let worth = 0n;
  for (const [cdp, { branches }] of Object.entries(view.cdps)) {
    for (const { collateral, troves, pool, surplus } of Object.values(branches)) {
      const trove = troves[who];
      const deposit = pool.deposits[who];
      worth += worthOf(view, collateral, (trove?.collateral ?? 0n) + (deposit?.gain ?? 0n) + (surplus[who] ?? 0n));
      const dollars = (deposit?.compounded ?? 0n) + (deposit?.income ?? 0n);
      worth += worthOf(view, cdp, dollars) - worthOf(view, cdp, trove?.debt ?? 0n);
    }
  }
  return worth;
}

/** What somebody has in the tranches that bear a dollar's losses first. */
function inTranches(view: DefiView, who: string): Wei {
  let worth = 0n;
  for (const { junior, juniorHolders, settlement } of Object.values(view.dollars)) {
    const shares = Object.values(juniorHolders).reduce((all, own) => all + own, 0n);
    if (shares > 0n) worth += worthOf(view, settlement, (junior * (juniorHolders[who] ?? 0n)) / shares);
  }
  return worth;
}

/** What somebody has in the lines of vaults with adapters: shares that wait, and what it may claim. */
function inLines(view: DefiView, who: string): Wei {
  return Object.entries(view.adapterVaults).reduce((worth, [id, { asset, requests }]) => {
    const own = requests.filter(({ holder }) => holder === who);
    return own.reduce(
      (all, { waiting, claimable }) => all + worthOf(view, id, waiting) + worthOf(view, asset, claimable),
      worth,
    );
  }, 0n);
}

/** What somebody has staked in vaults with epochs, withdrawals that it has not claimed included. */
function inEpochVaults(view: DefiView, who: string): Wei {
  return Object.values(view.epochVaults).reduce((worth, vault) => {
    const holder = vault.holders[who];
    return holder === undefined ? worth : worth + worthOf(view, vault.asset, owedTo(vault, holder));
  }, 0n);
}

/** What somebody waits for: requests of vaults, dollars and funds. */
function inQueues(view: DefiView, who: string, wrapped: Wad): Wei {
  let worth = 0n;
  for (const { requests } of Object.values(view.vaults)) {
    for (const { holder, payable } of requests) if (holder === who) worth += (payable * wrapped) / 10n ** 18n;
  }
  for (const [dollar, { queue, settlement }] of Object.entries(view.dollars)) {
    for (const { holder, amount, filled, claimable } of queue) {
      if (holder === who) worth += worthOf(view, dollar, amount - filled) + worthOf(view, settlement, claimable);
    }
  }
  for (const [fund, { orders, settlement }] of Object.entries(view.funds)) {
    for (const { holder, side, amount } of orders) {
      if (holder === who) worth += worthOf(view, side === "subscribe" ? settlement : fund, amount);
    }
  }
  return worth;
}

/**
 * True worth of everything that a participant has in the DeFi layer: wallet, markets, branches and queues, debts
 * subtracted [wei]; below zero where it owes more than it has.
 *
 * @param wrapped - Ether per wrapped liquid staking token, in which vaults pay [WAD].
 */
export function netWorth(view: DefiView, who: string, wrapped: Wad): Wei {
  const owed = inMarkets(view, who) + inBranches(view, who) + inEpochVaults(view, who) + inLines(view, who);
  return sum(view, view.balances[who] ?? {}) + owed + inTranches(view, who) + inQueues(view, who, wrapped);
}

/** True worth of everything that a population has in the DeFi layer, debts subtracted. */
export function netWorthOf<const P extends string>(population: P): Metric<"wei", P> {
  return defineMetric<"wei", P>({
    unit: "wei",
    description: `what ${population} have in the DeFi layer, debts subtracted, at true worth`,
    parts: () => ({ population }),
    read: ({ view, members }) =>
      members(population).reduce((all, id) => all + netWorth(view.defi, id, view.lst.rate), 0n),
  });
}

/** True worth of one token in the wallets of a population. */
export function tokenValue<const P extends string>(options: {
  readonly of: P;
  readonly token: string;
}): Metric<"wei", P> {
  return defineMetric<"wei", P>({
    unit: "wei",
    description: `worth of ${options.token} in the wallets of ${options.of}`,
    parts: () => ({ population: options.of, token: options.token }),
    read: ({ view: { defi }, members }) => {
      const held = members(options.of).reduce((all, id) => all + walletOf(defi, id, options.token), 0n);
      return worthOf(defi, options.token, held);
    },
  });
}

/** Smallest parts of one token in the wallets of a population. */
export function holdings<const P extends string>(options: {
  readonly of: P;
  readonly token: string;
}): Metric<"count", P> {
  return defineMetric<"count", P>({
    unit: "count",
    description: `smallest parts of ${options.token} in the wallets of ${options.of}`,
    parts: () => ({ population: options.of, token: options.token }),
    read: ({ view: { defi }, members }) =>
      members(options.of).reduce((all, id) => all + walletOf(defi, id, options.token), 0n),
  });
}
