// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IEarmarkVault } from "./IEarmarkVault.sol";

/// @title IEarmarkCore
/// @notice Operators stake whole vaults to services; a service's slash earmarks an amount when it is asked for, and takes it
/// two days later.
/// @dev `earmark = floor(percent * totalAssets / 100e18)`, with 100e18 for all of it; taken is the lesser of the earmark and
/// what is then left. Staking and unstaking take nine days, one pending change a vault.
/// @dev Warning: the sum of what services may slash of a vault may exceed it; and who leaves between request and end shifts
/// the loss to who stays.
/// @custom:source docs/contracts/EarmarkCore.md, section "Concepts"
interface IEarmarkCore {
    /// @notice A change of stake that waits.
    /// @param service Service; address zero for no change.
    /// @param isStaked Whether the vault will be staked to it.
    /// @param finishableAt First second in which it can be made [unix s].
    struct StakeUpdate {
        address service;
        bool isStaked;
        uint48 finishableAt;
    }

    /// @notice A slash that waits.
    /// @param service Service.
    /// @param operator Operator.
    /// @param vaults Vaults.
    /// @param earmarks What is earmarked of each [token wei].
    /// @param finishableAt First second in which it can be finished [unix s].
    /// @param isClosed Whether it was finished or cancelled.
    struct Slashing {
        address service;
        address operator;
        IEarmarkVault[] vaults;
        uint256[] earmarks;
        uint48 finishableAt;
        bool isClosed;
    }

    /// @notice Emitted when a service registers.
    /// @param service Service.
    /// @param maxPercent Most of a vault that one slash may take [100e18 = 100 %].
    event ServiceRegistered(address indexed service, uint256 maxPercent);

    /// @notice Emitted when an operator joins or leaves a service.
    /// @param operator Operator.
    /// @param service Service.
    /// @param isIn Whether it joined.
    event MembershipSet(address indexed operator, address indexed service, bool isIn);

    /// @notice Emitted when a change of stake begins to wait.
    /// @param vault Vault.
    /// @param service Service.
    /// @param isStaked Whether the vault will be staked to it.
    /// @param finishableAt First second in which it can be made [unix s].
    event StakeUpdateRequested(
        IEarmarkVault indexed vault,
        address indexed service,
        bool isStaked,
        uint48 finishableAt
    );

    /// @notice Emitted when a change of stake is made.
    /// @param vault Vault.
    /// @param service Service.
    /// @param isStaked Whether the vault is staked to it.
    event StakeUpdated(IEarmarkVault indexed vault, address indexed service, bool isStaked);

    /// @notice Emitted when a slash is asked for.
    /// @param id Its number, from 0.
    /// @param service Service.
    /// @param operator Operator.
    /// @param earmarks What is earmarked of each vault [token wei].
    event SlashingRequested(uint256 indexed id, address indexed service, address indexed operator, uint256[] earmarks);

    /// @notice Emitted when a slash is finished.
    /// @param id Its number.
    /// @param taken What was taken of each vault [token wei].
    event SlashingFinalised(uint256 indexed id, uint256[] taken);

    /// @notice Emitted when a slash is cancelled.
    /// @param id Its number.
    event SlashingCancelled(uint256 indexed id);

    /// @notice Raised when a service registers twice, or for none or more than all of a vault.
    /// @param maxPercent Percent asked for [100e18 = 100 %].
    error EarmarkCoreInvalidService(uint256 maxPercent);

    /// @notice Raised when an operator is no member of a service that is registered.
    /// @param operator Operator.
    /// @param service Service.
    error EarmarkCoreNotMember(address operator, address service);

    /// @notice Raised when an operator belongs to as many services as may be.
    /// @param maximum Most services, and most vaults of a slash.
    error EarmarkCoreTooMany(uint256 maximum);

    /// @notice Raised when somebody else than its operator stakes a vault.
    /// @param vault Vault.
    /// @param caller Caller.
    error EarmarkCoreNotOperator(IEarmarkVault vault, address caller);

    /// @notice Raised when a vault's stake is already changing, or would stay as it is.
    /// @param vault Vault.
    error EarmarkCoreUpdateRefused(IEarmarkVault vault);

