// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IDollar } from "./IDollar.sol";

/// @title ISwapWindow
/// @notice Swaps another stable token ("gem") for dollars at par, both ways, day and night, for a fee each way; halts
/// on demand and freezes while the gem's price strays.
/// @dev Units: gems in their wei, at most 18 decimals; dollars in wei, 18 decimals; fees in WAD, and {HALTED} for a way
/// that is shut; prices in WAD.
///
/// | Quantity | Rounding |
/// |---|---|
/// | fee, in dollars | down |
/// | dollars out | par less fee |
/// | dollars in | par plus fee |
/// | price | down to WAD |
/// | mark of the gems | down, price never above par |
/// @dev The band has hysteresis: a price outside [freezeLow, freezeHigh] freezes the window, and only a price inside the
/// narrower [unfreezeLow, unfreezeHigh] thaws it. Between the two nothing changes. A swap judges by the price it finds;
/// {poke} remembers that judgement.
/// @dev Warning: with a falling gem an unfrozen window buys the gem at par: the dollar falls along.
/// @custom:source docs/contracts/SwapWindow.md
interface ISwapWindow {
    /// @notice Prices at which the window freezes and thaws.
    /// @param freezeLow Lowest price that does not freeze [WAD].
    /// @param freezeHigh Highest price that does not freeze [WAD].
    /// @param unfreezeLow Lowest price that thaws [WAD].
    /// @param unfreezeHigh Highest price that thaws [WAD].
    struct Band {
        uint256 freezeLow;
        uint256 freezeHigh;
        uint256 unfreezeLow;
        uint256 unfreezeHigh;
    }

    /// @notice Emitted when gems are swapped for dollars.
    /// @param caller Who sold.
    /// @param to Who received dollars.
    /// @param gems Gems in [gem wei].
    /// @param dollars Dollars out [wei].
    /// @param fee Fee [dollars wei].
    event GemSold(address indexed caller, address indexed to, uint256 gems, uint256 dollars, uint256 fee);

    /// @notice Emitted when dollars are swapped for gems.
    /// @param caller Who bought.
    /// @param to Who received gems.
    /// @param gems Gems out [gem wei].
    /// @param dollars Dollars in [wei].
    /// @param fee Fee [dollars wei].
    event GemBought(address indexed caller, address indexed to, uint256 gems, uint256 dollars, uint256 fee);

    /// @notice Emitted when the fees change.
    /// @param tin Fee for selling gems [WAD].
    /// @param tout Fee for buying gems [WAD].
    event FeesSet(uint256 tin, uint256 tout);

    /// @notice Emitted when the exposure cap changes.
    /// @param cap Most gems [gem wei].
    event CapSet(uint256 cap);

    /// @notice Emitted when the band or its feed changes.
    /// @param feed Price feed, zero for none.
    /// @param maxAge Greatest age of a price [s].
    /// @param band Band.
    event BandSet(address indexed feed, uint256 maxAge, Band band);

    /// @notice Emitted when the window freezes or thaws.
    /// @param isFrozen Whether it is frozen.
    /// @param price Price that decided [WAD].
    event FreezeSet(bool isFrozen, uint256 price);

    /// @notice Emitted when the reserve moves gems in or out.
    /// @param gems Gems [gem wei].
    /// @param isIn Whether they came in.
    event GemsMoved(uint256 gems, bool isIn);

    /// @notice Emitted when the owner takes all gems and shuts the window.
    /// @param to Who received them.
    /// @param gems Gems [gem wei].
    event GemsSeized(address indexed to, uint256 gems);

    /// @notice Raised when a fee exceeds 100 % and is not {HALTED}.
    /// @param fee Fee [WAD].
    error SwapWindowInvalidFee(uint256 fee);

    /// @notice Raised when the gem has more than 18 decimals.
    /// @param decimals Decimals.
    error SwapWindowTooManyDecimals(uint8 decimals);

    /// @notice Raised when the thawing band does not lie within the freezing one.
    /// @param band Band.
    error SwapWindowInvalidBand(Band band);

    /// @notice Raised when a way is shut.
    /// @param isSelling Whether gems were to be sold.
    error SwapWindowHalted(bool isSelling);

    /// @notice Raised when the window is frozen.
    /// @param price Price of the gem [WAD].
    error SwapWindowFrozen(uint256 price);

    /// @notice Raised when the feed of the gem has no answer at all: the price that would judge is not known.
    /// @param feed Feed.
    error SwapWindowNoPrice(address feed);

    /// @notice Raised when the window would hold more gems than its cap.
    /// @param gems Gems it would hold [gem wei].
    /// @param cap Most gems [gem wei].
    error SwapWindowCapExceeded(uint256 gems, uint256 cap);

    /// @notice Raised when the window holds too few gems.
    /// @param requested Gems asked for [gem wei].
    /// @param available Gems held [gem wei].
    error SwapWindowInsufficientGems(uint256 requested, uint256 available);

