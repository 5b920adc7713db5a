// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IStabilityPool
/// @notice Dollars that wait to pay the debts of liquidated troves of one branch, and buy their collateral so.
/// @dev Every offset shrinks all deposits by the same factor. `P` is the product of these factors, so a deposit made at
/// `P0` is now worth `d * P / P0`; `S` sums `P * collateral / deposits` over the offsets, so its gain since `S0` is
/// `d * (S - S0) / P0`; `Y` does the same for interest. Whenever `P` falls below 1e27 it is multiplied by 1e9 and the
/// scale rises by one; a deposit older than `k` scales is divided by `1e9^k`.
/// @dev Units: dollars and collateral in wei; `P` with 1e36, `S` and `Y` with 1e36 per dollar.
///
/// | Quantity | Rounding |
/// |---|---|
/// | P, also when its scale rises | down, one division |
/// | S, Y: each addition | down |
/// | deposit now | down |
/// | gains | down |
/// @dev One whole dollar always stays in the pool: neither an offset nor a withdrawal takes it, so `P` is never zero.
/// @custom:source docs/contracts/StabilityPool.md
interface IStabilityPool {
    /// @notice A deposit as last touched.
    /// @param amount Dollars then [wei].
    /// @param p `P` then [1e36].
    /// @param s `S` of its scale then.
    /// @param y `Y` of its scale then.
    /// @param scale Scale then.
    struct Deposit {
        uint256 amount;
        uint256 p;
        uint256 s;
        uint256 y;
        uint256 scale;
    }

    /// @notice Emitted when a deposit is touched.
    /// @param depositor Depositor.
    /// @param amount Deposit from now on [wei].
    /// @param collateralGain Collateral paid out [wei].
    /// @param yieldGain Interest paid out [wei].
    event DepositUpdated(address indexed depositor, uint256 amount, uint256 collateralGain, uint256 yieldGain);

    /// @notice Emitted when the pool pays debt.
    /// @param debt Debt paid [wei].
    /// @param collateral Collateral received [wei].
    /// @param p `P` afterwards [1e36].
    /// @param scale Scale afterwards.
    event DebtOffset(uint256 debt, uint256 collateral, uint256 p, uint256 scale);

    /// @notice Emitted when interest arrives.
    /// @param amount Interest [wei].
    event YieldReceived(uint256 amount);

    /// @notice Raised when the caller is not the branch.
    /// @param caller Caller.
    error StabilityPoolNotBranch(address caller);

    /// @notice Raised when an amount is zero.
    error StabilityPoolZeroAmount();

    /// @notice Raised when less than one whole dollar would stay.
    /// @param left What would stay [wei].
    error StabilityPoolBelowFloor(uint256 left);

    /// @notice Raised when somebody withdraws more than it has.
    /// @param depositor Depositor.
    /// @param requested Amount asked [wei].
    /// @param available Deposit now [wei].
    error StabilityPoolInsufficientDeposit(address depositor, uint256 requested, uint256 available);

    /// @notice Deposits dollars of the caller, and pays it its gains.
    /// @param amount Dollars [wei].
    function deposit(uint256 amount) external;

    /// @notice Withdraws dollars of the caller, and pays it its gains.
    /// @dev Reverts with {StabilityPoolBelowFloor} when less than one dollar would stay in the pool.
    /// @param amount Dollars [wei].
    function withdraw(uint256 amount) external;

    /// @notice Pays the caller its gains.
    function claim() external;

    /// @notice Takes note that the branch has burned dollars of the pool and sent collateral for them. Only the branch.
    /// @param debt Debt paid, at most {offsettable} [wei].
    /// @param collateral Collateral sent [wei].
    function offset(uint256 debt, uint256 collateral) external;

    /// @notice Takes note that the branch has minted interest to the pool. Only the branch.
    /// @dev While the pool holds less than one dollar the interest waits for depositors.
    /// @param amount Interest [wei].
    function receiveYield(uint256 amount) external;

    /// @notice Returns all deposits.
    /// @return Dollars [wei].
    function totalDeposits() external view returns (uint256);

    /// @notice Returns what the pool can pay: all but one dollar.
    /// @return Dollars [wei].
    function offsettable() external view returns (uint256);

    /// @notice Returns a deposit as last touched.
    /// @param depositor Depositor.
    /// @return Deposit.
    function depositOf(address depositor) external view returns (Deposit memory);

    /// @notice Returns what a deposit is worth now.
    /// @param depositor Depositor.
    /// @return Dollars, rounded down [wei].
    function compoundedDepositOf(address depositor) external view returns (uint256);

    /// @notice Returns the collateral that a depositor would be paid now.
    /// @param depositor Depositor.
    /// @return Collateral, rounded down [wei].
    function collateralGainOf(address depositor) external view returns (uint256);

    /// @notice Returns the interest that a depositor would be paid now, without what the branch has still to mint.
    /// @param depositor Depositor.
    /// @return Dollars, rounded down [wei].
    function yieldGainOf(address depositor) external view returns (uint256);

    /// @notice Returns `P`.
    /// @return Product [1e36].
    function product() external view returns (uint256);

    /// @notice Returns the scale.
    /// @return Number of times that `P` was multiplied by 1e9.
    function scale() external view returns (uint256);

    /// @notice Returns `S` of a scale.
    /// @param scale_ Scale.
    /// @return Sum [1e36 collateral per dollar].
    function collateralSum(uint256 scale_) external view returns (uint256);

    /// @notice Returns `Y` of a scale.
    /// @param scale_ Scale.
    /// @return Sum [1e36 interest per dollar].
    function yieldSum(uint256 scale_) external view returns (uint256);

    /// @notice Returns interest that waits for depositors.
    /// @return Dollars [wei].
    function pendingYield() external view returns (uint256);
}
