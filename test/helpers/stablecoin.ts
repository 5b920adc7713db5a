import type { NetworkConnection } from "hardhat/types/network";

import stablecoin from "../../deploy/stablecoin.ts";

/** One million of a token with six decimals. */
export const MILLION = 10n ** 12n;
export const WAD = 10n ** 18n;
export const HOUR = 3_600n;
export const DAY = 24n * HOUR;
export const NO_LIMIT = 2n ** 256n - 1n;
export const WEEK = 7n * DAY;
/** Monday 7 January 2030, 00:00 UTC. */
export const MONDAY = 1_893_974_400n;

/** No fee at any level of cash. */
export const FREE = { capacity: 1n, floor: 0n, minBps: 0n, maxBps: 0n, isAtEnd: false };

export const FUND_TERMS = {
  settleDelay: DAY,
  minAssets: 1n,
  minShares: 1n,
  feeBps: 10n,
  instantFeeBps: 50n,
  instantLimit: MILLION,
};

/** Parameters of the module under test; by default no fee, no gate, and six decimals. */
export interface StablecoinParameters {
  readonly decimals?: number;
  readonly closedFrom?: bigint;
  readonly closedUntil?: bigint;
  readonly epochLength?: bigint;
  readonly epochCap?: bigint;
  readonly blockLimit?: bigint;
  readonly minRequest?: bigint;
  readonly vesting?: bigint;
  readonly cutoff?: bigint;
  readonly firstNav?: bigint;
  readonly feeCurve?: typeof FREE;
  readonly fundTerms?: typeof FUND_TERMS;
}

/** Deploys the module under test at noon of a `monday`; the first account is owner, manager and reporter. */
export async function deployStablecoin(connection: NetworkConnection, parameters: StablecoinParameters = {}) {
  const { ethers, ignition, networkHelpers } = connection;
  const [owner, alice, bob, carol, custodian] = await ethers.getSigners();
  if (!owner || !alice || !bob || !carol || !custodian) throw new RangeError("the network has too few accounts");
  const now = BigInt(await networkHelpers.time.latest());
  const monday = now < MONDAY ? MONDAY : MONDAY + ((now - MONDAY) / WEEK + 1n) * WEEK;
  await networkHelpers.time.increaseTo(monday + 12n * HOUR);
  const { decimals = 6 } = parameters;
  const usdc = await ethers.deployContract("Token__MockForMarkets", [decimals]);
  const token = await usdc.getAddress();
  const deployed = await ignition.deploy(stablecoin, {
    parameters: {
      Stablecoin: {
        settlement: token,
        gem: token,
        closedFrom: 0n,
        closedUntil: 0n,
        feeCurve: FREE,
        fundTerms: FUND_TERMS,
        ...parameters,
      },
    },
  });
  const world = {
    calendar: await ethers.getContractAt("BankCalendar", deployed.calendar),
    dollar: await ethers.getContractAt("Dollar", deployed.dollar),
    fundShare: await ethers.getContractAt("FundShare", deployed.fundShare),
    teller: await ethers.getContractAt("FundTeller", deployed.teller),
    reserve: await ethers.getContractAt("DollarReserve", deployed.reserve),
    junior: await ethers.getContractAt("JuniorTranche", deployed.junior),
    queue: await ethers.getContractAt("RedemptionQueue", deployed.queue),
    window: await ethers.getContractAt("SwapWindow", deployed.window),
    ...{ usdc, owner, alice, bob, carol, custodian, monday },
  };
  for (const account of [owner, alice, bob, carol, custodian]) {
    await usdc.mint(account, 10n ** 30n);
    for (const spender of [world.reserve, world.junior, world.teller, world.window]) {
      await usdc.connect(account).approve(spender, ethers.MaxUint256);
    }
    await world.dollar.connect(account).approve(world.queue, ethers.MaxUint256);
    await world.fundShare.setAllowed(account, true);
  }
  return world;
}

export type Stablecoin = Awaited<ReturnType<typeof deployStablecoin>>;
export type Account = Stablecoin["owner"];

/** Leaves `assets` of cash behind a supply of `supply` that the owner holds: lends the cash, and sells the loan for that. */
export async function backWith(world: Stablecoin, supply: bigint, assets: bigint) {
  const { reserve, owner, custodian } = world;
  const factor = await reserve.factor();
  if (supply % factor !== 0n || assets % factor !== 0n) throw new RangeError("amounts must be whole in money");
  await reserve.mint(supply / factor, owner);
  await reserve.placeTerm(custodian, supply / factor, 0n, 0n);
  const [id = 0n] = await reserve.terms();
  await reserve.sellTerm(id, assets / factor);
}
