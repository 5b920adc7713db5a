/** Runs depeg and its twins, and lays them side by side: `npx hardhat run scripts/depeg.ts`. */
import depeg from "../scenarios/depeg/scenario.ts";
import { createWorld, reportFolderName, run, writeReport, writeTwins } from "../src/index.ts";

const twins = [];
for (const variant of [undefined, ...Object.keys(depeg.variants ?? {})]) {
  const { record } = await run(depeg, { createWorld, ...(variant === undefined ? {} : { variant }) });
  const folder = reportFolderName(record);
  await writeReport(record, `out/depeg-twins/${folder}`);
  const title = variant === undefined ? "as written" : (depeg.variants?.[variant]?.title ?? variant);
  console.log(`${variant ?? "base"}: ${record.passed ? "passed" : "FAILED"} (${title})`);
  twins.push({ name: variant ?? "base", title, record, folder });
}
console.log(await writeTwins("out/depeg-twins", twins));
process.exitCode = twins.every(({ record }) => record.passed) ? 0 : 1;
