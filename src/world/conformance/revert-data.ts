/**
 * Data that a refused call came back with, as a provider hands it on: alone, or within an account of the failure.
 *
 * @returns The data, or undefined when the call failed otherwise.
 */
export function revertDataOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  return typeof error.data === "string" ? error.data : revertDataOf(error.data);
}
