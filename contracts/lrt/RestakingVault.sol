// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { IERC165 } from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import { IERC7540Operator } from "../libraries/IERC7540Operator.sol";
import { IERC7540Redeem } from "../libraries/IERC7540Redeem.sol";
import { IERC7575Share } from "../libraries/IERC7575Share.sol";
import { IERC7575Vault } from "../libraries/IERC7575Vault.sol";
import { IRateSource } from "../libraries/IRateSource.sol";
import { WadMath } from "../libraries/WadMath.sol";
import { IExitQueue } from "./IExitQueue.sol";
import { INavOracle } from "./INavOracle.sol";
import { InstantExits } from "./InstantExits.sol";
import { IRestakingVault } from "./IRestakingVault.sol";
import { IVaultDelegators } from "./IVaultDelegators.sol";
import { VaultDeposits } from "./VaultDeposits.sol";
import { VaultRedemptions } from "./VaultRedemptions.sol";

/// @title RestakingVault
/// @notice See {IRestakingVault}.
contract RestakingVault is VaultDeposits, VaultRedemptions, InstantExits {
    using WadMath for uint256;

    /* CONSTANTS */

    bytes4 private constant _ERC7575_VAULT = 0x2f0a18c5;
    bytes4 private constant _ERC7575_SHARE = 0xf815c03d;

    /* STORAGE */

    /// @inheritdoc IRestakingVault
    address public curator;

    /// @notice Who may mint without assets; zero for nobody.
    address public minter;

    /// @notice Shares the minter may still mint; the greatest value is no cap.
    uint256 public minterCap;

    /* MODIFIERS */

    modifier onlyFrom(address expected) {
        require(msg.sender == expected, RestakingVaultUnauthorized(msg.sender, expected));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Makes a vault without parts; its owner is its first curator.
    /// @param owner_ Administrator.
    /// @param asset_ Wrapped liquid staking token.
    /// @param name_ Name of the shares.
    /// @param symbol_ Symbol of the shares.
    constructor(
        address owner_,
        IERC20 asset_,
        string memory name_,
        string memory symbol_
    ) ERC20(name_, symbol_) Ownable(owner_) {
        _asset = asset_;
        curator = owner_;

        emit VaultUpdate(address(asset_), address(this));
    }

    /* EXTERNAL */

    /// @inheritdoc IRestakingVault
    function wire(INavOracle oracle_, IExitQueue queue_, IVaultDelegators delegators_) external onlyOwner {
        require(address(oracle) == address(0), RestakingVaultAlreadyWired());
        bool isWhole = address(oracle_) != address(0) && address(queue_) != address(0);
        require(isWhole && address(delegators_) != address(0), RestakingVaultZeroAddress());

        (oracle, queue, delegators) = (oracle_, queue_, delegators_);

        emit Wired(oracle_, queue_, delegators_);
    }

    /// @inheritdoc IRestakingVault
    function mintUnbacked(address to, uint256 shares) external onlyFrom(minter) {
        require(shares <= minterCap, RestakingVaultCapExceeded(shares, minterCap));

        if (minterCap != type(uint256).max) minterCap -= shares;
        emit UnbackedMinted(msg.sender, to, shares, shares.wMulDown(_rate()));

        unbackedShares += shares;
        _mint(to, shares);
    }

    /// @inheritdoc IRestakingVault
    function burnUnbacked(uint256 shares) external {
        require(shares <= unbackedShares, RestakingVaultCapExceeded(shares, unbackedShares));

        unbackedShares -= shares;
        _burn(msg.sender, shares);

        emit UnbackedBurned(msg.sender, shares);
    }

    /// @inheritdoc IRestakingVault
    function mintFee(address to, uint256 shares) external onlyFrom(address(oracle)) {
        _mint(to, shares);
    }

    /// @inheritdoc IRestakingVault
    function settle(uint256 shares, uint256 assets) external onlyFrom(address(queue)) {
        require(assets <= buffer, RestakingVaultBufferExceeded(assets, buffer));

        _burn(msg.sender, shares);

        emit Settled(shares, assets);

        _send(msg.sender, assets);
    }

    /// @inheritdoc IRestakingVault
    function release(address to, uint256 assets) external onlyFrom(address(delegators)) {
        uint256 free = spendable();
        require(assets <= free, RestakingVaultBufferExceeded(assets, free));

        emit Released(to, assets);

        _send(to, assets);
    }

    /// @inheritdoc IRestakingVault
    function collect(uint256 assets) external {
        bool isPart = msg.sender == address(delegators) || msg.sender == address(queue);
        require(isPart, RestakingVaultUnauthorized(msg.sender, address(delegators)));
        uint256 held = _asset.balanceOf(address(this));
        require(held >= buffer + assets, RestakingVaultMissingAssets(buffer + assets, held));

        emit Collected(assets);

        _receive(assets);
    }

    /// @inheritdoc IRestakingVault
    function setCurator(address curator_) external onlyOwner {
        curator = curator_;

        emit CuratorSet(curator_);
    }

    /// @inheritdoc IRestakingVault
    function setMinter(address minter_, uint256 cap) external onlyOwner {
        (minter, minterCap) = (minter_, cap);

        emit MinterSet(minter_, cap);
    }

    /// @inheritdoc IRestakingVault
    function setAssetRate(IRateSource source) external onlyOwner {
        assetRate = source;

        emit AssetRateSet(address(source));
    }

    /* VIEWS */

    /// @inheritdoc IERC7575Share
    function vault(address asset_) external view returns (address) {
        return asset_ == address(_asset) ? address(this) : address(0);
    }

    /// @inheritdoc IERC7575Vault
    function share() external view returns (address) {
        return address(this);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC7540Operator).interfaceId ||
            interfaceId == type(IERC7540Redeem).interfaceId ||
            interfaceId == _ERC7575_VAULT ||
            interfaceId == _ERC7575_SHARE;
    }
}
