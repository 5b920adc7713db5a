// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { PausableFlags } from "../libraries/PausableFlags.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IDollar } from "./IDollar.sol";
import { IFundTeller } from "./IFundTeller.sol";
import { IReserveBuckets } from "./IReserveBuckets.sol";
import { ISwapWindow } from "./ISwapWindow.sol";

/// @title ReserveBuckets
/// @notice See {IReserveBuckets}.
abstract contract ReserveBuckets is IReserveBuckets, PausableFlags, ReentrancyGuard {
    using SafeERC20 for IERC20;
    using WadMath for uint256;
    using EnumerableSet for EnumerableSet.UintSet;

    /* CONSTANTS */

    /// @notice Most term assets at a time.
    uint256 public constant MAX_TERMS = 64;

    /* IMMUTABLES */

    /// @inheritdoc IReserveBuckets
    IDollar public immutable dollar;

    /// @inheritdoc IReserveBuckets
    IERC20 public immutable settlement;

    /// @inheritdoc IReserveBuckets
    uint256 public immutable factor;

    /// @inheritdoc IReserveBuckets
    IFundTeller public immutable teller;

    /* STORAGE */

    /// @inheritdoc IReserveBuckets
    uint256 public cash;

    /// @inheritdoc IReserveBuckets
    address public manager;

    /// @inheritdoc IReserveBuckets
    ISwapWindow public window;

    uint256 private _termCount;
    EnumerableSet.UintSet private _termIds;
    mapping(uint256 id => TermAsset term) private _terms;

    /* MODIFIERS */

    modifier onlyManager() {
        require(msg.sender == manager, ReserveBucketsUnauthorized(msg.sender));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Binds the reserve to its tokens and to the fund.
    /// @param dollar_ Dollar.
    /// @param settlement_ Money, with at most 18 decimals.
    /// @param teller_ Where the fund is bought, for the same money; zero for no fund.
    constructor(IDollar dollar_, IERC20 settlement_, IFundTeller teller_) {
        uint8 decimals = IERC20Metadata(address(settlement_)).decimals();
        bool isSameMoney = address(teller_) == address(0) || teller_.asset() == address(settlement_);
        require(decimals <= 18 && isSameMoney, ReserveBucketsInvalidParts());

        dollar = dollar_;
        settlement = settlement_;
        teller = teller_;
        factor = 10 ** (18 - decimals);
    }

    /* EXTERNAL */

    /// @inheritdoc IReserveBuckets
    function placeTerm(
        address custodian,
        uint256 assets,
        uint256 haircut,
        uint256 maturity
    ) external nonReentrant onlyManager returns (uint256 id) {
        require(_termIds.length() < MAX_TERMS, ReserveBucketsTooManyTerms(MAX_TERMS));
        _requireHaircut(haircut);
        _spend(assets);

        id = ++_termCount;
        _termIds.add(id);
        _terms[id] = TermAsset(custodian, assets, haircut, maturity);

        emit TermPlaced(id, custodian, assets, haircut, maturity);

        settlement.safeTransfer(custodian, assets);
    }

    /// @inheritdoc IReserveBuckets
    function markTerm(uint256 id, uint256 haircut) external onlyManager {
        _requireTerm(id);
        _requireHaircut(haircut);

        uint256 before = termValue();
        _terms[id].haircut = haircut;

        emit TermMarked(id, haircut, before, termValue());
    }

    /// @inheritdoc IReserveBuckets
    function impairTerm(uint256 id, uint256 loss) external onlyManager {
        _requireTerm(id);
        uint256 face = _terms[id].face;
        require(loss <= face, ReserveBucketsInvalidLoss(loss, face));

        _terms[id].face = face - loss;

        emit TermImpaired(id, loss);
    }

    /// @inheritdoc IReserveBuckets
    function collectTerm(uint256 id) external nonReentrant {
        _requireTerm(id);
        TermAsset memory term = _terms[id];
        require(block.timestamp >= term.maturity, ReserveBucketsNotDue(id, term.maturity));

        _closeTerm(id, term.face);
    }

    /// @inheritdoc IReserveBuckets
    function sellTerm(uint256 id, uint256 proceeds) external nonReentrant onlyManager {
        _requireTerm(id);

        _closeTerm(id, proceeds);
    }

    /// @inheritdoc IReserveBuckets
    function subscribeFund(uint256 assets) external nonReentrant onlyManager returns (uint256 requestId) {
        _spend(assets);
        settlement.forceApprove(address(teller), assets);
        requestId = teller.requestDeposit(assets, address(this), address(this));

        emit FundSubscribed(requestId, assets);
    }

    /// @inheritdoc IReserveBuckets
    function redeemFund(uint256 shares) external nonReentrant onlyManager returns (uint256 requestId) {
        requestId = teller.requestRedeem(shares, address(this), address(this));

        emit FundRedeemed(requestId, shares);
    }

    /// @inheritdoc IReserveBuckets
    function redeemFundInstantly(uint256 shares) external nonReentrant onlyManager returns (uint256 assets) {
        assets = teller.redeemInstantly(shares, address(this));
        cash += assets;

        emit FundCollected(0, assets, 0);
    }

    /// @inheritdoc IReserveBuckets
    function collectFund(uint256 requestId) external nonReentrant {
        (uint256 assets, uint256 shares) = teller.claim(requestId, address(this));
        cash += assets;

        emit FundCollected(requestId, assets, shares);
    }

    /// @inheritdoc IReserveBuckets
    function fillWindow(uint256 assets) external nonReentrant onlyManager {
        _requireOwnWindow();
        _spend(assets);
        settlement.forceApprove(address(window), assets);
        window.moveIn(assets);

        emit WindowMoved(assets, true);
    }

    /// @inheritdoc IReserveBuckets
    function drainWindow(uint256 assets) external nonReentrant onlyManager {
        _requireOwnWindow();
        cash += assets;
        window.moveOut(assets);

        emit WindowMoved(assets, false);
    }

    /// @inheritdoc IReserveBuckets
    function setManager(address manager_) external onlyOwner {
        _setManager(manager_);
    }

    /* VIEWS */

    /// @inheritdoc IReserveBuckets
    function termOf(uint256 id) external view returns (TermAsset memory) {
        return _terms[id];
    }

    /// @inheritdoc IReserveBuckets
    function terms() external view returns (uint256[] memory) {
        return _termIds.values();
    }

    /// @inheritdoc IReserveBuckets
    function fundValue() public view returns (uint256) {
        return address(teller) == address(0) ? 0 : teller.worthOf(address(this));
    }

    /// @inheritdoc IReserveBuckets
    function termValue() public view returns (uint256 value) {
        uint256 count = _termIds.length();
        for (uint256 k = 0; k < count; ++k) {
            TermAsset storage term = _terms[_termIds.at(k)];
            value += (term.face * factor).wMulDown(WadMath.WAD - term.haircut);
        }
    }

    /// @inheritdoc IReserveBuckets
    function windowValue() public view returns (uint256) {
        return address(window) == address(0) ? 0 : window.value();
    }

    /// @inheritdoc IReserveBuckets
    function assetsMarked() public view returns (uint256) {
        return (cash + fundValue()) * factor + termValue() + windowValue();
    }

    /* INTERNAL */

    function _setManager(address manager_) internal {
        manager = manager_;

        emit ManagerSet(manager_);
    }

    function _setWindow(ISwapWindow window_) internal {
        window = window_;
    }

    function _spend(uint256 assets) internal {
        require(assets <= cash, ReserveBucketsInsufficientCash(assets, cash));
        cash -= assets;
    }

    /// @dev Takes money by what arrives.
    function _pull(address from, uint256 assets) internal returns (uint256 received) {
        uint256 before = settlement.balanceOf(address(this));
        settlement.safeTransferFrom(from, address(this), assets);
        return settlement.balanceOf(address(this)) - before;
    }

    function _closeTerm(uint256 id, uint256 proceeds) private {
        TermAsset memory term = _terms[id];
        _termIds.remove(id);
        delete _terms[id];
        uint256 received = proceeds == 0 ? 0 : _pull(term.custodian, proceeds);
        cash += received;

        emit TermCollected(id, term.face, received);
    }

    function _requireTerm(uint256 id) private view {
        require(_termIds.contains(id), ReserveBucketsUnknownTerm(id));
    }

    function _requireOwnWindow() private view {
        require(address(window.gem()) == address(settlement), ReserveBucketsInvalidParts());
    }

    function _requireHaircut(uint256 haircut) private pure {
        require(haircut <= WadMath.WAD, ReserveBucketsInvalidHaircut(haircut));
    }
}
