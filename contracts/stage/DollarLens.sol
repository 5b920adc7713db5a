// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IPausableFlags } from "../libraries/IPausableFlags.sol";
import { IDollarReserve } from "../stablecoin/IDollarReserve.sol";
import { IFundShare } from "../stablecoin/IFundShare.sol";
import { IFundTeller } from "../stablecoin/IFundTeller.sol";
import { IJuniorTranche } from "../stablecoin/IJuniorTranche.sol";
import { IRedemptionQueue } from "../stablecoin/IRedemptionQueue.sol";
import { IReserveBuckets } from "../stablecoin/IReserveBuckets.sol";
import { ISwapWindow } from "../stablecoin/ISwapWindow.sol";
import { IDollarLens } from "./IDollarLens.sol";

/// @title DollarLens
/// @notice See {IDollarLens}.
contract DollarLens is IDollarLens {
    /* VIEWS */

    /// @inheritdoc IDollarLens
    function read(IDollarReserve reserve, address[] calldata holders) external view returns (State memory state) {
        (state.time, state.number) = (block.timestamp, block.number);
        state.reserve = _reserveOf(reserve);
        state.rates = _ratesOf(reserve);
        state.terms = _termsOf(reserve);
        state.gate = _gateOf(reserve);
        if (address(reserve.window()) != address(0)) state.window = _windowOf(reserve.window());
        if (address(reserve.teller()) != address(0)) state.fund = _fundOf(reserve.teller());
        state.holders = new Holder[](holders.length);
        for (uint256 k = 0; k < holders.length; ++k) state.holders[k] = _holderOf(reserve, holders[k]);
    }

    /// @inheritdoc IDollarLens
    function readFund(IFundTeller teller, address[] calldata investors) external view returns (FundState memory state) {
        (state.time, state.number) = (block.timestamp, block.number);
        state.fund = _fundOf(teller);
        state.investors = new Investor[](investors.length);
        for (uint256 k = 0; k < investors.length; ++k) {
            IFundShare share = IFundShare(teller.share());
            (address account, OpenOrder[] memory orders) = (investors[k], _ordersOf(teller, investors[k]));
            state.investors[k] = Investor(share.balanceOf(account), share.isAllowed(account), orders);
        }
    }

    /* INTERNAL */

    function _reserveOf(IDollarReserve reserve) private view returns (Reserve memory found) {
        found.supply = reserve.dollar().totalSupply();
        found.assetsMarked = reserve.assetsMarked();
        found.cash = reserve.cash();
        IFundTeller teller = reserve.teller();
        if (address(teller) != address(0)) found.fundShares = IFundShare(teller.share()).balanceOf(address(reserve));
        found.fundValue = reserve.fundValue();
        found.termValue = reserve.termValue();
        found.windowValue = reserve.windowValue();
        found.buffer = reserve.buffer();
        found.bufferTarget = reserve.bufferTarget();
        found.backstop = reserve.backstop();
        found.owedToJunior = reserve.owedToJunior();
        found.owedToBackstop = reserve.owedToBackstop();
        IJuniorTranche junior = reserve.junior();
        if (address(junior) == address(0)) return found;
        found.juniorAssets = reserve.settlement().balanceOf(address(junior));
        found.juniorValue = junior.totalAssets();
        found.juniorShares = junior.totalSupply();
    }

    function _ratesOf(IDollarReserve reserve) private view returns (Rates memory found) {
        found.gap = reserve.gap();
        found.residual = reserve.residual();
        found.surplus = reserve.surplus();
        found.backingRatio = reserve.backingRatio();
        found.backedRate = reserve.backedRate();
        found.redemptionRate = reserve.redemptionRate();
        found.feeBps = reserve.feeBpsAt(reserve.cash());
        found.isFirstComeAtPar = reserve.isFirstComeAtPar();
        found.mintCap = reserve.mintCap();
        found.mintedPrivileged = reserve.mintedPrivileged();
        found.pausedFlags = IPausableFlags(address(reserve)).pausedFlags();
    }

    function _termsOf(IDollarReserve reserve) private view returns (IReserveBuckets.TermAsset[] memory found) {
        uint256[] memory ids = reserve.terms();
        found = new IReserveBuckets.TermAsset[](ids.length);
        for (uint256 k = 0; k < ids.length; ++k) found[k] = reserve.termOf(ids[k]);
    }

    function _gateOf(IDollarReserve reserve) private view returns (Gate memory found) {
        found.terms = reserve.gate();
        found.isOpen = reserve.isOpen();
        found.opensAt = found.isOpen ? block.timestamp : found.terms.calendar.nextOpening(block.timestamp);
        found.epoch = reserve.currentEpoch();
        found.epochLeft = reserve.epochLeft();
        found.blockLeft = reserve.blockLeft();
        found.redeemableNow = reserve.redeemableNow();
        IRedemptionQueue queue = reserve.queue();
        if (address(queue) == address(0)) return found;
        found.isEpochFilled = queue.isEpochFilled();
        found.totalWaiting = queue.totalWaiting();
        found.totalClaimable = queue.totalClaimable();
        found.waitingIds = queue.waitingIds();
    }

    function _windowOf(ISwapWindow window) private view returns (Window memory found) {
        found.gems = window.gems();
        found.cap = window.cap();
        found.tin = window.tin();
        found.tout = window.tout();
        found.band = window.band();
        found.isFrozen = window.isFrozen();
        // A feed without a fresh price stops every swap, and must not stop the reading.
        try window.judge() returns (bool frozen, uint256 price) {
            (found.isPriced, found.isFrozenNow, found.price) = (true, frozen, price);
        } catch {
            found.isFrozenNow = true;
        }
    }

    function _fundOf(IFundTeller teller) private view returns (Fund memory found) {
        found.strike = teller.lastStrike();
        found.pricingDay = teller.pricingDay(block.timestamp);
        IFundShare share = IFundShare(teller.share());
        found.shares = share.totalSupply();
        found.liquidity = IERC20(teller.asset()).balanceOf(address(teller));
        found.instantLeft = teller.instantLeft();
        found.terms = teller.terms();
        found.isHalted = share.isHalted();
        found.orderCount = teller.orderCount();
    }

    function _holderOf(IDollarReserve reserve, address holder) private view returns (Holder memory found) {
        found.money = reserve.settlement().balanceOf(holder);
        found.dollars = reserve.dollar().balanceOf(holder);
        found.isFrozen = reserve.dollar().isFrozen(holder);
        IJuniorTranche junior = reserve.junior();
        if (address(junior) != address(0)) {
            found.juniorShares = junior.balanceOf(holder);
            found.juniorValue = junior.previewRedeem(found.juniorShares);
        }
        if (address(reserve.queue()) != address(0)) found.requests = _requestsOf(reserve.queue(), holder);
        IFundTeller teller = reserve.teller();
        if (address(teller) == address(0)) return found;
        IFundShare share = IFundShare(teller.share());
        found.fundShares = share.balanceOf(holder);
        found.isAllowed = share.isAllowed(holder);
        found.fundValue = teller.worthOf(holder);
        found.orders = _ordersOf(teller, holder);
    }

    function _requestsOf(IRedemptionQueue queue, address holder) private view returns (OpenRequest[] memory found) {
        uint256[] memory ids = queue.openRequestsOf(holder);
        found = new OpenRequest[](ids.length);
        for (uint256 k = 0; k < ids.length; ++k) found[k] = OpenRequest(ids[k], queue.requestOf(ids[k]));
    }

    function _ordersOf(IFundTeller teller, address holder) private view returns (OpenOrder[] memory found) {
        uint256[] memory ids = teller.openOrdersOf(holder);
        found = new OpenOrder[](ids.length);
        for (uint256 k = 0; k < ids.length; ++k) {
            found[k] = OpenOrder(ids[k], teller.orderOf(ids[k]), teller.quoteOf(ids[k]));
        }
    }
}
