// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { ISlasher } from "../restaking/ISlasher.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { DelayedSlasher } from "./DelayedSlasher.sol";
import { IDelayedSlasher } from "./IDelayedSlasher.sol";
import { ISlashingRule } from "./ISlashingRule.sol";
import { IVetoSlasher } from "./IVetoSlasher.sol";

/// @title VetoSlasher
/// @notice Slasher module that lets a committee refuse a verdict before it is executed.
/// @custom:source docs/contracts/SlasherModules.md, section "Veto"
contract VetoSlasher is IVetoSlasher, DelayedSlasher {
    using EnumerableSet for EnumerableSet.AddressSet;

    /* STORAGE */

    /// @inheritdoc IVetoSlasher
    mapping(uint256 requestId => uint256 votes) public votesOf;

    mapping(bytes32 setKey => EnumerableSet.AddressSet members) private _committee;
    mapping(bytes32 setKey => uint256 quorum) private _quorum;
    mapping(uint256 requestId => mapping(address member => bool voted)) private _voted;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param slasher_ The core's slasher.
    /// @param registry_ The core's AVS registry.
    constructor(ISlasher slasher_, IAVSRegistry registry_) DelayedSlasher(slasher_, registry_) {}

    /* EXTERNAL */

    /// @inheritdoc IVetoSlasher
    function configure(
        OperatorSet calldata set,
        address[] calldata rules,
        Windows calldata windows,
        address[] calldata committee,
        uint256 quorum
    ) external {
        _configure(set, rules);
        _configureWindows(set, windows);
        EnumerableSet.AddressSet storage members = _committee[set.key()];
        for (uint256 i = 0; i < committee.length; i++) {
            members.add(committee[i]);
        }
        bool valid = members.length() == committee.length && quorum > 0 && quorum <= committee.length;
        require(valid, VetoSlasherInvalidCommittee(members.length(), quorum));

        _quorum[set.key()] = quorum;
    }

    /// @inheritdoc IVetoSlasher
    function requestSlash(
        OperatorSet calldata set,
        ISlashingRule rule,
        bytes calldata evidence
    ) external nonReentrant returns (uint256 requestId) {
        return _request(set, rule, evidence);
    }

    /// @inheritdoc IDelayedSlasher
    function execute(uint256 requestId) external nonReentrant returns (uint256 slashId, uint256 slashedShares) {
        return _execute(requestId);
    }

    /// @inheritdoc IVetoSlasher
    function veto(uint256 requestId) external {
        bytes32 key = _objectionable(requestId).set.key();
        require(_committee[key].contains(msg.sender), VetoSlasherNotMember(msg.sender));
        require(!_voted[requestId][msg.sender], VetoSlasherAlreadyVoted(requestId, msg.sender));

        _voted[requestId][msg.sender] = true;
        uint256 votes = ++votesOf[requestId];
        uint256 quorum = _quorum[key];

        emit VetoCast(requestId, msg.sender, votes, quorum);

        if (votes == quorum) _refuse(requestId);
    }

    /* VIEWS */

    /// @inheritdoc IVetoSlasher
    function committeeOf(OperatorSet calldata set) external view returns (address[] memory members, uint256 quorum) {
        bytes32 key = set.key();

        return (_committee[key].values(), _quorum[key]);
    }
}
