// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { Statement } from "../types/Statement.sol";
import { IOperatorKeys } from "./IOperatorKeys.sol";
import { IServiceBook } from "./IServiceBook.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { StatementRule } from "./StatementRule.sol";

/// @title PriceDeviationRule
/// @notice Fault: signing a price further from the round's median than a band allows.
/// @dev Evidence: `abi.encode(Statement statement, bytes signature)`; the value is the price as uint256 [18 dp].
/// `deviation = floor(|price - median| * WAD / median)`; no fault while `deviation <= band`, the bound inclusive;
/// cost `= min(maxFraction, baseFraction + floor((deviation - band) * slope / WAD))`.
/// Fault time: when the round was opened. One fault an operator, topic and round.
/// @custom:source docs/contracts/SlashingRules.md, section "Price deviation"
contract PriceDeviationRule is StatementRule {
    /* TYPES */

    /// @notice What a deviation costs.
    /// @param band Largest deviation from the median that is tolerated [WAD], inclusive.
    /// @param baseFraction Cost of a deviation just beyond the band [WAD, in (0, maxFraction]].
    /// @param slope Growth of the cost with the deviation beyond the band [WAD of fraction per WAD of deviation, at most 1e36].
    /// @param maxFraction Largest cost [WAD, at most 1e18].
    struct Terms {
        uint256 band;
        uint256 baseFraction;
        uint256 slope;
        uint256 maxFraction;
    }

    /* STORAGE */

    /// @notice What a deviation costs; fixed at deployment.
    Terms public terms;

    /* ERRORS */

    /// @notice Raised when the base fraction exceeds the largest fraction, or the slope its bound of 1e36.
    /// @param baseFraction Base fraction [WAD].
    /// @param slope Growth of the cost [WAD].
    /// @param maxFraction Largest fraction [WAD].
    error PriceDeviationRuleInvalidTerms(uint256 baseFraction, uint256 slope, uint256 maxFraction);

    /// @notice Raised when the round has no median, or a median of zero.
    /// @param topic Feed.
    /// @param round Round.
    error PriceDeviationRuleNoMedian(bytes32 topic, uint64 round);

    /// @notice Raised when the price lies within the band.
    /// @param price Price that was signed [18 dp].
    /// @param median Median of the round [18 dp].
    /// @param deviation Deviation [WAD].
    /// @param band Largest deviation tolerated [WAD].
    error PriceDeviationRuleWithinBand(uint256 price, uint256 median, uint256 deviation, uint256 band);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param keys_ Registry of the operators' signing keys.
    /// @param terms_ What a deviation costs.
    constructor(IOperatorKeys keys_, Terms memory terms_) StatementRule(keys_) {
        _checkedFraction(terms_.baseFraction);
        _checkedFraction(terms_.maxFraction);
        require(
            terms_.baseFraction <= terms_.maxFraction && terms_.slope <= WadMath.WAD * WadMath.WAD,
            PriceDeviationRuleInvalidTerms(terms_.baseFraction, terms_.slope, terms_.maxFraction)
        );

        terms = terms_;
    }

    /* VIEWS */

    /// @inheritdoc ISlashingRule
    function judge(OperatorSet calldata set, bytes calldata evidence) external view returns (Verdict memory verdict) {
        (Statement memory statement, bytes memory signature) = abi.decode(evidence, (Statement, bytes));
        address operator = _authorOf(set, statement, signature);
        uint48 openedAt = _openedAt(statement);
        uint256 median = _medianOf(statement);
        uint256 price = uint256(statement.value);
        uint256 deviation = deviationOf(price, median);
        require(deviation > terms.band, PriceDeviationRuleWithinBand(price, median, deviation, terms.band));

        return _verdict(operator, openedAt, _faultIdOf(operator, statement), fractionFor(deviation), "price deviation");
    }

    /// @notice Returns what a deviation beyond the band costs.
    /// @param deviation Deviation from the median, not below the band [WAD].
    /// @return fraction Fraction of the current allocation [WAD], the growth rounded down.
    function fractionFor(uint256 deviation) public view returns (uint256 fraction) {
        return Math.min(terms.maxFraction, terms.baseFraction + WadMath.wMulDown(deviation - terms.band, terms.slope));
    }

    /// @notice Returns the distance of a price from the median, relative to the median.
    /// @dev Saturates at 1e36, so that no price is too absurd to be judged.
    /// @param price Price [18 dp].
    /// @param median Median [18 dp], not zero.
    /// @return deviation Deviation [WAD], rounded down.
    function deviationOf(uint256 price, uint256 median) public pure returns (uint256 deviation) {
        uint256 distance = price > median ? price - median : median - price;
        if (distance / median >= WadMath.WAD) return WadMath.WAD * WadMath.WAD;

        return WadMath.mulDivDown(distance, WadMath.WAD, median);
    }

    /* INTERNAL */

    /// @notice Returns the median that the service found in the statement's round.
    /// @param statement Statement of the round.
    /// @return median Median [18 dp], above zero.
    function _medianOf(Statement memory statement) private view returns (uint256 median) {
        (bool settled, bytes32 value) = IServiceBook(statement.avs).truthOf(
            statement.setId,
            statement.topic,
            statement.round
        );
        require(settled && value != 0, PriceDeviationRuleNoMedian(statement.topic, statement.round));

        return uint256(value);
    }
}
