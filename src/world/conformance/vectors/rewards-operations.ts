import type { Operation } from "./operations.ts";

/** Operations on rewards. */
export const rewardsOperations: Readonly<Record<string, Operation>> = {};
