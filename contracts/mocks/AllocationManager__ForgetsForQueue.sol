// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AllocationManager } from "../restaking/AllocationManager.sol";
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

    function _isPending(Allocation memory allocation) internal pure override returns (bool) {
        return allocation.pendingDiff != 0;
    }
}
