/** Our errors, by the names that the protocols' own have in vectors. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  EpochVaultInvalidEpoch: ["InvalidEpoch"],
  EpochVaultAlreadyClaimed: ["AlreadyClaimed"],
  EpochVaultNothingToClaim: ["InsufficientClaim"],
  EpochVaultInvalidCapture: ["InvalidCaptureEpoch"],
  EpochVaultBeforeStart: ["InvalidTimestamp"],
  EpochVaultZeroAmount: ["InsufficientDeposit", "InsufficientWithdrawal", "InsufficientRedemption"],
  EpochVaultZeroAddress: ["InvalidOnBehalfOf", "InvalidClaimer", "InvalidRecipient"],
  EpochVaultInsufficientShares: ["TooMuchWithdraw", "TooMuchRedeem"],
  EpochVaultLimitReached: ["DepositLimitReached"],
  EpochVaultNotAllowed: ["NotWhitelistedDepositor"],
  EpochVaultOnlySlasher: ["NotSlasher"],
  EpochRegistryNothingChanges: ["AlreadyOptedIn", "NotOptedIn"],
  EpochRegistryTooSoon: ["OptOutCooldown"],
  EpochDelegatorUnchanged: ["AlreadySet"],
  EpochDelegatorAboveMaximum: ["ExceedsMaxNetworkLimit"],
  EpochDelegatorWrongNetwork: ["InvalidNetwork"],
  EpochDelegatorOnlySlasher: ["NotSlasher"],
  EpochSlasherOnlyMiddleware: ["NotNetworkMiddleware"],
  EpochSlasherInvalidCapture: ["InvalidCaptureTimestamp"],
  EpochSlasherNothingToSlash: ["InsufficientSlash"],
  EpochVetoSlasherUnknownRequest: ["SlashRequestNotExist"],
  EpochVetoSlasherVetoPeriodNotEnded: ["VetoPeriodNotEnded"],
  EpochVetoSlasherSlashPeriodEnded: ["SlashPeriodEnded"],
  EpochVetoSlasherCompleted: ["SlashRequestCompleted"],
  EpochVetoSlasherNoResolver: ["NoResolver"],
  EpochVetoSlasherNotResolver: ["NotResolver"],
  EpochVetoSlasherVetoPeriodEnded: ["VetoPeriodEnded"],
  EpochVetoSlasherUnchanged: ["AlreadySet"],
  BurnerRouterNothingToPay: ["InsufficientBalance"],
  BurnerRouterUnchanged: ["AlreadySet"],
  AppAdapterNothingToSlash: ["InsufficientSlash"],
  AppAdapterOnlyMiddleware: ["NotNetworkMiddleware"],
  RedemptionLineNothingToClaim: ["InsufficientClaim"],
  EarmarkCoreCooldown: ["DSSSlashingCooldown", "SlashingCooldownNotPassed"],
  EarmarkCoreNotFinishable: ["MinSlashingDelayNotPassed", "OperatorStakeUpdateDelayNotPassed"],
  EarmarkCoreInvalidPercent: ["MaxSlashPercentageWadBreached", "ZeroSlashPercentageWad"],
  EarmarkCoreInvalidVault: ["VaultNotStakedToDSS", "DuplicateSlashingVaults"],
  EarmarkCoreClosed: ["InvalidSlashingParams"],
  EarmarkVaultNotFinishable: ["MinWithdrawDelayNotPassed"],
  LendingPoolHealthy: ["HealthFactorNotBelowThreshold"],
};

/**
 * Tells whether one of our errors is what a vector names.
 *
 * @param reason - Name of our error.
 * @param wanted - Name in the vector: the protocol's own, or ours.
 */
export const knownAs = (reason: string, wanted: unknown): boolean =>
  typeof wanted === "string" && (reason === wanted || (REASONS[reason] ?? []).includes(wanted));
