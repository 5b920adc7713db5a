import type { DefiKind } from "./kind.ts";

export const lstKinds: readonly DefiKind[] = [];
