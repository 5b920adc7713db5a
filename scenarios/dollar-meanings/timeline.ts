import {
  act,
  days,
  ether,
  percent,
  pricePath,
  priceSteps,
  slashVault,
  type Action,
  type TimelineEntry,
} from "../../src/index.ts";
import { ETHER, THOUSAND } from "./market.ts";

type Member = "trader" | "clients-1" | "clients-2" | "intermediary" | "saver" | "stranger" | "protocol";

/** Populations that the timeline names. */
type Who = "trader" | "clients" | "intermediary" | "saver" | "stranger" | "operators";

const does = (at: bigint, by: Member, [action, note]: readonly [Action, string?]) => ({
  at,
  shock: act({ by, action }),
  ...(note === undefined ? {} : { note }),
});
const buy = (pool: string, [sell, get]: readonly [string, string], amount: bigint): Action => ({
  ...{ type: "swap", pool, sell, buy: get, amount, minOut: 0n },
});
const pay = (to: string, amount: bigint): Action => ({ type: "transferToken", token: "usd", to, amount });

/** Ether rises by a fifth in a fortnight, from the 25th day on. */
const RISE = priceSteps(
  Array.from({ length: 8 }, (_, at) => {
    return { after: days(2) * BigInt(at), price: (ETHER * (100n + 3n * BigInt(at))) / 100n };
  }),
);

/** The four stories, one after the other, and what befalls them. */
export const timeline: readonly TimelineEntry<Who, "oracle">[] = [
  does(days(1), "trader", [
    buy("restaked", ["weth", "lrt"], ether(140)),
    "(a) a trader restakes ether that it borrowed against 400 thousand dollars",
  ]),
  does(days(1), "clients-1", [
    pay("intermediary", 200n * THOUSAND),
    "(b) clients lend 400 thousand dollars to an intermediary",
  ]),
  does(days(1), "clients-2", [pay("intermediary", 200n * THOUSAND)]),
  does(days(2), "intermediary", [buy("dollars", ["usd", "weth"], 400n * THOUSAND)]),
  does(days(3), "intermediary", [buy("restaked", ["weth", "lrt"], ether(185)), "which restakes them as ether"]),
  does(days(1), "saver", [
    { type: "fundSubscribe", fund: "bills", amount: 300n * THOUSAND },
    "(c) a saver orders fund shares; a stranger is not on the list",
  ]),
  does(days(1), "stranger", [{ type: "fundSubscribe", fund: "bills", amount: 50n * THOUSAND }]),
  does(days(4), "saver", [{ type: "fundClaim", fund: "bills", order: 1n }]),
  {
    at: days(20),
    shock: slashVault({ vault: "lrt", avs: "oracle", operator: "operators-1", fraction: percent(60) }),
    note: "an operator of the vault loses 60 %: whoever holds the token bears it",
  },
  does(days(22), "protocol", [
    { type: "fundHalt", fund: "bills", halted: true },
    "(c) the fund is halted for a week: a saver cannot leave",
  ]),
  does(days(23), "saver", [{ type: "fundRedeem", fund: "bills", shares: 100n * THOUSAND }]),
  {
    at: days(25),
    shock: pricePath({ feed: "ether", path: RISE }),
    note: "ether rises: what the trader owes grows, its dollars do not",
  },
  does(days(29), "protocol", [{ type: "fundHalt", fund: "bills", halted: false }]),
  does(days(30), "saver", [{ type: "fundRedeem", fund: "bills", shares: 100n * THOUSAND }]),
  does(days(33), "saver", [{ type: "fundClaim", fund: "bills", order: 2n }]),
  does(days(44), "intermediary", [
    buy("restaked", ["lrt", "weth"], ether(184)),
    "(b) the intermediary has run out of dollars and is wound up",
  ]),
  does(days(45), "intermediary", [buy("dollars", ["weth", "usd"], ether(126))]),
  does(days(46), "intermediary", [pay("clients-1", 136n * THOUSAND), "clients share what is left"]),
  does(days(46), "intermediary", [pay("clients-2", 136n * THOUSAND)]),
];
