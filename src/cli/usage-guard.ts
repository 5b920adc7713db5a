import { EXIT, formatFailure } from "./failure.ts";
import { UsageError } from "../errors/usage-error.ts";

/** Set once a task's action begins: from then on its own exit code holds. */
let begun = false;

/** Tells the guard that the arguments were understood and the task runs. */
export function markBegun(): void {
  begun = true;
}

/** First option of `args` whose value is a negative number: Hardhat would take `-12` for grouped short options. */
export function findNegativeValue(args: readonly string[]): { option: string; value: string } | undefined {
  const at = args.findIndex((value, index) => /^-[0-9]/.test(value) && args[index - 1]?.startsWith("--") === true);
  const [option, value] = [args[at - 1], args[at]];
  return option === undefined || value === undefined ? undefined : { option, value };
}

/**
 * Makes bad arguments of the named tasks end with exit code 2 and a plain message.
 *
 * Hardhat parses arguments before a task sees them, and exits 1 when it cannot.
 */
export function guardUsage(tasks: readonly string[], args: readonly string[]): void {
  const words = args.flatMap((arg) => (arg.startsWith("--") && arg.includes("=") ? arg.split("=", 2) : [arg]));
  if (!words.some((word) => tasks.includes(word))) return;

  const negative = findNegativeValue(words);
  if (negative !== undefined) {
    const error = new UsageError(`${negative.option} is "${negative.value}".`, "Give a number that is not negative.");
    process.stderr.write(formatFailure(error, words.includes("--json")));
    process.exit(EXIT.usage);
  }
  process.once("exit", (code) => {
    if (code === 1 && !begun) process.exitCode = EXIT.usage;
  });
}
