/** Runs the alex scenario: `npx hardhat run scripts/alex.ts`. */
import alex from "../scenarios/alex/scenario.ts";
import { createWorld, formatSummary, reportFolderName, run, writeReport } from "../src/index.ts";

const { record } = await run(alex, { createWorld });
const files = await writeReport(record, `out/${reportFolderName(record)}`);
process.stdout.write(formatSummary(record, { files }));
process.exitCode = record.passed ? 0 : 1;
