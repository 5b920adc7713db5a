import type { DefiKind } from "./kind.ts";

/** Cases about CDPs, stability pool, redemption, isolated markets. */
export const creditKinds: readonly DefiKind[] = [];
