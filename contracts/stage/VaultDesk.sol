// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IExitQueue } from "../lrt/IExitQueue.sol";
import { INavOracle } from "../lrt/INavOracle.sol";
import { IRestakingVault } from "../lrt/IRestakingVault.sol";
import { IVaultDelegator } from "../lrt/IVaultDelegator.sol";
import { IVaultDelegators } from "../lrt/IVaultDelegators.sol";
import { Nav } from "../types/Nav.sol";
import { INavReporter } from "./INavReporter.sol";
import { IVaultDesk } from "./IVaultDesk.sol";

/// @title VaultDesk
/// @notice See {IVaultDesk}.
/// @custom:source docs/contracts/Lens.md, section "Vault desk"
contract VaultDesk is IVaultDesk {
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Most requests, or batches, whose settlement one call fixes.
    uint256 public constant MAX_PROCESSED = 200;

    /// @notice Stake that is too little to be queued [wei].
    uint256 public constant DUST = 1000;

    /* IMMUTABLES */

    /// @notice Who may act.
    address public immutable operator;

    /* MODIFIERS */

    modifier onlyOperator() {
        require(msg.sender == operator, VaultDeskUnauthorized(msg.sender, operator));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Opens the desk.
    /// @param operator_ Who may act.
    constructor(address operator_) {
        operator = operator_;
    }

    /* EXTERNAL */

    /// @inheritdoc IVaultDesk
    function restake(IRestakingVault vault, uint256 target) external returns (uint256 assets) {
        uint256 kept = vault.totalAssets().wMulDown(target);
        assets = Math.saturatingSub(vault.spendable(), kept);
        if (assets > DUST) vault.delegators().allocate(assets);
        else assets = 0;
    }

    /// @inheritdoc IVaultDesk
    function serve(IRestakingVault vault) external returns (uint256 queued) {
        IVaultDelegators delegators = vault.delegators();
        IExitQueue queue = vault.queue();
        delegators.completeAll();
        if (queue.freezePoint() != IExitQueue.FreezePoint.Claim && vault.isOpen()) queue.process(MAX_PROCESSED);
        queue.fill();

        address[] memory operators = delegators.operators();
        uint256 delegated;
        uint256 coming;
        for (uint256 i = 0; i < operators.length; ++i) {
            IVaultDelegator delegator = delegators.delegatorOf(operators[i]);
            delegated += delegator.delegatedAssets();
            coming += delegator.queuedAssets();
        }
        uint256 lacking = Math.min(delegated, Math.saturatingSub(queue.deficit(), coming));
        for (uint256 i = 0; i < operators.length; ++i) {
            uint256 held = delegators.delegatorOf(operators[i]).delegatedAssets();
            uint256 part = delegated == 0 ? 0 : lacking.mulDivUp(held, delegated);
            if (part <= DUST) continue;
            queued += part;
            delegators.unstake(operators[i], part);
        }
    }

    /// @inheritdoc IVaultDesk
    function push(IRestakingVault vault, INavReporter[] calldata reporters) external {
        INavOracle oracle = vault.oracle();
        if (oracle.mode() == INavOracle.Mode.Pushed) {
            oracle.push();
        } else {
            Nav memory live = oracle.liveNav();
            _vote(oracle, reporters, live.assets, live.shares);
        }
    }

    /// @inheritdoc IVaultDesk
    function pushRate(IRestakingVault vault, INavReporter[] calldata reporters, uint256 rate) external onlyOperator {
        INavOracle oracle = vault.oracle();
        uint256 inAssets = rate.wDivDown(vault.worthOf(WadMath.WAD));
        if (oracle.mode() == INavOracle.Mode.Pushed) {
            oracle.pushRate(inAssets);
        } else {
            uint256 shares = oracle.liveNav().shares;
            _vote(oracle, reporters, shares.wMulUp(inAssets), shares);
        }
    }

    /// @inheritdoc IVaultDesk
    function execute(address target, bytes calldata data) external onlyOperator {
        Address.functionCall(target, data);
    }

    /* INTERNAL */

    function _vote(INavOracle oracle, INavReporter[] calldata reporters, uint256 assets, uint256 shares) private {
        uint256 round = oracle.lastRound() + 1;
        for (uint256 i = 0; i < reporters.length; ++i) reporters[i].vote(oracle, round, assets, shares);
    }
}
