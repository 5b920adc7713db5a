import type { DefiKind } from "./kind.ts";

/** Cases about liquid restaking tokens: NAV, exit fees, guards, and slashing above them. */
export const lrtKinds: readonly DefiKind[] = [];
