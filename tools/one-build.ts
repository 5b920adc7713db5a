import { overrideTask } from "hardhat/config";
import type { HardhatPlugin } from "hardhat/types/plugins";

/**
 * Lets one command at a time build in a folder: the compiler's cache, its artifacts and the types made of them are
 * shared, and two builds at once take each other's files away.
 */
export const oneBuild: HardhatPlugin = {
  id: "faultline-one-build",
  tasks: [
    overrideTask("build")
      .setAction(async () => ({ default: (await import("./build-alone.ts")).buildAlone }))
      .build(),
  ],
};
