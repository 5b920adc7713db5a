/**
 * Writes a page per contract under docs/contracts/ and the tables of docs/parameters.md from the NatSpec.
 *
 * Run: `npm run docs` writes; `npm run docs -- --check` only tells which pages are stale, and ends with 1 if any is.
 * A page's section "Concepts" is written by hand and kept; everything else is never edited.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import prettier from "prettier";

import { lineage, readContracts, textOf } from "./natspec.mjs";

/**
 * @typedef {import("./natspec.mjs").Contract} Contract
 * @typedef {import("./natspec.mjs").Member} Member
 * @typedef {import("./natspec.mjs").Doc} Doc
 * @typedef {{ name: string, meaning: string, unit: string, value: string, range: string }} Parameter
 */

const CONCEPTS = /<!-- by hand -->([\s\S]*?)<!-- end of by hand -->/;

/** Shows `{Name}` of NatSpec as code. @param {string} text - NatSpec text. */
const prose = (text) => text.replace(/\{([^}\s]+)\}/g, "`$1`");
/** Gives the rows of a table a line each: NatSpec joins them. @param {string} text - NatSpec text. */
const laidOut = (text) => {
  const [, before = text, table = "", after = ""] = /^(.*?)\s*(\|.*\|---.*\|)\s*(.*)$/.exec(text) ?? [];
  return [before, table.replaceAll("| |", "|\n|"), after].filter((part) => part !== "").join("\n\n");
};
/** Escapes a table cell. @param {string} text - Cell. */
const cell = (text) => (text === "" ? "–" : prose(text).replaceAll("|", "\\|"));

/**
 * Finds what a member's documentation is, wherever in the lineage it stands.
 *
 * @param {Contract[]} line - Contract and what it inherits.
 * @param {Member} member - Member.
 * @returns {Doc} Documentation.
 */
function docOf(line, member) {
  if (member.doc.notice !== "") return member.doc;
  const same = (/** @type {Member} */ other) =>
    other.name === member.name &&
    other.doc.notice !== "" &&
    (member.parameters.length === 0 || other.parameters.length === member.parameters.length);
  return line.flatMap(({ members }) => members).find(same)?.doc ?? member.doc;
}

/**
 * Lists what is fixed at deployment or in the code.
 *
 * @param {Contract[]} line - Contract and what it inherits.
 * @returns {Parameter[]} Rows of the table.
 */
export function parametersOf(line) {
  const [contract] = line;
  const constructor = contract?.members.find(({ kind }) => kind === "constructor");
  const requirements = line
    .flatMap(({ members }) => members.filter(({ kind }) => kind === "constructor"))
    .flatMap(({ requirements: found }) => found);
  const split = (/** @type {string} */ text) => {
    const unit = /\[(.+)\]/.exec(text)?.[1] ?? "";
    return { meaning: text.replace(/\s*\[.+\]/, ""), unit };
  };
  const structs = line.flatMap(({ members }) => members.filter(({ kind }) => kind === "StructDefinition"));
  const inputs = (constructor?.parameters ?? []).flatMap(({ name, type }) => {
    const struct = structs.find((found) => found.name === type.split(".").at(-1));
    const fields = (struct?.parameters ?? []).map((field) => ({
      name: `${name}.${field.name}`,
      text: struct?.doc.params.get(field.name) ?? field.type,
    }));
    return fields.length > 0 ? fields : [{ name, text: constructor?.doc.params.get(name) ?? type }];
  });
  const given = inputs.map(({ name, text }) => ({
    name,
    ...split(text),
    value: "at deployment",
    range: requirements.filter((text) => new RegExp(`\\b${name.replace(".", "\\\\.")}\\b`).test(text)).join("; "),
  }));
  const constants = line.flatMap(({ members, source }) =>
    members
      .filter(({ kind, node }) => kind === "VariableDeclaration" && node["constant"] === true)
      .map((member) => ({
        name: member.name,
        ...split(docOf(line, member).notice),
        value: `\`${textOf(source, /** @type {import("./solidity-ast.mjs").Node} */ (member.node["value"]))}\``,
        range: "fixed",
      })),
  );
  return [...given, ...constants];
}

