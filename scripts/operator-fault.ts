/** Runs the operator-fault scenario: `npx hardhat run scripts/operator-fault.ts`. */
import operatorFault from "../scenarios/operator-fault/scenario.ts";
import { createWorld, formatSummary, reportFolderName, run, writeReport } from "../src/index.ts";

const { record } = await run(operatorFault, { createWorld });
const files = await writeReport(record, `out/${reportFolderName(record)}`);
process.stdout.write(formatSummary(record, { files }));
process.exitCode = record.passed ? 0 : 1;
