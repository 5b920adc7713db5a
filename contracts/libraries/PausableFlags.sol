// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";

import { IPausableFlags } from "./IPausableFlags.sol";

/// @title PausableFlags
/// @notice Two-step owned base whose functions are paused one by one.
abstract contract PausableFlags is IPausableFlags, Ownable2Step {
    /* STORAGE */

    /// @inheritdoc IPausableFlags
    uint256 public pausedFlags;

    /// @notice Who may pause beside the owner; zero for nobody.
    address public pauser;

    /* MODIFIERS */

    modifier whenNotPaused(uint8 flag) {
        require(!isPaused(flag), PausableFlagsPaused(flag));
        _;
    }

    /* EXTERNAL */

    /// @inheritdoc IPausableFlags
    function pause(uint256 flags) external {
        require(msg.sender == owner() || msg.sender == pauser, PausableFlagsUnauthorized(msg.sender));

        _setFlags(pausedFlags | flags);
    }

    /// @inheritdoc IPausableFlags
    function unpause(uint256 flags) external onlyOwner {
        _setFlags(pausedFlags & ~flags);
    }

    /// @inheritdoc IPausableFlags
    function setPauser(address pauser_) external onlyOwner {
        pauser = pauser_;

        emit PauserSet(pauser_);
    }

    /* VIEWS */

    /// @inheritdoc IPausableFlags
    function isPaused(uint8 flag) public view returns (bool) {
        return pausedFlags & (1 << flag) != 0;
    }

    /* INTERNAL */

    function _setFlags(uint256 flags) private {
        pausedFlags = flags;

        emit PausedFlagsSet(msg.sender, flags);
    }
}
