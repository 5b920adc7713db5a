// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import { IDollar } from "./IDollar.sol";
import { IFundTeller } from "./IFundTeller.sol";
import { ISwapWindow } from "./ISwapWindow.sol";

/// @title IReserveBuckets
/// @notice What backs the dollar: cash at once, fund shares in a day, term assets at a haircut, and what stands in the
/// swap window.
/// @dev Units: dollars in wei, 18 decimals; money ("settlement token") in its own wei, at most 18 decimals, and
/// {factor} dollars wei for one of them; fractions in WAD; times in unix seconds.
///
/// | Quantity | Rounding |
/// |---|---|
/// | mark of a term asset | down: face * factor * (1 - haircut) |
/// | mark of the fund | down, as the teller says |
/// | mark of the swap window | down, never above par |
/// @dev Money counts by what these functions moved, not by the balance: a gift to the contract backs nothing.
/// @custom:source docs/contracts/DollarReserve.md
interface IReserveBuckets {
    /// @notice Money lent to a custodian until a day.
    /// @param custodian Who holds it and pays it back.
    /// @param face Money owed back [token wei].
    /// @param haircut Part of it that does not count [WAD].
    /// @param maturity When it is due [unix s].
    struct TermAsset {
        address custodian;
        uint256 face;
        uint256 haircut;
        uint256 maturity;
    }

    /// @notice Emitted when the reserve manager changes.
    /// @param manager Reserve manager.
    event ManagerSet(address indexed manager);

    /// @notice Emitted when money is lent.
    /// @param id Term asset.
    /// @param custodian Who holds it.
    /// @param face Money [token wei].
    /// @param haircut Part that does not count [WAD].
    /// @param maturity When it is due [unix s].
    event TermPlaced(uint256 indexed id, address indexed custodian, uint256 face, uint256 haircut, uint256 maturity);

    /// @notice Emitted when a term asset is marked anew.
    /// @param id Term asset.
    /// @param haircut Part that does not count [WAD].
    /// @param before Mark of all term assets before [dollars wei].
    /// @param present Mark of all term assets now [dollars wei].
    event TermMarked(uint256 indexed id, uint256 haircut, uint256 before, uint256 present);

    /// @notice Emitted when a part of a term asset is written off.
    /// @param id Term asset.
    /// @param loss Money written off [token wei].
    event TermImpaired(uint256 indexed id, uint256 loss);

    /// @notice Emitted when a term asset came back, or was sold.
    /// @param id Term asset.
    /// @param face Money that was owed [token wei].
    /// @param proceeds Money that came [token wei].
    event TermCollected(uint256 indexed id, uint256 face, uint256 proceeds);

    /// @notice Emitted when money goes into the fund.
    /// @param requestId Order at the teller.
    /// @param assets Money [token wei].
    event FundSubscribed(uint256 indexed requestId, uint256 assets);

    /// @notice Emitted when fund shares are given back.
    /// @param requestId Order at the teller.
    /// @param shares Shares [wei].
    event FundRedeemed(uint256 indexed requestId, uint256 shares);

    /// @notice Emitted when an order at the teller was claimed, or shares were redeemed at once.
    /// @param requestId Order at the teller, zero for at once.
    /// @param assets Money that came [token wei].
    /// @param shares Shares that came [wei].
    event FundCollected(uint256 indexed requestId, uint256 assets, uint256 shares);

    /// @notice Emitted when money moves between the cash bucket and the swap window.
    /// @param assets Money [token wei].
    /// @param isIntoWindow Whether it went into the window.
    event WindowMoved(uint256 assets, bool isIntoWindow);

    /// @notice Raised when the caller has not the role.
    /// @param caller Caller.
    error ReserveBucketsUnauthorized(address caller);

    /// @notice Raised when the cash bucket holds too little.
    /// @param requested Money asked for [token wei].
    /// @param available Money held [token wei].
    error ReserveBucketsInsufficientCash(uint256 requested, uint256 available);

    /// @notice Raised when a term asset does not exist, or exists no more.
    /// @param id Term asset.
    error ReserveBucketsUnknownTerm(uint256 id);

    /// @notice Raised when a term asset is not due yet.
    /// @param id Term asset.
    /// @param maturity When it is due [unix s].
    error ReserveBucketsNotDue(uint256 id, uint256 maturity);

    /// @notice Raised when there are too many term assets.
    /// @param maximum Most term assets.
    error ReserveBucketsTooManyTerms(uint256 maximum);

    /// @notice Raised when a haircut exceeds 100 %.
    /// @param haircut Haircut [WAD].
    error ReserveBucketsInvalidHaircut(uint256 haircut);

