// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { WadMath } from "../libraries/WadMath.sol";
import { AllocationManager } from "../restaking/AllocationManager.sol";
import { IStrategy } from "../restaking/IStrategy.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { OperatorSet } from "../types/OperatorSet.sol";

/// @title AllocationManager__FloorsForSlashing
/// @notice Faulty on purpose: rounds the slashed magnitude down, so a small allocation outlives every slash.
contract AllocationManager__FloorsForSlashing is AllocationManager {
    using WadMath for uint256;

    constructor(
        address owner_,
        ClockMode clockMode_,
        uint48 deallocationDelay_,
        uint48 configurationDelay_
    ) AllocationManager(owner_, clockMode_, deallocationDelay_, configurationDelay_) {}

    function previewSlashMagnitude(
        address operator,
        OperatorSet calldata set,
        IStrategy strategy,
        uint256 wad
    ) public view override returns (MagnitudeSlash memory slashed) {
        (Allocation memory allocation, ) = _viewed(operator, set.key(), strategy);
        slashed.slashedMagnitude = uint64(uint256(allocation.currentMagnitude).wMulDown(wad));
        slashed.previousMax = maxMagnitude(operator, strategy);
        slashed.newMax = slashed.previousMax - slashed.slashedMagnitude;
        if (slashed.slashedMagnitude != 0) {
            slashed.wadSlashed = uint256(slashed.slashedMagnitude).wDivDown(slashed.previousMax);
        }
    }
}
