// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Bridge } from "../../contracts/avs/Bridge.sol";
import { IBridge } from "../../contracts/avs/IBridge.sol";
import { ScriptedRule__MockForModules } from "../../contracts/mocks/ScriptedRule__MockForModules.sol";
import { IAVSRegistry } from "../../contracts/restaking/IAVSRegistry.sol";
import { ISlasher } from "../../contracts/restaking/ISlasher.sol";
import { IStrategy } from "../../contracts/restaking/IStrategy.sol";
import { IDelayedSlasher } from "../../contracts/slashing/IDelayedSlasher.sol";
import { IFaultArbiter } from "../../contracts/slashing/IFaultArbiter.sol";
import { IOperatorKeys } from "../../contracts/slashing/IOperatorKeys.sol";
import { IOptimisticSlasher } from "../../contracts/slashing/IOptimisticSlasher.sol";
import { ISlashingRule } from "../../contracts/slashing/ISlashingRule.sol";
import { OptimisticSlasher } from "../../contracts/slashing/OptimisticSlasher.sol";
import { OperatorSet } from "../../contracts/types/OperatorSet.sol";
import { Statement } from "../../contracts/types/Statement.sol";
import { FreeToken } from "./base/CoreTest.sol";
import { PropertyTest } from "./base/PropertyTest.sol";

/// @notice A core in which whoever is asked for is a member for ever, a slash takes nothing, signatures name their signer,
/// and the first byte of counter-evidence is the judgement.
contract WillingCore {
    address[] private _members;

    constructor(uint160 members) {
        for (uint160 k = 0; k < members; ++k) _members.push(address(0x09e7a + k));
    }

    function slash(
        ISlasher.SlashParams calldata
    ) external pure returns (uint256, ISlasher.StrategySlash[] memory none) {
        return (1, none);
    }

    function clock() external view returns (uint48) {
        return uint48(block.timestamp);
    }

    function membersOf(OperatorSet calldata) external view returns (address[] memory) {
        return _members;
    }

    function membership(address who, OperatorSet calldata) external view returns (IAVSRegistry.Membership memory) {
        bool isOne = false;
        for (uint256 k = 0; k < _members.length; ++k) isOne = isOne || who == _members[k];
        return isOne ? IAVSRegistry.Membership(true, 1, type(uint48).max) : IAVSRegistry.Membership(false, 0, 0);
    }

    function strategiesOf(OperatorSet calldata) external pure returns (IStrategy[] memory none) {
        return none;
    }

    function authorOf(Statement calldata, bytes calldata signature) external pure returns (address) {
        return abi.decode(signature, (address));
    }

    function refutes(
        OperatorSet calldata,
        ISlashingRule.Verdict calldata,
        bytes calldata counterEvidence
    ) external pure returns (bool) {
        return counterEvidence[0] == 0x01;
    }

    function deallocationDelay() external pure returns (uint48) {
        return 1_000;
    }
}

