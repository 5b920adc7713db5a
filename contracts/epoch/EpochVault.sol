// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { UnitShares } from "../libraries/UnitShares.sol";
import { EpochLedger } from "./EpochLedger.sol";
import { IEpochVault } from "./IEpochVault.sol";

/// @title EpochVault
/// @notice See {IEpochVault}.
/// @custom:source docs/contracts/EpochVault.md, section "Concepts"
contract EpochVault is EpochLedger, Ownable2Step, ReentrancyGuard {
    using SafeERC20 for IERC20;
    using UnitShares for uint256;

    /* STORAGE */

    /// @inheritdoc IEpochVault
    address public delegator;

    /// @inheritdoc IEpochVault
    address public slasher;

    /// @notice Returns the most active stake after a deposit; the greatest number for none [token wei].
    uint256 public depositLimit = type(uint256).max;

    /// @notice Returns whether a depositor is let in, and under address zero whether everybody is.
    mapping(address depositor => bool allowed) public isAllowed;

    /// @inheritdoc IEpochVault
    mapping(uint256 epoch => mapping(address account => bool claimed)) public isClaimed;

    /* CONSTRUCTOR */

    /// @notice Opens a vault to everybody; epoch 0 begins when it is wired.
    /// @param terms How the vault is set up.
    constructor(Terms memory terms) EpochLedger(terms) Ownable(terms.owner) {
        isAllowed[address(0)] = true;
    }

    /* EXTERNAL */

    /// @inheritdoc IEpochVault
    function wire(address delegator_, address slasher_) external onlyOwner {
        require(slasher == address(0), EpochVaultAlreadyWired(slasher));
        require(delegator_ != address(0) && slasher_ != address(0), EpochVaultZeroAddress());

        (delegator, slasher) = (delegator_, slasher_);
        _begin();

        emit Wired(delegator_, slasher_);
    }

    /// @inheritdoc IEpochVault
    function setDepositLimit(uint256 limit) external onlyOwner {
        depositLimit = limit;

        emit DepositLimitSet(limit);
    }

    /// @inheritdoc IEpochVault
    function setAllowed(address depositor, bool isAllowed_) external onlyOwner {
        isAllowed[depositor] = isAllowed_;

        emit DepositorAllowed(depositor, isAllowed_);
    }

    /// @inheritdoc IEpochVault
    function deposit(
        address onBehalfOf,
        uint256 assets
    ) external nonReentrant returns (uint256 arrived, uint256 shares) {
        require(onBehalfOf != address(0), EpochVaultZeroAddress());
        require(isAllowed[address(0)] || isAllowed[msg.sender], EpochVaultNotAllowed(msg.sender));

        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), assets);
        arrived = asset.balanceOf(address(this)) - before;
        require(arrived > 0, EpochVaultZeroAmount(msg.sender));
        // Saturated nowhere: a sum above 2^256-1 reverts, as no token has so much.
        require(activeStake() + arrived <= depositLimit, EpochVaultLimitReached(activeStake() + arrived, depositLimit));

        shares = arrived.toSharesDown(activeStake(), activeShares());
        _addActive(onBehalfOf, arrived, shares);

        emit Deposited(msg.sender, onBehalfOf, arrived, shares);
    }

    /// @inheritdoc IEpochVault
    function withdraw(
        address claimer,
        uint256 assets
    ) external nonReentrant returns (uint256 burnedShares, uint256 mintedShares) {
        require(claimer != address(0), EpochVaultZeroAddress());
        require(assets > 0, EpochVaultZeroAmount(msg.sender));
        burnedShares = assets.toSharesUp(activeStake(), activeShares());
        _requireShares(burnedShares);

        mintedShares = _withdraw(claimer, assets, burnedShares);
    }

    /// @inheritdoc IEpochVault
    function redeem(
        address claimer,
        uint256 shares
    ) external nonReentrant returns (uint256 assets, uint256 mintedShares) {
        require(claimer != address(0), EpochVaultZeroAddress());
        _requireShares(shares);
        assets = shares.toAssetsDown(activeStake(), activeShares());
        require(assets > 0, EpochVaultZeroAmount(msg.sender));

        mintedShares = _withdraw(claimer, assets, shares);
    }

    /// @inheritdoc IEpochVault
    function claim(address recipient, uint256 epoch) external nonReentrant returns (uint256 assets) {
        require(recipient != address(0), EpochVaultZeroAddress());
        require(epoch < currentEpoch(), EpochVaultInvalidEpoch(epoch, currentEpoch()));
        require(!isClaimed[epoch][msg.sender], EpochVaultAlreadyClaimed(msg.sender, epoch));
        assets = withdrawalsOf(epoch, msg.sender);
        require(assets > 0, EpochVaultNothingToClaim(msg.sender, epoch));

        isClaimed[epoch][msg.sender] = true;

        emit Claimed(msg.sender, recipient, epoch, assets);

        asset.safeTransfer(recipient, assets);
    }

    /// @inheritdoc IEpochVault
    function onSlash(uint256 amount, uint48 capturedAt) external nonReentrant returns (uint256 slashed) {
        require(msg.sender == slasher, EpochVaultOnlySlasher(msg.sender, slasher));
        Cut memory cut = _cut(amount, capturedAt);

        slashed = cut.total;
        if (slashed > 0) _take(cut);

        emit Slashed(amount, capturedAt, cut);

        if (slashed > 0) asset.safeTransfer(burner, slashed);
    }

    /* INTERNAL */

    function _withdraw(address claimer, uint256 assets, uint256 shares) private returns (uint256 minted) {
        uint256 epoch;
        (epoch, minted) = _moveToBucket(msg.sender, claimer, assets, shares);

        emit Withdrawn(msg.sender, claimer, epoch, assets, shares, minted);
    }

    function _requireShares(uint256 shares) private view {
        uint256 held = activeSharesOf(msg.sender);
        require(shares <= held, EpochVaultInsufficientShares(msg.sender, shares, held));
    }
}
