// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IInsuranceModule } from "../lending/IInsuranceModule.sol";
import { ILendingPool } from "../lending/ILendingPool.sol";

/// @title IInsuranceDesk
/// @notice Does in one call what takes pool, vault and insurance module together: stake claims, unstake them, settle a
/// deficit with slashed stake, or give tokens against it.
/// @dev Units: amounts in token wei. Rounding is that of the contracts it calls.
///
/// | Quantity | Rounding |
/// |---|---|
/// | insurance staked, unstaked | down, as vault and module do |
/// | tokens taken for a deficit | up: what a scaled unit is worth more, which stays here as dust |
/// @dev The module's underlying must be a supply vault of the reserve that it insures.
/// @custom:source docs/contracts/InsuranceDesk.md
interface IInsuranceDesk {
    /// @notice Emitted when a deficit is settled with slashed stake.
    /// @param module Insurance module.
    /// @param slashed Claims that the slashed stake was worth [reserve wei].
    /// @param covered Deficit covered [reserve wei].
    event DeficitSettled(address indexed module, uint256 slashed, uint256 covered);

    /// @notice Stakes supply claims of the caller as insurance, and what is missing out of its wallet.
    /// @dev Needs the caller's allowance of claims and asset. The module's underlying must be a supply vault.
    /// @param module Insurance module.
    /// @param amount Amount [reserve wei].
    /// @return shares Shares of the module.
    function stake(IInsuranceModule module, uint256 amount) external returns (uint256 shares);

    /// @notice Redeems insurance of the caller for supply claims.
    /// @dev Needs the caller's allowance of the module's shares. Reverts outside of its window.
    /// @param module Insurance module.
    /// @param shares Shares; the greatest number for all that may leave.
    /// @return amount Claims [reserve wei].
    function unstake(IInsuranceModule module, uint256 shares) external returns (uint256 amount);

    /// @notice Slashes insurance for the deficit that is booked and covers it, also with what others had slashed before; what
    /// is slashed beyond goes to the treasury. Anyone; the module must name this contract its receiver.
    /// @param module Insurance module.
    /// @return covered Deficit covered [reserve wei].
    function settleDeficit(IInsuranceModule module) external returns (uint256 covered);

    /// @notice Gives tokens of the caller against a deficit.
    /// @dev Needs the caller's allowance of the asset.
    /// @param pool Pool.
    /// @param asset Asset.
    /// @param amount Most to give; the deficit that is not an insurance's to cover, if that is less [token wei].
    function donateToDeficit(ILendingPool pool, address asset, uint256 amount) external;
}
