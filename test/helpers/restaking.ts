import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";

import core from "../../deploy/core.ts";

export const WAD = 10n ** 18n;

/** The "fast" preset [blocks]. */
export const DELAYS = { withdrawal: 50, deallocation: 50, configuration: 75, release: 100 } as const;

/** Sets of the one AVS: `burning` burns, `redistributing` pays `thief`, `escrowed` also waits for the release delay. */
export const SETS = { burning: 0, redistributing: 1, escrowed: 2 } as const;

const NO_APPROVAL = { signature: "0x", salt: `0x${"00".repeat(32)}`, expiry: 0n };

type Options = { readonly network: NetworkConnection; readonly allocations?: string };

/** Deploys the core with one strategy, one AVS with three sets, two operators and three stakers with 1,000 tokens each. */
export async function deployRestaking({ network: { ethers, ignition, networkHelpers } }: Options) {
  const [owner, avs, slasher, thief, op1, op2, alice, bob, carol] = await ethers.getSigners();
  if (!owner || !avs || !slasher || !thief || !op1 || !op2 || !alice || !bob || !carol) {
    throw new RangeError("too few accounts");
  }
  const deployed = await ignition.deploy(core, { parameters: { RestakingCore: { releaseDelay: DELAYS.release } } });
  const manager = await ethers.getContractAt("RestakingManager", deployed.restakingManager);
  const delegation = await ethers.getContractAt("OperatorDelegation", deployed.operatorDelegation);
  const registry = await ethers.getContractAt("AVSRegistry", deployed.avsRegistry);
  const allocations = await ethers.getContractAt("AllocationManager", deployed.allocationManager);
  const slashing = await ethers.getContractAt("Slasher", deployed.slasher);
  const pods = await ethers.getContractAt("PodManager", deployed.podManager);
  const token = await ethers.deployContract("Token__MockForStrategy");
  const strategy = await ethers.deployContract("Strategy", [token, manager]);
  await manager.setWhitelisted([strategy], true);

  const strategies = [strategy];
  const setOf = (id: number) => ({ avs: avs.address, id });
  const set = (id: number) => ({
    id,
    strategies,
    slasher,
    recipient: id === SETS.burning ? ethers.ZeroAddress : thief,
    releaseDelay: id === SETS.escrowed ? DELAYS.release : 0,
    hook: ethers.ZeroAddress,
  });
  await registry.connect(avs).registerAVS("ipfs://avs");
  for (const id of Object.values(SETS)) await registry.connect(avs).createOperatorSet(set(id));
  for (const holder of [op1, op2, alice, bob, carol]) {
    await token.mint(holder, 1000n * WAD);
    await token.connect(holder).approve(manager, 1000n * WAD);
  }
  for (const operator of [op1, op2]) {
    await delegation.connect(operator).registerAsOperator(ethers.ZeroAddress, 0, "ipfs://operator");
  }

  return {
    ...{ owner, avs, slasher, thief, op1, op2, alice, bob, carol },
    ...{ manager, delegation, registry, allocations, slashing, pods, token, strategy, setOf },
    block: async () => BigInt(await ethers.provider.getBlockNumber()),
    /** The next transaction runs in exactly this block. */
    before: async (block: bigint) => {
      const now = BigInt(await ethers.provider.getBlockNumber());
      if (block - 1n > now) await networkHelpers.mine(block - 1n - now);
    },
    deposit: (staker: HardhatEthersSigner, amount: bigint) => manager.connect(staker).deposit(strategy, amount),
    delegate: (staker: HardhatEthersSigner, operator: HardhatEthersSigner) =>
      delegation.connect(staker).delegate(operator, NO_APPROVAL),
    redelegate: (staker: HardhatEthersSigner, operator: HardhatEthersSigner) =>
      delegation.connect(staker).redelegate(operator, NO_APPROVAL),
    join: (operator: HardhatEthersSigner, id: number) =>
      registry.connect(operator).registerForOperatorSets(avs, [id], "0x"),
    leave: (operator: HardhatEthersSigner, id: number) =>
      registry.connect(operator).deregisterFromOperatorSets(operator, avs, [id]),
    allocate: (operator: HardhatEthersSigner, id: number, magnitude: bigint) =>
      allocations.connect(operator).modifyAllocations([{ set: setOf(id), strategies, newMagnitudes: [magnitude] }]),
    slash: (operator: HardhatEthersSigner, id: number, wad: bigint) =>
      slashing
        .connect(slasher)
        .slash({ operator, set: setOf(id), strategies, wads: [wad], description: "failure path" }),
    preview: (operator: HardhatEthersSigner, id: number, wad: bigint) =>
      slashing.previewSlash(setOf(id), operator, strategies, [wad]),
    queue: (staker: HardhatEthersSigner, shares: bigint) =>
      delegation.connect(staker).queueWithdrawal(strategies, [shares]),
    complete: (staker: HardhatEthersSigner, id: bigint, asTokens = true) =>
      delegation.connect(staker).completeWithdrawal(id, asTokens),
    lastWithdrawal: async () => (await delegation.withdrawalCount()) - 1n,
    withdrawable: async (staker: HardhatEthersSigner) =>
      (await delegation.withdrawableShares(staker, strategies)).withdrawable[0] ?? 0n,
    slashable: async (operator: HardhatEthersSigner, id: number, ahead = 0n) =>
      await allocations.minSlashableStake(
        operator,
        setOf(id),
        strategy,
        BigInt(await ethers.provider.getBlockNumber()) + ahead,
      ),
    shares: (operator: HardhatEthersSigner) => delegation.operatorShares(operator, strategy),
    allocation: (operator: HardhatEthersSigner, id: number) => allocations.allocationOf(operator, setOf(id), strategy),
    maximum: (operator: HardhatEthersSigner) => allocations.maxMagnitude(operator, strategy),
  };
}
