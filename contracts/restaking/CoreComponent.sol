// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { PausableFlags } from "../libraries/PausableFlags.sol";
import { ICoreComponent } from "./ICoreComponent.sol";

/// @title CoreComponent
/// @notice Base of the six contracts of the restaking core: owned in two steps, paused by function, wired once.
abstract contract CoreComponent is ICoreComponent, PausableFlags, ReentrancyGuard {
    /* STORAGE */

    /// @notice Peers, all zero before {wire}.
    Core internal _core;

    /* MODIFIERS */

    /// @notice Refuses every caller but one.
    /// @param expected Caller allowed.
    modifier onlyFrom(address expected) {
        require(msg.sender == expected, CoreComponentUnauthorized(msg.sender, expected));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Gives the contract to its first owner.
    /// @param owner_ First owner, who wires the core.
    constructor(address owner_) Ownable(owner_) {}

    /* EXTERNAL */

    /// @inheritdoc ICoreComponent
    function wire(Core calldata core_) external onlyOwner {
        require(address(_core.slasher) == address(0), CoreComponentAlreadyWired());
        require(
            address(core_.restakingManager) != address(0) &&
                address(core_.podManager) != address(0) &&
                address(core_.operatorDelegation) != address(0) &&
                address(core_.avsRegistry) != address(0) &&
                address(core_.allocationManager) != address(0) &&
                address(core_.slasher) != address(0),
            CoreComponentZeroAddress()
        );

        _core = core_;

        emit Wired(core_);
    }

    /* VIEWS */

    /// @inheritdoc ICoreComponent
    function core() external view returns (Core memory) {
        return _core;
    }
}
