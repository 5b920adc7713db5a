import { SimError } from "./sim-error.ts";

/** Each field of a scenario is fine by itself, but the contracts refuse the world they make together. Exit code 2. */
export class WorldImpossibleError extends SimError {
  /**
   * @param part - Part of the world that could not be made, such as `operator set oracle`.
   * @param reason - What the contract answered, or which parts exclude each other.
   * @param hint - What to change.
   */
  constructor(part: string, reason: string, hint: string) {
    super(`The world of this scenario cannot exist: ${part}: ${reason}.`, {
      code: "WORLD_IMPOSSIBLE",
      details: { part, reason },
      hint,
    });
  }
}
