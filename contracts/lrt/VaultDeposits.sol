// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { RestakingVaultMath } from "../libraries/RestakingVaultMath.sol";
import { Nav } from "../types/Nav.sol";
import { IRestakingVault } from "./IRestakingVault.sol";
import { VaultLedger } from "./VaultLedger.sol";

/// @title VaultDeposits
/// @notice The way in: ERC-4626 deposits at the oracle's price, and rewards.
abstract contract VaultDeposits is VaultLedger {
    using RestakingVaultMath for uint256;
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @notice Pause bit of deposits.
    uint8 public constant PAUSED_DEPOSIT = 0;

    /// @notice Holder of the shares that stand for assets nobody owns.
    address public constant NOBODY = address(0xdead);

    /* STORAGE */

    /// @notice Highest assets after a deposit [wei].
    uint256 public depositLimit = type(uint256).max;

    /* EXTERNAL */

    /// @notice Takes assets of the caller and mints shares, rounded down.
    /// @dev Reverts with {RestakingVaultZeroAmount}, {RestakingVaultDepositLimit}, or as {INavOracle-checkOpen} does.
    /// @param assets Assets [wei].
    /// @param receiver Who receives the shares.
    /// @return shares Shares minted.
    function deposit(uint256 assets, address receiver) external nonReentrant returns (uint256 shares) {
        shares = previewDeposit(assets);
        _deposit(assets, shares, receiver);
    }

    /// @notice Mints shares for assets of the caller, rounded up.
    /// @dev Reverts as {deposit} does, or with {RestakingVaultWorthless}.
    /// @param shares Shares.
    /// @param receiver Who receives them.
    /// @return assets Assets taken [wei].
    function mint(uint256 shares, address receiver) external nonReentrant returns (uint256 assets) {
        assets = previewMint(shares);
        _deposit(assets, shares, receiver);
    }

    /// @inheritdoc IRestakingVault
    function reward(uint256 assets) external nonReentrant whenWired {
        emit Rewarded(msg.sender, assets);

        _asset.safeTransferFrom(msg.sender, address(this), assets);
        _receive(assets);
    }

    /// @inheritdoc IRestakingVault
    function setDepositLimit(uint256 limit) external onlyOwner {
        depositLimit = limit;

        emit DepositLimitSet(limit);
    }

    /* VIEWS */

    /// @notice Returns the shares that may be minted now.
    /// @return Shares; zero while deposits are closed.
    function maxMint(address) external view returns (uint256) {
        uint256 assets = _maxDeposit();
        return assets == type(uint256).max ? assets : assets.toSharesCapped(_nav());
    }

    /// @notice Returns the assets that may be deposited now.
    /// @return Assets; zero while deposits are closed, and where the room left is worth no share [wei].
    function maxDeposit(address) external view returns (uint256) {
        return _maxDeposit();
    }

    /// @notice Returns the shares that a deposit mints.
    /// @param assets Assets [wei].
    /// @return Shares, rounded down.
    function previewDeposit(uint256 assets) public view returns (uint256) {
        return convertToShares(assets);
    }

    /// @notice Returns the assets that shares cost.
    /// @dev Reverts with {RestakingVaultWorthless} when the shares there are stand for nothing.
    /// @param shares Shares.
    /// @return Assets, rounded up [wei].
    function previewMint(uint256 shares) public view returns (uint256) {
        Nav memory nav = _nav();
        require(nav.assets > 0 || nav.shares == 0, RestakingVaultWorthless(nav.shares));
        return shares.toAssetsUp(nav);
    }

    /* INTERNAL */

    function _deposit(uint256 assets, uint256 shares, address receiver) private whenNotPaused(PAUSED_DEPOSIT) {
        require(assets > 0 && shares > 0, RestakingVaultZeroAmount(assets, shares));
        _checkOpen();
        uint256 room = Math.saturatingSub(depositLimit, _totalAssets());
        require(assets <= room, RestakingVaultDepositLimit(assets, room));

        // Assets that the last holder left, or that came before the first, are no gift to whoever comes next.
        uint256 ownerless = totalSupply() == 0 ? convertToShares(_totalAssets()) : 0;
        if (ownerless > 0) _mint(NOBODY, ownerless);
        _mint(receiver, shares);

        emit Deposit(msg.sender, receiver, assets, shares);

        // Booked before it is pulled: an asset that calls its sender back shows it shares and their assets together.
        _receive(assets);
        _asset.safeTransferFrom(msg.sender, address(this), assets);
    }

    function _maxDeposit() private view returns (uint256) {
        Nav memory nav = _nav();
        bool isWorthless = nav.assets == 0 && nav.shares > 0;
        if (isPaused(PAUSED_DEPOSIT) || isWorthless || !isOpen()) return 0;
        if (depositLimit == type(uint256).max) return depositLimit;
        uint256 room = Math.saturatingSub(depositLimit, _totalAssets());
        return room.toSharesCapped(nav) > 0 ? room : 0;
    }
}
