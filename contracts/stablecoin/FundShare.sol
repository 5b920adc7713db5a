// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import { IFundShare } from "./IFundShare.sol";

/// @title FundShare
/// @notice See {IFundShare}.
contract FundShare is IFundShare, ERC20, Ownable2Step {
    /* IMMUTABLES */

    uint8 private immutable _decimals;

    /* STORAGE */

    /// @inheritdoc IFundShare
    mapping(address holder => bool allowed) public isAllowed;

    /// @inheritdoc IFundShare
    bool public isHalted;

    /// @inheritdoc IFundShare
    address public teller;

    /* MODIFIERS */

    modifier onlyTeller() {
        require(msg.sender == teller, FundShareUnauthorized(msg.sender, teller));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Makes a share without holders.
    /// @param owner_ Who keeps the list and names the teller.
    /// @param decimals_ Decimals, those of the money that buys it.
    constructor(address owner_, uint8 decimals_) ERC20("Fund share", "FUND") Ownable(owner_) {
        _decimals = decimals_;
    }

    /* EXTERNAL */

    /// @inheritdoc IFundShare
    function mint(address to, uint256 shares) external onlyTeller {
        _mint(to, shares);
    }

    /// @inheritdoc IFundShare
    function burn(address from, uint256 shares) external onlyTeller {
        _burn(from, shares);
    }

    /// @inheritdoc IFundShare
    function setAllowed(address holder, bool isAllowed_) external onlyOwner {
        isAllowed[holder] = isAllowed_;

        emit AllowedSet(holder, isAllowed_);
    }

    /// @inheritdoc IFundShare
    function setHalted(bool isHalted_) external onlyOwner {
        isHalted = isHalted_;

        emit HaltedSet(isHalted_);
    }

    /// @inheritdoc IFundShare
    function setTeller(address teller_) external onlyOwner {
        teller = teller_;

        emit TellerSet(teller_);
    }

    /* VIEWS */

    /// @inheritdoc ERC20
    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    /* INTERNAL */

    /// @dev Both ends are on the list, and nothing is halted.
    function _update(address from, address to, uint256 shares) internal override {
        require(!isHalted, FundShareHalted());
        require(from == address(0) || isAllowed[from], FundShareNotAllowed(from));
        require(to == address(0) || isAllowed[to], FundShareNotAllowed(to));
        super._update(from, to, shares);
    }
}
