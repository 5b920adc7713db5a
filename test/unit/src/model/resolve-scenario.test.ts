import { expect } from "chai";

import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import { WorldImpossibleError } from "../../../../src/errors/world-impossible-error.ts";
import { honestOperator } from "../../../../src/model/agents/honest-operator.ts";
import { observer } from "../../../../src/model/agents/observer.ts";
import { patientStaker } from "../../../../src/model/agents/stakers.ts";
import { each, listed, weighted } from "../../../../src/model/distribution.ts";
import { compareIds } from "../../../../src/model/names.ts";
import { resolveScenario } from "../../../../src/model/resolve-scenario.ts";
import { equivocationRule } from "../../../../src/model/rule.ts";
import { defineScenario, type Scenario } from "../../../../src/model/scenario.ts";
import { bankHoliday } from "../../../../src/model/shocks/issuers.ts";
import { slash } from "../../../../src/model/shocks/justice.ts";
import { dump, oracleFault, pricePath, squeezeRate } from "../../../../src/model/shocks/markets.ts";
import { jumpDiffusion, priceSteps } from "../../../../src/model/shocks/price-path.ts";
import { ether, percent } from "../../../../src/units/amounts.ts";
import { blocks, days } from "../../../../src/units/durations.ts";

const base: Scenario = defineScenario({
  name: "base",
  question: "What does a scenario resolve to?",
  seed: 3,
  clock: { step: days(1), steps: 10 },
  restaking: { preset: "fast", releaseDelay: blocks(50_400) },
  avss: {
    oracle: { service: "oracle", rule: equivocationRule({ slash: percent(5) }), redistributeTo: "watcher" },
    bridge: { avs: "bridge-co", module: { kind: "direct", slasher: "watcher" } },
  },
  populations: {
    operators: {
      count: 3,
      agent: honestOperator({}),
      stake: listed([ether(1), ether(2), ether(3)]),
      allocations: { oracle: [percent(10), percent(20), percent(0)], bridge: percent(80) },
      commission: percent(15),
    },
    stakers: {
      count: 4,
      agent: patientStaker({}),
      stake: each(ether(10)),
      delegateTo: { to: "operators", weights: [3n, 1n, 0n] },
    },
    turns: { count: 4, agent: patientStaker({}), stake: each(ether(1)), delegateTo: "operators" },
    named: {
      count: 2,
      agent: patientStaker({}),
      stake: each(ether(1)),
      delegateTo: { list: ["operators-3", "operators-1"] },
    },
    watcher: { count: 1, agent: observer({}), ether: each(ether(5)) },
  },
  metrics: {},
});

/** The base with one field replaced, whatever the types say: as a file written by hand might have it. */
function withField(path: string, value: unknown): Scenario {
  const copy = structuredCloneData(base);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce<Record<string, unknown>>((at, key) => (at[key] ??= {}) as Record<string, unknown>, copy);
  parent[last] = value;
  return copy as unknown as Scenario;
}

/** A value in a title. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part)) ?? "undefined";
}

/** A deep copy that keeps functions. */
function structuredCloneData(value: unknown): Record<string, unknown> {
  const clone = (part: unknown): unknown =>
    Array.isArray(part)
      ? part.map(clone)
      : typeof part === "object" && part !== null
        ? Object.fromEntries(Object.entries(part).map(([key, field]) => [key, clone(field)]))
        : part;
  return clone(value) as Record<string, unknown>;
}

/** A fault on a set and by an operator that may not exist. */
function equivocationBy(set: string, operator = "operators-1"): unknown {
  return { type: "equivocate", operator, sets: [set] };
}

