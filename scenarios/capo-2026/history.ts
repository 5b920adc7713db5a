import { defineMetric, ether, type History } from "../../src/index.ts";

/** Accounts that were liquidated so far, each counted once. */
export function liquidationsDone() {
  return defineMetric({
    unit: "count",
    description: "liquidations so far",
    read: ({ results, previous }) =>
      previous + BigInt(results.flatMap(({ facts }) => facts).filter(({ kind }) => kind === "liquidated").length),
  });
}

const POST_MORTEM = "governance post-mortem, via protos.com and todayonchain.com";

/** Dossier of 10 March 2026. */
export const history: History = {
  inputs: [
    { name: "Live ratio", value: "1.2285 ETH", kind: "historical", source: POST_MORTEM },
    { name: "Ratio that the cap came to", value: "1.1933947 ETH", kind: "historical", source: POST_MORTEM },
    { name: "Growth of the cap", value: "9.68 % a year", kind: "historical", source: "parameters at deployment" },
    { name: "Bonus in the e-mode", value: "1 %", kind: "historical", source: "market parameters" },
    {
      name: "E-mode",
      value: "LTV 93.5 %, LT 95.5 %",
      kind: "assumed",
      source: "near the market's parameters of the time",
    },
    { name: "Health factors", value: "1.0220 to 1.0398, 2 bp apart", kind: "assumed", source: "not published" },
    { name: "Sizes", value: "90 accounts of 600 wstETH", kind: "assumed", source: "not published; equal" },
    {
      name: "Snapshot and its least age",
      value: "an hour",
      kind: "assumed",
      source: "was days: only the ratio that the cap comes to matters within the hour",
    },
    { name: "Fee on the bonus", value: "10 %", kind: "assumed", source: "of the kind" },
    { name: "Ether", value: "2,300 dollars", kind: "assumed", source: "no part of any outcome" },
    { name: "Pool", value: "60,000 ETH a side", kind: "assumed", source: "deep: the market price did not move" },
  ],
  outcomes: [
    { name: "Accounts liquidated", metric: "accounts", when: "end", history: 34n, source: POST_MORTEM },
    {
      name: "Collateral liquidated, in ether",
      metric: "liquidated",
      when: "end",
      history: ether("13437"),
      source: POST_MORTEM,
    },
    { name: "Bad debt", metric: "badDebt", when: "peak", history: 0n, source: POST_MORTEM },
    { name: "Kept by liquidators", metric: "profit", when: "end", history: ether(499), source: POST_MORTEM },
  ],
  sources: ["protos.com, oracle error", "youtocoin.com/news/197643", "alphawire.xyz", POST_MORTEM],
};
