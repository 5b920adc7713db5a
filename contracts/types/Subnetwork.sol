// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Subnetwork
/// @notice Names one part of a network: the network's address in the upper 160 bits, its own number in the lower 96.
type Subnetwork is bytes32;

using SubnetworkLib for Subnetwork global;

/// @title SubnetworkLib
/// @notice Packs a network and the number of one of its parts into one word, and back.
library SubnetworkLib {
    /// @notice Returns the subnetwork of a network with a number.
    /// @param network_ Network.
    /// @param identifier_ Number that the network gave it.
    /// @return Subnetwork.
    function pack(address network_, uint96 identifier_) internal pure returns (Subnetwork) {
        return Subnetwork.wrap(bytes32((uint256(uint160(network_)) << 96) | identifier_));
    }

    /// @notice Returns the network that a subnetwork is part of.
    /// @param self Subnetwork.
    /// @return Network.
    function network(Subnetwork self) internal pure returns (address) {
        return address(uint160(uint256(Subnetwork.unwrap(self)) >> 96));
    }
}
