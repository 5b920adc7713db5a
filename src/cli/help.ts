/**
 * Appends examples to the description of a task's last argument.
 *
 * Hardhat prints a task's own description in the list of all tasks too, where examples would drown it.
 */
export function withExamples(description: string, examples: readonly string[]): string {
  return [description, "", "EXAMPLES:", "", ...examples.map((example) => `  npx hardhat ${example}`)].join("\n");
}

/** The same of the option that is listed last; Hardhat writes its default behind everything. */
export const examplesOf = (last: string, description: string, examples: readonly string[]): string =>
  `${withExamples(description, examples)}\n\n  Without --${last}`;
