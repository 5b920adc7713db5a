import { SimError } from "./sim-error.ts";

const WHOLE = "Give whole files of format faultline-trace/1, restaking-vectors/1 or defi-vectors/1.";
const FIELD = "Correct it; the cases in test/conformance/vectors show how each field is written.";

/** A conformance file is malformed, truncated or of a format nobody knows. Exit code 2. */
export class VectorInvalidError extends SimError {
  /**
   * @param where.file - The file as it was given.
   * @param where.place - Line or field, such as `line 12` or `steps[3].amount`.
   * @param reason - What was expected and what came.
   */
  constructor(where: { readonly file: string; readonly place: string }, reason: string, cause?: unknown) {
    const { file, place } = where;
    super(`${file}: ${place}: ${reason}.`, {
      code: "VECTOR_INVALID",
      details: { file, place, reason },
      hint: /^(the whole file|format|line \d+, .*)$/.test(place) ? WHOLE : FIELD,
      cause,
    });
  }
}
