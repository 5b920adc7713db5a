// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketOracle } from "../libraries/IMarketOracle.sol";
import { IRateModel } from "./IRateModel.sol";

/// @title IIsolatedMarkets
/// @notice Isolated lending markets in one contract: each lends one token against one collateral at one price, and what
/// goes wrong in it stays in it.
/// @dev Units: assets in token wei; shares in token wei times about 1e6; prices in 1e36 loan wei per collateral wei; rates
/// in WAD per second; fractions in WAD.
///
/// | Quantity | Rounding |
/// |---|---|
/// | supply: assets to shares / shares to assets | down / up |
/// | withdraw: assets to shares / shares to assets | up / down |
/// | borrow: assets to shares / shares to assets | up / down |
/// | repay: assets to shares / shares to assets | down / up |
/// | health: debt / collateral in loan tokens / maximum debt | up / down / down |
/// | liquidation incentive | down |
/// | liquidation by seized assets: their value / over the incentive / shares | up / up / up |
/// | liquidation by shares: their assets / times the incentive / over the price | down / down / down |
/// | liquidation: assets repaid | up |
/// | bad debt | up, at most what is lent |
/// | interest / each term of its series | down / down |
/// | fee / shares of the fee | down / down |
/// @dev Shares count 1e6 shares and one asset more than there are.
/// @dev Bad debt is recognised at once, and only when a borrower's collateral becomes exactly zero: then every supplier
/// bears it in proportion. Warning: a liquidator that leaves one wei of collateral keeps it unrecognised.
/// @dev Warning: tokens that tax transfers are not supported; collateral whose transfers are permissioned can only be
/// liquidated by who may hold it.
/// @custom:source docs/contracts/IsolatedMarkets.md
interface IIsolatedMarkets {
    /// @notice What makes a market; its id is the hash of these.
    /// @param loanToken Token that is lent.
    /// @param collateralToken Token that secures.
    /// @param oracle Price of the collateral in loan tokens.
    /// @param rateModel What borrowers pay; zero for no interest.
    /// @param lltv Debt allowed against collateral's value, and the bound of liquidation [WAD].
    struct MarketParams {
        address loanToken;
        address collateralToken;
        IMarketOracle oracle;
        IRateModel rateModel;
        uint256 lltv;
    }

    /// @notice Totals of a market.
    /// @param supplyAssets Assets supplied, lent or not [token wei].
    /// @param supplyShares Shares of the suppliers.
    /// @param borrowAssets Assets lent [token wei].
    /// @param borrowShares Shares of the borrowers.
    /// @param lastUpdate When interest was last added; zero while there is no such market [unix s].
    /// @param fee Part of the interest that the fee's recipient gets [WAD].
    struct Totals {
        uint256 supplyAssets;
        uint256 supplyShares;
        uint256 borrowAssets;
        uint256 borrowShares;
        uint256 lastUpdate;
        uint256 fee;
    }

    /// @notice What an account has in a market.
    /// @param supplyShares Shares of what is supplied.
    /// @param borrowShares Shares of what is lent.
    /// @param collateral Collateral [token wei].
    struct Position {
        uint256 supplyShares;
        uint256 borrowShares;
        uint256 collateral;
    }

    /// @notice What a liquidation moved.
    /// @param seizedAssets Collateral that the liquidator got [token wei].
    /// @param repaidAssets Assets that it paid [token wei].
    /// @param repaidShares Debt that this repaid [shares].
    /// @param badDebtAssets Debt that the suppliers bore [token wei].
    /// @param badDebtShares The same [shares].
    struct Liquidation {
        uint256 seizedAssets;
        uint256 repaidAssets;
        uint256 repaidShares;
        uint256 badDebtAssets;
        uint256 badDebtShares;
    }

    /// @notice Emitted when a market is created.
    /// @param id Market.
    /// @param params What makes it.
    event MarketCreated(bytes32 indexed id, MarketParams params);

    /// @notice Emitted when assets are supplied.
    /// @param id Market.
    /// @param caller Who paid.
    /// @param onBehalf Who owns them.
    /// @param assets Assets [token wei].
    /// @param shares Shares.
    event Supplied(
        bytes32 indexed id,
        address indexed caller,
        address indexed onBehalf,
        uint256 assets,
        uint256 shares
    );

    /// @notice Emitted when assets are withdrawn.
    /// @param id Market.
    /// @param caller Who asked.
    /// @param onBehalf Who owned them.
    /// @param receiver Who was paid.
    /// @param assets Assets [token wei].
    /// @param shares Shares.
    event Withdrawn(
        bytes32 indexed id,
        address caller,
        address indexed onBehalf,
        address indexed receiver,
        uint256 assets,
        uint256 shares
    );

