// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVm } from "./IVm.sol";

/// @title PropertyTest
/// @notice What a property or invariant test needs: cheat codes, bounded inputs, assertions that name their values.
abstract contract PropertyTest {
    IVm internal constant _VM = IVm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @notice A contract with the functions of it that the invariant runner may call.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    address[] private _targets;
    FuzzSelector[] private _selectors;

    error AssertionFailed(string sentence);
    error NotEqual(string sentence, uint256 left, uint256 right);
    error NotAtMost(string sentence, uint256 left, uint256 right);
    error NotClose(string sentence, uint256 left, uint256 right, uint256 tolerance);

    /// @notice Contracts whose functions the invariant runner calls.
    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    /// @notice Functions that the invariant runner calls, where not all of a target are meant.
    function targetSelectors() external view returns (FuzzSelector[] memory) {
        return _selectors;
    }

    function _only(address handler, bytes4[] memory selectors) internal {
        _selectors.push(FuzzSelector(handler, selectors));
    }

    function _target(address handler) internal {
        _targets.push(handler);
    }

    function _check(bool condition, string memory sentence) internal pure {
        require(condition, AssertionFailed(sentence));
    }

    function _equal(uint256 left, uint256 right, string memory sentence) internal pure {
        require(left == right, NotEqual(sentence, left, right));
    }

    function _atMost(uint256 left, uint256 right, string memory sentence) internal pure {
        require(left <= right, NotAtMost(sentence, left, right));
    }

    function _close(uint256 left, uint256 right, uint256 tolerance, string memory sentence) internal pure {
        uint256 gap = left > right ? left - right : right - left;
        require(gap <= tolerance, NotClose(sentence, left, right, tolerance));
    }

    /// @notice Squeezes `value` into [low, high], both included.
    function _bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        if (value >= low && value <= high) return value;
        uint256 size = high - low;
        return size == type(uint256).max ? value : low + (value % (size + 1));
    }
}