    /// @notice Raised when nothing would be swapped.
    error SwapWindowZeroAmount();

    /// @notice Raised when someone else than the reserve moves gems.
    /// @param caller Caller.
    error SwapWindowUnauthorized(address caller);

    /// @notice Sells gems for dollars.
    /// @dev Reverts with {SwapWindowHalted}, {SwapWindowFrozen}, {SwapWindowCapExceeded} or {SwapWindowZeroAmount}, and as
    /// {judge} does.
    /// @param to Who receives dollars.
    /// @param gems Gems in [gem wei].
    /// @return dollars Dollars out: par less the fee [wei].
    function sellGem(address to, uint256 gems) external returns (uint256 dollars);

    /// @notice Buys gems with dollars of the caller.
    /// @dev Reverts with {SwapWindowHalted}, {SwapWindowFrozen}, {SwapWindowInsufficientGems} or
    /// {SwapWindowZeroAmount}, and as {judge} does.
    /// @param to Who receives gems.
    /// @param gems Gems out [gem wei].
    /// @return dollars Dollars in: par plus the fee [wei].
    function buyGem(address to, uint256 gems) external returns (uint256 dollars);

    /// @notice Remembers whether the price freezes or thaws the window. Anybody.
    /// @dev Reverts as {judge} does.
    /// @return Whether the window is frozen now.
    function poke() external returns (bool);

    /// @notice Takes in gems that the reserve moves here. Only the reserve.
    /// @param gems Gems [gem wei].
    function moveIn(uint256 gems) external;

    /// @notice Gives gems to the reserve. Only the reserve.
    /// @param gems Gems [gem wei].
    function moveOut(uint256 gems) external;

    /// @notice Takes all gems and shuts both ways: the last resort. Only the owner.
    /// @param to Who receives them.
    function seize(address to) external;

    /// @notice Sets the fees; {HALTED} shuts a way. Only the owner.
    /// @param tin_ Fee for selling gems [WAD].
    /// @param tout_ Fee for buying gems [WAD].
    function setFees(uint256 tin_, uint256 tout_) external;

    /// @notice Sets the most gems that the window holds. Only the owner.
    /// @param cap_ Most gems [gem wei].
    function setCap(uint256 cap_) external;

    /// @notice Sets the band and the feed it watches, and thaws the window. Only the owner.
    /// @param feed_ Price of a gem, zero for none: never frozen.
    /// @param maxAge_ Greatest age of a price [s].
    /// @param band_ Band.
    function setBand(IAggregatorV3 feed_, uint256 maxAge_, Band calldata band_) external;

    /// @notice Returns the fee that shuts a way.
    /// @return Greatest number there is.
    function HALTED() external view returns (uint256);

    /// @notice Returns the dollar.
    /// @return Token.
    function dollar() external view returns (IDollar);

    /// @notice Returns the token that is swapped for dollars.
    /// @return Token.
    function gem() external view returns (IERC20);

    /// @notice Returns the dollars for one wei of gems.
    /// @return Dollars [wei].
    function factor() external view returns (uint256);

    /// @notice Returns the gems held.
    /// @return Gems [gem wei].
    function gems() external view returns (uint256);

    /// @notice Returns the most gems held.
    /// @return Gems [gem wei].
    function cap() external view returns (uint256);

    /// @notice Returns the fee for selling gems.
    /// @return Fee [WAD].
    function tin() external view returns (uint256);

    /// @notice Returns the fee for buying gems.
    /// @return Fee [WAD].
    function tout() external view returns (uint256);

    /// @notice Returns the band.
    /// @return Band.
    function band() external view returns (Band memory);

    /// @notice Returns whether the window was frozen when it was last judged.
    /// @return True when frozen.
    function isFrozen() external view returns (bool);

    /// @notice Returns whether a swap would find the window frozen now.
    /// @dev Reverts as the feed reader does when the price is stale or not positive, and with {SwapWindowNoPrice} while the
    /// feed itself reverts.
    /// @return frozen True when frozen.
    /// @return price Price that decides [WAD].
    function judge() external view returns (bool frozen, uint256 price);

    /// @notice Returns the dollars that selling gems gives.
    /// @param gems_ Gems in [gem wei].
    /// @return dollars Dollars out [wei].
    /// @return fee Fee within [dollars wei].
    function quoteSell(uint256 gems_) external view returns (uint256 dollars, uint256 fee);

    /// @notice Returns the dollars that buying gems costs.
    /// @param gems_ Gems out [gem wei].
    /// @return dollars Dollars in [wei].
    /// @return fee Fee within [dollars wei].
    function quoteBuy(uint256 gems_) external view returns (uint256 dollars, uint256 fee);

    /// @notice Returns the mark of the gems held, at the last price and never above par; a price that is none counts as
    /// zero, and so does a feed that reverts: the dollar's redemptions then go on, at a rate without these gems.
    /// @return Dollars [wei].
    function value() external view returns (uint256);
}
