// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "./WadMath.sol";

/// @title HookGas
/// @notice Makes sure that a hook gets all the gas it may use, so that its failure is its own and not its caller's.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
library HookGas {
    /* CONSTANTS */

    /// @notice Gas kept for what follows a hook.
    uint256 internal constant RESERVE = 20_000;

    /* ERRORS */

    /// @notice Raised when a caller brings too little gas for a hook.
    /// @param available Gas that is left.
    /// @param required Gas that the hook and what follows it need.
    error HookGasInsufficient(uint256 available, uint256 required);

    /* INTERNAL */

    /// @notice Reverts unless a call with `gasLimit` would get all of it; a call hands on at most 63 of 64 parts.
    /// @param gasLimit Gas of the hook.
    function requireFor(uint256 gasLimit) internal view {
        uint256 available = gasleft();
        uint256 required = WadMath.mulDivUp(gasLimit + RESERVE, 64, 63);
        require(available >= required, HookGasInsufficient(available, required));
    }
}
