// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title IEarmarkVault
/// @notice ERC-4626 vault of one operator and one token, staked as a whole; redemptions take nine days and are priced when
/// they end.
/// @dev Shares that wait are held by the vault, and stay in the pool: slashes until the end hit them. Shares and assets are
/// converted with one virtual share and asset, to the caller's disadvantage.
/// @custom:source docs/contracts/EarmarkVault.md, section "Concepts"
interface IEarmarkVault is IERC4626 {
    /// @notice A redemption that waits.
    /// @param beneficiary Who will be paid.
    /// @param shares Shares; 0 when finished.
    /// @param finishableAt First second in which it can be finished [unix s].
    struct Redemption {
        address beneficiary;
        uint256 shares;
        uint48 finishableAt;
    }

    /// @notice Emitted when a redemption begins.
    /// @param id Its number, from 0.
    /// @param beneficiary Who will be paid.
    /// @param shares Shares.
    /// @param finishableAt First second in which it can be finished [unix s].
    event RedemptionStarted(uint256 indexed id, address indexed beneficiary, uint256 shares, uint48 finishableAt);

    /// @notice Emitted when a redemption is paid.
    /// @param id Its number.
    /// @param assets Assets paid [token wei].
    event RedemptionFinished(uint256 indexed id, uint256 assets);

    /// @notice Emitted when the vault is slashed.
    /// @param requested Assets earmarked [token wei].
    /// @param taken Assets that were left of them [token wei].
    event VaultSlashed(uint256 requested, uint256 taken);

    /// @notice Raised when a deposit would give fewer shares than wanted.
    /// @param shares Shares it would give.
    /// @param wanted Least shares.
    error EarmarkVaultTooFewShares(uint256 shares, uint256 wanted);

    /// @notice Raised when a redemption is of no shares, or was finished.
    error EarmarkVaultZeroShares();

    /// @notice Raised when a redemption is finished too early.
    /// @param id Its number.
    /// @param finishableAt First second in which it can be finished [unix s].
    error EarmarkVaultNotFinishable(uint256 id, uint48 finishableAt);

    /// @notice Raised when somebody else than the core slashes.
    /// @param caller Caller.
    error EarmarkVaultOnlyCore(address caller);

    /// @notice As ERC-4626's deposit, for at least so many shares.
    /// @dev Reverts with {EarmarkVaultTooFewShares}.
    /// @param assets Assets [token wei].
    /// @param receiver Who gets the shares.
    /// @param minShares Least shares.
    /// @return shares Shares minted, rounded down.
    function deposit(uint256 assets, address receiver, uint256 minShares) external returns (uint256 shares);

    /// @notice Takes shares of the caller, which wait for nine days.
    /// @dev Reverts with {EarmarkVaultZeroShares}.
    /// @param shares Shares.
    /// @param beneficiary Who will be paid.
    /// @return id Number of the redemption, from 0.
    function startRedeem(uint256 shares, address beneficiary) external returns (uint256 id);

    /// @notice Pays a redemption at the rate of now; anybody may.
    /// @dev Reverts with {EarmarkVaultZeroShares} and {EarmarkVaultNotFinishable}.
    /// @param id Its number.
    /// @return assets Assets paid, rounded down [token wei].
    function finishRedeem(uint256 id) external returns (uint256 assets);

    /// @notice Takes what is left of an earmark; only the core.
    /// @dev Reverts with {EarmarkVaultOnlyCore}.
    /// @param amount Assets earmarked [token wei].
    /// @return taken Assets taken, which go to the handler; may be zero [token wei].
    function slashAssets(uint256 amount) external returns (uint256 taken);

    /// @notice Returns whose vault it is.
    /// @return Operator.
    function operator() external view returns (address);

    /// @notice Returns who receives what is slashed.
    /// @return Handler.
    function handler() external view returns (address);

    /// @notice Returns a redemption.
    /// @param id Its number.
    /// @return Redemption; without shares where there is none.
    function redemptionOf(uint256 id) external view returns (Redemption memory);
}
