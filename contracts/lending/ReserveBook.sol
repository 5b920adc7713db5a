// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { FeedReader } from "../libraries/FeedReader.sol";
import { PausableFlags } from "../libraries/PausableFlags.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { IInsuranceModule } from "./IInsuranceModule.sol";
import { ILendingLedger } from "./ILendingLedger.sol";
import { IReserveBook } from "./IReserveBook.sol";
import { ISupplyClaim } from "./ISupplyClaim.sol";

/// @title ReserveBook
/// @notice What a lending pool lists and at which terms.
contract ReserveBook is IReserveBook, PausableFlags {
    /* CONSTANTS */

    /// @notice Bit of {PausableFlags} that pauses every reserve.
    uint8 public constant PAUSED_ALL = 0;

    /// @notice Restriction: nothing at all can be done with the asset.
    uint256 public constant INACTIVE = 1;

    /// @notice Restriction: nothing can be done with the asset, for a while.
    uint256 public constant PAUSED = 2;

    /// @notice Restriction: the asset cannot be supplied or borrowed; withdrawals, repayments and liquidations go on.
    uint256 public constant FROZEN = 4;

    /// @notice Restriction: the asset adds nothing to what may be borrowed, and must leave before other collateral.
    uint256 public constant LTV_ZERO = 8;

    /// @notice Restriction: the asset cannot be borrowed outside of an e-mode.
    uint256 public constant NOT_BORROWABLE = 16;

    /// @notice Restriction: the asset cannot be lent for a flash.
    uint256 public constant NO_FLASH = 32;

    uint256 private constant _BASE_DECIMALS = 8;
    uint256 private constant _MOST_ASSETS = 256;

    /* STORAGE */

    /// @inheritdoc IReserveBook
    ILendingLedger public pool;

    Policy private _policy;
    address[] private _assets;
    mapping(address asset => Terms terms) private _terms;
    mapping(uint8 category => Category terms) private _categories;
    mapping(address asset => IInsuranceModule insurer) private _insurers;

    /* CONSTRUCTOR */

    /// @notice Opens the book.
    /// @param owner_ Risk admin.
    /// @param policy_ What liquidations and flash loans cost, and who is paid.
    constructor(address owner_, Policy memory policy_) Ownable(owner_) {
        _setPolicy(policy_);
    }

    /* EXTERNAL */

    /// @inheritdoc IReserveBook
    function wire(ILendingLedger pool_) external onlyOwner {
        require(address(pool) == address(0), ReserveBookAlreadyWired(address(pool)));
        require(address(pool_) != address(0), ReserveBookZero());

        pool = pool_;

        emit PoolWired(address(pool_));
    }

    /// @inheritdoc IReserveBook
    function list(address asset, Listing calldata listing) external onlyOwner returns (uint256 id) {
        id = _assets.length;
        require(_terms[asset].unit == 0 && id < _MOST_ASSETS, ReserveBookCannotList(asset));
        ISupplyClaim claim = ISupplyClaim(listing.claim);
        bool isOurs = claim.asset() == asset && address(claim.pool()) == address(pool);
        require(isOurs, ReserveBookWrongClaim(listing.claim));
        _requireListing(listing);

        _assets.push(asset);
        Terms storage terms = _terms[asset];
        terms.id = id;
        terms.unit = 10 ** IERC20Metadata(asset).decimals();
        terms.listing = listing;

        emit ReserveListed(asset, id, listing);
    }

    /// @inheritdoc IReserveBook
    function setTerms(address asset, Listing calldata listing) external onlyOwner {
        _requireListed(asset);
        _requireListing(listing);
        address claim = _terms[asset].listing.claim;
        pool.accrue(asset);

        _terms[asset].listing = listing;
        _terms[asset].listing.claim = claim;

        emit ReserveTermsSet(asset, _terms[asset].listing);

        pool.accrue(asset);
    }

    /// @inheritdoc IReserveBook
    function restrict(address asset, uint256 restrictions) external {
        require(msg.sender == owner() || msg.sender == pauser, PausableFlagsUnauthorized(msg.sender));
        _requireListed(asset);

        _setRestrictions(asset, _terms[asset].restrictions | restrictions);
    }

    /// @inheritdoc IReserveBook
    function relax(address asset, uint256 restrictions) external onlyOwner {
        _requireListed(asset);

        _setRestrictions(asset, _terms[asset].restrictions & ~restrictions);
    }

    /// @inheritdoc IReserveBook
    function setCategory(uint8 category, Category calldata terms) external onlyOwner {
        require(category != 0 && terms.risk.ltBps != 0, ReserveBookZero());
        _requireRisk(terms.risk);

        _categories[category] = terms;

        emit CategorySet(category, terms);
    }

    /// @inheritdoc IReserveBook
    function setPolicy(Policy calldata policy_) external onlyOwner {
        _setPolicy(policy_);
    }

    /// @inheritdoc IReserveBook
    function setInsurer(address asset, IInsuranceModule insurer) external onlyOwner {
        _insurers[asset] = insurer;

        emit InsurerSet(asset, address(insurer));
    }

    /* VIEWS */

    /// @inheritdoc IReserveBook
    function assets() external view returns (address[] memory) {
        return _assets;
    }

    /// @inheritdoc IReserveBook
    function termsOf(address asset) external view returns (Terms memory terms) {
        _requireListed(asset);
        terms = _terms[asset];
        if (isPaused(PAUSED_ALL)) terms.restrictions |= PAUSED;
    }

    /// @inheritdoc IReserveBook
    function weightOf(address asset, uint8 category) external view returns (Weight memory weight) {
        weight.price = priceOf(asset);
        weight.unit = _terms[asset].unit;
        weight.risk = riskOf(asset, category);
    }

    /// @inheritdoc IReserveBook
    function isBorrowable(address asset, uint8 category) external view returns (bool) {
        _requireListed(asset);
        Terms storage terms = _terms[asset];
        if (category != 0) return _isSet(_categories[category].borrowableBits, terms.id);
        return terms.restrictions & NOT_BORROWABLE == 0;
    }

    /// @inheritdoc IReserveBook
    function categoryTerms(uint8 category) external view returns (Category memory) {
        return _categories[category];
    }

    /// @inheritdoc IReserveBook
    function policy() external view returns (Policy memory) {
        return _policy;
    }

    /// @inheritdoc IReserveBook
    function heldBackOf(address asset, address account) external view returns (uint256) {
        IInsuranceModule insurer = _insurers[asset];
        bool isFree = address(insurer) == address(0) || address(insurer) == account;
        return isFree ? 0 : insurer.pending();
    }

    /// @inheritdoc IReserveBook
    function priceOf(address asset) public view returns (uint256 price) {
        _requireListed(asset);
        Listing storage listing = _terms[asset].listing;
        price = FeedReader.read(listing.feed, listing.maxAge);
        uint256 decimals = listing.feed.decimals();
        if (decimals != _BASE_DECIMALS) price = Math.mulDiv(price, 10 ** _BASE_DECIMALS, 10 ** decimals);
        require(price > 0, ReserveBookPriceTooSmall(asset));
    }

    /// @inheritdoc IReserveBook
    function riskOf(address asset, uint8 category) public view returns (Risk memory risk) {
        _requireListed(asset);
        Terms storage terms = _terms[asset];
        bool isInCategory = category != 0 && _isSet(_categories[category].collateralBits, terms.id);
        risk = isInCategory ? _categories[category].risk : terms.listing.risk;
        if (terms.restrictions & LTV_ZERO != 0) risk.ltvBps = 0;
    }

    /* INTERNAL */

    function _setRestrictions(address asset, uint256 restrictions) private {
        _terms[asset].restrictions = restrictions;

        emit ReserveRestrictionsSet(asset, msg.sender, restrictions);
    }

    function _setPolicy(Policy memory policy_) private {
        require(policy_.treasury != address(0), ReserveBookZero());
        _requireFraction(policy_.flashFeeBps);
        _requireFraction(policy_.flashTreasuryBps);
        _requireFraction(policy_.closeFactorBps);

        _policy = policy_;

        emit PolicySet(policy_);
    }

    function _requireListed(address asset) private view {
        require(_terms[asset].unit != 0, ReserveBookNotListed(asset));
    }

    function _requireListing(Listing calldata listing) private pure {
        bool isWhole = address(listing.feed) != address(0) && address(listing.rateModel) != address(0);
        require(isWhole, ReserveBookZero());
        _requireFraction(listing.reserveFactorBps);
        _requireFraction(listing.liquidationFeeBps);
        _requireRisk(listing.risk);
    }

    function _requireRisk(Risk calldata risk) private pure {
        bool isSound = risk.ltvBps <= risk.ltBps;
        if (risk.ltBps != 0) isSound = isSound && risk.bonusBps >= RayMath.BPS;
        isSound = isSound && RayMath.bpsMulNear(risk.ltBps, risk.bonusBps) <= RayMath.BPS;
        require(isSound, ReserveBookInvalidRisk(risk));
    }

    function _requireFraction(uint256 bps) private pure {
        require(bps <= RayMath.BPS, ReserveBookFractionTooHigh(bps));
    }

    function _isSet(uint256 bits, uint256 id) private pure returns (bool) {
        return (bits >> id) & 1 != 0;
    }
}
