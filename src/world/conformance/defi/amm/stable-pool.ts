import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import type { DefiVector } from "../vector.ts";

const WAD = 10n ** 18n;
/** More than any pool of a case holds. */
const PLENTY = 2n ** 200n;

/** What a case says of a StableSwap pool. */
export interface StablePoolTerms {
  readonly balances: readonly bigint[];
  readonly rates: readonly bigint[];
  readonly amp: bigint;
  readonly fee: bigint;
  readonly multiplier: bigint;
  /** Liquidity outstanding, where it is not the invariant of the balances. */
  readonly supply: bigint | undefined;
}

/** A StableSwap pool on the ground, with its coins. */
export interface StablePool {
  readonly pool: Deployed;
  readonly coins: readonly Deployed[];
}

/** Reads `A=200 1M/1M` and the like. */
function fromWords(text: string): { readonly amp?: bigint; readonly balances?: readonly bigint[] } {
  const amplification = /\bA\s*=\s*(\d+)/.exec(text)?.[1];
  const sizes = /(\d+(?:\.\d+)?[kM]?(?:\/\d+(?:\.\d+)?[kM]?)+)/.exec(text)?.[1];
  const scale: Readonly<Record<string, bigint>> = { k: 10n ** 21n, M: 10n ** 24n };
  const balances = sizes?.split("/").map((size) => {
    const [, whole = "0", decimals = "", unit = ""] = /^(\d+)(?:\.(\d+))?([kM]?)$/.exec(size) ?? [];
    return (BigInt(whole + decimals) * (scale[unit] ?? WAD)) / 10n ** BigInt(decimals.length);
  });
  return {
    ...(amplification === undefined ? {} : { amp: BigInt(amplification) * 100n }),
    ...(balances === undefined ? {} : { balances }),
  };
}

/** What a case says of its pool; what it leaves out is at its customary value. */
export function stablePoolTerms(vector: DefiVector): StablePoolTerms {
  const inputs = new Inputs(vector);
  const words = fromWords(inputs.text("like", "pool"));
  const balances = inputs.has("balances", "xp")
    ? inputs.integers("balances", "xp")
    : (words.balances ?? inputs.integers("balances", "pool"));
  return {
    balances,
    rates: inputs.integersOr(
      balances.map(() => WAD),
      "rates",
    ),
    amp: inputs.integerOr(words.amp ?? 20_000n, "amp", "A100"),
    fee: inputs.integerOr(4_000_000n, "fee"),
    multiplier: inputs.integerOr(0n, "mult", "offpegMultiplier", "offpegFeeMultiplier"),
    supply: inputs.has("supply", "totalSupply") ? inputs.integer("supply", "totalSupply") : undefined,
  };
}

/** A coin of its own for every rate. */
async function makeCoins(ground: Ground, rates: readonly bigint[]): Promise<readonly Deployed[]> {
  const coins: Deployed[] = [];
  for (const rate of rates) {
    const coin = await ground.token();
    if (rate !== WAD) await coin.must("deployer", ["setRate", rate]);
    coins.push(coin);
  }
  return coins;
}

/**
 * Deploys the pool that a case describes, its liquidity held by `provider`; a trader holds plenty of every coin.
 *
 * @param given - Coins that are there already, their rates set.
 */
export async function deployStablePool(
  ground: Ground,
  terms: StablePoolTerms,
  given?: readonly Deployed[],
): Promise<StablePool> {
  const coins = given ?? (await makeCoins(ground, terms.rates));
  const owner = await ground.actor("owner");
  const { amp, fee, multiplier: offpegMultiplier } = terms;
  const parts = { coins, rateSources: coins, amp, fee, offpegMultiplier, window: 866n };
  const pool = await ground.deploy("StableSwapPool", [owner, parts]);
  for (const actor of ["provider", "trader"]) {
    for (const coin of coins) {
      await coin.must(actor, ["mint", await ground.actor(actor), PLENTY]);
      await coin.must(actor, ["approve", pool, PLENTY]);
    }
  }
  if (terms.balances.some((balance) => balance > 0n)) {
    await pool.must("provider", ["addLiquidity", terms.balances, 0n, await ground.actor("provider")]);
    const minted = await pool.number("totalSupply");
    if (terms.supply !== undefined && terms.supply !== minted) await ground.force(pool, "totalSupply", terms.supply);
  }
  return { pool, coins };
}

/** Spot prices of every coin in the first one, once scaled by their rates, by the names that cases use. */
export async function spotPrices(
  { pool, coins }: StablePool,
  rates: readonly bigint[],
): Promise<Record<string, bigint>> {
  const prices: Record<string, bigint> = {};
  for (const [k, coin] of coins.entries()) {
    if (k === 0) continue;
    const price = await pool.number("spotPrice", coin, coins[0]);
    prices[`priceCoin${k}`] = price;
    const isScaled = rates[k] === WAD && rates[0] === WAD;
    prices[`spotPriceCoin${k}`] = isScaled ? price : (price * (rates[0] ?? WAD)) / (rates[k] ?? WAD);
  }
  return prices;
}
