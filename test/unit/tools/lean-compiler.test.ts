import { createRequire } from "node:module";

import { expect } from "chai";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

import { compileLeanly } from "../../../tools/lean-compiler.ts";

const solc = createRequire(import.meta.url)("solc") as { compile: (input: string) => string };

const HEAD = "// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\n";
const SOURCES = {
  "project/contracts/Base.sol": `${HEAD}abstract contract Base { function base() external pure returns (uint256) { return 7; } }`,
  "project/contracts/Vault.sol": `${HEAD}import "./Base.sol"; contract Vault is Base { uint256 public held; }`,
  "project/contracts/Fund.sol": `${HEAD}import "./Base.sol"; contract Fund is Base { function unread() external pure { uint256 a = 1; } }`,
  "project/test/Vault.t.sol": `${HEAD}import "../contracts/Vault.sol"; contract VaultTest { Vault v = new Vault(); }`,
};
const OUTPUTS = ["abi", "evm.bytecode.object", "evm.bytecode.opcodes", "evm.deployedBytecode.sourceMap"];
const ALL = { "*": { "": ["ast"], "*": OUTPUTS } };

const inputOf = (sources: Readonly<Record<string, string>>): CompilerInput => ({
  language: "Solidity",
  sources: Object.fromEntries(Object.entries(sources).map(([name, content]) => [name, { content }])),
  settings: { optimizer: { enabled: true, runs: 200 }, outputSelection: ALL },
});

const run = (input: CompilerInput): CompilerOutput => JSON.parse(solc.compile(JSON.stringify(input))) as CompilerOutput;

/** Compiles in parts from so many sources on, and tells which sources each compiler was asked for. */
async function compiled(input: CompilerInput, from: number) {
  const asked: string[][] = [];
  const output = await compileLeanly(
    input,
    async (part) => {
      asked.push(Object.keys(part.settings.outputSelection));
      return await Promise.resolve(run(part));
    },
    from,
  );
  return { asked, output };
}

describe("a compiler on two cores", () => {
  it("writes what one compiler would, but for opcodes", async () => {
    const input = inputOf(SOURCES);
    const { asked, output } = await compiled(input, 2);
    expect(asked).to.deep.equal([
      ["project/contracts/Base.sol", "project/contracts/Fund.sol"],
      ["project/contracts/Vault.sol", "project/test/Vault.t.sol"],
    ]);
    const one = run(input);
    for (const contracts of Object.values(one.contracts ?? {})) {
      for (const { evm } of Object.values(contracts)) {
        if (evm?.bytecode !== undefined) evm.bytecode.opcodes = "";
        if (evm?.deployedBytecode !== undefined) evm.deployedBytecode.opcodes = "";
      }
    }
    expect(output.errors).to.have.length(1);
    expect(output).to.deep.equal(one);
  });

  it("asks one compiler where there is little to do, or nothing to share", async () => {
    expect((await compiled(inputOf(SOURCES), 5)).asked).to.deep.equal([["*"]]);
    const contracts = Object.entries(SOURCES).filter(([name]) => name.startsWith("project/contracts/"));
    expect((await compiled(inputOf(Object.fromEntries(contracts)), 2)).asked).to.deep.equal([["*"]]);
  });

  for (const broken of ["project/contracts/Fund.sol", "project/test/Vault.t.sol"]) {
    it(`tells an error in ${broken} once`, async () => {
      const { output } = await compiled(inputOf({ ...SOURCES, [broken]: `${HEAD}contract Broken is Nobody {}` }), 2);
      const errors = output.errors?.filter(({ severity }) => severity === "error") ?? [];
      expect(errors.map(({ message }) => message)).to.deep.equal(["Identifier not found or not unique."]);
    });
  }
});
