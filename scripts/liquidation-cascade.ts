/** Runs liquidation-cascade and three of its twins, and lays them side by side: `npx hardhat run scripts/liquidation-cascade.ts`. */
import cascade from "../scenarios/liquidation-cascade/scenario.ts";
import { createWorld, reportFolderName, run, writeReport, writeTwins } from "../src/index.ts";

const twins = [];
for (const variant of [undefined, "exchange-rate", "bonus-5", "forced"]) {
  const { record } = await run(cascade, { createWorld, ...(variant === undefined ? {} : { variant }) });
  const folder = reportFolderName(record);
  await writeReport(record, `out/liquidation-cascade-twins/${folder}`);
  const title = variant === undefined ? "as written" : (cascade.variants?.[variant]?.title ?? variant);
  console.log(`${variant ?? "base"}: ${record.passed ? "passed" : "FAILED"} (${title})`);
  twins.push({ name: variant ?? "base", title, record, folder });
}
console.log(await writeTwins("out/liquidation-cascade-twins", twins));
process.exitCode = twins.every(({ record }) => record.passed) ? 0 : 1;