    /// @notice Emitted when assets are borrowed.
    /// @param id Market.
    /// @param caller Who asked.
    /// @param onBehalf Who owes them.
    /// @param receiver Who was paid.
    /// @param assets Assets [token wei].
    /// @param shares Shares.
    event Borrowed(
        bytes32 indexed id,
        address caller,
        address indexed onBehalf,
        address indexed receiver,
        uint256 assets,
        uint256 shares
    );

    /// @notice Emitted when debt is repaid.
    /// @param id Market.
    /// @param caller Who paid.
    /// @param onBehalf Who owed.
    /// @param assets Assets [token wei].
    /// @param shares Shares.
    event Repaid(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets, uint256 shares);

    /// @notice Emitted when collateral is supplied.
    /// @param id Market.
    /// @param caller Who paid.
    /// @param onBehalf Who owns it.
    /// @param assets Collateral [token wei].
    event CollateralSupplied(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets);

    /// @notice Emitted when collateral is withdrawn.
    /// @param id Market.
    /// @param caller Who asked.
    /// @param onBehalf Who owned it.
    /// @param receiver Who got it.
    /// @param assets Collateral [token wei].
    event CollateralWithdrawn(
        bytes32 indexed id,
        address caller,
        address indexed onBehalf,
        address indexed receiver,
        uint256 assets
    );

    /// @notice Emitted when a position is liquidated.
    /// @param id Market.
    /// @param liquidator Who paid and seized.
    /// @param borrower Whose position.
    /// @param liquidation What moved.
    /// @param price Price used [1e36].
    /// @param borrowed Debt before [token wei].
    /// @param maxBorrow Most it was allowed to owe [token wei].
    event Liquidated(
        bytes32 indexed id,
        address indexed liquidator,
        address indexed borrower,
        Liquidation liquidation,
        uint256 price,
        uint256 borrowed,
        uint256 maxBorrow
    );

    /// @notice Emitted when interest is added.
    /// @param id Market.
    /// @param rate Mean rate since the last update [WAD per second].
    /// @param interest Interest [token wei].
    /// @param feeShares Shares minted for the fee.
    event InterestAccrued(bytes32 indexed id, uint256 rate, uint256 interest, uint256 feeShares);

    /// @notice Emitted when an account lets another act for it, or no longer.
    /// @param owner Whose positions.
    /// @param manager Who may act.
    /// @param isAuthorized Whether it may.
    event AuthorizationSet(address indexed owner, address indexed manager, bool isAuthorized);

    /// @notice Emitted when a market's fee changes.
    /// @param id Market.
    /// @param fee Part of the interest [WAD].
    event FeeSet(bytes32 indexed id, uint256 fee);

    /// @notice Emitted when the fee's recipient changes.
    /// @param recipient Who gets the fees from now on.
    event FeeRecipientSet(address indexed recipient);

    /// @notice Emitted when tokens are lent within one call.
    /// @param caller Who borrowed and gave back.
    /// @param token Token.
    /// @param assets Amount [token wei].
    event FlashLent(address indexed caller, address indexed token, uint256 assets);

    /// @notice Raised when a market exists already.
    /// @param id Market.
    error IsolatedMarketsAlreadyCreated(bytes32 id);

    /// @notice Raised when there is no such market.
    /// @param id Market.
    error IsolatedMarketsUnknownMarket(bytes32 id);

    /// @notice Raised when an LLTV is not below 100 %.
    /// @param lltv LLTV [WAD].
    error IsolatedMarketsInvalidLltv(uint256 lltv);

    /// @notice Raised when a fee is above 25 %.
    /// @param fee Fee [WAD].
    error IsolatedMarketsFeeTooHigh(uint256 fee);

    /// @notice Raised unless exactly one of two amounts is given.
    /// @param first One amount.
    /// @param second The other.
    error IsolatedMarketsInconsistentInput(uint256 first, uint256 second);

    /// @notice Raised when an amount is zero.
    error IsolatedMarketsZeroAmount();

    /// @notice Raised when an address is zero.
    error IsolatedMarketsZeroAddress();

    /// @notice Raised when the caller may not act for an account.
    /// @param caller Caller.
    /// @param onBehalf Account.
    error IsolatedMarketsUnauthorized(address caller, address onBehalf);

    /// @notice Raised when a position has less than is asked of it.
    /// @param account Account.
    /// @param requested Amount asked [shares or token wei].
    /// @param available Amount it has.
    error IsolatedMarketsInsufficientPosition(address account, uint256 requested, uint256 available);

