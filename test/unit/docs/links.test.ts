import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { readContracts } from "../../../tools/natspec.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const pages = ["README.md", "CHANGELOG.md", ...globSync("docs/**/*.md", { cwd: root })].sort();

/** Headings as the anchors that a Markdown reader makes of them. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

const linksOf = (page: string): string[] =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "").filter((link) => !/^https?:/.test(link));

const isBroken = (page: string, link: string): boolean => {
  const [target = "", anchor] = link.split("#");
  const file = target === "" ? page : path.posix.join(path.posix.dirname(page), target);
  if (!existsSync(path.join(root, file))) return true;
  return anchor !== undefined && !anchorsOf(read(file)).includes(anchor);
};

describe("the documents", () => {
  it("link only to what exists", () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => isBroken(page, link))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).to.deep.equal([]);
  });

  it("hold the page and section that each contract names as its source", () => {
    const broken = globSync("contracts/**/*.sol", { cwd: root }).flatMap((file) =>
      [...read(file).matchAll(/@custom:source (docs\/\S+?\.md)(?:, (?:section )?"([^"]+)")?/g)]
        .filter(([, page = "", section]) => {
          if (!existsSync(path.join(root, page))) return true;
          return section !== undefined && !new RegExp(`^#+ ${section}$`, "m").test(read(page));
        })
        .map(([tag]) => `${file}: ${tag}`),
    );
    expect(broken).to.deep.equal([]);
  });

  it("hold a page with concepts for each contract that can be deployed", () => {
    const deployable = [...readContracts(root).values()].filter(
      ({ kind, isAbstract, file }) => kind === "contract" && !isAbstract && !file.startsWith("contracts/mocks/"),
    );
    const lacking = deployable
      .map(({ name }) => `docs/contracts/${name}.md`)
      .filter((page) => {
        const text = existsSync(path.join(root, page)) ? read(page) : "";
        return !/<!-- by hand -->\s*[^\s<]/.test(text);
      });
    expect(deployable).to.not.have.length(0);
    expect(lacking).to.deep.equal([]);
  });
});
