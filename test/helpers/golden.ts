import { readFile, writeFile } from "node:fs/promises";

import { expect } from "chai";

import { toCanonicalJson } from "../../src/report/files/canonical-json.ts";
import type { RunRecord } from "../../src/report/run-record.ts";

/** What a scenario's golden file keeps of a run: the end of it, and every slash. */
function goldenOf(record: RunRecord): object {
  const last = record.rows.at(-1);
  return {
    seed: record.seed,
    steps: record.rows.length,
    metrics: last?.metrics,
    slashes: record.slashes.map(({ id, time, value, shares }) => ({ id, time, value, shares })),
    exits: record.exits.length,
    escaped: record.exits.filter(({ escaped }) => escaped.length > 0).map(({ id }) => id),
  };
}

/**
 * Compares a run with `test/scenarios/golden/<name>.json`. `GOLDEN=write` writes the file instead; a change of it needs
 * a line in the changelog.
 */
export async function expectGolden(name: string, record: RunRecord): Promise<void> {
  const file = new URL(`../scenarios/golden/${name}.json`, import.meta.url);
  const text = toCanonicalJson(goldenOf(record));
  if (process.env["GOLDEN"] === "write") await writeFile(file, text);
  expect(text).to.equal(await readFile(file, "utf8"));
}
