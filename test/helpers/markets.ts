import type { NetworkConnection } from "hardhat/types/network";

export const WAD = 10n ** 18n;

/** Accounts and two tokens, of which the first two accounts hold plenty. */
export async function deployTokens(connection: NetworkConnection, decimals: readonly number[] = [18, 18]) {
  const { ethers } = connection;
  const [owner, alice, bob] = await ethers.getSigners();
  if (!owner || !alice || !bob) throw new RangeError("the network has too few accounts");
  const tokens = await Promise.all(decimals.map((places) => ethers.deployContract("Token__MockForMarkets", [places])));
  for (const token of tokens) {
    await token.mint(owner, 10n ** 36n);
    await token.mint(alice, 10n ** 36n);
  }
  const [first, second] = tokens;
  if (!first || !second) throw new RangeError("a market needs two tokens");
  return { owner, alice, bob, tokens, first, second };
}

export interface StableSwapParameters {
  readonly balances?: readonly bigint[];
  readonly rates?: readonly bigint[];
  readonly decimals?: readonly number[];
  readonly amp?: bigint;
  readonly fee?: bigint;
  readonly offpegMultiplier?: bigint;
  readonly window?: bigint;
}

/** A StableSwap pool whose first deposit is `balances`, made by the owner; every coin is its own rate source. */
export async function deployStableSwap(connection: NetworkConnection, parameters: StableSwapParameters = {}) {
  const { ethers } = connection;
  const balances = parameters.balances ?? [1_000_000n * WAD, 1_000_000n * WAD];
  const world = await deployTokens(connection, parameters.decimals ?? balances.map(() => 18));
  const { owner, alice, tokens } = world;
  for (const [k, rate] of (parameters.rates ?? []).entries()) await tokens[k]?.setRate(rate);

  const addresses = await Promise.all(tokens.map(async (token) => await token.getAddress()));
  const terms = {
    coins: addresses,
    rateSources: addresses,
    amp: parameters.amp ?? 20_000n,
    fee: parameters.fee ?? 4_000_000n,
    offpegMultiplier: parameters.offpegMultiplier ?? 0n,
    window: parameters.window ?? 866n,
  };
  const pool = await ethers.deployContract("StableSwapPool", [owner, terms]);
  for (const token of tokens) {
    await token.connect(owner).approve(pool, ethers.MaxUint256);
    await token.connect(alice).approve(pool, ethers.MaxUint256);
  }
  if (balances.some((balance) => balance > 0n)) await pool.addLiquidity([...balances], 0, owner);
  return { ...world, pool, terms };
}

/** A constant-product pool with a first deposit by the owner. */
export async function deployConstantProduct(
  connection: NetworkConnection,
  parameters: { readonly amounts?: readonly [bigint, bigint]; readonly decimals?: readonly number[] } = {},
) {
  const { ethers } = connection;
  const world = await deployTokens(connection, parameters.decimals ?? [6, 18]);
  const { owner, alice, tokens, first, second } = world;
  const pool = await ethers.deployContract("ConstantProductPool", [owner, first, second]);
  for (const token of tokens) {
    await token.connect(owner).approve(pool, ethers.MaxUint256);
    await token.connect(alice).approve(pool, ethers.MaxUint256);
  }
  const [amount0, amount1] = parameters.amounts ?? [10n ** 12n, 500n * WAD];
  if (amount0 > 0n) await pool.addLiquidity(amount0, amount1, 0, owner);
  return { ...world, pool };
}

/** Settings of a price feed with eight decimals, wide bounds and an hour's heartbeat. */
export const FEED_SETTINGS = {
  description: "TEST / USD",
  decimals: 8,
  minAnswer: -(10n ** 30n),
  maxAnswer: 10n ** 30n,
  heartbeat: 3_600n,
};
