import type { NetworkConnection } from "hardhat/types/network";

export const WEEK = 604_800n;

/** Deploys a rewards coordinator over mocks; `avs` owns set 1, whose token allowance is unlimited. */
export async function deployRewards(connection: NetworkConnection, changes: { clockMode?: 0 | 1 } = {}) {
  const { ethers } = connection;
  const [owner, updater, feeRecipient, avs, operator, earner] = await ethers.getSigners();
  if (!owner || !updater || !feeRecipient || !avs || !operator || !earner) {
    throw new RangeError("the network has too few accounts");
  }
  const registry = await ethers.deployContract("AVSRegistry__MockForRewards");
  const token = await ethers.deployContract("Token__MockForRewards");
  const settings = {
    owner,
    updater,
    feeRecipient,
    defaultSplitBips: 1_000n,
    activationDelay: WEEK,
    periods: {
      calculationInterval: 10n,
      maxDuration: 10n * WEEK,
      maxRetroactive: 24n * WEEK,
      maxFuture: 4n * WEEK,
    },
  };
  const coordinator = await ethers.deployContract("RewardsCoordinator", [registry, settings, changes.clockMode ?? 1]);
  const set = { avs: avs.address, id: 1 };
  await registry.createOperatorSet(set);
  await token.mint(avs, 10n ** 30n);
  await token.connect(avs).approve(coordinator, ethers.MaxUint256);
  return { registry, token, coordinator, settings, set, owner, updater, feeRecipient, avs, operator, earner };
}
