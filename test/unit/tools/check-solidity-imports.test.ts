import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { checkContracts, importsOf, mayImport } from "../../../tools/check-solidity-imports.mjs";

describe("the contracts' import table", () => {
  const allowed: [string, string][] = [
    ["restaking/Slasher.sol", "restaking/AVSRegistry.sol"],
    ["restaking/Slasher.sol", "libraries/WadMath.sol"],
    ["slashing/VetoSlasher.sol", "restaking/ISlasher.sol"],
    ["libraries/Clock.sol", "types/Ids.sol"],
    ["stage/Lens.sol", "restaking/Slasher.sol"],
    ["mocks/Broken.sol", "restaking/Slasher.sol"],
  ];
  const forbidden: [string, string][] = [
    ["slashing/VetoSlasher.sol", "restaking/Slasher.sol"],
    ["libraries/WadMath.sol", "restaking/ISlasher.sol"],
    ["restaking/Slasher.sol", "mocks/IBroken.sol"],
    ["restaking/Slasher.sol", "stage/IStage.sol"],
    ["stage/Lens.sol", "mocks/Broken.sol"],
    ["slashing/VetoSlasher.sol", "restaking/Ignored.sol"],
  ];

  for (const [from, to] of allowed) {
    it(`lets ${from} import ${to}`, () => {
      expect(mayImport(from, to)).to.equal(true);
    });
  }

  for (const [from, to] of forbidden) {
    it(`keeps ${from} from importing ${to}`, () => {
      expect(mayImport(from, to)).to.equal(false);
    });
  }

  it("reads every form of import and skips comments", () => {
    const source = [
      'import { A, B } from "./A.sol";',
      'import "../x/C.sol";',
      "import {\n  D\n} from '../x/D.sol';",
      'import * as E from "./E.sol";',
      '// import "./no.sol";',
      '/* import "./no.sol"; */',
    ].join("\n");
    expect(importsOf(source)).to.deep.equal(["./A.sol", "../x/C.sol", "../x/D.sol", "./E.sol"]);
  });

  it("names file and import of each violation in a tree", () => {
    const root = mkdtempSync(path.join(tmpdir(), "faultline-imports-"));
    try {
      mkdirSync(path.join(root, "contracts", "lst"), { recursive: true });
      const source = 'import { Slasher } from "../restaking/Slasher.sol";\nimport "@openzeppelin/contracts/a.sol";\n';
      writeFileSync(path.join(root, "contracts", "lst", "Token.sol"), source);
      expect(checkContracts(root)).to.deep.equal({
        files: 1,
        broken: ["contracts/lst/Token.sol imports contracts/restaking/Slasher.sol"],
      });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
