import { z } from "zod";

import { cdp, isolated, lending, marketVault } from "./credit.ts";
import { adapterVault, dollar, epochVault, fund, vault } from "./issuers.ts";
import { integer, name, oneOf, quantity, text } from "./words.ts";

const worth = oneOf("in", { ether: { value: quantity }, dollars: { value: quantity } });

const token = oneOf("kind", {
  wrappedEther: { id: name },
  wrappedLst: { id: name },
  external: { id: name, decimals: integer, worth },
});

const poolBase = { id: name, tokens: z.array(text), liquidity: z.array(quantity), provider: text };
const pool = oneOf("kind", {
  stableSwap: {
    ...poolBase,
    amplification: quantity,
    fee: quantity,
    offpegMultiplier: quantity,
    scaled: z.array(text),
    window: quantity,
  },
  constantProduct: poolBase,
  banded: { ...poolBase, fee: quantity, edges: z.array(quantity), bands: z.array(quantity), price: quantity },
});

const feedBase = {
  id: name,
  prices: z.string().optional(),
  heartbeat: quantity.optional(),
  decimals: integer.optional(),
  minAnswer: quantity.optional(),
  maxAnswer: quantity.optional(),
};
const base = text.nullable();
const feed = oneOf("kind", {
  fixed: { ...feedBase, base },
  market: { ...feedBase, pool: text, token: text, against: text, window: quantity, base },
  exchangeRate: { ...feedBase, token: text, base },
  cappedRate: {
    ...feedBase,
    token: text,
    base,
    maxYearlyBps: quantity,
    snapshot: quantity.nullable(),
    minDelay: quantity,
  },
  median: { ...feedBase, of: z.array(text), quorum: quantity, maxAge: quantity },
  reported: { ...feedBase, answer: quantity, source: text.optional(), deviationBps: quantity.optional() },
});

/** The DeFi layer of a scenario. */
export const defi = z.strictObject(
  {
    etherFeed: text.optional(),
    tokens: z.array(token).optional(),
    vaults: z.array(vault).optional(),
    funds: z.array(fund).optional(),
    dollars: z.array(dollar).optional(),
    pools: z.array(pool).optional(),
    feeds: z.array(feed).optional(),
    lending: z.array(lending).optional(),
    isolated: z.array(isolated).optional(),
    marketVaults: z.array(marketVault).optional(),
    cdps: z.array(cdp).optional(),
    epochVaults: z.array(epochVault).optional(),
    adapterVaults: z.array(adapterVault).optional(),
  },
  "Use an object: { tokens, pools, … }.",
);
