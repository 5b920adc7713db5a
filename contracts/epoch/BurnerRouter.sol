// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import { Subnetwork } from "../types/Subnetwork.sol";
import { IBurnerRouter } from "./IBurnerRouter.sol";
import { IEpochHook } from "./IEpochHook.sol";

/// @title BurnerRouter
/// @notice See {IBurnerRouter}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract BurnerRouter is IBurnerRouter, Ownable2Step {
    using SafeERC20 for IERC20;

    /// @notice A receiver, and one to be.
    /// @param present Receiver until the change.
    /// @param next Receiver from the change on.
    /// @param effectiveAt Second of the change; 0 for none [unix s].
    struct Receiver {
        address present;
        address next;
        uint48 effectiveAt;
    }

    /* IMMUTABLES */

    /// @inheritdoc IBurnerRouter
    IERC20 public immutable asset;

    /// @inheritdoc IBurnerRouter
    uint48 public immutable delay;

    /* STORAGE */

    /// @inheritdoc IBurnerRouter
    uint256 public lastBalance;

    /// @inheritdoc IBurnerRouter
    mapping(address receiver => uint256 amount) public creditOf;

    mapping(address network => mapping(address operator => Receiver receiver)) private _receivers;

    /* CONSTRUCTOR */

    /// @notice Fixes token and delay, and names the receiver of all.
    /// @param owner_ Who names receivers, and may hand that on in two steps.
    /// @param asset_ Token.
    /// @param delay_ How long a change waits [s].
    /// @param receiver_ Receiver of all, at once.
    constructor(address owner_, IERC20 asset_, uint48 delay_, address receiver_) Ownable(owner_) {
        require(receiver_ != address(0), BurnerRouterZeroReceiver());

        (asset, delay) = (asset_, delay_);
        _receivers[address(0)][address(0)].present = receiver_;
    }

    /* EXTERNAL */

    /// @inheritdoc IEpochHook
    function onSlash(Subnetwork subnetwork, address operator, uint256, uint48) external {
        uint256 balance = asset.balanceOf(address(this));
        uint256 amount = balance - lastBalance;
        address receiver = receiverOf(subnetwork.network(), operator);

        lastBalance = balance;
        creditOf[receiver] += amount;

        emit Credited(receiver, amount);
    }

    /// @inheritdoc IBurnerRouter
    function pay(address receiver) external returns (uint256 amount) {
        amount = creditOf[receiver];
        require(amount > 0, BurnerRouterNothingToPay(receiver));

        creditOf[receiver] = 0;
        lastBalance -= amount;

        emit Paid(receiver, amount);

        asset.safeTransfer(receiver, amount);
    }

    /// @inheritdoc IBurnerRouter
    function setReceiver(address network, address operator, address receiver) external onlyOwner {
        require(network != address(0) || operator == address(0), BurnerRouterNoNetwork(operator));
        require(network != address(0) || receiver != address(0), BurnerRouterZeroReceiver());
        Receiver storage entry = _receivers[network][operator];
        address present = _presentOf(entry);
        bool isPending = entry.effectiveAt > block.timestamp;
        require(receiver != present || isPending, BurnerRouterUnchanged(receiver));

        uint48 effectiveAt = SafeCast.toUint48(block.timestamp) + delay;
        bool isCancelled = receiver == present;
        _receivers[network][operator] = Receiver(present, receiver, isCancelled ? 0 : effectiveAt);

        emit ReceiverSet(network, operator, receiver, isCancelled ? SafeCast.toUint48(block.timestamp) : effectiveAt);
    }

    /* VIEWS */

    /// @inheritdoc IBurnerRouter
    function receiverOf(address network, address operator) public view returns (address) {
        address own = _presentOf(_receivers[network][operator]);
        if (own != address(0)) return own;
        address shared = _presentOf(_receivers[network][address(0)]);
        if (shared != address(0)) return shared;

        return _presentOf(_receivers[address(0)][address(0)]);
    }

    /* INTERNAL */

    function _presentOf(Receiver storage entry) private view returns (address) {
        bool isChanged = entry.effectiveAt != 0 && entry.effectiveAt <= block.timestamp;

        return isChanged ? entry.next : entry.present;
    }
}
