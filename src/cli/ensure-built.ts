import { existsSync } from "node:fs";
import path from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { isBuilt, markBuilt, type BuildPlaces } from "./build-stamp.ts";

/**
 * Compiles what is not compiled yet, quietly; says so where it will take a while.
 *
 * A build that has nothing to do still loads the compiler and writes every type again, for several seconds; so it is
 * only asked where something has changed since the last one.
 */
export async function ensureBuilt(hre: HardhatRuntimeEnvironment, stream: NodeJS.WriteStream): Promise<void> {
  const places = placesOf(hre);
  if (await isBuilt(places)) return;
  if (stream.isTTY && !existsSync(hre.config.paths.artifacts)) {
    stream.write("Compiling the contracts: once, about a minute.\n");
  }
  await withoutOutput(async () => {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  });
  await markBuilt(places);
}

function placesOf({ config: { paths, typechain } }: HardhatRuntimeEnvironment): BuildPlaces {
  const inProject = (file: string): string => path.join(paths.root, file);
  return {
    sources: [...paths.sources.solidity, ...["package-lock.json", "hardhat.config.ts"].map(inProject)],
    outputs: [paths.artifacts, path.resolve(paths.root, typechain.outDir ?? "typechain-types")],
    stamp: path.join(paths.cache, "built.txt"),
  };
}

/** Keeps standard output for the command's own: a quiet build still prints an empty line. */
async function withoutOutput(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await work();
  } finally {
    console.log = log;
  }
}
