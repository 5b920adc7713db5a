import { vocabulary } from "./vocabulary.ts";

/** Why a call failed: in the words of the vectors, and in ours with the values. */
export interface Refusal {
  /** Name that vectors use, such as `SameMagnitude`. */
  readonly reason: string;
  /** Our error with its values, such as `AllocationManagerSameMagnitude(0x…, 0x…, 5)`. */
  readonly error: string;
}

/** Components that our error names begin with; without them they are the names that vectors use. */
const COMPONENT =
  /^(AllocationManager|AVSRegistry|CoreComponent|MockPod|OperatorDelegation|PausableFlags|PodManager|RestakingManager|OperatorSplits|RewardsCoordinator|RewardsPayments|ShareManager|Slasher|Strategy)(?=[A-Z])/;

/** Names of the vectors that differ from ours by more than the component. */
const RENAMED: Readonly<Record<string, string>> = {
  SlasherInvalidWad: "InvalidWadToSlash",
  SlasherUnauthorized: "InvalidCaller",
  SlasherStrategyNotInSet: "StrategyNotInOperatorSet",
  SlasherStrategiesNotAscending: "StrategiesMustBeInAscendingOrder",
  SlasherUnknownOperatorSet: "InvalidOperatorSet",
  AllocationManagerUnknownOperatorSet: "InvalidOperatorSet",
  AVSRegistryUnknownOperatorSet: "InvalidOperatorSet",
  AVSRegistryNotOperator: "InvalidOperator",
  AllocationManagerNoAllocationDelay: "UninitializedAllocationDelay",
  OperatorDelegationNotOperator: "OperatorNotRegistered",
  OperatorDelegationUnauthorized: "CallerCannotUndelegate",
  OperatorDelegationScalingFactorZero: "InvalidDepositScalingFactor",
  MockPodBricked: "FullySlashed",
  StrategyMaxSharesExceeded: "TotalSharesExceedsMax",
  StrategyInsufficientShares: "WithdrawalAmountExceedsTotalDeposits",
  RestakingManagerPerDepositCapExceeded: "MaxPerDepositExceedsMax",
  RestakingManagerTotalCapExceeded: "BalanceExceedsMaxTotalDeposits",
  RestakingManagerTooManyStrategies: "MaxStrategiesExceeded",
};

/** Reads revert data. */
export function refusalOf(data: string): Refusal {
  const parsed = vocabulary.errors.parseError(data);
  if (parsed === null) return { reason: data === "0x" ? "without a reason" : data, error: data };
  const error = `${parsed.name}(${parsed.args.map(String).join(", ")})`;
  return { reason: RENAMED[parsed.name] ?? parsed.name.replace(COMPONENT, ""), error };
}
