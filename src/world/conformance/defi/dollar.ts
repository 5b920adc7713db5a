import { fundKinds } from "./dollar/fund.ts";
import { redemptionKinds } from "./dollar/redemption.ts";
import { vaultKinds } from "./dollar/vault.ts";
import { windowKinds } from "./dollar/window.ts";
import type { DefiKind } from "./kind.ts";

/** Cases about the reserve-backed dollar, its swap window, gates and fund shares, and vaults by themselves. */
export const dollarKinds: readonly DefiKind[] = [...redemptionKinds, ...windowKinds, ...fundKinds, ...vaultKinds];
