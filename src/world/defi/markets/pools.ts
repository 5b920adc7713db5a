import type { BandedPool } from "../../../maths/amm/banded-swap.ts";
import type { DefiView } from "../../../model/defi/defi.ts";
import type { PoolFact, PoolSpec, PoolView } from "../../../model/defi/pools.ts";
import { WAD } from "../../../units/units.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiDomain, DefiReading, DefiWorld } from "../domain.ts";
import { fillPools, liquidityDemands } from "./liquidity.ts";
import { MARKET_LENS, markets, poolAt, poolPart } from "./market-contracts.ts";
import { edgesOf, poolParts } from "./pool-parts.ts";

/** Window of an average that its pool does not fix [s]. */
const AVERAGE_WINDOW = 1_800n;

interface PoolState {
  readonly balances: readonly bigint[];
  readonly adminFees: readonly bigint[];
  readonly rates: readonly bigint[];
  readonly supply: bigint;
  readonly amplification: bigint;
  readonly fee: bigint;
  readonly offpegMultiplier: bigint;
  readonly virtualPrice: bigint;
  readonly spot: readonly bigint[];
  readonly average: readonly bigint[];
  readonly isPaused: boolean;
}

function question(world: DefiWorld, { id, kind }: PoolSpec): Call {
  const pool = poolAt(world, id);
  const args = kind === "stableSwap" ? [pool] : [pool, AVERAGE_WINDOW];
  return { target: world.at(MARKET_LENS), data: markets.lens.encode(kind, args) };
}

/** What tells a banded pool's depth: its price, and what each band holds. */
function depthQuestions(world: DefiWorld, pool: PoolSpec): readonly Call[] {
  if (pool.kind !== "banded") return [];
  const target = poolAt(world, pool.id);
  const bands = pool.bands.map((_, k) => ({ target, data: markets.banded.encode("bandAt", [BigInt(k)]) }));
  return [{ target, data: markets.banded.encode("sqrtPriceX96", []) }, ...bands];
}

function bandsOf(world: DefiWorld, pool: PoolSpec & { kind: "banded" }, answers: readonly string[]): BandedPool {
  const [price, ...bands] = answers;
  const liquidity = bands.map((band) => {
    return (markets.banded.decode("bandAt", band)["0"] as unknown as { readonly liquidity: bigint }).liquidity;
  });
  return { edges: edgesOf(world.defi, pool), liquidity, price: BigInt(price ?? 0), feePips: pool.fee };
}

/** Who holds a pool's liquidity tokens; a banded pool has none, and one owner. */
function holdersOf(pool: PoolSpec, balances: DefiView["balances"]): Readonly<Record<string, bigint>> {
  if (pool.kind === "banded") return { [pool.provider]: WAD };
  const held = Object.entries(balances).map(([holder, own]) => [holder, own[pool.id] ?? 0n] as const);
  return Object.fromEntries(held.filter(([, amount]) => amount > 0n));
}

async function read({ world, ask, known }: DefiReading): Promise<Partial<DefiView>> {
  const { pools: specs } = world.defi;
  if (specs.length === 0) return {};
  const [states, depths] = await Promise.all([
    ask(specs.map((pool) => question(world, pool))),
    Promise.all(specs.map(async (pool) => await ask(depthQuestions(world, pool)))),
  ]);
  const { balances = {} } = await known;
  const views = specs.map((pool, at): readonly [string, PoolView] => {
    const { isPaused, ...state } = markets.lens.decode(pool.kind, states[at] ?? "")["state"] as unknown as PoolState;
    const view = { kind: pool.kind, tokens: pool.tokens, ...state, holders: holdersOf(pool, balances) };
    if (pool.kind !== "banded") return [pool.id, { ...view, paused: isPaused }];
    return [pool.id, { ...view, paused: isPaused, bands: bandsOf(world, pool, depths[at] ?? []) }];
  });
  return { pools: Object.fromEntries(views) };
}

/** Amounts that came into a pool, or left it, as an event tells. */
function amountsOf({ args }: DecodedEvent): readonly bigint[] {
  const list = args["amounts"];
  if (Array.isArray(list)) return list as readonly bigint[];
  return [args["amount0"] as bigint, args["amount1"] as bigint];
}

function tokenName(world: DefiWorld, pool: PoolSpec, address: unknown): string {
  return pool.tokens.find((token) => world.token(token) === String(address)) ?? String(address);
}

function facts(context: FactContext & { readonly world: DefiWorld }, event: DecodedEvent): readonly PoolFact[] {
  const { world } = context;
  const pool = world.defi.pools.find(({ id }) => poolAt(world, id) === event.address);
  if (pool === undefined) return [];
  const { args, name } = event;
  if (name === "Swapped") {
    return [
      {
        kind: "swapped",
        pool: pool.id,
        trader: nameOf(world, args["sender"]),
        sold: tokenName(world, pool, args["tokenIn"]),
        bought: tokenName(world, pool, args["tokenOut"]),
        amountIn: args["amountIn"] as bigint,
        amountOut: args["amountOut"] as bigint,
      },
    ];
  }
  if (name !== "LiquidityAdded" && name !== "LiquidityRemoved") return [];
  const sign = name === "LiquidityAdded" ? 1n : -1n;
  const shares = (args["minted"] ?? args["burned"] ?? args["liquidity"] ?? 0n) as bigint;
  const amounts = amountsOf(event).map((amount) => sign * amount);
  const provider = nameOf(world, args["provider"]);
  return [{ kind: "liquidityChanged", pool: pool.id, provider, amounts, shares: sign * shares }];
}

/** Pools of every curve, and the desk that owns them. */
export const pools: DefiDomain = {
  name: "pools",
  parts: poolParts,
  tokens: ({ pools: specs }) =>
    Object.fromEntries(specs.filter(({ kind }) => kind !== "banded").map(({ id }) => [id, poolPart(id)])),
  demands: liquidityDemands,
  arrange: { fund: fillPools },
  read,
  readers: (world) => world.defi.pools.map(({ id, kind }) => ({ address: poolAt(world, id), decoder: markets[kind] })),
  facts,
};
