// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRestakingVault } from "../lrt/IRestakingVault.sol";

/// @title IVaultLens
/// @notice Shows a restaking vault at once: rates, where its assets are, who waits for what.
/// @dev Units: assets in wei of the vault's asset; shares with 18 decimals; rates and fractions in WAD; times in clock
/// units.
/// @custom:source docs/contracts/VaultLens.md
interface IVaultLens {
    /// @notice Stake with one operator.
    /// @param operator Operator.
    /// @param weight Target weight.
    /// @param delegated Assets restaked and not queued, after slashing [wei].
    /// @param queued Assets on their way back, at today's slashing factor [wei].
    /// @param completable Part of the queued whose time has come [wei].
    /// @param isDelegated True while the delegator delegates to it.
    struct OperatorStake {
        address operator;
        uint256 weight;
        uint256 delegated;
        uint256 queued;
        uint256 completable;
        bool isDelegated;
    }

    /// @notice A request that is not claimed whole.
    /// @param id Request.
    /// @param controller Who may claim.
    /// @param requestedAt When it was made [clock].
    /// @param shares Shares not claimed yet.
    /// @param quote What was asked for [wei].
    /// @param worth What it pays, or would pay were it settled now [wei].
    /// @param isFrozen True once its settlement is fixed.
    /// @param isClaimable True when it can be claimed.
    struct RequestState {
        uint256 id;
        address controller;
        uint48 requestedAt;
        uint256 shares;
        uint256 quote;
        uint256 worth;
        bool isFrozen;
        bool isClaimable;
    }

    /// @notice A holder.
    /// @param shares Shares in the wallet.
    /// @param claimableShares Shares that can be claimed.
    /// @param claimableAssets Assets that can be claimed [wei].
    struct HolderState {
        uint256 shares;
        uint256 claimableShares;
        uint256 claimableAssets;
    }

    /// @notice A vault.
    /// @param supply All shares.
    /// @param unbacked Shares minted without assets.
    /// @param haircut Part of the supply that is unbacked, rounded down [WAD].
    /// @param assets Assets that the shares stand for now [wei].
    /// @param rate Rate by the last report [WAD].
    /// @param liveRate Rate at this instant [WAD].
    /// @param backedRate Rate by the last report, shared by the unbacked too, rounded down [WAD].
    /// @param buffer Assets in the vault [wei].
    /// @param spendable Buffer that is free [wei].
    /// @param owed Assets fixed for claimable redemptions [wei].
    /// @param pendingQuotes Quotes of redemptions that are not fixed [wei].
    /// @param deficit What the buffer lacks to pay every quote [wei].
    /// @param feeBps Fee rate of the smallest instant exit now [bps].
    /// @param updatedAt Last report [clock].
    /// @param heldSince When a report was held, zero while none is [clock].
    /// @param heldAssets Assets of the held report [wei].
    /// @param heldShares Shares of the held report.
    /// @param isOpen True while deposits and exits are open.
    /// @param pausedFlags Pause bits.
    struct VaultState {
        uint256 supply;
        uint256 unbacked;
        uint256 haircut;
        uint256 assets;
        uint256 rate;
        uint256 liveRate;
        uint256 backedRate;
        uint256 buffer;
        uint256 spendable;
        uint256 owed;
        uint256 pendingQuotes;
        uint256 deficit;
        uint256 feeBps;
        uint48 updatedAt;
        uint48 heldSince;
        uint256 heldAssets;
        uint256 heldShares;
        bool isOpen;
        uint256 pausedFlags;
    }

    /// @notice Returns a vault with its operators, its open requests and some of its holders.
    /// @param vault Vault.
    /// @param firstRequest Request from which on open ones are listed.
    /// @param holders Holders of interest.
    /// @return state The vault.
    /// @return operators Its stake, in the order of their admission.
    /// @return requests Open requests, oldest first.
    /// @return held One per holder.
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
        );
}
