/** Parses Solidity with the compiler that the project ships. */
import solc from "solc";

/** @typedef {{ nodeType: string, src: string, [field: string]: unknown }} Node */

/**
 * Parses one source without resolving its imports.
 *
 * @param {string} source - Solidity source.
 * @returns {Node} Its syntax tree; `src` counts bytes.
 * @throws {SyntaxError} When the source is not Solidity; carries the compiler's message.
 */
export function parse(source) {
  const input = {
    language: "Solidity",
    sources: { source: { content: source } },
    settings: { stopAfter: "parsing", outputSelection: { "*": { "": ["ast"] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  const ast = output.sources?.source?.ast;
  if (ast === undefined) throw new SyntaxError(output.errors?.[0]?.formattedMessage ?? "solc returned no syntax tree");
  return ast;
}
