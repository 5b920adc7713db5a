// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../amm/IMarket.sol";
import { ILendingPool } from "../lending/ILendingPool.sol";
import { ISupplyClaim } from "../lending/ISupplyClaim.sol";

/// @title ILeverageRouter
/// @notice Opens and closes a leveraged position in one call, by flash loan.
/// @dev Units: token wei. Nothing is rounded here; the pool's and the market's rules apply. It never keeps a token: what
/// it holds when a call ends goes to the caller of that call.
/// @custom:source docs/contracts/LeverageRouter.md
interface ILeverageRouter {
    /* STRUCTS */

    /// @notice A position's place.
    /// @param pool Pooled market.
    /// @param collateral What is held.
    /// @param debt What is owed.
    /// @param market Where one is exchanged for the other.
    struct Loop {
        ILendingPool pool;
        address collateral;
        address debt;
        IMarket market;
    }

    /* EVENTS */

    /// @notice A position was opened or enlarged.
    /// @param account Whose.
    /// @param equity What it put in [debt wei].
    /// @param borrowed What it owes more, the loan's fee included [debt wei].
    /// @param supplied Collateral bought and supplied [collateral wei].
    event LoopOpened(address indexed account, uint256 equity, uint256 borrowed, uint256 supplied);

    /// @notice A position was closed or reduced.
    /// @param account Whose.
    /// @param sold Collateral sold [collateral wei].
    /// @param repaid Debt repaid [debt wei].
    /// @param returned What was left and came to the account [debt wei].
    event LoopClosed(address indexed account, uint256 sold, uint256 repaid, uint256 returned);

    /* ERRORS */

    /// @notice Another than a pool that lends to this contract called back.
    /// @param caller Who called.
    error LeverageRouterUnauthorized(address caller);

    /// @notice The collateral sold did not bring what is owed.
    /// @param proceeds What it brought [debt wei].
    /// @param owed Debt repaid and fee of the loan [debt wei].
    error LeverageRouterShort(uint256 proceeds, uint256 owed);

    /* FUNCTIONS */

    /// @notice Takes `equity`, flash-borrows `borrow`, buys collateral for both, supplies it, and repays the loan by
    /// borrowing on behalf of the caller.
    /// @dev Needs the caller's allowance of `equity` and its delegation of debt. Reverts as pool and market do.
    /// @param loop Where.
    /// @param equity What the caller puts in [debt wei].
    /// @param borrow What is borrowed on top [debt wei].
    /// @return supplied Collateral supplied [collateral wei].
    function open(Loop calldata loop, uint256 equity, uint256 borrow) external returns (uint256 supplied);

    /// @notice Flash-borrows what is to be repaid, repays it, takes `sell` of the caller's collateral, sells it and pays
    /// the loan back; the rest goes to the caller.
    /// @dev Needs the caller's allowance of its supply claim. Reverts with {LeverageRouterShort} where the sale does not
    /// bring enough, and as pool and market do.
    /// @param loop Where.
    /// @param claim Supply claim of the collateral.
    /// @param repay Most to repay; what is owed is the limit [debt wei].
    /// @param sell Collateral to sell; what the caller has is the limit [collateral wei].
    /// @return returned What the caller got [debt wei].
    function close(
        Loop calldata loop,
        ISupplyClaim claim,
        uint256 repay,
        uint256 sell
    ) external returns (uint256 returned);
}
