import type { NetworkConnection } from "hardhat/types/network";

import { deployStableSwap, WAD } from "./markets.ts";

const ONE = 100_000_000n;

/** A pooled market of two coins of a StableSwap pool, each listed at a reported price; the owner supplied both. */
export async function deployFlashMarket(connection: NetworkConnection) {
  const { ethers } = connection;
  const world = await deployStableSwap(connection, { balances: [4_000n * WAD, 4_000n * WAD], fee: 0n });
  const { owner, alice, bob, pool: market } = world;
  const [debt, collateral] = [world.first, world.second];
  const policy = { treasury: bob, flashFeeBps: 5n, flashTreasuryBps: 5_000n, closeFactor: 0, closeFactorBps: 5_000n };
  const book = await ethers.deployContract("ReserveBook", [owner, policy]);
  const pool = await ethers.deployContract("LendingPool", [book]);
  await book.wire(pool);
  const curve = { optimalBps: 9_000n, baseBps: 0n, slope1Bps: 0n, slope2Bps: 0n };
  const rateModel = await ethers.deployContract("KinkedRateModel", [owner, curve]);
  const settings = { description: "test", decimals: 8, minAnswer: 0n, maxAnswer: 10n ** 30n, heartbeat: 0n };
  const list = async (token: typeof debt, ltBps: bigint) => {
    const feed = await ethers.deployContract("ReportedFeed", [owner, settings, ethers.ZeroAddress, 0n]);
    const { timestamp } = (await ethers.provider.getBlock("latest")) ?? { timestamp: 0 };
    await feed.setRound(2_000n * ONE, timestamp);
    const claim = await ethers.deployContract("SupplyClaim", [pool, token]);
    const caps = { reserveFactorBps: 0n, liquidationFeeBps: 0n, supplyCap: 0n, borrowCap: 0n };
    const risk = { ltvBps: ltBps === 0n ? 0n : ltBps - 200n, ltBps, bonusBps: ltBps === 0n ? 0n : 10_100n };
    await book.list(token, { feed, maxAge: 10n ** 9n, rateModel, claim, ...caps, risk });
    for (const account of [owner, alice]) await token.connect(account).approve(pool, ethers.MaxUint256);
    return { feed, claim };
  };
  const debtSide = await list(debt, 0n);
  const collateralSide = await list(collateral, 9_500n);
  await pool.supply(debt, 10_000n * WAD, owner);
  const setPrice = async (price: bigint): Promise<void> => {
    const { timestamp } = (await ethers.provider.getBlock("latest")) ?? { timestamp: 0 };
    await collateralSide.feed.setRound(price, timestamp);
  };
  return { ...world, market, pool, book, debt, collateral, claim: collateralSide.claim, debtSide, setPrice };
}

/** Alice owes `owed` of the debt token against `held` collateral. */
export async function borrowAsAlice(
  world: Awaited<ReturnType<typeof deployFlashMarket>>,
  { held, owed }: { readonly held: bigint; readonly owed: bigint },
): Promise<void> {
  const { pool, alice, collateral, debt } = world;
  await pool.connect(alice).supply(collateral, held, alice);
  await pool.connect(alice).borrow(debt, owed, alice);
}
