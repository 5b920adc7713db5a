import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { lockFile, takeLock } from "./alone.mjs";

/** Builds once nobody else does. */
export async function buildAlone<T>(
  args: T,
  { config }: HardhatRuntimeEnvironment,
  runSuper: (args: T) => Promise<unknown>,
): Promise<unknown> {
  const release = takeLock(lockFile(config.paths.root, "build"), {
    what: "the build of this folder",
    onWait: (holder) => {
      console.error(`Process ${holder} builds here; waiting for it.`);
    },
  });
  try {
    return await runSuper(args);
  } finally {
    release();
  }
}
