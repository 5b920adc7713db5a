// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { OperatorSet } from "../types/OperatorSet.sol";
import { IFaultArbiter } from "./IFaultArbiter.sol";
import { ISlashingRule } from "./ISlashingRule.sol";

/// @title SignedOpinionArbiter
/// @notice Arbiter of reference: a claim is refuted by the signed opinion of a judge whose key was fixed beforehand.
/// @dev Counter-evidence: `abi.encode(bool refuted, bytes signature)`, the judge's signature of
/// `Opinion(address avs,uint32 setId,address operator,bytes32 faultId,bool refuted)` in the EIP-712 domain
/// "Faultline Arbiter", version "1", this chain, this contract.
/// @custom:source docs/contracts/SlasherModules.md, section "Optimistic"
contract SignedOpinionArbiter is IFaultArbiter, EIP712 {
    /* CONSTANTS */

    /// @notice EIP-712 type hash of an opinion.
    bytes32 public constant OPINION_TYPEHASH = keccak256(
        "Opinion(address avs,uint32 setId,address operator,bytes32 faultId,bool refuted)"
    );

    /* IMMUTABLES */

    /// @notice Key whose opinion counts.
    address public immutable judge;

    /* ERRORS */

    /// @notice Raised when an opinion is not the judge's.
    /// @param signer Who signed.
    /// @param judge Whose opinion counts.
    error SignedOpinionArbiterNotJudge(address signer, address judge);

    /* CONSTRUCTOR */

    /// @notice Fixes what the contract works with.
    /// @param judge_ Key whose opinion counts.
    constructor(address judge_) EIP712("Faultline Arbiter", "1") {
        judge = judge_;
    }

    /* VIEWS */

    /// @inheritdoc IFaultArbiter
    function refutes(
        OperatorSet calldata set,
        ISlashingRule.Verdict calldata verdict,
        bytes calldata counterEvidence
    ) external view returns (bool refuted) {
        bytes memory signature;
        (refuted, signature) = abi.decode(counterEvidence, (bool, bytes));
        bytes32 digest = opinionDigestOf(set, verdict.operator, verdict.faultId, refuted);
        address signer = ECDSA.recover(digest, signature);
        require(signer == judge, SignedOpinionArbiterNotJudge(signer, judge));
    }

    /// @notice Returns the digest that the judge signs.
    /// @param set Operator set.
    /// @param operator Operator accused.
    /// @param faultId Identity of the fault.
    /// @param refuted The opinion.
    /// @return digest EIP-712 digest.
    function opinionDigestOf(
        OperatorSet calldata set,
        address operator,
        bytes32 faultId,
        bool refuted
    ) public view returns (bytes32 digest) {
        return _hashTypedDataV4(keccak256(abi.encode(OPINION_TYPEHASH, set.avs, set.id, operator, faultId, refuted)));
    }
}
