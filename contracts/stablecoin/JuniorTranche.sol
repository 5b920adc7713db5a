// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IJuniorTranche } from "./IJuniorTranche.sol";
import { ILossWaterfall } from "./ILossWaterfall.sol";

/// @title JuniorTranche
/// @notice See {IJuniorTranche}.
contract JuniorTranche is IJuniorTranche, ERC4626 {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /* IMMUTABLES */

    /// @notice Reserve whose losses the tranche bears.
    ILossWaterfall public immutable reserve;

    /// @inheritdoc IJuniorTranche
    uint256 public immutable vesting;

    /* STORAGE */

    uint256 private _vestingAmount;
    uint256 private _vestingStart;

    /* MODIFIERS */

    modifier onlyReserve() {
        require(msg.sender == address(reserve), JuniorTrancheUnauthorized(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the tranche to its reserve.
    /// @param reserve_ Reserve whose losses it bears.
    /// @param vesting_ Time over which yield is released; zero for at once [s].
    constructor(
        ILossWaterfall reserve_,
        uint256 vesting_
    ) ERC20("Junior tranche", "JUNIOR") ERC4626(reserve_.settlement()) {
        reserve = reserve_;
        vesting = vesting_;
    }

    /* EXTERNAL */

    /// @inheritdoc IJuniorTranche
    function absorb(uint256 assets) external onlyReserve {
        _vestingAmount = Math.saturatingSub(unvested(), assets);
        _vestingStart = block.timestamp;

        emit LossAbsorbed(assets);

        IERC20(asset()).safeTransfer(address(reserve), assets);
    }

    /// @inheritdoc IJuniorTranche
    function notifyYield(uint256 assets) external onlyReserve {
        _vestingAmount = unvested() + assets;
        _vestingStart = block.timestamp;

        emit YieldReceived(assets, block.timestamp + vesting);
    }

    /* VIEWS */

    /// @inheritdoc IERC4626
    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256) {
        return Math.saturatingSub(_balance(), Math.max(unvested(), reserve.juniorCharge()));
    }

    /// @inheritdoc IERC4626
    function maxDeposit(address) public view override(ERC4626, IERC4626) returns (uint256) {
        return _isClosed() ? 0 : type(uint256).max;
    }

    /// @inheritdoc IERC4626
    function maxMint(address) public view override(ERC4626, IERC4626) returns (uint256) {
        return _isClosed() ? 0 : type(uint256).max;
    }

    /// @inheritdoc IJuniorTranche
    function unvested() public view returns (uint256) {
        uint256 end = _vestingStart + vesting;
        if (block.timestamp >= end) return 0;
        return _vestingAmount.mulDivUp(end - block.timestamp, vesting);
    }

    /* INTERNAL */

    /// @dev Six decimals more: an inflation attack costs far more than it takes.
    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }

    /// @dev While the loss takes all, what came in would be lost at once; while the reserve owes the tranche, it would
    /// share in what others lost.
    function _isClosed() private view returns (bool) {
        uint256 charge = reserve.juniorCharge();
        return (charge > 0 && charge >= _balance()) || reserve.owedToJunior() > 0;
    }

    function _balance() private view returns (uint256) {
        return IERC20(asset()).balanceOf(address(this));
    }
}
