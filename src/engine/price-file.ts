import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { PriceFileError } from "../errors/price-file-error.ts";
import type { PricePath } from "../model/shocks/price-path.ts";
import { parsePriceRows, type PriceFileOptions } from "../model/shocks/price-rows.ts";

/**
 * Reads a price path from a file, while the scenario that names it is loaded: nothing is deployed before every row is
 * found good. The file begins with `time,price`; rows stand at one distance from each other, in seconds or as dates.
 *
 * @param file - A path from the working folder, or `new URL("./prices.csv", import.meta.url)` for one beside the scenario.
 * @throws {@link PriceFileError} naming file and line of the first bad row, or of the row behind a gap.
 */
export function readPriceFile(file: string | URL, options: PriceFileOptions = {}): PricePath {
  const full = file instanceof URL ? fileURLToPath(file) : path.resolve(file);
  const relative = path.relative(process.cwd(), full);
  const name = relative.startsWith("..") ? full : relative;
  let text: string;
  try {
    text = readFileSync(full, "utf8");
  } catch {
    throw new PriceFileError([name, 0], "cannot be read", "Give the path of a file with rows of time,price.");
  }
  return parsePriceRows(text, name, options);
}
