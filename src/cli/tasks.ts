import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { AUTO } from "./arguments.ts";
import { examplesOf, withExamples } from "./help.ts";
import { guardUsage } from "./usage-guard.ts";

/** An option that may be left out; the task reads and judges its text, so that every refusal says what to do. */
function option<const Name extends string>(name: Name, description: string) {
  return { name, description, defaultValue: AUTO };
}

/** An argument that the task itself asks for where it is missing. */
function argument<const Name extends string>(name: Name, description: string) {
  return { name, description, type: ArgumentType.STRING_WITHOUT_DEFAULT } as const;
}

const simulate = task("simulate", "Runs a scenario and reports who loses what, and why")
  .addPositionalArgument(
    argument(
      "scenario",
      withExamples("Name of a scenario, or path of a .ts file that exports one", [
        "simulate operator-fault",
        "simulate operator-fault --seed 7 --out out/seed-7",
        "simulate alex --steps 40 --json > alex.json",
        'simulate operator-fault --set "lst.fee=5%; restaking.releaseDelay=3d"',
        "simulate ./my-scenario.ts --clock timestamp",
        "simulate alex --chain anvil",
        "simulate liquidation-cascade --variant exchange-rate",
      ]),
    ),
  )
  .addOption(option("seed", "Fixes every random choice; auto is the scenario's own"))
  .addOption(option("steps", "Number of steps; auto is the scenario's own"))
  .addOption(option("variant", "Twin of the scenario to run instead; `twins` runs them all"))
  .addOption(option("clock", "What the contracts' clock counts, blocknumber or timestamp; auto is the scenario's own"))
  .addOption(option("chain", "Where it runs: in-process, anvil, or the URL of a development node; auto is in-process"))
  .addOption(option("set", 'Parameters to change, as "path=value; path=value"; auto is none'))
  .addOption(option("out", "Folder for the report; auto is out/<scenario>-seed-<seed>, or none with --json"))
  .addFlag({ name: "json", description: "Print the run record as JSON instead of the summary" })
  .setAction(() => import("./tasks/simulate.ts"))
  .build();

const twins = task("twins", "Runs a scenario and its variants, and lays them side by side")
  .addPositionalArgument(
    argument(
      "scenario",
      withExamples("Name of a scenario with variants, or path of a .ts file that exports one", [
        "twins liquidation-cascade",
        "twins liquidation-cascade --only exchange-rate,bonus-5",
        "twins depeg --seed 7 --steps 40 --out out/depeg-twins",
      ]),
    ),
  )
  .addOption(option("only", "Variants to run beside the scenario as written, separated by commas; auto is all"))
  .addOption(option("seed", "Fixes every random choice; auto is the scenario's own"))
  .addOption(option("steps", "Number of steps; auto is the scenario's own"))
  .addOption(option("chain", "Where they run: in-process, anvil, or the URL of a development node"))
  .addOption(option("out", "Folder for the page and its reports; auto is out/<scenario>-twins"))
  .addFlag({ name: "json", description: "Print what each run came to, and where it lies, as JSON" })
  .setAction(() => import("./tasks/twins.ts"))
  .build();

const stress = task("stress", "Runs the three stress scenarios at a small size and writes one page that links them")
  .addOption(
    option(
      "seed",
      examplesOf("seed", "Fixes every random choice; auto is each scenario's own", [
        "stress",
        "stress --seed 7 --out out/s7 --json",
      ]),
    ),
  )
  .addOption(option("out", "Folder for the page and its reports; auto is out/stress"))
  .addFlag({ name: "json", description: "Print what each run came to, and where it lies, as JSON" })
  .setAction(() => import("./tasks/stress.ts"))
  .build();

const scenarios = task("scenarios", "Lists the scenarios with the question that each one answers")
  .addOption(option("parameters", "Scenario whose parameters are listed instead, as --set takes them"))
  .addOption(
    option(
      "variant",
      examplesOf("variant", "Twin of that scenario whose parameters are listed", [
        "scenarios",
        "scenarios --parameters slash-to-lender --variant recursive",
      ]),
    ),
  )
  .addFlag({ name: "json", description: "Print the list as JSON" })
  .setAction(() => import("./tasks/scenarios.ts"))
  .build();

