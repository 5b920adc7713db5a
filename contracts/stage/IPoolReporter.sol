// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IPoolReporter
/// @notice The liquid staking token's honest reporter: what it reports is what the mock validators hold right then.
/// @dev A report must carry balances of the very moment, which no participant can know when a step is planned.
/// @custom:source docs/contracts/Lens.md, section "Pool reporter"
interface IPoolReporter {
    /// @notice Reports the validators' balances; anybody may call, since nothing but the truth is reported.
    /// @dev Reverts as {ILiquidStakingToken.report} does.
    function report() external;

    /// @notice Sends the token's free ether to the validators; anybody may call.
    /// @dev Does nothing where there is none.
    function stakeBuffer() external;
}
