import { expect } from "chai";

import type { Action, PlannedAction } from "../../src/model/action.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import type { ReserveSpec } from "../../src/model/defi/lending.ts";
import type { VaultSpec } from "../../src/model/defi/vaults.ts";
import type { WorldSpec } from "../../src/model/world-spec.ts";
import { ether, percent } from "../../src/units/amounts.ts";
import { blocks, days, hours } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import { dice, type Dice } from "../helpers/dice.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import type { Line } from "../../src/analysis/defi/lines.ts";
import { byChannel, liveByTheBooks } from "../helpers/random-books.ts";
import { participant, planned, smallWorld } from "../helpers/small-world.ts";

const USD = 10n ** 8n;
const STEPS = 40;
const PEOPLE = ["stakers-1", "stakers-2", "stakers-3"] as const;
const MARKET = "core";
/** Most that a run may call rounding: a ten-millionth of an ether. */
const ROUNDED = 100_000_000_000n;
/**
 * Most of a party's change in a step that no fact may tell. Fees of flash loans are shared by claims as interest had made
 * them before the step's moves; a missing cause is a thousandth of an ether.
 */
const UNTOLD = 100_000_000_000n;
/** What divisions may make of a cause by which one party has what another gives [wei]. */
const DUST = 100_000n;

const reserve: Omit<ReserveSpec, "token" | "feed"> = {
  ...{ ltv: 8_000n, lt: 8_500n, bonus: 10_500n, bonusFee: 1_000n, reserveFactor: 1_500n },
  curve: { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n },
  ...{ supplyCap: null, borrowCap: null, borrowable: true },
};

const position = (who: string, lrt: string, borrowed: string) => ({
  ...{ market: MARKET, participant: who, eMode: null, supplied: { weth: ether(60), lrt: ether(lrt) } },
  ...{ borrowed: { weth: ether(borrowed) }, insured: { weth: ether(2) }, keep: true },
});

/** How a vault quotes and settles. */
type Terms = Pick<VaultSpec, "oracle" | "queue">;

const every = days(1);
const cooldown = blocks(10);
const PUSHED: Terms = {
  oracle: { mode: "pushed", every, feeBps: 0n },
  queue: { freeze: "unlock", cooldown },
};
const LIVE: Terms = { oracle: { mode: "live", every, feeBps: 0n }, queue: { freeze: "claim", cooldown } };
const WITH_FEE: Terms = {
  oracle: { mode: "pushed", every, feeBps: 1_000n },
  queue: { freeze: "finalisation", cooldown },
};
const GUARDED: Terms = {
  oracle: { mode: "guarded", every, feeBps: 0n, guard: { bps: 50n, policy: "clamp" } },
  queue: { freeze: "batch", cooldown },
};
const CACHED: Terms = { ...PUSHED, queue: { freeze: "unlock", fault: "cachedQuote", cooldown } };
const AT_PAR: Terms = { ...PUSHED, queue: { freeze: "claim", fault: "firstComeAtPar", cooldown } };

/** A restaking vault whose shares are collateral in a pooled market with insurance, and are traded in a pool. */
const defiWith = (terms: Terms): DefiSpec => ({
  ...emptyDefi,
  etherFeed: "eth-usd",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ],
  vaults: [
    {
      ...{ id: "lrt", strategy: "lst", rate: (WAD * 11n) / 10n, redeemable: true },
      operators: [
        { operator: "operators-1", weight: 3n },
        { operator: "operators-2", weight: 1n },
      ],
      buffer: { target: percent(4), capacity: ether(100), drawdownFloor: ether(1), minFeeBps: 5n, maxFeeBps: 100n },
      ...terms,
    },
  ],
  pools: [
    {
      ...{ id: "curve", kind: "stableSwap", tokens: ["weth", "lrt"], liquidity: [ether(300), ether(300)] },
      ...{ amplification: 20_000n, fee: 4_000_000n, offpegMultiplier: 0n, scaled: ["lrt"], window: 600n },
      provider: "stakers-3",
    },
  ],
  feeds: [
    { id: "eth-usd", kind: "reported", answer: 2_000n * USD },
    { id: "lrt-usd", kind: "reported", answer: 2_200n * USD },
  ],
  lending: [
    {
      id: MARKET,
      reserves: [
        { ...reserve, token: "weth", feed: "eth-usd" },
        { ...reserve, token: "lrt", feed: "lrt-usd", borrowable: false },
      ],
      ...{ eModes: [], closeFactor: "default", flashFeeBps: 5n },
      insurance: [{ token: "weth", offset: 0n, cooldown: hours(6), window: days(9), feeBps: 0n }],
    },
  ],
  lendingPositions: [
    position("stakers-1", "50", "38"),
    position("stakers-2", "20", "12"),
    position("stakers-3", "9", "6"),
  ],
  balances: Object.fromEntries(
    PEOPLE.map((who) => [who, { weth: ether(150), wlst: ether(40), lrt: ether(60) }] as const),
  ),
});