describe("resolveScenario", () => {
  const spec = resolveScenario(base);
  const delegations = (population: string): readonly (string | null)[] =>
    spec.participants
      .filter((participant) => participant.population === population)
      .map(({ delegatedTo }) => delegatedTo);

  it("takes the preset's delays, and what the scenario says instead", () => {
    expect(spec.delays).to.include({ withdrawal: 600n, deallocation: 600n, configuration: 900n, release: 604_800n });
  });

  it("delegates by weight, in turn and by list, and operators to themselves", () => {
    expect(delegations("stakers")).to.deep.equal(["operators-1", "operators-1", "operators-2", "operators-1"].sort());
    expect(delegations("turns")).to.deep.equal(["operators-1", "operators-2", "operators-3", "operators-1"]);
    expect(delegations("named")).to.deep.equal(["operators-3", "operators-1"]);
    expect(delegations("operators")).to.deep.equal(["operators-1", "operators-2", "operators-3"]);
  });

  it("allocates per operator and leaves out zeros", () => {
    const sets = spec.operators.map(({ allocations }) => allocations.map(({ set, magnitude }) => [set, magnitude]));
    expect(sets[0]).to.deep.equal([
      ["oracle", percent(10)],
      ["bridge", percent(80)],
    ]);
    expect(sets[2]).to.deep.equal([["bridge", percent(80)]]);
    expect(spec.operators[0]?.splitBips).to.equal(1500);
  });

  it("adds each AVS and the administrator as participants", () => {
    const roles = Object.fromEntries(spec.participants.map(({ id, role }) => [id, role]));
    expect(roles).to.include({ oracle: "avs", "bridge-co": "avs", protocol: "protocol", watcher: "observer" });
  });

  it("does not depend on the order in which populations are declared", () => {
    const populations = Object.fromEntries(Object.entries(base.populations).reverse());
    expect(resolveScenario({ ...base, populations })).to.deep.equal(spec);
  });

  const invalid: readonly (readonly [string, unknown, string])[] = [
    ["populations.stakers.count", -1, "populations.stakers.count"],
    ["populations.stakers.count", 1.5, "populations.stakers.count"],
    ["seed", -1, "seed"],
    ["seed", Number.NaN, "seed"],
    ["name", "Bad Name", "name"],
    ["clock.steps", 0, "clock.steps"],
    ["clock.steps", 1e9, "clock.steps"],
    ["clock.step", 0n, "clock.step"],
    ["clock.step", days(40_000_000), "clock.step"],
    ["clock.also", [days(11)], "clock.also[0]"],
    ["restaking.withdrawalDelay", -12n, "restaking.withdrawalDelay"],
    ["restaking.deallocationDelay", 13n, "restaking.deallocationDelay"],
    ["avss.oracle.rule.slash", percent(101), "avss.oracle.rule.slash"],
    [
      "avss.oracle.module",
      { kind: "veto", window: -12n, expiry: 12n, committee: "watcher" },
      "avss.oracle.module.window",
    ],
    ["populations.operators.allocations.oracle", percent(-1), "populations.operators.allocations.oracle[0]"],
    ["populations.operators.allocations.oracle", [percent(1)], "populations.operators.allocations.oracle.length"],
    ["populations.operators.commission", percent(101), "populations.operators.commission"],
    ["populations.stakers.stake", listed([1n]), "populations.stakers.stake.length"],
    ["populations.stakers.stake", each(-1n), "populations.stakers.stake.amount"],
    [
      "populations.stakers.stake",
      weighted({ total: 1n, weights: [1n, 1n, 1n, -1n] }),
      "populations.stakers.stake.weights[3]",
    ],
    ["populations.stakers.ether", { kind: "zipf", total: 5n, tenths: 101 }, "populations.stakers.ether.tenths"],
    ["lst.fee", percent(101), "lst.fee"],
    ["lst.fee", percent(100), "lst.fee"],
    [
      "timeline",
      [{ at: days(11), shock: slash({ avs: "bridge", operator: "operators-1", fraction: 1n }) }],
      "timeline[0].at",
    ],
    [
      "timeline",
      [{ at: 0n, shock: slash({ avs: "bridge", operator: "operators-1", fraction: 1n }) }],
      "timeline[0].at",
    ],
    [
      "timeline",
      [{ at: days(1), shock: slash({ avs: "bridge", operator: "operators-1", fraction: percent(101) }) }],
      "timeline[0].shock.fraction",
    ],
    [
      "timeline",
      [{ at: days(1), shock: pricePath({ feed: "usd", path: priceSteps([{ after: 0n, price: 0n }]) }) }],
      "timeline[0].shock.path.points[0].price",
    ],
    [
      "timeline",
      [
        {
          at: days(1),
          shock: pricePath({
            feed: "usd",
            path: priceSteps([
              { after: 9n, price: 1n },
              { after: 9n, price: 1n },
            ]),
          }),
        },
      ],
      "timeline[0].shock.path.points[1].after",
    ],
    [
      "timeline",
      [
        {
          at: days(1),
          shock: pricePath({
            feed: "usd",
            path: { kind: "points", every: 10n, points: [0n, 10n, 30n].map((after) => ({ after, price: 1n })) },
          }),
        },
      ],
      "timeline[0].shock.path.points[2].after",
    ],
    [
      "timeline",
      [
        {
          at: days(1),
          shock: pricePath({
            feed: "usd",
            path: jumpDiffusion({ from: 1n, every: 0n, length: 9n, drift: 0n, volatility: 0n }),
          }),
        },
      ],
      "timeline[0].shock.path.every",
    ],
    [
      "timeline",
      [
        {
          at: days(1),
          shock: pricePath({
            feed: "usd",
            path: jumpDiffusion({ from: 1n, every: 3n, length: 9n, drift: 0n, volatility: -1n }),
          }),
        },
      ],
      "timeline[0].shock.path.volatility",
    ],
    [
      "timeline",
      [{ at: days(1), shock: { ...squeezeRate({ by: "watcher", market: "m", token: "t", utilisation: 0n }) } }],
      "timeline[0].shock.utilisation",
    ],
    [
      "timeline",
      [{ at: days(1), shock: oracleFault({ feed: "usd", fault: { kind: "wrongUnit", digits: 0 } }) }],
      "timeline[0].shock.fault.digits",
    ],
    ["timeline", [{ at: days(1), shock: bankHoliday({ dollar: "usd", length: 0n }) }], "timeline[0].shock.length"],
    [
      "timeline",
      [{ at: days(1), shock: dump({ by: "watcher", pool: "p", sell: "a", buy: "b", amount: -1n }) }],
      "timeline[0].shock.amount",
    ],
    // What only a compiler would have told: files run without one.
    ["clock", null, "clock"],
    ["clock.step", 86_400, "clock.step"],
    ["clock.mode", "sundial", "clock.mode"],
    ["seed", 2 ** 32, "seed"],
    ["name", "a".repeat(200), "name"],
    ["restaking.preset", "slow", "restaking.preset"],
    ["restaking.withdrawlDelay", 12n, "restaking.withdrawlDelay"],
    ["restaking.withdrawalDelay", 2n ** 60n, "restaking.withdrawalDelay"],
    ["lst.reportEvery", 0n, "lst.reportEvery"],
    ["lst.yearlyYield", percent(-1), "lst.yearlyYield"],
    ["strategies", [], "strategies"],
    ["avss.oracle.service", "pizza", "avss.oracle.service"],
    ["avss.oracle.rule", { kind: "mood" }, "avss.oracle.rule.kind"],
    ["avss.oracle.rule", { kind: "equivocation", slash: 1n, cut: 1n }, "avss.oracle.rule.cut"],
    ["avss.oracle.rewards", { amount: 1n, every: 0n }, "avss.oracle.rewards.every"],
    ["avss.oracle.strategies", [], "avss.oracle.strategies"],
    ["populations.stakers.count", 3n, "populations.stakers.count"],
    ["populations.stakers.count", 1e9, "populations.stakers.count"],
    ["populations.stakers.agent", undefined, "populations.stakers.agent"],
    ["populations.stakers.stake", { kind: "gauss" }, "populations.stakers.stake.kind"],
    ["populations.stakers.stake", each(2n ** 128n), "populations.stakers.stake.amount"],
    [
      "populations.stakers.stake",
      weighted({ total: 1n, weights: [0n, 0n, 0n, 0n] }),
      "populations.stakers.stake.weights",
    ],
    ["populations.stakers.strategy", "gold", "populations.stakers.strategy"],
    [
      "populations.turns.delegateTo",
      { to: "operators", weights: [1n, -1n, 2n] },
      "populations.turns.delegateTo.weights[1]",
    ],
    ["populations.operators.allocations.rollup", percent(1), "populations.operators.allocations.rollup"],
    ["populations.stakers.allocations", { oracle: percent(1) }, "populations.stakers.allocations"],
    ["timeline", [{ at: days(1), shock: { type: "quake" } }], "timeline[0].shock.type"],
    ["timeline", [{ at: days(1), shock: equivocationBy("rollup") }], "timeline[0].shock.sets[0]"],
    ["timeline", [{ at: days(1), shock: equivocationBy("oracle", "ghost") }], "timeline[0].shock.operator"],
    ["timeline", [{ at: days(1), shock: { type: "veto", by: "oracle", set: "oracle" } }], "timeline[0].shock.by"],
    ["metrics.loss", 5, "metrics.loss"],
    ["expect", { loss: { when: "end", limits: { above: 1n } } }, "expect.loss"],
  ];
  for (const [path, value, field] of invalid) {
    it(`refuses ${field} that cannot be (${toText(value).slice(0, 80)})`, () => {
      const attempt = (): unknown => resolveScenario(withField(path, value));
      expect(attempt).to.throw(ScenarioInvalidError).with.property("field", field);
    });
  }

  const impossible: readonly (readonly [string, string, unknown])[] = [
    ["stake promised twice", "populations.operators.allocations.oracle", percent(21)],
    ["a delegation to nobody", "populations.turns.delegateTo", "nobody"],
    ["a delegation to a member beyond the count", "populations.turns.delegateTo", "operators-4"],
    ["a delegation to somebody who is no operator", "populations.turns.delegateTo", "watcher"],
    ["weights for other operators than there are", "populations.turns.delegateTo", { to: "operators", weights: [1n] }],
    ["weights that are all zero", "populations.turns.delegateTo", { to: "operators", weights: [0n, 0n, 0n] }],
    ["a list of other length than the population", "populations.turns.delegateTo", { list: ["operators-1"] }],
    ["a set over a strategy that nobody declared", "avss.oracle.strategies", ["gold"]],
    ["a population with the name of an AVS", "populations.oracle", { count: 1, agent: observer({}) }],
    [
      "a committee that nobody is",
      "avss.oracle.module",
      { kind: "veto", window: 12n, expiry: 12n, committee: "nobody" },
    ],
    [
      "a slash ordered where only a module may slash",
      "timeline",
      [{ at: days(1), shock: slash({ avs: "oracle", operator: "operators-1", fraction: 1n }) }],
    ],
  ];
  for (const [what, path, value] of impossible) {
    it(`refuses ${what}`, () => {
      expect(() => resolveScenario(withField(path, value))).to.throw(WorldImpossibleError);
    });
  }
});

describe("compareIds", () => {
  it("orders as people count", () => {
    const ids = ["stakers-10", "stakers-2", "alex", "stakers-1", "avs-b", "avs-a"];
    expect(ids.sort(compareIds)).to.deep.equal(["alex", "avs-a", "avs-b", "stakers-1", "stakers-2", "stakers-10"]);
  });
});
