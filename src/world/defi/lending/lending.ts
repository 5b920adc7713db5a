import type { DefiDomain } from "../domain.ts";
import { lendingFacts, lendingReaders } from "./lending-facts.ts";
import { lendingParts } from "./lending-parts.ts";
import { borrowLending, lendingDemands, supplyLending, wireLending } from "./lending-set-up.ts";
import { readLending } from "./lending-view.ts";

/** Pooled markets, with their insurance. */
export const lending: DefiDomain = {
  name: "lending",
  parts: lendingParts,
  demands: lendingDemands,
  arrange: { wire: wireLending, supply: supplyLending, borrow: borrowLending },
  read: readLending,
  readers: lendingReaders,
  facts: lendingFacts,
};
