// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Arrays } from "@openzeppelin/contracts/utils/Arrays.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { IAVSRegistry } from "../restaking/IAVSRegistry.sol";
import { IOperatorKeys } from "../slashing/IOperatorKeys.sol";
import { IServiceBook } from "../slashing/IServiceBook.sol";
import { Statement } from "../types/Statement.sol";
import { IOracleNetwork } from "./IOracleNetwork.sol";
import { Service } from "./Service.sol";

/// @title OracleNetwork
/// @notice Mock AVS: operators sign prices, the network publishes their median.
/// @custom:source docs/contracts/Services.md, section "Oracle network"
contract OracleNetwork is IOracleNetwork, Service {
    /* TYPES */

    /// @notice A median, once it is published.
    /// @param published Whether it is.
    /// @param value Median [18 dp].
    struct Median {
        bool published;
        uint256 value;
    }

    /* CONSTANTS */

    /// @notice Topic of the network's rounds.
    bytes32 public constant PRICE_TOPIC = keccak256("price");

    /* IMMUTABLES */

    /// @inheritdoc IOracleNetwork
    uint256 public immutable minAnswers;

    /* STORAGE */

    /// @inheritdoc IOracleNetwork
    Version public version;

    mapping(uint32 setId => mapping(uint64 round => Median median)) private _medians;

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param owner_ Who runs the service.
    /// @param registry_ The core's AVS registry.
    /// @param keys_ Registry of the operators' signing keys.
    /// @param minAnswers_ How many prices a median needs; 0 counts as 1.
    constructor(
        address owner_,
        IAVSRegistry registry_,
        IOperatorKeys keys_,
        uint256 minAnswers_
    ) Service(owner_, registry_, keys_) {
        minAnswers = Math.max(1, minAnswers_);
    }

    /* EXTERNAL */

    /// @inheritdoc IOracleNetwork
    function setVersion(Version version_) external onlyOwner {
        version = version_;

        emit VersionSet(version_);
    }

    /// @inheritdoc IOracleNetwork
    function openRound(uint32 setId) external onlyOwner returns (uint64 round) {
        return _openRound(setId, PRICE_TOPIC);
    }

    /// @inheritdoc IOracleNetwork
    function submitPrice(uint32 setId, uint64 round, uint256 price, bytes calldata signature) external {
        require(!_medians[setId][round].published, OracleNetworkRoundClosed(round));

        _serve(Statement(address(this), setId, PRICE_TOPIC, round, bytes32(price)), signature);
    }

    /// @inheritdoc IOracleNetwork
    function publish(uint32 setId, uint64 round) external returns (uint256 median) {
        address[] memory servers = serversOf(setId, PRICE_TOPIC, round);
        require(!_medians[setId][round].published, OracleNetworkRoundClosed(round));
        require(servers.length >= minAnswers, OracleNetworkTooFewAnswers(round, servers.length, minAnswers));
        Median storage previous = _medians[setId][round - 1];
        bool stale = version == Version.StaleMedian && previous.published;
        median = stale ? previous.value : _medianOf(setId, round, servers);

        _medians[setId][round] = Median(true, median);

        emit MedianPublished(setId, round, median, servers.length);
    }

    /* VIEWS */

    /// @inheritdoc IServiceBook
    function truthOf(
        uint32 setId,
        bytes32 topic,
        uint64 round
    ) external view override returns (bool settled, bytes32 value) {
        Median storage median = _medians[setId][round];

        return (median.published && topic == PRICE_TOPIC, bytes32(median.value));
    }

    /* INTERNAL */

    /// @notice Returns the median of the prices of a round.
    /// @param setId Operator set.
    /// @param round Round.
    /// @param servers Who signed prices, at least one.
    /// @return median Median [18 dp].
    function _medianOf(uint32 setId, uint64 round, address[] memory servers) private view returns (uint256 median) {
        uint256[] memory prices = new uint256[](servers.length);
        for (uint256 i = 0; i < servers.length; i++) {
            (, bytes32 value) = answerOf(setId, PRICE_TOPIC, round, servers[i]);
            prices[i] = uint256(value);
        }
        Arrays.sort(prices);
        uint256 middle = prices.length / 2;

        return prices.length % 2 == 1 ? prices[middle] : Math.average(prices[middle - 1], prices[middle]);
    }
}
