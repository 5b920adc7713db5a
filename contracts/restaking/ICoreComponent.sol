// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAllocationManager } from "./IAllocationManager.sol";
import { IAVSRegistry } from "./IAVSRegistry.sol";
import { IOperatorDelegation } from "./IOperatorDelegation.sol";
import { IPodManager } from "./IPodManager.sol";
import { IRestakingManager } from "./IRestakingManager.sol";
import { ISlasher } from "./ISlasher.sol";

/// @title ICoreComponent
/// @notice One of the six contracts of the restaking core. They name each other, so they are deployed first and wired
/// once afterwards.
interface ICoreComponent {
    /// @notice The six contracts of the core.
    struct Core {
        IRestakingManager restakingManager;
        IPodManager podManager;
        IOperatorDelegation operatorDelegation;
        IAVSRegistry avsRegistry;
        IAllocationManager allocationManager;
        ISlasher slasher;
    }

    /// @notice Emitted when the component learns its peers.
    /// @param core Addresses of the core.
    event Wired(Core core);

    /// @notice Raised when a component is wired a second time.
    error CoreComponentAlreadyWired();

    /// @notice Raised when a component is wired with a zero address.
    error CoreComponentZeroAddress();

    /// @notice Raised when a caller is not the one core contract allowed to call.
    /// @param caller Caller.
    /// @param expected Contract allowed.
    error CoreComponentUnauthorized(address caller, address expected);

    /// @notice Tells the component its peers, once and for all.
    /// @dev Only the owner. Reverts with {CoreComponentAlreadyWired} or {CoreComponentZeroAddress}.
    /// @param core_ Addresses of the core.
    function wire(Core calldata core_) external;

    /// @notice Returns the addresses of the core.
    /// @return Addresses, all zero before {wire}.
    function core() external view returns (Core memory);
}
