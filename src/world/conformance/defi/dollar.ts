import type { DefiKind } from "./kind.ts";

/** Cases about the reserve-backed dollar, its swap window, gates and fund shares. */
export const dollarKinds: readonly DefiKind[] = [];
