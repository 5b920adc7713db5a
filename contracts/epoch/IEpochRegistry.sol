// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IEpochRegistry
/// @notice Who works for whom: operators opt in to vaults and networks, networks name the one account that may slash.
/// @dev Opt-ins are time-checkpointed: what holds at a second is what was said last in it or before. Any address is a
/// network, an operator or a vault to whoever names it.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
interface IEpochRegistry {
    /// @notice Emitted when an operator opts in or out.
    /// @param operator Operator.
    /// @param where Vault or network.
    /// @param isIn Whether it opted in.
    event OptedIn(address indexed operator, address indexed where, bool isIn);

    /// @notice Emitted when a network names who may slash for it.
    /// @param network Network.
    /// @param middleware The one account that may.
    event MiddlewareSet(address indexed network, address indexed middleware);

    /// @notice Raised when an operator that is in opts in, or one that is out opts out.
    /// @param operator Operator.
    /// @param where Vault or network.
    /// @param isIn Whether it is in.
    error EpochRegistryNothingChanges(address operator, address where, bool isIn);

    /// @notice Raised when an operator opts out in the second of its opt-in, which would leave no trace of it.
    /// @param operator Operator.
    /// @param where Vault or network.
    /// @param since Second of the opt-in [unix s].
    error EpochRegistryTooSoon(address operator, address where, uint256 since);

    /// @notice Opts the caller in; also in the second of its opt-out.
    /// @dev Reverts with {EpochRegistryNothingChanges}.
    /// @param where Vault or network.
    function optIn(address where) external;

    /// @notice Opts the caller out, in a later second than it opted in.
    /// @dev Reverts with {EpochRegistryNothingChanges} and {EpochRegistryTooSoon}.
    /// @param where Vault or network.
    function optOut(address where) external;

    /// @notice Names the one account that may slash for the caller.
    /// @param middleware Account.
    function setMiddleware(address middleware) external;

    /// @notice Returns the one account that may slash for a network.
    /// @param network Network.
    /// @return Account.
    function middlewareOf(address network) external view returns (address);

    /// @notice Returns whether an operator is in at the end of a second.
    /// @param operator Operator.
    /// @param where Vault or network.
    /// @param timestamp Second [unix s].
    /// @return Whether it is.
    function isOptedInAt(address operator, address where, uint48 timestamp) external view returns (bool);
}
