// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { Clock } from "../libraries/Clock.sol";
import { FeedReader } from "../libraries/FeedReader.sol";
import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IRateSource } from "../libraries/IRateSource.sol";
import { RestakingVaultMath } from "../libraries/RestakingVaultMath.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { Nav } from "../types/Nav.sol";
import { INavOracle } from "./INavOracle.sol";
import { IRestakingVault } from "./IRestakingVault.sol";
import { NavReports } from "./NavReports.sol";

/// @title NavOracle
/// @notice See {INavOracle}.
contract NavOracle is NavReports {
    using FeedReader for IAggregatorV3;
    using RestakingVaultMath for Nav;
    using WadMath for uint256;

    /// @notice How an oracle is set up.
    /// @param owner Administrator.
    /// @param vault Vault that is priced.
    /// @param mode Where the rate comes from.
    /// @param virtualShares Shares, and assets, that exist in the price only; zero for the bare ratio [shares, 18 dp].
    /// @param isBlindToUnbacked True to leave shares out of the supply that were minted without assets.
    /// @param guard Bounds of a report.
    struct Terms {
        address owner;
        IRestakingVault vault;
        Mode mode;
        uint256 virtualShares;
        bool isBlindToUnbacked;
        Guard guard;
    }

    /* IMMUTABLES */

    /// @notice True when shares that were minted without assets are left out of the supply: the rate does not see them.
    bool public immutable isBlindToUnbacked;

    /* STORAGE */

    /// @notice Votes that a report needs; zero counts as one.
    uint256 public quorum;

    /// @inheritdoc INavOracle
    uint256 public lastRound;

    /// @notice Instants after which the rate is stale; zero for never [clock units].
    uint48 public maxAge;

    /// @notice Feed of the asset whose silence closes the vault; zero for none.
    IAggregatorV3 public assetFeed;

    /// @notice Greatest age of that feed's answer, inclusive [s].
    uint256 public assetFeedMaxAge;

    /// @notice Whether an account reports.
    mapping(address account => bool allowed) public isReporter;

    mapping(uint256 round => mapping(address reporter => bool voted)) private _hasVoted;
    mapping(uint256 round => mapping(bytes32 report => uint256 votes)) private _votes;

    /* MODIFIERS */

    modifier onlyReporter(Mode mode_) {
        require(mode == mode_, NavOracleWrongMode(mode));
        require(isReporter[msg.sender], NavOracleNotReporter(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the oracle to its vault; its first rate is one, and its owner its first reporter.
    /// @param terms How it is set up.
    /// @param clockMode_ Unit of its clock.
    constructor(Terms memory terms, ClockMode clockMode_) Ownable(terms.owner) Clock(clockMode_) {
        vault = terms.vault;
        mode = terms.mode;
        virtualShares = terms.virtualShares;
        isBlindToUnbacked = terms.isBlindToUnbacked;
        isReporter[terms.owner] = true;
        _guard = terms.guard;
        _nav = Nav(WadMath.WAD, WadMath.WAD, 0);
        updatedAt = clock();
    }

    /* EXTERNAL */

    /// @inheritdoc INavOracle
    function push() external onlyReporter(Mode.Pushed) returns (uint256) {
        Nav memory live = liveNav();
        _submit(live.assets, live.shares);
        return rate();
    }

    /// @inheritdoc INavOracle
    function pushRate(uint256 rate_) external onlyReporter(Mode.Pushed) {
        uint256 shares = liveNav().shares;
        _submit(shares.wMulUp(rate_), shares);
    }

    /// @inheritdoc INavOracle
    function report(
        uint256 round,
        uint256 assets,
        uint256 shares
    ) external onlyReporter(Mode.Quorum) returns (bool isDecided) {
        require(round > lastRound, NavOracleRoundOver(round, lastRound));
        require(!_hasVoted[round][msg.sender], NavOracleVotedAlready(round, msg.sender));

        _hasVoted[round][msg.sender] = true;
        uint256 votes = ++_votes[round][keccak256(abi.encode(assets, shares))];
        isDecided = votes >= quorum;
        if (isDecided) lastRound = round;

        emit NavVoted(round, msg.sender, assets, shares, votes);

        if (isDecided) _submit(assets, shares);
    }

    /// @inheritdoc INavOracle
    function setGuard(Guard calldata guard_) external onlyOwner {
        _guard = guard_;

        emit GuardSet(guard_);
    }

    /// @inheritdoc INavOracle
    function setFee(uint256 feeBps_, address treasury_) external onlyOwner {
        bool isGood = feeBps_ == 0 || (feeBps_ < RestakingVaultMath.BPS && treasury_ != address(0));
        require(isGood, NavOracleBadFee(feeBps_, treasury_));

        (feeBps, treasury) = (feeBps_, treasury_);

        emit FeeSet(feeBps_, treasury_);
    }

    /// @inheritdoc INavOracle
    function setReporter(address reporter, bool allowed) external onlyOwner {
        isReporter[reporter] = allowed;

        emit ReporterSet(reporter, allowed);
    }

    /// @inheritdoc INavOracle
    function setQuorum(uint256 quorum_) external onlyOwner {
        quorum = quorum_;

        emit QuorumSet(quorum_);
    }

    /// @inheritdoc INavOracle
    function setIntervals(uint48 minInterval_, uint48 maxAge_) external onlyOwner {
        (minInterval, maxAge) = (minInterval_, maxAge_);

        emit IntervalsSet(minInterval_, maxAge_);
    }

    /// @inheritdoc INavOracle
    function setAssetFeed(IAggregatorV3 feed, uint256 maxAge_) external onlyOwner {
        (assetFeed, assetFeedMaxAge) = (feed, maxAge_);

        emit AssetFeedSet(address(feed), maxAge_);
    }

    /* VIEWS */

    /// @inheritdoc INavOracle
    function isOpen() external view returns (bool) {
        try this.checkOpen() {
            return true;
        } catch {
            return false;
        }
    }

    /// @inheritdoc INavOracle
    function liveRate() external view returns (uint256) {
        return liveNav().rate();
    }

    /// @inheritdoc INavOracle
    function rateUp() external view returns (uint256) {
        return nav().rateUp();
    }

    /// @inheritdoc INavOracle
    function checkOpen() external view {
        if (mode != Mode.Live) {
            require(_held.since == 0, NavOracleHeld(_held.since));
            bool isFresh = maxAge == 0 || clock() <= uint256(updatedAt) + maxAge;
            require(isFresh, NavOracleStale(updatedAt, maxAge));
        }
        if (address(assetFeed) != address(0)) assetFeed.read(assetFeedMaxAge);
    }

    /// @inheritdoc IRateSource
    function rate() public view returns (uint256) {
        return nav().rate();
    }

    /// @inheritdoc INavOracle
    function nav() public view returns (Nav memory) {
        return mode == Mode.Live ? liveNav() : _nav;
    }

    /// @inheritdoc INavOracle
    function liveNav() public view returns (Nav memory) {
        uint256 supply = vault.totalSupply();
        if (isBlindToUnbacked) supply = Math.saturatingSub(supply, vault.unbackedShares());
        return Nav(vault.totalAssets(), supply, virtualShares);
    }
}
