// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import { AllocationManager } from "../../../contracts/restaking/AllocationManager.sol";
import { AVSRegistry } from "../../../contracts/restaking/AVSRegistry.sol";
import { ICoreComponent } from "../../../contracts/restaking/ICoreComponent.sol";
import { IStrategy } from "../../../contracts/restaking/IStrategy.sol";
import { OperatorDelegation } from "../../../contracts/restaking/OperatorDelegation.sol";
import { PodManager } from "../../../contracts/restaking/PodManager.sol";
import { RestakingManager } from "../../../contracts/restaking/RestakingManager.sol";
import { Slasher } from "../../../contracts/restaking/Slasher.sol";
import { Strategy } from "../../../contracts/restaking/Strategy.sol";
import { ClockMode } from "../../../contracts/types/ClockMode.sol";
import { PropertyTest } from "./PropertyTest.sol";

/// @notice Whom a token calls back for its payers and payees.
interface ITransferWatcher {
    /// @param party Who is about to pay, or has been paid.
    function watch(address party) external;
}

/// @notice A token that anyone may mint, so that handlers never run out, and that may call back while it moves.
contract FreeToken is ERC20 {
    ITransferWatcher private _watcher;

    constructor() ERC20("Free token", "FREE") {}

    function mint(address holder, uint256 amount) external {
        _mint(holder, amount);
    }

    /// @notice Sets who is called for the payer before a transfer and for the payee after it, as by ERC-777; zero for nobody.
    function setWatcher(ITransferWatcher watcher) external {
        _watcher = watcher;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (address(_watcher) != address(0)) _watcher.watch(from);
        super._update(from, to, amount);
        if (address(_watcher) != address(0)) _watcher.watch(to);
    }
}

/// @title CoreTest
/// @notice Deploys the whole restaking core with short delays and one strategy.
abstract contract CoreTest is PropertyTest {
    uint48 internal constant DELAY = 10;

    ICoreComponent.Core internal core;
    FreeToken internal token;
    IStrategy internal strategy;

    function _deployCore(AllocationManager allocations, Strategy strategy_, FreeToken token_) internal {
        token = token_;
        strategy = strategy_;
        core = ICoreComponent.Core({
            restakingManager: RestakingManager(strategy_.restakingManager()),
            podManager: new PodManager(address(this), ClockMode.BlockNumber),
            operatorDelegation: new OperatorDelegation(address(this), ClockMode.BlockNumber, DELAY),
            avsRegistry: new AVSRegistry(address(this), ClockMode.BlockNumber, DELAY, DELAY + 5, 20),
            allocationManager: allocations,
            slasher: new Slasher(address(this), ClockMode.BlockNumber)
        });
        ICoreComponent(address(core.restakingManager)).wire(core);
        ICoreComponent(address(core.podManager)).wire(core);
        ICoreComponent(address(core.operatorDelegation)).wire(core);
        ICoreComponent(address(core.avsRegistry)).wire(core);
        ICoreComponent(address(core.allocationManager)).wire(core);
        ICoreComponent(address(core.slasher)).wire(core);

        IStrategy[] memory list = new IStrategy[](1);
        list[0] = strategy;
        core.restakingManager.setWhitelisted(list, true);
        _VM.roll(1000);
    }

    function _newAllocations() internal returns (AllocationManager) {
        return new AllocationManager(address(this), ClockMode.BlockNumber, DELAY, DELAY + 5);
    }
}
