// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IVm
/// @notice The cheat codes of the Solidity test runner that the property tests use.
interface IVm {
    function assume(bool condition) external pure;

    function prank(address sender) external;

    function startPrank(address sender) external;

    function stopPrank() external;

    function deal(address account, uint256 balance) external;

    function roll(uint256 blockNumber) external;

    function warp(uint256 timestamp) external;

    function expectRevert() external;

    function expectRevert(bytes4 selector) external;

    function expectPartialRevert(bytes4 selector) external;

    function expectEmit(bool first, bool second, bool third, bool data, address emitter) external;

    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);

    function addr(uint256 privateKey) external pure returns (address account);

    function getBlockNumber() external view returns (uint256 blockNumber);

    function getBlockTimestamp() external view returns (uint256 timestamp);
}
