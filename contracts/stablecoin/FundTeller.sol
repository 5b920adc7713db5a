// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { IERC165 } from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";

import { IERC7540Deposit } from "../libraries/IERC7540Deposit.sol";
import { IERC7540Operator } from "../libraries/IERC7540Operator.sol";
import { IERC7540Redeem } from "../libraries/IERC7540Redeem.sol";
import { IERC7575 } from "../libraries/IERC7575.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { FundClaims } from "./FundClaims.sol";
import { FundLedger } from "./FundLedger.sol";
import { IFundShare } from "./IFundShare.sol";
import { IFundTeller } from "./IFundTeller.sol";
import { NavStrikes } from "./NavStrikes.sol";

/// @title FundTeller
/// @notice See {IFundTeller}.
contract FundTeller is FundClaims {
    using SafeERC20 for IERC20;
    using WadMath for uint256;

    /* CONSTANTS */

    /// @notice Bit that pauses subscriptions.
    uint8 public constant PAUSED_SUBSCRIBE = 0;

    /// @notice Bit that pauses redemptions.
    uint8 public constant PAUSED_REDEEM = 1;

    /// @dev ERC-165 id of a vault of ERC-7575: that of {IERC7575} with what it inherits.
    bytes4 private constant _ERC7575_VAULT = 0x2f0a18c5;

    /* STORAGE */

    uint256 private _instantDay;
    uint256 private _instantSpent;

    /* CONSTRUCTOR */

    /// @notice Opens a teller; the share's owner has to name it.
    /// @param parts Money, share and calendar (zero for none).
    /// @param owner_ Who sets terms, invests and pauses.
    /// @param reporter_ Who strikes values.
    /// @param terms_ Terms.
    /// @param navs Cut-off [s of the day] and first value of a share [1e6].
    constructor(
        address[3] memory parts,
        address owner_,
        address reporter_,
        Terms memory terms_,
        uint256[2] memory navs
    ) Ownable(owner_) NavStrikes(navs[0], navs[1]) FundLedger(parts[0], parts[1], parts[2]) {
        _setReporter(reporter_);
        _setTerms(terms_);
    }

    /* EXTERNAL */

    /// @inheritdoc IERC7540Deposit
    /// @dev Reverts with {FundTellerBelowMinimum}, {FundTellerNotAllowed}, {FundTellerNotOperator} or
    /// {FundTellerTooManyOrders}.
    function requestDeposit(
        uint256 assets,
        address controller,
        address owner_
    ) external nonReentrant whenNotPaused(PAUSED_SUBSCRIBE) returns (uint256 requestId) {
        require(_actsFor(owner_), FundTellerNotOperator(msg.sender, owner_));
        _requireAtLeast(assets, _terms.minAssets);

        requestId = _place(controller, false, assets);

        emit DepositRequest(controller, owner_, requestId, msg.sender, assets);

        IERC20(asset).safeTransferFrom(owner_, address(this), assets);
    }

    /// @inheritdoc IERC7540Redeem
    /// @dev Reverts as {requestDeposit} does; who is no operator of the owner uses up its allowance of shares.
    function requestRedeem(
        uint256 shares,
        address controller,
        address owner_
    ) external nonReentrant whenNotPaused(PAUSED_REDEEM) returns (uint256 requestId) {
        _requireAtLeast(shares, _terms.minShares);

        requestId = _place(controller, true, shares);

        emit RedeemRequest(controller, owner_, requestId, msg.sender, shares);

        if (!_actsFor(owner_)) IFundShare(share).spend(owner_, msg.sender, shares);
        IFundShare(share).burn(owner_, shares);
    }

    /// @inheritdoc IFundTeller
    function redeemInstantly(
        uint256 shares,
        address receiver
    ) external nonReentrant whenNotPaused(PAUSED_REDEEM) returns (uint256 assets) {
        _requireAtLeast(shares, _terms.minShares);
        uint256 gross = convertToAssets(shares);
        uint256 left = instantLeft();
        require(gross <= left, FundTellerInstantLimit(gross, left));

        uint256 fee = gross.mulDivUp(_terms.instantFeeBps, _BPS);
        assets = gross - fee;
        uint256 day = block.timestamp / 1 days;
        _instantSpent = (day == _instantDay ? _instantSpent : 0) + gross;
        _instantDay = day;

        emit RedeemedInstantly(msg.sender, receiver, shares, assets, fee);

        IFundShare(share).burn(msg.sender, shares);
        _pay(receiver, assets);
    }

    /// @inheritdoc IERC7540Operator
    function setOperator(address operator, bool approved) external returns (bool) {
        isOperator[msg.sender][operator] = approved;

        emit OperatorSet(msg.sender, operator, approved);

        return true;
    }

    /// @inheritdoc IFundTeller
    function setTerms(Terms calldata terms_) external onlyOwner {
        _setTerms(terms_);
    }

    /// @inheritdoc IFundTeller
    function invest(address to, uint256 assets) external onlyOwner {
        emit Invested(to, assets);

        _pay(to, assets);
    }

    /* VIEWS */

    /// @inheritdoc IFundTeller
    function terms() external view returns (Terms memory) {
        return _terms;
    }

    /// @notice Returns what all shares are worth at the value struck last; open orders are not among them.
    /// @return Money, rounded down [wei].
    function totalAssets() external view returns (uint256) {
        return convertToAssets(IFundShare(share).totalSupply());
    }

    /// @inheritdoc IERC7575
    function convertToShares(uint256 assets) external view returns (uint256) {
        return sharesFor(assets, nav());
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC7540Operator).interfaceId ||
            interfaceId == type(IERC7540Deposit).interfaceId ||
            interfaceId == type(IERC7540Redeem).interfaceId ||
            interfaceId == _ERC7575_VAULT;
    }

    /// @notice Always reverts with {FundTellerAsynchronous}.
    /// @return Nothing.
    function previewDeposit(uint256) external pure returns (uint256) {
        revert FundTellerAsynchronous();
    }

    /// @notice Always reverts with {FundTellerAsynchronous}.
    /// @return Nothing.
    function previewMint(uint256) external pure returns (uint256) {
        revert FundTellerAsynchronous();
    }

    /// @notice Always reverts with {FundTellerAsynchronous}.
    /// @return Nothing.
    function previewWithdraw(uint256) external pure returns (uint256) {
        revert FundTellerAsynchronous();
    }

    /// @notice Always reverts with {FundTellerAsynchronous}.
    /// @return Nothing.
    function previewRedeem(uint256) external pure returns (uint256) {
        revert FundTellerAsynchronous();
    }

    /// @inheritdoc IFundTeller
    function instantLeft() public view returns (uint256) {
        uint256 spent = block.timestamp / 1 days == _instantDay ? _instantSpent : 0;
        return Math.saturatingSub(_terms.instantLimit, spent);
    }

    /// @inheritdoc IERC7575
    function convertToAssets(uint256 shares) public view returns (uint256) {
        return assetsFor(shares, nav());
    }

    /* INTERNAL */

    function _setTerms(Terms memory terms_) private {
        require(terms_.feeBps <= _BPS, FundTellerInvalidFee(terms_.feeBps));
        require(terms_.instantFeeBps <= _BPS, FundTellerInvalidFee(terms_.instantFeeBps));

        _terms = terms_;

        emit TermsSet(terms_);
    }

    function _requireAtLeast(uint256 amount, uint256 minimum) private pure {
        require(amount != 0 && amount >= minimum, FundTellerBelowMinimum(amount, minimum));
    }
}
