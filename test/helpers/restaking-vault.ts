import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";

import restakingVault from "../../deploy/lrt.ts";
import { deployRestaking, SETS, WAD } from "./restaking.ts";

/** Where the rate comes from. */
export const MODE = { live: 0, pushed: 1, quorum: 2 } as const;
/** Where a settlement is fixed. */
export const FREEZE = { claim: 0, unlock: 1, batch: 2, finalisation: 3 } as const;
/** What becomes of a report beyond its bounds. */
export const POLICY = { reject: 0, clamp: 1, hold: 2 } as const;
/** No bounds. */
export const NO_LIMIT = { rise: 4_294_967_295n, drop: 10_000n } as const;

export interface VaultParameters {
  readonly mode?: number;
  readonly virtualShares?: bigint;
  readonly isBlindToUnbacked?: boolean;
  readonly guard?: {
    readonly maxRiseBps: bigint;
    readonly maxDropBps: bigint;
    readonly policy: number;
    readonly inWholePercents: boolean;
  };
  readonly freezePoint?: number;
  readonly delay?: bigint;
  readonly batchSize?: bigint;
  readonly minShares?: bigint;
}

/** A guard with the same bound both ways. */
export const guardOf = (bps: bigint, policy: number, inWholePercents = false) => ({
  maxRiseBps: bps,
  maxDropBps: bps,
  policy,
  inWholePercents,
});

/**
 * Deploys a restaking vault over the whole core: alice, bob and carol hold 1,000 tokens each and have allowed the vault
 * all of them; the owner is curator and reporter; op1 and op2 are admitted with weights 1 and 1 and allocated to one set.
 */
export async function deployVault(network: NetworkConnection, parameters: VaultParameters = {}) {
  const { ethers, ignition } = network;
  const core = await deployRestaking({ network });
  const { owner, op1, op2, alice, bob, carol, token, manager, delegation, strategy } = core;
  const at = async (contract: { getAddress(): Promise<string> }) => await contract.getAddress();
  const deployed = await ignition.deploy(restakingVault, {
    parameters: {
      RestakingVault: {
        asset: await at(token),
        strategy: await at(strategy),
        restakingManager: await at(manager),
        operatorDelegation: await at(delegation),
        ...parameters,
      },
    },
  });
  const vault = await ethers.getContractAt("RestakingVault", deployed.vault);
  const oracle = await ethers.getContractAt("NavOracle", deployed.oracle);
  const queue = await ethers.getContractAt("ExitQueue", deployed.queue);
  const delegators = await ethers.getContractAt("VaultDelegators", deployed.delegators);

  for (const holder of [owner, alice, bob, carol]) await token.connect(holder).approve(vault, ethers.MaxUint256);
  await token.mint(owner, 1_000_000n * WAD);
  for (const operator of [op1, op2]) {
    await core.join(operator, SETS.burning);
    await core.allocate(operator, SETS.burning, WAD);
    await delegators.admit(operator, 1n, { signature: "0x", salt: ethers.ZeroHash, expiry: 0n });
  }
  await core.before((await core.block()) + 2n);
  const delegatorOf = async (operator: HardhatEthersSigner) =>
    await ethers.getContractAt("VaultDelegator", await delegators.delegatorOf(operator));

  return {
    ...core,
    ...{ vault, oracle, queue, delegators, delegatorOf },
    put: (holder: HardhatEthersSigner, assets: bigint) => vault.connect(holder).deposit(assets, holder),
    ask: (holder: HardhatEthersSigner, shares: bigint) => vault.connect(holder).requestRedeem(shares, holder, holder),
    take: (holder: HardhatEthersSigner, shares: bigint) => vault.connect(holder).redeem(shares, holder, holder),
    hit: (operator: HardhatEthersSigner, wad: bigint) => core.slash(operator, SETS.burning, wad),
  };
}

/** What a vault of one's own is made of, besides its core. */
export interface OwnVault {
  readonly asset: { getAddress(): Promise<string> };
  readonly strategy: { getAddress(): Promise<string> };
  readonly mode?: number;
  readonly freezePoint?: number;
  /** Exit queue and what its constructor takes more: a faulty variant. */
  readonly queue?: { readonly contract: string; readonly extra: readonly unknown[] };
}

/**
 * Deploys another vault on a core by hand: with a faulty queue, or with another asset. The owner is curator and reporter,
 * and op1 and op2 are admitted with equal weights.
 */
export async function deployOwnVault(network: NetworkConnection, core: Vault, own: OwnVault) {
  const { ethers } = network;
  const { owner, manager, delegation, op1, op2 } = core;
  const guard = { ...guardOf(10_000n, POLICY.reject), maxRiseBps: NO_LIMIT.rise };
  const vault = await ethers.deployContract("RestakingVault", [owner, own.asset, "Own", "OWN"]);
  const terms = { owner, vault, mode: own.mode ?? MODE.live, virtualShares: 0n, isBlindToUnbacked: false, guard };
  const oracle = await ethers.deployContract("NavOracle", [terms, 0n]);
  const queueTerms = { freezePoint: own.freezePoint ?? FREEZE.unlock, delay: 0n, batchSize: 2n, minShares: 0n };
  const { contract, extra } = own.queue ?? { contract: "ExitQueue", extra: [] };
  const deployed = await ethers.deployContract(contract, [vault, queueTerms, 0n, ...extra]);
  const queue = await ethers.getContractAt("ExitQueue", deployed);
  const delegators = await ethers.deployContract("VaultDelegators", [vault, manager, delegation, own.strategy]);
  await vault.connect(owner).wire(oracle, queue, delegators);
  for (const operator of [op1, op2]) {
    await delegators.connect(owner).admit(operator, 1n, { signature: "0x", salt: ethers.ZeroHash, expiry: 0n });
  }
  return { vault, oracle, queue, delegators };
}

export type Vault = Awaited<ReturnType<typeof deployVault>>;
