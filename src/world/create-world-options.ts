import type { ChainBackend } from "../chain/chain-backend.ts";

export interface CreateWorldOptions {
  /** Chain to build on; a fresh one in this process if absent. */
  readonly backend?: ChainBackend;
  /** Fixes the participants' signing keys; default 0. */
  readonly seed?: number;
}
