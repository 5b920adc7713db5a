import type { NetworkConnection } from "hardhat/types/network";

import { WAD } from "./markets.ts";

/** Terms of a branch on staked ether. */
export const TERMS = {
  minDebt: 2_000n * WAD,
  minRatio: (120n * WAD) / 100n,
  criticalRatio: (160n * WAD) / 100n,
  shutdownRatio: (110n * WAD) / 100n,
  poolPenalty: WAD / 20n,
  redistributionPenalty: WAD / 5n,
  gasReserve: 0n,
  maxAge: 10n ** 12n,
};

export type TermChanges = Partial<typeof TERMS>;

/** A registry with branches, each with its own collateral, feed and stability pool; the price is 2,000. */
export async function deployCdp(
  connection: NetworkConnection,
  parameters: { readonly branches?: readonly TermChanges[]; readonly baseRate?: bigint } = {},
) {
  const { ethers } = connection;
  const [owner, alice, bob, carol, dave, treasury] = await ethers.getSigners();
  if (!owner || !alice || !bob || !carol || !dave || !treasury) throw new RangeError("too few accounts");
  const dollar = await ethers.deployContract("SyntheticDollar", [owner]);
  const registry = await ethers.deployContract("BranchRegistry", [owner, dollar, parameters.baseRate ?? 0n]);
  const gas = await ethers.deployContract("Token__MockForMarkets", [18]);
  const branches = [];
  for (const changes of parameters.branches ?? [{}]) {
    const collateral = await ethers.deployContract("Token__MockForMarkets", [18]);
    const settings = {
      description: "LRT / USD",
      decimals: 8,
      minAnswer: -1n,
      maxAnswer: 10n ** 30n,
      heartbeat: 3_600n,
    };
    const feed = await ethers.deployContract("ReportedFeed", [owner, settings, ethers.ZeroAddress, 0n]);
    const latest = await connection.networkHelpers.time.latest();
    await feed.setRound(2_000n * 10n ** 8n, latest);
    const terms = {
      ...{ collateral: await collateral.getAddress(), feed: await feed.getAddress(), ...TERMS },
      ...{ registry: await registry.getAddress(), treasury: treasury.address },
      ...{ gasToken: await gas.getAddress(), ...changes },
    };
    const branch = await ethers.deployContract("CollateralBranch__Harness", [owner, dollar, terms]);
    const pool = await ethers.deployContract("StabilityPool", [branch, dollar, collateral]);
    await branch.setStabilityPool(pool);
    await dollar.authorize(branch);
    await registry.addBranch(branch);
    for (const account of [owner, alice, bob, carol, dave]) {
      await collateral.mint(account, 10n ** 30n);
      await collateral.connect(account).approve(branch, ethers.MaxUint256);
      await dollar.connect(account).approve(pool, ethers.MaxUint256);
      await gas.mint(account, 10n ** 30n);
      await gas.connect(account).approve(branch, ethers.MaxUint256);
    }
    const setPrice = async (price: bigint) => {
      await feed.setRound(price * 10n ** 8n, await connection.networkHelpers.time.latest());
    };
    branches.push({ branch, pool, collateral, feed, terms, setPrice });
  }
  const [first] = branches;
  if (first === undefined) throw new RangeError("a CDP needs a branch");
  return { owner, alice, bob, carol, dave, treasury, dollar, registry, gas, branches, ...first };
}

export type CdpGround = Awaited<ReturnType<typeof deployCdp>>;
