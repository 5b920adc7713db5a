import type { RunCase } from "../run-record.ts";

import type { Escape } from "./escapes.ts";
import type { LossDestination, LossLayer } from "./losses.ts";

/** Sentence form of each layer: "Stakers bore 3 ETH". */
export const LAYER_WORDS: Readonly<Record<LossLayer, string>> = {
  operator: "operators' own stake bore",
  staker: "stakers bore",
  withdrawal: "queued withdrawals bore",
  dust: "rounding left",
};

/** Heading form of each layer. */
export const LAYER_NAMES: Readonly<Record<LossLayer, string>> = {
  operator: "Operator's own stake",
  staker: "Stakers",
  withdrawal: "Queued withdrawals",
  dust: "Rounding dust",
};

/** Sentence form of each destination: "3 ETH was burned". */
export const DESTINATION_WORDS: Readonly<Record<LossDestination, string>> = {
  burned: "was burned",
  redistributed: "was redistributed",
  escrow: "was still in escrow",
};

/** Heading form of each destination. */
export const DESTINATION_NAMES: Readonly<Record<LossDestination, string>> = {
  burned: "Burned",
  redistributed: "Redistributed",
  escrow: "In escrow",
};

/** Heading form of an exit's fate. */
export const FATE_NAMES: Readonly<Record<Escape["fate"], string>> = {
  escaped: "Escaped",
  hit: "Hit",
  partly: "Hit, escaped another",
  early: "Gone before the fault",
  untouched: "No slash",
};

/** Heading form of a case's result. */
export const RESULT_NAMES: Readonly<Record<RunCase["result"], string>> = {
  slashed: "Slashed",
  vetoed: "Vetoed",
  refused: "Refused",
  expired: "Expired",
  open: "Still open",
};
