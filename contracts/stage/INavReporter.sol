// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { INavOracle } from "../lrt/INavOracle.sol";

/// @title INavReporter
/// @notice One of the reporters whose quorum says what a vault's shares are worth.
/// @custom:source docs/contracts/Lens.md, section "Vault desk"
interface INavReporter {
    /// @notice Raised when anyone but the desk calls.
    /// @param caller Who called.
    /// @param desk Who may.
    error NavReporterUnauthorized(address caller, address desk);

    /// @notice Votes. Only the desk.
    /// @param oracle Oracle.
    /// @param round Round.
    /// @param assets Assets that the shares stand for [wei].
    /// @param shares Shares.
    function vote(INavOracle oracle, uint256 round, uint256 assets, uint256 shares) external;
}
