import { ArgumentType } from "hardhat/types/arguments";
import { task } from "hardhat/config";

import { guardUsage } from "./usage-guard.ts";

/**
 * Appends examples to the description of a task's last argument.
 *
 * Hardhat prints a task's own description in the list of all tasks too, where examples would drown it.
 */
function withExamples(description: string, examples: readonly string[]): string {
  return [description, "", "EXAMPLES:", "", ...examples.map((example) => `  npx hardhat ${example}`)].join("\n");
}

const scenarios = task("scenarios", "Lists the scenarios with the question that each one answers")
  .addFlag({ name: "json", description: withExamples("Print the list as JSON", ["scenarios", "scenarios --json"]) })
  .setAction(() => import("./tasks/scenarios.ts"))
  .build();

const conformance = task("conformance", "Runs conformance files against the deployed contracts")
  .addVariadicArgument({
    name: "paths",
    description: withExamples("Files and folders of format faultline-trace/1 or restaking-vectors/1", [
      "conformance test/conformance/vectors",
      "conformance --clock timestamp test/conformance/vectors/restaking.json",
      "conformance --json test/conformance/vectors/traces",
    ]),
    defaultValue: [],
  })
  .addOption({
    name: "clock",
    description: "Unit in which the contracts count time: blocknumber or timestamp",
    type: ArgumentType.STRING,
    defaultValue: "blocknumber",
  })
  .addFlag({ name: "json", description: "Print the results as JSON" })
  .setAction(() => import("./tasks/conformance.ts"))
  .build();

/** The project's Hardhat tasks, for `tasks` of the configuration. */
export const tasks = [scenarios, conformance];

guardUsage(
  tasks.map(({ id }) => id.join(" ")),
  process.argv.slice(2),
);
