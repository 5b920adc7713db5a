// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title IValidators
/// @notice The validators behind the liquid staking token, as far as its accounting can see them: real ether that
/// grows by rewards, shrinks by penalties, exits to a withdrawals vault, and tips that gather in a second vault.
/// @dev Units: wei. The beacon side is simulated: the owner says when ether exits and what a penalty takes; anyone may
/// pay rewards and tips in, so every wei counted here exists. Nothing becomes known to the token before a report.
/// @custom:source docs/contracts/LiquidStakingToken.md, section "Validators"
interface IValidators {
    /// @notice Emitted when the token stakes.
    /// @param amount Ether staked [wei].
    /// @param depositedValidators Validators ever started.
    event Staked(uint256 amount, uint256 depositedValidators);

    /// @notice Emitted when validators earned a reward on the beacon side.
    /// @param payer Account that paid for it.
    /// @param amount Reward [wei].
    event Rewarded(address indexed payer, uint256 amount);

    /// @notice Emitted when validators earned tips.
    /// @param payer Account that paid them.
    /// @param amount Tips [wei].
    event Tipped(address indexed payer, uint256 amount);

    /// @notice Emitted when validators were penalised; the ether is burned.
    /// @param amount Penalty [wei].
    event Penalized(uint256 amount);

    /// @notice Emitted when ether left the beacon side for the withdrawals vault.
    /// @param amount Ether exited [wei].
    /// @param exitedValidators Validators ever exited.
    event Exited(uint256 amount, uint256 exitedValidators);

    /// @notice Emitted when the token collected what a report released.
    /// @param withdrawals Ether from the withdrawals vault [wei].
    /// @param tips Ether from the tips vault [wei].
    event Collected(uint256 withdrawals, uint256 tips);

    /// @notice Raised when anyone but the token calls.
    /// @param caller Who called.
    /// @param token Who may.
    error ValidatorsOnlyToken(address caller, address token);

    /// @notice Raised when a penalty or an exit takes more than the validators hold.
    /// @param requested Ether asked for [wei].
    /// @param available Ether on the beacon side [wei].
    error ValidatorsInsufficientBalance(uint256 requested, uint256 available);

    /// @notice Raised when more is collected from the withdrawals vault than it holds.
    /// @param requested Ether asked for [wei].
    /// @param available Ether in the vault [wei].
    error ValidatorsInsufficientWithdrawals(uint256 requested, uint256 available);

    /// @notice Raised when more is collected from the tips vault than it holds.
    /// @param requested Ether asked for [wei].
    /// @param available Ether in the vault [wei].
    error ValidatorsInsufficientTips(uint256 requested, uint256 available);

    /// @notice Stakes the ether sent. Only the token.
    function stake() external payable;

    /// @notice Pays a beacon reward of the ether sent. Anyone.
    function reward() external payable;

    /// @notice Pays tips of the ether sent. Anyone.
    function tip() external payable;

    /// @notice Burns `amount` of the beacon balance. Only the owner.
    /// @param amount Penalty [wei].
    function penalize(uint256 amount) external;

    /// @notice Moves `amount` from the beacon side to the withdrawals vault. Only the owner.
    /// @param amount Ether that exits [wei].
    function exit(uint256 amount) external;

    /// @notice Sends ether of both vaults to the token. Only the token.
    /// @param withdrawals_ Ether from the withdrawals vault [wei].
    /// @param tips_ Ether from the tips vault [wei].
    function collect(uint256 withdrawals_, uint256 tips_) external;

    /// @notice Returns the ether on the beacon side.
    /// @return Balance [wei].
    function beaconBalance() external view returns (uint256);

    /// @notice Returns the ether in the withdrawals vault.
    /// @return Balance [wei].
    function withdrawals() external view returns (uint256);

    /// @notice Returns the ether in the tips vault.
    /// @return Balance [wei].
    function tips() external view returns (uint256);

    /// @notice Returns the validators ever started, `ceil(ether ever staked / 32 ether)`.
    /// @return Count.
    function depositedValidators() external view returns (uint256);

    /// @notice Returns the validators ever exited, `floor(ether ever exited / 32 ether)`, at most those started.
    /// @return Count.
    function exitedValidators() external view returns (uint256);
}
