import type { NetworkConnection } from "hardhat/types/network";

import liquidStaking from "../../deploy/lst.ts";

/** Wide bounds of a report: tests of the bounds themselves pass narrower ones. */
export const WIDE_LIMITS = {
  annualGainBps: 10_000_000_000n,
  yearLength: 31_536_000n,
  initialPenalty: 10n ** 30n,
  inactivityPenalty: 0n,
  lossWindow: 1_555_200n,
  inactivityWindow: 4_665_600n,
};

export const MAINNET_LIMITS = {
  annualGainBps: 1_000n,
  yearLength: 31_536_000n,
  initialPenalty: 8n * 10n ** 15n,
  inactivityPenalty: 101n * 10n ** 15n,
  lossWindow: 1_555_200n,
  inactivityWindow: 4_665_600n,
};

export interface LiquidStakingParameters {
  seed?: bigint;
  feeBps?: bigint;
  rebaseLimit?: bigint;
  clockMode?: number;
  withdrawalMargin?: bigint;
  bunkerDelay?: bigint;
  minWithdrawal?: bigint;
  maxWithdrawal?: bigint;
  limits?: typeof WIDE_LIMITS;
}

/** Deploys the module under test; the first account is owner and reporter, the second the treasury. */
export async function deployLiquidStaking(connection: NetworkConnection, parameters: LiquidStakingParameters = {}) {
  const { ethers, ignition, networkHelpers } = connection;
  const [owner, treasury, alice, bob, carol] = await ethers.getSigners();
  if (!owner || !treasury || !alice || !bob || !carol) throw new RangeError("the network has too few accounts");
  for (const account of [owner, alice, bob, carol]) {
    await networkHelpers.setBalance(account.address, 100_000_000n * 10n ** 18n);
  }
  const deployed = await ignition.deploy(liquidStaking, {
    parameters: { LiquidStaking: { treasury: treasury.address, limits: WIDE_LIMITS, ...parameters } },
  });
  return {
    token: await ethers.getContractAt("LiquidStakingToken", deployed.token),
    validators: await ethers.getContractAt("Validators", deployed.validators),
    checker: await ethers.getContractAt("ReportChecker", deployed.checker),
    queue: await ethers.getContractAt("WithdrawalQueue", deployed.queue),
    wrapped: await ethers.getContractAt("WrappedLiquidStakingToken", deployed.wrapped),
    ...{ owner, treasury, alice, bob, carol },
  };
}

export type LiquidStaking = Awaited<ReturnType<typeof deployLiquidStaking>>;

export interface Report {
  beaconBalance: bigint;
  withdrawals: bigint;
  tips: bigint;
  exitedValidators: bigint;
  bunker: boolean;
}

/** Returns the report an honest reporter would make of the validators as they are. */
export async function honestReport(world: LiquidStaking, changes: Partial<Report> = {}): Promise<Report> {
  return {
    beaconBalance: await world.validators.beaconBalance(),
    withdrawals: await world.validators.withdrawals(),
    tips: await world.validators.tips(),
    exitedValidators: await world.validators.exitedValidators(),
    bunker: false,
    ...changes,
  };
}

/** Brings the pool to 9,000,000 ether over 7,500,000 shares, `buffer` of it not staked. */
export async function reachRateOfSixFifths(world: LiquidStaking, buffer = 0n) {
  const { token, validators, owner } = world;
  await token.submit({ value: 7_500_000n * 10n ** 18n - (await token.totalPooledEther()) });
  await token.stake((await token.totalPooledEther()) - buffer);
  const feeBps = await token.feeBps();
  const treasury = await token.treasury();
  await token.setFee(treasury, 0);
  await validators.connect(owner).reward({ value: 1_500_000n * 10n ** 18n });
  await token.report(await honestReport(world));
  await token.setFee(treasury, feeBps);
}
