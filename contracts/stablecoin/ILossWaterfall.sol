// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IJuniorTranche } from "./IJuniorTranche.sol";
import { IReserveBuckets } from "./IReserveBuckets.sol";

/// @title ILossWaterfall
/// @notice Who bears it when the reserve is worth less than the dollars: the buffer, the junior tranche, the backstop,
/// and only then the holders, all at one rate.
/// @dev Units: dollars in wei, 18 decimals; buffer, tranche and backstop in money ("settlement token") wei; ratios and
/// rates in WAD.
///
/// | Quantity | Rounding |
/// |---|---|
/// | backing ratio | down |
/// | redemption rate while impaired | down: (supply - residual) / supply |
/// | loss charged to the junior tranche | up |
/// | money moved to cover a gap | up |
/// | money swept as surplus | down |
/// @dev gap = supply - assets marked, when positive; residual = what of it buffer, tranche and backstop do not hold.
/// The pots count without being moved: a mark that recovers gives them back what it took. {cover} moves them for good.
/// @dev Warning: {isFirstComeAtPar} pays par while cash lasts. Then the first are whole and the last bear all: a run.
/// @custom:source docs/contracts/DollarReserve.md
interface ILossWaterfall is IReserveBuckets {
    /// @notice Emitted when money is put into the buffer.
    /// @param from Who gave it.
    /// @param assets Money [token wei].
    event BufferFunded(address indexed from, uint256 assets);

    /// @notice Emitted when money is put into the backstop.
    /// @param from Who gave it.
    /// @param assets Money [token wei].
    event BackstopFunded(address indexed from, uint256 assets);

    /// @notice Emitted when the owner takes money out of the backstop.
    /// @param to Who received it.
    /// @param assets Money [token wei].
    event BackstopWithdrawn(address indexed to, uint256 assets);

    /// @notice Emitted when a gap is covered for good.
    /// @param fromBuffer Money of the buffer [token wei].
    /// @param fromJunior Money of the junior tranche [token wei].
    /// @param fromBackstop Money of the backstop [token wei].
    /// @param residual What remains for the holders [dollars wei].
    event GapCovered(uint256 fromBuffer, uint256 fromJunior, uint256 fromBackstop, uint256 residual);

    /// @notice Emitted when surplus leaves the cash bucket.
    /// @param toBackstop Money repaid to the backstop [token wei].
    /// @param toBuffer Money for the buffer [token wei].
    /// @param toJunior Money for the junior tranche, repaid and earned [token wei].
    event SurplusSwept(uint256 toBackstop, uint256 toBuffer, uint256 toJunior);

    /// @notice Emitted when the buffer's target changes.
    /// @param target Money up to which surplus fills the buffer [token wei].
    event BufferTargetSet(uint256 target);

    /// @notice Emitted when the policy of the waterfall changes.
    /// @param isFirstComeAtPar Whether redemptions are paid at par while cash lasts.
    event FirstComeAtParSet(bool isFirstComeAtPar);

    /// @notice Emitted when the owner gives up what surplus would repay.
    /// @param toJunior Money that the junior tranche does not get back [token wei].
    /// @param toBackstop Money that the backstop does not get back [token wei].
    event ClaimsWrittenOff(uint256 toJunior, uint256 toBackstop);

    /// @notice Raised when the backstop holds too little.
    /// @param requested Money asked for [token wei].
    /// @param available Money held [token wei].
    error LossWaterfallInsufficientBackstop(uint256 requested, uint256 available);

    /// @notice Raised when the backstop would be withdrawn while there is a gap.
    /// @param gap Gap [dollars wei].
    error LossWaterfallGapOpen(uint256 gap);

    /// @notice Puts money of the caller into the buffer.
    /// @param assets Money [token wei].
    function fundBuffer(uint256 assets) external;

    /// @notice Puts money of the caller into the backstop.
    /// @param assets Money [token wei].
    function fundBackstop(uint256 assets) external;

    /// @notice Takes money out of the backstop. Only the owner, and never while there is a gap.
    /// @param to Who receives it.
    /// @param assets Money [token wei].
    function withdrawBackstop(address to, uint256 assets) external;

    /// @notice Moves buffer, junior tranche and backstop, in this order, into the cash bucket until the gap is closed.
    /// Only the manager or the owner.
    /// @return moved Money moved [token wei].
    function cover() external returns (uint256 moved);

    /// @notice Moves surplus cash: repays the backstop, then the junior tranche, what {cover} took; fills the buffer to
    /// its target; gives the rest to the junior tranche, or to the buffer when it has no holders. Anybody.
    /// @return swept Money moved [token wei].
    function sweepSurplus() external returns (uint256 swept);

    /// @notice Gives up what surplus would repay to the junior tranche and the backstop; the tranche takes deposits
    /// again. Only the owner.
    function writeOffClaims() external;

    /// @notice Sets the money up to which surplus fills the buffer. Only the owner.
    /// @param target Money [token wei].
    function setBufferTarget(uint256 target) external;

    /// @notice Chooses who is paid what while impaired: all the same (false) or the first at par (true). Only the owner.
    /// @param isFirstComeAtPar_ Whether redemptions are paid at par while cash lasts.
    function setFirstComeAtPar(bool isFirstComeAtPar_) external;

    /// @notice Returns the surplus buffer.
    /// @return Money [token wei].
    function buffer() external view returns (uint256);

    /// @notice Returns the money up to which surplus fills the buffer.
    /// @return Money [token wei].
    function bufferTarget() external view returns (uint256);

    /// @notice Returns the backstop.
    /// @return Money [token wei].
    function backstop() external view returns (uint256);

    /// @notice Returns the junior tranche.
    /// @return Tranche, zero for none.
    function junior() external view returns (IJuniorTranche);

    /// @notice Returns what {cover} took from the junior tranche and surplus has not repaid.
    /// @return Money [token wei].
    function owedToJunior() external view returns (uint256);

    /// @notice Returns what {cover} took from the backstop and surplus has not repaid.
    /// @return Money [token wei].
    function owedToBackstop() external view returns (uint256);

    /// @notice Returns whether redemptions are paid at par while cash lasts.
    /// @return True when first come is first served.
    function isFirstComeAtPar() external view returns (bool);

    /// @notice Returns what the assets lack to the supply.
    /// @return Gap [dollars wei].
    function gap() external view returns (uint256);

    /// @notice Returns what of the gap remains after buffer, junior tranche and backstop.
    /// @return Residual [dollars wei].
    function residual() external view returns (uint256);

    /// @notice Returns the loss that has passed the buffer and reaches the junior tranche, whatever the tranche holds.
    /// @return Money, rounded up [token wei].
    function juniorCharge() external view returns (uint256);

    /// @notice Returns what the assets exceed the supply by.
    /// @return Surplus [dollars wei].
    function surplus() external view returns (uint256);

    /// @notice Returns assets marked over supply; one when there is no supply.
    /// @return Ratio, rounded down [WAD].
    function backingRatio() external view returns (uint256);

    /// @notice Returns what a dollar is worth to all alike: (supply - residual) / supply.
    /// @return Rate, rounded down, at most one [WAD].
    function backedRate() external view returns (uint256);

    /// @notice Returns the rate at which a redemption is paid, before its fee: {backedRate}, or one at first come.
    /// @return Rate [WAD].
    function redemptionRate() external view returns (uint256);
}
