/** Reads contracts as their interfaces describe them: what each function does, asks for, emits and raises. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "./solidity-ast.mjs";

/**
 * @typedef {import("./solidity-ast.mjs").Node} Node
 * @typedef {{ notice: string, dev: string[], params: Map<string, string>, returns: string[], inherit: boolean }} Doc
 * @typedef {{ kind: string, name: string, visibility: string, node: Node, doc: Doc, parameters: Parameter[],
 *   modifiers: string[], requirements: string[], events: string[] }} Member
 * @typedef {{ name: string, type: string }} Parameter
 * @typedef {{ name: string, kind: string, isAbstract: boolean, file: string, doc: Doc, bases: string[],
 *   members: Member[], source: Buffer }} Contract
 */

/**
 * Takes a NatSpec comment apart.
 *
 * @param {unknown} documentation - `documentation` of a node.
 * @returns {Doc} Its tags, continuation lines joined.
 */
function readDoc(documentation) {
  const text = /** @type {{ text?: string } | null} */ (documentation)?.text ?? "";
  const tags = text
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .split(/(?=@(?:title|notice|dev|param|return|inheritdoc|custom:\S+)\b)/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const of = (/** @type {string} */ tag) =>
    tags.filter((part) => part.startsWith(`@${tag} `)).map((part) => part.slice(tag.length + 2).trim());
  const params = of("param").map(
    (part) => /** @type {[string, string]} */ ([part.split(" ")[0], part.replace(/^\S+\s*/, "")]),
  );
  return {
    notice: [...tags.filter((part) => !part.startsWith("@")), ...of("notice")].join(" "),
    dev: of("dev"),
    params: new Map(params),
    returns: of("return"),
    inherit: of("inheritdoc").length > 0,
  };
}

/**
 * Takes the NatSpec lines right above a node; the parser keeps those of variables and structs to itself.
 *
 * @param {Buffer} source - File.
 * @param {Node} node - Node.
 * @returns {{ text: string }} Comment without its slashes.
 */
function commentAbove(source, node) {
  const [start = 0] = node.src.split(":").map(Number);
  const lines = source.subarray(0, start).toString("utf8").split("\n").slice(0, -1);
  const first = lines.findLastIndex((line) => !line.trim().startsWith("///")) + 1;
  return {
    text: lines
      .slice(first)
      .map((line) => line.trim().replace(/^\/\/\/ ?/, ""))
      .join("\n"),
  };
}

/** Text of a node as written, on one line. @param {Buffer} source - File. @param {Node} node - Node. */
export function textOf(source, node) {
  const [start = 0, length = 0] = node.src.split(":").map(Number);
  return source
    .subarray(start, start + length)
    .toString("utf8")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Finds all nodes of one type below a node.
 *
 * @param {unknown} tree - Where to look.
 * @param {string} nodeType - Type.
 * @returns {Node[]} In the order of the tree.
 */
function findAll(tree, nodeType) {
  if (Array.isArray(tree)) return tree.flatMap((part) => findAll(part, nodeType));
  if (typeof tree !== "object" || tree === null) return [];
  const node = /** @type {Node} */ (tree);
  const below = Object.values(node).flatMap((part) => findAll(part, nodeType));
  return node.nodeType === nodeType ? [node, ...below] : below;
}

/** The `require`s of a body as sentences. @param {Buffer} source - File. @param {Node} node - Function. */
function requirementsOf(source, node) {
  return findAll(node["body"], "FunctionCall")
    .filter((call) => /** @type {{ name?: string }} */ (call["expression"]).name === "require")
    .map((call) => {
      const [condition, error] = /** @type {Node[]} */ (call["arguments"]).map((part) => textOf(source, part));
      return `\`${condition}\`, else \`${(error ?? "a revert").replace(/\(.*$/, "")}\``;
    });
}

/** One member of a contract. @param {Buffer} source - File. @param {Node} node - Its node. @returns {Member} */
function readMember(source, node) {
  const ofStruct = /** @type {Node[] | undefined} */ (node["members"]);
  const list = ofStruct ?? /** @type {{ parameters?: Node[] } | undefined} */ (node["parameters"])?.parameters ?? [];
  const modifiers = /** @type {Node[]} */ (node["modifiers"] ?? []).map((part) => textOf(source, part));
  return {
    kind: node["kind"] === "constructor" ? "constructor" : node.nodeType,
    name: String(node["name"] || node["kind"]),
    visibility: String(node["visibility"] ?? ""),
    node,
    doc: readDoc(node["documentation"] ?? commentAbove(source, node)),
    parameters: list.map((part) => ({
      name: String(part["name"]),
      type: part["typeName"] === undefined ? "" : textOf(source, /** @type {Node} */ (part["typeName"])),
    })),
    modifiers,
    requirements: requirementsOf(source, node),
    events: findAll(node["body"], "EmitStatement").map((part) => textOf(source, part).replace(/^emit (\w+).*$/, "$1")),
  };
}

/**
 * Reads every contract, interface and library of the project.
 *
 * @param {string} root - Project root.
 * @returns {Map<string, Contract>} By name.
 */
export function readContracts(root) {
  const files = globSync("contracts/**/*.sol", { cwd: root }).map((file) => file.split(path.sep).join("/"));
  const contracts = files.sort().flatMap((file) => {
    const source = readFileSync(path.join(root, file));
    const nodes = /** @type {Node[]} */ (parse(source.toString("utf8"))["nodes"]);
    return nodes
      .filter((node) => node.nodeType === "ContractDefinition")
      .map((node) => ({
        name: String(node["name"]),
        kind: String(node["contractKind"]),
        isAbstract: node["abstract"] === true,
        file,
        doc: readDoc(node["documentation"]),
        bases: /** @type {{ baseName: { name: string } }[]} */ (node["baseContracts"]).map(
          ({ baseName }) => baseName.name,
        ),
        members: /** @type {Node[]} */ (node["nodes"]).map((member) => readMember(source, member)),
        source,
      }));
  });
  return new Map(contracts.map((contract) => [contract.name, contract]));
}

/**
 * Lists a contract and everything of the project that it inherits, itself first.
 *
 * @param {Map<string, Contract>} contracts - All contracts.
 * @param {string} name - Contract.
 * @returns {Contract[]} Each once.
 */
export function lineage(contracts, name) {
  const contract = contracts.get(name);
  if (contract === undefined) return [];
  const all = [contract, ...contract.bases.flatMap((base) => lineage(contracts, base))];
  return [...new Set(all)];
}
