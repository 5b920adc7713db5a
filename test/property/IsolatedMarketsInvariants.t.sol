// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AdaptiveRateModel } from "../../contracts/lending/AdaptiveRateModel.sol";
import { IIsolatedMarkets } from "../../contracts/lending/IIsolatedMarkets.sol";
import { IsolatedMarkets } from "../../contracts/lending/IsolatedMarkets.sol";
import { MarketVault } from "../../contracts/lending/MarketVault.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";
import { IsolatedMarketsHandler, SettablePrice } from "./handlers/IsolatedMarketsHandler.sol";

/// @notice What must hold in isolated markets after any history.
contract IsolatedMarketsInvariantsTest is PropertyTest {
    IsolatedMarketsHandler private _handler;
    IsolatedMarkets private _markets;

    function setUp() external {
        (FreeToken loan, FreeToken collateral) = (new FreeToken(), new FreeToken());
        _markets = new IsolatedMarkets(address(this));
        MarketVault vault = new MarketVault(address(this), _markets, loan);
        IIsolatedMarkets.MarketParams memory params = IIsolatedMarkets.MarketParams(
            address(loan),
            address(collateral),
            new SettablePrice(),
            new AdaptiveRateModel(),
            0.86e18
        );
        bytes32[] memory queue = new bytes32[](2);
        for (uint256 k = 0; k < 2; ++k) {
            queue[k] = _markets.createMarket(params);
            vault.setCap(queue[k], 1e30);
            params.lltv = 0.945e18;
        }
        vault.setSupplyQueue(queue);
        _markets.setFeeRecipient(address(0xfee));
        _markets.setFee(queue[0], 0.1e18);
        _handler = new IsolatedMarketsHandler(loan, collateral, _markets, vault);
        _handler.begin();
        _target(address(_handler));
        bytes4[] memory verbs = new bytes4[](8);
        verbs[0] = IsolatedMarketsHandler.supply.selector;
        verbs[1] = IsolatedMarketsHandler.withdraw.selector;
        verbs[2] = IsolatedMarketsHandler.borrow.selector;
        verbs[3] = IsolatedMarketsHandler.repay.selector;
        verbs[4] = IsolatedMarketsHandler.withdrawCollateral.selector;
        verbs[5] = IsolatedMarketsHandler.liquidate.selector;
        verbs[6] = IsolatedMarketsHandler.useVault.selector;
        verbs[7] = IsolatedMarketsHandler.move.selector;
        _only(address(_handler), verbs);
    }

    function invariant_NoMoreIsLentThanSupplied() external view {
        for (uint256 k = 0; k < 2; ++k) {
            IIsolatedMarkets.Totals memory totals = _markets.totalsOf(_handler.ids(k));
            _atMost(totals.borrowAssets, totals.supplyAssets, "lent at most what is supplied");
        }
    }

    function invariant_SharesAreConserved() external view {
        for (uint256 k = 0; k < 2; ++k) {
            bytes32 id = _handler.ids(k);
            (uint256 supply, uint256 debt) = (0, 0);
            for (uint256 j = 0; j < 5; ++j) {
                IIsolatedMarkets.Position memory position = _markets.positionOf(id, _holder(j));
                supply += position.supplyShares;
                debt += position.borrowShares;
            }
            IIsolatedMarkets.Totals memory totals = _markets.totalsOf(id);
            _equal(supply, totals.supplyShares, "all shares of supply have an owner");
            _equal(debt, totals.borrowShares, "all shares of debt have an owner");
        }
    }

    function invariant_TokensCoverTheBooks() external view {
        uint256 owed = 0;
        uint256 held = 0;
        for (uint256 k = 0; k < 2; ++k) {
            bytes32 id = _handler.ids(k);
            IIsolatedMarkets.Totals memory totals = _markets.totalsOf(id);
            owed += totals.supplyAssets - totals.borrowAssets;
            for (uint256 j = 0; j < 5; ++j) held += _markets.positionOf(id, _holder(j)).collateral;
        }
        _atMost(owed, _handler.loan().balanceOf(address(_markets)), "what is not lent is there");
        _equal(held, _handler.collateral().balanceOf(address(_markets)), "all collateral is there");
    }

    function invariant_HealthyPositionsAreNeverLiquidated() external view {
        _equal(_handler.healthyLiquidations(), 0, "no healthy position was liquidated");
    }

    function invariant_WhoOwesIsListed() external view {
        for (uint256 k = 0; k < 2; ++k) {
            bytes32 id = _handler.ids(k);
            uint256 owing = 0;
            for (uint256 j = 0; j < 5; ++j) {
                if (_markets.positionOf(id, _holder(j)).borrowShares > 0) ++owing;
            }
            _equal(owing, _markets.borrowersOf(id).length, "everybody who owes is listed, and nobody else");
        }
    }

    function invariant_VaultCanBeEmptiedAsFarAsItIsLiquid() external view {
        uint256 claims = _handler.vault().previewRedeem(_handler.vault().totalSupply());
        _atMost(claims, _handler.vault().totalAssets(), "shares are worth no more than the vault has");
    }

    function _holder(uint256 j) private view returns (address) {
        if (j < 3) return _handler.people(j);
        return j == 3 ? address(0xfee) : address(_handler.vault());
    }
}