    /// @notice Raised when more is written off than is owed.
    /// @param requested Money to write off [token wei].
    /// @param available Money owed [token wei].
    error ReserveBucketsInvalidLoss(uint256 requested, uint256 available);

    /// @notice Raised when parts do not fit: a settlement token with more than 18 decimals, a teller for another token.
    error ReserveBucketsInvalidParts();

    /// @notice Lends cash until a day. Only the manager.
    /// @param custodian Who gets it, and has to allow this contract to take it back.
    /// @param assets Money [token wei].
    /// @param haircut Part that does not count [WAD].
    /// @param maturity When it is due [unix s].
    /// @return id Term asset.
    function placeTerm(
        address custodian,
        uint256 assets,
        uint256 haircut,
        uint256 maturity
    ) external returns (uint256 id);

    /// @notice Marks a term asset anew, up or down. Only the manager.
    /// @param id Term asset.
    /// @param haircut Part that does not count [WAD].
    function markTerm(uint256 id, uint256 haircut) external;

    /// @notice Writes off a part of a term asset for good. Only the manager.
    /// @param id Term asset.
    /// @param loss Money written off [token wei].
    function impairTerm(uint256 id, uint256 loss) external;

    /// @notice Takes a term asset back when it is due, in full. Anybody.
    /// @dev Reverts with {ReserveBucketsNotDue}, or as the token does when the custodian cannot pay.
    /// @param id Term asset.
    function collectTerm(uint256 id) external;

    /// @notice Sells a term asset to its custodian before it is due. Only the manager.
    /// @param id Term asset.
    /// @param proceeds Money that the custodian pays for all of it [token wei].
    function sellTerm(uint256 id, uint256 proceeds) external;

    /// @notice Puts cash into the fund. Only the manager.
    /// @param assets Money [token wei].
    /// @return requestId Order at the teller.
    function subscribeFund(uint256 assets) external returns (uint256 requestId);

    /// @notice Gives fund shares back for money in a day. Only the manager.
    /// @param shares Shares [wei].
    /// @return requestId Order at the teller.
    function redeemFund(uint256 shares) external returns (uint256 requestId);

    /// @notice Gives fund shares back for money at once, at the teller's fee. Only the manager.
    /// @param shares Shares [wei].
    /// @return assets Money that came [token wei].
    function redeemFundInstantly(uint256 shares) external returns (uint256 assets);

    /// @notice Claims a settled order at the teller. Anybody.
    /// @param requestId Order at the teller.
    function collectFund(uint256 requestId) external;

    /// @notice Moves cash into the swap window, whose token must be the settlement token. Only the manager.
    /// @param assets Money [token wei].
    function fillWindow(uint256 assets) external;

    /// @notice Moves money from the swap window to the cash bucket. Only the manager.
    /// @param assets Money [token wei].
    function drainWindow(uint256 assets) external;

    /// @notice Sets the reserve manager. Only the owner.
    /// @param manager_ Reserve manager.
    function setManager(address manager_) external;

    /// @notice Returns the dollar.
    /// @return Token.
    function dollar() external view returns (IDollar);

    /// @notice Returns the money dollars are minted and redeemed for.
    /// @return Token.
    function settlement() external view returns (IERC20);

    /// @notice Returns the dollars for one wei of money.
    /// @return Dollars [wei].
    function factor() external view returns (uint256);

    /// @notice Returns where the fund is bought.
    /// @return Teller, zero for no fund.
    function teller() external view returns (IFundTeller);

    /// @notice Returns the swap window.
    /// @return Window, zero for none.
    function window() external view returns (ISwapWindow);

    /// @notice Returns the reserve manager.
    /// @return Account.
    function manager() external view returns (address);

    /// @notice Returns the cash bucket.
    /// @return Money [token wei].
    function cash() external view returns (uint256);

    /// @notice Returns the mark of the fund bucket, orders at the teller included.
    /// @return Money [token wei].
    function fundValue() external view returns (uint256);

    /// @notice Returns the mark of all term assets.
    /// @return Dollars [wei].
    function termValue() external view returns (uint256);

    /// @notice Returns the mark of what stands in the swap window.
    /// @return Dollars [wei].
    function windowValue() external view returns (uint256);

    /// @notice Returns the mark of everything that backs the dollar; not the buffer, the junior tranche, the backstop.
    /// @return Dollars [wei].
    function assetsMarked() external view returns (uint256);

    /// @notice Returns a term asset.
    /// @param id Term asset.
    /// @return The term asset.
    function termOf(uint256 id) external view returns (TermAsset memory);

    /// @notice Returns the term assets that exist.
    /// @return Ids.
    function terms() external view returns (uint256[] memory);
}
