// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IDollar } from "./IDollar.sol";
import { IDollarReserve } from "./IDollarReserve.sol";
import { IFundTeller } from "./IFundTeller.sol";
import { IJuniorTranche } from "./IJuniorTranche.sol";
import { IRedemptionQueue } from "./IRedemptionQueue.sol";
import { ISwapWindow } from "./ISwapWindow.sol";
import { LossWaterfall } from "./LossWaterfall.sol";
import { RedemptionFee } from "./RedemptionFee.sol";
import { RedemptionGate } from "./RedemptionGate.sol";
import { ReserveBuckets } from "./ReserveBuckets.sol";

/// @title DollarReserve
/// @notice See {IDollarReserve}.
contract DollarReserve is IDollarReserve, LossWaterfall, RedemptionGate {
    using SafeERC20 for IERC20;
    using WadMath for uint256;
    using RedemptionFee for RedemptionFee.Curve;

    /* CONSTANTS */

    /// @notice Bit that pauses minting at par.
    uint8 public constant PAUSED_MINT = 0;

    /// @notice Bit that pauses redemptions, queued ones included.
    uint8 public constant PAUSED_REDEEM = 1;

    /// @notice Bit that pauses minting without money.
    uint8 public constant PAUSED_PRIVILEGED_MINT = 2;

    uint256 private constant _BPS = 10_000;

    /* STORAGE */

    /// @inheritdoc IDollarReserve
    IRedemptionQueue public queue;

    /// @inheritdoc IDollarReserve
    address public minter;

    /// @inheritdoc IDollarReserve
    uint256 public mintCap;

    /// @inheritdoc IDollarReserve
    uint256 public mintedPrivileged;

    RedemptionFee.Curve private _curve;
    bool private _isWired;

    /* CONSTRUCTOR */

    /// @notice Opens a reserve without a minter; the dollar's owner has to make it an issuer.
    /// @param owner_ Who sets terms and roles, and pauses.
    /// @param dollar_ Dollar.
    /// @param settlement_ Money, with at most 18 decimals.
    /// @param teller_ Where the fund is bought; zero for no fund.
    /// @param gate_ Terms of the gate.
    /// @param curve_ Curve of the fee.
    constructor(
        address owner_,
        IDollar dollar_,
        IERC20 settlement_,
        IFundTeller teller_,
        Gate memory gate_,
        RedemptionFee.Curve memory curve_
    ) Ownable(owner_) ReserveBuckets(dollar_, settlement_, teller_) {
        _setManager(owner_);
        _setGate(gate_);
        _setFeeCurve(curve_);
    }

    /* EXTERNAL */

    /// @inheritdoc IDollarReserve
    function mint(
        uint256 assets,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_MINT) returns (uint256 dollars) {
        _requireOpen();
        uint256 received = _pull(msg.sender, assets);
        dollars = received * factor;
        require(dollars > 0, DollarReserveZeroAmount());

        cash += received;

        emit Minted(msg.sender, to, received, dollars);

        dollar.mint(to, dollars);
    }

    /// @inheritdoc IDollarReserve
    function redeem(
        uint256 dollars,
        uint256 minAssets,
        address to
    ) external nonReentrant whenNotPaused(PAUSED_REDEEM) returns (uint256 assets) {
        _requireOpen();
        uint256 waiting = address(queue) == address(0) ? 0 : queue.totalWaiting();
        require(waiting == 0, DollarReserveQueueAhead(waiting));
        uint256 gross = _grossOf(dollars);
        _requireCash(gross);
        uint256 fee = _isAtPar() ? _curve.feeOf(cash, gross) : 0;
        assets = gross - fee;
        require(assets > 0, DollarReserveZeroAmount());
        require(assets >= minAssets, DollarReserveBelowMinimum(assets, minAssets));

        _settle(dollars, gross, fee, to);
    }

    /// @inheritdoc IDollarReserve
    function redeemQueued(uint256 dollars) external nonReentrant whenNotPaused(PAUSED_REDEEM) returns (uint256 assets) {
        require(msg.sender == address(queue), DollarReserveUnauthorized(msg.sender));
        _requireOpen();
        uint256 gross = _grossOf(dollars);
        _requireCash(gross);
        uint256 fee = _isAtPar() ? gross.mulDivUp(_curve.minBps, _BPS) : 0;
        assets = gross - fee;

        _settle(dollars, gross, fee, msg.sender);
    }

    /// @inheritdoc IDollarReserve
    function mintPrivileged(address to, uint256 dollars) external nonReentrant whenNotPaused(PAUSED_PRIVILEGED_MINT) {
        require(msg.sender == minter, DollarReserveUnauthorized(msg.sender));
        uint256 left = Math.saturatingSub(mintCap, mintedPrivileged);
        require(dollars <= left, DollarReserveMintCap(dollars, left));

        mintedPrivileged += dollars;

        emit MintedPrivileged(msg.sender, to, dollars);

        dollar.mint(to, dollars);
    }

    /// @inheritdoc IDollarReserve
    function setMinter(address minter_, uint256 cap) external onlyOwner {
        minter = minter_;
        mintCap = cap;

        emit MinterSet(minter_, cap);
    }

    /// @inheritdoc IDollarReserve
    function setFeeCurve(RedemptionFee.Curve calldata curve) external onlyOwner {
        _setFeeCurve(curve);
    }

    /// @inheritdoc IDollarReserve
    function wire(IJuniorTranche junior_, IRedemptionQueue queue_, ISwapWindow window_) external onlyOwner {
        bool isOurDollar = address(window_) == address(0) || address(window_.dollar()) == address(dollar);
        bool isSameMoney = address(junior_) == address(0) || junior_.asset() == address(settlement);
        bool isOurQueue = address(queue_) == address(0) || address(queue_.reserve()) == address(this);
        require(!_isWired && isOurDollar && isSameMoney && isOurQueue, DollarReserveInvalidWiring());

        _isWired = true;
        queue = queue_;
        _setJunior(junior_);
        _setWindow(window_);

        emit Wired(address(junior_), address(queue_), address(window_));
    }

    /* VIEWS */

    /// @inheritdoc IDollarReserve
    function feeCurve() external view returns (RedemptionFee.Curve memory) {
        return _curve;
    }

    /// @inheritdoc IDollarReserve
    function feeBpsAt(uint256 cash_) external view returns (uint256) {
        return _curve.bpsAt(cash_);
    }

    /// @inheritdoc IDollarReserve
    function quoteRedeem(uint256 dollars) external view returns (uint256 assets, uint256 fee) {
        uint256 gross = _grossOf(dollars);
        _requireCash(gross);
        fee = _isAtPar() ? _curve.feeOf(cash, gross) : 0;
        assets = gross - fee;
    }

    /// @inheritdoc IDollarReserve
    function redeemableNow() external view returns (uint256) {
        uint256 rate = redemptionRate();
        if (!isOpen() || rate == 0) return 0;
        return Math.min(Math.min(epochLeft(), blockLeft()), (cash * factor).wDivDown(rate));
    }

    /* INTERNAL */

    /// @dev Burns the dollars, takes `gross` out of the cash bucket, keeps the fee in the buffer and sends the rest.
    function _settle(uint256 dollars, uint256 gross, uint256 fee, address to) private {
        _useGate(dollars);
        uint256 rate = redemptionRate();
        cash -= gross;
        buffer += fee;

        emit Redeemed(msg.sender, to, dollars, gross - fee, fee, rate);

        dollar.burn(msg.sender, dollars);
        if (gross > fee) settlement.safeTransfer(to, gross - fee);
    }

    function _setFeeCurve(RedemptionFee.Curve memory curve) private {
        curve.check();

        _curve = curve;

        emit FeeCurveSet(curve);
    }

    /// @dev Money that dollars are worth at the present rate, before a fee.
    function _grossOf(uint256 dollars) private view returns (uint256) {
        return dollars.wMulDown(redemptionRate()) / factor;
    }

    function _requireCash(uint256 assets) private view {
        require(assets <= cash, ReserveBucketsInsufficientCash(assets, cash));
    }
}
