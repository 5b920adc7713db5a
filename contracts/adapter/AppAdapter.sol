// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { IAdapter } from "./IAdapter.sol";
import { IAdapterVault } from "./IAdapterVault.sol";
import { IAppAdapter } from "./IAppAdapter.sol";

/// @title AppAdapter
/// @notice See {IAppAdapter}.
/// @custom:source docs/contracts/AdapterVault.md, section "Concepts"
contract AppAdapter is IAppAdapter, ReentrancyGuard {
    using Checkpoints for Checkpoints.Trace256;
    using SafeERC20 for IERC20;

    /// @notice How an adapter is set up.
    /// @param vault Vault.
    /// @param network Whom the operator works for.
    /// @param middleware The one account that may slash.
    /// @param burner Receiver of what is slashed.
    /// @param duration How long capital stays slashable after it is asked back, not zero [s].
    struct Terms {
        IAdapterVault vault;
        address network;
        address middleware;
        address burner;
        uint48 duration;
    }

    /* IMMUTABLES */

    /// @notice Returns the vault.
    IAdapterVault public immutable vault;

    /// @notice Returns the network.
    address public immutable network;

    /// @notice Returns who receives what is slashed.
    address public immutable burner;

    /// @inheritdoc IAppAdapter
    uint48 public immutable duration;

    IERC20 private immutable _asset;

    /* STORAGE */

    /// @notice Returns the one account that may slash.
    address public middleware;

    /// @notice Returns the most capital that the network takes [token wei].
    uint256 public maxStake = type(uint256).max;

    /// @notice Returns what the position began with [token wei].
    uint256 public base;

    /// @notice Returns what was slashed or released of the position [token wei].
    uint256 public slashed;

    /// @dev Debts of one position after the other: a position is a number, its debts are its own.
    mapping(uint256 position => Checkpoints.Trace256 debt) private _debts;
    uint256 private _position;

    /* MODIFIERS */

    modifier onlyVault() {
        require(msg.sender == address(vault), AppAdapterOnlyVault(msg.sender));
        _;
    }

    modifier onlyMiddleware() {
        require(msg.sender == middleware, AppAdapterOnlyMiddleware(msg.sender));
        _;
    }

    modifier onlyNetwork() {
        require(msg.sender == network, AppAdapterOnlyNetwork(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Fixes what the adapter works with.
    /// @param terms How it is set up.
    constructor(Terms memory terms) {
        require(terms.duration > 0, AppAdapterZeroDuration());

        (vault, network, middleware) = (terms.vault, terms.network, terms.middleware);
        (burner, duration) = (terms.burner, terms.duration);
        _asset = IERC20(terms.vault.asset());
    }

    /* EXTERNAL */

    /// @inheritdoc IAdapter
    function allocate(uint256 assets) external onlyVault {
        uint256 left = slashableAt(_now());
        Checkpoints.Trace256 storage debts = _debts[_position];
        uint256 matured = debts.upperLookupRecent(block.timestamp);
        uint256 length = debts.length();
        Checkpoints.Trace256 storage fresh = _debts[++_position];
        // Debts that wait go on waiting, as far as there is stake that they are debts of.
        for (uint256 k = 0; k < length; ++k) {
            Checkpoints.Checkpoint256 memory debt = debts.at(SafeCast.toUint32(k));
            if (debt._key > block.timestamp) fresh.push(debt._key, Math.min(debt._value - matured, left));
        }
        (base, slashed) = (left + assets, 0);

        emit Allocated(assets);
    }

    /// @inheritdoc IAdapter
    function requestDeallocate(uint256 assets, uint256 limit) external onlyVault {
        uint256 free = freeAssets();
        if (assets <= free) return _reopen(Math.min(totalAssets() - assets, limit));

        Checkpoints.Trace256 storage debts = _debts[_position];
        uint256 debt = debts.upperLookupRecent(block.timestamp) + assets - free;
        if (debt <= debts.latest()) return;

        uint48 dueAt = _now() + duration;
        debts.push(dueAt, debt);

        emit DeallocationRequested(debt, dueAt);
    }

    /// @inheritdoc IAdapter
    function deallocate(uint256 assets) external onlyVault {
        uint256 free = freeAssets();
        require(assets <= free, AppAdapterNotFree(assets, free));

        emit Deallocated(assets);

        _asset.safeTransfer(address(vault), assets);
    }

    /// @inheritdoc IAppAdapter
    function slash(uint256 amount) external onlyMiddleware nonReentrant returns (uint256 taken) {
        taken = _count(amount);

        emit CapitalSlashed(taken);

        _asset.safeTransfer(burner, taken);
        vault.onSlash(taken);
    }

    /// @inheritdoc IAppAdapter
    function release(uint256 amount) external onlyMiddleware returns (uint256 released) {
        released = _count(amount);

        emit Released(released);
    }

    /// @inheritdoc IAppAdapter
    function setMiddleware(address middleware_) external onlyNetwork {
        middleware = middleware_;
    }

    /// @inheritdoc IAppAdapter
    function setMaxStake(uint256 limit) external onlyNetwork {
        maxStake = limit;
    }

    /* VIEWS */

    /// @inheritdoc IAppAdapter
    function stakeAt(uint48 timestamp) external view returns (uint256) {
        return slashableAt(timestamp + duration - 1);
    }

    /// @inheritdoc IAdapter
    function allocatable() external view returns (uint256) {
        return Math.saturatingSub(maxStake, slashableAt(_now()));
    }

    /// @inheritdoc IAppAdapter
    function slashableAt(uint48 timestamp) public view returns (uint256) {
        uint256 debt = _debts[_position].upperLookupRecent(timestamp);

        return Math.saturatingSub(base - slashed, debt);
    }

    /// @inheritdoc IAppAdapter
    function freeAssets() public view returns (uint256) {
        return totalAssets() - slashableAt(_now());
    }

    /// @inheritdoc IAdapter
    function totalAssets() public view returns (uint256) {
        return _asset.balanceOf(address(this));
    }

    /* INTERNAL */

    /// @notice Takes off what can be slashed.
    /// @param amount Amount asked for [token wei].
    /// @return counted Amount taken off [token wei].
    function _count(uint256 amount) private returns (uint256 counted) {
        counted = Math.min(amount, slashableAt(_now()));
        require(counted > 0, AppAdapterNothingToSlash());

        slashed += counted;
    }

    function _reopen(uint256 stake) private {
        ++_position;
        (base, slashed) = (stake, 0);

        emit PositionOpened(stake);
    }

    function _now() private view returns (uint48) {
        return SafeCast.toUint48(block.timestamp);
    }
}
