// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashBorrower } from "@openzeppelin/contracts/interfaces/IERC3156FlashBorrower.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";

/// @title FlashBorrower__MockForLending
/// @notice Takes flash loans, does what it is told with them, and pays back what it is told.
contract FlashBorrower__MockForLending is IERC3156FlashBorrower {
    bool public isRude;
    uint256 public shortBy;

    address private _target;
    bytes private _data;

    function setManners(bool isRude_, uint256 shortBy_) external {
        (isRude, shortBy) = (isRude_, shortBy_);
    }

    function setJob(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function onFlashLoan(
        address,
        address token,
        uint256 amount,
        uint256 fee,
        bytes calldata
    ) external returns (bytes32) {
        IERC20(token).approve(msg.sender, amount + fee - shortBy);
        if (_target != address(0)) {
            IERC20(token).approve(_target, type(uint256).max);
            Address.functionCall(_target, _data);
        }
        return isRude ? bytes32(0) : keccak256("ERC3156FlashBorrower.onFlashLoan");
    }
}
