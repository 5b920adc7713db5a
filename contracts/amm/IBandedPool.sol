// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "./IMarket.sol";

/// @title IBandedPool
/// @notice Pool of two tokens whose liquidity stands in three to five price bands: beyond the last one there is none.
/// @dev Units: amounts in token wei; prices of the bands' edges as square roots of token1 wei per token0 wei in Q96;
/// fees in 1e6 = 100 %; liquidity as in a constant product, `sqrt(x * y)` of the band's virtual reserves.
///
/// | Quantity | Rounding |
/// |---|---|
/// | amount out | down, in each band |
/// | amount in | up, in each band |
/// | price after a swap | up when it falls, down when it rises: against the trader |
/// | fee | up, or what is left of the amount in |
/// | tokens taken for liquidity | up, both |
/// | tokens paid for liquidity | down, both |
/// | fees of a provider | down |
/// @dev Warning: a swap that the bands cannot fill reverts as a whole. That is the cliff edge: a market that quoted a
/// good price a moment ago quotes none.
/// @custom:source docs/contracts/BandedPool.md
interface IBandedPool is IMarket {
    /// @notice A provider's part of a band.
    /// @param liquidity Liquidity.
    /// @param growth0 Fees of the band when they were last settled [token0 wei per liquidity, Q128].
    /// @param growth1 Fees of the band when they were last settled [token1 wei per liquidity, Q128].
    /// @param owed0 Fees settled and not collected [token0 wei].
    /// @param owed1 Fees settled and not collected [token1 wei].
    struct Position {
        uint256 liquidity;
        uint256 growth0;
        uint256 growth1;
        uint256 owed0;
        uint256 owed1;
    }

    /// @notice Liquidity between two edges.
    /// @param liquidity Liquidity.
    /// @param growth0 Fees ever [token0 wei per liquidity, Q128].
    /// @param growth1 Fees ever [token1 wei per liquidity, Q128].
    struct Band {
        uint256 liquidity;
        uint256 growth0;
        uint256 growth1;
    }

    /// @notice Emitted when liquidity is added.
    /// @param provider Who added it.
    /// @param band Index of the band.
    /// @param liquidity Liquidity added.
    /// @param amount0 Amount taken [token0 wei].
    /// @param amount1 Amount taken [token1 wei].
    event LiquidityAdded(
        address indexed provider,
        uint256 indexed band,
        uint256 liquidity,
        uint256 amount0,
        uint256 amount1
    );

    /// @notice Emitted when liquidity is removed, or fees are collected.
    /// @param provider Who removed it.
    /// @param band Index of the band.
    /// @param liquidity Liquidity removed.
    /// @param amount0 Amount paid, fees included [token0 wei].
    /// @param amount1 Amount paid, fees included [token1 wei].
    event LiquidityRemoved(
        address indexed provider,
        uint256 indexed band,
        uint256 liquidity,
        uint256 amount0,
        uint256 amount1
    );

    /// @notice Raised when the pool's parts do not fit: equal tokens, a fee of 100 %, fewer than four or more than six
    /// edges, edges that do not rise within [2^32, 2^160), a price outside of them, a token with more than 18
    /// decimals.
    error BandedPoolInvalidTerms();

    /// @notice Raised when a swap needs more than the bands hold.
    /// @param unsold Part of the amount in that finds no liquidity [token wei].
    error BandedPoolExhausted(uint256 unsold);

    /// @notice Raised when a band does not exist.
    /// @param band Index asked for.
    /// @param bands Number of bands.
    error BandedPoolUnknownBand(uint256 band, uint256 bands);

    /// @notice Raised when a provider removes more liquidity than it has.
    /// @param provider Provider.
    /// @param requested Liquidity asked for.
    /// @param available Liquidity it has.
    error BandedPoolInsufficientLiquidity(address provider, uint256 requested, uint256 available);

    /// @notice Raised when a band's liquidity would reach 2^128.
    /// @param liquidity Liquidity.
    error BandedPoolTooMuchLiquidity(uint256 liquidity);

    /// @notice Raised when liquidity asks for more tokens than its provider allows.
    /// @param amount Amount asked for [token wei].
    /// @param most Most that the provider allows [token wei].
    error BandedPoolTooExpensive(uint256 amount, uint256 most);

    /// @notice Raised when less arrives than liquidity asks for.
    /// @param received Amount that arrived [token wei].
    /// @param needed Amount asked for [token wei].
    error BandedPoolShortPayment(uint256 received, uint256 needed);

    /// @notice Adds liquidity to a band.
    /// @dev Reverts with {BandedPoolTooExpensive} above a maximum, {BandedPoolUnknownBand}, {MarketZeroAmount} for none.
    /// @param band Index of the band, from the lowest price.
    /// @param liquidity Liquidity.
    /// @param max0 Most of token0 [token wei].
    /// @param max1 Most of token1 [token wei].
    /// @return amount0 Amount taken, rounded up [token0 wei].
    /// @return amount1 Amount taken, rounded up [token1 wei].
    function addLiquidity(
        uint256 band,
        uint256 liquidity,
        uint256 max0,
        uint256 max1
    ) external returns (uint256 amount0, uint256 amount1);

    /// @notice Removes liquidity of the caller and pays all fees of that position; none only collects the fees.
    /// @dev Reverts with {BandedPoolInsufficientLiquidity} when the caller has less.
    /// @param band Index of the band.
    /// @param liquidity Liquidity.
    /// @param to Who is paid.
    /// @return amount0 Amount paid, fees included [token0 wei].
    /// @return amount1 Amount paid, fees included [token1 wei].
    function removeLiquidity(
        uint256 band,
        uint256 liquidity,
        address to
    ) external returns (uint256 amount0, uint256 amount1);

    /// @notice Returns a band.
    /// @param band Index of the band.
    /// @return The band.
    function bandAt(uint256 band) external view returns (Band memory);

    /// @notice Returns the edges of all bands.
    /// @return Prices, rising: band `k` lies between entry `k` and the next [Q96].
    function edges() external view returns (uint256[] memory);

    /// @notice Returns a provider's part of a band.
    /// @param provider Provider.
    /// @param band Index of the band.
    /// @return The position as last settled.
    function positionOf(address provider, uint256 band) external view returns (Position memory);

    /// @notice Returns what of an amount the bands can take now.
    /// @param tokenIn Token sold.
    /// @param tokenOut Token bought.
    /// @param amountIn Amount to sell [token wei].
    /// @return sold Part that finds liquidity, fees included [token wei].
    /// @return bought What it buys [token wei].
    function depth(
        address tokenIn,
        address tokenOut,
        uint256 amountIn
    ) external view returns (uint256 sold, uint256 bought);
}
