// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { ILiquidStakingToken } from "./ILiquidStakingToken.sol";
import { IValidators } from "./IValidators.sol";

/// @title Validators
/// @notice Simulated validators of a liquid staking token, fully backed by ether.
contract Validators is IValidators, Ownable2Step, ReentrancyGuard {
    /* CONSTANTS */

    /// @notice Stake of one validator [wei].
    uint256 public constant VALIDATOR_STAKE = 32 ether;

    /// @notice Where penalties go; nobody has its key.
    address payable public constant BURN_ADDRESS = payable(0x000000000000000000000000000000000000dEaD);

    /* IMMUTABLES */

    /// @notice The token whose ether is staked.
    ILiquidStakingToken public immutable token;

    /* STORAGE */

    /// @inheritdoc IValidators
    uint256 public beaconBalance;

    /// @inheritdoc IValidators
    uint256 public withdrawals;

    /// @inheritdoc IValidators
    uint256 public tips;

    uint256 private _everStaked;
    uint256 private _everExited;

    /* MODIFIERS */

    modifier onlyToken() {
        require(msg.sender == address(token), ValidatorsOnlyToken(msg.sender, address(token)));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the validators to their token.
    /// @param token_ The token whose ether is staked.
    /// @param owner_ Who decides on exits and penalties.
    constructor(ILiquidStakingToken token_, address owner_) Ownable(owner_) {
        token = token_;
    }

    /* EXTERNAL */

    /// @inheritdoc IValidators
    function stake() external payable onlyToken {
        beaconBalance += msg.value;
        _everStaked += msg.value;

        emit Staked(msg.value, depositedValidators());
    }

    /// @inheritdoc IValidators
    function reward() external payable {
        beaconBalance += msg.value;

        emit Rewarded(msg.sender, msg.value);
    }

    /// @inheritdoc IValidators
    function tip() external payable {
        tips += msg.value;

        emit Tipped(msg.sender, msg.value);
    }

    /// @inheritdoc IValidators
    function penalize(uint256 amount) external onlyOwner nonReentrant {
        _debitBeacon(amount);

        emit Penalized(amount);

        Address.sendValue(BURN_ADDRESS, amount);
    }

    /// @inheritdoc IValidators
    function exit(uint256 amount) external onlyOwner {
        _debitBeacon(amount);
        withdrawals += amount;
        _everExited += amount;

        emit Exited(amount, exitedValidators());
    }

    /// @inheritdoc IValidators
    function collect(uint256 withdrawals_, uint256 tips_) external onlyToken nonReentrant {
        require(withdrawals_ <= withdrawals, ValidatorsInsufficientWithdrawals(withdrawals_, withdrawals));
        require(tips_ <= tips, ValidatorsInsufficientTips(tips_, tips));

        withdrawals -= withdrawals_;
        tips -= tips_;

        emit Collected(withdrawals_, tips_);

        token.receiveEther{ value: withdrawals_ + tips_ }();
    }

    /* VIEWS */

    /// @inheritdoc IValidators
    function depositedValidators() public view returns (uint256) {
        return Math.ceilDiv(_everStaked, VALIDATOR_STAKE);
    }

    /// @inheritdoc IValidators
    function exitedValidators() public view returns (uint256) {
        return Math.min(_everExited / VALIDATOR_STAKE, depositedValidators());
    }

    /* INTERNAL */

    function _debitBeacon(uint256 amount) private {
        require(amount <= beaconBalance, ValidatorsInsufficientBalance(amount, beaconBalance));

        beaconBalance -= amount;
    }
}
