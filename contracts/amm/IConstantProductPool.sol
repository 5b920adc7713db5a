// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "./IMarket.sol";

/// @title IConstantProductPool
/// @notice Pool of two tokens on `x * y = k`, with a fee of 0.3 % and prices accumulated over time.
/// @dev Units: amounts and reserves in token wei, below 2^112; liquidity in the geometric mean of both; accumulated
/// prices in Q112 of token wei per token wei, times seconds.
///
/// | Quantity | Rounding |
/// |---|---|
/// | amount out | down |
/// | amount in | floor plus one |
/// | liquidity minted | down, the lesser of both tokens' |
/// | tokens taken for liquidity | the second one down to the pool's ratio |
/// | payout of liquidity | down |
/// | accumulated price | down, each second's |
/// | average price | down, twice |
/// @dev The first 1000 units of liquidity belong to nobody, for good.
/// @custom:source docs/contracts/ConstantProductPool.md
interface IConstantProductPool is IMarket {
    /// @notice Emitted when liquidity is added.
    /// @param provider Who added it.
    /// @param amount0 Amount of token0 [token wei].
    /// @param amount1 Amount of token1 [token wei].
    /// @param minted Liquidity minted [LP wei].
    /// @param to Who received it.
    event LiquidityAdded(address indexed provider, uint256 amount0, uint256 amount1, uint256 minted, address to);

    /// @notice Emitted when liquidity is removed.
    /// @param provider Who removed it.
    /// @param amount0 Amount of token0 [token wei].
    /// @param amount1 Amount of token1 [token wei].
    /// @param burned Liquidity burned [LP wei].
    /// @param to Who was paid.
    event LiquidityRemoved(address indexed provider, uint256 amount0, uint256 amount1, uint256 burned, address to);

    /// @notice Raised when both tokens are the same, or one has more than 18 decimals.
    /// @param token0 One token.
    /// @param token1 The other.
    error ConstantProductPoolInvalidTokens(address token0, address token1);

    /// @notice Raised when more is taken than the amount in pays for.
    /// @param amountIn Amount that arrived [token wei].
    /// @param amountOut Amount asked for [token wei].
    error ConstantProductPoolProductFalls(uint256 amountIn, uint256 amountOut);

    /// @notice Raised when a reserve is asked for more than it has.
    /// @param amountOut Amount asked for [token wei].
    /// @param reserve Reserve [token wei].
    error ConstantProductPoolInsufficientReserve(uint256 amountOut, uint256 reserve);

    /// @notice Raised when a reserve would reach 2^112.
    /// @param reserve Reserve [token wei].
    error ConstantProductPoolReserveTooLarge(uint256 reserve);

    /// @notice Adds liquidity at the pool's ratio; sets it the first time.
    /// @dev Takes `max0` and as much token1 as the ratio asks, or `max1` and as much token0 when that is less.
    /// @param max0 Most of token0 [token wei].
    /// @param max1 Most of token1 [token wei].
    /// @param minMinted Least liquidity [LP wei].
    /// @param to Who receives it.
    /// @return minted Liquidity minted, rounded down [LP wei].
    function addLiquidity(uint256 max0, uint256 max1, uint256 minMinted, address to) external returns (uint256 minted);

    /// @notice Burns liquidity of the caller for its part of both tokens.
    /// @param burned Liquidity to burn [LP wei].
    /// @param min0 Least of token0 [token wei].
    /// @param min1 Least of token1 [token wei].
    /// @param to Who is paid.
    /// @return amount0 Amount of token0, rounded down [token wei].
    /// @return amount1 Amount of token1, rounded down [token wei].
    function removeLiquidity(
        uint256 burned,
        uint256 min0,
        uint256 min1,
        address to
    ) external returns (uint256 amount0, uint256 amount1);

    /// @notice Swaps named amounts; the pool only asks that its product does not fall.
    /// @dev Reverts with {ConstantProductPoolProductFalls} when it would, 3/1000 of the amount in set aside.
    /// @param tokenIn Token sold.
    /// @param tokenOut Token bought.
    /// @param amountIn Amount sold [token wei].
    /// @param amountOut Amount bought [token wei].
    /// @param to Who receives it.
    function swapExactly(address tokenIn, address tokenOut, uint256 amountIn, uint256 amountOut, address to) external;

    /// @notice Returns the least amount in that buys `amountOut`.
    /// @param tokenIn Token sold.
    /// @param tokenOut Token bought.
    /// @param amountOut Amount bought, below the reserve [token wei].
    /// @return amountIn Amount sold [token wei].
    function quoteIn(address tokenIn, address tokenOut, uint256 amountOut) external view returns (uint256 amountIn);

    /// @notice Returns the prices accumulated until now.
    /// @return sum0 Token1 for one token0, each second's rounded down [Q112 s].
    /// @return sum1 Token0 for one token1, each second's rounded down [Q112 s].
    function accumulatedPrices() external view returns (uint256 sum0, uint256 sum1);
}
