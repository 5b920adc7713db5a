import { constantProductKinds } from "./amm/constant-product.ts";
import { stableLiquidityKinds } from "./amm/stable-liquidity.ts";
import { stableShapeKind, stableSwapKinds } from "./amm/stable-swap.ts";
import type { DefiKind } from "./kind.ts";

/** Cases about pools. */
export const ammKinds: readonly DefiKind[] = [
  ...stableSwapKinds,
  ...stableLiquidityKinds,
  stableShapeKind,
  ...constantProductKinds,
];
