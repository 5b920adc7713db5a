// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IDollarReserve } from "../stablecoin/IDollarReserve.sol";
import { IFundTeller } from "../stablecoin/IFundTeller.sol";
import { INavStrikes } from "../stablecoin/INavStrikes.sol";
import { IRedemptionGate } from "../stablecoin/IRedemptionGate.sol";
import { IRedemptionQueue } from "../stablecoin/IRedemptionQueue.sol";
import { IReserveBuckets } from "../stablecoin/IReserveBuckets.sol";
import { ISwapWindow } from "../stablecoin/ISwapWindow.sol";

/// @title IDollarLens
/// @notice Returns the whole state of a reserve-backed dollar, its fund and its holders in one call.
/// @dev Units are those of the contracts read: dollars in wei, money and fund shares in token wei, ratios in WAD, times
/// in unix seconds. Parts that a reserve has not read as nothing.
/// @custom:source docs/contracts/DollarLens.md
interface IDollarLens {
    /// @notice What backs the dollar.
    /// @param supply Dollars in existence [wei].
    /// @param assetsMarked Mark of all buckets [dollars wei].
    /// @param cash Cash bucket [token wei].
    /// @param fundShares Fund shares held, those on order left out [wei].
    /// @param fundValue Mark of the fund bucket [token wei].
    /// @param termValue Mark of the term assets [dollars wei].
    /// @param windowValue Mark of the swap window [dollars wei].
    /// @param buffer Buffer [token wei].
    /// @param bufferTarget Target of the buffer [token wei].
    /// @param juniorAssets Money in the junior tranche [token wei].
    /// @param juniorValue What of it belongs to its holders now [token wei].
    /// @param juniorShares Shares of the junior tranche [wei].
    /// @param backstop Backstop [token wei].
    /// @param owedToJunior What surplus has to repay to the tranche [token wei].
    /// @param owedToBackstop What surplus has to repay to the backstop [token wei].
    struct Reserve {
        uint256 supply;
        uint256 assetsMarked;
        uint256 cash;
        uint256 fundShares;
        uint256 fundValue;
        uint256 termValue;
        uint256 windowValue;
        uint256 buffer;
        uint256 bufferTarget;
        uint256 juniorAssets;
        uint256 juniorValue;
        uint256 juniorShares;
        uint256 backstop;
        uint256 owedToJunior;
        uint256 owedToBackstop;
    }

    /// @notice What a dollar is worth.
    /// @param gap What assets lack to the supply [dollars wei].
    /// @param residual What of it the holders bear [dollars wei].
    /// @param surplus What assets exceed the supply by [dollars wei].
    /// @param backingRatio Assets over supply [WAD].
    /// @param backedRate Worth of a dollar to all alike [WAD].
    /// @param redemptionRate Rate of a redemption, before its fee [WAD].
    /// @param feeBps Fee of the next redemption's first wei [bps], whether charged or not.
    /// @param isFirstComeAtPar Whether redemptions are paid at par while cash lasts.
    /// @param mintCap Most dollars ever minted without money [wei].
    /// @param mintedPrivileged Dollars minted without money so far [wei].
    /// @param pausedFlags Paused functions, as bits.
    struct Rates {
        uint256 gap;
        uint256 residual;
        uint256 surplus;
        uint256 backingRatio;
        uint256 backedRate;
        uint256 redemptionRate;
        uint256 feeBps;
        bool isFirstComeAtPar;
        uint256 mintCap;
        uint256 mintedPrivileged;
        uint256 pausedFlags;
    }

    /// @notice The gate, and the queue behind it.
    /// @param terms Terms of the gate.
    /// @param isOpen Whether banks are open.
    /// @param opensAt First second, from now, at which they are [unix s].
    /// @param epoch Number of the epoch.
    /// @param epochLeft Dollars left in the epoch [wei].
    /// @param blockLeft Dollars left in the block [wei].
    /// @param redeemableNow Dollars that gate and cash allow now [wei].
    /// @param isEpochFilled Whether the queue was filled in this epoch.
    /// @param totalWaiting Dollars that wait [wei].
    /// @param totalClaimable Money to claim [token wei].
    /// @param waitingIds Requests that wait, oldest first.
    struct Gate {
        IRedemptionGate.Gate terms;
        bool isOpen;
        uint256 opensAt;
        uint256 epoch;
        uint256 epochLeft;
        uint256 blockLeft;
        uint256 redeemableNow;
        bool isEpochFilled;
        uint256 totalWaiting;
        uint256 totalClaimable;
        uint256[] waitingIds;
    }

