import { fileURLToPath } from "node:url";

import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatEthersChaiMatchers from "@nomicfoundation/hardhat-ethers-chai-matchers";
import hardhatIgnitionEthers from "@nomicfoundation/hardhat-ignition-ethers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import hardhatTypechain from "@nomicfoundation/hardhat-typechain";
import { defineConfig } from "hardhat/config";

import { SIMULATED_NETWORK } from "./src/chain/simulated-network.ts";
import { tasks } from "./src/cli/tasks.ts";
import { dependencyWarnings } from "./tools/dependency-warnings.ts";
import { leanCompiler } from "./tools/lean-compiler.ts";
import { oneBuild } from "./tools/one-build.ts";
import { countedMocha, mochaInParallel } from "./tools/parallel-mocha.ts";

/** The compiler comes from npm as WASM; an absolute path keeps Hardhat from downloading one. */
const compilerPath = fileURLToPath(import.meta.resolve("solc/soljson.js"));

export default defineConfig({
  tasks: [...tasks, countedMocha],
  plugins: [
    hardhatEthers,
    hardhatEthersChaiMatchers,
    hardhatIgnitionEthers,
    hardhatMocha,
    hardhatNetworkHelpers,
    hardhatTypechain,
    dependencyWarnings,
    leanCompiler,
    oneBuild,
  ],
  solidity: {
    version: "0.8.37",
    path: compilerPath,
    settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: "prague" },
  },
  paths: { ignition: "deploy", tests: { mocha: "test", solidity: "test/property" } },
  typechain: { outDir: "typechain-types", tsNocheck: true },
  networks: {
    // A limit of its own spares every transaction of a test an estimate, which runs it twice and more.
    default: { ...SIMULATED_NETWORK, gas: 30_000_000n },
  },
  coverage: { skipFiles: ["contracts/mocks/**", "test/**"] },
  test: {
    solidity: { fuzz: { runs: 256, seed: "0xfa017" }, invariant: { runs: 32, depth: 64, failOnRevert: true } },
    // Ends what hangs; a machine that is busy with other work may take its time.
    mocha: { timeout: 600_000, ...mochaInParallel },
  },
});