const sweep = task("sweep", "Runs a scenario over parameters and seeds, and answers with intervals")
  .addPositionalArgument(
    argument(
      "scenario",
      withExamples("Name or path of a scenario, or path of a sweep file (.yaml, .json)", [
        "sweep operator-fault --seeds 1..500",
        'sweep operator-fault --set "lst.fee=5%,10%; restaking.releaseDelay=0d,7d" --seeds 1..50',
        'sweep alex --set "lst.fee=0%..20%" --sample sobol --points 64',
        'sweep depeg --variant dollar-friday --set "dollars.fusd.delay=1d,3d"',
        "sweep --resume --out out/alex-sweep-1a2b3c4d",
        "sweep operator-fault --seeds 1..500 --engine bullmq --redis redis://10.0.0.5",
      ]),
    ),
  )
  .addOption(option("variant", "Twin of the scenario to run instead; auto is the scenario as written"))
  .addOption(option("set", 'Values by parameter: "path=a,b,c", "path=from..to", "path=from..to/5", more after a ;'))
  .addOption(option("seeds", "Seeds of the runs of each point: 1..500, or a list"))
  .addOption(option("repeats", "Instead of seeds: so many, derived from the sweep's own; auto is 20"))
  .addOption(option("sample", "How points are laid out: grid, lhs or sobol; auto is grid"))
  .addOption(option("points", "Number of points of an lhs or sobol sample; auto is one for each seed"))
  .addOption(option("seed", "Fixes samples, derived seeds and resampling; auto is 0"))
  .addOption(option("steps", "Number of steps; auto is the scenario's own"))
  .addOption(option("clock", "What the contracts' clock counts, blocknumber or timestamp"))
  .addOption(option("stopWhen", 'Ends early: "ci(loss,p99) < 2%"'))
  .addOption(option("chain", "Where runs are made: in-process or anvil; auto is in-process"))
  .addOption(option("jobs", "Worker processes; auto is one for each core"))
  .addOption(option("engine", "Who makes the runs: local processes, or bullmq workers at a Redis; auto is local"))
  .addOption(option("redis", "URL of the bullmq workers' Redis, or local to start one; auto is FAULTLINE_REDIS_URL"))
  .addOption(option("out", "Folder of the results; auto is out/<scenario>-sweep-<id>"))
  .addFlag({ name: "resume", description: "Make what the folder's sweep still lacks" })
  .addFlag({ name: "json", description: "Print progress and results as JSON, one object a line" })
  .setAction(() => import("./tasks/sweep.ts"))
  .build();

const worker = task("worker", "Makes runs of sweeps that a Redis deals out, until it is interrupted")
  .addOption(
    option("redis", "URL of the Redis; auto is FAULTLINE_REDIS_URL, which other users of this machine do not see"),
  )
  .addOption(option("jobs", "Processes that make runs; auto is one for each core"))
  .addOption(option("chain", "Chain of each process: in-process or anvil; auto is in-process"))
  .addOption(
    option(
      "scenarios",
      examplesOf("scenarios", "Paths of scenarios to serve besides those in scenarios/, separated by commas", [
        "worker --redis redis://10.0.0.5:6379",
        "worker --redis rediss://sweeps.example:6380/2 --jobs 8 --chain anvil",
        "worker --scenarios ./my-scenario.ts --lease 10",
      ]),
    ),
  )
  .addOption(option("lease", "Seconds after which the runs of a worker that is gone are given to another; auto is 30"))
  .addFlag({ name: "json", description: "Print one JSON object a line" })
  .setAction(() => import("./tasks/worker.ts"))
  .build();

const query = task("query", "Asks the results of a sweep in SQL")
  .addPositionalArgument(
    argument(
      "sql",
      withExamples("One statement on the tables runs, steps, measures, parameters and sweep", [
        'query "SELECT status, count(*) FROM runs GROUP BY status"',
        'query "SELECT \\"lst.fee\\", quantile_cont(loss, 0.99) FROM runs GROUP BY 1" --in out/my-sweep',
      ]),
    ),
  )
  .addOption(option("in", "Folder of the sweep; auto is the newest in out/"))
  .addFlag({ name: "json", description: "Print one JSON object a row" })
  .setAction(() => import("./tasks/query.ts"))
  .build();

const compare = task("compare", "Compares two sweeps seed by seed")
  .addPositionalArgument(argument("a", "Folder of the sweep to compare with"))
  .addPositionalArgument(
    argument(
      "b",
      withExamples("Folder of the sweep that is compared", [
        "compare out/before out/after",
        "compare out/before out/after --json",
      ]),
    ),
  )
  .addFlag({ name: "json", description: "Print one JSON object a measure" })
  .setAction(() => import("./tasks/compare.ts"))
  .build();

const exportTask = task("export", "Writes the tables of a sweep as files into its folder")
  .addOption(option("in", "Folder of the sweep; auto is the newest in out/"))
  .addFlag({ name: "csv", description: "Write CSV" })
  .addFlag({
    name: "parquet",
    description: examplesOf("parquet", "Write Parquet", ["export --csv", "export --csv --parquet --in out/my-sweep"]),
  })
  .addFlag({ name: "json", description: "Print the files as JSON" })
  .setAction(() => import("./tasks/export.ts"))
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
export const tasks = [
  simulate,
  twins,
  stress,
  scenarios,
  sweep,
  worker,
  query,
  compare,
  exportTask,
  previewSlash,
  conformance,
];

guardUsage(
  tasks.map(({ id }) => id.join(" ")),
  process.argv.slice(2),
);
