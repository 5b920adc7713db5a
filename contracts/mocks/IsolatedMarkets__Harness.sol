// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IFlashBorrower } from "../lending/IFlashBorrower.sol";
import { IRateModel } from "../lending/IRateModel.sol";
import { IsolatedMarkets } from "../lending/IsolatedMarkets.sol";
import { IMarketOracle } from "../libraries/IMarketOracle.sol";

/// @title IsolatedMarkets__Harness
/// @notice Isolated markets whose books a test may write, to reach a published state at once.
contract IsolatedMarkets__Harness is IsolatedMarkets {
    /// @param owner_ Who may set fees.
    constructor(address owner_) IsolatedMarkets(owner_) {}

    /// @notice Writes the totals of a market; the time of the last update stays now.
    function setTotals(bytes32 id, Totals calldata totals) external {
        _totals[id] = totals;
        _totals[id].lastUpdate = block.timestamp;
    }

    /// @notice Writes a position.
    function setPosition(bytes32 id, address account, Position calldata position) external {
        _positions[id][account] = position;
        _setDebtShares(id, account, position.borrowShares);
    }
}

/// @title MarketOracle__MockForMarkets
/// @notice A price that anybody may set.
contract MarketOracle__MockForMarkets is IMarketOracle {
    /// @inheritdoc IMarketOracle
    uint256 public price;

    /// @notice Sets the price.
    function setPrice(uint256 price_) external {
        price = price_;
    }
}

/// @title RateModel__MockForMarkets
/// @notice A rate that anybody may set, and that may be asked to call back into the markets.
contract RateModel__MockForMarkets is IRateModel {
    /// @notice Rate [WAD per second].
    uint256 public rate;

    bytes private _call;

    /// @notice Sets the rate.
    function setRate(uint256 rate_) external {
        rate = rate_;
    }

    /// @notice Sets what the next look calls in the markets.
    function setCall(bytes calldata call_) external {
        _call = call_;
    }

    /// @inheritdoc IRateModel
    function borrowRate(bytes32, Use calldata) external returns (uint256) {
        bytes memory call_ = _call;
        delete _call;
        if (call_.length > 0) {
            // solhint-disable-next-line avoid-low-level-calls, because the call is the attack
            (bool isOk, bytes memory why) = msg.sender.call(call_);
            require(isOk, CallbackFailed(why));
        }
        return rate;
    }

    /// @inheritdoc IRateModel
    function previewBorrowRate(address, bytes32, Use calldata) external view returns (uint256) {
        return rate;
    }

    /// @notice Raised when the call back fails.
    error CallbackFailed(bytes why);
}

/// @title FlashBorrower__MockForIsolated
/// @notice Borrows by flash loan, and gives back or not.
contract FlashBorrower__MockForIsolated is IFlashBorrower {
    IsolatedMarkets private immutable _markets;

    /// @notice What it held during the loan.
    uint256 public seen;

    bool private _gives;

    /// @param markets_ Contract that lends.
    constructor(IsolatedMarkets markets_) {
        _markets = markets_;
    }

    /// @notice Borrows.
    function borrow(IERC20 token, uint256 amount, bool gives) external {
        _gives = gives;
        _markets.flashLoan(address(token), amount, "");
    }

    /// @inheritdoc IFlashBorrower
    function onFlashLoan(address token, uint256 amount, bytes calldata) external {
        seen = IERC20(token).balanceOf(address(this));
        if (_gives) IERC20(token).approve(msg.sender, amount);
    }
}
