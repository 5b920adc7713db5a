// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title Vault__MockForBehaviour
/// @notice An ERC-4626 vault that makes one mistake of one's choice, so that a test of vaults can show what it catches.
contract Vault__MockForBehaviour is ERC4626 {
    /// @notice What a vault can get wrong.
    /// @param None Nothing.
    /// @param NoOffset No virtual shares: the first depositor owns every donation.
    /// @param RoundsForTheUser Deposits are rounded up, withdrawals down.
    /// @param PromisesMore Previews of deposits promise a share more than there is.
    /// @param IgnoresAllowance Anybody redeems anybody's shares.
    /// @param LimitTooHigh The largest withdrawal is one more than can be paid.
    /// @param TellsTheCallerMore Conversions depend on who asks.
    /// @param TakesAFee Redemptions pay less than their preview.
    /// @param TellsTooMuchRoom The largest deposit is one more than is taken.
    /// @param MintsBeforeItIsPaid Shares are there before their assets are.
    enum Fault {
        None,
        NoOffset,
        RoundsForTheUser,
        PromisesMore,
        IgnoresAllowance,
        LimitTooHigh,
        TellsTheCallerMore,
        TakesAFee,
        TellsTooMuchRoom,
        MintsBeforeItIsPaid
    }

    Fault private immutable _fault;
    uint256 private _limit = type(uint256).max;

    /// @param asset_ Asset.
    /// @param fault_ Mistake.
    constructor(IERC20 asset_, Fault fault_) ERC20("Vault", "VAULT") ERC4626(asset_) {
        _fault = fault_;
    }

    /// @notice Raised when a deposit is above the limit.
    error VaultLimitExceeded(uint256 assets, uint256 room);

    /// @notice Loses assets.
    function lose(uint256 assets) external {
        _transferOut(address(0xdead), assets);
    }

    /// @notice Sets the highest assets after a deposit.
    function setLimit(uint256 limit) external {
        _limit = limit;
    }

    /// @inheritdoc ERC4626
    function previewDeposit(uint256 assets) public view override returns (uint256) {
        return super.previewDeposit(assets) + (_fault == Fault.PromisesMore && msg.sender != address(this) ? 1 : 0);
    }

    /// @inheritdoc ERC4626
    function deposit(uint256 assets, address receiver) public override returns (uint256 shares) {
        if (_fault != Fault.PromisesMore) return super.deposit(assets, receiver);
        shares = super.previewDeposit(assets);
        _deposit(msg.sender, receiver, assets, shares);
    }

    /// @inheritdoc ERC4626
    function redeem(uint256 shares, address receiver, address owner) public override returns (uint256 assets) {
        if (_fault != Fault.TakesAFee) return super.redeem(shares, receiver, owner);
        assets = super.previewRedeem(shares) - 1;
        _withdraw(msg.sender, receiver, owner, assets, shares);
    }

    /// @inheritdoc ERC4626
    function maxDeposit(address) public view override returns (uint256) {
        uint256 room = Math.saturatingSub(_limit, totalAssets());
        return _fault == Fault.TellsTooMuchRoom && _limit < type(uint256).max ? room + 1 : room;
    }

    /// @inheritdoc ERC4626
    function maxMint(address receiver) public view override returns (uint256) {
        return _limit == type(uint256).max ? _limit : convertToShares(maxDeposit(receiver));
    }

    /// @inheritdoc ERC4626
    function maxWithdraw(address owner) public view override returns (uint256) {
        return super.maxWithdraw(owner) + (_fault == Fault.LimitTooHigh ? 1 : 0);
    }

    /// @inheritdoc ERC4626
    function _convertToShares(uint256 assets, Math.Rounding rounding) internal view override returns (uint256) {
        if (_fault == Fault.TellsTheCallerMore && uint160(msg.sender) % 2 == 1) assets += assets / 2;
        return Math.mulDiv(assets, totalSupply() + _virtual(), totalAssets() + _virtual(), _rounding(rounding));
    }

    /// @inheritdoc ERC4626
    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        return Math.mulDiv(shares, totalAssets() + _virtual(), totalSupply() + _virtual(), _rounding(rounding));
    }

    /// @inheritdoc ERC4626
    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        uint256 room = Math.saturatingSub(_limit, totalAssets());
        require(_limit == type(uint256).max || assets <= room, VaultLimitExceeded(assets, room));
        if (_fault == Fault.MintsBeforeItIsPaid) _mint(receiver, shares);
        _transferIn(caller, assets);
        if (_fault != Fault.MintsBeforeItIsPaid) _mint(receiver, shares);

        emit Deposit(caller, receiver, assets, shares);
    }

    /// @inheritdoc ERC4626
    function _withdraw(
        address caller,
        address receiver,
        address owner,
        uint256 assets,
        uint256 shares
    ) internal override {
        super._withdraw(_fault == Fault.IgnoresAllowance ? owner : caller, receiver, owner, assets, shares);
    }

    /// @dev Without them a first deposit still needs a price.
    function _virtual() private view returns (uint256) {
        return _fault == Fault.NoOffset && totalSupply() > 0 ? 0 : 1;
    }

    function _rounding(Math.Rounding rounding) private view returns (Math.Rounding) {
        if (_fault != Fault.RoundsForTheUser) return rounding;
        return rounding == Math.Rounding.Floor ? Math.Rounding.Ceil : Math.Rounding.Floor;
    }
}
