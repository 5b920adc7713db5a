import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { AUTO } from "./arguments.ts";
import { guardUsage } from "./usage-guard.ts";

/** An option that may be left out; the task reads and judges its text, so that every refusal says what to do. */
function option<const Name extends string>(name: Name, description: string) {
  return { name, description, defaultValue: AUTO };
}

/** An argument that the task itself asks for where it is missing. */
function argument<const Name extends string>(name: Name, description: string) {
  return { name, description, type: ArgumentType.STRING_WITHOUT_DEFAULT } as const;
}

/**
 * Appends examples to the description of a task's last argument.
 *
 * Hardhat prints a task's own description in the list of all tasks too, where examples would drown it.
 */
function withExamples(description: string, examples: readonly string[]): string {
  return [description, "", "EXAMPLES:", "", ...examples.map((example) => `  npx hardhat ${example}`)].join("\n");
}

const simulate = task("simulate", "Runs a scenario and reports who loses what, and why")
  .addPositionalArgument(
    argument(
      "scenario",
      withExamples("Name of a scenario, or path of a .ts file that exports one", [
        "simulate operator-fault",
        "simulate operator-fault --seed 7 --out out/seed-7",
        "simulate alex --steps 40 --json > alex.json",
        "simulate ./my-scenario.ts --clock timestamp",
        "simulate alex --chain anvil",
      ]),
    ),
  )
  .addOption(option("seed", "Fixes every random choice; auto is the scenario's own"))
  .addOption(option("steps", "Number of steps; auto is the scenario's own"))
  .addOption(option("clock", "What the contracts' clock counts, blocknumber or timestamp; auto is the scenario's own"))
  .addOption(option("chain", "Where it runs: in-process, anvil, or the URL of a development node; auto is in-process"))
  .addOption(option("out", "Folder for the report; auto is out/<scenario>-seed-<seed>, or none with --json"))
  .addFlag({ name: "json", description: "Print the run record as JSON instead of the summary" })
  .setAction(() => import("./tasks/simulate.ts"))
  .build();

const scenarios = task("scenarios", "Lists the scenarios with the question that each one answers")
  .addFlag({ name: "json", description: withExamples("Print the list as JSON", ["scenarios", "scenarios --json"]) })
  .setAction(() => import("./tasks/scenarios.ts"))
  .build();

const previewSlash = task("preview-slash", "Shows who would lose how much to a slash that is not made")
  .addPositionalArgument(
    argument(
      "scenario",
      withExamples("Name of a scenario, or path of a .ts file, whose world is looked at", [
        "preview-slash operator-fault --operator majors-1 --set availability --fraction 50%",
        "preview-slash alex --operator northstar --set oracle --fraction 0.1 --step 20 --json",
      ]),
    ),
  )
  .addOption(option("operator", "Operator that would be slashed, for example majors-1"))
  .addOption(option("set", "Operator set that would slash, for example availability"))
  .addOption(option("fraction", "Part of what the operator allocates to the set: 10%, 12.5% or 0.1"))
  .addOption(option("step", "Step after which to look; auto is the world as deployed"))
  .addOption(option("seed", "Fixes every random choice; auto is the scenario's own"))
  .addFlag({ name: "json", description: "Print the preview as JSON instead of tables" })
  .setAction(() => import("./tasks/preview-slash.ts"))
  .build();

const conformance = task("conformance", "Runs conformance files against the deployed contracts")
  .addVariadicArgument({
    name: "paths",
    description: withExamples("Files and folders of format faultline-trace/1, restaking-vectors/1 or defi-vectors/1", [
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
export const tasks = [simulate, scenarios, previewSlash, conformance];

guardUsage(
  tasks.map(({ id }) => id.join(" ")),
  process.argv.slice(2),
);
