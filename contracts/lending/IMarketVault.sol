// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import { IIsolatedMarkets } from "./IIsolatedMarkets.sol";

/// @title IMarketVault
/// @notice An ERC-4626 vault that supplies one token to several isolated markets, each up to a cap.
/// @dev Units: assets in token wei; shares have six decimals more than the asset.
///
/// | Quantity | Rounding |
/// |---|---|
/// | deposit, redeem, convert | down |
/// | mint, withdraw | up |
/// | net asset value: each market's supply | down |
/// | bad debt marked down, when marked | up |
/// @dev Warning: unless {marksBadDebt}, the net asset value counts debt that no collateral pays at par until a market
/// recognises it: who withdraws first is paid in full, and those who stay bear it.
/// @dev Warning: anybody can raise the value of a share by supplying to a market on behalf of the vault. Whoever lends
/// against such shares at their value lends against a gift that can be timed.
/// @dev Tokens sent to the vault itself count for nothing.
/// @custom:source docs/contracts/MarketVault.md
interface IMarketVault is IERC4626 {
    /// @notice How much a market shall hold of the vault's assets.
    /// @param id Market.
    /// @param assets Assets; the greatest number means whatever is left [token wei].
    struct Allocation {
        bytes32 id;
        uint256 assets;
    }

    /// @notice Emitted when a market's cap changes.
    /// @param id Market.
    /// @param cap Most that may be supplied to it [token wei].
    event CapSet(bytes32 indexed id, uint256 cap);

    /// @notice Emitted when the order of supplying changes.
    /// @param ids Markets, first one first.
    event SupplyQueueSet(bytes32[] ids);

    /// @notice Emitted when the order of withdrawing changes.
    /// @param ids Markets, first one first.
    event WithdrawQueueSet(bytes32[] ids);

    /// @notice Emitted when the vault begins to mark bad debt, or stops.
    /// @param isMarked Whether it does.
    event BadDebtMarkingSet(bool isMarked);

    /// @notice Emitted when assets move between markets.
    /// @param assets Assets moved [token wei].
    event Reallocated(uint256 assets);

    /// @notice Raised when a market lends another token, or does not exist.
    /// @param id Market.
    error MarketVaultForeignMarket(bytes32 id);

    /// @notice Raised when a cap is above 2^128-1.
    /// @param cap Cap [token wei].
    error MarketVaultCapTooHigh(uint256 cap);

    /// @notice Raised when a queue names a market twice, or one that does not belong in it.
    /// @param id Market.
    error MarketVaultInvalidQueue(bytes32 id);

    /// @notice Raised when a market that still holds assets or has a cap is left out of the queue of withdrawals.
    /// @param id Market.
    error MarketVaultMarketInUse(bytes32 id);

    /// @notice Raised when the caps leave no room.
    /// @param assets Assets that find none [token wei].
    error MarketVaultCapsReached(uint256 assets);

    /// @notice Raised when a market's cap would be passed.
    /// @param id Market.
    /// @param assets Assets it would hold [token wei].
    /// @param cap Cap [token wei].
    error MarketVaultCapExceeded(bytes32 id, uint256 assets, uint256 cap);

    /// @notice Raised when the markets have not enough that is not lent.
    /// @param assets Assets that are missing [token wei].
    error MarketVaultInsufficientLiquidity(uint256 assets);

    /// @notice Raised when a reallocation takes out more or less than it puts in.
    /// @param withdrawn Assets taken out [token wei].
    /// @param supplied Assets put in [token wei].
    error MarketVaultUnbalancedReallocation(uint256 withdrawn, uint256 supplied);

    /// @notice Sets a market's cap; the first time puts it last in the queue of withdrawals. Only the owner.
    /// @param id Market.
    /// @param cap Most that may be supplied to it, below 2^128 [token wei].
    function setCap(bytes32 id, uint256 cap) external;

    /// @notice Sets the order of supplying. Only the owner.
    /// @param ids Markets of the queue of withdrawals, each at most once.
    function setSupplyQueue(bytes32[] calldata ids) external;

    /// @notice Sets the order of withdrawing. Only the owner.
    /// @dev A market may be left out when it holds nothing of the vault's and its cap is zero.
    /// @param ids Markets of the queue of withdrawals, each at most once.
    function setWithdrawQueue(bytes32[] calldata ids) external;

    /// @notice Marks debt that no collateral pays down in the net asset value, or counts it at par. Only the owner.
    /// @param isMarked Whether to mark it.
    function setBadDebtMarking(bool isMarked) external;

    /// @notice Moves assets between markets. Only the owner.
    /// @dev Name the markets to take out of first.
    /// @param allocations What each named market shall hold afterwards.
    function reallocate(Allocation[] calldata allocations) external;

    /// @notice Returns the contract that keeps the markets.
    /// @return Contract.
    function markets() external view returns (IIsolatedMarkets);

    /// @notice Returns whether the net asset value marks bad debt that no market has recognised.
    /// @return True when it does.
    function marksBadDebt() external view returns (bool);

    /// @notice Returns a market's cap.
    /// @param id Market.
    /// @return Most that may be supplied to it [token wei].
    function capOf(bytes32 id) external view returns (uint256);

    /// @notice Returns what the vault holds in a market, at par.
    /// @param id Market.
    /// @return assets Assets, rounded down [token wei].
    function suppliedTo(bytes32 id) external view returns (uint256 assets);

    /// @notice Returns the vault's part of the bad debt that no market has recognised.
    /// @return assets Assets, each market's rounded up [token wei].
    function unrecognisedBadDebt() external view returns (uint256 assets);

    /// @notice Returns what can be withdrawn now, by everybody together.
    /// @return assets Assets that are not lent [token wei].
    function liquidity() external view returns (uint256 assets);

    /// @notice Returns the order of supplying.
    /// @return Markets, first one first.
    function supplyQueue() external view returns (bytes32[] memory);

    /// @notice Returns the order of withdrawing.
    /// @return Markets, first one first.
    function withdrawQueue() external view returns (bytes32[] memory);
}
