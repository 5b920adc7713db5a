import type { DefiKind } from "./kind.ts";
import { queueKinds } from "./lst/queue.ts";
import { reportKinds } from "./lst/reports.ts";

/** Cases about the liquid staking token. */
export const lstKinds: readonly DefiKind[] = [...reportKinds, ...queueKinds];
