// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IEpochHook } from "./IEpochHook.sol";

/// @title IBurnerRouter
/// @notice Burner of an epoch vault that credits what is slashed to receivers: an operator's in a network, else the
/// network's, else the one of all.
/// @dev The credit is what the balance grew by since the last credit or payment, whatever amount the hook is told.
/// @dev Warning: tokens donated before a slash are credited with it, and anybody may credit donations to any pair. What
/// was credited stays its receiver's when receivers change.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface IBurnerRouter is IEpochHook {
    /// @notice Emitted when tokens are credited.
    /// @param receiver Receiver.
    /// @param amount Tokens [token wei].
    event Credited(address indexed receiver, uint256 amount);

    /// @notice Emitted when tokens are paid.
    /// @param receiver Receiver.
    /// @param amount Tokens [token wei].
    event Paid(address indexed receiver, uint256 amount);

    /// @notice Emitted when a receiver is named, or a change cancelled.
    /// @param network Network; address zero for all.
    /// @param operator Operator; address zero for all of the network.
    /// @param receiver Receiver; address zero for none.
    /// @param effectiveAt From when [unix s].
    event ReceiverSet(address indexed network, address indexed operator, address receiver, uint48 effectiveAt);

    /// @notice Raised when a receiver is named that is, and no change is pending.
    /// @param receiver Receiver.
    error BurnerRouterUnchanged(address receiver);

    /// @notice Raised when the receiver of all would be nobody.
    error BurnerRouterZeroReceiver();

    /// @notice Raised when an operator is named without a network.
    /// @param operator Operator.
    error BurnerRouterNoNetwork(address operator);

    /// @notice Raised when nothing is there to pay.
    /// @param receiver Receiver.
    error BurnerRouterNothingToPay(address receiver);

    /// @notice Names a receiver, which holds after the delay; only the owner.
    /// @dev A pending change is replaced, and waits anew; naming the present receiver cancels it. Reverts with
    /// {BurnerRouterNoNetwork}, {BurnerRouterZeroReceiver} and {BurnerRouterUnchanged}.
    /// @param network Network; address zero for all.
    /// @param operator Operator; address zero for all of the network.
    /// @param receiver Receiver; address zero for none.
    function setReceiver(address network, address operator, address receiver) external;

    /// @notice Pays a receiver all that was credited to it; anybody may.
    /// @dev Reverts with {BurnerRouterNothingToPay}.
    /// @param receiver Receiver.
    /// @return amount Tokens paid [token wei].
    function pay(address receiver) external returns (uint256 amount);

    /// @notice Returns the token.
    /// @return Token.
    function asset() external view returns (IERC20);

    /// @notice Returns how long a change waits.
    /// @return Delay [s].
    function delay() external view returns (uint48);

    /// @notice Returns the balance that is credited.
    /// @return Tokens [token wei].
    function lastBalance() external view returns (uint256);

    /// @notice Returns what is credited to a receiver.
    /// @param receiver Receiver.
    /// @return Tokens [token wei].
    function creditOf(address receiver) external view returns (uint256);

    /// @notice Returns who receives a slash of an operator in a network now.
    /// @param network Network.
    /// @param operator Operator.
    /// @return Receiver.
    function receiverOf(address network, address operator) external view returns (address);
}
