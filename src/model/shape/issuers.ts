import { z } from "zod";

import { name, quantity, text, truth, word } from "./words.ts";

const guard = z.strictObject({ bps: quantity, policy: word(["reject", "clamp", "hold"]) });

/** A liquid restaking token. */
export const vault = z.strictObject({
  id: name,
  operators: z.array(z.strictObject({ operator: text, weight: quantity })),
  strategy: text,
  rate: quantity,
  buffer: z.strictObject({
    target: quantity,
    capacity: quantity,
    drawdownFloor: quantity,
    minFeeBps: quantity,
    maxFeeBps: quantity,
  }),
  oracle: z.strictObject({
    mode: word(["live", "pushed", "quorum", "guarded"]),
    every: quantity,
    guard: guard.optional(),
    quorum: quantity.optional(),
    maxAge: quantity.optional(),
    feeBps: quantity,
  }),
  queue: z.strictObject({
    freeze: word(["claim", "unlock", "batch", "finalisation"]),
    fault: word(["cachedQuote", "firstComeAtPar"]).optional(),
    cooldown: quantity,
  }),
  redeemable: truth,
});

const worker = z.strictObject({ operator: text, stake: quantity });
const network = z.strictObject({
  network: text,
  limit: quantity,
  operators: z.array(worker).min(1, "Give one operator at least."),
});

/** A vault whose stake stands for several networks, with epochs. */
export const epochVault = z.strictObject({
  id: name,
  asset: text,
  curator: text,
  epoch: quantity,
  burner: text.nullable(),
  delegator: word(["fullRestake", "networkRestake"]),
  networks: z.array(network).min(1, "Give one network at least."),
});

const adapter = z.strictObject({
  id: name,
  network: text,
  burner: text.nullable(),
  duration: quantity,
  limit: z.strictObject({ amount: quantity, part: quantity }),
  allocated: quantity,
});

/** A vault whose capital moves to isolated adapters. */
export const adapterVault = z.strictObject({
  id: name,
  asset: text,
  curator: text,
  adapters: z.array(adapter).min(1, "Give one adapter at least."),
});

const band = z.strictObject({
  feed: text,
  freeze: z.tuple([quantity, quantity]),
  unfreeze: z.tuple([quantity, quantity]),
});

/** A reserve-backed dollar. */
export const dollar = z.strictObject({
  id: name,
  settlement: text,
  reserve: z.strictObject({
    cash: quantity,
    fund: z.strictObject({ id: text, worth: quantity }).nullable(),
    term: z.strictObject({ face: quantity, haircut: quantity }),
  }),
  buffer: quantity,
  junior: quantity,
  backstop: quantity,
  redemption: z.strictObject({
    policy: word(["pariPassu", "firstCome"]),
    minFeeBps: quantity,
    maxFeeBps: quantity,
    gate: z.strictObject({ cap: quantity, epoch: quantity }).nullable(),
    calendar: word(["always", "bankHours"]),
  }),
  swap: z.strictObject({ tin: quantity, tout: quantity, cap: quantity, band: band.nullable() }).nullable(),
});

/** A permissioned fund share. */
export const fund = z.strictObject({
  id: name,
  settlement: text,
  nav: quantity,
  feeBps: quantity,
  minimum: quantity,
  cutOff: quantity,
  settleDelay: quantity,
  yearlyYield: quantity,
  allowed: z.array(text),
  instant: z.strictObject({ limit: quantity, feeBps: quantity }).nullable(),
});
