// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AllocationManager } from "../restaking/AllocationManager.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { ClockMode } from "../types/ClockMode.sol";

/// @title AllocationManager__ForgetsForQueue
/// @notice Faulty on purpose: takes a pending deallocation that was slashed down to zero for no deallocation at all. The
/// set can be modified again while its old entry still stands in the queue, and later entries wait behind the wrong one.
contract AllocationManager__ForgetsForQueue is AllocationManager {
    constructor(
        address owner_,
        ClockMode clockMode_,
        uint48 deallocationDelay_,
        uint48 configurationDelay_
    ) AllocationManager(owner_, clockMode_, deallocationDelay_, configurationDelay_) {}

    function _viewed(
        address operator,
        bytes32 setKey,
        IStrategy strategy
    ) internal view override returns (Allocation memory allocation, uint64 encumbered) {
        (allocation, encumbered) = super._viewed(operator, setKey, strategy);
        if (allocation.pendingDiff == 0) allocation.effectAt = 0;
    }
}
