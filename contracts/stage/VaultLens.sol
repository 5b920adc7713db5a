// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";

import { IPausableFlags } from "../libraries/IPausableFlags.sol";
import { RestakingVaultMath } from "../libraries/RestakingVaultMath.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IExitQueue } from "../lrt/IExitQueue.sol";
import { INavOracle } from "../lrt/INavOracle.sol";
import { IRestakingVault } from "../lrt/IRestakingVault.sol";
import { IVaultDelegator } from "../lrt/IVaultDelegator.sol";
import { IVaultDelegators } from "../lrt/IVaultDelegators.sol";
import { Nav } from "../types/Nav.sol";
import { IVaultLens } from "./IVaultLens.sol";

/// @title VaultLens
/// @notice See {IVaultLens}.
/// @custom:source docs/contracts/VaultLens.md
contract VaultLens is IVaultLens {
    using RestakingVaultMath for uint256;
    using WadMath for uint256;

    /// @dev What decides whether a request can be claimed, read once.
    struct Due {
        bool isAtClaim;
        bool isOpen;
        uint256 filled;
        uint48 delay;
        uint48 now_;
    }

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
        requests = _requests(vault, firstRequest, state.isOpen);
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

    function _requests(
        IRestakingVault vault,
        uint256 firstId,
        bool isOpen
    ) private view returns (RequestState[] memory open) {
        IExitQueue queue = vault.queue();
        Nav memory nav = vault.oracle().nav();
        uint256 lastId = queue.lastRequestId();
        if (firstId == 0) firstId = 1;
        RequestState[] memory all = new RequestState[](lastId < firstId ? 0 : lastId - firstId + 1);
        uint256 count;
        for (uint256 id = firstId; id <= lastId; ++id) {
            IExitQueue.Request memory request = queue.getRequest(id);
            if (request.shares > 0) all[count++] = _request(queue, id, request, nav);
        }
        Due memory due = _due(queue, isOpen);
        open = new RequestState[](count);
        for (uint256 i = 0; i < count; ++i) {
            open[i] = all[i];
            if (!due.isAtClaim) open[i].isClaimable = open[i].isFrozen;
            else open[i].isClaimable = due.isOpen && _isDue(queue.getRequest(open[i].id), due);
        }
    }

    function _request(
        IExitQueue queue,
        uint256 id,
        IExitQueue.Request memory request,
        Nav memory nav
    ) private view returns (RequestState memory) {
        return
            RequestState({
                id: id,
                controller: request.controller,
                requestedAt: request.requestedAt,
                shares: request.shares,
                quote: request.quote,
                worth: request.isFrozen
                    ? request.claimable
                    : queue.settlementOf(request.shares, request.quote, request.shares.toAssets(nav)),
                isFrozen: request.isFrozen,
                isClaimable: false
            });
    }

    function _due(IExitQueue queue, bool isOpen) private view returns (Due memory) {
        bool isAtClaim = queue.freezePoint() == IExitQueue.FreezePoint.Claim;
        return Due(isAtClaim, isOpen, queue.filled(), queue.delay(), IERC6372(address(queue)).clock());
    }

    function _isDue(IExitQueue.Request memory request, Due memory due) private pure returns (bool) {
        return request.fillAt <= due.filled && due.now_ >= uint256(request.requestedAt) + due.delay;
    }
}
