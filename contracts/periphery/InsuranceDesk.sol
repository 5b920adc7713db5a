// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IInsuranceModule } from "../lending/IInsuranceModule.sol";
import { ILendingPool } from "../lending/ILendingPool.sol";
import { ISupplyClaim } from "../lending/ISupplyClaim.sol";
import { ISupplyVault } from "../lending/ISupplyVault.sol";
import { RayMath } from "../libraries/RayMath.sol";
import { IInsuranceDesk } from "./IInsuranceDesk.sol";

/// @title InsuranceDesk
/// @notice See {IInsuranceDesk}.
contract InsuranceDesk is IInsuranceDesk {
    using SafeERC20 for IERC20;

    /* EXTERNAL */

    /// @inheritdoc IInsuranceDesk
    function stake(IInsuranceModule module, uint256 amount) external returns (uint256 shares) {
        ISupplyVault vault = ISupplyVault(module.asset());
        ISupplyClaim claim = vault.claim();
        uint256 claims = Math.min(amount, claim.balanceOf(msg.sender));
        if (claims > 0) {
            IERC20(address(claim)).safeTransferFrom(msg.sender, address(this), claims);
            IERC20(address(claim)).forceApprove(address(vault), claims);
            shares = vault.depositClaims(claims, address(this));
        }
        if (amount > claims) {
            _take(vault.asset(), msg.sender, amount - claims, address(vault));
            shares += vault.deposit(amount - claims, address(this));
        }

        IERC20(address(vault)).forceApprove(address(module), shares);
        shares = module.deposit(shares, msg.sender);
    }

    /// @inheritdoc IInsuranceDesk
    function unstake(IInsuranceModule module, uint256 shares) external returns (uint256 amount) {
        // Where nothing may leave, the module refuses the one share.
        uint256 leaving = shares == type(uint256).max ? Math.max(module.maxRedeem(msg.sender), 1) : shares;
        uint256 redeemed = module.redeem(leaving, address(this), msg.sender);
        amount = ISupplyVault(module.asset()).redeemClaims(redeemed, msg.sender);
    }

    /// @inheritdoc IInsuranceDesk
    function settleDeficit(IInsuranceModule module) external returns (uint256 covered) {
        ISupplyVault vault = ISupplyVault(module.asset());
        IERC20 claim = IERC20(address(vault.claim()));
        ILendingPool pool = vault.claim().pool();
        address reserve = module.reserve();
        // Stake that somebody else had slashed lies here already; the module says why there is nothing else to slash.
        uint256 lying = vault.balanceOf(address(this));
        if (lying == 0 || module.previewSlash().slashed > 0) lying += module.slash().slashed;
        uint256 slashed = vault.redeemClaims(lying, address(this));
        covered = Math.min(slashed, Math.min(module.pending(), pool.reserveOf(reserve).deficit));
        claim.forceApprove(address(module), covered);
        module.coverPending(covered);

        emit DeficitSettled(address(module), slashed, covered);

        uint256 left = Math.min(slashed - covered, claim.balanceOf(address(this)));
        if (left > 0) claim.safeTransfer(pool.book().policy().treasury, left);
    }

    /// @inheritdoc IInsuranceDesk
    function donateToDeficit(ILendingPool pool, address asset, uint256 amount) external {
        uint256 most = Math.saturatingSub(pool.reserveOf(asset).deficit, pool.book().heldBackOf(asset, address(this)));
        uint256 given = Math.min(amount, most);
        (uint256 supplyIndex, ) = pool.indexesOf(asset);
        // Claims are minted down and given up rounded up: what a scaled unit is worth makes up for both.
        uint256 taken = given + Math.ceilDiv(supplyIndex, RayMath.RAY);
        _take(asset, msg.sender, taken, address(pool));
        pool.supply(asset, taken, address(this));
        pool.eliminateDeficit(asset, given);
    }

    /* INTERNAL */

    function _take(address asset, address from, uint256 amount, address spender) private {
        IERC20(asset).safeTransferFrom(from, address(this), amount);
        IERC20(asset).forceApprove(spender, amount);
    }
}
