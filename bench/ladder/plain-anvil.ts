import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";

/** An anvil as a user of ethers starts it: over HTTP, with its history, a block for each transaction. */
export interface PlainAnvil {
  readonly url: URL;
  readonly stop: () => void;
}

const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "@foundry-rs/anvil-linux-amd64",
  "linux-arm64": "@foundry-rs/anvil-linux-arm64",
};
const OPTIONS = ["--port", "0", "--hardfork", "prague", "--gas-limit", "30000000000", "--no-request-size-limit"];

/** Starts it; undefined where its optional package is not installed. */
export async function startPlainAnvil(): Promise<PlainAnvil | undefined> {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  let manifest: string;
  try {
    manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
  const child = spawn(path.join(path.dirname(manifest), "bin", "anvil"), OPTIONS, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  let said = "";
  for (;;) {
    const [piece] = (await once(child.stdout, "data")) as [Buffer];
    said += piece.toString("utf8");
    const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return { url: new URL(`http://127.0.0.1:${port}`), stop: () => child.kill("SIGKILL") };
  }
}
