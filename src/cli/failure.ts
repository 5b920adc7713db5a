import { isSimError } from "../errors/sim-error.ts";

/** What a command ends with: fine, a law or an expectation broken, or asked for something impossible. */
export const EXIT = { fine: 0, broken: 1, usage: 2 } as const;

/** Failures that the user can only mend by asking for something else. */
const USAGE_CODES = new Set([
  "USAGE",
  "BEHAVIOUR",
  "PRICE_FILE",
  "SCENARIO_FILE",
  "SCENARIO_INVALID",
  "WORLD_IMPOSSIBLE",
  "OUTPUT_UNWRITABLE",
  "RECORD_INVALID",
  "VECTOR_INVALID",
  "SLASH_REFUSED",
  "SWEEP_FILE",
  "SWEEP_CONFLICT",
  "STORE",
]);

/** Exit code that a failure ends its command with. */
export function exitCodeOf(error: unknown): number {
  return isSimError(error) && USAGE_CODES.has(error.code) ? EXIT.usage : EXIT.broken;
}

/** Writes a failure for people, or with `json` as one JSON line; never a stack trace for a failure of the project's own. */
export function formatFailure(error: unknown, json: boolean): string {
  const failure = isSimError(error)
    ? { code: error.code, message: error.shortMessage, remedy: error.hint, details: error.details }
    : { code: "UNEXPECTED", message: messageOf(error), remedy: "This is a defect: please report it.", details: {} };
  if (json) {
    const text = JSON.stringify({ error: failure }, (_, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    );
    return `${text}\n`;
  }
  const remedy = failure.remedy === "" ? "" : `  remedy: ${failure.remedy}\n`;
  const trace = isSimError(error) || !(error instanceof Error) ? "" : `${error.stack ?? ""}\n`;
  return `error: ${failure.message}\n${remedy}${trace}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
}

/** A reader that goes away (`| head`) ends the program quietly. */
function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(process.exitCode ?? EXIT.fine);
      if (stream === process.stdout) process.stderr.write(`error: The output cannot be written: ${error.message}.\n`);
      process.exit(EXIT.broken);
    });
  }
}

/**
 * Runs a command's body: sets the exit code that it returns, and prints what it throws.
 *
 * @param json - Whether failures are printed as JSON.
 * @param body - Returns the exit code.
 */
export async function runCommand(json: boolean, body: () => Promise<number>): Promise<void> {
  endQuietlyOnClosedPipe();
  try {
    process.exitCode = await body();
  } catch (error) {
    process.stderr.write(formatFailure(error, json));
    process.exitCode = exitCodeOf(error);
  }
}
