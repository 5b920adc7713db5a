import path from "node:path";

import { clean } from "../../report/format/text.ts";
import { Database, type Answer, type Cell } from "../../sweep/store/database.ts";
import { NAMES } from "../../sweep/store/sweep-folder.ts";
import { requireText } from "../arguments.ts";
import { EXIT, runCommand } from "../failure.ts";
import { findSweepFolder } from "../sweep-folders.ts";
import { markBegun } from "../usage-guard.ts";

interface QueryArguments {
  readonly sql: string | undefined;
  readonly in: string;
  readonly json: boolean;
}

function show(cell: Cell): string {
  if (cell === null) return "";
  return clean(typeof cell === "object" ? JSON.stringify(cell) : String(cell));
}

/** Columns side by side; numbers stand right. */
function formatAnswer({ columns, rows }: Answer): string {
  const table = [columns.map(clean), ...rows.map((row) => row.map(show))];
  const widths = columns.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  const numeric = columns.map((_, at) => rows.every((row) => /^-?[\d.e+]*$/i.test(show(row[at] ?? null))));
  const lines = table.map((row) =>
    row
      .map((cell, at) => (numeric[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join("");
}

function toJsonLines({ columns, rows }: Answer): string {
  return rows
    .map((row) => `${JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])))}\n`)
    .join("");
}

/** Asks a sweep's results in SQL: nothing else can be read, and nothing written. */
export default async function query(args: QueryArguments): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const sql = requireText(args.sql, {
      argument: "The query",
      hint: 'Ask, for example: npx hardhat query "SELECT status, count(*) FROM runs GROUP BY status"',
    });
    const folder = await findSweepFolder(args.in);
    const database = await Database.open(path.join(folder, NAMES.database), "closed");
    try {
      const answer = await database.ask(sql);
      process.stdout.write(args.json ? toJsonLines(answer) : formatAnswer(answer));
    } finally {
      database.close();
    }
    return EXIT.fine;
  });
}
