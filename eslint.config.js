import { builtinModules } from "node:module";

import mocha from "eslint-plugin-mocha";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

import { house } from "./tools/eslint-plugin.js";

const bareBuiltins = builtinModules
  .filter((name) => !name.startsWith("_") && !name.startsWith("node:"))
  .map((name) => ({ name, message: `Write "node:${name}".` }));

/** Syntax that is wrong everywhere; every message says what to do instead. */
const everywhere = [
  { selector: "TSEnumDeclaration", message: 'Use a union of strings: type Side = "in" | "out".' },
  { selector: "TSModuleDeclaration[kind!='global']", message: "Use a module (a file) instead of a namespace." },
  { selector: "TSParameterProperty", message: "Declare the field and assign it: Node strips types only." },
];

const defaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Use a named export; only scenarios, deploy modules, tasks and configuration have a default one.",
};

/** Syntax that would break determinism or hide a failure's class. */
const inSource = [
  ...everywhere,
  {
    selector: "ThrowStatement > NewExpression[callee.name=/^(Error|TypeError|RangeError|SyntaxError)$/]",
    message: "Throw a class from src/errors: it carries the values and says what to do.",
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: "Draw from the stream of the (agent, step): the same seed must give the same bytes.",
  },
  {
    selector: "MemberExpression[object.name=/^(Date|performance)$/][property.name='now']",
    message: "Time is the chain's time: read it from the view.",
  },
  { selector: "MemberExpression[object.name='process'][property.name='hrtime']", message: "Time is the chain's time." },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Time is the chain's time." },
  {
    selector: "CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/]",
    message: "Nothing in src waits: a step is one transaction and one read.",
  },
];

const size = (lines) => ({ "max-lines": ["error", lines], "max-lines-per-function": ["error", 50] });

export default defineConfig(
  globalIgnores(["artifacts/", "cache/", "coverage/", "out/", "typechain-types/"]),
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { house },
    rules: { "house/disable-with-reason": "error" },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/return-await": ["error", "always"],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-shadow": "error",
      "@typescript-eslint/max-params": ["error", { max: 3 }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-restricted-imports": ["error", { paths: bareBuiltins }],
      "no-restricted-syntax": ["error", ...everywhere, defaultExport],
      eqeqeq: "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["src/**/*.ts", "scripts/**/*.ts", "bench/**/*.ts"],
    rules: { ...size(250), "no-restricted-syntax": ["error", ...inSource, defaultExport] },
  },
  {
    // A benchmark measures: it is the one place that reads a clock.
    files: ["bench/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...everywhere, defaultExport] },
  },
  {
    // Hardhat loads a task's action by its module's default export.
    files: ["src/cli/tasks/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...inSource] },
  },
  {
    files: [
      ...["scenarios/**/*.ts", "test/helpers/{my,my-defi,trap}-scenario.ts", "bench/cascade/fifty-agents.ts"],
      ...["deploy/**/*.ts", "*.config.ts"],
    ],
    rules: { ...size(250), "no-restricted-syntax": ["error", ...inSource] },
  },
  { files: ["scenarios/**/*.ts"], rules: size(100) },
  {
    files: ["test/**/*.ts"],
    plugins: { mocha },
    rules: {
      "max-lines": ["error", 500],
      "@typescript-eslint/max-params": ["error", { max: 4 }],
      "mocha/no-async-suite": "error",
      "mocha/no-exclusive-tests": "error",
      "mocha/no-identical-title": "error",
      "mocha/no-nested-tests": "error",
      "mocha/no-pending-tests": "error",
      // chai's assertions are property reads: `expect(x).to.be.true`.
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    rules: {
      ...size(250),
      "no-restricted-imports": ["error", { paths: bareBuiltins }],
      eqeqeq: "error",
      "no-unused-vars": "error",
      "prefer-const": "error",
    },
  },
);
