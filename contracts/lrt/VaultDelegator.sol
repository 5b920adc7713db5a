// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import { IOperatorDelegation } from "../restaking/IOperatorDelegation.sol";
import { IRestakingManager } from "../restaking/IRestakingManager.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { IVaultDelegator } from "./IVaultDelegator.sol";

/// @title VaultDelegator
/// @notice See {IVaultDelegator}.
contract VaultDelegator is IVaultDelegator {
    using SafeERC20 for IERC20;

    /* IMMUTABLES */

    /// @notice The vault's set of delegators, which alone may call.
    address public immutable delegators;

    /// @inheritdoc IVaultDelegator
    address public immutable operator;

    IRestakingManager private immutable _manager;
    IOperatorDelegation private immutable _delegation;
    IStrategy private immutable _strategy;
    IERC20 private immutable _asset;

    /* MODIFIERS */

    modifier onlyDelegators() {
        require(msg.sender == delegators, VaultDelegatorUnauthorized(msg.sender, delegators));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the delegator to its operator; its maker is the set of delegators.
    /// @param operator_ Operator.
    /// @param manager Restaking manager.
    /// @param delegation Operator delegation.
    /// @param strategy Strategy of the vault's asset.
    constructor(address operator_, IRestakingManager manager, IOperatorDelegation delegation, IStrategy strategy) {
        delegators = msg.sender;
        operator = operator_;
        _manager = manager;
        _delegation = delegation;
        _strategy = strategy;
        _asset = strategy.token();
    }

    /* EXTERNAL */

    /// @inheritdoc IVaultDelegator
    function delegate(IOperatorDelegation.Approval calldata approval) external onlyDelegators {
        _delegation.delegate(operator, approval);
    }

    /// @inheritdoc IVaultDelegator
    function restake(uint256 assets) external onlyDelegators {
        _asset.forceApprove(address(_manager), assets);
        _manager.deposit(_strategy, assets);
    }

    /// @inheritdoc IVaultDelegator
    function queueWithdrawal(uint256 assets) external onlyDelegators returns (uint256 id) {
        IStrategy[] memory strategies = _strategies();
        (uint256[] memory withdrawable, uint256[] memory deposited) = _withdrawable(strategies);
        uint256[] memory shares = new uint256[](1);
        shares[0] = _strategy.underlyingToShares(assets);
        // Whoever asks for all of it shall not leave a share behind that rounds to nothing.
        if (shares[0] >= withdrawable[0]) shares = deposited;
        else shares = _delegation.convertToDepositShares(address(this), strategies, shares);
        return _delegation.queueWithdrawal(strategies, shares);
    }

    /// @inheritdoc IVaultDelegator
    function undelegate() external onlyDelegators returns (uint256[] memory ids) {
        return _delegation.undelegate(address(this));
    }

    /// @inheritdoc IVaultDelegator
    function complete(uint256 id, address to) external onlyDelegators returns (uint256 assets) {
        uint256 before = _asset.balanceOf(address(this));
        _delegation.completeWithdrawal(id, true);
        assets = _asset.balanceOf(address(this)) - before;
        _asset.safeTransfer(to, assets);
    }

    /* VIEWS */

    /// @inheritdoc IVaultDelegator
    function isDelegated() external view returns (bool) {
        return _delegation.delegatedTo(address(this)) == operator;
    }

    /// @inheritdoc IVaultDelegator
    function slashingFactor() external view returns (uint256) {
        return _delegation.slashingFactorOf(address(this), _strategy);
    }

    /// @inheritdoc IVaultDelegator
    function delegatedAssets() external view returns (uint256) {
        (uint256[] memory withdrawable, ) = _withdrawable(_strategies());
        return withdrawable[0] == 0 ? 0 : _strategy.sharesToUnderlying(withdrawable[0]);
    }

    /// @inheritdoc IVaultDelegator
    function queuedAssets() external view returns (uint256 assets) {
        uint256[] memory ids = _delegation.withdrawalsOf(address(this));
        for (uint256 i = 0; i < ids.length; ++i) assets += _read(ids[i]).assets;
    }

    /// @inheritdoc IVaultDelegator
    function queued() external view returns (Queued[] memory withdrawals) {
        uint256[] memory ids = _delegation.withdrawalsOf(address(this));
        withdrawals = new Queued[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) withdrawals[i] = _read(ids[i]);
    }

    /* INTERNAL */

    function _read(uint256 id) private view returns (Queued memory) {
        (uint256[] memory shares, uint48 completableAt) = _delegation.releasableShares(id);
        return Queued(id, _strategy.sharesToUnderlying(shares[0]), completableAt);
    }

    function _withdrawable(
        IStrategy[] memory strategies
    ) private view returns (uint256[] memory withdrawable, uint256[] memory deposited) {
        return _delegation.withdrawableShares(address(this), strategies);
    }

    function _strategies() private view returns (IStrategy[] memory strategies) {
        strategies = new IStrategy[](1);
        strategies[0] = _strategy;
    }
}
