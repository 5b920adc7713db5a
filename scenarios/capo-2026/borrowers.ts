import { ether, listed, WAD, type Distribution } from "../../src/index.ts";
import { LIVE } from "./market.ts";

/** Accounts that hold the staked token against ether in the e-mode; their sizes are assumed alike. */
export const HOLDERS = 90;
const SIZE = ether(600);
/** Health factors are assumed to stand two basis points apart, from just above what may be borrowed [bps]. */
const LOWEST = 10_220n;
const STEP = 2n;

export const COLLATERAL: Distribution = { kind: "each", amount: SIZE };

/** Health factor of the `at`-th account when the run begins [bps]. */
export const healthOf = (at: number): bigint => LOWEST + STEP * BigInt(at);

/** What each owes for its health factor: `0.955 · collateral · rate / health`, rounded down. */
export const DEBT: Distribution = listed(
  Array.from({ length: HOLDERS }, (_, at) => {
    return (((SIZE * LIVE * 955n) / (WAD * 1_000n)) * 10_000n) / healthOf(at);
  }),
);
