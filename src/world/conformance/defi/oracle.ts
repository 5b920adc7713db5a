import type { DefiKind } from "./kind.ts";

export const oracleKinds: readonly DefiKind[] = [];
