// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { FeedReader } from "../libraries/FeedReader.sol";
import { RateQueue } from "../libraries/RateQueue.sol";
import { TroveMath } from "../libraries/TroveMath.sol";
import { ICollateralBranch } from "./ICollateralBranch.sol";
import { IStabilityPool } from "./IStabilityPool.sol";
import { ISyntheticDollar } from "./ISyntheticDollar.sol";

/// @title BranchBook
/// @notice What a branch remembers, how its debt grows, and how a trove is written.
abstract contract BranchBook is ICollateralBranch, Ownable, ReentrancyGuard {
    using RateQueue for RateQueue.Queue;
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @notice Lowest yearly rate [WAD].
    uint256 public constant MIN_RATE = 0.005e18;

    /// @notice Highest yearly rate [WAD].
    uint256 public constant MAX_RATE = 2.5e18;

    /// @notice Part of the interest that goes to the stability pool [WAD].
    uint256 public constant POOL_PART = 0.75e18;

    /// @notice How soon after a change of rate the next one costs [s].
    uint256 public constant RATE_COOLDOWN = 7 days;

    uint256 internal constant _WAD = 1e18;

    /* IMMUTABLES */

    /// @notice The synthetic dollar.
    ISyntheticDollar public immutable dollar;

    /// @notice The collateral.
    IERC20 public immutable collateral;

    /* STORAGE */

    /// @inheritdoc ICollateralBranch
    IStabilityPool public stabilityPool;

    /// @inheritdoc ICollateralBranch
    uint256 public troveCount;

    /// @inheritdoc ICollateralBranch
    uint256 public openTroveCount;

    /// @inheritdoc ICollateralBranch
    uint256 public lastZombie;

    /// @inheritdoc ICollateralBranch
    uint256 public shutdownTime;

    /// @inheritdoc ICollateralBranch
    mapping(address owner => uint256 surplus) public surplusOf;

    /// @inheritdoc ICollateralBranch
    mapping(address owner => uint256 id) public lastTroveOf;

    /// @notice Last price that the feed gave [WAD].
    uint256 public lastGoodPrice;

    Terms internal _terms;
    Totals internal _totals;
    Stakes internal _stakes;
    mapping(uint256 id => Trove trove) internal _troves;
    RateQueue.Queue internal _queue;

    /* MODIFIERS */

    /// @notice Refuses calls once the branch is shut down.
    modifier whileAlive() {
        require(shutdownTime == 0, CollateralBranchShutDown(true));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Fixes the terms.
    /// @param owner_ Who tells the branch its stability pool.
    /// @param dollar_ The synthetic dollar.
    /// @param terms_ Terms.
    constructor(address owner_, ISyntheticDollar dollar_, Terms memory terms_) Ownable(owner_) {
        require(terms_.minRatio > _WAD, CollateralBranchInvalidTerms("minRatio"));
        require(terms_.criticalRatio >= terms_.minRatio, CollateralBranchInvalidTerms("criticalRatio"));
        require(terms_.shutdownRatio >= _WAD, CollateralBranchInvalidTerms("shutdownRatio"));
        require(terms_.shutdownRatio <= terms_.criticalRatio, CollateralBranchInvalidTerms("shutdownRatio"));
        require(terms_.redistributionPenalty >= terms_.poolPenalty, CollateralBranchInvalidTerms("penalty"));
        require(terms_.feed.decimals() <= 18, CollateralBranchInvalidTerms("feed"));
        require(terms_.treasury != address(0), CollateralBranchInvalidTerms("treasury"));

        dollar = dollar_;
        collateral = IERC20(terms_.collateral);
        _terms = terms_;
        _totals.lastAccrual = block.timestamp;
    }

    /* EXTERNAL */

    /// @inheritdoc ICollateralBranch
    function setStabilityPool(IStabilityPool pool) external onlyOwner {
        require(address(stabilityPool) == address(0), CollateralBranchUnauthorized(msg.sender, address(0)));

        stabilityPool = pool;

        emit StabilityPoolSet(address(pool));
    }

    /// @inheritdoc ICollateralBranch
    function accrue() external {
        _accrue();
    }

    /* VIEWS */

    /// @inheritdoc ICollateralBranch
    function terms() external view returns (Terms memory) {
        return _terms;
    }

    /// @inheritdoc ICollateralBranch
    function troveOf(uint256 id) external view returns (Trove memory) {
        return _troves[id];
    }

    /// @inheritdoc ICollateralBranch
    function ratioOf(uint256 id) external view returns (uint256) {
        Latest memory latest = latestOf(id);
        (uint256 price, ) = priceNow();
        return TroveMath.ratio(latest.collateral, latest.debt, price);
    }

    /// @inheritdoc ICollateralBranch
    function totals() external view returns (Totals memory) {
        return _totals;
    }

    /// @inheritdoc ICollateralBranch
    function stakes() external view returns (Stakes memory) {
        return _stakes;
    }

    /// @inheritdoc ICollateralBranch
    function nextByRate(uint256 id) external view returns (uint256) {
        return _queue.next[id];
    }

    /// @inheritdoc ICollateralBranch
    function latestOf(uint256 id) public view returns (Latest memory latest) {
        Trove storage trove = _troves[id];
        uint256 end = shutdownTime == 0 ? block.timestamp : shutdownTime;
        uint256 elapsed = Math.saturatingSub(end, trove.lastUpdate);
        latest.interest = TroveMath.interestDown(trove.debt * trove.rate, elapsed);
        latest.debtGain = Math.mulDiv(trove.stake, _stakes.debtPerStake - trove.debtPerStake, _WAD);
        latest.collateralGain = Math.mulDiv(trove.stake, _stakes.collateralPerStake - trove.collateralPerStake, _WAD);
        latest.debt = trove.debt + latest.interest + latest.debtGain;
        latest.collateral = trove.collateral + latest.collateralGain;
    }

    /// @inheritdoc ICollateralBranch
    function entireDebt() public view returns (uint256) {
        return _totals.activeDebt + _totals.redistributedDebt + pendingInterest();
    }

    /// @inheritdoc ICollateralBranch
    function entireCollateral() public view returns (uint256) {
        return _totals.activeCollateral + _totals.redistributedCollateral;
    }

    /// @inheritdoc ICollateralBranch
    function pendingInterest() public view returns (uint256) {
        if (shutdownTime != 0) return 0;
        return TroveMath.interestUp(_totals.weightedDebt, block.timestamp - _totals.lastAccrual);
    }

    /// @inheritdoc ICollateralBranch
    function priceNow() public view returns (uint256 price, bool isGood) {
        try _terms.feed.latestRoundData() returns (uint80, int256 answer, uint256, uint256 updatedAt, uint80) {
            isGood = answer > 0 && FeedReader.isFresh(updatedAt, _terms.maxAge);
            price = isGood ? uint256(answer) * 10 ** (18 - _terms.feed.decimals()) : lastGoodPrice;
        } catch {
            price = lastGoodPrice;
        }
    }

    /* INTERNAL */

    /// @dev Mints the interest of the whole branch until now; a trove's own follows when it is written.
    function _accrue() internal {
        uint256 interest = pendingInterest();
        _totals.lastAccrual = block.timestamp;
        _totals.activeDebt += interest;
        _mintYield(interest);
    }

    /// @dev Interest is minted at once: three quarters to the stability pool, the rest to the treasury.
    function _mintYield(uint256 amount) internal {
        if (amount == 0) return;
        uint256 poolYield = Math.mulDiv(amount, POOL_PART, _WAD);

        emit InterestMinted(poolYield, amount - poolYield);

        dollar.mint(_terms.treasury, amount - poolYield);
        dollar.mint(address(stabilityPool), poolYield);
        stabilityPool.receiveYield(poolYield);
    }

    /// @dev The price of now, which is remembered; a living branch works with no other.
    function _goodPrice() internal returns (uint256 price) {
        bool isGood;
        (price, isGood) = priceNow();
        require(isGood, CollateralBranchBrokenFeed());
        lastGoodPrice = price;
    }

    /// @dev Writes a trove's new debt, collateral and rate, and all totals that depend on them.
    /// @dev `latest` is what it was a moment ago, after {_accrue}.
    function _write(uint256 id, Latest memory latest, uint256 debt, uint256 collateralAmount, uint256 rate) internal {
        Trove storage trove = _troves[id];
        _totals.redistributedDebt -= latest.debtGain;
        _totals.redistributedCollateral -= latest.collateralGain;
        _totals.activeDebt = _totals.activeDebt + latest.debtGain + debt - latest.debt;
        _totals.activeCollateral =
            _totals.activeCollateral +
            latest.collateralGain +
            collateralAmount -
            latest.collateral;
        _totals.weightedDebt = _totals.weightedDebt + debt * rate - trove.debt * trove.rate;

        trove.debt = debt;
        trove.collateral = collateralAmount;
        trove.rate = rate;
        trove.lastUpdate = block.timestamp;
        trove.debtPerStake = _stakes.debtPerStake;
        trove.collateralPerStake = _stakes.collateralPerStake;
        _restake(trove, _stakeFor(collateralAmount));

        emit TroveUpdated(id, trove.owner, trove.status, debt, collateralAmount, rate);
    }

    /// @dev Empties a trove for good; its debt and collateral have gone elsewhere.
    function _end(uint256 id, Latest memory latest, Status status) internal {
        _leaveQueue(id);
        _troves[id].status = status;
        --openTroveCount;
        if (lastZombie == id) lastZombie = 0;
        _write(id, latest, 0, 0, 0);
    }

    function _leaveQueue(uint256 id) internal {
        if (_troves[id].status == Status.Active) _queue.remove(id);
    }

    function _requireOpen(uint256 id) internal view {
        Status status = _troves[id].status;
        require(status == Status.Active || status == Status.Zombie, CollateralBranchNotOpen(id, status));
    }

    function _requireOwned(uint256 id) internal view {
        _requireOpen(id);
        address owner_ = _troves[id].owner;
        require(msg.sender == owner_, CollateralBranchUnauthorized(msg.sender, owner_));
    }

    function _restake(Trove storage trove, uint256 stake) private {
        _stakes.total = _stakes.total - trove.stake + stake;
        trove.stake = stake;
    }

    /// @dev Collateral of a trove that is written later has had its redistributions, so it counts for less stake.
    function _stakeFor(uint256 collateralAmount) private view returns (uint256) {
        if (_stakes.collateralSnapshot == 0) return collateralAmount;
        return Math.mulDiv(collateralAmount, _stakes.totalSnapshot, _stakes.collateralSnapshot);
    }
}
