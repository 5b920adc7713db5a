// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IJuniorTranche } from "./IJuniorTranche.sol";
import { ILossWaterfall } from "./ILossWaterfall.sol";
import { IRedemptionGate } from "./IRedemptionGate.sol";
import { IRedemptionQueue } from "./IRedemptionQueue.sol";
import { ISwapWindow } from "./ISwapWindow.sol";
import { RedemptionFee } from "./RedemptionFee.sol";

/// @title IDollarReserve
/// @notice Issuer of the dollar: mints it at par for money, redeems it at par less a fee while it is fully backed, and at
/// one rate for all while it is not.
/// @dev Units: dollars in wei, 18 decimals; money ("settlement token") in token wei; rates in WAD; fees in bps.
///
/// | Quantity | Rounding |
/// |---|---|
/// | dollars minted | exact: assets * factor |
/// | money of a redemption | down, twice: dollars * rate, then to token wei |
/// | fee | up |
/// | dollars that the cash bucket can pay | down |
/// @dev A redemption of a fully backed dollar pays the fee of {feeCurve}, which goes to the buffer; an impaired one pays
/// its loss and no fee. While anybody waits in the queue nobody is redeemed at once.
/// @dev Warning: {mintPrivileged} needs no money. With its cap removed, a stolen key mints without end.
/// @custom:source docs/contracts/DollarReserve.md
interface IDollarReserve is ILossWaterfall, IRedemptionGate {
    /// @notice Emitted when dollars are minted for money.
    /// @param caller Who paid.
    /// @param to Who received dollars.
    /// @param assets Money [token wei].
    /// @param dollars Dollars [wei].
    event Minted(address indexed caller, address indexed to, uint256 assets, uint256 dollars);

    /// @notice Emitted when dollars are redeemed.
    /// @param holder Whose dollars: a holder, or the queue.
    /// @param to Who received money.
    /// @param dollars Dollars [wei].
    /// @param assets Money paid [token wei].
    /// @param fee Fee kept [token wei].
    /// @param rate Rate [WAD].
    event Redeemed(
        address indexed holder,
        address indexed to,
        uint256 dollars,
        uint256 assets,
        uint256 fee,
        uint256 rate
    );

    /// @notice Emitted when dollars are minted without money.
    /// @param minter Minter.
    /// @param to Who received them.
    /// @param dollars Dollars [wei].
    event MintedPrivileged(address indexed minter, address indexed to, uint256 dollars);

    /// @notice Emitted when the minter or its cap changes.
    /// @param minter Who may mint without money.
    /// @param cap Most dollars it may ever mint [wei]; the greatest number for no cap.
    event MinterSet(address indexed minter, uint256 cap);

    /// @notice Emitted when the fee's curve changes.
    /// @param curve Curve.
    event FeeCurveSet(RedemptionFee.Curve curve);

    /// @notice Emitted when the reserve learns its other parts.
    /// @param junior Junior tranche, zero for none.
    /// @param queue Queue, zero for none.
    /// @param window Swap window, zero for none.
    event Wired(address indexed junior, address indexed queue, address indexed window);

    /// @notice Raised when an amount is nothing, or worth nothing.
    error DollarReserveZeroAmount();

    /// @notice Raised when the caller has not the role.
    /// @param caller Caller.
    error DollarReserveUnauthorized(address caller);

    /// @notice Raised when the minter would exceed its cap.
    /// @param requested Dollars [wei].
    /// @param available Dollars left [wei].
    error DollarReserveMintCap(uint256 requested, uint256 available);

    /// @notice Raised when a redemption pays less than its caller's minimum.
    /// @param assets Money [token wei].
    /// @param minimum Least money [token wei].
    error DollarReserveBelowMinimum(uint256 assets, uint256 minimum);

    /// @notice Raised when others wait in the queue.
    /// @param waiting Dollars that wait [wei].
    error DollarReserveQueueAhead(uint256 waiting);

    /// @notice Raised when the parts are set twice, or do not belong to this reserve.
    error DollarReserveInvalidWiring();

    /// @notice Mints dollars at par for money of the caller, while banks are open.
    /// @dev Reverts with {RedemptionGateClosed} or {DollarReserveZeroAmount}.
    /// @param assets Money [token wei].
    /// @param to Who receives dollars.
    /// @return dollars Dollars [wei].
    function mint(uint256 assets, address to) external returns (uint256 dollars);

    /// @notice Redeems dollars of the caller at once.
    /// @dev Reverts with {RedemptionGateClosed}, {RedemptionGateEpochCap}, {RedemptionGateBlockLimit},
    /// {DollarReserveQueueAhead}, {ReserveBucketsInsufficientCash}, {DollarReserveBelowMinimum} or
    /// {DollarReserveZeroAmount}.
    /// @param dollars Dollars [wei].
    /// @param minAssets Least money, after the fee [token wei].
    /// @param to Who receives money.
    /// @return assets Money, after the fee [token wei].
    function redeem(uint256 dollars, uint256 minAssets, address to) external returns (uint256 assets);

    /// @notice Redeems dollars of the queue, at the least fee. Only the queue.
    /// @param dollars Dollars [wei].
    /// @return assets Money sent to the queue [token wei].
    function redeemQueued(uint256 dollars) external returns (uint256 assets);

    /// @notice Mints dollars without money. Only the minter, up to its cap.
    /// @dev Reverts with {DollarReserveUnauthorized} or {DollarReserveMintCap}.
    /// @param to Who receives dollars.
    /// @param dollars Dollars [wei].
    function mintPrivileged(address to, uint256 dollars) external;

    /// @notice Sets the minter and its cap; the greatest number removes the cap. Only the owner.
    /// @param minter_ Who may mint without money, zero for nobody.
    /// @param cap Most dollars it may ever mint [wei].
    function setMinter(address minter_, uint256 cap) external;

    /// @notice Sets the fee's curve. Only the owner.
    /// @param curve Curve.
    function setFeeCurve(RedemptionFee.Curve calldata curve) external;

    /// @notice Tells the reserve its other parts, once. Only the owner.
    /// @param junior_ Junior tranche, zero for none.
    /// @param queue_ Queue, zero for none.
    /// @param window_ Swap window, zero for none.
    function wire(IJuniorTranche junior_, IRedemptionQueue queue_, ISwapWindow window_) external;

    /// @notice Returns the queue.
    /// @return Queue, zero for none.
    function queue() external view returns (IRedemptionQueue);

    /// @notice Returns who may mint without money.
    /// @return Minter.
    function minter() external view returns (address);

    /// @notice Returns the most dollars the minter may ever mint.
    /// @return Dollars [wei].
    function mintCap() external view returns (uint256);

    /// @notice Returns the dollars ever minted without money.
    /// @return Dollars [wei].
    function mintedPrivileged() external view returns (uint256);

    /// @notice Returns the fee's curve.
    /// @return Curve.
    function feeCurve() external view returns (RedemptionFee.Curve memory);

    /// @notice Returns the fee of the curve at a level of cash.
    /// @param cash_ Cash [token wei].
    /// @return Fee [bps].
    function feeBpsAt(uint256 cash_) external view returns (uint256);

    /// @notice Returns what redeeming dollars at once pays now, whatever gate and queue say.
    /// @param dollars Dollars [wei].
    /// @return assets Money, after the fee [token wei].
    /// @return fee Fee [token wei].
    function quoteRedeem(uint256 dollars) external view returns (uint256 assets, uint256 fee);

    /// @notice Returns the dollars that gate and cash allow to redeem now; none while banks are closed.
    /// @return Dollars [wei].
    function redeemableNow() external view returns (uint256);
}
