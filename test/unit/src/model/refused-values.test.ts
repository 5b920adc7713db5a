import { expect } from "chai";

import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import { SimError } from "../../../../src/errors/sim-error.ts";
import { resolveScenario } from "../../../../src/model/resolve-scenario.ts";
import type { Scenario } from "../../../../src/model/scenario.ts";
import { pricePath } from "../../../../src/model/shocks/markets.ts";
import { priceSteps } from "../../../../src/model/shocks/price-path.ts";
import { parsePriceRows } from "../../../../src/model/shocks/price-rows.ts";
import { each } from "../../../../src/model/distribution.ts";
import { days } from "../../../../src/units/durations.ts";
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
  for (const [what, given, words] of cases) {
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
