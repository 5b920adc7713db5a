// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import { IsolatedLending } from "../libraries/IsolatedLending.sol";
import { VirtualShares } from "../libraries/VirtualShares.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IIsolatedMarkets } from "./IIsolatedMarkets.sol";
import { IRateModel } from "./IRateModel.sol";

/// @title IsolatedMarketsBook
/// @notice What the isolated markets remember, the interest that it grows by, and what can be asked about it.
abstract contract IsolatedMarketsBook is IIsolatedMarkets {
    using EnumerableSet for EnumerableSet.AddressSet;
    using VirtualShares for uint256;
    using WadMath for uint256;

    /* STORAGE */

    /// @inheritdoc IIsolatedMarkets
    address public feeRecipient;

    /// @inheritdoc IIsolatedMarkets
    mapping(address owner => mapping(address manager => bool isAuthorized)) public isAuthorized;

    mapping(bytes32 id => MarketParams params) internal _params;
    mapping(bytes32 id => Totals totals) internal _totals;
    mapping(bytes32 id => mapping(address account => Position position)) internal _positions;
    mapping(bytes32 id => EnumerableSet.AddressSet accounts) private _borrowers;

    /* EXTERNAL */

    /// @inheritdoc IIsolatedMarkets
    function accrue(bytes32 id) external {
        _requireMarket(id);
        _accrue(id);
    }

    /* VIEWS */

    /// @inheritdoc IIsolatedMarkets
    function paramsOf(bytes32 id) external view returns (MarketParams memory) {
        return _params[id];
    }

    /// @inheritdoc IIsolatedMarkets
    function totalsOf(bytes32 id) external view returns (Totals memory) {
        return _totals[id];
    }

    /// @inheritdoc IIsolatedMarkets
    function positionOf(bytes32 id, address account) external view returns (Position memory) {
        return _positions[id][account];
    }

    /// @inheritdoc IIsolatedMarkets
    function borrowersOf(bytes32 id) external view returns (address[] memory) {
        return _borrowers[id].values();
    }

    /// @inheritdoc IIsolatedMarkets
    function healthOf(
        bytes32 id,
        address account
    ) external view returns (uint256 borrowed, uint256 maxBorrow, bool isHealthy) {
        uint256 price = _positions[id][account].borrowShares == 0 ? 0 : _params[id].oracle.price();
        (borrowed, maxBorrow) = _health(id, account, price, accruedTotalsOf(id));
        isHealthy = borrowed <= maxBorrow;
    }

    /// @inheritdoc IIsolatedMarkets
    function unrecognisedBadDebtOf(bytes32 id) external view returns (uint256 assets) {
        uint256 count = _borrowers[id].length();
        if (count == 0) return 0;
        Totals memory totals = accruedTotalsOf(id);
        uint256 price = _params[id].oracle.price();
        uint256 factor = IsolatedLending.incentive(_params[id].lltv);
        for (uint256 k = 0; k < count; ++k) {
            Position storage position = _positions[id][_borrowers[id].at(k)];
            uint256 debt = position.borrowShares.toAssetsUp(totals.borrowAssets, totals.borrowShares);
            uint256 paid = IsolatedLending.paymentFor(position.collateral, price, factor);
            if (debt > paid) assets += debt - paid;
        }
    }

    /// @inheritdoc IIsolatedMarkets
    function idOf(MarketParams calldata params) external pure returns (bytes32 id) {
        return _idOf(params);
    }

    /// @inheritdoc IIsolatedMarkets
    function liquidationIncentive(uint256 lltv) external pure returns (uint256) {
        return IsolatedLending.incentive(lltv);
    }

    /// @inheritdoc IIsolatedMarkets
    function accruedTotalsOf(bytes32 id) public view returns (Totals memory totals) {
        totals = _totals[id];
        if (totals.lastUpdate == 0 || totals.lastUpdate == block.timestamp) return totals;
        IRateModel model = _params[id].rateModel;
        uint256 rate = address(model) == address(0) ? 0 : model.previewBorrowRate(address(this), id, _useOf(totals));
        _grow(totals, rate, block.timestamp - totals.lastUpdate);
        totals.lastUpdate = block.timestamp;
    }

    /* INTERNAL */

    /// @dev Fee shares go to the recipient of the moment, at the price before the fee, so that they are worth the fee.
    /// @dev The market is marked as updated before its rate model is asked, and read again afterwards: a model that calls
    /// back acts before the interest, and nothing it does is overwritten.
    function _accrue(bytes32 id) internal {
        Totals memory totals = _totals[id];
        uint256 since = totals.lastUpdate;
        if (since == block.timestamp) return;
        _totals[id].lastUpdate = block.timestamp;
        IRateModel model = _params[id].rateModel;
        uint256 rate = address(model) == address(0) ? 0 : model.borrowRate(id, _useOf(totals));
        totals = _totals[id];
        (uint256 interest, uint256 feeShares) = _grow(totals, rate, block.timestamp - since);

        _totals[id] = totals;
        if (feeShares > 0) _positions[id][feeRecipient].supplyShares += feeShares;

        emit InterestAccrued(id, rate, interest, feeShares);
    }

    function _setDebtShares(bytes32 id, address account, uint256 shares) internal {
        _positions[id][account].borrowShares = shares;
        if (shares == 0) _borrowers[id].remove(account);
        else _borrowers[id].add(account);
    }

    function _requireHealthy(bytes32 id, address account) internal view {
        if (_positions[id][account].borrowShares == 0) return;
        (uint256 borrowed, uint256 maxBorrow) = _health(id, account, _params[id].oracle.price(), _totals[id]);
        require(borrowed <= maxBorrow, IsolatedMarketsInsufficientCollateral(account, borrowed, maxBorrow));
    }

    function _requireMarket(bytes32 id) internal view {
        require(_totals[id].lastUpdate != 0, IsolatedMarketsUnknownMarket(id));
    }

    function _health(
        bytes32 id,
        address account,
        uint256 price,
        Totals memory totals
    ) internal view returns (uint256 borrowed, uint256 maxBorrow) {
        Position storage position = _positions[id][account];
        borrowed = position.borrowShares.toAssetsUp(totals.borrowAssets, totals.borrowShares);
        maxBorrow = IsolatedLending.maxBorrow(position.collateral, price, _params[id].lltv);
    }

    function _idOf(MarketParams calldata params) internal pure returns (bytes32) {
        return keccak256(abi.encode(params));
    }

    /// @dev Adds the interest of some time to `totals`, in memory.
    function _grow(
        Totals memory totals,
        uint256 rate,
        uint256 elapsed
    ) private pure returns (uint256 interest, uint256 feeShares) {
        interest = totals.borrowAssets.wMulDown(IsolatedLending.growth(rate, elapsed));
        totals.borrowAssets += interest;
        totals.supplyAssets += interest;
        if (totals.fee == 0) return (interest, 0);
        uint256 feeAssets = interest.wMulDown(totals.fee);
        feeShares = feeAssets.toSharesDown(totals.supplyAssets - feeAssets, totals.supplyShares);
        totals.supplyShares += feeShares;
    }

    function _useOf(Totals memory totals) private pure returns (IRateModel.Use memory) {
        return IRateModel.Use(totals.supplyAssets, totals.borrowAssets, totals.lastUpdate);
    }
}
