// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title OperatorSet
/// @notice Names one operator set: the AVS that owns it and the number that AVS gave it.
struct OperatorSet {
    address avs;
    uint32 id;
}

using OperatorSetLib for OperatorSet global;

/// @title OperatorSetLib
/// @notice Packs an operator set into one word, and back, so that it can key a mapping or an enumerable set.
/// @dev Layout: the AVS in the upper 160 bits, the id in the lower 32, zeros between. The packing is injective.
library OperatorSetLib {
    /// @notice Returns the key of `set`.
    /// @param set Operator set to pack.
    /// @return Key, unique for each (avs, id).
    function key(OperatorSet memory set) internal pure returns (bytes32) {
        return bytes32((uint256(uint160(set.avs)) << 96) | set.id);
    }

    /// @notice Returns the operator set that {key} packed.
    /// @param packed Key made by {key}.
    /// @return Operator set of that key.
    function unpack(bytes32 packed) internal pure returns (OperatorSet memory) {
        return OperatorSet({ avs: address(uint160(uint256(packed) >> 96)), id: uint32(uint256(packed)) });
    }
}
