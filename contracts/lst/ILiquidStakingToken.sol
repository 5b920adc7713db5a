// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC6372 } from "@openzeppelin/contracts/interfaces/IERC6372.sol";

import { IReportChecker } from "./IReportChecker.sol";
import { ISharesToken } from "./ISharesToken.sol";
import { IValidators } from "./IValidators.sol";
import { IWithdrawalQueue } from "./IWithdrawalQueue.sol";

/// @title ILiquidStakingToken
/// @notice Ether in, rebasing shares of a staking pool out; the pool learns of rewards and losses by report.
/// @dev Units: ether in wei; shares with 18 decimals; fee in bps; rebase limit in parts of 1e9; times in units of the
/// token's clock (blocks or seconds).
/// @dev Pooled ether is what is buffered here plus the stake as last reported and staked since. Ether sent by force, or
/// to the validators, does not count before a report says so, and a report releases tips only up to the rebase limit:
/// donations cannot move the share price at will. The first shares are minted to a dead address at deployment.
/// @custom:source docs/contracts/LiquidStakingToken.md
interface ILiquidStakingToken is ISharesToken, IERC6372 {
    /// @notice Who runs the token and at what terms.
    /// @param owner Administrator.
    /// @param reporter Account that reports and stakes.
    /// @param treasury Receiver of the fee's shares.
    /// @param feeBps Fee on rewards [bps], below 10000.
    /// @param rebaseLimit Highest growth of the share rate by tips and burns in one report [1e9 = 100 %].
    struct Terms {
        address owner;
        address reporter;
        address treasury;
        uint256 feeBps;
        uint256 rebaseLimit;
    }

    /// @notice What the reporter saw.
    /// @param beaconBalance Balance of all validators [wei].
    /// @param withdrawals Ether in the withdrawals vault [wei].
    /// @param tips Ether in the tips vault [wei].
    /// @param exitedValidators Validators ever exited.
    /// @param bunker True while a loss is known to be pending.
    struct Report {
        uint256 beaconBalance;
        uint256 withdrawals;
        uint256 tips;
        uint256 exitedValidators;
        bool bunker;
    }

    /// @notice What a report does.
    /// @param preEther Pooled ether before [wei].
    /// @param preShares Shares before.
    /// @param postEther Pooled ether after [wei].
    /// @param postShares Shares after.
    /// @param withdrawals Ether collected from the withdrawals vault [wei].
    /// @param tips Ether collected from the tips vault [wei].
    /// @param feeShares Shares minted to the treasury.
    /// @param burnedShares Shares burned of those given up for cover.
    struct Rebase {
        uint256 preEther;
        uint256 preShares;
        uint256 postEther;
        uint256 postShares;
        uint256 withdrawals;
        uint256 tips;
        uint256 feeShares;
        uint256 burnedShares;
    }

    /// @notice Emitted when ether is submitted.
    /// @param holder Receiver of the shares.
    /// @param amount Ether [wei].
    /// @param shares Shares minted.
    event Submitted(address indexed holder, uint256 amount, uint256 shares);

    /// @notice Emitted when buffered ether goes to the validators.
    /// @param amount Ether [wei].
    event BufferStaked(uint256 amount);

    /// @notice Emitted when a report rebases the token.
    /// @param timepoint When [clock].
    /// @param rebase What changed.
    event Rebased(uint48 indexed timepoint, Rebase rebase);

    /// @notice Emitted when bunker mode begins.
    /// @param since Time of the report before the loss: requests made later are held back [clock].
    event BunkerEntered(uint48 since);

    /// @notice Emitted when bunker mode ends.
    /// @param since Time it had begun [clock].
    event BunkerLeft(uint48 since);

    /// @notice Emitted when shares are given up to cover a loss.
    /// @param holder Who gave them up.
    /// @param shares Shares to burn by coming reports.
    event BurnRequested(address indexed holder, uint256 shares);

    /// @notice Emitted when the pool pays withdrawals.
    /// @param amount Ether sent to the queue [wei].
    /// @param shares Shares burned.
    event WithdrawalsFunded(uint256 amount, uint256 shares);

    /// @notice Emitted when the token is connected with its other parts.
    /// @param validators The validators.
    /// @param queue The withdrawal queue.
    /// @param checker The report checker.
    event Wired(address indexed validators, address indexed queue, address indexed checker);

    /// @notice Emitted when the reporter changes.
    /// @param reporter New reporter.
    event ReporterSet(address indexed reporter);

    /// @notice Emitted when the terms of the fee change.
    /// @param treasury Receiver of the fee's shares.
    /// @param feeBps Fee on rewards [bps].
    event FeeSet(address indexed treasury, uint256 feeBps);

    /// @notice Emitted when the rebase limit changes.
    /// @param rebaseLimit Highest growth by one report [1e9 = 100 %].
    event RebaseLimitSet(uint256 rebaseLimit);

    /// @notice Raised when anyone but the part named calls.
    /// @param caller Who called.
    /// @param expected Who may.
    error LiquidStakingTokenUnauthorized(address caller, address expected);

    /// @notice Raised when less than the least seed is sent at deployment.
    /// @param seed Ether sent [wei].
    /// @param minimum Least seed [wei].
    error LiquidStakingTokenSeedTooSmall(uint256 seed, uint256 minimum);

    /// @notice Raised when ether sent buys no share.
    /// @param amount Ether sent [wei].
    error LiquidStakingTokenZeroShares(uint256 amount);

