// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { ILens, Question } from "./ILens.sol";

/// @title Lens
/// @notice See {ILens}.
/// @custom:source docs/contracts/Lens.md
contract Lens is ILens {
    using Address for address;

    /* VIEWS */

    /// @inheritdoc ILens
    function ask(Question[] calldata questions) external view returns (bytes[] memory answers) {
        answers = new bytes[](questions.length);
        for (uint256 i = 0; i < questions.length; ++i) {
            answers[i] = questions[i].target.functionStaticCall(questions[i].data);
        }
    }
}
