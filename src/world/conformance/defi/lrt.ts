import type { DefiKind } from "./kind.ts";
import { guardKinds } from "./lrt/guard.ts";
import { navKinds } from "./lrt/nav.ts";
import { slashKinds } from "./lrt/slash.ts";

/** Cases about liquid restaking tokens: NAV, exit fees, guards, and slashing above them. */
export const lrtKinds: readonly DefiKind[] = [...guardKinds, ...navKinds, ...slashKinds];
