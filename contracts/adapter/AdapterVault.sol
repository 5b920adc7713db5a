// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { WadMath } from "../libraries/WadMath.sol";
import { IAdapter } from "./IAdapter.sol";
import { IAdapterVault } from "./IAdapterVault.sol";

/// @title AdapterVault
/// @notice See {IAdapterVault}.
/// @custom:source docs/contracts/AdapterVault.md, section "Concepts"
contract AdapterVault is IAdapterVault, ERC4626, Ownable2Step {
    using EnumerableSet for EnumerableSet.AddressSet;
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @notice Most adapters.
    uint256 public constant MAX_ADAPTERS = 20;

    /* STORAGE */

    /// @notice Returns who alone may redeem.
    address public line;

    EnumerableSet.AddressSet private _adapters;
    mapping(IAdapter adapter => Limits limits) private _limits;

    /* MODIFIERS */

    modifier onlyAdapter(address adapter) {
        require(_adapters.contains(adapter), AdapterVaultUnknownAdapter(adapter));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Opens an empty vault.
    /// @param owner_ First curator, who may hand the vault on in two steps.
    /// @param asset_ Token.
    /// @param name_ Name of the share.
    /// @param symbol_ Symbol of the share.
    constructor(
        address owner_,
        IERC20 asset_,
        string memory name_,
        string memory symbol_
    ) ERC20(name_, symbol_) ERC4626(asset_) Ownable(owner_) {}

    /* EXTERNAL */

    /// @inheritdoc IAdapterVault
    function wire(address line_) external onlyOwner {
        require(line == address(0), AdapterVaultAlreadyWired(line));

        line = line_;

        emit LineSet(line_);
    }

    /// @inheritdoc IAdapterVault
    function setLimits(IAdapter adapter, Limits calldata limits) external onlyOwner {
        _adapters.add(address(adapter));
        require(_adapters.length() <= MAX_ADAPTERS, AdapterVaultTooManyAdapters(MAX_ADAPTERS));

        _limits[adapter] = limits;

        emit LimitsSet(adapter, limits.absolute, limits.share);
    }

    /// @inheritdoc IAdapterVault
    function allocate(
        IAdapter adapter,
        uint256 amount
    ) external onlyOwner onlyAdapter(address(adapter)) returns (uint256 assets) {
        uint256 room = Math.saturatingSub(limitOf(adapter), adapter.totalAssets());
        assets = Math.min(Math.min(amount, freeAssets()), Math.min(adapter.allocatable(), room));
        if (assets == 0) return 0;

        emit Allocated(adapter, assets);

        // The adapter counts its position before the assets are there: what it holds free is no part of it.
        adapter.allocate(assets);
        IERC20(asset()).safeTransfer(address(adapter), assets);
    }

    /// @inheritdoc IAdapterVault
    function requestDeallocate(IAdapter adapter, uint256 assets) external onlyOwner onlyAdapter(address(adapter)) {
        adapter.requestDeallocate(assets, limitOf(adapter));
    }

    /// @inheritdoc IAdapterVault
    function deallocate(IAdapter adapter, uint256 assets) external onlyOwner onlyAdapter(address(adapter)) {
        adapter.deallocate(assets);
    }

    /// @inheritdoc IAdapterVault
    function onSlash(uint256 assets) external onlyAdapter(msg.sender) {
        Limits storage limits = _limits[IAdapter(msg.sender)];
        limits.absolute = Math.saturatingSub(limits.absolute, assets);

        emit LimitsSet(IAdapter(msg.sender), limits.absolute, limits.share);
    }

    /* VIEWS */

    /// @inheritdoc IAdapterVault
    function limitOf(IAdapter adapter) public view returns (uint256) {
        Limits memory limits = _limits[adapter];

        return Math.min(limits.absolute, WadMath.wMulDown(totalAssets(), limits.share));
    }

    /// @inheritdoc IAdapterVault
    function freeAssets() public view returns (uint256) {
        return IERC20(asset()).balanceOf(address(this));
    }

    /// @inheritdoc IERC4626
    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256 assets) {
        assets = freeAssets();
        uint256 count = _adapters.length();
        for (uint256 k = 0; k < count; ++k) assets += IAdapter(_adapters.at(k)).totalAssets();
    }

    /// @inheritdoc IERC4626
    /// @dev Nobody but the line, which may redeem as much as is free: the most shares that are worth no more, rounded down.
    function maxRedeem(address owner_) public view override(ERC4626, IERC4626) returns (uint256) {
        if (owner_ != line) return 0;

        return Math.min(balanceOf(owner_), previewWithdraw(freeAssets() + 1) - 1);
    }

    /// @inheritdoc IERC4626
    /// @dev Nobody but the line.
    function maxWithdraw(address owner_) public view override(ERC4626, IERC4626) returns (uint256) {
        return previewRedeem(maxRedeem(owner_));
    }
}
