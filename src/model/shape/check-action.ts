import { nearestNames } from "../../errors/nearest-names.ts";
import type { Action } from "../action.ts";
import { refuse } from "./checks.ts";

/** Every action there is; the compiler holds the list to the union. */
const TYPES: Readonly<Record<Action["type"], true>> = {
  adapterAllocate: true,
  adapterClaim: true,
  adapterDeposit: true,
  adapterFill: true,
  adapterRecall: true,
  adapterRelease: true,
  adapterRequest: true,
  adapterReturn: true,
  adapterSlash: true,
  addCollateral: true,
  addLiquidity: true,
  adjustTrove: true,
  allocate: true,
  attestData: true,
  attestRelease: true,
  borrow: true,
  challengeCase: true,
  changePod: true,
  changeValidators: true,
  checkpointPod: true,
  claimRewards: true,
  claimStability: true,
  claimSurplus: true,
  claimUnstake: true,
  clearDeallocationQueue: true,
  clearEscrow: true,
  closeLoop: true,
  closeTrove: true,
  completeWithdrawal: true,
  cooldownInsurance: true,
  coverDeficit: true,
  creditPod: true,
  delegate: true,
  deposit: true,
  disableRewardsRoot: true,
  dollarClaim: true,
  dollarClose: true,
  dollarFreeze: true,
  dollarHalt: true,
  dollarImpair: true,
  dollarMint: true,
  dollarMintUnbacked: true,
  dollarRedeem: true,
  dollarRestore: true,
  dollarSeize: true,
  dollarServe: true,
  dollarSwap: true,
  donate: true,
  donateToDeficit: true,
  epochClaim: true,
  epochDeposit: true,
  epochSlash: true,
  epochWithdraw: true,
  executeCase: true,
  finalizeUnstakes: true,
  followFeed: true,
  forceUndelegate: true,
  freezeReserve: true,
  fundAllow: true,
  fundClaim: true,
  fundHalt: true,
  fundRedeem: true,
  fundStrike: true,
  fundSubscribe: true,
  heartbeat: true,
  isolatedBorrow: true,
  isolatedLiquidate: true,
  isolatedRepay: true,
  isolatedSupply: true,
  isolatedWithdraw: true,
  issueToken: true,
  joinSet: true,
  juniorDeposit: true,
  juniorRedeem: true,
  leaveSet: true,
  liquidate: true,
  liquidateTrove: true,
  marketVaultDeposit: true,
  marketVaultMark: true,
  marketVaultReallocate: true,
  marketVaultSetCap: true,
  marketVaultSetQueue: true,
  marketVaultWithdraw: true,
  openLoop: true,
  openRound: true,
  openTrove: true,
  pause: true,
  pauseInsurance: true,
  pauseReserve: true,
  payRewards: true,
  proveStalePod: true,
  provideStability: true,
  queueWithdrawal: true,
  rampAmplification: true,
  redeemSynthetic: true,
  redeemUrgently: true,
  redelegate: true,
  registerOperator: true,
  removeLiquidity: true,
  repay: true,
  reportFault: true,
  reportPool: true,
  requestUnstake: true,
  resolveCase: true,
  setAllocationDelay: true,
  setAnswer: true,
  setCaps: true,
  setCurve: true,
  setEMode: true,
  setFeedBase: true,
  setFeedBounds: true,
  setHeartbeat: true,
  setReserveFeed: true,
  setReserveLimits: true,
  setSlasher: true,
  setSnapshot: true,
  setSplit: true,
  setTroveRate: true,
  shutdownBranch: true,
  slash: true,
  stakeEther: true,
  stakeInsurance: true,
  submitPrice: true,
  submitRewardsRoot: true,
  supply: true,
  swap: true,
  takeCollateral: true,
  transferToken: true,
  undelegate: true,
  unstakeInsurance: true,
  unwrapEther: true,
  unwrapLst: true,
  useAsCollateral: true,
  vaultAcknowledge: true,
  vaultClaim: true,
  vaultDeposit: true,
  vaultInstantExit: true,
  vaultMintUnbacked: true,
  vaultPause: true,
  vaultPushRate: true,
  vaultRequest: true,
  vaultRestake: true,
  vaultServe: true,
  vetoCase: true,
  withdraw: true,
  withdrawStability: true,
  wrapEther: true,
  wrapLst: true,
};

/** Fields that may lie below zero: what changes, and what a feed says. */
const SIGNED = new Set(["delta", "gwei", "answer", "min", "max", "deviation"]);
/** Numbers that no field of a contract holds. */
const WIDTH = 1n << 128n;

function assertNumbers(field: string, value: unknown, key: string): void {
  if (typeof value === "bigint") {
    const least = SIGNED.has(key) ? 1n - WIDTH : 0n;
    if (value < least) refuse(field, value, least === 0n ? "Use 0 or more." : "Use a number above -2^128.");
    if (value >= WIDTH) refuse(field, value, "Use a number below 2^128.");
  } else if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || value < 0) refuse(field, value, "Use a whole number of 0 or more.");
  } else if (typeof value === "object" && value !== null) {
    for (const [own, item] of Object.entries(value)) {
      const isItem = Array.isArray(value);
      assertNumbers(isItem ? `${field}[${own}]` : `${field}.${own}`, item, isItem ? key : own);
    }
  }
}

/**
 * Refuses an action that nobody knows, and numbers that no call can carry.
 *
 * @param field - Path of the action.
 * @throws {@link ScenarioInvalidError} naming the path, the value, and the nearest actions or the bound.
 */
export function assertAction(field: string, action: Action): void {
  if (!Object.hasOwn(TYPES, action.type)) {
    const near = nearestNames(action.type, Object.keys(TYPES));
    const hint = near.length === 0 ? "All actions are in src/model/action.ts." : `Did you mean ${near.join(", ")}?`;
    refuse(`${field}.type`, action.type, `No action is named so. ${hint}`);
  }
  assertNumbers(field, action, "action");
}
