// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vault__MockForBehaviour } from "../../contracts/mocks/Vault__MockForBehaviour.sol";
import { MockVaultChecks } from "./base/MockVaultChecks.sol";
import { PropertyTest } from "./base/PropertyTest.sol";

/// @notice Each mistake that a vault can make is caught by the check that is there for it, and a sound vault by none.
contract FaultyVaultsTest is PropertyTest {
    uint256 private constant _AMOUNT = 1e18 + 7;
    uint256[4] private _seeds = [uint256(1e20 + 3), 3e19 + 1, 5, 0];

    MockVaultChecks private _checks;

    function test_ASoundVault_PassesTheChecksThatCatchTheOthers() external {
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkDepositIsAtLeastItsPreview(_seeds, _AMOUNT);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkInflationDoesNotPay(1, 1e20, 1.5e20);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkInAndOutGainsNothing(_seeds, _AMOUNT);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkConversionsRoundDownForAllAlike(_seeds, _AMOUNT, 1);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkRedemptionIsAtLeastItsPreview(_seeds, _AMOUNT);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkOthersNeedAnAllowance(_seeds, _AMOUNT);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkLimitsOfExitAreKept(_seeds, _AMOUNT, false);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkRoomIsToldExactly(_seeds, _AMOUNT, false);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkCallbacksSeeNoOtherPrice(_seeds, _AMOUNT);
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkCallbacksGainNothing(_seeds, _AMOUNT, 0);
        _check(_checks.intruded() == 2, "what was done in the midst was let through");
        _over(Vault__MockForBehaviour.Fault.None);
        _checks.checkEntryIsAnnounced(_seeds, _AMOUNT, false);
    }

    function test_WithoutVirtualShares_InflationPays() external {
        _over(Vault__MockForBehaviour.Fault.NoOffset);
        try _checks.checkInflationDoesNotPay(1, 1e20, 1.5e20) {
            _missed();
        } catch (bytes memory reason) {
            _names(reason, NotAtMost.selector, "who lifts the price of the first share has gained nothing");
        }
    }

    function test_RoundingForTheUser_DilutesWhoIsThere() external {
        _over(Vault__MockForBehaviour.Fault.RoundsForTheUser);
        try _checks.checkConversionsRoundDownForAllAlike(_seeds, _AMOUNT, 1) {
            _missed();
        } catch (bytes memory reason) {
            _names(reason, NotAtMost.selector, "there and back is no more than was there");
        }
    }

    function test_APreviewThatPromisesMore_IsCaught() external {
        _over(Vault__MockForBehaviour.Fault.PromisesMore);
        try _checks.checkDepositIsAtLeastItsPreview(_seeds, _AMOUNT) {
            _missed();
        } catch (bytes memory reason) {
            _names(reason, NotAtMost.selector, "a deposit mints at least what its preview said");
        }
    }

    function test_IgnoringAllowances_IsCaught() external {
        _over(Vault__MockForBehaviour.Fault.IgnoresAllowance);
        try _checks.checkOthersNeedAnAllowance(_seeds, _AMOUNT) {
            _missed();
        } catch (bytes memory reason) {
            _names(reason, AssertionFailed.selector, "more than the owner allowed is refused");
        }
    }

    function test_ALimitThatCannotBePaid_IsCaught() external {
        _over(Vault__MockForBehaviour.Fault.LimitTooHigh);
        // The vault itself refuses what it said that it would pay.
        try _checks.checkLimitsOfExitAreKept(_seeds, _AMOUNT, false) {
            _missed();
        } catch (bytes memory reason) {
            _check(reason.length >= 4, "the vault's own error comes through");
        }
    }

    function test_ConversionsByCaller_AreCaught() external {
        _over(Vault__MockForBehaviour.Fault.TellsTheCallerMore);
        try _checks.checkConversionsRoundDownForAllAlike(_seeds, _AMOUNT, 1) {
            _missed();
        } catch (bytes memory reason) {
            _check(reason.length >= 4, "who asks makes a difference");
        }
    }

    function test_AHiddenFee_IsCaught() external {
        _over(Vault__MockForBehaviour.Fault.TakesAFee);
        try _checks.checkRedemptionIsAtLeastItsPreview(_seeds, _AMOUNT) {
            _missed();
        } catch (bytes memory reason) {
            _names(reason, NotAtMost.selector, "a redemption pays at least what its preview said");
        }
    }

    function test_MoreRoomThanThereIs_IsCaught() external {
        _over(Vault__MockForBehaviour.Fault.TellsTooMuchRoom);
        try _checks.checkRoomIsToldExactly(_seeds, _AMOUNT, false) {
            _missed();
        } catch (bytes memory reason) {
            _names(reason, AssertionFailed.selector, "the most is taken");
        }
    }

    function test_SharesBeforeTheirAssets_AreCaught() external {
        _over(Vault__MockForBehaviour.Fault.MintsBeforeItIsPaid);
        try _checks.checkCallbacksSeeNoOtherPrice(_seeds, _AMOUNT) {
            _missed();
        } catch (bytes memory reason) {
            _names(reason, AssertionFailed.selector, "in the midst of an entry");
        }
    }

    function _over(Vault__MockForBehaviour.Fault fault) private {
        _checks = new MockVaultChecks(fault);
    }

    function _missed() private pure {
        revert AssertionFailed("the faulty vault passed");
    }

    /// @dev Both errors begin with the sentence that was broken.
    function _names(bytes memory reason, bytes4 selector, string memory sentence) private pure {
        _check(bytes4(reason) == selector, "a law is broken, not something else");
        bytes memory values = new bytes(reason.length - 4);
        for (uint256 i = 0; i < values.length; ++i) values[i] = reason[i + 4];
        string memory found = selector == NotAtMost.selector ? _sentenceOf(values) : abi.decode(values, (string));
        _check(keccak256(bytes(found)) == keccak256(bytes(sentence)), found);
    }

    function _sentenceOf(bytes memory values) private pure returns (string memory sentence) {
        (sentence, , ) = abi.decode(values, (string, uint256, uint256));
    }
}
