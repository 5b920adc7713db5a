// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAmplification } from "./IAmplification.sol";
import { IMarket } from "./IMarket.sol";

/// @title IStableSwapPool
/// @notice Pool of two to eight coins that should be worth the same once scaled by their exchange rates.
/// @dev Units: amounts in token wei, liquidity with 18 decimals, fees in 1e10 = 100 %, amplification in 100 times A,
/// prices and rates in WAD, times in unix seconds.
///
/// | Quantity | Rounding |
/// |---|---|
/// | scaled balance, invariant, virtual price, spot price, average | down |
/// | amount out of a swap | one unit less, then the fee (down), then the rate (down): against the trader |
/// | owner's half of a fee | down, twice |
/// | liquidity minted | down |
/// | payout of liquidity in all coins | down |
/// | liquidity burned for chosen amounts | down, plus one unit: against the provider |
/// | payout of liquidity in one coin | one unit less, then the rate (down) |
/// @dev Half of every fee leaves the accounting for the owner; the other half raises the virtual price. Tokens sent here
/// without a call belong to nobody and move no price.
/// @dev Warning: a pool tells the market's price, and trades on at the rate its source tells, however wrong.
/// @dev Warning: far out of balance, from about a million to one, the invariant does not settle and swaps revert with
/// {StableSwapMath-StableSwapMathNoConvergence}; removing liquidity in all coins computes none and always works.
/// @custom:source docs/contracts/StableSwapPool.md
interface IStableSwapPool is IMarket, IAmplification {
    /// @notice What a pool is made of.
    /// @param coins Tokens, two to eight, each once, with at most 36 decimals.
    /// @param rateSources Where each coin's exchange rate is read; zero for a rate of one.
    /// @param amp Amplification [100 times A], within [100, 1e8].
    /// @param fee Fee of a swap at balance [1e10 = 100 %], at most 5e9.
    /// @param offpegMultiplier Growth of the fee far from balance [1e10 = 1]; up to 1e10 the fee is static.
    /// @param window Time constant of the average price [s], not zero.
    struct Terms {
        address[] coins;
        address[] rateSources;
        uint256 amp;
        uint256 fee;
        uint256 offpegMultiplier;
        uint256 window;
    }

    /// @notice Emitted when liquidity is added.
    /// @param provider Who added it.
    /// @param amounts What arrived of each coin [token wei].
    /// @param fees Fee on the imbalance, of each coin [token wei].
    /// @param minted Liquidity minted [LP wei].
    /// @param to Who received it.
    event LiquidityAdded(address indexed provider, uint256[] amounts, uint256[] fees, uint256 minted, address to);

    /// @notice Emitted when liquidity is removed.
    /// @param provider Who removed it.
    /// @param amounts What was paid of each coin [token wei].
    /// @param burned Liquidity burned [LP wei].
    /// @param to Who was paid.
    event LiquidityRemoved(address indexed provider, uint256[] amounts, uint256 burned, address to);

    /// @notice Emitted when the fee changes.
    /// @param fee Fee at balance [1e10 = 100 %].
    /// @param offpegMultiplier Growth far from balance [1e10 = 1].
    event FeeSet(uint256 fee, uint256 offpegMultiplier);

    /// @notice Emitted when the owner's fees are paid out.
    /// @param to Who was paid.
    /// @param amounts Amount of each coin [token wei].
    event AdminFeesPaid(address indexed to, uint256[] amounts);

    /// @notice Raised when the pool's parts do not fit: number of coins, a coin twice or with more than 36 decimals, no
    /// window.
    /// @param coins Number of coins.
    /// @param rateSources Number of rate sources.
    error StableSwapPoolInvalidTerms(uint256 coins, uint256 rateSources);

    /// @notice Raised when a fee, or its product with the multiplier, exceeds a half.
    /// @param fee Fee [1e10 = 100 %].
    /// @param offpegMultiplier Multiplier [1e10 = 1].
    error StableSwapPoolFeeTooHigh(uint256 fee, uint256 offpegMultiplier);

    /// @notice Raised when a list has not one entry a coin.
    /// @param length Its length.
    /// @param coins Number of coins.
    error StableSwapPoolWrongLength(uint256 length, uint256 coins);

    /// @notice Raised when an average over another window than the pool's own is asked for.
    /// @param asked Window asked for [s].
    /// @param window Window of the pool [s].
    error StableSwapPoolUnknownWindow(uint256 asked, uint256 window);

    /// @notice Raised when more of a coin is asked for than the pool holds.
    /// @param asked Amount asked for [token wei].
    /// @param balance Balance of the coin [token wei].
    error StableSwapPoolInsufficientBalance(uint256 asked, uint256 balance);

    /// @notice Raised when a withdrawal burns more than its caller's maximum.
    /// @param burned What it would burn [LP wei].
    /// @param maximum What the caller allows [LP wei].
    error StableSwapPoolTooExpensive(uint256 burned, uint256 maximum);

    /// @notice Adds liquidity in any mix of coins; all of them the first time.
    /// @dev The first deposit mints the invariant; later ones `floor(supply (D2 - D0) / D0)` after a fee on the
    /// imbalance. Reverts with {IMarket-MarketInsufficientOutput} below `minMinted`.
    /// @param amounts Amount of each coin [token wei].
    /// @param minMinted Least liquidity [LP wei].
    /// @param to Who receives it.
    /// @return minted Liquidity minted [LP wei].
    function addLiquidity(uint256[] calldata amounts, uint256 minMinted, address to) external returns (uint256 minted);

