// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import { IERC165 } from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import { IERC7540Operator } from "../libraries/IERC7540Operator.sol";
import { IERC7540Redeem } from "../libraries/IERC7540Redeem.sol";
import { IERC7575Share } from "../libraries/IERC7575Share.sol";
import { IERC7575Vault } from "../libraries/IERC7575Vault.sol";
import { IRateSource } from "../libraries/IRateSource.sol";
import { IExitQueue } from "./IExitQueue.sol";
import { INavOracle } from "./INavOracle.sol";
import { IVaultDelegators } from "./IVaultDelegators.sol";

/// @title IRestakingVault
/// @notice The liquid restaking token: takes the wrapped liquid staking token, restakes it with several operators, and
/// redeems through a queue or at once from a buffer.
/// @dev Units: assets in wei of the wrapped liquid staking token; shares with 18 decimals; rates in WAD; fees in bps.
///
/// | Quantity | Rounding |
/// |---|---|
/// | deposit: shares for assets | down, at the dearer price |
/// | mint: assets for shares | up, at the dearer price |
/// | quote of a redemption: assets for shares | down, at the cheaper price |
/// | shares to hand in for assets, {sharesForWithdrawal} | up, at the cheaper price |
/// | fee rate of an instant exit | down |
/// | fee of an instant exit | up |
/// | claims | see {IExitQueue} |
/// | rate; where the asset has a rate of its own, once for each of the two | down |
/// @dev Prices are those of the {oracle}. Its virtual shares make two of one price, see {RestakingVaultMath}: whoever comes
/// in pays the dearer, whoever goes out gets the cheaper. Anything that would be worth zero shares or zero assets reverts.
/// @dev Assets: the buffer, what the delegators hold after slashing, what is queued for withdrawal from them at today's
/// slashing factor, and the surplus of finalised batches. What is fixed for claimable redemptions lies in the queue and is
/// not counted. Assets that are sent here without a call are not counted either, so a donation moves no price.
/// @dev While nobody holds shares, one costs one asset by a live rate; assets that are there already become shares of
/// nobody with the next deposit.
/// @dev ERC-4626 deposits, ERC-7540 redemptions. A request has a number of its own, from 1 on; `redeem` and `withdraw`
/// claim the controller's oldest requests first, in part if asked. Number 0 in {pendingRedeemRequest} and
/// {claimableRedeemRequest} stands for all of a controller's requests together. `previewRedeem` and `previewWithdraw`
/// always revert. An operator acts without allowance; others need one of the shares. A controller has at most 64 open
/// requests of shares that were not its own and that neither it nor its operator asked for.
/// @dev Assumes an asset that neither rebases nor takes fees on transfers. Pause bits: 0 = deposits, 1 = requests,
/// 2 = claims, 3 = instant exits.
/// @custom:source docs/contracts/RestakingVault.md
interface IRestakingVault is
    IERC4626,
    IERC7540Operator,
    IERC7540Redeem,
    IERC7575Vault,
    IERC7575Share,
    IERC165,
    IRateSource
{
    /// @notice What an instant exit costs, by how much it leaves in the buffer.
    /// @param capacity Free buffer from which on the fee is least [wei].
    /// @param floor Free buffer from which down the fee is highest, and below which no exit may take it [wei].
    /// @param minBps Least fee [bps].
    /// @param maxBps Highest fee [bps].
    /// @param recipient Who receives the fee; zero leaves it in the vault.
    struct FeeCurve {
        uint256 capacity;
        uint256 floor;
        uint16 minBps;
        uint16 maxBps;
        address recipient;
    }

    /// @notice Emitted when the vault's parts are named.
    /// @param oracle What prices the shares.
    /// @param queue Where redemptions wait.
    /// @param delegators Its operators.
    event Wired(INavOracle oracle, IExitQueue queue, IVaultDelegators delegators);

    /// @notice Emitted when assets come in that no share is minted for.
    /// @param payer Who paid.
    /// @param assets Assets [wei].
    event Rewarded(address indexed payer, uint256 assets);

    /// @notice Emitted when shares leave at once.
    /// @param owner Whose shares were burned.
    /// @param receiver Who was paid.
    /// @param shares Shares burned.
    /// @param assets Assets paid [wei].
    /// @param fee Fee taken [wei].
    event InstantExit(address indexed owner, address indexed receiver, uint256 shares, uint256 assets, uint256 fee);

    /// @notice Emitted when buffered assets go to a delegator.
    /// @param delegator Delegator.
    /// @param assets Assets [wei].
    event Released(address indexed delegator, uint256 assets);

    /// @notice Emitted when assets come back into the buffer.
    /// @param assets Assets [wei].
    event Collected(uint256 assets);

    /// @notice Emitted when redeemed shares are burned for assets of the buffer.
    /// @param shares Shares burned.
    /// @param assets Assets that left the buffer [wei].
    event Settled(uint256 shares, uint256 assets);

    /// @notice Emitted when shares are minted without assets.
    /// @param minter Who minted.
    /// @param to Who received them.
    /// @param shares Shares.
    /// @param value What they would be worth at the rate before [as {rate}].
    event UnbackedMinted(address indexed minter, address indexed to, uint256 shares, uint256 value);

    /// @notice Emitted when unbacked shares are taken back.
    /// @param holder Whose shares were burned.
    /// @param shares Shares.
    event UnbackedBurned(address indexed holder, uint256 shares);

    /// @notice Emitted when the curator changes.
    /// @param curator Who moves the vault's stake.
    event CuratorSet(address indexed curator);

    /// @notice Emitted when the minter changes.
    /// @param minter Who may mint without assets; zero for nobody.
    /// @param cap Shares it may still mint.
    event MinterSet(address indexed minter, uint256 cap);

    /// @notice Emitted when the source of the asset's own rate changes.
    /// @param source Source, zero for none.
    event AssetRateSet(address indexed source);

    /// @notice Emitted when the deposit limit changes.
    /// @param limit Highest assets after a deposit [wei].
    event DepositLimitSet(uint256 limit);

    /// @notice Emitted when the fee of instant exits changes.
    /// @param curve Fee curve.
    event FeeCurveSet(FeeCurve curve);

    /// @notice Raised when an amount is zero, or worth nothing.
    /// @param assets Assets [wei].
    /// @param shares Shares.
    error RestakingVaultZeroAmount(uint256 assets, uint256 shares);

    /// @notice Raised when shares are asked for that are worth nothing any more.
    /// @param shares Shares that stand for nothing.
    error RestakingVaultWorthless(uint256 shares);

    /// @notice Raised when a deposit is above the limit.
    /// @param assets Assets offered [wei].
    /// @param maximum Assets still taken [wei].
    error RestakingVaultDepositLimit(uint256 assets, uint256 maximum);

    /// @notice Raised when a synchronous preview of an asynchronous redemption is asked for.
    error RestakingVaultAsynchronous();

    /// @notice Raised when an account acts for a controller that did not allow it.
    /// @param caller Who called.
    /// @param controller Controller.
    error RestakingVaultNotOperator(address caller, address controller);

    /// @notice Raised when a controller, receiver or part is zero.
    error RestakingVaultZeroAddress();

    /// @notice Raised when the vault is used before its owner named its parts by {wire}.
    error RestakingVaultNotWired();

    /// @notice Raised when an account calls what only one other may.
    /// @param caller Who called.
    /// @param expected Who may.
    error RestakingVaultUnauthorized(address caller, address expected);

    /// @notice Raised when the vault is wired twice.
    error RestakingVaultAlreadyWired();

    /// @notice Raised when the free buffer cannot pay.
    /// @param requested Assets asked for [wei].
    /// @param available Assets that are free [wei].
    error RestakingVaultBufferExceeded(uint256 requested, uint256 available);

    /// @notice Raised when an instant exit pays less than its caller's minimum.
    /// @param given What it would pay [wei].
    /// @param minimum What the caller asked for [wei].
    error RestakingVaultInsufficientOutput(uint256 given, uint256 minimum);

    /// @notice Raised when more shares are minted without assets than the cap leaves.
    /// @param requested Shares asked for.
    /// @param available Shares that may still be minted.
    error RestakingVaultCapExceeded(uint256 requested, uint256 available);

    /// @notice Raised when a fee curve does not rise from capacity to floor within 100 %.
    /// @param curve Fee curve.
    error RestakingVaultBadFeeCurve(FeeCurve curve);

    /// @notice Raised when assets are said to have come and have not.
    /// @param expected Assets that should be here [wei].
    /// @param held Assets that are [wei].
    error RestakingVaultMissingAssets(uint256 expected, uint256 held);

    /// @notice Names the vault's parts, once. Only the owner.
    /// @dev Reverts with {RestakingVaultAlreadyWired} or {RestakingVaultZeroAddress}.
    /// @param oracle_ What prices the shares.
    /// @param queue_ Where redemptions wait.
    /// @param delegators_ Its operators.
    function wire(INavOracle oracle_, IExitQueue queue_, IVaultDelegators delegators_) external;

    /// @notice Requests the redemption of the shares that assets are worth, rounded down; the quote is those assets.
    /// @dev As {requestRedeem}, which quotes the worth of the shares. Reverts with {RestakingVaultZeroAmount}.
    /// @param assets Assets [wei].
    /// @param controller Who may claim.
    /// @param owner Whose shares are taken, as for {requestRedeem}.
    /// @return requestId Request.
    /// @return shares Shares taken.
    function requestWithdraw(
        uint256 assets,
        address controller,
        address owner
    ) external returns (uint256 requestId, uint256 shares);

    /// @notice Burns shares and pays at once from the free buffer, a fee taken off.
    /// @dev Reverts with {RestakingVaultZeroAmount}, {RestakingVaultBufferExceeded} when the exit would take the free
    /// buffer below the floor, {RestakingVaultInsufficientOutput}, or as {INavOracle-checkOpen} does.
    /// @param shares Shares.
    /// @param receiver Who is paid.
    /// @param owner Whose shares are burned: the caller, or who allowed it as for {requestRedeem}.
    /// @param minAssets Least assets to be paid [wei].
    /// @return assets Assets paid [wei].
    function redeemInstant(
        uint256 shares,
        address receiver,
        address owner,
        uint256 minAssets
    ) external returns (uint256 assets);

    /// @notice Pays one claimable request whole, whatever other requests there are.
    /// @dev Reverts with {RestakingVaultNotOperator}, {IExitQueue-ExitQueueNotClaimable}.
    /// @param requestId Request.
    /// @param receiver Who is paid.
    /// @return assets Assets paid [wei].
    function claim(uint256 requestId, address receiver) external returns (uint256 assets);

    /// @notice Takes assets of the caller for the holders: rewards, or a loss made good.
    /// @param assets Assets [wei].
    function reward(uint256 assets) external;

    /// @notice Mints shares that no assets stand behind, within the cap. Only the minter.
    /// @dev Warning: this is the door of a compromised key or a forged bridge message. A cap of the greatest value is none.
    /// @dev Reverts with {RestakingVaultUnauthorized}, {RestakingVaultCapExceeded}.
    /// @param to Who receives them.
    /// @param shares Shares.
    function mintUnbacked(address to, uint256 shares) external;

    /// @notice Burns shares of the caller against unbacked ones.
    /// @param shares Shares; at most as many as are unbacked.
    function burnUnbacked(uint256 shares) external;

    /// @notice Mints the fee on growth. Only the oracle.
    /// @param to Who receives it.
    /// @param shares Shares.
    function mintFee(address to, uint256 shares) external;

    /// @notice Burns redeemed shares that the queue holds and sends it their assets. Only the queue.
    /// @param shares Shares.
    /// @param assets Assets [wei].
    function settle(uint256 shares, uint256 assets) external;

    /// @notice Sends free assets to a delegator. Only the set of delegators.
    /// @dev Reverts with {RestakingVaultBufferExceeded} when more is asked for than {spendable}.
    /// @param to Delegator.
    /// @param assets Assets [wei].
    function release(address to, uint256 assets) external;

    /// @notice Books assets that were sent here before. Only the set of delegators and the queue.
    /// @param assets Assets [wei].
    function collect(uint256 assets) external;

    /// @notice Sets who moves the vault's stake. Only the owner.
    /// @param curator_ Curator.
    function setCurator(address curator_) external;

    /// @notice Sets who may mint without assets, and how much. Only the owner.
    /// @param minter_ Minter, zero for nobody.
    /// @param cap Shares it may mint from now on; the greatest value is no cap.
    function setMinter(address minter_, uint256 cap) external;

    /// @notice Sets what tells the asset's own rate, such as the wrapped token itself. Only the owner.
    /// @dev {rate} then counts in what that rate counts in: ether, for a wrapped liquid staking token.
    /// @param source Source, zero for none.
    function setAssetRate(IRateSource source) external;

    /// @notice Sets the highest assets after a deposit. Only the owner.
    /// @param limit Assets [wei].
    function setDepositLimit(uint256 limit) external;

    /// @notice Sets the fee of instant exits. Only the owner.
    /// @dev Reverts with {RestakingVaultBadFeeCurve}.
    /// @param curve Fee curve.
    function setFeeCurve(FeeCurve calldata curve) external;

    /// @notice Returns what an instant exit would pay now.
    /// @param shares Shares.
    /// @return assets Assets paid [wei].
    /// @return fee Fee taken [wei].
    /// @return feeBps_ Rate of the fee [bps].
    function previewInstant(uint256 shares) external view returns (uint256 assets, uint256 fee, uint256 feeBps_);

    /// @notice Returns the fee rate of an instant exit that leaves so much.
    /// @param left Free buffer after the exit [wei].
    /// @return Fee rate [bps].
    function feeBpsAt(uint256 left) external view returns (uint256);

    /// @notice Returns the shares to hand in for assets, rounded up.
    /// @param assets Assets [wei].
    /// @return Shares.
    function sharesForWithdrawal(uint256 assets) external view returns (uint256);

    /// @notice Returns what assets are worth at the asset's own rate, rounded down; the assets where it has none.
    /// @param assets Assets [wei].
    /// @return Value [as {rate}].
    function worthOf(uint256 assets) external view returns (uint256);

    /// @notice Reverts while deposits and exits are closed, see {INavOracle-checkOpen}.
    function checkOpen() external view;

    /// @notice Returns whether {checkOpen} passes.
    /// @return True when it does.
    function isOpen() external view returns (bool);

    /// @notice Returns the assets held here.
    /// @return Assets [wei].
    function buffer() external view returns (uint256);

    /// @notice Returns the buffer that is not set aside for redemptions.
    /// @return Assets [wei].
    function available() external view returns (uint256);

    /// @notice Returns the buffer beyond every quote that waits: what may be restaked or leave at once.
    /// @return Assets [wei].
    function spendable() external view returns (uint256);

    /// @notice Returns the shares that were minted without assets and not taken back.
    /// @return Shares.
    function unbackedShares() external view returns (uint256);

    /// @notice Returns who moves the vault's stake.
    /// @return Curator.
    function curator() external view returns (address);

    /// @notice Returns what prices the shares.
    /// @return Oracle.
    function oracle() external view returns (INavOracle);

    /// @notice Returns where redemptions wait.
    /// @return Queue.
    function queue() external view returns (IExitQueue);

    /// @notice Returns the vault's operators.
    /// @return Set of delegators.
    function delegators() external view returns (IVaultDelegators);

    /// @notice Returns what an instant exit costs.
    /// @return Fee curve.
    function feeCurve() external view returns (FeeCurve memory);

    /// @notice Returns the fee of an exit of assets at a rate.
    /// @param assets Assets before the fee [wei].
    /// @param feeBps_ Fee rate [bps].
    /// @return Fee, rounded up [wei].
    function feeOn(uint256 assets, uint256 feeBps_) external pure returns (uint256);
}
