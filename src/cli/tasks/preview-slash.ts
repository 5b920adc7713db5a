import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { toParameter } from "../../engine/canonical-json.ts";
import { run } from "../../engine/run.ts";
import { resolveScenario } from "../../model/resolve-scenario.ts";
import type { Scenario } from "../../model/scenario.ts";
import { toCanonicalJson } from "../../report/files/canonical-json.ts";
import type { ChainWorld } from "../../world/chain-world.ts";
import { createWorld } from "../../world/create-world.ts";
import { parseFraction, parseSeed, parseStep, requireText } from "../arguments.ts";
import { ensureBuilt } from "../ensure-built.ts";
import { EXIT, runCommand } from "../failure.ts";
import { loadNamedScenario } from "../named-scenario.ts";
import { formatPreview, requireKnown, type PreviewedSlash } from "../slash-preview.ts";
import { markBegun } from "../usage-guard.ts";

interface PreviewArguments {
  readonly scenario: string | undefined;
  readonly operator: string;
  readonly set: string;
  readonly fraction: string;
  readonly step: string;
  readonly seed: string;
  readonly json: boolean;
}

/** The scenario's world after `steps` steps; 0: as deployed. */
async function reachStep(scenario: Scenario, steps: number): Promise<ChainWorld> {
  if (steps === 0) return await createWorld(resolveScenario(scenario));
  let world: ChainWorld | undefined;
  await run(scenario, { steps, createWorld: async (spec) => (world = await createWorld(spec)) });
  return world ?? (await createWorld(resolveScenario(scenario)));
}

/** Prints who would lose how much to a slash, from the contracts' own preview; the chain is left as it is. */
export default async function previewSlash(args: PreviewArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const step = parseStep(args.step);
    const hint = "For example: npx hardhat preview-slash alex --operator northstar --set oracle --fraction 10%";
    const fraction = parseFraction(requireText(args.fraction, { argument: "--fraction", hint }));
    const operator = requireText(args.operator, { argument: "--operator", hint });
    const set = requireText(args.set, { argument: "--set", hint });
    const loaded = await loadNamedScenario(args.scenario, hre.config.paths.root);
    const scenario = { ...loaded, seed: parseSeed(args.seed) ?? loaded.seed };
    const spec = resolveScenario(scenario);
    requireKnown(operator, { option: "--operator", known: spec.operators.map(({ id }) => id) });
    requireKnown(set, { option: "--set", known: spec.sets.map(({ id }) => id) });

    await ensureBuilt(hre, process.stderr);
    const world = await reachStep(scenario, step);
    const strategies = await world.preview({ set, operator, fraction });
    const { name, seed } = scenario;
    const preview: PreviewedSlash = { scenario: name, seed, step, operator, set, fraction, strategies };
    process.stdout.write(
      args.json ? toCanonicalJson(toParameter(preview)) : formatPreview(preview, await world.read()),
    );
    return EXIT.fine;
  });
}