    /// @notice The swap window.
    /// @param gems Gems held [gem wei].
    /// @param cap Most gems held [gem wei].
    /// @param tin Fee for selling gems [WAD].
    /// @param tout Fee for buying gems [WAD].
    /// @param band Band.
    /// @param isFrozen Whether it was frozen when last judged.
    /// @param isFrozenNow Whether a swap would find it frozen.
    /// @param isPriced Whether the feed gives a price.
    /// @param price Price of a gem [WAD], zero where the feed gives none.
    struct Window {
        uint256 gems;
        uint256 cap;
        uint256 tin;
        uint256 tout;
        ISwapWindow.Band band;
        bool isFrozen;
        bool isFrozenNow;
        bool isPriced;
        uint256 price;
    }

    /// @notice The fund.
    /// @param strike Value struck last.
    /// @param pricingDay Day whose value an order placed now gets [days since 1970].
    /// @param shares Shares in existence [wei].
    /// @param liquidity Money the teller holds [token wei].
    /// @param instantLeft Money that may still be redeemed at once today [token wei].
    /// @param terms Terms.
    /// @param isHalted Whether shares do not move.
    /// @param orderCount Orders ever placed.
    struct Fund {
        INavStrikes.Strike strike;
        uint256 pricingDay;
        uint256 shares;
        uint256 liquidity;
        uint256 instantLeft;
        IFundTeller.Terms terms;
        bool isHalted;
        uint256 orderCount;
    }

    /// @notice A request in the queue.
    /// @param id Request.
    /// @param request The request.
    struct OpenRequest {
        uint256 id;
        IRedemptionQueue.Request request;
    }

    /// @notice An order at the teller.
    /// @param id Order.
    /// @param order The order.
    /// @param quote What it gives, and when.
    struct OpenOrder {
        uint256 id;
        IFundTeller.Order order;
        IFundTeller.Quote quote;
    }

    /// @notice What an account has.
    /// @param money Settlement tokens [token wei].
    /// @param dollars Dollars [wei].
    /// @param fundShares Fund shares [wei].
    /// @param fundValue Worth of fund shares and open orders [token wei].
    /// @param juniorShares Shares of the junior tranche [wei].
    /// @param juniorValue What redeeming them pays [token wei].
    /// @param isFrozen Whether its dollars are frozen.
    /// @param isAllowed Whether it may hold fund shares.
    /// @param requests Its open requests.
    /// @param orders Its open orders.
    struct Holder {
        uint256 money;
        uint256 dollars;
        uint256 fundShares;
        uint256 fundValue;
        uint256 juniorShares;
        uint256 juniorValue;
        bool isFrozen;
        bool isAllowed;
        OpenRequest[] requests;
        OpenOrder[] orders;
    }

    /// @notice What an account has of a fund.
    /// @param shares Fund shares [wei].
    /// @param isAllowed Whether it may hold them.
    /// @param orders Its open orders.
    struct Investor {
        uint256 shares;
        bool isAllowed;
        OpenOrder[] orders;
    }

    /// @notice A fund by itself.
    /// @param time Time of the block [unix s].
    /// @param number Number of the block.
    /// @param fund Fund.
    /// @param investors What accounts have, in the order asked.
    struct FundState {
        uint256 time;
        uint256 number;
        Fund fund;
        Investor[] investors;
    }

    /// @notice Everything.
    /// @param time Time of the block [unix s].
    /// @param number Number of the block.
    /// @param reserve What backs the dollar.
    /// @param rates What a dollar is worth.
    /// @param terms Term assets.
    /// @param gate Gate and queue.
    /// @param window Swap window.
    /// @param fund Fund.
    /// @param holders What accounts have, in the order asked.
    struct State {
        uint256 time;
        uint256 number;
        Reserve reserve;
        Rates rates;
        IReserveBuckets.TermAsset[] terms;
        Gate gate;
        Window window;
        Fund fund;
        Holder[] holders;
    }

    /// @notice Returns everything.
    /// @param reserve Reserve.
    /// @param holders Accounts to read.
    /// @return state State.
    function read(IDollarReserve reserve, address[] calldata holders) external view returns (State memory state);

    /// @notice Returns a fund by itself.
    /// @param teller Teller.
    /// @param investors Accounts to read.
    /// @return state State.
    function readFund(IFundTeller teller, address[] calldata investors) external view returns (FundState memory state);
}
