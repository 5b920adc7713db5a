// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IPausableFlags } from "../libraries/IPausableFlags.sol";
import { CloseFactor } from "../types/CloseFactor.sol";
import { IInsuranceModule } from "./IInsuranceModule.sol";
import { ILendingLedger } from "./ILendingLedger.sol";
import { IReserveRateModel } from "./IReserveRateModel.sol";

/// @title IReserveBook
/// @notice What a lending pool lists and at which terms: risk, e-modes, caps, restrictions, and what its liquidations
/// and flash loans cost.
/// @dev Units: fractions in basis points; prices in the base currency with eight decimals; caps in token wei.
///
/// | Quantity | Rounding |
/// |---|---|
/// | price, from a feed of other than eight decimals | down |
/// | liquidation threshold times bonus, at most 100 % | half up |
/// @dev Roles: the owner is the risk admin. The pauser is the guardian: it may only add restrictions, pause with them
/// ({restrict}) and pause all ({IPausableFlags-pause}, bit {PAUSED_ALL}); only the owner lifts them.
/// @dev An account in an e-mode: an asset in the category's collateral bitmap counts with the category's risk, whatever
/// its own; any other asset counts with its own. In an e-mode exactly the assets of the borrowable bitmap can be
/// borrowed; outside exactly those without the restriction {NOT_BORROWABLE}. The restriction {LTV_ZERO} holds in both.
/// @custom:source docs/contracts/ReserveBook.md
interface IReserveBook is IPausableFlags {
    /// @notice How much an asset counts as collateral.
    /// @param ltvBps Most that may be borrowed against it, at most the threshold [bps].
    /// @param ltBps Liquidation threshold; zero: it is no collateral [bps].
    /// @param bonusBps What a liquidator gets for one, at least 10000; zero only without a threshold [bps].
    struct Risk {
        uint256 ltvBps;
        uint256 ltBps;
        uint256 bonusBps;
    }

    /// @notice What an asset is listed with.
    /// @param feed Price feed in the base currency, any decimals.
    /// @param maxAge Greatest age of a price [s].
    /// @param rateModel Rate model.
    /// @param claim Token of its supply claims.
    /// @param reserveFactorBps Part of the interest that the treasury keeps [bps].
    /// @param liquidationFeeBps Treasury's part of the bonus when it is seized [bps].
    /// @param supplyCap Most that may be supplied, zero for no cap [token wei].
    /// @param borrowCap Most that may be borrowed, zero for no cap [token wei].
    /// @param risk How much it counts as collateral.
    struct Listing {
        IAggregatorV3 feed;
        uint256 maxAge;
        IReserveRateModel rateModel;
        address claim;
        uint256 reserveFactorBps;
        uint256 liquidationFeeBps;
        uint256 supplyCap;
        uint256 borrowCap;
        Risk risk;
    }

    /// @notice Terms of a listed asset.
    /// @param id Place in {assets} and in the bitmaps.
    /// @param unit One whole token [token wei].
    /// @param restrictions Restrictions, a bit each, with the pause of all.
    /// @param listing What it is listed with.
    struct Terms {
        uint256 id;
        uint256 unit;
        uint256 restrictions;
        Listing listing;
    }

    /// @notice An asset as an account's collateral or debt.
    /// @param price Price of one whole token [base currency, 8 dp].
    /// @param unit One whole token [token wei].
    /// @param risk How much it counts as collateral for that account; no LTV while restricted to zero.
    struct Weight {
        uint256 price;
        uint256 unit;
        Risk risk;
    }

    /// @notice An e-mode.
    /// @param risk How much the assets of the collateral bitmap count.
    /// @param collateralBits Assets it holds for, a bit for each id.
    /// @param borrowableBits Assets that can be borrowed, a bit for each id.
    struct Category {
        Risk risk;
        uint256 collateralBits;
        uint256 borrowableBits;
    }

