import type { DefiKind } from "./kind.ts";

/** Cases about pooled and isolated lending, interest, liquidation, deficits. */
export const lendingKinds: readonly DefiKind[] = [];
