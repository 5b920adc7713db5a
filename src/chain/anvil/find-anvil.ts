import { createRequire } from "node:module";
import path from "node:path";

import { ChainError } from "../../errors/chain-error.ts";

/** npm packages that ship the binary, by platform and processor as Node names them. */
const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "@foundry-rs/anvil-linux-amd64",
  "linux-arm64": "@foundry-rs/anvil-linux-arm64",
};

/**
 * Finds the anvil binary of the optional npm package.
 *
 * @throws {@link ChainError} where there is none for this platform, or it was not installed.
 */
export function findAnvil(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  const remedy = "use --chain in-process, or the URL of a node that runs elsewhere";
  if (name === undefined) throw new ChainError("anvil", `there is no anvil for ${platform}; ${remedy}`);
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return path.join(path.dirname(manifest), "bin", "anvil");
  } catch (error) {
    throw new ChainError("anvil", `the optional package ${name} is not installed; ${remedy}`, error);
  }
}
