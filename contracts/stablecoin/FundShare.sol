// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC165Checker } from "@openzeppelin/contracts/utils/introspection/ERC165Checker.sol";
import { IERC165 } from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import { IERC7575 } from "../libraries/IERC7575.sol";
import { IERC7575Share } from "../libraries/IERC7575Share.sol";
import { IFundShare } from "./IFundShare.sol";

/// @title FundShare
/// @notice See {IFundShare}.
contract FundShare is IFundShare, ERC20, Ownable2Step {
    using ERC165Checker for address;

    /* CONSTANTS */

    /// @dev ERC-165 id of a vault of ERC-7575.
    bytes4 private constant _ERC7575_VAULT = 0x2f0a18c5;

    /* IMMUTABLES */

    uint8 private immutable _decimals;

    /* STORAGE */

    /// @inheritdoc IFundShare
    mapping(address holder => bool allowed) public isAllowed;

    /// @inheritdoc IFundShare
    bool public isHalted;

    /// @inheritdoc IFundShare
    address public teller;

    /// @dev What the teller takes for shares; zero where it is no vault.
    address private _asset;

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
    function spend(address owner_, address spender, uint256 shares) external onlyTeller {
        _spendAllowance(owner_, spender, shares);
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
        address before = _asset;
        teller = teller_;
        _asset = teller_.supportsInterface(_ERC7575_VAULT) ? IERC7575(teller_).asset() : address(0);

        emit TellerSet(teller_);
        if (before != address(0) && before != _asset) emit VaultUpdate(before, address(0));
        if (_asset != address(0)) emit VaultUpdate(_asset, teller_);
    }

    /* VIEWS */

    /// @inheritdoc IERC7575Share
    function vault(address asset) external view returns (address) {
        return asset == _asset && asset != address(0) ? teller : address(0);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IERC7575Share).interfaceId;
    }

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
