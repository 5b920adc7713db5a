import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { EXIT, runCommand } from "../failure.ts";
import { listScenarioFiles, loadScenario } from "../scenario-files.ts";
import { markBegun } from "../usage-guard.ts";

const COLUMNS = 80;

interface Entry {
  readonly name: string;
  readonly question: string;
  readonly seed: number;
  readonly steps: number;
}

/** Folds text at spaces. */
function fold(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Names on the left, questions folded beside them. */
function formatList(entries: readonly Entry[]): string {
  const width = Math.max(...entries.map(({ name }) => name.length)) + 2;
  const lines = entries.flatMap(({ name, question }) =>
    fold(question, COLUMNS - width).map((line, row) => `${(row === 0 ? name : "").padEnd(width)}${line}`),
  );
  return `${[...lines, "", "Run one: npx hardhat simulate <name>"].join("\n")}\n`;
}

/** Lists every scenario with its question. */
export default async function scenarios({ json }: { json: boolean }, hre: HardhatRuntimeEnvironment): Promise<void> {
  markBegun();
  await runCommand(json, async () => {
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
