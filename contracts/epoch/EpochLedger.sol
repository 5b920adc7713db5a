// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { UnitShares } from "../libraries/UnitShares.sol";
import { IEpochVault } from "./IEpochVault.sol";

/// @title EpochLedger
/// @notice What an epoch vault knows: its epochs, its stake over time, its buckets, and how a slash is spread over them.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
abstract contract EpochLedger is IEpochVault {
    using Checkpoints for Checkpoints.Trace256;
    using UnitShares for uint256;

    /* IMMUTABLES */

    /// @inheritdoc IEpochVault
    IERC20 public immutable asset;

    /// @inheritdoc IEpochVault
    address public immutable burner;

    /// @inheritdoc IEpochVault
    uint48 public immutable epochDuration;

    /* STORAGE */

    /// @inheritdoc IEpochVault
    uint48 public startedAt;

    /// @inheritdoc IEpochVault
    mapping(uint256 epoch => uint256 assets) public withdrawals;

    /// @inheritdoc IEpochVault
    mapping(uint256 epoch => uint256 shares) public withdrawalShares;

    /// @inheritdoc IEpochVault
    mapping(uint256 epoch => mapping(address account => uint256 shares)) public withdrawalSharesOf;

    Checkpoints.Trace256 private _activeStake;
    Checkpoints.Trace256 private _activeShares;
    mapping(address account => Checkpoints.Trace256 shares) private _activeSharesOf;

    /* CONSTRUCTOR */

    /// @notice Fixes what the vault works with; epoch 0 begins when it is wired.
    /// @param terms How the vault is set up.
    constructor(Terms memory terms) {
        require(terms.epochDuration > 0, EpochVaultZeroEpoch());

        asset = terms.asset;
        burner = terms.burner;
        epochDuration = terms.epochDuration;
    }

    /* VIEWS */

    /// @inheritdoc IEpochVault
    function activeStakeAt(uint48 timestamp) external view returns (uint256) {
        return _activeStake.upperLookupRecent(timestamp);
    }

    /// @inheritdoc IEpochVault
    function activeSharesAt(uint48 timestamp) external view returns (uint256) {
        return _activeShares.upperLookupRecent(timestamp);
    }

    /// @inheritdoc IEpochVault
    function activeSharesOfAt(address account, uint48 timestamp) external view returns (uint256) {
        return _activeSharesOf[account].upperLookupRecent(timestamp);
    }

    /// @inheritdoc IEpochVault
    function previewSlash(uint256 amount, uint48 capturedAt) external view returns (Cut memory cut) {
        return _cut(amount, capturedAt);
    }

    /// @inheritdoc IEpochVault
    function slashableBalanceOf(address account) external view returns (uint256) {
        uint256 epoch = currentEpoch();

        return activeBalanceOf(account) + withdrawalsOf(epoch, account) + withdrawalsOf(epoch + 1, account);
    }

    /// @inheritdoc IEpochVault
    function totalStake() external view returns (uint256) {
        uint256 epoch = currentEpoch();

        return activeStake() + withdrawals[epoch] + withdrawals[epoch + 1];
    }

    /// @inheritdoc IEpochVault
    function currentEpochStart() external view returns (uint48) {
        return startedAt + SafeCast.toUint48(currentEpoch() * epochDuration);
    }

    /// @inheritdoc IEpochVault
    function epochAt(uint48 timestamp) public view returns (uint256) {
        require(startedAt > 0 && timestamp >= startedAt, EpochVaultBeforeStart(timestamp, startedAt));

        return (timestamp - startedAt) / epochDuration;
    }

    /// @inheritdoc IEpochVault
    function currentEpoch() public view returns (uint256) {
        return epochAt(_now());
    }

    /// @inheritdoc IEpochVault
    function activeStake() public view returns (uint256) {
        return _activeStake.latest();
    }

    /// @inheritdoc IEpochVault
    function activeShares() public view returns (uint256) {
        return _activeShares.latest();
    }

    /// @inheritdoc IEpochVault
    function activeSharesOf(address account) public view returns (uint256) {
        return _activeSharesOf[account].latest();
    }

    /// @inheritdoc IEpochVault
    function activeBalanceOf(address account) public view returns (uint256) {
        return activeSharesOf(account).toAssetsDown(activeStake(), activeShares());
    }

    /// @inheritdoc IEpochVault
    function withdrawalsOf(uint256 epoch, address account) public view returns (uint256) {
        return withdrawalSharesOf[epoch][account].toAssetsDown(withdrawals[epoch], withdrawalShares[epoch]);
    }

    /* INTERNAL */

    /// @notice Begins epoch 0 now.
    function _begin() internal {
        startedAt = _now();
    }

    /// @notice Adds active stake and an account's shares of it.
    /// @param account Account.
    /// @param assets Assets [token wei].
    /// @param shares Shares.
    function _addActive(address account, uint256 assets, uint256 shares) internal {
        _activeStake.push(_now(), activeStake() + assets);
        _activeShares.push(_now(), activeShares() + shares);
        _activeSharesOf[account].push(_now(), activeSharesOf(account) + shares);
    }

    /// @notice Moves active stake of an account to the bucket of the next epoch.
    /// @param account Whose shares are burned.
    /// @param claimer Who gets shares of the bucket.
    /// @param assets Assets [token wei].
    /// @param shares Active shares to burn, no more than the account has.
    /// @return epoch Epoch of the bucket.
    /// @return minted Shares of the bucket.
    function _moveToBucket(
        address account,
        address claimer,
        uint256 assets,
        uint256 shares
    ) internal returns (uint256 epoch, uint256 minted) {
        epoch = currentEpoch() + 1;
        minted = assets.toSharesDown(withdrawals[epoch], withdrawalShares[epoch]);

        _activeStake.push(_now(), activeStake() - assets);
        _activeShares.push(_now(), activeShares() - shares);
        _activeSharesOf[account].push(_now(), activeSharesOf(account) - shares);
        withdrawals[epoch] += assets;
        withdrawalShares[epoch] += minted;
        withdrawalSharesOf[epoch][claimer] += minted;
    }

    /// @notice Takes a cut.
    /// @param cut Cut, made by {_cut} in this transaction.
    function _take(Cut memory cut) internal {
        uint256 epoch = currentEpoch();

        _activeStake.push(_now(), activeStake() - cut.active);
        withdrawals[epoch] -= cut.current;
        withdrawals[epoch + 1] -= cut.next;
    }

    /// @notice Spreads a slash over what could be slashed at its capture.
    /// @param amount Assets asked for [token wei].
    /// @param capturedAt Second whose stake is slashed [unix s].
    /// @return cut What it takes.
    function _cut(uint256 amount, uint48 capturedAt) internal view returns (Cut memory cut) {
        uint256 epoch = currentEpoch();
        uint256 captureEpoch = epochAt(capturedAt);
        bool isRecent = captureEpoch <= epoch && captureEpoch + 1 >= epoch;
        require(isRecent, EpochVaultInvalidCapture(captureEpoch, epoch));

        uint256 active = activeStake();
        uint256 current = captureEpoch == epoch ? 0 : withdrawals[epoch];
        uint256 next = withdrawals[epoch + 1];
        uint256 slashable = active + current + next;
        cut.total = Math.min(amount, slashable);
        if (cut.total == 0) return cut;

        cut.active = Math.mulDiv(cut.total, active, slashable);
        if (captureEpoch == epoch) {
            cut.next = cut.total - cut.active;
            return cut;
        }
        cut.next = Math.mulDiv(cut.total, next, slashable);
        // What the floors leave is the current bucket's as far as it has it, else the next one's.
        uint256 rest = cut.total - cut.active - cut.next;
        cut.current = Math.min(rest, current);
        cut.next += rest - cut.current;
    }

    /// @notice Returns the present second.
    /// @return Now [unix s].
    function _now() internal view returns (uint48) {
        return SafeCast.toUint48(block.timestamp);
    }
}
