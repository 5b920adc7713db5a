// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { RestakingVaultMath } from "../libraries/RestakingVaultMath.sol";
import { IRestakingVault } from "./IRestakingVault.sol";
import { VaultLedger } from "./VaultLedger.sol";

/// @title InstantExits
/// @notice The way out at once: from the free buffer, for a fee that rises as the buffer drains.
abstract contract InstantExits is VaultLedger {
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @notice Pause bit of instant exits.
    uint8 public constant PAUSED_INSTANT = 3;

    /* STORAGE */

    FeeCurve private _curve;

    /* EXTERNAL */

    /// @inheritdoc IRestakingVault
    function redeemInstant(
        uint256 shares,
        address receiver,
        address owner_,
        uint256 minAssets
    ) external nonReentrant whenNotPaused(PAUSED_INSTANT) returns (uint256 assets) {
        _checkOpen();
        uint256 worth = convertToAssets(shares);
        uint256 free = spendable();
        bool isPayable = worth <= free && free - worth >= _curve.floor;
        require(isPayable, RestakingVaultBufferExceeded(worth, Math.saturatingSub(free, _curve.floor)));
        uint256 fee = feeOn(worth, feeBpsAt(free - worth));
        assets = worth - fee;
        require(assets > 0, RestakingVaultZeroAmount(assets, shares));
        require(assets >= minAssets, RestakingVaultInsufficientOutput(assets, minAssets));

        _authorise(owner_, shares);
        _burn(owner_, shares);

        emit InstantExit(owner_, receiver, shares, assets, fee);

        uint256 taken = _curve.recipient == address(0) ? 0 : fee;
        // Both are booked before either is sent: whoever is called back by the asset sees the price that will stand.
        buffer -= assets + taken;
        _asset.safeTransfer(receiver, assets);
        if (taken > 0) _asset.safeTransfer(_curve.recipient, taken);
    }

    /// @inheritdoc IRestakingVault
    function setFeeCurve(FeeCurve calldata curve) external onlyOwner {
        bool isRange = curve.floor < curve.capacity || (curve.floor == 0 && curve.capacity == 0);
        bool isFee = curve.minBps <= curve.maxBps && curve.maxBps <= RestakingVaultMath.BPS;
        require(isRange && isFee, RestakingVaultBadFeeCurve(curve));

        _curve = curve;

        emit FeeCurveSet(curve);
    }

    /* VIEWS */

    /// @inheritdoc IRestakingVault
    function previewInstant(uint256 shares) external view returns (uint256 assets, uint256 fee, uint256 feeBps) {
        uint256 worth = convertToAssets(shares);
        feeBps = feeBpsAt(Math.saturatingSub(spendable(), worth));
        fee = feeOn(worth, feeBps);
        assets = worth - fee;
    }

    /// @inheritdoc IRestakingVault
    function feeCurve() external view returns (FeeCurve memory) {
        return _curve;
    }

    /// @inheritdoc IRestakingVault
    function feeBpsAt(uint256 left) public view returns (uint256) {
        return RestakingVaultMath.exitFeeBps(left, _curve.capacity, _curve.floor, _curve.minBps, _curve.maxBps);
    }

    /// @inheritdoc IRestakingVault
    function feeOn(uint256 assets, uint256 feeBps) public pure returns (uint256) {
        return RestakingVaultMath.exitFee(assets, feeBps);
    }
}
