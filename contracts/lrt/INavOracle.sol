// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../libraries/IAggregatorV3.sol";
import { IRateSource } from "../libraries/IRateSource.sol";
import { Nav } from "../types/Nav.sol";
import { IRestakingVault } from "./IRestakingVault.sol";

/// @title INavOracle
/// @notice Says what the shares of a restaking vault are worth: live, as last pushed, or as a quorum reported.
/// @dev Units: assets in wei of the vault's asset; shares with 18 decimals; rates in WAD; shares of a whole in bps; times
/// in clock units, but for the age of the asset's feed, which is in seconds.
///
/// | Quantity | Rounding |
/// |---|---|
/// | rate, pushed price | down |
/// | fee on growth, in assets and in shares | down |
/// | bound of a report, `floor(base * bps / 10000)`, inclusive | down |
/// | base of a report, `floor(supply * old price)` | down |
/// @dev Modes. *Live*: the vault's own assets over its supply, at every instant; no fee, no bounds. *Pushed*: what
/// {push} read of the vault, as a WAD price, until the next push: in between lies the lag. *Quorum*: what so many
/// reporters said with one voice, as the very fraction they gave.
/// @dev Bounds. A report that rises by more than `maxRiseBps`, or falls by more than `maxDropBps`, of what the supply was
/// worth at the old price is *rejected*, *clamped* to the bound, or *held*: then deposits and exits are closed until the
/// owner acknowledges it. Whole percents are a fault that one protocol had: 1.99 % passes a limit of 1.
/// @custom:source docs/contracts/NavOracle.md
interface INavOracle is IRateSource {
    /// @notice Where the rate comes from.
    enum Mode {
        Live,
        Pushed,
        Quorum
    }

    /// @notice What becomes of a report beyond its bounds.
    enum Policy {
        Reject,
        Clamp,
        Hold
    }

    /// @notice Bounds of one report.
    /// @param maxRiseBps Highest rise, inclusive; the greatest value is no bound [bps].
    /// @param maxDropBps Highest fall, inclusive; 10000 and more are no bound [bps].
    /// @param policy What becomes of a report beyond them.
    /// @param inWholePercents True for the fault: a move is floored to whole percents before it is compared.
    struct Guard {
        uint32 maxRiseBps;
        uint32 maxDropBps;
        Policy policy;
        bool inWholePercents;
    }

    /// @notice A report that waits to be acknowledged.
    /// @param assets Assets reported [wei].
    /// @param shares Shares reported.
    /// @param since When it was held; zero while there is none [clock].
    struct Held {
        uint256 assets;
        uint256 shares;
        uint48 since;
    }

    /// @notice Emitted when a report takes effect.
    /// @param before The vault's rate until now [WAD].
    /// @param rate Its rate from now on [WAD].
    /// @param live What its rate would be by what it holds [WAD].
    /// @param feeShares Shares minted as the fee on growth.
    event NavReported(uint256 before, uint256 rate, uint256 live, uint256 feeShares);

    /// @notice Emitted when a reporter votes.
    /// @param round Round.
    /// @param reporter Who voted.
    /// @param assets Assets reported [wei].
    /// @param shares Shares reported.
    /// @param votes Votes for this report so far.
    event NavVoted(uint256 indexed round, address indexed reporter, uint256 assets, uint256 shares, uint256 votes);

    /// @notice Emitted when a report is clamped.
    /// @param reported Assets reported [wei].
    /// @param clamped Assets counted [wei].
    event NavClamped(uint256 reported, uint256 clamped);

    /// @notice Emitted when a report is held: deposits and exits are closed from now on.
    /// @param rate The vault's rate, which stands [WAD].
    /// @param reported What the report would make it, any fee apart [WAD].
    /// @param assets Assets reported [wei].
    /// @param shares Shares reported.
    event NavHeld(uint256 rate, uint256 reported, uint256 assets, uint256 shares);

    /// @notice Emitted when a held report is accepted or dropped.
    /// @param accepted True when it took effect.
    event NavAcknowledged(bool accepted);

    /// @notice Emitted when the bounds change.
    /// @param guard Bounds.
    event GuardSet(Guard guard);

    /// @notice Emitted when the fee changes.
    /// @param feeBps Fee on growth [bps].
    /// @param treasury Who receives it.
    event FeeSet(uint256 feeBps, address treasury);

