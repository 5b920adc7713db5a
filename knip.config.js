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
    // Asked for by Hardhat's TypeChain plugin.
    "typechain",
  ],
  ignoreExportsUsedInFile: true,
};
