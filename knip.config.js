/** Dead code and unused dependencies. What is named here is used in a way that knip cannot see. */
export default {
  entry: [
    "src/index.ts",
    "src/cli/tasks/**/*.ts",
    "scenarios/**/*.ts",
    "scripts/*.ts",
    "deploy/*.ts",
    "bench/*.ts",
    "test/**/*.test.ts",
    // Files that only have to compile, or only not to.
    "test/**/*.types.ts",
    "tools/*.mjs",
  ],
  project: ["**/*.{ts,js,mjs}"],
  ignoreDependencies: [
    // Imported by the contracts.
    "@openzeppelin/contracts",
    // Found by their names when a run asks for anvil.
    "@foundry-rs/anvil-linux-amd64",
    "@foundry-rs/anvil-linux-arm64",
    // Asked for by Hardhat's TypeChain plugin.
    "typechain",
  ],
  ignoreExportsUsedInFile: true,
};
