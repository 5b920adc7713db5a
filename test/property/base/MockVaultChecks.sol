// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vault__MockForBehaviour } from "../../../contracts/mocks/Vault__MockForBehaviour.sol";
import { FreeToken } from "./CoreTest.sol";
import { SynchronousVaultChecks } from "./SynchronousVaultChecks.sol";

/// @title MockVaultChecks
/// @notice The checks over a vault that may be faulty on purpose; no test by itself.
contract MockVaultChecks is SynchronousVaultChecks {
    constructor(Vault__MockForBehaviour.Fault fault) {
        FreeToken asset = new FreeToken();
        _adopt(new Vault__MockForBehaviour(asset, fault), asset);
    }

    function _happen(uint256[4] memory seeds) internal override {
        money.mint(address(subject), _bound(seeds[1], 0, 1e24));
        Vault__MockForBehaviour(address(subject)).lose(_bound(seeds[2], 0, subject.totalAssets()) / 2);
    }

    function _leaveRoom(uint256 room) internal override returns (bool) {
        Vault__MockForBehaviour(address(subject)).setLimit(subject.totalAssets() + room);
        return true;
    }
}