/** Two operators whose whole stake one direct slasher may take. */
function world(terms: Terms): WorldSpec {
  const defi = defiWith(terms);
  const base = smallWorld({ defi });
  const allocations = [{ set: "direct", strategy: "lst", magnitude: 10n ** 18n }];
  return smallWorld({
    defi,
    sets: [
      {
        ...{ id: "direct", avs: "judges", service: "plain", strategies: ["lst"], rule: null },
        ...{ module: { kind: "direct", slasher: "judges" }, destination: { kind: "burned" } },
      },
    ],
    participants: [...base.participants.filter(({ role }) => role !== "avs"), participant("judges", { role: "avs" })],
    operators: base.operators.map((operator) => ({ ...operator, allocationDelay: 0n, allocations })),
  });
}

const IN = { market: MARKET, token: "weth" } as const;

/** What somebody does next; much of it is refused, as in life. */
function bySelf(roll: Dice): Action {
  const eth = ether(1 + Number(roll.below(15n)));
  const some = roll.pick<bigint | "all">([eth, "all"]);
  const token = roll.pick(["weth", "lrt"]);
  const order = { type: "liquidate", market: MARKET, borrower: roll.pick(PEOPLE), collateral: "lrt" } as const;
  const sale = { debt: "weth", sellOn: roll.pick(["curve", null]), minProfit: 0n, forced: roll.chance(50) } as const;
  const loop = { market: MARKET, collateral: "lrt", debt: "weth", pool: "curve" } as const;
  return roll.pick<Action>([
    { type: "supply", market: MARKET, token, amount: eth },
    { type: "withdraw", market: MARKET, token, amount: some },
    { type: "borrow", ...IN, amount: eth },
    { type: "repay", ...IN, amount: some },
    { ...order, ...sale, amount: "max" },
    { ...order, ...sale, amount: "max" },
    { ...order, ...sale, amount: eth },
    { type: "openLoop", ...loop, equity: eth, borrow: eth },
    { type: "closeLoop", ...loop, amount: roll.pick<bigint | "all">([eth / 2n, "all"]), sell: "all" },
    { type: "stakeInsurance", ...IN, amount: eth },
    { type: "cooldownInsurance", ...IN },
    { type: "unstakeInsurance", ...IN, shares: "all" },
    { type: "donateToDeficit", ...IN, amount: ether("0.1") },
    { type: "vaultDeposit", vault: "lrt", amount: eth },
    { type: "vaultRequest", vault: "lrt", shares: eth + 0n },
    { type: "vaultClaim", vault: "lrt", request: 1n + roll.below(6n) },
    { type: "vaultInstantExit", vault: "lrt", shares: eth / 4n, minOut: 0n },
    { type: "transferToken", token: roll.pick(["weth", "wlst", "lrt"]), to: roll.pick(PEOPLE), amount: eth },
  ]);
}

/** What happens to all of them: prices, rates, slashes, a key that is lost. */
function byOthers(roll: Dice): PlannedAction {
  const operator = roll.pick(["operators-1", "operators-2"]);
  const fraction = percent(1 + Number(roll.below(8n)));
  if (roll.chance(10)) {
    const order = { set: "direct", operator, fraction, strategies: null, reason: "ordered" } as const;
    return planned("judges", { type: "slash", ...order });
  }
  const action = roll.pick<Action>([
    { type: "setAnswer", feed: "lrt-usd", answer: (1_200n + roll.below(1_200n)) * USD },
    { type: "setAnswer", feed: "lrt-usd", answer: 2_000n * USD },
    { type: "setAnswer", feed: "eth-usd", answer: (1_500n + roll.below(1_000n)) * USD },
    { type: "vaultPushRate", vault: "lrt" },
    { type: "changeValidators", delta: ether(3) },
    { type: "reportPool" },
    { type: "donate", strategy: "lst", amount: ether(2) },
    { type: "vaultServe", vault: "lrt" },
    { type: "vaultRestake", vault: "lrt" },
    { type: "vaultAcknowledge", vault: "lrt" },
    { type: "coverDeficit", ...IN },
    { type: "vaultMintUnbacked", vault: "lrt", to: roll.pick(PEOPLE), shares: 10n ** 18n },
  ]);
  return planned("protocol", action);
}

const next = (roll: Dice): PlannedAction =>
  roll.chance(70) ? planned(roll.pick(PEOPLE), bySelf(roll)) : byOthers(roll);

