// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMockPod } from "./IMockPod.sol";
import { IShareManager } from "./IShareManager.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title IPodManager
/// @notice Native restaking in its accounting: keeps the beacon strategy's deposit shares (1 share = 1 wei of ether) and
/// the factor that consensus-layer penalties leave each staker with.
/// @dev The beacon strategy has no contract: its address is a sentinel, {BEACON_STRATEGY}. Factors in WAD.
/// Pause bits: 0 = create pods, 1 = record balance updates.
/// @custom:source docs/contracts/PodManager.md
interface IPodManager is IShareManager {
    /// @notice Emitted when a staker gets its pod.
    /// @param owner Staker.
    /// @param pod Pod.
    event PodCreated(address indexed owner, IMockPod pod);

    /// @notice Emitted when the reporter of the simulated consensus layer changes.
    /// @param reporter Account that reports from now on.
    event ReporterSet(address indexed reporter);

    /// @notice Emitted when a checkpoint changed a staker's balance.
    /// @param staker Owner of the pod.
    /// @param previousWei Balance counted before [wei].
    /// @param deltaWei Change [wei, signed].
    event BalanceUpdateRecorded(address indexed staker, uint256 previousWei, int256 deltaWei);

    /// @notice Emitted when consensus-layer penalties lower a staker's factor.
    /// @param staker Owner of the pod.
    /// @param previousFactor Factor before [WAD].
    /// @param newFactor Factor from now on [WAD].
    event BeaconFactorLowered(address indexed staker, uint64 previousFactor, uint64 newFactor);

    /// @notice Raised when a staker creates a second pod.
    /// @param owner Staker.
    /// @param pod Pod it has.
    error PodManagerPodExists(address owner, IMockPod pod);

    /// @notice Raised when another strategy than the beacon strategy is named.
    /// @param strategy Strategy named.
    error PodManagerNotBeaconStrategy(IStrategy strategy);

    /// @notice Raised when a loss is larger than the balance it is taken from.
    /// @param staker Owner of the pod.
    /// @param loss Loss [wei].
    /// @param balance Balance counted before [wei].
    error PodManagerLossExceedsBalance(address staker, uint256 loss, uint256 balance);

    /// @notice Creates the caller's pod.
    /// @dev Reverts with {PodManagerPodExists}.
    /// @return pod New pod.
    function createPod() external returns (IMockPod pod);

    /// @notice Sets who reports for the simulated consensus layer.
    /// @dev Only the owner.
    /// @param reporter_ Account that reports from now on.
    function setReporter(address reporter_) external;

    /// @notice Books what a checkpoint found.
    /// @dev Only the pod of `staker`. A gain adds deposit shares. A loss lowers the factor to
    /// floor(factor * (previous - loss) / previous) and takes the difference out of the operator's shares; deposit shares
    /// stay. Reverts with {PodManagerLossExceedsBalance}.
    /// @param staker Owner of the pod.
    /// @param previousWei Balance counted before [wei].
    /// @param deltaWei Change [wei, signed].
    function recordBalanceUpdate(address staker, uint256 previousWei, int256 deltaWei) external;

    /// @notice Returns the pod of a staker.
    /// @param owner Staker.
    /// @return Pod, or the zero address.
    function podOf(address owner) external view returns (IMockPod);

    /// @notice Returns every staker that has a pod.
    /// @return Stakers, in order of creation.
    function podOwners() external view returns (address[] memory);

    /// @notice Returns who reports for the simulated consensus layer.
    /// @return Reporter.
    function reporter() external view returns (address);

    /// @notice Returns what consensus-layer penalties have left of a staker's balance; never rises.
    /// @param staker Staker asked about.
    /// @return Factor [WAD], 1e18 while there was no penalty.
    function beaconFactorOf(address staker) external view returns (uint64);

    /// @notice Returns the sentinel address of the beacon strategy.
    /// @return Address without code.
    function beaconStrategy() external pure returns (IStrategy);
}
