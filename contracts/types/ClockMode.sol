// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ClockMode
/// @notice Unit in which a contract counts time: 0 = block numbers, 1 = unix seconds.
enum ClockMode {
    BlockNumber,
    Timestamp
}