    /// @notice Raised when the treasury or another account that must be one is zero.
    error LiquidStakingTokenZeroAddress();

    /// @notice Raised when a fee is one hundred percent or more.
    /// @param feeBps Fee asked for [bps].
    error LiquidStakingTokenFeeTooHigh(uint256 feeBps);

    /// @notice Raised when more is staked than the buffer has beyond the withdrawals waiting.
    /// @param requested Ether asked for [wei].
    /// @param available Ether that may be staked [wei].
    error LiquidStakingTokenInsufficientBuffer(uint256 requested, uint256 available);

    /// @notice Raised when a second report comes at the same time as the last.
    /// @param lastReportAt Time of the last report [clock].
    error LiquidStakingTokenReportTooEarly(uint48 lastReportAt);

    /// @notice Raised when the token is connected a second time.
    /// @param validators The validators it is connected with.
    error LiquidStakingTokenAlreadyWired(address validators);

    /// @notice Mints shares for the ether sent, `floor(ether * total shares / pooled ether)`.
    /// @dev Reverts with {LiquidStakingTokenZeroShares} when that is zero, with {SharesTokenNoPooledEther} when the
    /// pool lost everything.
    /// @return shares Shares minted.
    function submit() external payable returns (uint256 shares);

    /// @notice Sends buffered ether to the validators. Only the reporter.
    /// @dev Reverts with {LiquidStakingTokenInsufficientBuffer} beyond {stakeableEther}.
    /// @param amount Ether [wei].
    function stake(uint256 amount) external;

    /// @notice Takes a report: losses in full; then withdrawals, then tips, up to the rebase limit (the rest waits in
    /// its vault); then shares given up for cover are burned up to the limit; then the fee is minted. Only the reporter.
    /// @dev Fee, only when `beaconBalance + collected withdrawals > principal`:
    /// `rewards = beaconBalance + withdrawals - principal + tips`, `fee = floor(rewards * feeBps / 10000)`,
    /// `feeShares = floor(fee * (shares - burned) / (postEther - fee))`. A beacon-side loss pays no fee even when tips
    /// exceed it. Beacon-side gains are never held back: they are bounded by the checker.
    /// @dev Bunker mode begins with a report that is flagged `bunker` or shows a beacon-side loss
    /// (`beaconBalance + withdrawals < principal`), dated to the report before it; it ends with the first that is
    /// neither.
    /// @dev Reverts with {LiquidStakingTokenReportTooEarly} unless the clock moved, with the checker's errors when a
    /// bound is passed, with the validators' errors when a vault holds less than reported.
    /// @param report_ What the reporter saw.
    /// @return rebase What changed.
    function report(Report calldata report_) external returns (Rebase memory rebase);

    /// @notice Gives up shares of the caller to be burned by coming reports, for the benefit of all other holders.
    /// @param shares Shares.
    function requestBurn(uint256 shares) external;

    /// @notice Burns `shares` of the queue and sends it `amount`. Only the queue.
    /// @param amount Ether [wei].
    /// @param shares Shares to burn.
    function fundWithdrawals(uint256 amount, uint256 shares) external;

    /// @notice Takes ether that a report released. Only the validators.
    function receiveEther() external payable;

    /// @notice Connects the token with its other parts. Only the owner, once.
    /// @param validators_ The validators.
    /// @param queue_ The withdrawal queue.
    /// @param checker_ The report checker.
    function wire(IValidators validators_, IWithdrawalQueue queue_, IReportChecker checker_) external;

    /// @notice Sets the reporter. Only the owner.
    /// @param reporter_ New reporter.
    function setReporter(address reporter_) external;

    /// @notice Sets the fee. Only the owner.
    /// @param treasury_ Receiver of the fee's shares, not zero.
    /// @param feeBps_ Fee on rewards [bps], below 10000.
    function setFee(address treasury_, uint256 feeBps_) external;

    /// @notice Sets the rebase limit. Only the owner.
    /// @param rebaseLimit_ Highest growth by one report [1e9 = 100 %]; `type(uint64).max` stands for none.
    function setRebaseLimit(uint64 rebaseLimit_) external;

    /// @notice Returns what a report would change, without the checker's bounds.
    /// @param report_ What the reporter saw.
    /// @return rebase What would change.
    function previewReport(Report calldata report_) external view returns (Rebase memory rebase);

    /// @notice Returns the hash under which the second opinion confirms a report; it differs after every report.
    /// @param report_ What the reporter saw.
    /// @return Hash.
    function hashReport(Report calldata report_) external view returns (bytes32);

    /// @notice Returns the ether held here for staking and withdrawals.
    /// @return Ether [wei].
    function bufferedEther() external view returns (uint256);

    /// @notice Returns the beacon balance of the last report and what was staked since.
    /// @return Ether [wei].
    function stakedEther() external view returns (uint256);

    /// @notice Returns the buffered ether that no withdrawal waits for.
    /// @return Ether [wei].
    function stakeableEther() external view returns (uint256);

    /// @notice Returns the shares given up for cover and not burned yet.
    /// @return Shares.
    function sharesToBurn() external view returns (uint256);

    /// @notice Returns the time of the last report, of the deployment when there was none.
    /// @return Time [clock].
    function lastReportAt() external view returns (uint48);

    /// @notice Returns the time bunker mode is dated to, zero outside of it.
    /// @return Time [clock].
    function bunkerSince() external view returns (uint48);
}
