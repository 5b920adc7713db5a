import { SimError } from "./sim-error.ts";

/** A file given as a scenario cannot be loaded, or is none. Exit code 2. */
export class ScenarioFileError extends SimError {
  /**
   * @param place - `file:line:column` where known, the file otherwise.
   * @param reason - What went wrong there.
   * @param cause - What the import raised.
   */
  constructor(place: string, reason: string, cause?: unknown) {
    super(`${place}: ${reason}`, {
      code: "SCENARIO_FILE",
      details: { place, reason },
      hint: "A scenario is the file's default export: export default defineScenario({ … }); see scenarios/alex/scenario.ts.",
      cause,
    });
  }
}
