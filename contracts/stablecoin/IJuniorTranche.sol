// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title IJuniorTranche
/// @notice Money that stands before the dollar's holders: it bears the reserve's losses after the buffer, and earns its
/// surplus. An ERC-4626 vault of the settlement token.
/// @dev Units: assets in token wei; shares with six decimals more.
///
/// | Quantity | Rounding |
/// |---|---|
/// | shares for assets: deposit, redeem | down |
/// | assets for shares: mint, withdraw | up |
/// | loss not yet taken | up |
/// | yield not yet released | up |
/// @dev total assets = balance - max(yield not yet released, loss of the reserve that reaches the tranche). A loss counts
/// as soon as it is marked, so nobody leaves whole after it; yield is released over {vesting}, so nobody comes for it and
/// goes. Six decimals of virtual shares make an inflation attack cost far more than it takes.
/// @dev No deposits while the loss takes all that the tranche holds, and while the reserve owes it what a covered gap took.
/// @dev Warning: it has no term. Whoever hears of a loss before the mark can leave.
/// @custom:source docs/contracts/JuniorTranche.md
interface IJuniorTranche is IERC4626 {
    /// @notice Emitted when the tranche pays for a loss.
    /// @param assets Money [token wei].
    event LossAbsorbed(uint256 assets);

    /// @notice Emitted when yield arrives.
    /// @param assets Money [token wei].
    /// @param releasedAt When all of it is released [unix s].
    event YieldReceived(uint256 assets, uint256 releasedAt);

    /// @notice Raised when someone else than the reserve calls.
    /// @param caller Caller.
    error JuniorTrancheUnauthorized(address caller);

    /// @notice Pays money to the reserve. Only the reserve.
    /// @param assets Money [token wei].
    function absorb(uint256 assets) external;

    /// @notice Releases money that has arrived as yield over {vesting}. Only the reserve.
    /// @param assets Money [token wei].
    function notifyYield(uint256 assets) external;

    /// @notice Returns the time over which yield is released.
    /// @return Time [s].
    function vesting() external view returns (uint256);

    /// @notice Returns the yield not released yet.
    /// @return Money, rounded up [token wei].
    function unvested() external view returns (uint256);
}
