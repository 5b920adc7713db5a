// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IShareManager } from "./IShareManager.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title IRestakingManager
/// @notice Where restakers deposit ERC-20 tokens into whitelisted strategies and where their deposit shares are kept.
/// @dev Token amounts in wei of the strategy's token, shares in wei. Pause bits: 0 = deposits.
/// @custom:source docs/contracts/RestakingManager.md
interface IRestakingManager is IShareManager {
    /// @notice Emitted when a strategy is opened for, or closed to, deposits.
    /// @param strategy Strategy concerned.
    /// @param allowed True when it now takes deposits.
    event StrategyWhitelisted(IStrategy indexed strategy, bool allowed);

    /// @notice Emitted when the deposit caps of a strategy change.
    /// @param strategy Strategy concerned.
    /// @param perDeposit Largest single deposit, inclusive [token wei].
    /// @param total Largest balance of the strategy after a deposit, inclusive [token wei].
    event CapsSet(IStrategy indexed strategy, uint256 perDeposit, uint256 total);

    /// @notice Emitted when tokens are deposited.
    /// @param staker Account credited.
    /// @param strategy Strategy concerned.
    /// @param payer Account that paid.
    /// @param amount Tokens that arrived [token wei].
    /// @param shares Deposit shares credited [wei].
    event Deposited(
        address indexed staker,
        IStrategy indexed strategy,
        address indexed payer,
        uint256 amount,
        uint256 shares
    );

    /// @notice Raised when a strategy takes no deposits.
    /// @param strategy Strategy concerned.
    error RestakingManagerStrategyNotWhitelisted(IStrategy strategy);

    /// @notice Raised when a single deposit is above its cap.
    /// @param strategy Strategy concerned.
    /// @param amount Tokens offered [token wei].
    /// @param cap Largest single deposit, inclusive [token wei].
    error RestakingManagerPerDepositCapExceeded(IStrategy strategy, uint256 amount, uint256 cap);

    /// @notice Raised when a deposit would lift the strategy's balance above its cap.
    /// @param strategy Strategy concerned.
    /// @param balance Balance after the deposit [token wei].
    /// @param cap Largest balance, inclusive [token wei].
    error RestakingManagerTotalCapExceeded(IStrategy strategy, uint256 balance, uint256 cap);

    /// @notice Raised when a staker would hold shares of more strategies than allowed.
    /// @param staker Staker concerned.
    /// @param maximum Largest number of strategies, inclusive.
    error RestakingManagerTooManyStrategies(address staker, uint256 maximum);

    /// @notice Raised when a signature that authorises a deposit has expired.
    /// @param expiry Last second of its validity, inclusive [unix s].
    /// @param timestamp Second of the call [unix s].
    error RestakingManagerSignatureExpired(uint256 expiry, uint256 timestamp);

    /// @notice Raised when a signature that authorises a deposit is not the staker's.
    /// @param staker Staker whose signature was needed.
    error RestakingManagerInvalidSignature(address staker);

    /// @notice Deposits `amount` of the caller's tokens.
    /// @dev Needs an allowance to this contract. Fees on transfer and rebase rounding are the payer's: what arrives is
    /// credited.
    /// @dev Reverts with {RestakingManagerStrategyNotWhitelisted}, a cap error, {RestakingManagerTooManyStrategies},
    /// {IStrategy-StrategyNewSharesZero}, or `OperatorDelegationFullySlashed` when the staker's operator has nothing left.
    /// @param strategy Strategy to deposit into.
    /// @param amount Tokens to pay [token wei].
    /// @return shares Deposit shares credited [wei].
    function deposit(IStrategy strategy, uint256 amount) external returns (uint256 shares);

    /// @notice Deposits the caller's tokens for `staker`, who signed for it.
    /// @dev The signature keeps strangers from filling a staker's list of strategies. EIP-712 type
    /// `Deposit(address staker,address strategy,uint256 amount,address payer,uint256 nonce,uint256 expiry)`; ERC-1271
    /// accepted. Reverts as {deposit}, or with {RestakingManagerSignatureExpired} or
    /// {RestakingManagerInvalidSignature}.
    /// @param staker Account credited.
    /// @param strategy Strategy to deposit into.
    /// @param amount Tokens to pay [token wei].
    /// @param expiry Last second of the signature's validity, inclusive [unix s].
    /// @param signature Signature of `staker` over {depositDigest}.
    /// @return shares Deposit shares credited [wei].
    function depositFor(
        address staker,
        IStrategy strategy,
        uint256 amount,
        uint256 expiry,
        bytes calldata signature
    ) external returns (uint256 shares);

    /// @notice Opens or closes strategies for deposits; withdrawals are never closed.
    /// @dev Only the owner. A strategy opened for the first time has no caps.
    /// @param strategies Strategies concerned.
    /// @param allowed True to open them.
    function setWhitelisted(IStrategy[] calldata strategies, bool allowed) external;

    /// @notice Sets the deposit caps of a strategy.
    /// @dev Only the owner. A lower cap touches no balance that is there already.
    /// @param strategy Strategy concerned.
    /// @param perDeposit Largest single deposit, inclusive [token wei].
    /// @param total Largest balance after a deposit, inclusive [token wei].
    function setCaps(IStrategy strategy, uint256 perDeposit, uint256 total) external;

    /// @notice Pays slashed shares out to their recipient at the present price of a share.
    /// @dev Only the slasher.
    /// @param recipient Burn address or redistribution recipient.
    /// @param strategy Strategy concerned.
    /// @param shares Slashed shares [wei].
    /// @return amount Tokens sent [token wei].
    function payOutSlashed(address recipient, IStrategy strategy, uint256 shares) external returns (uint256 amount);

    /// @notice Returns whether a strategy takes deposits.
    /// @param strategy Strategy asked about.
    /// @return True when it does.
    function isWhitelisted(IStrategy strategy) external view returns (bool);

    /// @notice Returns every strategy that takes deposits.
    /// @return Strategies, in no particular order.
    function whitelistedStrategies() external view returns (IStrategy[] memory);

    /// @notice Returns the deposit caps of a strategy.
    /// @param strategy Strategy asked about.
    /// @return perDeposit Largest single deposit, inclusive [token wei].
    /// @return total Largest balance after a deposit, inclusive [token wei].
    function capsOf(IStrategy strategy) external view returns (uint256 perDeposit, uint256 total);

    /// @notice Returns everything a staker has deposited here.
    /// @param staker Staker asked about.
    /// @return strategies Strategies with a balance.
    /// @return shares Deposit shares per strategy [wei].
    function depositsOf(address staker) external view returns (IStrategy[] memory strategies, uint256[] memory shares);

    /// @notice Returns what a staker has to sign for {depositFor}.
    /// @param staker Account credited.
    /// @param strategy Strategy to deposit into.
    /// @param amount Tokens to pay [token wei].
    /// @param payer Account that will call {depositFor}.
    /// @param expiry Last second of validity, inclusive [unix s].
    /// @return EIP-712 digest with the staker's present nonce.
    function depositDigest(
        address staker,
        IStrategy strategy,
        uint256 amount,
        address payer,
        uint256 expiry
    ) external view returns (bytes32);
}
