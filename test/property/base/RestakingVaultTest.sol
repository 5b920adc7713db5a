// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ExitQueue } from "../../../contracts/lrt/ExitQueue.sol";
import { IExitQueue } from "../../../contracts/lrt/IExitQueue.sol";
import { INavOracle } from "../../../contracts/lrt/INavOracle.sol";
import { NavOracle } from "../../../contracts/lrt/NavOracle.sol";
import { RestakingVault } from "../../../contracts/lrt/RestakingVault.sol";
import { VaultDelegators } from "../../../contracts/lrt/VaultDelegators.sol";
import { RestakingManager } from "../../../contracts/restaking/RestakingManager.sol";
import { Strategy } from "../../../contracts/restaking/Strategy.sol";
import { ClockMode } from "../../../contracts/types/ClockMode.sol";
import { RestakingVaultHandler } from "../handlers/RestakingVaultHandler.sol";
import { CoreTest, FreeToken } from "./CoreTest.sol";

/// @notice A restaking vault over the real core, wired with an oracle that is always live, and with its handler.
abstract contract RestakingVaultTest is CoreTest {
    RestakingVault internal _vault;
    IExitQueue internal _queue;
    RestakingVaultHandler internal _handler;

    /// @dev Deploys all of it.
    /// @param freezePoint When the queue fixes what a request is paid.
    function _deployVault(IExitQueue.FreezePoint freezePoint) internal {
        FreeToken token_ = new FreeToken();
        RestakingManager manager = new RestakingManager(address(this));
        _deployCore(_newAllocations(), new Strategy(token_, address(manager)), token_);
        _handler = new RestakingVaultHandler(core, token, strategy);
        _vault = new RestakingVault(address(this), token, "Restaked", "RST");
        INavOracle.Guard memory none = INavOracle.Guard(type(uint32).max, 10_000, INavOracle.Policy.Reject, false);
        NavOracle oracle = new NavOracle(
            NavOracle.Terms(address(this), _vault, INavOracle.Mode.Live, 1, false, none),
            ClockMode.BlockNumber
        );
        _queue = new ExitQueue(_vault, ExitQueue.Terms(freezePoint, 3, 2, 0), ClockMode.BlockNumber);
        VaultDelegators delegators = new VaultDelegators(
            _vault,
            core.restakingManager,
            core.operatorDelegation,
            strategy
        );
        _vault.wire(oracle, _queue, delegators);
        _vault.setCurator(address(_handler));
        _handler.adopt(_vault, delegators);
    }
}