    /// @notice Raised when more would be lent than is supplied.
    /// @param borrowAssets Assets lent afterwards [token wei].
    /// @param supplyAssets Assets supplied afterwards [token wei].
    error IsolatedMarketsInsufficientLiquidity(uint256 borrowAssets, uint256 supplyAssets);

    /// @notice Raised when a position would owe more than it may.
    /// @param account Account.
    /// @param borrowed Debt [token wei].
    /// @param maxBorrow Most it may owe [token wei].
    error IsolatedMarketsInsufficientCollateral(address account, uint256 borrowed, uint256 maxBorrow);

    /// @notice Raised when a healthy position is to be liquidated.
    /// @param account Account.
    /// @param borrowed Debt [token wei].
    /// @param maxBorrow Most it may owe [token wei].
    error IsolatedMarketsHealthyPosition(address account, uint256 borrowed, uint256 maxBorrow);

    /// @notice Creates a market. Anybody may.
    /// @dev Assumes of both tokens: transfers move exactly the amount, or revert; nothing is burned or minted here.
    /// @dev Assumes of the oracle: it reverts rather than lie, and cannot be changed by who profits from it.
    /// @param params What makes it.
    /// @return id Market.
    function createMarket(MarketParams calldata params) external returns (bytes32 id);

    /// @notice Supplies assets to be lent.
    /// @dev Give exactly one of `assets` and `shares`.
    /// @param id Market.
    /// @param assets Assets, or zero [token wei].
    /// @param shares Shares to mint, or zero.
    /// @param onBehalf Who will own them.
    /// @return supplied Assets paid [token wei].
    /// @return minted Shares minted.
    function supply(
        bytes32 id,
        uint256 assets,
        uint256 shares,
        address onBehalf
    ) external returns (uint256 supplied, uint256 minted);

    /// @notice Takes supplied assets out; `onBehalf` is the caller or has authorised it.
    /// @dev Give exactly one of `assets` and `shares`.
    /// @dev Reverts with {IsolatedMarketsInsufficientLiquidity} when too much is lent.
    /// @param id Market.
    /// @param assets Assets, or zero [token wei].
    /// @param shares Shares to burn, or zero.
    /// @param onBehalf Who owns them.
    /// @param receiver Who is paid.
    /// @return withdrawn Assets paid [token wei].
    /// @return burned Shares burned.
    function withdraw(
        bytes32 id,
        uint256 assets,
        uint256 shares,
        address onBehalf,
        address receiver
    ) external returns (uint256 withdrawn, uint256 burned);

    /// @notice Borrows against collateral; `onBehalf` is the caller or has authorised it.
    /// @dev Give exactly one of `assets` and `shares`. Interest is added before health is checked.
    /// @dev Reverts with {IsolatedMarketsInsufficientCollateral} or {IsolatedMarketsInsufficientLiquidity}.
    /// @param id Market.
    /// @param assets Assets, or zero [token wei].
    /// @param shares Shares of debt, or zero.
    /// @param onBehalf Who will owe.
    /// @param receiver Who is paid.
    /// @return borrowed Assets paid [token wei].
    /// @return minted Shares of debt.
    function borrow(
        bytes32 id,
        uint256 assets,
        uint256 shares,
        address onBehalf,
        address receiver
    ) external returns (uint256 borrowed, uint256 minted);

    /// @notice Repays debt of anybody.
    /// @dev Give exactly one of `assets` and `shares`; to repay all, give the shares.
    /// @param id Market.
    /// @param assets Assets, or zero [token wei].
    /// @param shares Shares of debt, or zero.
    /// @param onBehalf Who owes.
    /// @return repaid Assets paid [token wei].
    /// @return burned Shares of debt repaid.
    function repay(
        bytes32 id,
        uint256 assets,
        uint256 shares,
        address onBehalf
    ) external returns (uint256 repaid, uint256 burned);

    /// @notice Supplies collateral; adds no interest, for none is needed.
    /// @param id Market.
    /// @param assets Collateral [token wei].
    /// @param onBehalf Who will own it.
    function supplyCollateral(bytes32 id, uint256 assets, address onBehalf) external;

    /// @notice Takes collateral out; `onBehalf` is the caller or has authorised it.
    /// @param id Market.
    /// @param assets Collateral [token wei].
    /// @param onBehalf Who owns it.
    /// @param receiver Who gets it.
    function withdrawCollateral(bytes32 id, uint256 assets, address onBehalf, address receiver) external;

