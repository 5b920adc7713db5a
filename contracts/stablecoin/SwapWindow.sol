// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { FeedReader } from "../libraries/FeedReader.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { PausableFlags } from "../libraries/PausableFlags.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IDollar } from "./IDollar.sol";
import { ISwapWindow } from "./ISwapWindow.sol";

/// @title SwapWindow
/// @notice See {ISwapWindow}.
contract SwapWindow is ISwapWindow, PausableFlags, ReentrancyGuard {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Bit that pauses both ways.
    uint8 public constant PAUSED_SWAP = 0;

    /// @inheritdoc ISwapWindow
    uint256 public constant HALTED = type(uint256).max;

    /* IMMUTABLES */

    /// @inheritdoc ISwapWindow
    IDollar public immutable dollar;

    /// @inheritdoc ISwapWindow
    IERC20 public immutable gem;

    /// @inheritdoc ISwapWindow
    uint256 public immutable factor;

    /// @notice Who may move gems in and out.
    address public immutable reserve;

    /* STORAGE */

    /// @inheritdoc ISwapWindow
    uint256 public gems;

    /// @inheritdoc ISwapWindow
    uint256 public cap;

    /// @inheritdoc ISwapWindow
    uint256 public tin;

    /// @inheritdoc ISwapWindow
    uint256 public tout;

    /// @inheritdoc ISwapWindow
    bool public isFrozen;

    /// @notice Price of a gem, zero for none.
    IAggregatorV3 public feed;

    /// @notice Greatest age of a price [s].
    uint256 public maxAge;

    Band private _band;

    /* MODIFIERS */

    modifier onlyReserve() {
        require(msg.sender == reserve, SwapWindowUnauthorized(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Opens a window without fees, cap and band; the dollar's owner has to make it an issuer.
    /// @param owner_ Who sets fees, cap and band, seizes and pauses.
    /// @param dollar_ Dollar.
    /// @param gem_ Token that is swapped for dollars.
    /// @param reserve_ Who may move gems in and out.
    constructor(address owner_, IDollar dollar_, IERC20Metadata gem_, address reserve_) Ownable(owner_) {
        uint8 decimals = gem_.decimals();
        require(decimals <= 18, SwapWindowTooManyDecimals(decimals));

        dollar = dollar_;
        gem = gem_;
        reserve = reserve_;
        factor = 10 ** (18 - decimals);
        cap = type(uint256).max;
    }

    /* EXTERNAL */

    /// @inheritdoc ISwapWindow
    function sellGem(
        address to,
        uint256 gems_
    ) external nonReentrant whenNotPaused(PAUSED_SWAP) returns (uint256 dollars) {
        require(tin != HALTED, SwapWindowHalted(true));
        _thaw();
        uint256 received = _pull(gems_);
        _addGems(received);

        uint256 fee;
        (dollars, fee) = quoteSell(received);
        require(dollars > 0, SwapWindowZeroAmount());

        emit GemSold(msg.sender, to, received, dollars, fee);

        dollar.mint(to, dollars);
    }

    /// @inheritdoc ISwapWindow
    function buyGem(
        address to,
        uint256 gems_
    ) external nonReentrant whenNotPaused(PAUSED_SWAP) returns (uint256 dollars) {
        require(tout != HALTED, SwapWindowHalted(false));
        require(gems_ > 0, SwapWindowZeroAmount());
        _thaw();

        uint256 fee;
        (dollars, fee) = quoteBuy(gems_);
        _removeGems(gems_);

        emit GemBought(msg.sender, to, gems_, dollars, fee);

        dollar.burn(msg.sender, dollars);
        gem.safeTransfer(to, gems_);
    }

    /// @inheritdoc ISwapWindow
    function poke() external returns (bool) {
        (bool frozen, uint256 price) = judge();
        if (frozen != isFrozen) {
            isFrozen = frozen;

            emit FreezeSet(frozen, price);
        }
        return frozen;
    }

    /// @inheritdoc ISwapWindow
    function moveIn(uint256 gems_) external nonReentrant onlyReserve {
        uint256 received = _pull(gems_);
        gems += received;

        emit GemsMoved(received, true);
    }

    /// @inheritdoc ISwapWindow
    function moveOut(uint256 gems_) external nonReentrant onlyReserve {
        _removeGems(gems_);

        emit GemsMoved(gems_, false);

        gem.safeTransfer(reserve, gems_);
    }

    /// @inheritdoc ISwapWindow
    function seize(address to) external nonReentrant onlyOwner {
        uint256 seized = gems;
        gems = 0;
        _setFees(HALTED, HALTED);

        emit GemsSeized(to, seized);

        gem.safeTransfer(to, seized);
    }

    /// @inheritdoc ISwapWindow
    function setFees(uint256 tin_, uint256 tout_) external onlyOwner {
        _setFees(tin_, tout_);
    }

    /// @inheritdoc ISwapWindow
    function setCap(uint256 cap_) external onlyOwner {
        cap = cap_;

        emit CapSet(cap_);
    }

    /// @inheritdoc ISwapWindow
    function setBand(IAggregatorV3 feed_, uint256 maxAge_, Band calldata band_) external onlyOwner {
        bool isNarrower = band_.freezeLow <= band_.unfreezeLow && band_.unfreezeHigh <= band_.freezeHigh;
        require(isNarrower && band_.unfreezeLow <= band_.unfreezeHigh, SwapWindowInvalidBand(band_));

        feed = feed_;
        maxAge = maxAge_;
        _band = band_;
        isFrozen = false;

        emit BandSet(address(feed_), maxAge_, band_);
    }

    /* VIEWS */

    /// @inheritdoc ISwapWindow
    function band() external view returns (Band memory) {
        return _band;
    }

    /// @inheritdoc ISwapWindow
    function value() external view returns (uint256) {
        if (address(feed) == address(0)) return gems * factor;
        // A feed that cannot answer, such as one of an emptied pool, must not stop the redemptions that are paid from cash.
        try feed.latestRoundData() returns (uint80, int256 answer, uint256, uint256, uint80) {
            if (answer <= 0) return 0;
            return (gems * factor).wMulDown(Math.min(_toWad(uint256(answer)), WadMath.WAD));
        } catch {
            return 0;
        }
    }

    /// @inheritdoc ISwapWindow
    function judge() public view returns (bool frozen, uint256 price) {
        if (address(feed) == address(0)) return (false, WadMath.WAD);
        price = _toWad(_read());
        if (isFrozen) frozen = price < _band.unfreezeLow || price > _band.unfreezeHigh;
        else frozen = price < _band.freezeLow || price > _band.freezeHigh;
    }

    /// @inheritdoc ISwapWindow
    function quoteSell(uint256 gems_) public view returns (uint256 dollars, uint256 fee) {
        require(tin != HALTED, SwapWindowHalted(true));
        uint256 par = gems_ * factor;
        fee = par.wMulDown(tin);
        dollars = par - fee;
    }

    /// @inheritdoc ISwapWindow
    function quoteBuy(uint256 gems_) public view returns (uint256 dollars, uint256 fee) {
        require(tout != HALTED, SwapWindowHalted(false));
        uint256 par = gems_ * factor;
        fee = par.wMulDown(tout);
        dollars = par + fee;
    }

    /* INTERNAL */

    function _pull(uint256 amount) private returns (uint256 received) {
        uint256 before = gem.balanceOf(address(this));
        gem.safeTransferFrom(msg.sender, address(this), amount);
        return gem.balanceOf(address(this)) - before;
    }

    /// @dev Refuses a swap while frozen; a swap that passes proves that the window has thawed.
    function _thaw() private {
        (bool frozen, uint256 price) = judge();
        require(!frozen, SwapWindowFrozen(price));
        if (!isFrozen) return;

        isFrozen = false;

        emit FreezeSet(false, price);
    }

    function _addGems(uint256 amount) private {
        uint256 held = gems + amount;
        require(held <= cap, SwapWindowCapExceeded(held, cap));
        gems = held;
    }

    function _removeGems(uint256 amount) private {
        require(amount <= gems, SwapWindowInsufficientGems(amount, gems));
        gems -= amount;
    }

    function _setFees(uint256 tin_, uint256 tout_) private {
        require(tin_ <= WadMath.WAD || tin_ == HALTED, SwapWindowInvalidFee(tin_));
        require(tout_ <= WadMath.WAD || tout_ == HALTED, SwapWindowInvalidFee(tout_));

        tin = tin_;
        tout = tout_;

        emit FeesSet(tin_, tout_);
    }

    /// @dev As {FeedReader} reads a price, but with an error of the window's own while the feed has no answer at all.
    function _read() private view returns (uint256) {
        try feed.latestRoundData() returns (uint80, int256 answer, uint256, uint256 updatedAt, uint80) {
            address from = address(feed);
            require(answer > 0, FeedReader.FeedReaderNotPositive(from, answer));
            require(FeedReader.isFresh(updatedAt, maxAge), FeedReader.FeedReaderStale(from, updatedAt, maxAge));
            return uint256(answer);
        } catch {
            revert SwapWindowNoPrice(address(feed));
        }
    }

    function _toWad(uint256 answer) private view returns (uint256) {
        return answer.mulDivDown(WadMath.WAD, 10 ** feed.decimals());
    }
}