    /// @notice What liquidations and flash loans cost, and who is paid.
    /// @param treasury Receiver of reserve factors, liquidation fees and its part of flash fees.
    /// @param flashFeeBps Fee of a flash loan, rounded up [bps].
    /// @param flashTreasuryBps Treasury's part of it, rounded down; suppliers get the rest [bps].
    /// @param closeFactor How much debt one liquidation may repay.
    /// @param closeFactorBps Part of all debt for a fixed close factor [bps].
    struct Policy {
        address treasury;
        uint256 flashFeeBps;
        uint256 flashTreasuryBps;
        CloseFactor closeFactor;
        uint256 closeFactorBps;
    }

    /// @notice Emitted when an asset is listed.
    /// @param asset Asset.
    /// @param id Place in the bitmaps.
    /// @param listing What it is listed with.
    event ReserveListed(address indexed asset, uint256 id, Listing listing);

    /// @notice Emitted when a listed asset's terms change.
    /// @param asset Asset.
    /// @param listing New terms.
    event ReserveTermsSet(address indexed asset, Listing listing);

    /// @notice Emitted when an asset's restrictions change.
    /// @param asset Asset.
    /// @param account Who changed them.
    /// @param restrictions Restrictions now set.
    event ReserveRestrictionsSet(address indexed asset, address indexed account, uint256 restrictions);

    /// @notice Emitted when an e-mode changes.
    /// @param category Number.
    /// @param terms New terms.
    event CategorySet(uint8 indexed category, Category terms);

    /// @notice Emitted when the policy changes.
    /// @param policy New policy.
    event PolicySet(Policy policy);

    /// @notice Emitted when an asset gets a new insurer.
    /// @param asset Asset.
    /// @param insurer Insurance module that is slashed for its deficit, zero for none.
    event InsurerSet(address indexed asset, address indexed insurer);

    /// @notice Emitted when the pool is wired.
    /// @param pool Pool.
    event PoolWired(address indexed pool);

    /// @notice Raised when an asset is not listed.
    /// @param asset Asset.
    error ReserveBookNotListed(address asset);

    /// @notice Raised when an asset is listed a second time, or would be the 257th.
    /// @param asset Asset.
    error ReserveBookCannotList(address asset);

    /// @notice Raised when a claim belongs to another asset or pool.
    /// @param claim Claim.
    error ReserveBookWrongClaim(address claim);

    /// @notice Raised when risk is inconsistent: LTV above the threshold, a bonus below one, or a threshold times bonus
    /// above 100 %, so that a liquidation within the threshold would leave bad debt.
    /// @param risk Risk.
    error ReserveBookInvalidRisk(Risk risk);

    /// @notice Raised when a fraction exceeds 100 %.
    /// @param bps Fraction [bps].
    error ReserveBookFractionTooHigh(uint256 bps);

    /// @notice Raised when an address must not be zero, or a category not be number zero.
    error ReserveBookZero();

    /// @notice Raised when a pool is wired a second time.
    /// @param pool Pool that is wired.
    error ReserveBookAlreadyWired(address pool);

    /// @notice Raised when a price is below the smallest unit of the base currency.
    /// @param asset Asset.
    error ReserveBookPriceTooSmall(address asset);

    /// @notice Names the pool, once. Only the owner.
    /// @dev Reverts with {ReserveBookAlreadyWired} the second time.
    /// @param pool_ Pool.
    function wire(ILendingLedger pool_) external;

    /// @notice Lists an asset. Only the owner.
    /// @dev Reverts with {ReserveBookCannotList}, {ReserveBookWrongClaim}, {ReserveBookInvalidRisk},
    /// {ReserveBookFractionTooHigh} or {ReserveBookZero}.
    /// @dev The asset is assumed to keep balances still unless they are moved, and to have at most 36 decimals.
    /// @param asset Asset.
    /// @param listing Terms.
    /// @return id Place in the bitmaps.
    function list(address asset, Listing calldata listing) external returns (uint256 id);

