// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IReserveBook } from "../../../contracts/lending/IReserveBook.sol";
import { KinkedRateModel } from "../../../contracts/lending/KinkedRateModel.sol";
import { LendingPool } from "../../../contracts/lending/LendingPool.sol";
import { ReserveBook } from "../../../contracts/lending/ReserveBook.sol";
import { SupplyClaim } from "../../../contracts/lending/SupplyClaim.sol";
import { IAggregatorV3 } from "../../../contracts/libraries/IAggregatorV3.sol";
import { InterestMath } from "../../../contracts/libraries/InterestMath.sol";
import { IPriceFeed } from "../../../contracts/oracle/IPriceFeed.sol";
import { ReportedFeed } from "../../../contracts/oracle/ReportedFeed.sol";
import { CloseFactor } from "../../../contracts/types/CloseFactor.sol";
import { FreeToken } from "./CoreTest.sol";
import { PropertyTest } from "./PropertyTest.sol";

/// @title LendingTest
/// @notice Deploys a pooled market of two assets, each collateral and debt, at steep rates and a 15 % reserve factor.
abstract contract LendingTest is PropertyTest {
    address internal constant TREASURY = address(0x7ea5);

    ReserveBook internal book;
    LendingPool internal pool;
    FreeToken[2] internal tokens;
    ReportedFeed[2] internal feeds;
    SupplyClaim[2] internal claims;

    function _deployLending() internal {
        _VM.warp(1_000_000);
        IReserveBook.Policy memory policy = IReserveBook.Policy(TREASURY, 9, 3_000, CloseFactor.Default, 5_000);
        book = new ReserveBook(address(this), policy);
        pool = new LendingPool(book);
        book.wire(pool);
        InterestMath.Curve memory curve = InterestMath.Curve(9_000, 100, 2_000, 60_000);
        KinkedRateModel model = new KinkedRateModel(address(this), curve);
        for (uint256 k = 0; k < 2; ++k) {
            tokens[k] = new FreeToken();
            claims[k] = new SupplyClaim(pool, tokens[k]);
            feeds[k] = _feed(100e8);
            book.list(address(tokens[k]), _listing(k, model));
        }
    }

    function _feed(int256 price) internal returns (ReportedFeed feed) {
        IPriceFeed.Settings memory settings = IPriceFeed.Settings("test", 8, 0, type(int256).max, 0);
        feed = new ReportedFeed(address(this), settings, IAggregatorV3(address(0)), 0);
        feed.setRound(price, block.timestamp);
    }

    function _listing(uint256 k, KinkedRateModel model) private view returns (IReserveBook.Listing memory) {
        return
            IReserveBook.Listing({
                feed: feeds[k],
                maxAge: type(uint256).max,
                rateModel: model,
                claim: address(claims[k]),
                reserveFactorBps: 1_500,
                liquidationFeeBps: 1_000,
                supplyCap: 0,
                borrowCap: 0,
                risk: IReserveBook.Risk(8_000, 8_500, 10_500)
            });
    }
}
