// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AVSRegistry__MockForRewards } from "../../../contracts/mocks/AVSRegistry__MockForRewards.sol";
import { IAVSRegistry } from "../../../contracts/restaking/IAVSRegistry.sol";
import { IRewardsCoordinator } from "../../../contracts/restaking/IRewardsCoordinator.sol";
import { IRewardsPayments } from "../../../contracts/restaking/IRewardsPayments.sol";
import { RewardsCoordinator } from "../../../contracts/restaking/RewardsCoordinator.sol";
import { RewardsPayments } from "../../../contracts/restaking/RewardsPayments.sol";
import { ClockMode } from "../../../contracts/types/ClockMode.sol";
import { OperatorSet } from "../../../contracts/types/OperatorSet.sol";
import { FreeToken } from "../base/CoreTest.sol";
import { PropertyTest } from "../base/PropertyTest.sol";

/// @title RewardsHandler
/// @notice Plays an AVS that pays, an updater whose roots promise anything, and earners who claim what they are promised.
contract RewardsHandler is PropertyTest {
    address public constant FEES = address(0xfee);

    RewardsCoordinator public immutable coordinator;
    FreeToken[2] public tokens;
    address[] public earners;

    uint256[2] public brought;
    uint256[2] public claimed;
    OperatorSet private _set = OperatorSet(address(this), 0);
    IRewardsCoordinator.Claim[] private _promises;

    constructor() {
        _VM.warp(1_000_000);
        AVSRegistry__MockForRewards registry = new AVSRegistry__MockForRewards();
        registry.createOperatorSet(_set);
        coordinator = new RewardsCoordinator(
            IAVSRegistry(address(registry)),
            RewardsCoordinator.Settings({
                owner: address(this),
                updater: address(this),
                feeRecipient: FEES,
                defaultSplitBips: 1_000,
                activationDelay: 60,
                periods: RewardsPayments.Periods(10, 1_000, 1_000, 1_000)
            }),
            ClockMode.Timestamp
        );
        for (uint256 k = 0; k < 2; ++k) {
            tokens[k] = new FreeToken();
            tokens[k].mint(address(this), 1e40);
            tokens[k].approve(address(coordinator), type(uint256).max);
        }
        for (uint160 k = 0; k < 3; ++k) earners.push(address(0xb0b + k));
    }

    /* VERBS */

    function payTheSet(uint256 which, uint256 amount) external {
        uint48 start = uint48((_VM.getBlockTimestamp() / 10) * 10);
        amount = _bound(amount, 1, 1e26);
        coordinator.payOperatorSet(_set, tokens[which % 2], amount, start, 10);
        brought[which % 2] += amount;
    }

    function payByName(uint256 which, uint256[2] calldata amounts) external {
        IRewardsPayments.OperatorPayment[] memory payments = new IRewardsPayments.OperatorPayment[](2);
        for (uint160 k = 0; k < 2; ++k) {
            payments[k] = IRewardsPayments.OperatorPayment(address(0x09e7a + k), _bound(amounts[k], 1, 1e26));
            brought[which % 2] += payments[k].amount;
        }
        uint48 start = uint48((_VM.getBlockTimestamp() / 10) * 10) - 100;
        coordinator.payOperators(_set, tokens[which % 2], payments, start, 10);
    }

    function optIn(bool isIn) external {
        coordinator.setProtocolFeeOptIn(isIn);
    }

    /// @notice Publishes a tree of one leaf; nothing binds what it promises to what was paid.
    function pledge(uint256 which, uint256 who, uint256 amount) external {
        uint32 index = uint32(coordinator.rootCount());
        (address earner, FreeToken token) = (earners[who % 3], tokens[which % 2]);
        amount = coordinator.cumulativeClaimed(earner, token) + _bound(amount, 1, 1e26);
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(earner, token, amount))));
        _VM.warp(_VM.getBlockTimestamp() + 1);
        coordinator.submitRoot(leaf, uint48(_VM.getBlockTimestamp() - 1));
        _promises.push(IRewardsCoordinator.Claim(index, earner, token, amount, new bytes32[](0)));
    }

    /// @notice Has a promise kept, as far as there is money that was paid for it.
    function claim(uint256 which) external {
        if (_promises.length == 0) return;
        IRewardsCoordinator.Claim memory wanted = _promises[which % _promises.length];
        uint256 before = coordinator.cumulativeClaimed(wanted.earner, wanted.token);
        bool isActive = _VM.getBlockTimestamp() >= coordinator.getRoot(wanted.rootIndex).activatedAt;
        bool isDue = isActive && wanted.cumulativeEarnings > before;
        uint256 left = coordinator.totalPaid(wanted.token) - coordinator.totalClaimed(wanted.token);
        uint256 due = isDue ? wanted.cumulativeEarnings - before : 0;
        _VM.prank(wanted.earner);
        try coordinator.claim(wanted, wanted.earner) returns (uint256 amount) {
            _check(isDue && due <= left, "what is not due, or not there, is not paid");
            _equal(amount, due, "what is new is paid");
            claimed[address(wanted.token) == address(tokens[0]) ? 0 : 1] += amount;
        } catch {
            _check(!isDue || due > left, "what is due and there is paid");
        }
    }

    function pass(uint256 time) external {
        _VM.warp(_VM.getBlockTimestamp() + _bound(time, 1, 100));
    }
}
