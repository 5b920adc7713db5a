// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { IEarmarkCore } from "./IEarmarkCore.sol";
import { IEarmarkVault } from "./IEarmarkVault.sol";

/// @title EarmarkCore
/// @notice See {IEarmarkCore}. Its owner is the veto committee.
/// @custom:source docs/contracts/EarmarkCore.md, section "Concepts"
contract EarmarkCore is IEarmarkCore, Ownable2Step, ReentrancyGuard {
    using EnumerableSet for EnumerableSet.AddressSet;

    /* CONSTANTS */

    /// @notice All of a vault.
    uint256 public constant HUNDRED_PERCENT = 100e18;

    /// @notice How long a slash may be cancelled before it can be finished [s].
    uint48 public constant VETO = 2 days;

    /// @notice How long a service waits between two slashes of an operator [s].
    uint48 public constant COOLDOWN = 2 days;

    /// @notice How long a change of stake waits [s].
    uint48 public constant STAKE_DELAY = 9 days;

    /// @notice Most services of an operator, and most vaults of a slash.
    uint256 public constant MAX_COUNT = 32;

    /* STORAGE */

    /// @notice Returns the most of a vault that one slash of a service may take [100e18 = 100 %].
    mapping(address service => uint256 percent) public maxPercentOf;

    /// @notice Returns the first second in which a service may slash an operator again [unix s].
    mapping(address operator => mapping(address service => uint256 until)) public cooldownOf;

    /// @inheritdoc IEarmarkCore
    mapping(IEarmarkVault vault => mapping(address service => bool staked)) public isStaked;

    /// @notice Returns the change of a vault's stake that waits.
    mapping(IEarmarkVault vault => StakeUpdate update) public stakeUpdateOf;

    mapping(address operator => EnumerableSet.AddressSet services) private _services;
    Slashing[] private _slashings;

    /* CONSTRUCTOR */

    /// @notice Opens the core.
    /// @param vetoCommittee Who may cancel slashes, and may hand that on in two steps.
    constructor(address vetoCommittee) Ownable(vetoCommittee) {}

    /* EXTERNAL */

    /// @inheritdoc IEarmarkCore
    function registerService(uint256 maxPercent) external {
        bool isValid = maxPercentOf[msg.sender] == 0 && maxPercent > 0 && maxPercent <= HUNDRED_PERCENT;
        require(isValid, EarmarkCoreInvalidService(maxPercent));

        maxPercentOf[msg.sender] = maxPercent;

        emit ServiceRegistered(msg.sender, maxPercent);
    }

    /// @inheritdoc IEarmarkCore
    function setMembership(address service, bool isIn) external {
        require(maxPercentOf[service] > 0, EarmarkCoreNotMember(msg.sender, service));
        EnumerableSet.AddressSet storage services = _services[msg.sender];
        if (isIn) services.add(service);
        else services.remove(service);
        require(services.length() <= MAX_COUNT, EarmarkCoreTooMany(MAX_COUNT));

        emit MembershipSet(msg.sender, service, isIn);
    }

    /// @inheritdoc IEarmarkCore
    function requestStakeUpdate(IEarmarkVault vault, address service, bool isStaked_) external {
        require(vault.operator() == msg.sender, EarmarkCoreNotOperator(vault, msg.sender));
        require(_services[msg.sender].contains(service), EarmarkCoreNotMember(msg.sender, service));
        bool isFree = stakeUpdateOf[vault].service == address(0) && isStaked[vault][service] != isStaked_;
        require(isFree, EarmarkCoreUpdateRefused(vault));

        uint48 finishableAt = SafeCast.toUint48(block.timestamp) + STAKE_DELAY;
        stakeUpdateOf[vault] = StakeUpdate(service, isStaked_, finishableAt);

        emit StakeUpdateRequested(vault, service, isStaked_, finishableAt);
    }

    /// @inheritdoc IEarmarkCore
    function finaliseStakeUpdate(IEarmarkVault vault) external {
        StakeUpdate memory update = stakeUpdateOf[vault];
        require(update.service != address(0), EarmarkCoreUpdateRefused(vault));
        require(block.timestamp >= update.finishableAt, EarmarkCoreNotFinishable(update.finishableAt));

        delete stakeUpdateOf[vault];
        isStaked[vault][update.service] = update.isStaked;

        emit StakeUpdated(vault, update.service, update.isStaked);
    }

    /// @inheritdoc IEarmarkCore
    function requestSlashing(
        address operator,
        IEarmarkVault[] calldata vaults,
        uint256[] calldata percents
    ) external returns (uint256 id) {
        require(_services[operator].contains(msg.sender), EarmarkCoreNotMember(operator, msg.sender));
        uint256 until = cooldownOf[operator][msg.sender];
        require(block.timestamp >= until, EarmarkCoreCooldown(operator, until));
        require(vaults.length > 0 && vaults.length == percents.length, EarmarkCoreMalformed());
        require(vaults.length <= MAX_COUNT, EarmarkCoreTooMany(MAX_COUNT));

        uint256[] memory earmarks = new uint256[](vaults.length);
        for (uint256 k = 0; k < vaults.length; ++k) {
            _checkVault(operator, vaults, k);
            earmarks[k] = _earmark(vaults[k], percents[k]);
        }
        id = _slashings.length;
        uint48 finishableAt = SafeCast.toUint48(block.timestamp) + VETO;
        _slashings.push(Slashing(msg.sender, operator, vaults, earmarks, finishableAt, false));
        cooldownOf[operator][msg.sender] = block.timestamp + COOLDOWN;

        emit SlashingRequested(id, msg.sender, operator, earmarks);
    }

    /// @inheritdoc IEarmarkCore
    function finaliseSlashing(uint256 id) external nonReentrant returns (uint256[] memory taken) {
        Slashing memory slashing = slashingOf(id);
        require(!slashing.isClosed, EarmarkCoreClosed(id));
        require(block.timestamp >= slashing.finishableAt, EarmarkCoreNotFinishable(slashing.finishableAt));

        _slashings[id].isClosed = true;
        taken = new uint256[](slashing.vaults.length);
        for (uint256 k = 0; k < taken.length; ++k) taken[k] = slashing.vaults[k].slashAssets(slashing.earmarks[k]);

        emit SlashingFinalised(id, taken);
    }

    /// @inheritdoc IEarmarkCore
    function cancelSlashing(uint256 id) external {
        require(msg.sender == owner(), EarmarkCoreOnlyVeto(msg.sender));
        require(!slashingOf(id).isClosed, EarmarkCoreClosed(id));

        _slashings[id].isClosed = true;

        emit SlashingCancelled(id);
    }

    /* VIEWS */

    /// @inheritdoc IEarmarkCore
    function slashingOf(uint256 id) public view returns (Slashing memory slashing) {
        if (id < _slashings.length) return _slashings[id];

        slashing.isClosed = true;
    }

    /* INTERNAL */

    /// @notice Reverts unless a vault may be slashed by the caller, and was not named before.
    /// @param operator Operator.
    /// @param vaults Vaults of the slash.
    /// @param place Place of the vault.
    function _checkVault(address operator, IEarmarkVault[] calldata vaults, uint256 place) private view {
        IEarmarkVault vault = vaults[place];
        bool isValid = isStaked[vault][msg.sender] && vault.operator() == operator;
        for (uint256 k = 0; k < place; ++k) isValid = isValid && address(vaults[k]) != address(vault);
        require(isValid, EarmarkCoreInvalidVault(vault));
    }

    function _earmark(IEarmarkVault vault, uint256 percent) private view returns (uint256) {
        uint256 most = maxPercentOf[msg.sender];
        require(percent > 0 && percent <= most, EarmarkCoreInvalidPercent(percent, most));

        return Math.mulDiv(percent, vault.totalAssets(), HUNDRED_PERCENT);
    }
}
