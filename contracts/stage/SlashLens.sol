// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ICoreComponent } from "../restaking/ICoreComponent.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { IDelayedSlasher } from "../slashing/IDelayedSlasher.sol";
import { ISlasherModule } from "../slashing/ISlasherModule.sol";
import { ISlashingRule } from "../slashing/ISlashingRule.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashLens } from "./ISlashLens.sol";

/// @title SlashLens
/// @notice See {ISlashLens}.
/// @custom:source docs/contracts/Lens.md, section "Slashes"
contract SlashLens is ISlashLens {
    /* IMMUTABLES */

    IAVSRegistry private immutable _registry;
    ISlasher private immutable _slasher;

    /* CONSTRUCTOR */

    /// @notice Points the lens at a deployed core.
    /// @param core Contracts of the core.
    constructor(ICoreComponent.Core memory core) {
        _registry = core.avsRegistry;
        _slasher = core.slasher;
    }

    /* VIEWS */

    /// @inheritdoc ISlashLens
    function previewReport(
        ISlasherModule module,
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external view returns (ISlashingRule.Verdict memory verdict, ISlasher.SlashPreview memory preview) {
        verdict = module.previewVerdict(set, rule, evidence);
        preview = _preview(set, verdict);
    }

    /// @inheritdoc ISlashLens
    function previewExecute(
        IDelayedSlasher module,
        uint256 requestId
    ) external view returns (ISlashingRule.Verdict memory verdict, ISlasher.SlashPreview memory preview) {
        IDelayedSlasher.Request memory request = module.requestOf(requestId);
        verdict = request.verdict;
        preview = _preview(request.set, verdict);
    }

    /* INTERNAL */

    /// @dev A verdict without strategies means all of the set's, in the ascending order that the core wants.
    function _preview(
        OperatorSet memory set,
        ISlashingRule.Verdict memory verdict
    ) private view returns (ISlasher.SlashPreview memory) {
        IStrategy[] memory strategies = verdict.strategies;
        uint256[] memory fractions = verdict.fractions;
        if (strategies.length == 0) {
            strategies = _ascending(_registry.strategiesOf(set));
            fractions = new uint256[](strategies.length);
            for (uint256 i = 0; i < strategies.length; ++i) fractions[i] = verdict.fractions[0];
        }

        return _slasher.previewSlash(set, verdict.operator, strategies, fractions);
    }

    /// @dev Sorts a short list in place.
    function _ascending(IStrategy[] memory strategies) private pure returns (IStrategy[] memory) {
        for (uint256 i = 1; i < strategies.length; ++i) {
            for (uint256 j = i; j > 0 && address(strategies[j - 1]) > address(strategies[j]); --j) {
                (strategies[j - 1], strategies[j]) = (strategies[j], strategies[j - 1]);
            }
        }
        return strategies;
    }
}