    /// @notice Raised when something is finished too early.
    /// @param finishableAt First second in which it can be [unix s].
    error EarmarkCoreNotFinishable(uint256 finishableAt);

    /// @notice Raised when a service slashes an operator again too early.
    /// @param operator Operator.
    /// @param until First second in which it may [unix s].
    error EarmarkCoreCooldown(address operator, uint256 until);

    /// @notice Raised when a vault of a slash is named twice, not the operator's, or not staked to the service.
    /// @param vault Vault.
    error EarmarkCoreInvalidVault(IEarmarkVault vault);

    /// @notice Raised when a slash names no vaults, or not one percent for each.
    error EarmarkCoreMalformed();

    /// @notice Raised when a percent is zero or above the service's most.
    /// @param percent Percent [100e18 = 100 %].
    /// @param maxPercent Most [100e18 = 100 %].
    error EarmarkCoreInvalidPercent(uint256 percent, uint256 maxPercent);

    /// @notice Raised when a slash does not exist, or was finished or cancelled.
    /// @param id Its number.
    error EarmarkCoreClosed(uint256 id);

    /// @notice Raised when somebody else than the veto committee cancels.
    /// @param caller Caller.
    error EarmarkCoreOnlyVeto(address caller);

    /// @notice Registers the caller as a service, once.
    /// @dev Reverts with {EarmarkCoreInvalidService}.
    /// @param maxPercent Most of a vault that one slash may take [100e18 = 100 %].
    function registerService(uint256 maxPercent) external;

    /// @notice Makes the caller a member of a service, or ends that.
    /// @dev Reverts with {EarmarkCoreNotMember} when the service is not registered, and with {EarmarkCoreTooMany}.
    /// @param service Service.
    /// @param isIn Whether it joins.
    function setMembership(address service, bool isIn) external;

    /// @notice Asks for a change of a vault's stake, which waits for nine days; only its operator.
    /// @dev Reverts with {EarmarkCoreNotOperator}, {EarmarkCoreNotMember} and {EarmarkCoreUpdateRefused}.
    /// @param vault Vault.
    /// @param service Service.
    /// @param isStaked Whether the vault will be staked to it.
    function requestStakeUpdate(IEarmarkVault vault, address service, bool isStaked) external;

    /// @notice Makes a change of stake; anybody may.
    /// @dev Reverts with {EarmarkCoreUpdateRefused} when none waits, and with {EarmarkCoreNotFinishable}.
    /// @param vault Vault.
    function finaliseStakeUpdate(IEarmarkVault vault) external;

    /// @notice Asks for a slash of an operator's vaults; only a service whose member it is.
    /// @dev Checks, in this order: member, cooldown, number of vaults, and for each vault: that it is the operator's, staked,
    /// not named before, then its percent. Reverts with {EarmarkCoreNotMember}, {EarmarkCoreCooldown},
    /// {EarmarkCoreMalformed}, {EarmarkCoreTooMany}, {EarmarkCoreInvalidVault} and {EarmarkCoreInvalidPercent}.
    /// @param operator Operator.
    /// @param vaults Vaults, each once.
    /// @param percents Percent of each [100e18 = 100 %].
    /// @return id Its number, from 0.
    function requestSlashing(
        address operator,
        IEarmarkVault[] calldata vaults,
        uint256[] calldata percents
    ) external returns (uint256 id);

    /// @notice Finishes a slash from two days after its request on; anybody may.
    /// @dev Reverts with {EarmarkCoreClosed} and {EarmarkCoreNotFinishable}.
    /// @param id Its number.
    /// @return taken What was taken of each vault [token wei].
    function finaliseSlashing(uint256 id) external returns (uint256[] memory taken);

    /// @notice Cancels a slash that is not finished; only the veto committee.
    /// @dev Reverts with {EarmarkCoreOnlyVeto} and {EarmarkCoreClosed}.
    /// @param id Its number.
    function cancelSlashing(uint256 id) external;

    /// @notice Returns a slash.
    /// @param id Its number.
    /// @return Slash; closed where there is none.
    function slashingOf(uint256 id) external view returns (Slashing memory);

    /// @notice Returns whether a vault is staked to a service.
    /// @param vault Vault.
    /// @param service Service.
    /// @return Whether it is.
    function isStaked(IEarmarkVault vault, address service) external view returns (bool);
}
