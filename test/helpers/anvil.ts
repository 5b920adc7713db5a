import { findAnvil } from "../../src/chain/anvil/find-anvil.ts";
import { ChainError } from "../../src/errors/chain-error.ts";

/** Says loudly why a test is skipped where anvil cannot be had, and whether it can. */
export function hasAnvil(): boolean {
  try {
    findAnvil();
    return true;
  } catch (error) {
    if (!(error instanceof ChainError)) throw error;
    if (process.env["CI"] !== undefined && process.platform === "linux") throw error;
    console.warn(`SKIPPED: ${error.message}`);
    return false;
  }
}
