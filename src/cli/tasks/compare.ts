import { comparisonNotes, compareSweeps } from "../../sweep/answers/compare-sweeps.ts";
import { readResults } from "../../sweep/answers/read-results.ts";
import { requireText } from "../arguments.ts";
import { EXIT, runCommand } from "../failure.ts";
import { findSweepFolder } from "../sweep-folders.ts";
import { formatDifferences } from "../sweep-summary.ts";
import { markBegun } from "../usage-guard.ts";

interface CompareArguments {
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly json: boolean;
}

/** Lays two sweeps side by side, seed by seed. */
export default async function compare(args: CompareArguments): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const hint = "Name the folders of two sweeps, for example: npx hardhat compare out/before out/after";
    const a = await findSweepFolder(requireText(args.a, { argument: "The first sweep", hint }));
    const b = await findSweepFolder(requireText(args.b, { argument: "The second sweep", hint }));
    const [ofA, ofB] = [await readResults(a), await readResults(b)];
    const differences = compareSweeps(ofA, ofB);
    for (const note of comparisonNotes(ofA, ofB)) process.stderr.write(`note: ${note}\n`);
    const lines = differences.map((difference) => `${JSON.stringify(difference)}\n`);
    process.stdout.write(args.json ? lines.join("") : formatDifferences(differences));
    return EXIT.fine;
  });
}