    /// @notice Sets all terms of a listed asset but its claim. Only the owner.
    /// @dev The pool accrues interest at the old terms, and takes the rates of the new ones at once.
    /// @param asset Asset.
    /// @param listing New terms; the claim is kept.
    function setTerms(address asset, Listing calldata listing) external;

    /// @notice Adds restrictions to an asset. Only the owner or the pauser.
    /// @dev Reverts with {IPausableFlags-PausableFlagsUnauthorized} for anyone else.
    /// @param asset Asset.
    /// @param restrictions Restrictions to add, a bit each.
    function restrict(address asset, uint256 restrictions) external;

    /// @notice Lifts restrictions of an asset. Only the owner.
    /// @param asset Asset.
    /// @param restrictions Restrictions to lift, a bit each.
    function relax(address asset, uint256 restrictions) external;

    /// @notice Sets an e-mode. Only the owner.
    /// @dev Reverts with {ReserveBookInvalidRisk}; with {ReserveBookZero} for number zero or no threshold.
    /// @param category Number, not zero.
    /// @param terms Terms.
    function setCategory(uint8 category, Category calldata terms) external;

    /// @notice Sets the policy. Only the owner.
    /// @param policy_ New policy.
    function setPolicy(Policy calldata policy_) external;

    /// @notice Names the insurance module that is slashed for an asset's deficit. Only the owner.
    /// @param asset Asset.
    /// @param insurer Module, zero for none.
    function setInsurer(address asset, IInsuranceModule insurer) external;

    /// @notice Returns the pool.
    /// @return Pool.
    function pool() external view returns (ILendingLedger);

    /// @notice Returns the listed assets, by id.
    /// @return Assets.
    function assets() external view returns (address[] memory);

    /// @notice Returns the terms of an asset.
    /// @dev Reverts with {ReserveBookNotListed}.
    /// @param asset Asset.
    /// @return Terms.
    function termsOf(address asset) external view returns (Terms memory);

    /// @notice Returns an asset's price and what it counts for an account in a category.
    /// @dev Reverts with {ReserveBookNotListed}, {ReserveBookPriceTooSmall}, or as {FeedReader} does.
    /// @param asset Asset.
    /// @param category E-mode, zero for none.
    /// @return Price, unit and risk.
    function weightOf(address asset, uint8 category) external view returns (Weight memory);

    /// @notice Returns what an asset counts as collateral for an account in a category.
    /// @dev Reverts with {ReserveBookNotListed}.
    /// @param asset Asset.
    /// @param category E-mode, zero for none.
    /// @return Risk; no LTV while restricted to zero.
    function riskOf(address asset, uint8 category) external view returns (Risk memory);

    /// @notice Returns whether an account in a category can borrow an asset, restrictions but {NOT_BORROWABLE} aside.
    /// @dev Reverts with {ReserveBookNotListed}.
    /// @param asset Asset.
    /// @param category E-mode, zero for none.
    /// @return True when it can.
    function isBorrowable(address asset, uint8 category) external view returns (bool);

    /// @notice Returns an asset's price.
    /// @dev Reverts with {ReserveBookPriceTooSmall}, or as {FeedReader} does.
    /// @param asset Asset.
    /// @return Price of one whole token, rounded down [base currency, 8 dp].
    function priceOf(address asset) external view returns (uint256);

    /// @notice Returns an e-mode; one without a threshold is none.
    /// @param category Number.
    /// @return Terms.
    function categoryTerms(uint8 category) external view returns (Category memory);

    /// @notice Returns the policy.
    /// @return Policy.
    function policy() external view returns (Policy memory);

    /// @notice Returns what an account must leave of an asset's deficit when it covers some: what the insurer was slashed
    /// for, unless it is the insurer.
    /// @param asset Asset.
    /// @param account Account.
    /// @return Deficit [token wei].
    function heldBackOf(address asset, address account) external view returns (uint256);
}