/** A table of parameters. @param {Parameter[]} rows - Rows. */
export function parameterTable(rows) {
  if (rows.length === 0) return "Nothing is fixed at deployment.\n";
  const lines = rows.map(
    (row) => `| \`${row.name}\` | ${cell(row.meaning)} | ${cell(row.unit)} | ${cell(row.value)} | ${cell(row.range)} |`,
  );
  return `| Name | Meaning | Unit | Value | Range |\n|---|---|---|---|---|\n${lines.join("\n")}\n`;
}

/** A section per function: Effects and Requirements. @param {Contract[]} line - Lineage. @param {Member} member - It. */
function functionSection(line, member) {
  const doc = docOf(line, member);
  const named = member.parameters.map(({ name, type }) => `${type} ${name}`.trim()).join(", ");
  const inputs = [...doc.params].map(([name, text]) => `- \`${name}\`: ${prose(text)}`);
  const reverts = doc.dev.filter((text) => /revert|refuse/i.test(text)).map(prose);
  const effects = [doc.notice, ...doc.dev.filter((text) => !/revert|refuse/i.test(text))].map(prose);
  const events = [...new Set(member.events)].map((name) => `Emits \`${name}\`.`);
  const outputs = doc.returns.map((text) => `Returns ${prose(text.replace(/^([a-z]\w*) (?=[A-Z])/, "`$1`: "))}`);
  const guards = member.modifiers.filter((text) => !/^[A-Z]/.test(text)).map((text) => `Modifier \`${text}\`.`);
  const requirements = [...guards, ...member.requirements.map((text) => `${text}.`), ...reverts];
  const list = (/** @type {string[]} */ items) => items.map((text) => `- ${text}`).join("\n");
  return [
    `### \`${member.name}(${named})\``,
    inputs.join("\n"),
    `**Effects**\n\n${list([...effects, ...events, ...outputs])}`,
    requirements.length === 0 ? "**Requirements**: none." : `**Requirements**\n\n${list(requirements)}`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** A table of events or errors. @param {Contract[]} line - Lineage. @param {string} kind - Node type. */
function factTable(line, kind) {
  const rows = line
    .flatMap(({ members }) => members.filter((member) => member.kind === kind))
    .map(
      ({ name, parameters, doc }) =>
        `| \`${name}(${parameters.map((part) => part.name).join(", ")})\` | ${cell(doc.notice)} |`,
    );
  return rows.length === 0 ? "" : `| Name | When |\n|---|---|\n${[...new Set(rows)].join("\n")}\n`;
}

/**
 * Writes one contract's page.
 *
 * @param {Map<string, Contract>} contracts - All contracts.
 * @param {Contract} contract - Contract.
 * @param {string} before - The page as it is, for what is written by hand.
 * @returns {string} Markdown, not laid out yet.
 */
export function pageOf(contracts, contract, before) {
  const line = lineage(contracts, contract.name);
  const own = line.filter(({ kind }) => kind !== "interface");
  const about = contracts.get(`I${contract.name}`)?.doc ?? contract.doc;
  const isOpen = (/** @type {Member} */ member) =>
    member.kind === "FunctionDefinition" && /^(external|public)$/.test(member.visibility);
  const calls =
    contract.kind === "library"
      ? contract.members.filter(({ kind }) => kind === "FunctionDefinition")
      : own.flatMap(({ members }) => members.filter(isOpen));
  const unique = [...new Map(calls.map((member) => [`${member.name}/${member.parameters.length}`, member])).values()];
  const getters = own
    .flatMap(({ members }) => members)
    .filter(
      (member) =>
        member.kind === "VariableDeclaration" && member.visibility === "public" && member.node["constant"] !== true,
    )
    .map((member) => `| \`${member.name}\` | ${cell(docOf(line, member).notice)} |`);
  const byHand = CONCEPTS.exec(before)?.[1]?.trim() ?? "";
  const events = factTable(line, "EventDefinition");
  const errors = factTable(line, "ErrorDefinition");
  return [
    `<!-- Written by \`npm run docs\` from the NatSpec; only the section between the marks is written by hand. -->`,
    `# ${contract.name}`,
    `| File | What it is |\n|---|---|\n${line.map(({ file, name, kind, isAbstract }) => `| [\`${file}\`](../../${file}) | ${isAbstract ? "abstract " : ""}${kind} \`${name}\` |`).join("\n")}`,
    `## Overview\n\n${[about.notice, ...about.dev].map(laidOut).map(prose).join("\n\n")}`,
    `## Concepts\n\n<!-- by hand -->\n\n${byHand}\n\n<!-- end of by hand -->`,
    `## Parameterization\n\n${parameterTable(parametersOf(line))}`,
    unique.length === 0 ? "" : `## Functions\n\n${unique.map((member) => functionSection(line, member)).join("\n\n")}`,
    getters.length === 0 ? "" : `## State\n\n| Getter | Meaning |\n|---|---|\n${getters.join("\n")}`,
    events === "" ? "" : `## Events\n\n${events}`,
    errors === "" ? "" : `## Errors\n\n${errors}`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/**
 * Makes every page: one a contract that can be deployed, and one a library or base of `libraries`. What an abstract
 * contract of a domain adds stands on the pages of those that inherit it.
 *
 * @param {string} root - Project root.
 * @returns {Promise<Map<string, string>>} Laid-out text by path.
 */
export async function makePages(root) {
  const contracts = readContracts(root);
  const documented = [...contracts.values()].filter(
    ({ kind, file, isAbstract }) =>
      kind !== "interface" &&
      !file.startsWith("contracts/mocks/") &&
      (!isAbstract || file.startsWith("contracts/libraries/")),
  );
  const read = (/** @type {string} */ file) =>
    existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), "utf8") : "";
  const pages = documented.map((contract) => {
    const file = `docs/contracts/${contract.name}.md`;
    return /** @type {[string, string]} */ ([file, pageOf(contracts, contract, read(file))]);
  });
  const tables = documented
    .map((contract) => ({ contract, rows: parametersOf(lineage(contracts, contract.name)) }))
    .filter(({ contract, rows }) => rows.length > 0 && !contract.isAbstract)
    .map(({ contract, rows }) => `### [${contract.name}](contracts/${contract.name}.md)\n\n${parameterTable(rows)}`);
  const mark = "<!-- Below: written by `npm run docs`. -->";
  const [top = ""] = read("docs/parameters.md").split(mark);
  pages.push(["docs/parameters.md", `${top.trimEnd()}\n\n${mark}\n\n${tables.join("\n")}`]);
  const options = { ...(await prettier.resolveConfig(path.join(root, "README.md"))), parser: "markdown" };
  const laidOut = pages.map(
    async ([file, text]) => /** @type {[string, string]} */ ([file, await prettier.format(text, options)]),
  );
  return new Map(await Promise.all(laidOut));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const check = process.argv.includes("--check");
  const pages = await makePages(root);
  const stale = [...pages].filter(
    ([file, text]) => !existsSync(path.join(root, file)) || readFileSync(path.join(root, file), "utf8") !== text,
  );
  mkdirSync(path.join(root, "docs", "contracts"), { recursive: true });
  for (const [file, text] of stale) {
    if (check) console.error(`stale: ${file}; run \`npm run docs\``);
    else writeFileSync(path.join(root, file), text);
  }
  console.log(`docs: ${pages.size} pages, ${stale.length} ${check ? "stale" : "written"}`);
  process.exitCode = check && stale.length > 0 ? 1 : 0;
}
