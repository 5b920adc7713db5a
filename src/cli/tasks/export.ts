import path from "node:path";

import { UsageError } from "../../errors/usage-error.ts";
import { exportTables } from "../../sweep/store/export-tables.ts";
import { assertNoLink } from "../../sweep/store/sweep-folder.ts";
import { EXIT, runCommand } from "../failure.ts";
import { findSweepFolder } from "../sweep-folders.ts";
import { markBegun } from "../usage-guard.ts";

interface ExportArguments {
  readonly in: string;
  readonly csv: boolean;
  readonly parquet: boolean;
  readonly json: boolean;
}

/** Writes a sweep's tables as files into its own folder. */
export default async function exportSweep(args: ExportArguments): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const formats = [...(args.csv ? (["csv"] as const) : []), ...(args.parquet ? (["parquet"] as const) : [])];
    if (formats.length === 0) throw new UsageError("No format is given.", "Give --csv, --parquet or both.");
    const folder = await findSweepFolder(args.in);
    await assertNoLink(path.join(folder, "export"));
    const files: string[] = [];
    for (const format of formats) {
      files.push(...(await exportTables(folder, { format, into: path.join(folder, "export") })));
    }
    process.stdout.write(args.json ? `${JSON.stringify(files)}\n` : files.map((file) => `${file}\n`).join(""));
    return EXIT.fine;
  });
}
