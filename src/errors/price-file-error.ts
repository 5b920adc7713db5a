import { SimError } from "./sim-error.ts";

/** A row of a price file cannot be read, or leaves a gap in time. Exit code 2. */
export class PriceFileError extends SimError {
  /**
   * @param place - The file as the scenario names it, and the line from 1; 0 where the whole file is meant.
   * @param reason - What is wrong there, as the end of a sentence about the line.
   * @param hint - What to write instead.
   */
  constructor(place: readonly [file: string, line: number], reason: string, hint: string) {
    const [file, line] = place;
    super(line === 0 ? `${file} ${reason}.` : `${file}:${line}: the line ${reason}.`, {
      code: "PRICE_FILE",
      details: { file, line },
      hint,
    });
  }
}
