import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { makePages, pageOf } from "../../../tools/contract-docs.mjs";
import { readContracts } from "../../../tools/natspec.mjs";

const INTERFACE = `pragma solidity 0.8.37;
/// @title IGate
/// @notice Lets callers pass.
/// @dev Times in clock units.
///
/// | Quantity | Rounding |
/// |---|---|
/// | toll | up |
/// | passes | down |
/// @dev Nobody passes twice.
interface IGate {
    /// @notice Emitted when somebody passed.
    /// @param who Who.
    event Passed(address who);
    /// @notice Raised when the toll is too low.
    /// @param given Toll [wei].
    error GateTollTooLow(uint256 given);
    /// @notice Lets the caller pass.
    /// @dev Reverts with {GateTollTooLow}.
    /// @param toll Toll [wei].
    /// @return passes Passes so far.
    function pass(uint256 toll) external returns (uint256 passes);
}
`;
const CONTRACT = `pragma solidity 0.8.37;
import { IGate } from "./IGate.sol";
/// @title Gate
/// @notice See {IGate}.
contract Gate is IGate {
    /// @notice Highest toll [wei].
    uint256 public constant MAX_TOLL = 1 ether;
    /// @notice Least toll [wei].
    uint256 public immutable minToll;
    /// @notice Opens the gate.
    /// @param minToll_ Least toll [wei].
    constructor(uint256 minToll_) { require(minToll_ < MAX_TOLL, GateTollTooLow(minToll_)); minToll = minToll_; }
    /// @inheritdoc IGate
    function pass(uint256 toll) external returns (uint256 passes) {
        require(toll >= minToll, GateTollTooLow(toll));
        emit Passed(msg.sender);
        return 1;
    }
}
`;

describe("contract pages", () => {
  let root: string;

  before(() => {
    root = mkdtempSync(path.join(tmpdir(), "faultline-docs-"));
    mkdirSync(path.join(root, "contracts", "gate"), { recursive: true });
    writeFileSync(path.join(root, "contracts", "gate", "IGate.sol"), INTERFACE);
    writeFileSync(path.join(root, "contracts", "gate", "Gate.sol"), CONTRACT);
  });

  after(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const page = (before = ""): string => {
    const contracts = readContracts(root);
    const gate = contracts.get("Gate");
    return gate === undefined ? "" : pageOf(contracts, gate, before);
  };

  it("takes overview and effects from the interface", () => {
    expect(page()).to.contain("## Overview\n\nLets callers pass.\n\nTimes in clock units.");
    expect(page()).to.contain("- Lets the caller pass.\n- Emits `Passed`.\n- Returns `passes`: Passes so far.");
  });

  it("gives the rows of a table a line each", () => {
    expect(page()).to.contain(
      "Times in clock units.\n\n| Quantity | Rounding |\n|---|---|\n| toll | up |\n| passes | down |\n\nNobody passes twice.",
    );
  });

  it("takes requirements from the code and from what the interface says", () => {
    expect(page()).to.contain("- `toll >= minToll`, else `GateTollTooLow`.\n- Reverts with `GateTollTooLow`.");
  });

  it("lists parameters with unit, value and range", () => {
    expect(page()).to.contain(
      "| `minToll_` | Least toll. | wei | at deployment | `minToll_ < MAX_TOLL`, else `GateTollTooLow` |",
    );
    expect(page()).to.contain("| `MAX_TOLL` | Highest toll. | wei | `1 ether` | fixed |");
    expect(page()).to.contain("| `minToll` | Least toll [wei]. |");
  });

  it("keeps what is written by hand", () => {
    expect(page("x <!-- by hand -->\n\nMind the gate.\n\n<!-- end of by hand --> y")).to.contain("Mind the gate.");
  });

  it("makes a page for each contract and gathers the parameters", async () => {
    expect([...(await makePages(root)).keys()]).to.deep.equal(["docs/contracts/Gate.md", "docs/parameters.md"]);
  });
});
