// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IJuniorTranche } from "./IJuniorTranche.sol";
import { ILossWaterfall } from "./ILossWaterfall.sol";
import { ReserveBuckets } from "./ReserveBuckets.sol";

/// @title LossWaterfall
/// @notice See {ILossWaterfall}.
abstract contract LossWaterfall is ILossWaterfall, ReserveBuckets {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /* STORAGE */

    /// @inheritdoc ILossWaterfall
    uint256 public buffer;

    /// @inheritdoc ILossWaterfall
    uint256 public bufferTarget;

    /// @inheritdoc ILossWaterfall
    uint256 public backstop;

    /// @inheritdoc ILossWaterfall
    uint256 public owedToJunior;

    /// @inheritdoc ILossWaterfall
    uint256 public owedToBackstop;

    /// @inheritdoc ILossWaterfall
    IJuniorTranche public junior;

    /// @inheritdoc ILossWaterfall
    bool public isFirstComeAtPar;

    /* EXTERNAL */

    /// @inheritdoc ILossWaterfall
    function fundBuffer(uint256 assets) external nonReentrant {
        uint256 received = _pull(msg.sender, assets);
        buffer += received;

        emit BufferFunded(msg.sender, received);
    }

    /// @inheritdoc ILossWaterfall
    function fundBackstop(uint256 assets) external nonReentrant {
        uint256 received = _pull(msg.sender, assets);
        backstop += received;

        emit BackstopFunded(msg.sender, received);
    }

    /// @inheritdoc ILossWaterfall
    function withdrawBackstop(address to, uint256 assets) external nonReentrant onlyOwner {
        require(assets <= backstop, LossWaterfallInsufficientBackstop(assets, backstop));
        uint256 open = gap();
        require(open == 0, LossWaterfallGapOpen(open));

        backstop -= assets;

        emit BackstopWithdrawn(to, assets);

        settlement.safeTransfer(to, assets);
    }

    /// @inheritdoc ILossWaterfall
    function cover() external nonReentrant returns (uint256 moved) {
        require(msg.sender == manager || msg.sender == owner(), ReserveBucketsUnauthorized(msg.sender));

        uint256 needed = Math.ceilDiv(gap(), factor);
        uint256 fromBuffer = Math.min(buffer, needed);
        uint256 fromJunior = Math.min(_juniorAssets(), needed - fromBuffer);
        uint256 fromBackstop = Math.min(backstop, needed - fromBuffer - fromJunior);
        moved = fromBuffer + fromJunior + fromBackstop;
        buffer -= fromBuffer;
        backstop -= fromBackstop;
        owedToJunior += fromJunior;
        owedToBackstop += fromBackstop;
        cash += moved;
        if (fromJunior > 0) junior.absorb(fromJunior);

        emit GapCovered(fromBuffer, fromJunior, fromBackstop, residual());
    }

    /// @inheritdoc ILossWaterfall
    function sweepSurplus() external nonReentrant returns (uint256 swept) {
        swept = Math.min(surplus() / factor, cash);
        cash -= swept;

        uint256 toBackstop = Math.min(owedToBackstop, swept);
        uint256 left = swept - toBackstop;
        bool hasHolders = address(junior) != address(0) && junior.totalSupply() > 0;
        uint256 repaid = hasHolders ? Math.min(owedToJunior, left) : 0;
        left -= repaid;
        uint256 toBuffer = hasHolders ? Math.min(Math.saturatingSub(bufferTarget, buffer), left) : left;
        uint256 toJunior = repaid + left - toBuffer;
        owedToBackstop -= toBackstop;
        owedToJunior -= repaid;
        backstop += toBackstop;
        buffer += toBuffer;

        emit SurplusSwept(toBackstop, toBuffer, toJunior);

        if (toJunior > 0) {
            settlement.safeTransfer(address(junior), toJunior);
            junior.notifyYield(toJunior);
        }
    }

    /// @inheritdoc ILossWaterfall
    function writeOffClaims() external onlyOwner {
        emit ClaimsWrittenOff(owedToJunior, owedToBackstop);

        owedToJunior = 0;
        owedToBackstop = 0;
    }

    /// @inheritdoc ILossWaterfall
    function setBufferTarget(uint256 target) external onlyOwner {
        bufferTarget = target;

        emit BufferTargetSet(target);
    }

    /// @inheritdoc ILossWaterfall
    function setFirstComeAtPar(bool isFirstComeAtPar_) external onlyOwner {
        isFirstComeAtPar = isFirstComeAtPar_;

        emit FirstComeAtParSet(isFirstComeAtPar_);
    }

    /* VIEWS */

    /// @inheritdoc ILossWaterfall
    function juniorCharge() external view returns (uint256) {
        return Math.ceilDiv(Math.saturatingSub(gap(), buffer * factor), factor);
    }

    /// @inheritdoc ILossWaterfall
    function surplus() public view returns (uint256) {
        return Math.saturatingSub(assetsMarked(), dollar.totalSupply());
    }

    /// @inheritdoc ILossWaterfall
    function gap() public view returns (uint256) {
        return Math.saturatingSub(dollar.totalSupply(), assetsMarked());
    }

    /// @inheritdoc ILossWaterfall
    function residual() public view returns (uint256) {
        return Math.saturatingSub(gap(), (buffer + _juniorAssets() + backstop) * factor);
    }

    /// @inheritdoc ILossWaterfall
    function backingRatio() public view returns (uint256) {
        uint256 supply = dollar.totalSupply();
        return supply == 0 ? WadMath.WAD : assetsMarked().wDivDown(supply);
    }

    /// @inheritdoc ILossWaterfall
    function backedRate() public view returns (uint256) {
        uint256 supply = dollar.totalSupply();
        return supply == 0 ? WadMath.WAD : (supply - residual()).wDivDown(supply);
    }

    /// @inheritdoc ILossWaterfall
    function redemptionRate() public view returns (uint256) {
        return isFirstComeAtPar ? WadMath.WAD : backedRate();
    }

    /* INTERNAL */

    function _setJunior(IJuniorTranche junior_) internal {
        junior = junior_;
    }

    /// @dev Whether a redemption is paid at par less a fee: fully backed, or first come.
    function _isAtPar() internal view returns (bool) {
        return isFirstComeAtPar || gap() == 0;
    }

    /// @dev All that the tranche holds, yield that its holders do not see yet included.
    function _juniorAssets() private view returns (uint256) {
        return address(junior) == address(0) ? 0 : settlement.balanceOf(address(junior));
    }
}
