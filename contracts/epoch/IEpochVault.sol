// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title IEpochVault
/// @notice Vault of one token whose withdrawals wait in a bucket per epoch, slashable for one whole epoch after any second.
/// @dev Active stake and shares are time-checkpointed: the value at a second is the last one set in it or before. A
/// withdrawal in epoch `e` moves assets to bucket `e + 1`, claimable from the first second of epoch `e + 2`.
///
/// | quantity | formula | rounding |
/// |---|---|---|
/// | shares of a deposit | `assets * (S + 1) / (A + 1)` | down |
/// | shares burned by {withdraw} | `assets * (S + 1) / (A + 1)` | up |
/// | assets of {redeem} | `shares * (A + 1) / (S + 1)` | down |
/// | bucket shares of either | `assets * (ws + 1) / (w + 1)` | down |
/// | claim | `ws_account * (w + 1) / (ws + 1)` | down |
///
/// with `A`, `S` active stake and shares, `w`, `ws` assets and shares of the bucket.
/// @dev Warning: a full slash leaves shares without assets; the next deposit mints `assets * (S + 1)` shares, and after
/// three or four such rounds at 18 decimals deposits overflow and revert.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface IEpochVault {
    /// @notice How a vault is set up.
    /// @param owner First curator, who may hand the vault on in two steps.
    /// @param asset Token of the vault; must not take a fee of the transfers to burner and claimers.
    /// @param burner Receiver of what is slashed; with address zero a standard token refuses every slash.
    /// @param epochDuration Length of an epoch, not zero [s].
    struct Terms {
        address owner;
        IERC20 asset;
        address burner;
        uint48 epochDuration;
    }

    /// @notice What a slash takes, and from where.
    /// @param total All of it [token wei].
    /// @param active From active stake [token wei].
    /// @param current From the bucket of the current epoch [token wei].
    /// @param next From the bucket of the next epoch [token wei].
    struct Cut {
        uint256 total;
        uint256 active;
        uint256 current;
        uint256 next;
    }

    /// @notice Emitted when the delegator and the slasher are named, once for good.
    /// @param delegator Says how much of the stake stands for whom.
    /// @param slasher The one account that may slash.
    event Wired(address delegator, address slasher);

    /// @notice Emitted when the limit of active stake is changed.
    /// @param limit Most active stake after a deposit; the greatest number for none [token wei].
    event DepositLimitSet(uint256 limit);

    /// @notice Emitted when depositors are let in or shut out, or the list begins or ends to count.
    /// @param depositor Depositor; address zero for everybody.
    /// @param isAllowed Whether it may deposit.
    event DepositorAllowed(address indexed depositor, bool isAllowed);

    /// @notice Emitted when assets come in.
    /// @param depositor Who brought them.
    /// @param onBehalfOf Who got the shares.
    /// @param assets Assets that arrived [token wei].
    /// @param shares Shares minted.
    event Deposited(address indexed depositor, address indexed onBehalfOf, uint256 assets, uint256 shares);

    /// @notice Emitted when assets move to a bucket.
    /// @param withdrawer Whose shares were burned.
    /// @param claimer Who may claim.
    /// @param epoch Epoch of the bucket.
    /// @param assets Assets moved [token wei].
    /// @param burnedShares Active shares burned.
    /// @param mintedShares Shares of the bucket minted.
    event Withdrawn(
        address indexed withdrawer,
        address indexed claimer,
        uint256 indexed epoch,
        uint256 assets,
        uint256 burnedShares,
        uint256 mintedShares
    );

    /// @notice Emitted when a withdrawal is paid.
    /// @param claimer Claimer.
    /// @param recipient Receiver.
    /// @param epoch Epoch of the bucket.
    /// @param assets Assets paid [token wei].
    event Claimed(address indexed claimer, address indexed recipient, uint256 indexed epoch, uint256 assets);

    /// @notice Emitted when the slasher asks for a slash, also when nothing is left to take.
    /// @param requested Assets asked for [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @param cut What is taken.
    event Slashed(uint256 requested, uint48 indexed capturedAt, Cut cut);

    /// @notice Raised when an account of a call is address zero.
    error EpochVaultZeroAddress();

    /// @notice Raised when an epoch has no length.
    error EpochVaultZeroEpoch();

    /// @notice Raised when delegator and slasher were named before.
    /// @param slasher Slasher.
    error EpochVaultAlreadyWired(address slasher);

    /// @notice Raised when somebody else than the slasher slashes.
    /// @param caller Caller.
    /// @param slasher Slasher.
    error EpochVaultOnlySlasher(address caller, address slasher);

    /// @notice Raised when a depositor is not let in.
    /// @param depositor Depositor.
    error EpochVaultNotAllowed(address depositor);

    /// @notice Raised when a deposit would lift active stake above its limit.
    /// @param activeStake Active stake with it [token wei].
    /// @param limit Limit [token wei].
    error EpochVaultLimitReached(uint256 activeStake, uint256 limit);

    /// @notice Raised when a call would move no assets.
    /// @param account Caller.
    error EpochVaultZeroAmount(address account);

    /// @notice Raised when a caller has fewer shares than the call burns.
    /// @param account Caller.
    /// @param requested Shares to burn.
    /// @param held Shares of the caller.
    error EpochVaultInsufficientShares(address account, uint256 requested, uint256 held);

    /// @notice Raised when a bucket is not claimable yet.
    /// @param epoch Its epoch.
    /// @param currentEpoch Epoch now.
    error EpochVaultInvalidEpoch(uint256 epoch, uint256 currentEpoch);

    /// @notice Raised when a withdrawal was claimed before.
    /// @param account Claimer.
    /// @param epoch Epoch of the bucket.
    error EpochVaultAlreadyClaimed(address account, uint256 epoch);

    /// @notice Raised when a claim would pay nothing.
    /// @param account Claimer.
    /// @param epoch Epoch of the bucket.
    error EpochVaultNothingToClaim(address account, uint256 epoch);

    /// @notice Raised when a second lies before the vault's first, or the vault is not wired yet.
    /// @param timestamp Second [unix s].
    /// @param startedAt The vault's first second; zero before it is wired [unix s].
    error EpochVaultBeforeStart(uint48 timestamp, uint48 startedAt);

    /// @notice Raised when a slash captures another epoch than the current or the one before.
    /// @param captureEpoch Epoch of the capture.
    /// @param currentEpoch Epoch now.
    error EpochVaultInvalidCapture(uint256 captureEpoch, uint256 currentEpoch);

    /// @notice Names delegator and slasher, once for good, and begins epoch 0; only the curator.
    /// @dev Reverts with {EpochVaultAlreadyWired} and {EpochVaultZeroAddress}.
    /// @param delegator_ Says how much of the stake stands for whom.
    /// @param slasher_ The one account that may slash.
    function wire(address delegator_, address slasher_) external;

    /// @notice Limits active stake; withdrawals that wait do not count. Only the curator.
    /// @param limit Most active stake after a deposit; the greatest number for none [token wei].
    function setDepositLimit(uint256 limit) external;

    /// @notice Lets a depositor in or shuts it out, or, with address zero, everybody. Only the curator.
    /// @param depositor Depositor; address zero for everybody.
    /// @param isAllowed Whether it may deposit.
    function setAllowed(address depositor, bool isAllowed) external;

    /// @notice Takes assets of the caller, and mints active shares for what arrived.
    /// @dev Checks, in this order: receiver, list of depositors, amount that arrived, limit.
    /// @dev Reverts with {EpochVaultZeroAddress}, {EpochVaultNotAllowed}, {EpochVaultZeroAmount} and
    /// {EpochVaultLimitReached}.
    /// @param onBehalfOf Who gets the shares.
    /// @param assets Assets [token wei].
    /// @return arrived Assets that arrived [token wei].
    /// @return shares Shares minted; may be zero for dust.
    function deposit(address onBehalfOf, uint256 assets) external returns (uint256 arrived, uint256 shares);

    /// @notice Burns active shares of the caller for just these assets, which wait in the next epoch's bucket.
    /// @dev Reverts with {EpochVaultZeroAddress}, {EpochVaultZeroAmount} and {EpochVaultInsufficientShares}.
    /// @param claimer Who may claim them.
    /// @param assets Assets [token wei].
    /// @return burnedShares Active shares burned, rounded up.
    /// @return mintedShares Shares of the bucket, rounded down.
    function withdraw(address claimer, uint256 assets) external returns (uint256 burnedShares, uint256 mintedShares);

    /// @notice Burns just these active shares of the caller; their assets wait in the next epoch's bucket.
    /// @dev Reverts with {EpochVaultZeroAddress}, {EpochVaultInsufficientShares} and {EpochVaultZeroAmount}.
    /// @param claimer Who may claim them.
    /// @param shares Active shares.
    /// @return assets Assets moved, rounded down [token wei].
    /// @return mintedShares Shares of the bucket, rounded down.
    function redeem(address claimer, uint256 shares) external returns (uint256 assets, uint256 mintedShares);

    /// @notice Pays a bucket's withdrawal of the caller, once and whole, in epochs after the bucket's.
    /// @dev Reverts with {EpochVaultZeroAddress}, {EpochVaultInvalidEpoch}, {EpochVaultAlreadyClaimed} and
    /// {EpochVaultNothingToClaim}. The bucket's totals stay as they are.
    /// @param recipient Receiver.
    /// @param epoch Epoch of the bucket.
    /// @return assets Assets paid [token wei].
    function claim(address recipient, uint256 epoch) external returns (uint256 assets);

    /// @notice Takes what is left of `amount`, pro rata, from what could be slashed at a capture; only the slasher.
    /// @dev A capture in the current epoch slashes active stake and the next bucket; one in the epoch before also the
    /// current bucket. Parts are rounded down; the rest is the next bucket's, or the current one's as far as it has it.
    /// Nothing left does nothing.
    /// @dev Reverts with {EpochVaultOnlySlasher}, {EpochVaultBeforeStart} and {EpochVaultInvalidCapture}.
    /// @param amount Assets asked for [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @return slashed Assets taken, which went to the burner [token wei].
    function onSlash(uint256 amount, uint48 capturedAt) external returns (uint256 slashed);

    /// @notice Returns what a slash would take now.
    /// @dev Reverts with {EpochVaultBeforeStart} and {EpochVaultInvalidCapture}.
    /// @param amount Assets asked for [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @return cut What it takes.
    function previewSlash(uint256 amount, uint48 capturedAt) external view returns (Cut memory cut);

    /// @notice Returns the token of the vault.
    /// @return Token.
    function asset() external view returns (IERC20);

    /// @notice Returns who receives what is slashed.
    /// @return Burner.
    function burner() external view returns (address);

    /// @notice Returns who says how much of the stake stands for whom.
    /// @return Delegator.
    function delegator() external view returns (address);

    /// @notice Returns the one account that may slash.
    /// @return Slasher.
    function slasher() external view returns (address);

    /// @notice Returns the length of an epoch.
    /// @return Length [s].
    function epochDuration() external view returns (uint48);

    /// @notice Returns the first second of epoch 0.
    /// @return Second [unix s].
    function startedAt() external view returns (uint48);

    /// @notice Returns the epoch of a second.
    /// @dev Reverts with {EpochVaultBeforeStart}.
    /// @param timestamp Second [unix s].
    /// @return Epoch, from 0.
    function epochAt(uint48 timestamp) external view returns (uint256);

    /// @notice Returns the epoch now.
    /// @return Epoch, from 0.
    function currentEpoch() external view returns (uint256);

    /// @notice Returns the first second of the current epoch.
    /// @return Second [unix s].
    function currentEpochStart() external view returns (uint48);

    /// @notice Returns the active stake now.
    /// @return Assets [token wei].
    function activeStake() external view returns (uint256);

    /// @notice Returns the active stake at the end of a second.
    /// @param timestamp Second [unix s].
    /// @return Assets [token wei].
    function activeStakeAt(uint48 timestamp) external view returns (uint256);

    /// @notice Returns the active shares now.
    /// @return Shares.
    function activeShares() external view returns (uint256);

    /// @notice Returns the active shares at the end of a second.
    /// @param timestamp Second [unix s].
    /// @return Shares.
    function activeSharesAt(uint48 timestamp) external view returns (uint256);

    /// @notice Returns an account's active shares now.
    /// @param account Account.
    /// @return Shares.
    function activeSharesOf(address account) external view returns (uint256);

    /// @notice Returns an account's active shares at the end of a second.
    /// @param account Account.
    /// @param timestamp Second [unix s].
    /// @return Shares.
    function activeSharesOfAt(address account, uint48 timestamp) external view returns (uint256);

    /// @notice Returns what an account's active shares are worth now, rounded down.
    /// @param account Account.
    /// @return Assets [token wei].
    function activeBalanceOf(address account) external view returns (uint256);

    /// @notice Returns the assets of a bucket.
    /// @param epoch Its epoch.
    /// @return Assets [token wei].
    function withdrawals(uint256 epoch) external view returns (uint256);

    /// @notice Returns the shares of a bucket.
    /// @param epoch Its epoch.
    /// @return Shares.
    function withdrawalShares(uint256 epoch) external view returns (uint256);

    /// @notice Returns an account's shares of a bucket; they stay when it claims.
    /// @param epoch Its epoch.
    /// @param account Account.
    /// @return Shares.
    function withdrawalSharesOf(uint256 epoch, address account) external view returns (uint256);

    /// @notice Returns what an account's shares of a bucket are worth, claimed or not, rounded down.
    /// @param epoch Its epoch.
    /// @param account Account.
    /// @return Assets [token wei].
    function withdrawalsOf(uint256 epoch, address account) external view returns (uint256);

    /// @notice Returns whether an account has claimed its part of a bucket.
    /// @param epoch Its epoch.
    /// @param account Account.
    /// @return Whether it has.
    function isClaimed(uint256 epoch, address account) external view returns (bool);

    /// @notice Returns what can be slashed at most: active stake and the buckets of this epoch and the next.
    /// @return Assets [token wei].
    function totalStake() external view returns (uint256);

    /// @notice Returns what of an account's can be slashed: active balance and its part of both buckets.
    /// @param account Account.
    /// @return Assets [token wei].
    function slashableBalanceOf(address account) external view returns (uint256);
}
