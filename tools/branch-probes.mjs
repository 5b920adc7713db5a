/**
 * Branch coverage by lines: Hardhat measures which statements ran, not which way a condition went.
 *
 * Every condition `c` of an `if`, a `require` or a `? :` becomes a call of a pure function `branchN(c)` at the end of
 * the file, whose two outcomes stand on lines of their own. Nothing else changes: lines keep their numbers, and
 * what the contract does stays the same. Only a copy of the sources is ever probed.
 */
import { parse } from "./solidity-ast.mjs";

/**
 * @typedef {import("./solidity-ast.mjs").Node} Node
 * @typedef {{ line: number, what: string, whenTrue: number, whenFalse: number }} Branch
 */

/**
 * Lists the conditions that decide something.
 *
 * @param {unknown} tree - Syntax tree or a part of it.
 * @returns {{ what: string, condition: Node }[]} Conditions in the order of the tree.
 */
function conditionsOf(tree) {
  if (Array.isArray(tree)) return tree.flatMap(conditionsOf);
  if (typeof tree !== "object" || tree === null) return [];
  const node = /** @type {Node} */ (tree);
  const inside = Object.values(node).flatMap(conditionsOf);
  if (node.nodeType === "IfStatement") inside.push({ what: "if", condition: /** @type {Node} */ (node["condition"]) });
  if (node.nodeType === "Conditional") inside.push({ what: "? :", condition: /** @type {Node} */ (node["condition"]) });
  const callee = /** @type {{ name?: string } | undefined} */ (node["expression"]);
  if (node.nodeType === "FunctionCall" && callee?.name === "require") {
    const [condition] = /** @type {Node[]} */ (node["arguments"]);
    if (condition !== undefined) inside.push({ what: "require", condition });
  }
  return inside;
}

/**
 * Says whether anything in a tree can run.
 *
 * @param {unknown} tree - Syntax tree or a part of it.
 * @returns {boolean} Whether a statement is in it; a block without one does not count.
 */
function hasStatement(tree) {
  if (Array.isArray(tree)) return tree.some(hasStatement);
  if (typeof tree !== "object" || tree === null) return false;
  const { nodeType } = /** @type {Node} */ (tree);
  return /Statement$|^Return$/.test(nodeType) || Object.values(tree).some(hasStatement);
}

/** Counts the lines up to a byte. @param {Buffer} bytes - Source. @param {number} offset - Byte. */
const lineAt = (bytes, offset) => bytes.subarray(0, offset).toString("utf8").split("\n").length;

/**
 * Puts a probe around every condition of a source.
 *
 * @param {string} source - Solidity source.
 * @returns {{ source: string, lines: number, hasCode: boolean, branches: Branch[] }} Probed source, how many of its
 * lines are the original's, whether any of them can run, and for each condition the lines that its two outcomes run.
 */
export function probe(source) {
  const bytes = Buffer.from(source.endsWith("\n") ? source : `${source}\n`, "utf8");
  const lines = lineAt(bytes, bytes.length) - 1;
  const tree = parse(source);
  const spans = conditionsOf(tree).map(({ what, condition }) => {
    const [start = 0, length = 0] = condition.src.split(":").map(Number);
    return { what, start, end: start + length };
  });
  spans.sort((a, b) => a.start - b.start || b.end - a.end);

  const inserts = spans.flatMap(({ start, end }, index) => [
    { at: start, closing: false, order: index, text: `branch${index}(` },
    { at: end, closing: true, order: -index, text: ")" },
  ]);
  inserts.sort((a, b) => a.at - b.at || Number(b.closing) - Number(a.closing) || a.order - b.order);
  let probed = "";
  let from = 0;
  for (const { at, text } of inserts) {
    probed += bytes.subarray(from, at).toString("utf8") + text;
    from = at;
  }
  probed += bytes.subarray(from).toString("utf8");

  const branches = spans.map(({ what, start }, index) => {
    const first = lines + 1 + index * 8;
    return { line: lineAt(bytes, start), what, whenTrue: first + 2, whenFalse: first + 4 };
  });
  const functions = spans.map((_, index) =>
    [
      `function branch${index}(bool taken) pure returns (bool) {`,
      "if (taken) {",
      "assert(true);",
      "} else {",
      "assert(true);",
      "}",
      "return taken;",
      "}\n",
    ].join("\n"),
  );
  return { source: probed + functions.join(""), lines, hasCode: hasStatement(tree), branches };
}
