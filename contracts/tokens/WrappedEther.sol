// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";

import { IWrappedEther } from "./IWrappedEther.sol";

/// @title WrappedEther
/// @notice See {IWrappedEther}.
/// @custom:source docs/contracts/WrappedEther.md
contract WrappedEther is IWrappedEther, ERC20 {
    using Address for address payable;

    /* CONSTRUCTOR */

    /// @notice Makes an empty wrapper.
    constructor() ERC20("Wrapped Ether", "WETH") {}

    /* EXTERNAL */

    /// @notice Wraps ether that is simply sent.
    receive() external payable {
        wrap();
    }

    /// @inheritdoc IWrappedEther
    function unwrap(uint256 amount) external {
        _burn(msg.sender, amount);

        emit Unwrapped(msg.sender, amount);

        payable(msg.sender).sendValue(amount);
    }

    /* PUBLIC */

    /// @inheritdoc IWrappedEther
    function wrap() public payable {
        _mint(msg.sender, msg.value);

        emit Wrapped(msg.sender, msg.value);
    }
}
