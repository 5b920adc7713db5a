// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OperatorSet } from "../types/OperatorSet.sol";

/// @title AVSRegistry__MockForRewards
/// @notice Knows which operator sets exist, and nothing else.
contract AVSRegistry__MockForRewards {
    mapping(bytes32 key => bool exists) private _sets;

    function createOperatorSet(OperatorSet calldata set) external {
        _sets[set.key()] = true;
    }

    function isOperatorSet(OperatorSet calldata set) external view returns (bool) {
        return _sets[set.key()];
    }
}
