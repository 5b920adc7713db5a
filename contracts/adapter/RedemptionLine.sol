// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Math } from "@openzeppelin/contracts/utils/math/Math.sol";
import { ReentrancyGuard } from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

import { IAdapterVault } from "./IAdapterVault.sol";
import { IRedemptionLine } from "./IRedemptionLine.sol";

/// @title RedemptionLine
/// @notice See {IRedemptionLine}.
/// @custom:source docs/contracts/RedemptionLine.md, section "Concepts"
contract RedemptionLine is IRedemptionLine, ReentrancyGuard {
    using SafeERC20 for IERC20;

    /// @notice How far the line was filled, and for how much.
    /// @param shares Shares filled so far.
    /// @param assets What all of them gave [token wei].
    struct Mark {
        uint256 shares;
        uint256 assets;
    }

    /* IMMUTABLES */

    /// @inheritdoc IRedemptionLine
    IAdapterVault public immutable vault;

    /* STORAGE */

    /// @inheritdoc IRedemptionLine
    uint256 public totalShares;

    Request[] private _requests;
    Mark[] private _marks;

    /* CONSTRUCTOR */

    /// @notice Opens an empty line.
    /// @param vault_ Vault, which has to name this line.
    constructor(IAdapterVault vault_) {
        vault = vault_;
        _marks.push(Mark(0, 0));
    }

    /* EXTERNAL */

    /// @inheritdoc IRedemptionLine
    function requestRedeem(uint256 shares, address owner) external nonReentrant returns (uint256 id) {
        require(shares > 0, RedemptionLineZeroShares());

        id = _requests.length;
        _requests.push(Request(owner, totalShares, totalShares + shares));
        totalShares += shares;

        emit RedemptionRequested(id, owner, shares);

        IERC20(address(vault)).safeTransferFrom(msg.sender, address(this), shares);
    }

    /// @inheritdoc IRedemptionLine
    function fill(uint256 maxShares) external nonReentrant returns (uint256 shares, uint256 assets) {
        Mark memory last = _marks[_marks.length - 1];
        uint256 waiting = totalShares - last.shares;
        shares = Math.min(Math.min(maxShares, waiting), vault.maxRedeem(address(this)));
        require(shares > 0, RedemptionLineNothingToFill());

        assets = vault.redeem(shares, address(this), address(this));
        _marks.push(Mark(last.shares + shares, last.assets + assets));

        emit Filled(shares, assets);
    }

    /// @inheritdoc IRedemptionLine
    function claim(uint256 id, address receiver) external nonReentrant returns (uint256 assets) {
        address owner = requestOf(id).owner;
        require(msg.sender == owner, RedemptionLineNotOwner(id, msg.sender));
        assets = claimable(id);
        require(assets > 0, RedemptionLineNothingToClaim(id));

        _requests[id].next = Math.min(_requests[id].end, filledShares());

        emit Claimed(id, receiver, assets);

        IERC20(vault.asset()).safeTransfer(receiver, assets);
    }

    /* VIEWS */

    /// @inheritdoc IRedemptionLine
    function requestOf(uint256 id) public view returns (Request memory request) {
        if (id < _requests.length) request = _requests[id];
    }

    /// @inheritdoc IRedemptionLine
    function filledShares() public view returns (uint256) {
        return _marks[_marks.length - 1].shares;
    }

    /// @inheritdoc IRedemptionLine
    function claimable(uint256 id) public view returns (uint256) {
        Request memory request = requestOf(id);
        uint256 end = Math.min(request.end, filledShares());
        if (end <= request.next) return 0;

        return _paid(end) - _paid(request.next);
    }

    /* INTERNAL */

    /// @notice Returns what the line was paid up to a share, rounded down.
    /// @param x Share, no further than the line is filled.
    /// @return Assets [token wei].
    function _paid(uint256 x) private view returns (uint256) {
        // First mark that is not before `x`; the mark at 0 makes the one before it exist.
        (uint256 low, uint256 high) = (0, _marks.length - 1);
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_marks[middle].shares < x) low = middle + 1;
            else high = middle;
        }
        Mark memory to = _marks[low];
        if (to.shares == x) return to.assets;

        Mark memory from = _marks[low - 1];
        return from.assets + Math.mulDiv(x - from.shares, to.assets - from.assets, to.shares - from.shares);
    }
}