    /// @notice Emitted when an account becomes a reporter, or no longer is one.
    /// @param reporter Account.
    /// @param allowed True when it now reports.
    event ReporterSet(address indexed reporter, bool allowed);

    /// @notice Emitted when the number of equal votes that a report needs changes.
    /// @param quorum Votes.
    event QuorumSet(uint256 quorum);

    /// @notice Emitted when the instants between reports change.
    /// @param minInterval Least instants between two reports [clock units].
    /// @param maxAge Instants after which the rate is stale [clock units].
    event IntervalsSet(uint48 minInterval, uint48 maxAge);

    /// @notice Emitted when the asset's feed changes.
    /// @param feed Feed, zero for none.
    /// @param maxAge Greatest age of its answer [s].
    event AssetFeedSet(address indexed feed, uint256 maxAge);

    /// @notice Raised when a report comes in another mode than this one.
    /// @param mode This oracle's mode.
    error NavOracleWrongMode(Mode mode);

    /// @notice Raised when an account that is no reporter reports.
    /// @param account Who called.
    error NavOracleNotReporter(address account);

    /// @notice Raised when a report comes too early.
    /// @param now_ Present instant [clock].
    /// @param earliest First instant at which it may [clock].
    error NavOracleTooEarly(uint48 now_, uint256 earliest);

    /// @notice Raised when a round is over.
    /// @param round Round voted for.
    /// @param lastRound Last round that reached its quorum.
    error NavOracleRoundOver(uint256 round, uint256 lastRound);

    /// @notice Raised when a reporter votes twice in a round.
    /// @param round Round.
    /// @param reporter Who voted.
    error NavOracleVotedAlready(uint256 round, address reporter);

    /// @notice Raised when a reported number is beyond 2^128 - 1, or shares are reported without assets.
    /// @param assets Assets reported [wei].
    /// @param shares Shares reported.
    error NavOracleBadReport(uint256 assets, uint256 shares);

    /// @notice Raised when a report rises too much.
    /// @param base What the supply was worth at the old price [wei].
    /// @param assets Assets reported [wei].
    /// @param maxRise Highest rise [wei].
    error NavOracleRiseExceeded(uint256 base, uint256 assets, uint256 maxRise);

    /// @notice Raised when a report falls too much.
    /// @param base What the supply was worth at the old price [wei].
    /// @param assets Assets reported [wei].
    /// @param maxDrop Highest fall [wei].
    error NavOracleDropExceeded(uint256 base, uint256 assets, uint256 maxDrop);

    /// @notice Raised when a held report is expected, or in the way.
    /// @param since When one was held, zero for none [clock].
    error NavOracleHeld(uint48 since);

    /// @notice Raised when the rate is too old.
    /// @param updatedAt Last report [clock].
    /// @param maxAge Instants after which it is stale [clock units].
    error NavOracleStale(uint48 updatedAt, uint48 maxAge);

    /// @notice Raised when a fee of 100 % or more is asked for, or one without a treasury.
    /// @param feeBps Fee asked for [bps].
    /// @param treasury Who would receive it.
    error NavOracleBadFee(uint256 feeBps, address treasury);

    /// @notice Reads the vault and reports what it reads, a fee on growth taken off. Only in mode Pushed, by a reporter.
    /// @dev With `T` assets, `S` shares and the old price `p`: growth = floor((floor(T / S) - p) * S), prices in WAD, fee =
    /// floor(growth * feeBps / 10000), price = floor((T - fee) / S) in WAD, shares minted = floor(fee / price).
    /// @dev Reverts with {NavOracleWrongMode}, {NavOracleNotReporter}, {NavOracleTooEarly}, {NavOracleHeld}, or, where the
    /// policy is to reject, {NavOracleRiseExceeded} and {NavOracleDropExceeded}.
    /// @return rate_ Rate from now on [WAD].
    function push() external returns (uint256 rate_);

    /// @notice Reports a rate on the reporter's own word, whatever the vault holds. Only in mode Pushed, by a reporter.
    /// @dev Counts `ceil(supply * rate)` as the assets, so that the rate is met exactly from one whole share on; else as
    /// {push}.
    /// @param rate_ Rate [WAD].
    function pushRate(uint256 rate_) external;

