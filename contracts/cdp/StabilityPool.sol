// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { ICollateralBranch } from "./ICollateralBranch.sol";
import { IStabilityPool } from "./IStabilityPool.sol";

/// @title StabilityPool
/// @notice See {IStabilityPool}.
contract StabilityPool is IStabilityPool, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    /// @notice Scale of `P`.
    uint256 public constant P_PRECISION = 1e36;

    /// @notice What `P` is multiplied with when it has become too small.
    uint256 public constant SCALE_FACTOR = 1e9;

    /// @notice What no offset and no withdrawal takes [wei].
    uint256 public constant FLOOR = 1e18;

    /// @notice How many scales after its own a deposit still gains in: later gains are below its wei.
    uint256 private constant _SCALE_SPAN = 2;

    /// @notice How many scales a deposit outlives.
    uint256 private constant _LAST_SCALE = 8;

    /* IMMUTABLES */

    /// @notice Branch whose debts the pool pays.
    ICollateralBranch public immutable branch;

    /// @notice The synthetic dollar.
    IERC20 public immutable dollar;

    /// @notice The branch's collateral.
    IERC20 public immutable collateral;

    /* STORAGE */

    /// @inheritdoc IStabilityPool
    uint256 public totalDeposits;

    /// @inheritdoc IStabilityPool
    uint256 public product = P_PRECISION;

    /// @inheritdoc IStabilityPool
    uint256 public scale;

    /// @inheritdoc IStabilityPool
    uint256 public pendingYield;

    /// @inheritdoc IStabilityPool
    mapping(uint256 scale_ => uint256 sum) public collateralSum;

    /// @inheritdoc IStabilityPool
    mapping(uint256 scale_ => uint256 sum) public yieldSum;

    mapping(address depositor => Deposit deposit_) private _deposits;

    /* MODIFIERS */

    /// @notice Refuses every caller but the branch.
    modifier onlyBranch() {
        require(msg.sender == address(branch), StabilityPoolNotBranch(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the pool to its branch.
    /// @param branch_ Branch whose debts it pays.
    /// @param dollar_ The synthetic dollar.
    /// @param collateral_ The branch's collateral.
    constructor(ICollateralBranch branch_, IERC20 dollar_, IERC20 collateral_) {
        branch = branch_;
        dollar = dollar_;
        collateral = collateral_;
    }

    /* EXTERNAL */

    /// @inheritdoc IStabilityPool
    function deposit(uint256 amount) external nonReentrant {
        require(amount > 0, StabilityPoolZeroAmount());
        branch.accrue();
        uint256 held = compoundedDepositOf(msg.sender);

        totalDeposits += amount;
        (uint256 gain, uint256 yield_) = _touch(held + amount);
        _distribute();

        dollar.safeTransferFrom(msg.sender, address(this), amount);
        _pay(gain, yield_);
    }

    /// @inheritdoc IStabilityPool
    function withdraw(uint256 amount) external nonReentrant {
        require(amount > 0, StabilityPoolZeroAmount());
        branch.accrue();
        uint256 held = compoundedDepositOf(msg.sender);
        require(amount <= held, StabilityPoolInsufficientDeposit(msg.sender, amount, held));
        uint256 left = totalDeposits - amount;
        require(left >= FLOOR, StabilityPoolBelowFloor(left));

        totalDeposits = left;
        (uint256 gain, uint256 yield_) = _touch(held - amount);

        dollar.safeTransfer(msg.sender, amount);
        _pay(gain, yield_);
    }

    /// @inheritdoc IStabilityPool
    function claim() external nonReentrant {
        branch.accrue();
        (uint256 gain, uint256 yield_) = _touch(compoundedDepositOf(msg.sender));
        _pay(gain, yield_);
    }

    /// @inheritdoc IStabilityPool
    function offset(uint256 debt, uint256 collateral_) external onlyBranch {
        uint256 total = totalDeposits;
        require(debt <= offsettable(), StabilityPoolBelowFloor(Math.saturatingSub(total, debt)));

        collateralSum[scale] += Math.mulDiv(product, collateral_, total);
        // The numerator is scaled, not the quotient: so the new P keeps its digits.
        uint256 numerator = product * (total - debt);
        while (numerator / total < P_PRECISION / SCALE_FACTOR) {
            numerator *= SCALE_FACTOR;
            ++scale;
        }
        product = numerator / total;
        totalDeposits = total - debt;

        emit DebtOffset(debt, collateral_, product, scale);
    }

    /// @inheritdoc IStabilityPool
    function receiveYield(uint256 amount) external onlyBranch {
        pendingYield += amount;
        _distribute();

        emit YieldReceived(amount);
    }

    /* VIEWS */

    /// @inheritdoc IStabilityPool
    function depositOf(address depositor) external view returns (Deposit memory) {
        return _deposits[depositor];
    }

    /// @inheritdoc IStabilityPool
    function offsettable() public view returns (uint256) {
        return Math.saturatingSub(totalDeposits, FLOOR);
    }

    /// @inheritdoc IStabilityPool
    function compoundedDepositOf(address depositor) public view returns (uint256) {
        Deposit storage held = _deposits[depositor];
        uint256 scales = scale - held.scale;
        if (held.amount == 0 || scales > _LAST_SCALE) return 0;
        return Math.mulDiv(held.amount, product, held.p) / SCALE_FACTOR ** scales;
    }

    /// @inheritdoc IStabilityPool
    function collateralGainOf(address depositor) public view returns (uint256) {
        Deposit storage held = _deposits[depositor];
        return _gain(collateralSum, held, held.s);
    }

    /// @inheritdoc IStabilityPool
    function yieldGainOf(address depositor) public view returns (uint256) {
        Deposit storage held = _deposits[depositor];
        return _gain(yieldSum, held, held.y);
    }

    /* INTERNAL */

    /// @dev Writes the caller's deposit anew and tells what it has gained until now.
    function _touch(uint256 amount) private returns (uint256 gain, uint256 yield_) {
        gain = collateralGainOf(msg.sender);
        yield_ = yieldGainOf(msg.sender);
        _deposits[msg.sender] = Deposit(amount, product, collateralSum[scale], yieldSum[scale], scale);

        emit DepositUpdated(msg.sender, amount, gain, yield_);
    }

    function _distribute() private {
        if (pendingYield == 0 || totalDeposits < FLOOR) return;
        yieldSum[scale] += Math.mulDiv(product, pendingYield, totalDeposits);
        pendingYield = 0;
    }

    function _pay(uint256 gain, uint256 yield_) private {
        if (yield_ > 0) dollar.safeTransfer(msg.sender, yield_);
        if (gain > 0) collateral.safeTransfer(msg.sender, gain);
    }

    function _gain(
        mapping(uint256 => uint256) storage sums,
        Deposit storage held,
        uint256 before
    ) private view returns (uint256) {
        if (held.amount == 0) return 0;
        uint256 grown = sums[held.scale] - before;
        for (uint256 k = 1; k <= _SCALE_SPAN; ++k) grown += sums[held.scale + k] / SCALE_FACTOR ** k;
        return Math.mulDiv(held.amount, grown, held.p);
    }
}
