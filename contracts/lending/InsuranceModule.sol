// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { Clock } from "../libraries/Clock.sol";
import { FeedReader } from "../libraries/FeedReader.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { PausableFlags } from "../libraries/PausableFlags.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { IInsuranceModule } from "./IInsuranceModule.sol";
import { ILendingPool } from "./ILendingPool.sol";

/// @title InsuranceModule
/// @notice Stakers who bear a reserve's bad debt.
contract InsuranceModule is IInsuranceModule, ERC4626, Clock, PausableFlags, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /* TYPES */

    struct Cooldown {
        uint256 shares;
        uint48 endsAt;
    }

    /* CONSTANTS */

    /// @notice Stake that a slash leaves [underlying wei].
    uint256 public constant MIN_ASSETS = 1e6;

    /// @notice Bit that pauses deposits.
    uint8 public constant PAUSED_STAKE = 0;

    /// @notice Bit that pauses cooldowns, exits, transfers, and slashes.
    uint8 public constant PAUSED_EXIT = 1;

    uint256 private constant _BASE_UNIT = 1e8;

    /* IMMUTABLES */

    /// @notice The pool.
    ILendingPool public immutable pool;

    /// @inheritdoc IInsuranceModule
    address public immutable reserve;

    /// @notice Price feed of what is staked.
    IAggregatorV3 public immutable underlyingFeed;

    /// @notice Greatest age of its price [s].
    uint256 public immutable maxAge;

    /// @notice Time from {cooldown} to the window [clock units].
    uint48 public immutable cooldownDelay;

    /// @notice Length of the window [clock units].
    uint48 public immutable window;

    uint256 private immutable _reserveUnit;
    uint256 private immutable _stakeUnit;

    /* STORAGE */

    /// @inheritdoc IInsuranceModule
    uint256 public offset;

    /// @inheritdoc IInsuranceModule
    uint256 public pending;

    /// @notice Slashed beyond the deficit [bps].
    uint256 public feeBps;

    /// @notice Who gets what is slashed.
    address public receiver;

    uint256 private _stake;
    mapping(address account => Cooldown cooldown) private _cooldowns;

    /* CONSTRUCTOR */

    /// @notice Fixes what is insured with what.
    /// @param terms What the module insures, and how.
    /// @param clockMode_ Unit of time: blocks or seconds.
    constructor(
        Terms memory terms,
        ClockMode clockMode_
    )
        ERC4626(IERC20(terms.underlying))
        ERC20(
            string.concat("Faultline insurance of ", IERC20Metadata(terms.reserve).name()),
            string.concat("i", IERC20Metadata(terms.reserve).symbol())
        )
        Ownable(terms.owner)
        Clock(clockMode_)
    {
        bool isWhole = address(terms.pool) != address(0) && address(terms.underlyingFeed) != address(0);
        require(isWhole && terms.window > 0, InsuranceModuleInvalidTerms());

        pool = terms.pool;
        reserve = terms.reserve;
        underlyingFeed = terms.underlyingFeed;
        maxAge = terms.maxAge;
        cooldownDelay = terms.cooldown;
        window = terms.window;
        _reserveUnit = 10 ** IERC20Metadata(terms.reserve).decimals();
        _stakeUnit = 10 ** IERC20Metadata(terms.underlying).decimals();
        _setConditions(terms.offset, terms.feeBps, terms.receiver);
    }

    /* EXTERNAL */

    /// @inheritdoc IInsuranceModule
    function cooldown() external whenNotPaused(PAUSED_EXIT) {
        uint256 shares = balanceOf(msg.sender);
        require(shares > 0, InsuranceModuleNoShares(msg.sender));

        uint48 endsAt = clock() + cooldownDelay;
        _cooldowns[msg.sender] = Cooldown(shares, endsAt);

        emit CooldownStarted(msg.sender, shares, endsAt);
    }

    /// @inheritdoc IInsuranceModule
    function slash() external nonReentrant whenNotPaused(PAUSED_EXIT) returns (Slash memory outcome) {
        outcome = previewSlash();
        require(outcome.slashed > 0, InsuranceModuleNothingToSlash(_slashable(), _available()));

        _stake -= outcome.slashed;
        pending += outcome.covered;

        emit StakeSlashed(receiver, outcome);

        IERC20(asset()).safeTransfer(receiver, outcome.slashed);
    }

    /// @inheritdoc IInsuranceModule
    function coverPending(uint256 amount) external nonReentrant {
        require(amount <= pending, InsuranceModuleCoversTooMuch(amount, pending));

        pending -= amount;

        emit PendingCovered(msg.sender, amount);

        _eliminate(amount);
    }

    /// @inheritdoc IInsuranceModule
    function coverOffset(uint256 amount) external nonReentrant onlyOwner {
        uint256 most = Math.min(offset, Math.saturatingSub(pool.reserveOf(reserve).deficit, pending));
        require(amount <= most, InsuranceModuleCoversTooMuch(amount, most));

        offset -= amount;

        emit OffsetCovered(msg.sender, amount);

        _eliminate(amount);
    }

    /// @inheritdoc IInsuranceModule
    function setConditions(uint256 offset_, uint256 feeBps_, address receiver_) external onlyOwner {
        _setConditions(offset_, feeBps_, receiver_);
    }

    /* VIEWS */

    /// @inheritdoc IInsuranceModule
    function cooldownOf(address account) external view returns (uint256 shares, uint48 endsAt) {
        Cooldown storage found = _cooldowns[account];
        return (found.shares, found.endsAt);
    }

    /// @inheritdoc IInsuranceModule
    function previewSlash() public view returns (Slash memory outcome) {
        uint256 slashable = _slashable();
        if (slashable == 0 || _available() == 0) return outcome;
        uint256 withFee = Math.mulDiv(slashable, RayMath.BPS + feeBps, RayMath.BPS);
        uint256 price = FeedReader.read(underlyingFeed, maxAge);
        uint256 worth = pool.book().priceOf(reserve) * _stakeUnit * 10 ** underlyingFeed.decimals();

        outcome.slashable = slashable;
        outcome.asked = Math.mulDiv(withFee, worth, price * _reserveUnit * _BASE_UNIT);
        outcome.slashed = Math.min(outcome.asked, _available());
        outcome.covered =
            outcome.slashed == outcome.asked ? slashable : Math.mulDiv(slashable, outcome.slashed, outcome.asked);
    }

    /// @inheritdoc IERC4626
    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256) {
        return _stake;
    }

    /// @inheritdoc IERC4626
    function maxDeposit(address account) public view override(ERC4626, IERC4626) returns (uint256) {
        return isPaused(PAUSED_STAKE) ? 0 : super.maxDeposit(account);
    }

    /// @inheritdoc IERC4626
    function maxMint(address account) public view override(ERC4626, IERC4626) returns (uint256) {
        return isPaused(PAUSED_STAKE) ? 0 : super.maxMint(account);
    }

    /// @inheritdoc IERC4626
    function maxWithdraw(address owner) public view override(ERC4626, IERC4626) returns (uint256) {
        return convertToAssets(maxRedeem(owner));
    }

    /// @inheritdoc IERC4626
    function maxRedeem(address owner) public view override(ERC4626, IERC4626) returns (uint256) {
        Cooldown storage found = _cooldowns[owner];
        bool isOpen = clock() >= found.endsAt && clock() - found.endsAt <= window;
        return isOpen && !isPaused(PAUSED_EXIT) ? found.shares : 0;
    }

    /* INTERNAL */

    function _deposit(address caller, address account, uint256 assets, uint256 shares) internal override nonReentrant {
        // Booked once its shares are there: an asset that calls its sender back shows it neither.
        super._deposit(caller, account, assets, shares);
        _stake += assets;
    }

    function _withdraw(
        address caller,
        address account,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override nonReentrant {
        _stake -= assets;
        super._withdraw(caller, account, owner, assets, shares);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from == address(0) || from == to) return;
        require(!isPaused(PAUSED_EXIT), PausableFlagsPaused(PAUSED_EXIT));
        uint256 covered = _cooldowns[from].shares;
        uint256 left = to == address(0) ? Math.saturatingSub(covered, value) : Math.min(covered, balanceOf(from));
        if (left == covered) return;

        _cooldowns[from].shares = left;

        emit CooldownReduced(from, left);
    }

    /// @dev Takes claims of the caller and gives them up for the deficit.
    function _eliminate(uint256 amount) private {
        address claim = pool.book().termsOf(reserve).listing.claim;
        IERC20(claim).safeTransferFrom(msg.sender, address(this), amount);
        pool.eliminateDeficit(reserve, amount);
    }

    function _setConditions(uint256 offset_, uint256 feeBps_, address receiver_) private {
        require(feeBps_ <= RayMath.BPS && receiver_ != address(0), InsuranceModuleInvalidTerms());

        offset = offset_;
        feeBps = feeBps_;
        receiver = receiver_;

        emit ConditionsSet(offset_, feeBps_, receiver_);
    }

    /// @dev Deficit that is neither offset nor pending.
    function _slashable() private view returns (uint256) {
        return Math.saturatingSub(pool.reserveOf(reserve).deficit, Math.saturatingAdd(offset, pending));
    }

    /// @dev Stake that may be slashed.
    function _available() private view returns (uint256) {
        return Math.saturatingSub(_stake, MIN_ASSETS);
    }
}