    /// @notice Votes for a report; it takes effect with the vote that makes the quorum. Only in mode Quorum, by a reporter.
    /// @dev Rounds are named by the reporters and rise; a round below the last decided one is over. Reverts as {push} does,
    /// or with {NavOracleRoundOver}, {NavOracleVotedAlready}, {NavOracleBadReport}.
    /// @param round Round.
    /// @param assets Assets that the shares stood for [wei].
    /// @param shares Shares at that moment.
    /// @return isDecided True when the report took effect, was clamped or held.
    function report(uint256 round, uint256 assets, uint256 shares) external returns (bool isDecided);

    /// @notice Accepts or drops a held report and opens the vault again. Only the owner.
    /// @dev Reverts with {NavOracleHeld} when there is none.
    /// @param accept True to let it take effect, beyond its bounds; false to keep the old rate.
    function acknowledge(bool accept) external;

    /// @notice Sets the bounds. Only the owner.
    /// @param guard_ Bounds.
    function setGuard(Guard calldata guard_) external;

    /// @notice Sets the fee on growth. Only the owner.
    /// @dev Reverts with {NavOracleBadFee}.
    /// @param feeBps_ Fee [bps], below 10000.
    /// @param treasury_ Who receives it, not zero unless the fee is.
    function setFee(uint256 feeBps_, address treasury_) external;

    /// @notice Makes an account a reporter, or no longer one. Only the owner.
    /// @param reporter Account.
    /// @param allowed True when it reports.
    function setReporter(address reporter, bool allowed) external;

    /// @notice Sets how many equal votes a report needs; zero counts as one. Only the owner.
    /// @param quorum_ Votes.
    function setQuorum(uint256 quorum_) external;

    /// @notice Sets how far apart reports are at least and how old they may become. Only the owner.
    /// @param minInterval_ Least instants between two reports [clock units].
    /// @param maxAge_ Instants after which the rate is stale; zero for never [clock units].
    function setIntervals(uint48 minInterval_, uint48 maxAge_) external;

    /// @notice Sets the feed of the asset whose silence closes the vault. Only the owner.
    /// @param feed Feed, zero for none.
    /// @param maxAge_ Greatest age of its answer, inclusive [s].
    function setAssetFeed(IAggregatorV3 feed, uint256 maxAge_) external;

    /// @notice Reverts while the vault must neither take deposits nor price exits.
    /// @dev Reverts with {NavOracleHeld}, {NavOracleStale}, or an error of {FeedReader} about the asset's feed: no stale and
    /// no zero price is ever used.
    function checkOpen() external view;

    /// @notice Returns whether {checkOpen} passes.
    /// @return True when it does.
    function isOpen() external view returns (bool);

    /// @notice Returns what the shares are worth by the last report; never reverts.
    /// @return Fraction of assets and shares.
    function nav() external view returns (Nav memory);

    /// @notice Returns what the vault's shares are worth at this instant, whatever was reported.
    /// @return Fraction of assets and shares.
    function liveNav() external view returns (Nav memory);

    /// @notice Returns the rate that {liveNav} stands for, rounded down.
    /// @return Rate [WAD].
    function liveRate() external view returns (uint256);

    /// @notice Returns the rate, rounded up.
    /// @return Rate [WAD].
    function rateUp() external view returns (uint256);

    /// @notice Returns what a report would do, were it within its bounds.
    /// @param assets Assets reported, below 2^128 [wei].
    /// @param shares Shares reported, below 2^128.
    /// @return rate_ Rate that would stand [WAD].
    /// @return fee Fee on growth [wei].
    /// @return feeShares Shares that would be minted for it.
    function previewReport(
        uint256 assets,
        uint256 shares
    ) external view returns (uint256 rate_, uint256 fee, uint256 feeShares);

    /// @notice Returns the vault that is priced.
    /// @return Vault.
    function vault() external view returns (IRestakingVault);

    /// @notice Returns where the rate comes from.
    /// @return Mode.
    function mode() external view returns (Mode);

    /// @notice Returns when the last report took effect.
    /// @return Time, that of the deployment before the first [clock].
    function updatedAt() external view returns (uint48);

    /// @notice Returns the last round that was decided.
    /// @return Round.
    function lastRound() external view returns (uint256);

    /// @notice Returns the report that waits to be acknowledged.
    /// @return Report; its time is zero while there is none.
    function held() external view returns (Held memory);

    /// @notice Returns the bounds of a report.
    /// @return Bounds.
    function guard() external view returns (Guard memory);
}
