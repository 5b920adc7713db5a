// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { Clock } from "../libraries/Clock.sol";
import { LiquidStakingMath } from "../libraries/LiquidStakingMath.sol";
import { PausableFlags } from "../libraries/PausableFlags.sol";
import { ClockMode } from "../types/ClockMode.sol";
import { ILiquidStakingToken } from "./ILiquidStakingToken.sol";
import { IReportChecker } from "./IReportChecker.sol";
import { ISharesToken } from "./ISharesToken.sol";
import { IValidators } from "./IValidators.sol";
import { IWithdrawalQueue } from "./IWithdrawalQueue.sol";
import { SharesToken } from "./SharesToken.sol";

/// @title LiquidStakingToken
/// @notice Rebasing liquid staking token over simulated validators.
contract LiquidStakingToken is ILiquidStakingToken, SharesToken, Clock, PausableFlags, ReentrancyGuard {
    /* CONSTANTS */

    /// @notice Holder of the first shares; nobody has its key.
    address public constant SEED_HOLDER = 0x000000000000000000000000000000000000dEaD;

    /// @notice Least seed [wei]: whoever inflates the share price pays it to this many dead shares first.
    uint256 public constant MINIMUM_SEED = 1 gwei;

    /// @notice Bit that pauses {submit}.
    uint8 public constant PAUSED_SUBMIT = 0;

    /// @notice Bit that pauses {stake}.
    uint8 public constant PAUSED_STAKE = 1;

    /// @notice Bit that pauses {report}.
    uint8 public constant PAUSED_REPORT = 2;

    /* STORAGE */

    /// @notice The validators.
    IValidators public validators;

    /// @notice The withdrawal queue.
    IWithdrawalQueue public queue;

    /// @notice The report checker.
    IReportChecker public checker;

    /// @notice Who reports and stakes.
    address public reporter;

    /// @notice Receiver of the fee's shares.
    address public treasury;

    /// @notice Fee on rewards [bps].
    uint256 public feeBps;

    /// @notice Highest growth of the share rate by tips and burns in one report [1e9 = 100 %].
    uint256 public rebaseLimit;

    /// @inheritdoc ILiquidStakingToken
    uint256 public bufferedEther;

    /// @inheritdoc ILiquidStakingToken
    uint256 public stakedEther;

    /// @inheritdoc ILiquidStakingToken
    uint256 public sharesToBurn;

    /// @inheritdoc ILiquidStakingToken
    uint48 public lastReportAt;

    /// @inheritdoc ILiquidStakingToken
    uint48 public bunkerSince;

    /* MODIFIERS */

    modifier only(address expected) {
        require(msg.sender == expected, LiquidStakingTokenUnauthorized(msg.sender, expected));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Mints the seed's shares, one a wei, to {SEED_HOLDER}.
    /// @param terms Who runs the token and at what terms.
    /// @param clockMode_ Unit of time: blocks or seconds.
    constructor(Terms memory terms, ClockMode clockMode_) payable Ownable(terms.owner) Clock(clockMode_) {
        require(msg.value >= MINIMUM_SEED, LiquidStakingTokenSeedTooSmall(msg.value, MINIMUM_SEED));

        _setReporter(terms.reporter);
        _setFee(terms.treasury, terms.feeBps);
        _setRebaseLimit(terms.rebaseLimit);
        lastReportAt = clock();
        bufferedEther = msg.value;
        _mintShares(SEED_HOLDER, msg.value);

        _emitTransfer(address(0), SEED_HOLDER, msg.value, msg.value);
    }

    /* EXTERNAL */

    /// @inheritdoc ILiquidStakingToken
    function submit() external payable whenNotPaused(PAUSED_SUBMIT) returns (uint256 shares) {
        shares = getSharesByPooledEth(msg.value);
        require(shares > 0, LiquidStakingTokenZeroShares(msg.value));

        bufferedEther += msg.value;
        _mintShares(msg.sender, shares);

        emit Submitted(msg.sender, msg.value, shares);
        _emitTransfer(address(0), msg.sender, getPooledEthByShares(shares), shares);
    }

    /// @inheritdoc ILiquidStakingToken
    function stake(uint256 amount) external only(reporter) whenNotPaused(PAUSED_STAKE) nonReentrant {
        uint256 available = stakeableEther();
        require(amount <= available, LiquidStakingTokenInsufficientBuffer(amount, available));

        bufferedEther -= amount;
        stakedEther += amount;

        emit BufferStaked(amount);

        validators.stake{ value: amount }();
    }

    /// @inheritdoc ILiquidStakingToken
    function report(
        Report calldata report_
    ) external only(reporter) whenNotPaused(PAUSED_REPORT) nonReentrant returns (Rebase memory rebase) {
        uint48 timepoint = clock();
        require(timepoint > lastReportAt, LiquidStakingTokenReportTooEarly(lastReportAt));
        rebase = previewReport(report_);
        IReportChecker.Claim memory claim = _claimOf(report_, timepoint);

        _settleBunker(report_.bunker || claim.balance < claim.principal);
        bufferedEther += rebase.withdrawals + rebase.tips;
        stakedEther = report_.beaconBalance;
        lastReportAt = timepoint;
        _settleShares(rebase);

        emit Rebased(timepoint, rebase);

        checker.check(claim);
        validators.collect(rebase.withdrawals, rebase.tips);
    }

    /// @inheritdoc ILiquidStakingToken
    function requestBurn(uint256 shares) external {
        sharesToBurn += shares;
        _transferShares(msg.sender, address(this), shares);

        emit BurnRequested(msg.sender, shares);
        _emitTransfer(msg.sender, address(this), getPooledEthByShares(shares), shares);
    }

    /// @inheritdoc ILiquidStakingToken
    function fundWithdrawals(uint256 amount, uint256 shares) external only(address(queue)) nonReentrant {
        uint256 worth = getPooledEthByShares(shares);

        bufferedEther -= amount;
        _burnShares(msg.sender, shares);

        emit WithdrawalsFunded(amount, shares);
        _emitTransfer(msg.sender, address(0), worth, shares);

        queue.receiveEther{ value: amount }();
    }

    /// @inheritdoc ILiquidStakingToken
    function receiveEther() external payable {
        // Already counted by the report that collects it.
        bool isValidators = msg.sender == address(validators);
        require(isValidators, LiquidStakingTokenUnauthorized(msg.sender, address(validators)));
    }

    /// @inheritdoc ILiquidStakingToken
    function wire(IValidators validators_, IWithdrawalQueue queue_, IReportChecker checker_) external onlyOwner {
        require(address(validators) == address(0), LiquidStakingTokenAlreadyWired(address(validators)));
        require(address(validators_) != address(0), LiquidStakingTokenZeroAddress());
        require(address(queue_) != address(0) && address(checker_) != address(0), LiquidStakingTokenZeroAddress());

        validators = validators_;
        queue = queue_;
        checker = checker_;

        emit Wired(address(validators_), address(queue_), address(checker_));
    }

    /// @inheritdoc ILiquidStakingToken
    function setReporter(address reporter_) external onlyOwner {
        _setReporter(reporter_);
    }

    /// @inheritdoc ILiquidStakingToken
    function setFee(address treasury_, uint256 feeBps_) external onlyOwner {
        _setFee(treasury_, feeBps_);
    }

    /// @inheritdoc ILiquidStakingToken
    function setRebaseLimit(uint64 rebaseLimit_) external onlyOwner {
        _setRebaseLimit(rebaseLimit_);
    }

    /* VIEWS */

    /// @inheritdoc IERC20Metadata
    function name() external pure returns (string memory) {
        return "Faultline Staked Ether";
    }

    /// @inheritdoc IERC20Metadata
    function symbol() external pure returns (string memory) {
        return "fstETH";
    }

    /// @inheritdoc ILiquidStakingToken
    function hashReport(Report calldata report_) public view returns (bytes32) {
        return keccak256(abi.encode(address(this), lastReportAt, report_));
    }

    /// @inheritdoc ILiquidStakingToken
    function previewReport(Report calldata report_) public view returns (Rebase memory rebase) {
        uint256 principal = stakedEther;
        rebase.preEther = bufferedEther + principal;
        rebase.preShares = totalShares;

        uint256 ceiling = LiquidStakingMath.maxPooledEther(rebase.preEther, rebaseLimit);
        uint256 pooled = bufferedEther + report_.beaconBalance;
        rebase.withdrawals = Math.min(report_.withdrawals, Math.saturatingSub(ceiling, pooled));
        pooled += rebase.withdrawals;
        rebase.tips = Math.min(report_.tips, Math.saturatingSub(ceiling, pooled));
        pooled += rebase.tips;
        rebase.postEther = pooled;

        uint256 burnable = LiquidStakingMath.burnableShares(rebase.preShares, rebase.preEther, pooled, rebaseLimit);
        rebase.burnedShares = Math.min(sharesToBurn, burnable);
        uint256 shares = rebase.preShares - rebase.burnedShares;
        uint256 unified = report_.beaconBalance + rebase.withdrawals;
        if (unified > principal) {
            uint256 rewards = unified - principal + rebase.tips;
            rebase.feeShares = LiquidStakingMath.feeShares(rewards, feeBps, shares, pooled);
        }
        rebase.postShares = shares + rebase.feeShares;
    }

    /// @inheritdoc ILiquidStakingToken
    function stakeableEther() public view returns (uint256) {
        return Math.saturatingSub(bufferedEther, queue.unfinalizedEther());
    }

    /// @inheritdoc SharesToken
    function totalPooledEther() public view override(ISharesToken, SharesToken) returns (uint256) {
        return bufferedEther + stakedEther;
    }

    /* INTERNAL */

    function _settleBunker(bool isBunker) private {
        if (isBunker && bunkerSince == 0) {
            bunkerSince = lastReportAt;
            emit BunkerEntered(lastReportAt);
        } else if (!isBunker && bunkerSince != 0) {
            emit BunkerLeft(bunkerSince);
            bunkerSince = 0;
        }
    }

    function _settleShares(Rebase memory rebase) private {
        if (rebase.burnedShares > 0) {
            sharesToBurn -= rebase.burnedShares;
            _burnShares(address(this), rebase.burnedShares);
            uint256 worth = Math.mulDiv(rebase.burnedShares, rebase.preEther, rebase.preShares);
            _emitTransfer(address(this), address(0), worth, rebase.burnedShares);
        }
        if (rebase.feeShares > 0) {
            _mintShares(treasury, rebase.feeShares);
            _emitTransfer(address(0), treasury, getPooledEthByShares(rebase.feeShares), rebase.feeShares);
        }
    }

    function _setReporter(address reporter_) private {
        reporter = reporter_;

        emit ReporterSet(reporter_);
    }

    function _setFee(address treasury_, uint256 feeBps_) private {
        require(treasury_ != address(0), LiquidStakingTokenZeroAddress());
        require(feeBps_ < LiquidStakingMath.BPS, LiquidStakingTokenFeeTooHigh(feeBps_));

        treasury = treasury_;
        feeBps = feeBps_;

        emit FeeSet(treasury_, feeBps_);
    }

    function _setRebaseLimit(uint256 rebaseLimit_) private {
        rebaseLimit = rebaseLimit_;

        emit RebaseLimitSet(rebaseLimit_);
    }

    function _claimOf(
        Report calldata report_,
        uint48 timepoint
    ) private view returns (IReportChecker.Claim memory claim) {
        claim.principal = stakedEther;
        claim.balance = report_.beaconBalance + report_.withdrawals;
        claim.elapsed = timepoint - lastReportAt;
        claim.timepoint = timepoint;
        claim.depositedValidators = validators.depositedValidators();
        claim.exitedValidators = report_.exitedValidators;
        claim.reportHash = hashReport(report_);
    }
}
