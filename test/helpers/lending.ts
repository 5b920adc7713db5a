import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";

import lending from "../../deploy/lending.ts";

export const RAY = 10n ** 27n;
export const WAD = 10n ** 18n;
/** One dollar, as feeds count. */
export const USD = 10n ** 8n;
export const DOLLAR = 10n ** 6n;
/** The greatest number, for "all". */
export const ALL = 2n ** 256n - 1n;

/** Restrictions of a book. */
export const INACTIVE = 1n;
export const PAUSED = 2n;
export const FROZEN = 4n;
export const LTV_ZERO = 8n;
export const NOT_BORROWABLE = 16n;
export const NO_FLASH = 32n;

export const CURVE = { optimalBps: 9_000n, baseBps: 0n, slope1Bps: 270n, slope2Bps: 8_000n };
const SETTINGS = { description: "test", decimals: 8, minAnswer: -(2n ** 200n), maxAnswer: 2n ** 200n, heartbeat: 0n };
const FOREVER = 2n ** 40n;

export interface ReserveParameters {
  readonly decimals?: number;
  readonly price?: bigint;
  readonly ltvBps?: bigint;
  readonly ltBps?: bigint;
  readonly bonusBps?: bigint;
  readonly reserveFactorBps?: bigint;
  readonly liquidationFeeBps?: bigint;
  readonly supplyCap?: bigint;
  readonly borrowCap?: bigint;
  /** A curve of two slopes; without one, rates as told, none at first. */
  readonly curve?: typeof CURVE;
  /** Token's contract; by default one that anybody may mint. */
  readonly token?: "Token__MockForMarkets" | "Token__MockForLending";
}

/** An empty market with a treasury, a guardian and four users. */
export async function deployLending(connection: NetworkConnection, parameters: Record<string, bigint | number> = {}) {
  const { ethers, ignition } = connection;
  const [owner, treasury, guardian, alice, bob, carol, dave] = await ethers.getSigners();
  if (!owner || !treasury || !guardian || !alice || !bob || !carol || !dave) throw new RangeError("too few accounts");
  const policy = { treasury: treasury.address, flashFeeBps: 9n, flashTreasuryBps: 3_000n, ...parameters };
  const deployed = await ignition.deploy(lending, { parameters: { Lending: policy } });
  const book = await ethers.getContractAt("ReserveBook", deployed.book);
  const pool = await ethers.getContractAt("LendingPool", deployed.pool);
  const lens = await ethers.getContractAt("LendingLens", deployed.lendingLens);
  await book.acceptOwnership();
  await book.setPauser(guardian);
  const users = [owner, treasury, alice, bob, carol, dave];

  const now = async (): Promise<bigint> => BigInt((await ethers.provider.getBlock("latest"))?.timestamp ?? 0);
  const makeFeed = async (price: bigint, decimals = 8) => {
    const feed = await ethers.deployContract("ReportedFeed", [
      owner,
      { ...SETTINGS, decimals },
      ethers.ZeroAddress,
      0n,
    ]);
    await feed.setRound(price, await now());
    return feed;
  };

  async function list(terms: ReserveParameters = {}) {
    const { token: kind = "Token__MockForMarkets", decimals = 18, curve } = terms;
    const isFree = kind === "Token__MockForMarkets";
    const token = await ethers.deployContract("Token__MockForMarkets", [decimals]);
    const asset = isFree
      ? token
      : await ethers.getContractAt("Token__MockForMarkets", await ethers.deployContract("Token__MockForLending"));
    const feed = await makeFeed(terms.price ?? USD);
    const scripted = await ethers.deployContract("RateModel__ScriptedForIndexes");
    const kinked = await ethers.deployContract("KinkedRateModel", [owner, curve ?? CURVE]);
    const claim = await ethers.deployContract("SupplyClaim", [pool, asset]);
    const listing = {
      ...{ feed, maxAge: FOREVER, rateModel: curve === undefined ? scripted : kinked, claim },
      ...{ reserveFactorBps: terms.reserveFactorBps ?? 0n, liquidationFeeBps: terms.liquidationFeeBps ?? 0n },
      ...{ supplyCap: terms.supplyCap ?? 0n, borrowCap: terms.borrowCap ?? 0n },
      risk: { ltvBps: terms.ltvBps ?? 0n, ltBps: terms.ltBps ?? 0n, bonusBps: terms.bonusBps ?? 0n },
    };
    await book.list(asset, listing);
    for (const user of users) {
      await asset.mint(user, 10n ** 40n);
      await asset.connect(user).approve(pool, ALL);
    }
    const setPrice = async (price: bigint): Promise<void> => {
      await feed.setRound(price, await now());
    };
    return { asset, feed, claim, scripted, kinked, listing, setPrice };
  }

  return { owner, treasury, guardian, alice, bob, carol, dave, book, pool, lens, list, makeFeed, now };
}

/** Ether as collateral at 3,500 dollars, dollars to borrow: carol lends a million of them. */
export async function deployEtherAndDollars(connection: NetworkConnection, terms: ReserveParameters = {}) {
  const world = await deployLending(connection);
  const risk = { ltvBps: 7_850n, ltBps: 8_100n, bonusBps: 10_500n, liquidationFeeBps: 1_000n };
  const ether = await world.list({ price: 3_500n * USD, ...risk, ...terms });
  const dollars = await world.list({ decimals: 6, ltvBps: 7_500n, ltBps: 7_800n, bonusBps: 10_450n });
  await world.pool.connect(world.carol).supply(dollars.asset, 1_000_000n * DOLLAR, world.carol);
  return { ...world, ether, dollars };
}

export type EtherAndDollars = Awaited<ReturnType<typeof deployEtherAndDollars>>;

/** Alice supplies ether and owes dollars. */
export async function borrowAsAlice(world: EtherAndDollars, held = 10n * WAD, owed = 20_000n * DOLLAR): Promise<void> {
  const { pool, alice, ether, dollars } = world;
  await pool.connect(alice).supply(ether.asset, held, alice);
  await pool.connect(alice).borrow(dollars.asset, owed, alice);
}

/** Bob repays debt of alice for her ether. */
export async function liquidate(
  { pool, bob, alice, ether, dollars }: EtherAndDollars,
  amount = ALL,
  { receivesClaims = false, by = bob }: { readonly receivesClaims?: boolean; readonly by?: HardhatEthersSigner } = {},
) {
  return await pool.connect(by).liquidate(ether.asset, dollars.asset, alice, amount, receivesClaims);
}
