// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Checkpoints } from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import { IEpochRegistry } from "./IEpochRegistry.sol";

/// @title EpochRegistry
/// @notice See {IEpochRegistry}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract EpochRegistry is IEpochRegistry {
    using Checkpoints for Checkpoints.Trace256;

    /* STORAGE */

    /// @inheritdoc IEpochRegistry
    mapping(address network => address middleware) public middlewareOf;

    mapping(address operator => mapping(address where => Checkpoints.Trace256 isIn)) private _isIn;

    /* EXTERNAL */

    /// @inheritdoc IEpochRegistry
    function optIn(address where) external {
        Checkpoints.Trace256 storage trace = _isIn[msg.sender][where];
        require(trace.latest() == 0, EpochRegistryNothingChanges(msg.sender, where, true));

        trace.push(block.timestamp, 1);

        emit OptedIn(msg.sender, where, true);
    }

    /// @inheritdoc IEpochRegistry
    function optOut(address where) external {
        Checkpoints.Trace256 storage trace = _isIn[msg.sender][where];
        (, uint256 since, uint256 isIn) = trace.latestCheckpoint();
        require(isIn == 1, EpochRegistryNothingChanges(msg.sender, where, false));
        require(since < block.timestamp, EpochRegistryTooSoon(msg.sender, where, since));

        trace.push(block.timestamp, 0);

        emit OptedIn(msg.sender, where, false);
    }

    /// @inheritdoc IEpochRegistry
    function setMiddleware(address middleware) external {
        middlewareOf[msg.sender] = middleware;

        emit MiddlewareSet(msg.sender, middleware);
    }

    /* VIEWS */

    /// @inheritdoc IEpochRegistry
    function isOptedInAt(address operator, address where, uint48 timestamp) external view returns (bool) {
        return _isIn[operator][where].upperLookupRecent(timestamp) == 1;
    }
}
