import { assetRateOf, inEther, vaultOfStrategy } from "../../model/defi/nesting.ts";
import type { VaultView } from "../../model/defi/vaults.ts";
import type { Fact } from "../../model/fact.ts";
import { tokensOf } from "../../model/view-values.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD, type Wad } from "../../units/units.ts";
import { give, giveWrapped, withDefi } from "./give-tokens.ts";
import type { Dealings } from "./lines.ts";
import { mapValues, scale } from "./view-changes.ts";

type Donation = Extract<Fact, { kind: "donated" }>;

/** The same state with less of what a strategy takes in the wallet of who gave it away. */
function payDonation(spec: WorldSpec, view: WorldView, { who, strategy, tokens }: Donation): WorldView {
  const asset = spec.strategies.find(({ id }) => id === strategy)?.asset;
  if (asset === "lst") return giveWrapped(spec, view, [who, 0n - tokens]);
  const vault = vaultOfStrategy(spec.strategies, strategy);
  if (vault !== null) return withDefi(view, (defi) => give(defi, who, { [vault]: 0n - tokens }));
  const staker = view.stakers[who];
  if (staker === undefined) return view;
  const held = { ...staker.tokens, [strategy]: (staker.tokens[strategy] ?? 0n) - tokens };
  return { ...view, stakers: { ...view.stakers, [who]: { ...staker, tokens: held } } };
}

/** Stake of a vault is worth more where each share of its strategy is. */
function raise(vault: VaultView, growth: readonly [bigint, bigint], assetRate: Wad): VaultView {
  const delegated = mapValues(vault.delegated, (amount) => scale(amount, ...growth));
  const queued = scale(vault.queued, ...growth);
  const sum = (amounts: Readonly<Record<string, bigint>>): bigint =>
    Object.values(amounts).reduce((all, amount) => all + amount, 0n);
  const assets = vault.assets + sum(delegated) - sum(vault.delegated) + queued - vault.queued;
  const rate = vault.supply === 0n ? WAD : (assets * WAD) / vault.supply;
  return { ...vault, delegated, queued, assets, liveRate: inEther(rate, assetRate) };
}

function donate(spec: WorldSpec, view: WorldView, fact: Donation): WorldView | null {
  const { strategy, tokens } = fact;
  const held = view.strategies[strategy];
  if (held === undefined || held.native) return null;
  const paid = payDonation(spec, view, fact);
  const strategies = { ...view.strategies, [strategy]: { ...held, balance: held.balance + tokens } };
  const growth = [tokensOf({ strategies }, strategy, WAD * WAD), tokensOf(view, strategy, WAD * WAD)] as const;
  const vaults = mapValues(paid.defi.vaults, (vault, id) =>
    vault.strategy === strategy ? raise(vault, growth, assetRateOf(view, id)) : vault,
  );
  return { ...paid, strategies, defi: { ...paid.defi, vaults } };
}

/** What facts did to all who have stake in a strategy that somebody gave to. */
export const STAKE_DEALINGS: Dealings = {
  donated: (fact) => [
    { channel: "incentives", with: fact.strategy, by: fact.who, change: (spec, view) => donate(spec, view, fact) },
  ],
};
