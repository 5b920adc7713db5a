// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILiquidStakingToken } from "../lst/ILiquidStakingToken.sol";
import { IValidators } from "../lst/IValidators.sol";
import { IPoolReporter } from "./IPoolReporter.sol";

/// @title PoolReporter
/// @notice See {IPoolReporter}.
/// @custom:source docs/contracts/Lens.md, section "Pool reporter"
contract PoolReporter is IPoolReporter {
    /* IMMUTABLES */

    ILiquidStakingToken private immutable _token;
    IValidators private immutable _validators;

    /* CONSTRUCTOR */

    /// @notice Points the reporter at a pool.
    /// @param token_ Liquid staking token; must name this contract its reporter.
    /// @param validators_ Its validators.
    constructor(ILiquidStakingToken token_, IValidators validators_) {
        _token = token_;
        _validators = validators_;
    }

    /* EXTERNAL */

    /// @inheritdoc IPoolReporter
    function report() external {
        _token.report(
            ILiquidStakingToken.Report({
                beaconBalance: _validators.beaconBalance(),
                withdrawals: _validators.withdrawals(),
                tips: _validators.tips(),
                exitedValidators: _validators.exitedValidators(),
                bunker: false
            })
        );
    }

    /// @inheritdoc IPoolReporter
    function stakeBuffer() external {
        uint256 amount = _token.stakeableEther();
        if (amount > 0) _token.stake(amount);
    }
}
