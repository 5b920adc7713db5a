// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { IOperatorDelegation } from "../restaking/IOperatorDelegation.sol";
import { IRestakingManager } from "../restaking/IRestakingManager.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { IRestakingVault } from "./IRestakingVault.sol";
import { IVaultDelegator } from "./IVaultDelegator.sol";
import { IVaultDelegators } from "./IVaultDelegators.sol";
import { VaultDelegator } from "./VaultDelegator.sol";

/// @title VaultDelegators
/// @notice See {IVaultDelegators}.
contract VaultDelegators is IVaultDelegators, ReentrancyGuard {
    /* CONSTANTS */

    /// @notice Excess that {rebalance} leaves where it is: less may be worth no deposit share [wei].
    uint256 public constant DUST = 1000;

    /* IMMUTABLES */

    /// @inheritdoc IVaultDelegators
    IRestakingVault public immutable vault;

    /// @inheritdoc IVaultDelegators
    IStrategy public immutable strategy;

    IRestakingManager private immutable _manager;
    IOperatorDelegation private immutable _delegation;

    /* STORAGE */

    /// @inheritdoc IVaultDelegators
    mapping(address operator => IVaultDelegator delegator) public delegatorOf;

    /// @inheritdoc IVaultDelegators
    mapping(address operator => uint256 weight) public weightOf;

    address[] private _operators;

    /* MODIFIERS */

    modifier onlyCurator() {
        require(msg.sender == vault.curator(), VaultDelegatorsUnauthorized(msg.sender, vault.curator()));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the set to its vault and to the restaking core.
    /// @param vault_ Vault.
    /// @param manager Restaking manager.
    /// @param delegation Operator delegation.
    /// @param strategy_ Strategy of the vault's asset.
    constructor(
        IRestakingVault vault_,
        IRestakingManager manager,
        IOperatorDelegation delegation,
        IStrategy strategy_
    ) {
        vault = vault_;
        strategy = strategy_;
        _manager = manager;
        _delegation = delegation;
    }

    /* EXTERNAL */

    /// @inheritdoc IVaultDelegators
    function admit(
        address operator,
        uint256 weight,
        IOperatorDelegation.Approval calldata approval
    ) external onlyCurator nonReentrant returns (IVaultDelegator delegator) {
        require(address(delegatorOf[operator]) == address(0), VaultDelegatorsBadOperator(operator));

        delegator = new VaultDelegator(operator, _manager, _delegation, strategy);
        delegatorOf[operator] = delegator;
        weightOf[operator] = weight;
        _operators.push(operator);

        emit OperatorAdmitted(operator, delegator, weight);

        delegator.delegate(approval);
    }

    /// @inheritdoc IVaultDelegators
    function setWeight(address operator, uint256 weight) external onlyCurator {
        _known(operator);

        weightOf[operator] = weight;

        emit WeightSet(operator, weight);
    }

    /// @inheritdoc IVaultDelegators
    function allocate(uint256 assets) external onlyCurator nonReentrant {
        (uint256[] memory wanted, uint256[] memory current) = targets(assets);
        uint256 shortfall;
        uint256 last;
        for (uint256 i = 0; i < wanted.length; ++i) {
            wanted[i] = Math.saturatingSub(wanted[i], current[i]);
            if (wanted[i] > 0) last = i;
            shortfall += wanted[i];
        }
        require(shortfall > 0, VaultDelegatorsNoTarget(assets));

        uint256 left = assets;
        for (uint256 i = 0; i <= last; ++i) {
            uint256 part = i == last ? left : Math.mulDiv(assets, wanted[i], shortfall);
            left -= part;
            if (part > 0) _restake(_operators[i], part);
        }
    }

    /// @inheritdoc IVaultDelegators
    function unstake(address operator, uint256 assets) external onlyCurator nonReentrant returns (uint256 id) {
        return _unstake(operator, assets);
    }

    /// @inheritdoc IVaultDelegators
    function rebalance() external onlyCurator nonReentrant {
        (uint256[] memory wanted, uint256[] memory current) = targets(0);
        for (uint256 i = 0; i < wanted.length; ++i) {
            if (current[i] > wanted[i] + DUST) _unstake(_operators[i], current[i] - wanted[i]);
        }
    }

    /// @inheritdoc IVaultDelegators
    function undelegate(address operator) external onlyCurator nonReentrant {
        uint256[] memory ids = _known(operator).undelegate();
        for (uint256 i = 0; i < ids.length; ++i) emit UnstakeQueued(operator, ids[i]);
    }

    /// @inheritdoc IVaultDelegators
    function redelegate(
        address operator,
        IOperatorDelegation.Approval calldata approval
    ) external onlyCurator nonReentrant {
        _known(operator).delegate(approval);
    }

    /// @inheritdoc IVaultDelegators
    function complete(address operator, uint256 id) external nonReentrant returns (uint256 assets) {
        return _complete(operator, id);
    }

    /// @inheritdoc IVaultDelegators
    function completeAll() external nonReentrant returns (uint256 assets) {
        uint48 now_ = IERC6372(address(_delegation)).clock();
        for (uint256 i = 0; i < _operators.length; ++i) {
            IVaultDelegator.Queued[] memory queued = delegatorOf[_operators[i]].queued();
            for (uint256 j = 0; j < queued.length; ++j) {
                if (queued[j].completableAt <= now_) assets += _complete(_operators[i], queued[j].id);
            }
        }
    }

    /* VIEWS */

    /// @inheritdoc IVaultDelegators
    function totalAssets() external view returns (uint256 assets) {
        for (uint256 i = 0; i < _operators.length; ++i) {
            IVaultDelegator delegator = delegatorOf[_operators[i]];
            assets += delegator.delegatedAssets() + delegator.queuedAssets();
        }
    }

    /// @inheritdoc IVaultDelegators
    function operators() external view returns (address[] memory) {
        return _operators;
    }

    /// @inheritdoc IVaultDelegators
    function targets(uint256 assets) public view returns (uint256[] memory wanted, uint256[] memory current) {
        uint256 count = _operators.length;
        wanted = new uint256[](count);
        current = new uint256[](count);
        uint256 total = assets;
        uint256 weights;
        for (uint256 i = 0; i < count; ++i) {
            IVaultDelegator delegator = delegatorOf[_operators[i]];
            current[i] = delegator.delegatedAssets();
            total += current[i];
            bool isAble = delegator.isDelegated() && delegator.slashingFactor() > 0;
            if (isAble) wanted[i] = weightOf[_operators[i]];
            weights += wanted[i];
        }
        if (weights == 0) return (wanted, current);
        for (uint256 i = 0; i < count; ++i) wanted[i] = Math.mulDiv(total, wanted[i], weights);
    }

    /* INTERNAL */

    function _restake(address operator, uint256 assets) private {
        IVaultDelegator delegator = delegatorOf[operator];

        emit Restaked(operator, assets);

        vault.release(address(delegator), assets);
        delegator.restake(assets);
    }

    function _unstake(address operator, uint256 assets) private returns (uint256 id) {
        id = _known(operator).queueWithdrawal(assets);

        emit UnstakeQueued(operator, id);
    }

    function _complete(address operator, uint256 id) private returns (uint256 assets) {
        assets = _known(operator).complete(id, address(vault));

        emit UnstakeCompleted(operator, id, assets);

        vault.collect(assets);
    }

    function _known(address operator) private view returns (IVaultDelegator delegator) {
        delegator = delegatorOf[operator];
        require(address(delegator) != address(0), VaultDelegatorsBadOperator(operator));
    }
}
