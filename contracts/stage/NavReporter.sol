// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { INavOracle } from "../lrt/INavOracle.sol";
import { INavReporter } from "./INavReporter.sol";

/// @title NavReporter
/// @notice See {INavReporter}.
/// @custom:source docs/contracts/Lens.md, section "Vault desk"
contract NavReporter is INavReporter {
    /* IMMUTABLES */

    /// @notice Who may make it vote.
    address public immutable desk;

    /* CONSTRUCTOR */

    /// @notice Binds the reporter to its desk.
    /// @param desk_ Who may make it vote.
    constructor(address desk_) {
        desk = desk_;
    }

    /* EXTERNAL */

    /// @inheritdoc INavReporter
    function vote(INavOracle oracle, uint256 round, uint256 assets, uint256 shares) external {
        require(msg.sender == desk, NavReporterUnauthorized(msg.sender, desk));

        oracle.report(round, assets, shares);
    }
}
