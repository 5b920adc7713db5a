// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IIsolatedMarkets } from "../lending/IIsolatedMarkets.sol";
import { IRateModel } from "../lending/IRateModel.sol";
import { IsolatedLending } from "../libraries/IsolatedLending.sol";
import { VirtualShares } from "../libraries/VirtualShares.sol";
import { IIsolatedLens } from "./IIsolatedLens.sol";

/// @title IsolatedLens
/// @notice See {IIsolatedLens}.
contract IsolatedLens is IIsolatedLens {
    using VirtualShares for uint256;

    /* VIEWS */

    /// @inheritdoc IIsolatedLens
    function read(
        IIsolatedMarkets markets,
        bytes32[] calldata ids,
        address[] calldata accounts
    ) external view returns (MarketState[] memory states) {
        states = new MarketState[](ids.length);
        for (uint256 k = 0; k < ids.length; ++k) states[k] = _market(markets, ids[k], accounts);
    }

    /* INTERNAL */

    function _market(
        IIsolatedMarkets markets,
        bytes32 id,
        address[] calldata accounts
    ) private view returns (MarketState memory state) {
        IIsolatedMarkets.MarketParams memory params = markets.paramsOf(id);
        state.totals = markets.accruedTotalsOf(id);
        state.price = _priceOf(params);
        state.incentive = markets.liquidationIncentive(params.lltv);
        state.borrowRate = _rateOf(markets, id, params.rateModel, state.totals);
        state.feeShares = markets.positionOf(id, markets.feeRecipient()).supplyShares;
        state.positions = new PositionState[](accounts.length);
        for (uint256 k = 0; k < accounts.length; ++k) {
            state.positions[k] = _position(markets.positionOf(id, accounts[k]), state, params.lltv);
        }
    }

    function _priceOf(IIsolatedMarkets.MarketParams memory params) private view returns (uint256) {
        try params.oracle.price() returns (uint256 price) {
            return price;
        } catch {
            return 0;
        }
    }

    function _rateOf(
        IIsolatedMarkets markets,
        bytes32 id,
        IRateModel model,
        IIsolatedMarkets.Totals memory totals
    ) private view returns (uint256) {
        if (address(model) == address(0)) return 0;
        IRateModel.Use memory use = IRateModel.Use(totals.supplyAssets, totals.borrowAssets, totals.lastUpdate);
        return model.previewBorrowRate(address(markets), id, use);
    }

    function _position(
        IIsolatedMarkets.Position memory position,
        MarketState memory market,
        uint256 lltv
    ) private pure returns (PositionState memory state) {
        IIsolatedMarkets.Totals memory totals = market.totals;
        state.supplyShares = position.supplyShares;
        state.supplied = position.supplyShares.toAssetsDown(totals.supplyAssets, totals.supplyShares);
        state.borrowShares = position.borrowShares;
        state.borrowed = position.borrowShares.toAssetsUp(totals.borrowAssets, totals.borrowShares);
        state.collateral = position.collateral;
        state.maxBorrow = IsolatedLending.maxBorrow(position.collateral, market.price, lltv);
        state.isHealthy = market.price == 0 || state.borrowed <= state.maxBorrow;
    }
}
