// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { IERC7540Operator } from "../libraries/IERC7540Operator.sol";
import { IRateSource } from "../libraries/IRateSource.sol";
import { PausableFlags } from "../libraries/PausableFlags.sol";
import { RestakingVaultMath } from "../libraries/RestakingVaultMath.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { Nav } from "../types/Nav.sol";
import { IExitQueue } from "./IExitQueue.sol";
import { INavOracle } from "./INavOracle.sol";
import { IRestakingVault } from "./IRestakingVault.sol";
import { IVaultDelegators } from "./IVaultDelegators.sol";

/// @title VaultLedger
/// @notice Shares, buffer and parts of a restaking vault, and what its shares are worth.
abstract contract VaultLedger is IRestakingVault, ERC20, PausableFlags, ReentrancyGuard {
    using RestakingVaultMath for Nav;
    using RestakingVaultMath for uint256;
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /* IMMUTABLES */

    IERC20 internal immutable _asset;

    /* STORAGE */

    /// @inheritdoc IRestakingVault
    INavOracle public oracle;

    /// @inheritdoc IRestakingVault
    IExitQueue public queue;

    /// @inheritdoc IRestakingVault
    IVaultDelegators public delegators;

    /// @inheritdoc IRestakingVault
    uint256 public buffer;

    /// @inheritdoc IRestakingVault
    uint256 public unbackedShares;

    /// @notice What tells the asset's own rate; zero for none.
    IRateSource public assetRate;

    /// @inheritdoc IERC7540Operator
    mapping(address controller => mapping(address operator => bool approved)) public isOperator;

    /* MODIFIERS */

    modifier whenWired() {
        require(_isWired(), RestakingVaultNotWired());
        _;
    }

    /* EXTERNAL */

    /// @inheritdoc IERC7540Operator
    function setOperator(address operator, bool approved) external returns (bool) {
        isOperator[msg.sender][operator] = approved;

        emit OperatorSet(msg.sender, operator, approved);

        return true;
    }

    /* VIEWS */

    /// @notice Returns the asset that is taken.
    /// @return Wrapped liquid staking token.
    function asset() external view returns (address) {
        return address(_asset);
    }

    /// @notice Returns everything that the shares stand for, at this instant.
    /// @return Assets [wei].
    function totalAssets() external view returns (uint256) {
        return _totalAssets();
    }

    /// @inheritdoc IRateSource
    function rate() external view returns (uint256) {
        return _rate();
    }

    /// @inheritdoc IRestakingVault
    function sharesForWithdrawal(uint256 assets) external view returns (uint256) {
        return assets.toSharesUp(_nav());
    }

    /// @inheritdoc IRestakingVault
    function checkOpen() external view {
        _checkOpen();
    }

    /// @inheritdoc IRestakingVault
    function isOpen() public view returns (bool) {
        return _isWired() && oracle.isOpen();
    }

    /// @notice Returns the shares that assets are worth by the last report, rounded down.
    /// @param assets Assets [wei].
    /// @return Shares.
    function convertToShares(uint256 assets) public view returns (uint256) {
        return assets.toShares(_nav());
    }

    /// @notice Returns the assets that shares are worth by the last report, rounded down.
    /// @param shares Shares.
    /// @return Assets [wei].
    function convertToAssets(uint256 shares) public view returns (uint256) {
        return shares.toAssets(_nav());
    }

    /// @inheritdoc IRestakingVault
    function worthOf(uint256 assets) public view returns (uint256) {
        return address(assetRate) == address(0) ? assets : assets.wMulDown(assetRate.rate());
    }

    /// @inheritdoc IRestakingVault
    function available() public view returns (uint256) {
        return _isWired() ? Math.saturatingSub(buffer, queue.reserved()) : 0;
    }

    /// @inheritdoc IRestakingVault
    function spendable() public view returns (uint256) {
        uint256 free = available();
        if (free == 0) return 0;
        // Without reservations, the buffer has to keep every quote that waits.
        if (queue.freezePoint() == IExitQueue.FreezePoint.Claim) return free;
        return Math.saturatingSub(free, queue.pendingQuotes());
    }

    /// @notice Returns the decimals of a share.
    /// @return Always 18.
    function decimals() public pure override(ERC20, IERC20Metadata) returns (uint8) {
        return 18;
    }

    /* INTERNAL */

    /// @notice Books assets that came into the buffer; the deficit of the queue comes first.
    /// @param assets Assets [wei].
    function _receive(uint256 assets) internal {
        buffer += assets;
        queue.fill();
    }

    /// @notice Sends assets out of the buffer.
    /// @param to Receiver.
    /// @param assets Assets [wei].
    function _send(address to, uint256 assets) internal {
        buffer -= assets;
        _asset.safeTransfer(to, assets);
    }

    /// @notice Takes leave to dispose of shares: of the owner itself, of its operator, or of who has its allowance.
    /// @param owner_ Whose shares.
    /// @param shares Shares.
    function _authorise(address owner_, uint256 shares) internal {
        if (msg.sender != owner_ && !isOperator[owner_][msg.sender]) _spendAllowance(owner_, msg.sender, shares);
    }

    /// @notice Refuses a caller who may not act for a controller.
    /// @param controller Controller.
    function _checkController(address controller) internal view {
        bool isAllowed = msg.sender == controller || isOperator[controller][msg.sender];
        require(isAllowed, RestakingVaultNotOperator(msg.sender, controller));
    }

    /// @notice Refuses what needs the vault's parts, while it has none or its oracle is closed.
    function _checkOpen() internal view whenWired {
        oracle.checkOpen();
    }

    /// @notice Returns whether the vault has its parts.
    /// @return True once it is wired.
    function _isWired() internal view returns (bool) {
        return address(oracle) != address(0);
    }

    /// @notice Returns what the shares are worth by the last report.
    /// @return nav Their worth; nothing, so that a share costs one asset, while the vault has no parts.
    function _nav() internal view returns (Nav memory nav) {
        if (_isWired()) nav = oracle.nav();
    }

    /// @notice Returns what one share is worth by the last report.
    /// @return Rate [WAD].
    function _rate() internal view returns (uint256) {
        return worthOf(_nav().rate());
    }

    /// @notice Returns everything that the shares stand for.
    /// @return Assets [wei].
    function _totalAssets() internal view returns (uint256) {
        return _isWired() ? buffer + delegators.totalAssets() + queue.surplus() : 0;
    }
}
