import { expect } from "chai";

import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import { SimError } from "../../../../src/errors/sim-error.ts";
import { resolveScenario } from "../../../../src/model/resolve-scenario.ts";
import type { Scenario } from "../../../../src/model/scenario.ts";
import type { DefiShock, OracleFault } from "../../../../src/model/shocks/defi-shock.ts";
import { halt } from "../../../../src/model/shocks/issuers.ts";
import { dump, oracleFault, pricePath } from "../../../../src/model/shocks/markets.ts";
import { priceSteps } from "../../../../src/model/shocks/price-path.ts";
import { parsePriceRows } from "../../../../src/model/shocks/price-rows.ts";
import { atEnd } from "../../../../src/model/expectation.ts";
import { each } from "../../../../src/model/distribution.ts";
import { ether, percent } from "../../../../src/units/amounts.ts";
import { days, minutes } from "../../../../src/units/durations.ts";
import myDefiScenario from "../../../helpers/my-defi-scenario.ts";

const HUGE = 2n ** 300n;
const [population = ""] = Object.keys(myDefiScenario.populations);

type Defi = NonNullable<Scenario["defi"]>;
const withDefi = (change: (defi: Defi) => Partial<Defi>): Scenario => {
  const { defi } = myDefiScenario as Scenario;
  if (defi === undefined) throw new RangeError("the scenario has no DeFi layer");
  return { ...(myDefiScenario as Scenario), defi: { ...defi, ...change(defi) } };
};
const withPopulation = (over: object): Scenario => {
  const { populations } = myDefiScenario as Scenario;
  const own = populations[population];
  if (own === undefined) throw new RangeError("the scenario has no population");
  return { ...(myDefiScenario as Scenario), populations: { ...populations, [population]: { ...own, ...over } } };
};
const withClock = (over: object): Scenario => ({
  ...(myDefiScenario as Scenario),
  clock: { ...myDefiScenario.clock, ...over },
});
const scenario = (over: object): Scenario => ({ ...(myDefiScenario as Scenario), ...over });
const first = <T>(list: readonly T[] | undefined, over: object): T[] =>
  (list ?? []).map((one, at) => (at === 0 ? { ...one, ...over } : one));

function refusal(given: Scenario): string {
  try {
    resolveScenario(given);
  } catch (error) {
    if (error instanceof SimError) return `${error.shortMessage} ${error.hint}`;
    throw error;
  }
  return "";
}

