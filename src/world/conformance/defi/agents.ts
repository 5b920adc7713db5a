import type { DefiKind } from "./kind.ts";

export const agentKinds: readonly DefiKind[] = [];
