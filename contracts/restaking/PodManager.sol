// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { SignedMath } from "@openzeppelin/contracts/utils/math/SignedMath.sol";

import { Clock } from "../libraries/Clock.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { IMockPod } from "./IMockPod.sol";
import { IPodManager } from "./IPodManager.sol";
import { IShareManager } from "./IShareManager.sol";
import { IStrategy } from "./IStrategy.sol";
import { MockPod } from "./MockPod.sol";

/// @title PodManager
/// @notice See {IPodManager}.
contract PodManager is IPodManager, CoreComponent, Clock {
    using SafeCast for uint256;
    using WadMath for uint256;

    /* TYPES */

    /// @notice Beacon factor; `isSet` tells a factor of zero from one that was never lowered.
    struct BeaconFactor {
        bool isSet;
        uint64 value;
    }

    /* CONSTANTS */

    /// @notice Pause bit of creating pods.
    uint8 public constant PAUSE_CREATE = 0;

    /// @notice Pause bit of recording balance updates.
    uint8 public constant PAUSE_RECORD = 1;

    /// @notice Sentinel address of the beacon strategy.
    IStrategy public constant BEACON_STRATEGY = IStrategy(0xbeaC0eeEeeeeEEeEeEEEEeeEEeEeeeEeeEEBEaC0);

    /* STORAGE */

    /// @inheritdoc IPodManager
    address public reporter;

    /// @inheritdoc IPodManager
    mapping(address owner => IMockPod pod) public podOf;

    address[] private _podOwners;
    mapping(address staker => uint256 shares) private _depositShares;
    mapping(address staker => BeaconFactor factor) private _factors;

    /* MODIFIERS */

    /// @notice Refuses every caller but the operator delegation.
    modifier onlyDelegation() {
        address expected = address(_core.operatorDelegation);
        require(msg.sender == expected, ShareManagerUnauthorized(msg.sender, expected));
        _;
    }

    /// @notice Refuses every strategy but the beacon strategy.
    /// @param strategy Strategy named.
    modifier onlyBeacon(IStrategy strategy) {
        require(address(strategy) == address(BEACON_STRATEGY), PodManagerNotBeaconStrategy(strategy));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Gives the contract to its first owner, who also reports for the consensus layer at first.
    /// @param owner_ First owner.
    /// @param clockMode_ Unit of time.
    constructor(address owner_, ClockMode clockMode_) CoreComponent(owner_) Clock(clockMode_) {
        reporter = owner_;
    }

    /* EXTERNAL */

    /// @inheritdoc IPodManager
    function createPod() external whenNotPaused(PAUSE_CREATE) returns (IMockPod pod) {
        require(address(podOf[msg.sender]) == address(0), PodManagerPodExists(msg.sender, podOf[msg.sender]));

        pod = new MockPod(msg.sender);
        podOf[msg.sender] = pod;
        _podOwners.push(msg.sender);

        emit PodCreated(msg.sender, pod);
    }

    /// @inheritdoc IPodManager
    function setReporter(address reporter_) external onlyOwner {
        reporter = reporter_;

        emit ReporterSet(reporter_);
    }

    /// @inheritdoc IPodManager
    function recordBalanceUpdate(
        address staker,
        uint256 previousWei,
        int256 deltaWei
    ) external nonReentrant whenNotPaused(PAUSE_RECORD) onlyFrom(address(podOf[staker])) {
        emit BalanceUpdateRecorded(staker, previousWei, deltaWei);

        if (deltaWei > 0) _recordGain(staker, uint256(deltaWei));
        if (deltaWei < 0) _recordLoss(staker, previousWei, SignedMath.abs(deltaWei));
    }

    /// @inheritdoc IShareManager
    function addShares(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external onlyDelegation onlyBeacon(strategy) returns (uint256 previous, uint256 added) {
        return (_credit(staker, shares), shares);
    }

    /// @inheritdoc IShareManager
    function removeDepositShares(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external onlyDelegation onlyBeacon(strategy) returns (uint256 remaining) {
        require(shares != 0, ShareManagerSharesAmountZero(staker, strategy));
        uint256 available = _depositShares[staker];
        require(shares <= available, ShareManagerSharesAmountTooHigh(staker, strategy, shares, available));

        remaining = available - shares;

        _depositShares[staker] = remaining;

        emit DepositSharesSet(staker, strategy, remaining);
    }

    /// @inheritdoc IShareManager
    function withdrawSharesAsTokens(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external onlyDelegation onlyBeacon(strategy) returns (uint256 amount) {
        return podOf[staker].withdraw(staker, shares);
    }

    /* VIEWS */

    /// @inheritdoc IPodManager
    function podOwners() external view returns (address[] memory) {
        return _podOwners;
    }

    /// @inheritdoc IShareManager
    function depositSharesOf(address staker, IStrategy strategy) external view returns (uint256) {
        return address(strategy) == address(BEACON_STRATEGY) ? _depositShares[staker] : 0;
    }

    /// @inheritdoc IPodManager
    function beaconStrategy() external pure returns (IStrategy) {
        return BEACON_STRATEGY;
    }

    /// @inheritdoc IPodManager
    function beaconFactorOf(address staker) public view returns (uint64) {
        BeaconFactor memory factor = _factors[staker];
        return factor.isSet ? factor.value : uint64(WadMath.WAD);
    }

    /* INTERNAL */

    /// @notice Adds deposit shares for ether that was gained.
    /// @param staker Staker.
    /// @param gain Gain [wei].
    function _recordGain(address staker, uint256 gain) internal {
        uint256 previous = _credit(staker, gain);

        _core.operatorDelegation.increaseDelegatedShares(staker, BEACON_STRATEGY, previous, gain);
    }

    /// @notice Lowers the beacon factor for ether that was lost.
    /// @param staker Staker.
    /// @param previousWei Balance counted before [wei].
    /// @param loss Loss, not zero [wei].
    function _recordLoss(address staker, uint256 previousWei, uint256 loss) internal {
        require(loss <= previousWei, PodManagerLossExceedsBalance(staker, loss, previousWei));

        uint64 factor = beaconFactorOf(staker);
        uint64 newFactor = uint256(factor).mulDivDown(previousWei - loss, previousWei).toUint64();

        _factors[staker] = BeaconFactor({ isSet: true, value: newFactor });

        emit BeaconFactorLowered(staker, factor, newFactor);

        _core.operatorDelegation.decreaseDelegatedShares(staker, _depositShares[staker], factor - newFactor);
    }

    /// @notice Adds deposit shares to a staker's balance.
    /// @param staker Staker.
    /// @param shares Shares to add [wei].
    /// @return previous Deposit shares before [wei].
    function _credit(address staker, uint256 shares) internal returns (uint256 previous) {
        require(shares != 0, ShareManagerSharesAmountZero(staker, BEACON_STRATEGY));
        previous = _depositShares[staker];

        _depositShares[staker] = previous + shares;

        emit DepositSharesSet(staker, BEACON_STRATEGY, previous + shares);
    }
}
