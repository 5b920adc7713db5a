import type { DefiSpec } from "../../defi/defi.ts";
import type { Invariant } from "../../invariant.ts";
import { adapterVaultSharesStand } from "./adapter-vaults.ts";
import { epochVaultsAreBacked } from "./epoch-vaults.ts";
import {
  claimsAreCovered,
  isolatedDebtsAreSupplied,
  onlyUnhealthyAreLiquidated,
  removedDebtIsAccountedFor,
  seizuresStayWithinBonus,
} from "./lending.ts";
import { marketVaultSharesStand } from "./market-vaults.ts";
import { dollarsRedeemAtMostAtPar, virtualPricesNeverFall } from "./money.ts";
import { vaultQueuesAreBacked, vaultRatesStand } from "./vaults.ts";

/** Laws of the parts that a DeFi layer has. */
export function defiInvariants({
  vaults,
  lending,
  isolated,
  marketVaults,
  pools,
  dollars,
  epochVaults,
  adapterVaults,
}: DefiSpec): readonly Invariant[] {
  const credit = lending.length + isolated.length > 0;
  return [
    ...(vaults.length > 0 ? [vaultRatesStand(vaults), vaultQueuesAreBacked(vaults)] : []),
    ...(credit ? [onlyUnhealthyAreLiquidated, seizuresStayWithinBonus] : []),
    ...(lending.length > 0 ? [removedDebtIsAccountedFor, claimsAreCovered] : []),
    ...(isolated.length > 0 ? [isolatedDebtsAreSupplied] : []),
    ...(marketVaults.length > 0 ? [marketVaultSharesStand] : []),
    ...(pools.some(({ kind }) => kind === "stableSwap") ? [virtualPricesNeverFall] : []),
    ...(adapterVaults.length > 0 ? [adapterVaultSharesStand] : []),
    ...(epochVaults.length > 0 ? [epochVaultsAreBacked] : []),
    ...(dollars.length > 0 ? [dollarsRedeemAtMostAtPar] : []),
  ];
}