/// @notice The two contracts that hold money against a word: bonds of claims, and tokens of another chain.
contract BondsTest is PropertyTest {
    address private constant _ALICE = address(0xa11ce);
    address private constant _BOB = address(0xb0b);
    uint256 private constant _BOND = 7e18;

    FreeToken private _token;
    WillingCore private _core;
    ScriptedRule__MockForModules private _rule;
    OptimisticSlasher private _slasher;
    OperatorSet private _set;
    /// @dev Claims, executions, disputes and reclaims that were let through.
    uint256[4] private _taken;

    function setUp() external {
        _VM.warp(1_000_000);
        _token = new FreeToken();
        _core = new WillingCore(5);
        _rule = new ScriptedRule__MockForModules();
        _slasher = new OptimisticSlasher(ISlasher(address(_core)), IAVSRegistry(address(_core)));
        _set = OperatorSet(address(this), 0);
        address[] memory rules = new address[](1);
        rules[0] = address(_rule);
        IOptimisticSlasher.Bond memory bond = IOptimisticSlasher.Bond(_token, _BOND, IFaultArbiter(address(_core)));
        _slasher.configure(_set, rules, IDelayedSlasher.Windows(0, 100, 100), bond);
        for (uint256 k = 0; k < 2; ++k) {
            address who = k == 0 ? _ALICE : _BOB;
            _token.mint(who, 1e24);
            _VM.prank(who);
            _token.approve(address(_slasher), type(uint256).max);
        }
    }

    /// @dev Claims are made, disputed, executed and taken back in any order: each open one has its bond there, and money is
    /// neither made nor lost.
    function testFuzz_Bonds_AreThoseOfTheClaimsThatAreOpen(uint256[24] calldata seeds) external {
        for (uint256 k = 0; k < 24; ++k) {
            _act(seeds[k]);
            uint256 open;
            for (uint256 id = 1; id <= _slasher.requestCount(); ++id) {
                if (_slasher.claimantOf(id) != address(0)) ++open;
            }
            _equal(_token.balanceOf(address(_slasher)), open * _BOND, "each open claim has its bond there");
        }
        uint256 all = _token.balanceOf(_ALICE) + _token.balanceOf(_BOB) + _token.balanceOf(address(_slasher));
        _equal(all, 2e24, "money changes hands, and no more");
    }

    function test_ItsHistoriesClaimExecuteDisputeAndReclaim() external {
        for (uint256 k = 0; k < 3; ++k) _act(_seed(0, 0, 0));
        _act(_seed(3, 0, 0));
        _act(_seed(4, 0, 79));
        _act(_seed(2, 1, 79));
        _act(_seed(4, 2, 79));
        _equal(_taken[0], 3, "three claims");
        for (uint256 k = 1; k < 4; ++k) _equal(_taken[k], 1, "one executed, one refuted, one taken back");
        _equal(_token.balanceOf(address(_slasher)), 0, "no bond is left");
    }

    /// @dev Some of five members sign: only enough of them, each once, make the bridge pay, and no number twice.
    function testFuzz_Bridge_PaysOnceAndOnlyByQuorum(uint256[8] calldata seeds) external {
        Bridge bridge = new Bridge(
            address(this),
            IAVSRegistry(address(_core)),
            IOperatorKeys(address(_core)),
            _token,
            0.6e18
        );
        _token.mint(address(bridge), 1e24);
        for (uint256 k = 0; k < 8; ++k) {
            (bytes[] memory signatures, bool isEnough) = _signatures(seeds[k]);
            IBridge.Message memory message = IBridge.Message(0, uint64(seeds[k] % 4), _BOB, (seeds[k] >> 16) % 1e23);
            bool isFresh = !bridge.isReleased(0, message.nonce);
            uint256 held = _token.balanceOf(address(bridge));
            try bridge.release(message, signatures) {
                _check(isEnough && isFresh, "without a quorum, or twice, nothing is paid");
                _equal(held - _token.balanceOf(address(bridge)), message.amount, "what is paid is what was signed");
            } catch {
                _check(!isEnough || !isFresh, "a quorum is paid");
                _equal(_token.balanceOf(address(bridge)), held, "a refusal moves nothing");
            }
        }
    }

    function _act(uint256 seed) private {
        uint256 id = _slasher.requestCount() == 0 ? 0 : 1 + (((seed >> 8) % 256) % _slasher.requestCount());
        address who = (seed >> 16) % 2 == 0 ? _ALICE : _BOB;
        _VM.warp(_VM.getBlockTimestamp() + (((seed >> 24) % 256) % 80));
        bytes memory call = abi.encodeCall(_slasher.reclaim, (id));
        if (seed % 5 < 2) call = abi.encodeCall(_slasher.claim, (_set, _rule, _evidence(_slasher.requestCount())));
        if (seed % 5 == 2) call = abi.encodeCall(_slasher.execute, (id));
        if (seed % 5 == 3) call = abi.encodeCall(_slasher.dispute, (id, abi.encodePacked(uint8((seed >> 32) % 2))));
        _VM.prank(who);
        // solhint-disable-next-line avoid-low-level-calls, because a refusal is an answer here, whatever its error
        (bool isTaken, ) = address(_slasher).call(call);
        if (isTaken) ++_taken[seed % 5 < 2 ? 0 : (seed % 5) - 1];
    }

    /// @dev Seed of an act by its kind, its request, and what passes before; a dispute refutes.
    function _seed(uint256 kind, uint256 place, uint256 wait) private pure returns (uint256 seed) {
        seed = (place << 8) | (wait << 24) | (1 << 32);
        seed += (kind + 5 - (seed % 5)) % 5;
    }

    function _evidence(uint256 fault) private view returns (bytes memory) {
        ISlashingRule.Verdict memory verdict;
        verdict.operator = address(0x09e7a);
        verdict.faultTime = uint48(_VM.getBlockTimestamp());
        verdict.faultId = bytes32(fault);
        verdict.fractions = new uint256[](1);
        verdict.reason = "fault";
        return abi.encode(verdict);
    }

    /// @dev Signatures of some members in order; sometimes one is doubled, which spoils all.
    function _signatures(uint256 seed) private pure returns (bytes[] memory signatures, bool isEnough) {
        uint256 count = (seed >> 32) % 6;
        bool isDoubled = (seed >> 40) % 4 == 0 && count > 1;
        signatures = new bytes[](count);
        for (uint160 k = 0; k < count; ++k) signatures[k] = abi.encode(address(0x09e7a + k));
        if (isDoubled) signatures[1] = signatures[0];
        return (signatures, count >= 3 && !isDoubled);
    }
}
