// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { IEarmarkVault } from "./IEarmarkVault.sol";

/// @title EarmarkVault
/// @notice See {IEarmarkVault}.
/// @custom:source docs/contracts/EarmarkVault.md, section "Concepts"
contract EarmarkVault is IEarmarkVault, ERC4626, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @notice How a vault is set up.
    /// @param core Who may slash.
    /// @param operator Whose vault it is.
    /// @param asset Token.
    /// @param handler Receiver of what is slashed.
    struct Terms {
        address core;
        address operator;
        IERC20 asset;
        address handler;
    }

    /* CONSTANTS */

    /// @notice How long a redemption waits: seven days in which a fault may be punished, and two of veto [s].
    uint48 public constant REDEEM_DELAY = 9 days;

    /* IMMUTABLES */

    /// @notice Returns who may slash.
    address public immutable core;

    /// @inheritdoc IEarmarkVault
    address public immutable operator;

    /// @inheritdoc IEarmarkVault
    address public immutable handler;

    /* STORAGE */

    Redemption[] private _redemptions;

    /* CONSTRUCTOR */

    /// @notice Opens an empty vault.
    /// @param terms How it is set up.
    /// @param name_ Name of the share.
    /// @param symbol_ Symbol of the share.
    constructor(
        Terms memory terms,
        string memory name_,
        string memory symbol_
    ) ERC20(name_, symbol_) ERC4626(terms.asset) {
        (core, operator, handler) = (terms.core, terms.operator, terms.handler);
    }

    /* EXTERNAL */

    /// @inheritdoc IEarmarkVault
    function deposit(uint256 assets, address receiver, uint256 minShares) external returns (uint256 shares) {
        shares = deposit(assets, receiver);
        require(shares >= minShares, EarmarkVaultTooFewShares(shares, minShares));
    }

    /// @inheritdoc IEarmarkVault
    function startRedeem(uint256 shares, address beneficiary) external nonReentrant returns (uint256 id) {
        require(shares > 0, EarmarkVaultZeroShares());
        id = _redemptions.length;
        uint48 finishableAt = SafeCast.toUint48(block.timestamp) + REDEEM_DELAY;
        _redemptions.push(Redemption(beneficiary, shares, finishableAt));

        emit RedemptionStarted(id, beneficiary, shares, finishableAt);

        _transfer(msg.sender, address(this), shares);
    }

    /// @inheritdoc IEarmarkVault
    function finishRedeem(uint256 id) external nonReentrant returns (uint256 assets) {
        Redemption memory redemption = redemptionOf(id);
        require(redemption.shares > 0, EarmarkVaultZeroShares());
        uint48 finishableAt = redemption.finishableAt;
        require(block.timestamp >= finishableAt, EarmarkVaultNotFinishable(id, finishableAt));

        assets = previewRedeem(redemption.shares);
        _redemptions[id].shares = 0;
        _burn(address(this), redemption.shares);

        emit RedemptionFinished(id, assets);

        IERC20(asset()).safeTransfer(redemption.beneficiary, assets);
    }

    /// @inheritdoc IEarmarkVault
    function slashAssets(uint256 amount) external nonReentrant returns (uint256 taken) {
        require(msg.sender == core, EarmarkVaultOnlyCore(msg.sender));

        taken = Math.min(amount, totalAssets());

        emit VaultSlashed(amount, taken);

        // Nothing to take moves nothing: a handler that refuses it must not hold up the other vaults of a slash.
        if (taken > 0) IERC20(asset()).safeTransfer(handler, taken);
    }

    /* VIEWS */

    /// @inheritdoc IEarmarkVault
    function redemptionOf(uint256 id) public view returns (Redemption memory redemption) {
        if (id < _redemptions.length) redemption = _redemptions[id];
    }

    /// @inheritdoc IERC4626
    /// @dev Nothing leaves but by {startRedeem}.
    function maxWithdraw(address) public pure override(ERC4626, IERC4626) returns (uint256) {
        return 0;
    }

    /// @inheritdoc IERC4626
    /// @dev Nothing leaves but by {startRedeem}.
    function maxRedeem(address) public pure override(ERC4626, IERC4626) returns (uint256) {
        return 0;
    }
}
