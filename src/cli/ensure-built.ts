import { existsSync } from "node:fs";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/** Compiles what is not compiled yet, quietly; says so where it will take a while. */
export async function ensureBuilt(hre: HardhatRuntimeEnvironment, stream: NodeJS.WriteStream): Promise<void> {
  if (stream.isTTY && !existsSync(hre.config.paths.artifacts)) {
    stream.write("Compiling the contracts: once, about a minute.\n");
  }
  await withoutOutput(async () => {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  });
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
