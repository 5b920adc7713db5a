// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { SignatureChecker } from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import { Nonces } from "@openzeppelin/contracts/utils/Nonces.sol";
import { EnumerableSet } from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import { CoreComponent } from "./CoreComponent.sol";
import { IRestakingManager } from "./IRestakingManager.sol";
import { IShareManager } from "./IShareManager.sol";
import { IStrategy } from "./IStrategy.sol";

/// @title RestakingManager
/// @notice See {IRestakingManager}.
contract RestakingManager is IRestakingManager, CoreComponent, EIP712, Nonces {
    using EnumerableSet for EnumerableSet.AddressSet;
    using SafeERC20 for IERC20;

    /* TYPES */

    /// @notice Deposit caps of a strategy, both inclusive [token wei].
    struct Caps {
        uint256 perDeposit;
        uint256 total;
    }

    /* CONSTANTS */

    /// @notice Pause bit of deposits.
    uint8 public constant PAUSE_DEPOSITS = 0;

    /// @notice Largest number of strategies one staker can hold shares of.
    uint256 public constant MAX_STRATEGIES = 32;

    /// @notice EIP-712 type of the signature that {depositFor} asks for.
    bytes32 public constant DEPOSIT_TYPEHASH = keccak256(
        "Deposit(address staker,address strategy,uint256 amount,address payer,uint256 nonce,uint256 expiry)"
    );

    /* STORAGE */

    EnumerableSet.AddressSet private _whitelisted;
    mapping(IStrategy strategy => Caps caps) private _caps;
    mapping(address staker => EnumerableSet.AddressSet strategies) private _strategiesOf;
    mapping(address staker => mapping(IStrategy strategy => uint256 shares)) private _depositShares;

    /* MODIFIERS */

    /// @notice Refuses every caller but the operator delegation.
    modifier onlyDelegation() {
        address expected = address(_core.operatorDelegation);
        require(msg.sender == expected, ShareManagerUnauthorized(msg.sender, expected));
        _;
    }

    /* CONSTRUCTOR */

    /// @notice Gives the contract to its first owner.
    /// @param owner_ First owner.
    constructor(address owner_) CoreComponent(owner_) EIP712("Faultline RestakingManager", "1") {}

    /* EXTERNAL */

    /// @inheritdoc IRestakingManager
    function deposit(
        IStrategy strategy,
        uint256 amount
    ) external nonReentrant whenNotPaused(PAUSE_DEPOSITS) returns (uint256 shares) {
        return _deposit(msg.sender, strategy, amount);
    }

    /// @inheritdoc IRestakingManager
    function depositFor(
        address staker,
        IStrategy strategy,
        uint256 amount,
        uint256 expiry,
        bytes calldata signature
    ) external nonReentrant whenNotPaused(PAUSE_DEPOSITS) returns (uint256 shares) {
        require(block.timestamp <= expiry, RestakingManagerSignatureExpired(expiry, block.timestamp));
        bytes32 digest = depositDigest(staker, strategy, amount, msg.sender, expiry);
        require(
            SignatureChecker.isValidSignatureNow(staker, digest, signature),
            RestakingManagerInvalidSignature(staker)
        );

        _useNonce(staker);

        return _deposit(staker, strategy, amount);
    }

    /// @inheritdoc IRestakingManager
    function setWhitelisted(IStrategy[] calldata strategies, bool allowed) external onlyOwner {
        for (uint256 i = 0; i < strategies.length; ++i) {
            IStrategy strategy = strategies[i];
            if (allowed) {
                _whitelisted.add(address(strategy));
                Caps storage caps = _caps[strategy];
                if (caps.perDeposit == 0 && caps.total == 0) {
                    caps.perDeposit = type(uint256).max;
                    caps.total = type(uint256).max;
                }
            } else {
                _whitelisted.remove(address(strategy));
            }

            emit StrategyWhitelisted(strategy, allowed);
        }
    }

    /// @inheritdoc IRestakingManager
    function setCaps(IStrategy strategy, uint256 perDeposit, uint256 total) external onlyOwner {
        _caps[strategy] = Caps({ perDeposit: perDeposit, total: total });

        emit CapsSet(strategy, perDeposit, total);
    }

    /// @inheritdoc IShareManager
    function addShares(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external onlyDelegation returns (uint256 previous, uint256 added) {
        return (_credit(staker, strategy, shares), shares);
    }

    /// @inheritdoc IShareManager
    function removeDepositShares(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external onlyDelegation returns (uint256 remaining) {
        require(shares != 0, ShareManagerSharesAmountZero(staker, strategy));
        uint256 available = _depositShares[staker][strategy];
        require(shares <= available, ShareManagerSharesAmountTooHigh(staker, strategy, shares, available));

        remaining = available - shares;

        _depositShares[staker][strategy] = remaining;
        if (remaining == 0) _strategiesOf[staker].remove(address(strategy));

        emit DepositSharesSet(staker, strategy, remaining);
    }

    /// @inheritdoc IShareManager
    function withdrawSharesAsTokens(
        address staker,
        IStrategy strategy,
        uint256 shares
    ) external onlyDelegation returns (uint256 amount) {
        return strategy.withdraw(staker, shares);
    }

    /// @inheritdoc IRestakingManager
    function payOutSlashed(
        address recipient,
        IStrategy strategy,
        uint256 shares
    ) external onlyFrom(address(_core.slasher)) returns (uint256 amount) {
        return strategy.withdraw(recipient, shares);
    }

    /* VIEWS */

    /// @inheritdoc IRestakingManager
    function isWhitelisted(IStrategy strategy) external view returns (bool) {
        return _whitelisted.contains(address(strategy));
    }

    /// @inheritdoc IRestakingManager
    function whitelistedStrategies() external view returns (IStrategy[] memory) {
        return _asStrategies(_whitelisted.values());
    }

    /// @inheritdoc IRestakingManager
    function capsOf(IStrategy strategy) external view returns (uint256 perDeposit, uint256 total) {
        Caps storage caps = _caps[strategy];
        return (caps.perDeposit, caps.total);
    }

    /// @inheritdoc IRestakingManager
    function depositsOf(address staker) external view returns (IStrategy[] memory strategies, uint256[] memory shares) {
        strategies = _asStrategies(_strategiesOf[staker].values());
        shares = new uint256[](strategies.length);
        for (uint256 i = 0; i < strategies.length; ++i) shares[i] = _depositShares[staker][strategies[i]];
    }

    /// @inheritdoc IShareManager
    function depositSharesOf(address staker, IStrategy strategy) external view returns (uint256) {
        return _depositShares[staker][strategy];
    }

    /// @inheritdoc IRestakingManager
    function depositDigest(
        address staker,
        IStrategy strategy,
        uint256 amount,
        address payer,
        uint256 expiry
    ) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(abi.encode(DEPOSIT_TYPEHASH, staker, strategy, amount, payer, nonces(staker), expiry))
            );
    }

    /* INTERNAL */

    /// @notice Moves the caller's tokens into a strategy and credits what arrived.
    /// @param staker Account credited.
    /// @param strategy Strategy.
    /// @param amount Tokens to pay [token wei].
    /// @return shares Deposit shares credited [wei].
    function _deposit(address staker, IStrategy strategy, uint256 amount) internal returns (uint256 shares) {
        require(_whitelisted.contains(address(strategy)), RestakingManagerStrategyNotWhitelisted(strategy));
        Caps memory caps = _caps[strategy];
        require(amount <= caps.perDeposit, RestakingManagerPerDepositCapExceeded(strategy, amount, caps.perDeposit));

        // The price depends on what arrives, so the transfer has to come first; the guard keeps re-entry out.
        IERC20 token = strategy.token();
        uint256 balanceBefore = token.balanceOf(address(strategy));
        token.safeTransferFrom(msg.sender, address(strategy), amount);
        uint256 balance = token.balanceOf(address(strategy));
        require(balance <= caps.total, RestakingManagerTotalCapExceeded(strategy, balance, caps.total));

        uint256 received = balance - balanceBefore;
        shares = strategy.deposit(received);
        uint256 previous = _credit(staker, strategy, shares);

        emit Deposited(staker, strategy, msg.sender, received, shares);

        _core.operatorDelegation.increaseDelegatedShares(staker, strategy, previous, shares);
    }

    /// @notice Adds deposit shares to a staker's balance.
    /// @param staker Staker.
    /// @param strategy Strategy.
    /// @param shares Shares to add [wei].
    /// @return previous Deposit shares before [wei].
    function _credit(address staker, IStrategy strategy, uint256 shares) internal returns (uint256 previous) {
        require(shares != 0, ShareManagerSharesAmountZero(staker, strategy));
        previous = _depositShares[staker][strategy];

        if (previous == 0) {
            EnumerableSet.AddressSet storage strategies = _strategiesOf[staker];
            require(strategies.length() < MAX_STRATEGIES, RestakingManagerTooManyStrategies(staker, MAX_STRATEGIES));
            strategies.add(address(strategy));
        }
        _depositShares[staker][strategy] = previous + shares;

        emit DepositSharesSet(staker, strategy, previous + shares);
    }

    /// @notice Returns addresses as strategies.
    /// @param values Addresses.
    /// @return strategies The same, typed.
    function _asStrategies(address[] memory values) internal pure returns (IStrategy[] memory strategies) {
        strategies = new IStrategy[](values.length);
        for (uint256 i = 0; i < values.length; ++i) strategies[i] = IStrategy(values[i]);
    }
}
