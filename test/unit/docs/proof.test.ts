import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

const root = path.resolve(import.meta.dirname, "../../..");
const page = "docs/proof.md";
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** What a contract's text has that takes ether, moves tokens, or takes shares. */
const MOVES = /\bpayable\b|\.safeTransfer(?:From)?\(|\.transfer(?:From)?\(|\bsendValue\(|\b_transfer\(|\bERC4626\b/;
const DEFINITION = /^(abstract )?contract (\w+)(?: is ([^{]+))?/m;

/** Contracts that can be deployed and can hold what others own. */
function holders(): readonly string[] {
  const files = globSync("contracts/**/*.sol", { cwd: root }).filter((file) => !file.startsWith("contracts/mocks/"));
  const contracts = new Map(
    files.flatMap((file) => {
      const text = read(file).replace(/\/\/.*$/gm, "");
      const [, isAbstract, name, bases = ""] = DEFINITION.exec(text) ?? [];
      if (name === undefined) return [];
      return [[name, { text, isAbstract, bases: [...bases.matchAll(/\w+/g)].map(String) }] as const];
    }),
  );
  const moves = (name: string): boolean => {
    const contract = contracts.get(name);
    return contract !== undefined && (MOVES.test(contract.text) || contract.bases.some(moves));
  };
  return [...contracts]
    .flatMap(([name, { isAbstract }]) => (isAbstract === undefined && moves(name) ? [name] : []))
    .sort();
}

/** Rows of the table: a contract, and the files that its two last cells name. */
const rows = read(page)
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .flatMap(([, link = "", , fuzz = "", laws = ""]) => {
    const name = /^\[`(\w+)`\]\(contracts/.exec(link)?.[1];
    const filesOf = (cell: string) =>
      [...cell.matchAll(/\]\((\S+?)\)/g)].map(([, file = ""]) => path.posix.join("docs", file));
    return name === undefined ? [] : [{ name, cells: [filesOf(fuzz), filesOf(laws)] }];
  });

/** A test with what it takes from other files below test/. */
function withImports(file: string, seen = new Set<string>()): string {
  if (seen.has(file) || !existsSync(path.join(root, file))) return "";
  seen.add(file);
  const text = read(file);
  const taken = [...text.matchAll(/from "(\.[^"]+)"/g)].map(([, to = ""]) =>
    path.posix.join(path.posix.dirname(file), to),
  );
  const ours = taken.filter((to) => to.startsWith("test/") || to.startsWith("deploy/"));
  return [text, ...ours.map((to) => withImports(to, seen))].join("\n");
}

describe("the page of what proves that money is safe", () => {
  it("has a row for each contract that can hold what others own, and for no other", () => {
    const found = holders();
    expect(found.length).to.be.greaterThan(35);
    expect(rows.map(({ name }) => name)).to.deep.equal(found);
  });

  for (const { name, cells } of rows) {
    it(`names tests that know ${name}`, () => {
      for (const files of cells) expect(files, "tests").not.to.deep.equal([]);
      for (const file of cells.flat()) expect(withImports(file), file).to.match(new RegExp(`\\b${name}\\b`));
    });
  }
});