/** The collateral's feed is far too low: what a liquidation leaves of a debt is a deficit, which the insurance covers. */
const CRASH: readonly (readonly PlannedAction[])[] = [
  [
    planned("stakers-3", { type: "supply", ...IN, amount: ether(9) }),
    planned("stakers-1", { type: "supply", market: MARKET, token: "lrt", amount: ether(3) }),
    planned("stakers-1", { type: "borrow", ...IN, amount: ether(2) }),
    planned("stakers-2", { type: "stakeInsurance", ...IN, amount: ether(2) }),
  ],
  [planned("protocol", { type: "setAnswer", feed: "lrt-usd", answer: 20n * USD })],
  PEOPLE.map((borrower, place): PlannedAction => {
    const order = { type: "liquidate", market: MARKET, borrower, collateral: "lrt", debt: "weth" } as const;
    const by = PEOPLE[(place + 1) % PEOPLE.length] ?? borrower;
    return planned(by, { ...order, amount: "max", sellOn: null, minProfit: 0n });
  }),
  [planned("protocol", { type: "coverDeficit", ...IN })],
];
const CRASH_AT = 28;

async function live(terms: Terms, seed: bigint) {
  const roll = dice(seed);
  let time = hours(1);
  // Fees of instant exits go to the protocol's own wallet, whose liquid staking tokens nobody's books count.
  let fees = 0n;
  let pulled = 0;
  const life = await liveByTheBooks({
    ...{ spec: world(terms), steps: STEPS, untold: UNTOLD },
    next: (step) => {
      time += roll.pick([12n, hours(1), hours(20), days(3)]);
      return { time, actions: CRASH[step - CRASH_AT] ?? Array.from({ length: 5 }, () => next(roll)) };
    },
    seen: (results, _, after) => {
      for (const fact of results.flatMap(({ facts }) => facts)) {
        if (fact.kind === "vaultPaid") fees += (fact.fee * after.lst.rate) / WAD;
        if (fact.kind === "withdrawalQueued" && fact.staker.startsWith("lrt@")) pulled += 1;
      }
    },
  });
  return { ...life, fees, pulled };
}

const LIVES: readonly (readonly [string, Terms, readonly bigint[]])[] = [
  ["a rate that is pushed, payments when unlocked", PUSHED, [2n, 6n, 28n]],
  ["a live rate, payments at the claim", LIVE, [4n, 9n]],
  ["a fee on growth, payments when finalised", WITH_FEE, [2n, 5n]],
  ["a guarded rate, payments in batches", GUARDED, [7n]],
  ["quotes that are kept", CACHED, [3n]],
  ["payments at par to whoever comes first", AT_PAR, [3n]],
];

describe("the books of random worlds with a pooled market, a vault and slashes", () => {
  const whole = new Map<string, number>();

  for (const [kind, terms, seeds] of LIVES) {
    for (const seed of seeds) {
      it(`are exact to the wei after every step: ${kind} (seed ${seed})`, async () => {
        const { lines, done, fees, pulled } = await live(terms, seed);
        const channels = byChannel(lines);
        const sumOf = (channel: Line["channel"]): bigint => channels.get(channel)?.sum ?? 0n;
        for (const channel of ["transfers", "liquidation", "trading", "unbackedMint"] as const) {
          expect(sumOf(channel).toString(), channel).to.equal("0");
        }
        // What one party gains, others lose; fees of instant exits leave.
        for (const [channel, left] of [
          ["redemption", fees],
          ["interest", 0n],
          ["badDebt", 0n],
        ] as const) {
          const rest = sumOf(channel) + left;
          expect(rest < DUST && rest > -DUST, `${channel} ${rest}`).to.equal(true);
        }
        const rounding = channels.get("rounding")?.size ?? 0n;
        expect(rounding < ROUNDED, rounding.toString()).to.equal(true);
        for (const channel of ["slash", "interest", "trading", "unbackedMint", "redemption"]) {
          expect(channels.get(channel)?.size ?? 0n, channel).to.not.equal(0n);
        }
        for (const channel of channels.keys()) whole.set(channel, 1);
        if (pulled > 0) whole.set("pulled stake", pulled);
        for (const [action, times] of done) whole.set(action, (whole.get(action) ?? 0) + times);
      });
    }
  }

  it("have seen loops, liquidations, deficits covered, exits of each kind, and slashes", () => {
    const wanted = [
      ...["badDebt", "staking", "incentives", "pulled stake"],
      ...["openLoop", "closeLoop", "liquidate", "coverDeficit", "unstakeInsurance", "reportPool", "donate"],
      ...["vaultDeposit", "vaultRequest", "vaultClaim", "vaultInstantExit", "vaultServe", "slash"],
    ];
    expect(wanted.filter((kind) => !whole.has(kind))).to.deep.equal([]);
  });
});
