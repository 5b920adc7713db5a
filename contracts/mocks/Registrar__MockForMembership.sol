// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAVSRegistrar } from "../restaking/IAVSRegistrar.sol";

/// @title Registrar__MockForMembership
/// @notice Serves one AVS and counts who joins and leaves.
contract Registrar__MockForMembership is IAVSRegistrar {
    /// @notice AVS it serves.
    address public immutable served;

    /// @notice Calls of {registerOperator}.
    uint256 public joined;

    /// @notice Calls of {deregisterOperator}.
    uint256 public left;

    /// @notice Binds it to its AVS.
    /// @param served_ AVS it serves.
    constructor(address served_) {
        served = served_;
    }

    /// @inheritdoc IAVSRegistrar
    function registerOperator(address, address, uint32[] calldata, bytes calldata) external {
        ++joined;
    }

    /// @inheritdoc IAVSRegistrar
    function deregisterOperator(address, address, uint32[] calldata) external {
        ++left;
    }

    /// @inheritdoc IAVSRegistrar
    function supportsAVS(address avs) external view returns (bool) {
        return avs == served;
    }
}
