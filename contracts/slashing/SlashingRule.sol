// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "../libraries/WadMath.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title SlashingRule
/// @notice Base of a rule without memory: `record` notes nothing; `_verdict` builds the common verdict.
/// @custom:source docs/contracts/SlashingRules.md
abstract contract SlashingRule is ISlashingRule {
    /* ERRORS */

    /// @notice Raised at deployment when a fraction is zero or above 100 %.
    /// @param fraction Fraction [WAD].
    error SlashingRuleInvalidFraction(uint256 fraction);

    /* EXTERNAL */

    /// @inheritdoc ISlashingRule
    function record(OperatorSet calldata, Verdict calldata) external virtual returns (bytes4 magic) {
        return ISlashingRule.record.selector;
    }

    /* INTERNAL */

    /// @notice Returns a verdict with one fraction for every strategy of the set.
    /// @param operator Operator at fault.
    /// @param faultTime When the fault was committed [clock units].
    /// @param faultId Identity of the fault.
    /// @param fraction Fraction of the current allocation to every strategy [WAD].
    /// @param reason Short text for people.
    /// @return verdict The verdict.
    function _verdict(
        address operator,
        uint48 faultTime,
        bytes32 faultId,
        uint256 fraction,
        string memory reason
    ) internal pure returns (Verdict memory verdict) {
        uint256[] memory fractions = new uint256[](1);
        fractions[0] = fraction;

        return Verdict(operator, faultTime, faultId, new IStrategy[](0), fractions, reason);
    }

    /// @notice Returns `fraction`, or reverts with {SlashingRuleInvalidFraction} when it is no fraction to slash by.
    /// @param fraction Fraction [WAD].
    /// @return checked The same, in (0, 1e18].
    function _checkedFraction(uint256 fraction) internal pure returns (uint256 checked) {
        require(fraction > 0 && fraction <= WadMath.WAD, SlashingRuleInvalidFraction(fraction));

        return fraction;
    }
}