    /// @notice Repays debt of an unhealthy position and takes its collateral at a discount.
    /// @dev Give exactly one of `seizedAssets` and `repaidShares`. There is no close factor, and one may liquidate oneself.
    /// @dev The collateral goes out first, then {IIsolatedLiquidator.onIsolatedLiquidation} is called on the caller when
    /// `data` is not empty, then the debt is paid: so the collateral may be sold to pay it.
    /// @param id Market.
    /// @param borrower Whose position.
    /// @param seizedAssets Collateral to take, or zero [token wei].
    /// @param repaidShares Debt to repay, or zero [shares].
    /// @param data Handed to the caller; empty for no call.
    /// @return liquidation What moved.
    function liquidate(
        bytes32 id,
        address borrower,
        uint256 seizedAssets,
        uint256 repaidShares,
        bytes calldata data
    ) external returns (Liquidation memory liquidation);

    /// @notice Lends any token of this contract within one call, free of charge.
    /// @dev Calls {IFlashBorrower.onFlashLoan} on the caller, then takes the tokens back.
    /// @param token Token.
    /// @param assets Amount, not zero [token wei].
    /// @param data Handed to the caller.
    function flashLoan(address token, uint256 assets, bytes calldata data) external;

    /// @notice Adds the interest since the last update.
    /// @param id Market.
    function accrue(bytes32 id) external;

    /// @notice Lets another account act for the caller, or no longer.
    /// @param manager Who may act.
    /// @param isAuthorized_ Whether it may.
    function setAuthorization(address manager, bool isAuthorized_) external;

    /// @notice Sets a market's fee, from now on. Only the owner.
    /// @param id Market.
    /// @param fee Part of the interest, at most 25 % [WAD].
    function setFee(bytes32 id, uint256 fee) external;

    /// @notice Sets who gets the fees. Only the owner.
    /// @param recipient Recipient; fees already minted stay where they are.
    function setFeeRecipient(address recipient) external;

    /// @notice Returns what makes a market.
    /// @param id Market.
    /// @return What makes it.
    function paramsOf(bytes32 id) external view returns (MarketParams memory);

    /// @notice Returns the totals of a market as last updated.
    /// @param id Market.
    /// @return Totals.
    function totalsOf(bytes32 id) external view returns (Totals memory);

    /// @notice Returns the totals of a market with the interest until now, as every call would find them.
    /// @param id Market.
    /// @return Totals.
    function accruedTotalsOf(bytes32 id) external view returns (Totals memory);

    /// @notice Returns what an account has in a market, without fee shares that are still to be minted.
    /// @param id Market.
    /// @param account Account.
    /// @return Position.
    function positionOf(bytes32 id, address account) external view returns (Position memory);

    /// @notice Returns what a position owes and may owe, with the interest until now.
    /// @param id Market.
    /// @param account Account.
    /// @return borrowed Debt, rounded up [token wei].
    /// @return maxBorrow Most it may owe, rounded down twice [token wei].
    /// @return isHealthy Whether it owes no more than it may.
    function healthOf(
        bytes32 id,
        address account
    ) external view returns (uint256 borrowed, uint256 maxBorrow, bool isHealthy);

    /// @notice Returns what would become bad debt if every position were liquidated whole now.
    /// @dev Sums over all borrowers: debt beyond what a liquidator pays for the whole collateral at the present price.
    /// @param id Market.
    /// @return assets Debt that no collateral pays, though nobody has recognised it yet [token wei].
    function unrecognisedBadDebtOf(bytes32 id) external view returns (uint256 assets);

    /// @notice Returns who owes in a market.
    /// @param id Market.
    /// @return Accounts with debt, in no order.
    function borrowersOf(bytes32 id) external view returns (address[] memory);

    /// @notice Returns whether an account may act for another.
    /// @param owner_ Whose positions.
    /// @param manager Who may act.
    /// @return True when it may.
    function isAuthorized(address owner_, address manager) external view returns (bool);

    /// @notice Returns who gets the fees.
    /// @return Recipient; while it is zero, the fees' shares belong to nobody.
    function feeRecipient() external view returns (address);

    /// @notice Returns the id of a market.
    /// @param params What makes it.
    /// @return id Hash of these.
    function idOf(MarketParams calldata params) external pure returns (bytes32 id);

    /// @notice Returns how much more collateral than debt a liquidator gets.
    /// @dev `min(1.15, 1 / (1 - 0.3 * (1 - lltv)))`.
    /// @param lltv LLTV [WAD].
    /// @return Factor, rounded down [WAD].
    function liquidationIncentive(uint256 lltv) external pure returns (uint256);
}
