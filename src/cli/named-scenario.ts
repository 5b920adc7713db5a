import { findScenarioFile, loadScenario } from "../engine/scenario-files.ts";
import type { Scenario } from "../model/scenario.ts";
import { requireText } from "./arguments.ts";

/** Loads the scenario of a command line: its name or path must be there and lead to one. */
export async function loadNamedScenario(nameOrPath: string | undefined, root: string): Promise<Scenario> {
  const wanted = requireText(nameOrPath, {
    argument: "The scenario",
    hint: "Name one, for example `npx hardhat simulate operator-fault`; `npx hardhat scenarios` lists them all.",
  });
  return await loadScenario(await findScenarioFile(wanted, root));
}
