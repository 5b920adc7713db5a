// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAdapter } from "./IAdapter.sol";

/// @title IAppAdapter
/// @notice Holds the capital that a vault gives one operator in one network, which alone may slash it, at once.
/// @dev With `base` what was given, `slashed` what was taken or released of it since, and `debt(t)` what is asked back and
/// due by second `t`:
///
/// | quantity | formula |
/// |---|---|
/// | slashable at `t` | `max(0, base - slashed - debt(t))` |
/// | stake at `t` | the same, with `debt(t + duration - 1)` |
/// | free | balance less what is slashable |
/// @dev What is asked back is due after `duration`; the stake that is advertised falls in the second after the request, so
/// that all of it stays slashable for `duration`. Debts only grow, and a new allocation or position begins anew.
/// @custom:source docs/contracts/AdapterVault.md, section "Concepts"
interface IAppAdapter is IAdapter {
    /// @notice Emitted when capital is given.
    /// @param assets Assets [token wei].
    event Allocated(uint256 assets);

    /// @notice Emitted when free capital goes back to the vault.
    /// @param assets Assets [token wei].
    event Deallocated(uint256 assets);

    /// @notice Emitted when capital is asked back.
    /// @param debt All debt of the position when it is due [token wei].
    /// @param dueAt First second in which it cannot be slashed [unix s].
    event DeallocationRequested(uint256 debt, uint48 dueAt);

    /// @notice Emitted when free capital is staked again.
    /// @param base Stake of the new position [token wei].
    event PositionOpened(uint256 base);

    /// @notice Emitted when the operator is slashed.
    /// @param assets Assets that went to the burner [token wei].
    event CapitalSlashed(uint256 assets);

    /// @notice Emitted when the network gives capital back.
    /// @param assets Assets that are free now [token wei].
    event Released(uint256 assets);

    /// @notice Raised when somebody else than the vault calls.
    /// @param caller Caller.
    error AppAdapterOnlyVault(address caller);

    /// @notice Raised when somebody else than the network's middleware calls.
    /// @param caller Caller.
    error AppAdapterOnlyMiddleware(address caller);

    /// @notice Raised when somebody else than the network calls.
    /// @param caller Caller.
    error AppAdapterOnlyNetwork(address caller);

    /// @notice Raised when nothing would be slashed or released.
    error AppAdapterNothingToSlash();

    /// @notice Raised when more is taken back than is free.
    /// @param requested Assets asked for [token wei].
    /// @param available Free assets [token wei].
    error AppAdapterNotFree(uint256 requested, uint256 available);

    /// @notice Raised when a duration is zero.
    error AppAdapterZeroDuration();

    /// @notice Slashes the operator now; only the network's middleware.
    /// @dev What is taken goes to the burner at once, and off the vault's absolute limit of this adapter. Reverts with
    /// {AppAdapterOnlyMiddleware} and {AppAdapterNothingToSlash}.
    /// @param amount Assets asked for [token wei].
    /// @return slashed Assets taken, at most what is slashable [token wei].
    function slash(uint256 amount) external returns (uint256 slashed);

    /// @notice Gives capital back without its wait; only the network's middleware. Counts like a slash.
    /// @dev Reverts with {AppAdapterOnlyMiddleware} and {AppAdapterNothingToSlash}.
    /// @param amount Assets asked for [token wei].
    /// @return released Assets that are free now [token wei].
    function release(uint256 amount) external returns (uint256 released);

    /// @notice Names the one account that may slash; only the network.
    /// @dev Reverts with {AppAdapterOnlyNetwork}.
    /// @param middleware_ Account.
    function setMiddleware(address middleware_) external;

    /// @notice Limits what may be given to the operator; only the network.
    /// @dev Reverts with {AppAdapterOnlyNetwork}.
    /// @param limit Most capital [token wei].
    function setMaxStake(uint256 limit) external;

    /// @notice Returns how long capital stays slashable after it is asked back.
    /// @return Duration [s].
    function duration() external view returns (uint48);

    /// @notice Returns what can be slashed at a second, by what is known now.
    /// @param timestamp Second, now or later [unix s].
    /// @return Assets [token wei].
    function slashableAt(uint48 timestamp) external view returns (uint256);

    /// @notice Returns the stake that the operator advertises at a second, by what is known now.
    /// @param timestamp Second, now or later [unix s].
    /// @return Assets [token wei].
    function stakeAt(uint48 timestamp) external view returns (uint256);

    /// @notice Returns the capital that neither can be slashed nor waits.
    /// @return Assets [token wei].
    function freeAssets() external view returns (uint256);
}
