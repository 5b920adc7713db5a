// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Clock } from "../libraries/Clock.sol";
import { RestakingVaultMath } from "../libraries/RestakingVaultMath.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { Nav } from "../types/Nav.sol";
import { INavOracle } from "./INavOracle.sol";
import { IRestakingVault } from "./IRestakingVault.sol";

/// @title NavReports
/// @notice What a report does: its bounds, the fee on growth, the price that stands until the next.
abstract contract NavReports is INavOracle, Clock, Ownable2Step {
    using RestakingVaultMath for Nav;

    /* CONSTANTS */

    uint256 private constant _BPS = 10_000;

    /* IMMUTABLES */

    /// @inheritdoc INavOracle
    IRestakingVault public immutable vault;

    /// @inheritdoc INavOracle
    Mode public immutable mode;

    /// @notice Shares, and assets, that exist in the price only.
    uint256 public immutable virtualShares;

    /* STORAGE */

    /// @inheritdoc INavOracle
    uint48 public updatedAt;

    /// @notice Least instants between two reports [clock units].
    uint48 public minInterval;

    /// @notice Fee on growth [bps].
    uint256 public feeBps;

    /// @notice Who receives the fee.
    address public treasury;

    Nav internal _nav;
    Guard internal _guard;
    Held internal _held;

    /* EXTERNAL */

    /// @inheritdoc INavOracle
    function acknowledge(bool accept) external onlyOwner {
        Held memory report_ = _held;
        require(report_.since != 0, NavOracleHeld(0));

        delete _held;

        emit NavAcknowledged(accept);

        if (accept) _take(report_.assets, report_.shares);
    }

    /* VIEWS */

    /// @inheritdoc INavOracle
    function held() external view returns (Held memory) {
        return _held;
    }

    /// @inheritdoc INavOracle
    function guard() external view returns (Guard memory) {
        return _guard;
    }

    /// @inheritdoc INavOracle
    function previewReport(
        uint256 assets,
        uint256 shares
    ) external view returns (uint256 rate_, uint256 fee, uint256 feeShares) {
        Nav memory fresh;
        (fresh, fee, feeShares) = _priced(assets, shares);
        rate_ = fresh.rate();
    }

    /* INTERNAL */

    /// @notice Puts a report through its bounds and lets it take effect, or holds it.
    /// @param assets Assets reported [wei].
    /// @param shares Shares reported.
    function _submit(uint256 assets, uint256 shares) internal {
        bool isSmall = assets <= type(uint128).max && shares <= type(uint128).max;
        require(isSmall && (shares > 0 || assets == 0 || mode == Mode.Pushed), NavOracleBadReport(assets, shares));
        require(_held.since == 0, NavOracleHeld(_held.since));
        uint256 earliest = uint256(updatedAt) + minInterval;
        require(clock() >= earliest, NavOracleTooEarly(clock(), earliest));

        uint256 base = Math.mulDiv(shares, _nav.assets, _nav.shares);
        (uint256 move, uint256 limit) = _bound(base, assets);
        if (!_isBeyond(base, move, limit, assets > base)) return _take(assets, shares);

        if (_guard.policy == Policy.Hold) return _hold(assets, shares);
        bool isClamped = _guard.policy == Policy.Clamp;
        require(isClamped || assets < base, NavOracleRiseExceeded(base, assets, limit));
        require(isClamped || assets > base, NavOracleDropExceeded(base, assets, limit));
        uint256 clamped = assets > base ? base + limit : base - limit;

        emit NavClamped(assets, clamped);

        _take(clamped, shares);
    }

    /// @notice Lets a report take effect.
    /// @param assets Assets reported [wei].
    /// @param shares Shares reported.
    function _take(uint256 assets, uint256 shares) internal {
        uint256 before = vault.rate();
        (Nav memory fresh, , uint256 feeShares) = _priced(assets, shares);
        updatedAt = clock();
        _nav = fresh;

        emit NavReported(before, vault.rate(), vault.worthOf(this.liveRate()), feeShares);

        if (feeShares > 0) vault.mintFee(treasury, feeShares);
    }

    /// @notice Prices a report.
    /// @param assets Assets reported [wei].
    /// @param shares Shares reported; none make the rate one again.
    /// @return fresh What the shares are worth from now on.
    /// @return fee Fee on growth [wei].
    /// @return feeShares Shares minted for it.
    function _priced(
        uint256 assets,
        uint256 shares
    ) internal view returns (Nav memory fresh, uint256 fee, uint256 feeShares) {
        if (shares == 0) return (Nav(WadMath.WAD, WadMath.WAD, 0), 0, 0);
        fresh = Nav(assets, shares, virtualShares);
        // A pushed price is a WAD, as whoever reads it sees it, and so is its growth; a reported one is the fraction itself.
        bool isPushed = mode == Mode.Pushed;
        if (feeBps > 0) {
            fee =
                isPushed
                    ? RestakingVaultMath.priceGrowthFee(fresh.rate(), _nav.rate(), shares, feeBps)
                    : RestakingVaultMath.growthFee(assets, shares, _nav, feeBps);
            fresh.assets = assets - fee;
        }
        if (isPushed) fresh = Nav(fresh.rate(), WadMath.WAD, 0);
        // A price that rounds to zero cannot be divided by: the fee is then left to the holders.
        feeShares = fresh.assets == 0 ? 0 : Math.mulDiv(fee, fresh.shares, fresh.assets);
    }

    function _hold(uint256 assets, uint256 shares) private {
        _held = Held(assets, shares, clock());

        uint256 reported = Nav(assets, shares, virtualShares).rate();

        emit NavHeld(vault.rate(), vault.worthOf(reported), assets, shares);
    }

    function _bound(uint256 base, uint256 assets) private view returns (uint256 move, uint256 limit) {
        bool isRise = assets > base;
        move = isRise ? assets - base : base - assets;
        limit = Math.mulDiv(base, isRise ? _guard.maxRiseBps : _guard.maxDropBps, _BPS);
    }

    function _isBeyond(uint256 base, uint256 move, uint256 limit, bool isRise) private view returns (bool) {
        uint256 bps = isRise ? _guard.maxRiseBps : _guard.maxDropBps;
        if (bps == type(uint32).max || move == 0) return false;
        if (!_guard.inWholePercents || base == 0) return move > limit;
        return Math.mulDiv(move, 100, base) > bps / 100;
    }
}
