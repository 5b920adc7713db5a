import { Interface, type InterfaceAbi } from "ethers";

import type {
  DowntimeRule,
  IActor,
  IAllocationManager,
  IAVSRegistry,
  IBridge,
  IDataAvailabilityCommittee,
  IDelayedSlasher,
  IInstantSlasher,
  ILens,
  ILiquidStakingToken,
  IMockPod,
  IOperatorDelegation,
  IOperatorKeys,
  IOperatorLens,
  IOperatorSplits,
  IOptimisticSlasher,
  IOracleNetwork,
  IPausableFlags,
  IPodManager,
  IPoolReporter,
  IRestakingManager,
  IRewardsCoordinator,
  IService,
  ISlasher,
  ISlashLens,
  IStage,
  IStakerLens,
  IStrategy,
  IValidators,
  IVetoSlasher,
  IWithdrawalQueue,
  IWrappedLiquidStakingToken,
  PausableFlags,
  PlainService,
  Token__MockForWorld,
} from "../../typechain-types/index.ts";
import { PreparedContract } from "./codec/prepared-contract.ts";

/** Compiled contracts as Hardhat keeps them; the generated factories are for types only, Node cannot load them. */
const { artifacts } = await import("hardhat");

async function prepare<T extends { readonly interface: Interface }>(
  name: string,
): Promise<PreparedContract<T["interface"]>> {
  const { abi } = await artifacts.readArtifact(name);
  return new PreparedContract(new Interface(abi as InterfaceAbi));
}

/** Prepared coders of every contract the world speaks to; the interface is the manual, so the interface is enough. */
export const contracts = {
  stage: await prepare<IStage>("IStage"),
  actor: await prepare<IActor>("IActor"),
  lens: await prepare<ILens>("ILens"),
  operatorLens: await prepare<IOperatorLens>("IOperatorLens"),
  stakerLens: await prepare<IStakerLens>("IStakerLens"),
  slashLens: await prepare<ISlashLens>("ISlashLens"),
  poolReporter: await prepare<IPoolReporter>("IPoolReporter"),
  restaking: await prepare<IRestakingManager>("IRestakingManager"),
  delegation: await prepare<IOperatorDelegation>("IOperatorDelegation"),
  registry: await prepare<IAVSRegistry>("IAVSRegistry"),
  allocations: await prepare<IAllocationManager>("IAllocationManager"),
  slasher: await prepare<ISlasher>("ISlasher"),
  pods: await prepare<IPodManager>("IPodManager"),
  pod: await prepare<IMockPod>("IMockPod"),
  strategy: await prepare<IStrategy>("IStrategy"),
  pausable: await prepare<IPausableFlags>("IPausableFlags"),
  ownable: await prepare<PausableFlags>("PausableFlags"),
  keys: await prepare<IOperatorKeys>("IOperatorKeys"),
  instantSlasher: await prepare<IInstantSlasher>("IInstantSlasher"),
  vetoSlasher: await prepare<IVetoSlasher>("IVetoSlasher"),
  optimisticSlasher: await prepare<IOptimisticSlasher>("IOptimisticSlasher"),
  delayedSlasher: await prepare<IDelayedSlasher>("IDelayedSlasher"),
  downtimeRule: await prepare<DowntimeRule>("DowntimeRule"),
  service: await prepare<IService>("IService"),
  plainService: await prepare<PlainService>("PlainService"),
  oracle: await prepare<IOracleNetwork>("IOracleNetwork"),
  availability: await prepare<IDataAvailabilityCommittee>("IDataAvailabilityCommittee"),
  bridge: await prepare<IBridge>("IBridge"),
  lst: await prepare<ILiquidStakingToken>("ILiquidStakingToken"),
  wrapped: await prepare<IWrappedLiquidStakingToken>("IWrappedLiquidStakingToken"),
  unstakeQueue: await prepare<IWithdrawalQueue>("IWithdrawalQueue"),
  validators: await prepare<IValidators>("IValidators"),
  rewards: await prepare<IRewardsCoordinator>("IRewardsCoordinator"),
  splits: await prepare<IOperatorSplits>("IOperatorSplits"),
  token: await prepare<Token__MockForWorld>("Token__MockForWorld"),
} as const;
