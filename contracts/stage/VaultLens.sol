// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";

import { IPausableFlags } from "../libraries/IPausableFlags.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IExitQueue } from "../lrt/IExitQueue.sol";
import { INavOracle } from "../lrt/INavOracle.sol";
import { IRestakingVault } from "../lrt/IRestakingVault.sol";
import { IVaultDelegator } from "../lrt/IVaultDelegator.sol";
import { IVaultDelegators } from "../lrt/IVaultDelegators.sol";
import { IVaultLens } from "./IVaultLens.sol";

/// @title VaultLens
/// @notice See {IVaultLens}.
/// @custom:source docs/contracts/VaultLens.md
contract VaultLens is IVaultLens {
    using WadMath for uint256;

    /* VIEWS */

    /// @inheritdoc IVaultLens
    function read(
        IRestakingVault vault,
        uint256 firstRequest,
        address[] calldata holders
    )
        external
        view
        returns (
            VaultState memory state,
            OperatorStake[] memory operators,
            RequestState[] memory requests,
            HolderState[] memory held
        )
    {
        state = _state(vault);
        operators = _operators(vault.delegators(), IERC6372(address(vault.queue())).clock());
        requests = _requests(vault.queue(), firstRequest);
        held = new HolderState[](holders.length);
        for (uint256 i = 0; i < holders.length; ++i) {
            (uint256 shares, uint256 assets) = vault.queue().claimableOf(holders[i]);
            held[i] = HolderState(vault.balanceOf(holders[i]), shares, assets);
        }
    }

    /* INTERNAL */

    function _state(IRestakingVault vault) private view returns (VaultState memory state) {
        (INavOracle oracle, IExitQueue queue) = (vault.oracle(), vault.queue());
        state.supply = vault.totalSupply();
        state.unbacked = vault.unbackedShares();
        if (state.supply > 0) state.haircut = state.unbacked.wDivDown(state.supply);
        state.assets = vault.totalAssets();
        state.rate = oracle.rate();
        state.liveRate = oracle.liveRate();
        state.backedRate = state.rate.wMulDown(WadMath.WAD - state.haircut);
        state.buffer = vault.buffer();
        state.spendable = vault.spendable();
        state.owed = queue.locked();
        state.pendingQuotes = queue.pendingQuotes();
        state.deficit = queue.deficit();
        state.feeBps = vault.feeBpsAt(state.spendable);
        state.updatedAt = oracle.updatedAt();
        INavOracle.Held memory report = oracle.held();
        (state.heldSince, state.heldAssets, state.heldShares) = (report.since, report.assets, report.shares);
        state.isOpen = oracle.isOpen();
        state.pausedFlags = IPausableFlags(address(vault)).pausedFlags();
    }

    function _operators(IVaultDelegators delegators, uint48 now_) private view returns (OperatorStake[] memory stakes) {
        address[] memory operators = delegators.operators();
        stakes = new OperatorStake[](operators.length);
        for (uint256 i = 0; i < operators.length; ++i) {
            IVaultDelegator delegator = delegators.delegatorOf(operators[i]);
            IVaultDelegator.Queued[] memory queued = delegator.queued();
            stakes[i].operator = operators[i];
            stakes[i].weight = delegators.weightOf(operators[i]);
            stakes[i].delegated = delegator.delegatedAssets();
            stakes[i].isDelegated = delegator.isDelegated();
            for (uint256 j = 0; j < queued.length; ++j) {
                stakes[i].queued += queued[j].assets;
                if (queued[j].completableAt <= now_) stakes[i].completable += queued[j].assets;
            }
        }
    }

    function _requests(IExitQueue queue, uint256 firstId) private view returns (RequestState[] memory open) {
        uint256 lastId = queue.lastRequestId();
        if (firstId == 0) firstId = 1;
        RequestState[] memory all = new RequestState[](lastId < firstId ? 0 : lastId - firstId + 1);
        uint256 count;
        for (uint256 id = firstId; id <= lastId; ++id) {
            IExitQueue.Request memory request = queue.getRequest(id);
            if (request.shares == 0) continue;
            all[count++] = RequestState({
                id: id,
                controller: request.controller,
                requestedAt: request.requestedAt,
                shares: request.shares,
                quote: request.quote,
                worth: queue.worthOf(id),
                isFrozen: request.isFrozen,
                isClaimable: queue.isClaimable(id)
            });
        }
        open = new RequestState[](count);
        for (uint256 i = 0; i < count; ++i) open[i] = all[i];
    }
}
