import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { listScenarioFiles, loadScenario } from "../../engine/scenario-files.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { parametersOf } from "../../model/parameters/set-parameters.ts";
import { valueAt } from "../../model/parameters/parameter-path.ts";
import { formatValue } from "../../model/parameters/parameter-value.ts";
import type { Scalar } from "../../model/parameters/parameter-path.ts";
import type { Scenario } from "../../model/scenario.ts";
import { applyVariant } from "../../model/variant.ts";
import { besides } from "../columns.ts";
import { AUTO } from "../arguments.ts";
import { EXIT, runCommand } from "../failure.ts";
import { loadNamedScenario } from "../named-scenario.ts";
import { markBegun } from "../usage-guard.ts";

interface Entry {
  readonly name: string;
  readonly question: string;
  readonly seed: number;
  readonly steps: number;
}

/** Names on the left, questions folded beside them. */
function formatList(entries: readonly Entry[]): string {
  const width = Math.max(...entries.map(({ name }) => name.length)) + 2;
  const lines = entries.flatMap(({ name, question }) => besides(name.padEnd(width), question));
  return `${[...lines, "", "Run one: npx hardhat simulate <name>"].join("\n")}\n`;
}

/** Every parameter with its unit and present value; empty where the scenario leaves it to a default. */
function listParameters(scenario: Scenario): readonly { name: string; unit: string; value: string }[] {
  return parametersOf(scenario).map(({ name, path, kind, unit }) => {
    const value = valueAt(scenario, path) as Scalar | null | undefined;
    const shown = value === undefined || value === null ? "" : formatValue(value, unit);
    return { name, unit: kind === "bigint" ? unit : kind, value: shown };
  });
}

function formatParameters(parameters: ReturnType<typeof listParameters>): string {
  return parameters.map(({ name, unit, value }) => `${name}=${value === "" ? `<${unit}>` : value}\n`).join("");
}

interface ScenariosArguments {
  readonly parameters: string;
  readonly variant: string;
  readonly json: boolean;
}

/** Lists every scenario with its question, or one scenario's parameters. */
export default async function scenarios(args: ScenariosArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  const { json } = args;
  markBegun();
  await runCommand(json, async () => {
    if (args.parameters !== AUTO) {
      const scenario = await loadNamedScenario(args.parameters, hre.config.paths.root);
      const parameters = listParameters(applyVariant(scenario, args.variant === AUTO ? undefined : args.variant));
      process.stdout.write(json ? `${JSON.stringify(parameters, null, 2)}\n` : formatParameters(parameters));
      return EXIT.fine;
    }
    if (args.variant !== AUTO) {
      throw new UsageError("--variant is for a list of parameters.", "Add --parameters and the scenario's name.");
    }
    const files = await listScenarioFiles(hre.config.paths.root);
    const entries = await Promise.all(
      files.map(async ({ name, file }): Promise<Entry> => {
        const { question, seed, clock } = await loadScenario(file);
        return { name, question, seed, steps: clock.steps };
      }),
    );
    process.stdout.write(json ? `${JSON.stringify(entries, null, 2)}\n` : formatList(entries));
    return EXIT.fine;
  });
}