    /// @notice Burns liquidity of the caller for its part of every coin, without fee.
    /// @dev Reverts with {IMarket-MarketInsufficientOutput} when a coin pays less than its minimum.
    /// @param burned Liquidity to burn [LP wei].
    /// @param minAmounts Least amount of each coin [token wei].
    /// @param to Who is paid.
    /// @return amounts Amount of each coin, rounded down [token wei].
    function removeLiquidity(
        uint256 burned,
        uint256[] calldata minAmounts,
        address to
    ) external returns (uint256[] memory amounts);

    /// @notice Burns liquidity of the caller for one coin; pays the fee on the imbalance.
    /// @param burned Liquidity to burn [LP wei].
    /// @param coin Token that is paid.
    /// @param minAmount Least amount [token wei].
    /// @param to Who is paid.
    /// @return amount Amount, rounded down [token wei].
    function removeLiquidityOne(
        uint256 burned,
        address coin,
        uint256 minAmount,
        address to
    ) external returns (uint256 amount);

    /// @notice Burns liquidity of the caller for chosen amounts; pays the fee on the imbalance.
    /// @dev Burns `floor(supply (D0 - D2) / D0) + 1`, `D2` being the invariant of what is left once the fees are out.
    /// Reverts with {StableSwapPoolTooExpensive} above `maxBurned`, with {StableSwapPoolInsufficientBalance} when a
    /// coin has less, and with {StableSwapMath-StableSwapMathZeroBalance} when one would be emptied.
    /// @param amounts Amount of each coin [token wei].
    /// @param maxBurned Most liquidity [LP wei].
    /// @param to Who is paid.
    /// @return burned Liquidity burned [LP wei].
    function removeLiquidityImbalance(
        uint256[] calldata amounts,
        uint256 maxBurned,
        address to
    ) external returns (uint256 burned);

    /// @notice Sets the fee. Only the owner.
    /// @dev Reverts with {StableSwapPoolFeeTooHigh} above 5e9, or when `fee * offpegMultiplier` exceeds 5e19.
    /// @param fee Fee at balance [1e10 = 100 %].
    /// @param offpegMultiplier Growth far from balance [1e10 = 1].
    function setFee(uint256 fee, uint256 offpegMultiplier) external;

    /// @notice Pays the owner's fees out. Only the owner.
    /// @param to Who is paid.
    function withdrawAdminFees(address to) external;

    /// @notice Returns the pool as the formulas see it now.
    /// @return balances Balances without the owner's fees [token wei].
    /// @return rates Rates, `10^(36 - decimals)` times the exchange rate, see {StableSwapMath-Pool}.
    function state() external view returns (uint256[] memory balances, uint256[] memory rates);

    /// @notice Returns the invariant.
    /// @return Invariant `D` [WAD].
    function invariant() external view returns (uint256);

    /// @notice Returns what one unit of liquidity is worth at balance, `floor(D * 1e18 / supply)`; zero for an empty pool.
    /// @return Price [WAD].
    function virtualPrice() external view returns (uint256);

    /// @notice Returns what adding liquidity would mint now.
    /// @param amounts Amount of each coin [token wei].
    /// @return minted Liquidity [LP wei].
    /// @return fees Fee on the imbalance, of each coin [token wei].
    function quoteAdd(uint256[] calldata amounts) external view returns (uint256 minted, uint256[] memory fees);

    /// @notice Returns what chosen amounts would burn now.
    /// @param amounts Amount of each coin [token wei].
    /// @return burned Liquidity [LP wei].
    /// @return fees Fee on the imbalance, of each coin [token wei].
    function quoteRemoveImbalance(
        uint256[] calldata amounts
    ) external view returns (uint256 burned, uint256[] memory fees);

    /// @notice Returns what burning liquidity for one coin would pay now.
    /// @param burned Liquidity [LP wei].
    /// @param coin Token that is paid.
    /// @return amount Amount [token wei].
    /// @return fee Difference to the payout without fees [token wei].
    function quoteRemoveOne(uint256 burned, address coin) external view returns (uint256 amount, uint256 fee);

    /// @notice Returns the fee a swap would be charged now.
    /// @param tokenIn Token sold.
    /// @param tokenOut Token bought.
    /// @param amountIn Amount sold [token wei].
    /// @return rate Fee [1e10 = 100 %].
    function feeFor(address tokenIn, address tokenOut, uint256 amountIn) external view returns (uint256 rate);

    /// @notice Returns the average price of a coin in the first one, both scaled by their rates.
    /// @param coin Index of the coin, not zero.
    /// @return price Exponential moving average of the spot price, capped at two [WAD].
    function averageOf(uint256 coin) external view returns (uint256 price);

    /// @notice Returns the pool's coins.
    /// @return Tokens in index order.
    function coins() external view returns (address[] memory);

    /// @notice Returns the fees that wait for the owner.
    /// @return Amount of each coin [token wei].
    function adminFees() external view returns (uint256[] memory);
}
