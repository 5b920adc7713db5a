// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IMarket
/// @notice What every pool offers to traders, liquidators and price feeds, whatever its curve.
/// @dev Units: amounts in token wei; prices in WAD, of one whole token in whole tokens of the other; times in unix
/// seconds.
///
/// | Quantity | Rounding |
/// |---|---|
/// | amount out | down, against the trader |
/// | fee | down where the curve takes it from the amount out, up where it takes it from the amount in |
/// | liquidity minted | down, against the provider |
/// | amounts owed for liquidity | up, against the provider |
/// | amounts paid for liquidity | down, against the provider |
/// | price | down |
/// @dev Tokens are assumed to keep balances still unless they are moved: a rebasing token must be wrapped first. What
/// arrives is what counts, so a token that takes a fee on transfers harms only its sender.
/// @custom:source docs/contracts/Markets.md
interface IMarket {
    /// @notice Emitted when tokens are swapped.
    /// @param sender Who sold.
    /// @param tokenIn Token sold.
    /// @param tokenOut Token bought.
    /// @param amountIn Amount sold [token wei].
    /// @param amountOut Amount bought [token wei].
    /// @param to Who received it.
    event Swapped(
        address indexed sender,
        address indexed tokenIn,
        address indexed tokenOut,
        uint256 amountIn,
        uint256 amountOut,
        address to
    );

    /// @notice Raised when two tokens do not trade here.
    /// @param tokenIn One token.
    /// @param tokenOut The other.
    error MarketUnknownPair(address tokenIn, address tokenOut);

    /// @notice Raised when an amount is zero, or worth nothing.
    error MarketZeroAmount();

    /// @notice Raised when a call gives less than its caller's minimum.
    /// @param given What it would give.
    /// @param minimum What the caller asked for.
    error MarketInsufficientOutput(uint256 given, uint256 minimum);

    /// @notice Raised when the pool holds no liquidity.
    error MarketEmpty();

    /// @notice Sells tokens of the caller.
    /// @dev Needs the caller's allowance. Reverts with {MarketInsufficientOutput} below `minOut`, with
    /// {MarketZeroAmount} when nothing would be bought.
    /// @param tokenIn Token sold.
    /// @param tokenOut Token bought.
    /// @param amountIn Amount sold [token wei].
    /// @param minOut Least amount bought [token wei].
    /// @param to Who receives it.
    /// @return amountOut Amount bought, rounded down [token wei].
    function swap(
        address tokenIn,
        address tokenOut,
        uint256 amountIn,
        uint256 minOut,
        address to
    ) external returns (uint256 amountOut);

    /// @notice Returns what {swap} would give now.
    /// @param tokenIn Token sold.
    /// @param tokenOut Token bought.
    /// @param amountIn Amount sold [token wei].
    /// @return amountOut Amount bought, rounded down [token wei].
    function quote(address tokenIn, address tokenOut, uint256 amountIn) external view returns (uint256 amountOut);

    /// @notice Returns the marginal price without fee.
    /// @param base Token that is priced.
    /// @param quoteToken Token it is priced in.
    /// @return price Whole `quoteToken` for one whole `base`, rounded down [WAD].
    function spotPrice(address base, address quoteToken) external view returns (uint256 price);

    /// @notice Returns the price averaged over a window that ends now.
    /// @param base Token that is priced.
    /// @param quoteToken Token it is priced in.
    /// @param window Window [s].
    /// @return price Whole `quoteToken` for one whole `base`, rounded down [WAD].
    function averagePrice(address base, address quoteToken, uint256 window) external view returns (uint256 price);
}