describe("values that no run can have", () => {
  it("do not stand in the scenario that the cases change", () => {
    expect(refusal(scenario({}))).to.equal("");
  });

  const dollars = { id: "usd", kind: "external", decimals: 6, worth: { in: "dollars", value: percent(100) } };
  const { defi: layer } = myDefiScenario as Scenario;
  const unmeasured = { ...layer, etherFeed: undefined, tokens: [...(layer?.tokens ?? []), dollars] };
  const WHOLE = "Use a whole number from 1 to 100000";
  const cases: readonly (readonly [string, Scenario, string])[] = [
    ...[NaN, Infinity, 1.5, -1, 0, 100_001].map(
      (count) => [`a count of ${count}`, withPopulation({ count }), `has value ${count}. ${WHOLE}`] as const,
    ),
    ...[NaN, -1, 2 ** 32].map(
      (seed) =>
        [
          `a seed of ${seed}`,
          scenario({ seed }),
          `seed has value ${seed}. Use a whole number from 0 to 4294967295`,
        ] as const,
    ),
    ...[NaN, 0, 0.5, 1_000_001].map(
      (steps) =>
        [
          `${steps} steps`,
          withClock({ steps }),
          `clock.steps has value ${steps}. Use a whole number from 1 to 1000000`,
        ] as const,
    ),
    ["a step of no time", withClock({ step: 0n }), "Use a step of 1 s or more"],
    ["a step of ages", withClock({ step: HUGE }), "a thousand years at most"],
    ["a name of nothing", scenario({ name: "" }), 'name has value ""'],
    ["a population of no name", scenario({ populations: { "": myDefiScenario.populations } }), "populations"],
    [
      "a metric of no name",
      scenario({ metrics: { "": Object.values(myDefiScenario.metrics)[0] } }),
      "Use a name of 1 to 80",
    ],
    ["an expectation of nothing", scenario({ expect: { badDebt: atEnd({}) } }), "Give above, below or equal"],
    [
      "an expectation that nothing meets",
      scenario({ expect: { badDebt: atEnd({ above: 5n, below: 5n }) } }),
      "Let above be less than below",
    ],
    [
      "a pool named like a method",
      withDefi(({ pools }) => ({ pools: first(pools, { id: "toString" }) })),
      "Use another",
    ],
    ["dollars without a price of ether", scenario({ defi: unmeasured }), "no feed says what ether costs"],
    ["tokens beyond every width", withPopulation({ tokens: { weth: each(HUGE) } }), `${10n ** 33n}`],
    ["tokens below zero", withPopulation({ tokens: { weth: each(-1n) } }), "Use 0 or more"],
    ["a pool of no name", withDefi(({ pools }) => ({ pools: first(pools, { id: "" }) })), "Use a name of 1 to 80"],
    ["a feed of no name", withDefi(({ feeds }) => ({ feeds: first(feeds, { id: "" }) })), "Use a name of 1 to 80"],
    [
      "a market of no name",
      withDefi(({ lending }) => ({ lending: first(lending, { id: "" }) })),
      "Use a name of 1 to 80",
    ],
    ["two pools of one name", withDefi(({ pools = [] }) => ({ pools: [...pools, ...pools] })), "two have this id"],
    ["two feeds of one name", withDefi(({ feeds = [] }) => ({ feeds: [...feeds, ...feeds] })), "two have this id"],
    [
      "two markets of one name",
      withDefi(({ lending = [] }) => ({ lending: [...lending, ...lending] })),
      "two have this id",
    ],
  ];
  type Feed = NonNullable<Defi["feeds"]>[number];
  const withFeed = (feed: Feed): Scenario => withDefi(({ feeds = [] }) => ({ feeds: [...feeds, feed] }));
  const median = { id: "middle", kind: "median", of: ["ether"], quorum: 1n, maxAge: 1n } as const;
  const capped = { id: "capped", kind: "cappedRate", token: "lrt", base: null, snapshot: null } as const;
  const cap = { ...capped, maxYearlyBps: 1n, minDelay: 0n };
  const branch = { id: "b", collateral: "lrt", feed: "lrt-market", mcr: percent(110), ccr: percent(150) };
  const limits = { scr: percent(110), poolPenalty: 0n, redistributionPenalty: 0n };
  const withCdp = (over: object, trove: object): Scenario =>
    withDefi(() => {
      const owes = { branch: "b", participant: "whale", collateral: ether(9), debt: ether(9), rate: percent(1) };
      const branches = [{ ...branch, ...limits, ...over }];
      return { cdps: [{ id: "syn", branches, minDebt: 1n, troves: [{ ...owes, ...trove }], deposits: [] }] };
    });
  const tight = {
    ...({ id: "tight", kind: "banded", tokens: ["weth", "lrt"], provider: "makers" } as const),
    ...{ fee: 0n, price: percent(100), liquidity: [1n, 1n], bands: [percent(30), percent(40), percent(30)] },
    edges: [1n, 2n, 3n, HUGE],
  };
  const shocked = (shock: DefiShock): Scenario => scenario({ timeline: [{ at: minutes(1), shock }] });
  const fault = (wrong: OracleFault): Scenario => shocked(oracleFault({ feed: "ether", fault: wrong }));
  const trade = { by: "whale", pool: "lrt-weth", amount: 1n } as const;
  const wide: readonly (readonly [string, Scenario, string])[] = [
    ["a median of answers without an age", withFeed({ ...median, maxAge: 0n }), "greatest age is 0 d. Use 1 s or more"],
    ["a median of answers of a negative age", withFeed({ ...median, maxAge: -1n }), "greatest age is -1 s"],
    ["a median of answers of any age", withFeed({ ...median, maxAge: HUGE }), "Use at most 36500 d"],
    ["a cap that shrinks", withFeed({ ...cap, maxYearlyBps: -1n }), "yearly growth is -0.01 %. Use 0 % to 100000 %"],
    ["a cap that grows without bound", withFeed({ ...cap, maxYearlyBps: HUGE }), "Use 0 % to 100000 %"],
    ["a snapshot beyond every width", withFeed({ ...cap, snapshot: HUGE }), "Use at most 1000000000000000"],
    ["a snapshot of nothing", withFeed({ ...cap, snapshot: 0n }), "its snapshot is 0. Give a ratio above 0"],
    ["a snapshot's delay below zero", withFeed({ ...cap, minDelay: -1n }), "snapshot's delay is -1 s. Use 0 or more"],
    ["a snapshot's delay beyond a century", withFeed({ ...cap, minDelay: HUGE }), "Use at most 36500 d"],
    ["edges beyond every width", withDefi(({ pools = [] }) => ({ pools: [...pools, tight] })), "its highest edge is"],
    ["a rate beyond every width", withDefi(({ vaults }) => ({ vaults: first(vaults, { rate: HUGE }) })), "its rate is"],
    ["a critical ratio beyond every width", withCdp({ ccr: HUGE }, {}), "its CCR is"],
    ["a trove's collateral beyond every width", withCdp({}, { collateral: HUGE }), "its collateral is"],
    ["a trove's debt beyond every width", withCdp({}, { debt: HUGE }), "its debt is"],
    ["an answer beyond every width", fault({ kind: "wrongAnswer", answer: HUGE }), "on either side of 0"],
    ["a bound beyond every width", fault({ kind: "bounds", min: 0n - HUGE, max: 0n }), "on either side of 0"],
    ["an age beyond a century", fault({ kind: "stale", age: HUGE }), "Use at most 3153600000 s, 100 years"],
    [
      "a token that is sold for itself",
      shocked(dump({ ...trade, sell: "lrt", buy: "lrt" })),
      "it sells lrt for itself",
    ],
    [
      "a part that stops for ages",
      shocked(halt({ part: { kind: "vault", vault: "lrt" }, length: HUGE })),
      "Use at most 3153600000 s, 100 years",
    ],
  ];
  for (const [what, given, words] of [...cases, ...wide]) {
    it(`are refused before anything is deployed: ${what}`, () => {
      expect(refusal(given)).to.include(words);
    });
  }

  const path = (points: readonly { after: bigint; price: bigint }[]) =>
    scenario({
      timeline: [{ at: days(1), shock: pricePath({ feed: "ether", path: priceSteps(points) }) }],
      clock: { step: days(1), steps: 3 },
    });
  const paths: readonly (readonly [string, Scenario, RegExp])[] = [
    ["a price of zero", path([{ after: 0n, price: 0n }]), /points\[0\]\.price has value 0/],
    ["a price below zero", path([{ after: 0n, price: -1n }]), /points\[0\]\.price has value -/],
    ["a price beyond every width", path([{ after: 0n, price: HUGE }]), /points\[0\]\.price .*Use at most 10{33}/],
    [
      "points that do not rise in time",
      path([
        { after: 5n, price: 1n },
        { after: 5n, price: 1n },
      ]),
      /points\[1\]\.after has value 5 s\. Use a time after/,
    ],
  ];
  for (const [what, given, words] of paths) {
    it(`are refused in a price path: ${what}`, () => {
      expect(() => resolveScenario(given)).to.throw(ScenarioInvalidError);
      expect(refusal(given)).to.match(words);
    });
  }

  const rows: readonly (readonly [string, string, RegExp])[] = [
    ["a price of zero", "time,price\n0,1\n60,0", /prices\.csv:3: .*"0"/],
    ["a price beyond every width", `time,price\n0,1\n60,${10n ** 26n}`, /prices\.csv:3: .*up to 10{25}/],
    ["a price that is no number", "time,price\n0,1\n60,NaN", /prices\.csv:3: .*"NaN"/],
    ["a gap in time", "time,price\n0,1\n60,1\n180,1", /prices\.csv:4: .*120 s after/],
    ["a time that falls", "time,price\n60,1\n0,1", /prices\.csv:3: .*60 s before/],
    [
      "a price of endless digits",
      `time,price\n0,1\n60,${"9".repeat(100_000)}`,
      /^.*prices\.csv:3: .*"9{40}…".{0,120}$/,
    ],
    ["a price that is no text", "time,price\n0,1\n60,\u0000\u001b[2J", /prices\.csv:3: .*"\ufffd\ufffd\[2J"/],
    ["a third field", "time,price\n0,1,2", /prices\.csv:2: .*3 fields/],
  ];
  for (const [what, text, words] of rows) {
    it(`are refused with file and line in a file of prices: ${what}`, () => {
      let message = "";
      try {
        parsePriceRows(text, "prices.csv");
      } catch (error) {
        if (!(error instanceof SimError)) throw error;
        message = `${error.shortMessage} ${error.hint}`;
      }
      expect(message).to.match(words);
    });
  }
});
