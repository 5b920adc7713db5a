import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import type { PoolAction, PoolSpec } from "../../../model/defi/pools.ts";
import { WAD } from "../../../units/units.ts";
import type { ActionContext, PreparedAction } from "../../actions/prepared-action.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import { addLiquidityCalls, allow } from "./liquidity.ts";
import { DESK, markets, poolAt, poolOf } from "./market-contracts.ts";

type Context = ActionContext & { readonly world: DefiWorld };
type Wanted<T extends PoolAction["type"]> = Extract<PoolAction, { type: T }>;

/** Gas of moving liquidity. */
const LIQUIDITY_GAS = 12_000_000n;

function specOf(world: DefiWorld, action: PoolAction): PoolSpec {
  const pool = poolOf(world, action.pool);
  if (pool === undefined) throw new ActionInvalidError(action.type, "pool", action.pool);
  return pool;
}

function swap({ world, actor }: Context, action: Wanted<"swap">): PreparedAction {
  const { id } = specOf(world, action);
  const args = [world.token(action.sell), world.token(action.buy), action.amount, action.minOut, actor];
  const sell = { target: poolAt(world, id), data: markets.stableSwap.encode("swap", args) };
  return { calls: [allow(world, id, { token: action.sell, amount: action.amount }), sell] };
}

async function addLiquidity({ world, actor, ask }: Context, action: Wanted<"addLiquidity">): Promise<PreparedAction> {
  const pool = specOf(world, action);
  const price =
    pool.kind === "banded"
      ? await askNumber(ask, { target: poolAt(world, pool.id), data: markets.banded.encode("sqrtPriceX96", []) })
      : WAD;
  const calls = addLiquidityCalls(world, pool, { amounts: action.amounts, to: actor, price });
  return { calls, gasLimit: LIQUIDITY_GAS };
}

async function askNumber(ask: Context["ask"], call: Call): Promise<bigint> {
  return BigInt(await ask(call));
}

/** A part of the provider's liquidity in every band; `shares` counts the whole of it as {@link WAD}. */
async function removeBands({ world, actor, ask }: Context, pool: PoolSpec & { kind: "banded" }, shares: bigint) {
  const target = poolAt(world, pool.id);
  const calls: Call[] = [];
  for (const [k] of pool.bands.entries()) {
    const band = BigInt(k);
    const answer = await ask({ target, data: markets.banded.encode("positionOf", [actor, band]) });
    const position = markets.banded.decode("positionOf", answer)["0"] as { readonly liquidity: bigint };
    const liquidity = (position.liquidity * shares) / WAD;
    if (liquidity > 0n)
      calls.push({ target, data: markets.banded.encode("removeLiquidity", [band, liquidity, actor]) });
  }
  return calls;
}

async function removeLiquidity(context: Context, action: Wanted<"removeLiquidity">): Promise<PreparedAction> {
  const { world, actor } = context;
  const pool = specOf(world, action);
  const { shares, into } = action;
  const target = poolAt(world, pool.id);
  const done = (calls: readonly Call[]): PreparedAction => ({ calls, gasLimit: LIQUIDITY_GAS });
  if (into !== null) {
    if (pool.kind !== "stableSwap") throw new ActionInvalidError(action.type, "into", into);
    const args = [shares, world.token(into), 0n, actor];
    return done([{ target, data: markets.stableSwap.encode("removeLiquidityOne", args) }]);
  }
  switch (pool.kind) {
    case "stableSwap": {
      const least = pool.tokens.map(() => 0n);
      return done([{ target, data: markets.stableSwap.encode("removeLiquidity", [shares, least, actor]) }]);
    }
    case "constantProduct":
      return done([{ target, data: markets.constantProduct.encode("removeLiquidity", [shares, 0n, 0n, actor]) }]);
    case "banded":
      return done(await removeBands(context, pool, shares));
  }
}

/** What can be wanted of pools. */
export const poolPreparers: DomainPreparers<PoolAction["type"]> = {
  swap,
  addLiquidity,
  removeLiquidity,
  rampAmplification: ({ world }, action) => {
    const args = [poolAt(world, specOf(world, action).id), action.target, action.over];
    return { calls: [{ target: world.at(DESK), data: markets.desk.encode("ramp", args) }] };
  },
};
