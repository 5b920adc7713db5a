import { SimError } from "./sim-error.ts";

/** Redis cannot be reached, or refuses; its password is never told. */
export class RedisError extends SimError {
  constructor(place: string, reason: string) {
    super(`Redis at ${place} cannot be used: ${reason}.`, {
      code: "REDIS",
      details: { place, reason },
      hint: "Start it, or give the URL of one that runs with --redis or FAULTLINE_REDIS_URL.",
    });
  }
}
