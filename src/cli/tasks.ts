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

/** The project's Hardhat tasks, for `tasks` of the configuration. */
export const tasks = [scenarios];

guardUsage(
  tasks.map(({ id }) => id.join(" ")),
  process.argv.slice(2),
);
