import { z } from "zod";

import { distribution, name, oneOf, quantity, text, truth } from "./words.ts";

const curve = z.strictObject({ optimal: quantity, base: quantity, slope1: quantity, slope2: quantity });

const reserve = z.strictObject({
  token: text,
  feed: text,
  ltv: quantity,
  lt: quantity,
  bonus: quantity,
  bonusFee: quantity,
  reserveFactor: quantity,
  curve,
  supplyCap: quantity.nullable(),
  borrowCap: quantity.nullable(),
  borrowable: truth,
});

const eMode = z.strictObject({
  id: name,
  ltv: quantity,
  lt: quantity,
  bonus: quantity,
  collateral: z.array(text),
  borrowable: z.array(text),
});

const insurance = z.strictObject({
  token: text,
  offset: quantity,
  cooldown: quantity,
  window: quantity,
  feeBps: quantity,
});

/** A pooled market. */
export const lending = z.strictObject({
  id: name,
  reserves: z.array(reserve).min(1, "Give one reserve at least."),
  eModes: z.array(eMode),
  closeFactor: z.union([z.literal("default"), quantity], 'Use "default", or one fraction in basis points.'),
  flashFeeBps: quantity,
  insurance: z.array(insurance),
});

/** An isolated market. */
export const isolated = z.strictObject({
  id: name,
  loan: text,
  collateral: text,
  collateralFeed: text,
  loanFeed: text.nullable(),
  lltv: quantity,
  fee: quantity,
});

/** A vault over isolated markets. */
export const marketVault = z.strictObject({
  id: name,
  asset: text,
  curator: text,
  markets: z.array(z.strictObject({ market: text, cap: quantity })).min(1, "Give one market at least."),
  marksBadDebt: truth,
});

const branch = z.strictObject({
  id: name,
  collateral: text,
  feed: text,
  mcr: quantity,
  ccr: quantity,
  scr: quantity,
  poolPenalty: quantity,
  redistributionPenalty: quantity,
});

/** Collateralised debt in a synthetic dollar. */
export const cdp = z.strictObject({
  id: name,
  branches: z.array(branch).min(1, "Give one branch at least."),
  minDebt: quantity,
  troves: z.array(
    z.strictObject({ branch: text, participant: text, collateral: quantity, debt: quantity, rate: quantity }),
  ),
  deposits: z.array(z.strictObject({ branch: text, participant: text, amount: quantity })),
});

const amounts = z.record(text, distribution).optional();

/** What a population has in a market when the run begins. */
export const position = oneOf("kind", {
  lending: {
    market: text,
    eMode: text.optional(),
    supplied: amounts,
    borrowed: amounts,
    insured: amounts,
    keep: truth.optional(),
  },
  isolated: {
    market: text,
    supplied: distribution.optional(),
    collateral: distribution.optional(),
    borrowed: distribution.optional(),
    keep: truth.optional(),
  },
  marketVault: { vault: text, deposited: distribution },
  adapterVault: { vault: text, deposited: distribution },
  epochVault: { vault: text, deposited: distribution },
});
