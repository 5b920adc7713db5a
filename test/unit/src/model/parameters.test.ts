import { expect } from "chai";
import fc from "fast-check";

import cascade from "../../../../scenarios/liquidation-cascade/scenario.ts";
import operatorFault from "../../../../scenarios/operator-fault/scenario.ts";
import slashToLender from "../../../../scenarios/slash-to-lender/scenario.ts";
import ezeth from "../../../../scenarios/ezeth-2024/scenario.ts";
import usdc from "../../../../scenarios/usdc-2023/scenario.ts";
import { applyOptions, replayOf } from "../../../../src/engine/run-options.ts";
import { listScenarioFiles, loadScenario } from "../../../../src/engine/scenario-files.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";
import {
  casualStaker,
  defineScenario,
  each,
  ether,
  percent,
  withParameters,
  type Scenario,
} from "../../../../src/index.ts";
import { formatPath, parsePath, valueAt } from "../../../../src/model/parameters/parameter-path.ts";
import type { ParameterUnit } from "../../../../src/model/parameters/parameter-unit.ts";
import { formatValue, parseValue } from "../../../../src/model/parameters/parameter-value.ts";
import {
  findParameter,
  formatAssignments,
  parametersOf,
  parseAssignments,
  setParameters,
} from "../../../../src/model/parameters/set-parameters.ts";
import { applyVariant } from "../../../../src/model/variant.ts";
import myScenario from "../../../helpers/my-scenario.ts";

const read = (text: string, unit: ParameterUnit) => parseValue(text, { kind: "bigint", unit }, "it");

/** Quantities whose unit no name tells. */
const unitless = (scenario: Scenario): readonly string[] =>
  parametersOf(scenario)
    .filter(({ kind, unit }) => kind === "bigint" && unit === "raw")
    .map(({ name }) => name);

/** The scenario without what no sweep sets: its words, its measures and its twins. */
function dataOf(scenario: Scenario): object {
  const fixed = new Set(["seed", "metrics", "invariants", "expect", "variants", "history"]);
  return Object.fromEntries(Object.entries(scenario).filter(([field]) => !fixed.has(field)));
}

function countNumbers(value: unknown): number {
  if (typeof value === "bigint" || typeof value === "number") return 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + countNumbers(one), 0);
}

/** What a refusal of a parameter says. */
function nearestOf(scenario: Scenario, path: string): string {
  try {
    return findParameter(scenario, path).name;
  } catch (error) {
    return (error as UsageError).hint;
  }
}

describe("parameter values", () => {
  const cases: readonly (readonly [string, ParameterUnit, bigint])[] = [
    ["5%", "fraction", 5n * 10n ** 16n],
    ["0.25", "fraction", 25n * 10n ** 16n],
    ["1", "fraction", 10n ** 18n],
    ["30bps", "fraction", 3n * 10n ** 15n],
    ["percent(12.5)", "fraction", 125n * 10n ** 15n],
    ["32", "ether", 32n * 10n ** 18n],
    ['ether("0.5")', "ether", 5n * 10n ** 17n],
    ["7 wei", "ether", 7n],
    ["3d", "seconds", 259_200n],
    ["1.5h", "seconds", 5_400n],
    ["50 blocks", "seconds", 600n],
    ["12", "seconds", 12n],
    ["3", "count", 3n],
    ["7raw", "raw", 7n],
    ["10%", "raw", 10n ** 17n],
    ["72.5%", "fraction4", 7_250n],
    ["0.25", "fraction4", 2_500n],
    ["30bps", "fraction4", 30n],
    ["0.04%", "fraction10", 4_000_000n],
    ["2300", "decimal8", 230_000_000_000n],
    ["0.5", "decimal6", 500_000n],
  ];
  for (const [text, unit, value] of cases) {
    it(`reads ${text} as ${unit}: ${value}`, () => {
      expect(read(text, unit)).to.equal(value);
    });
  }

  for (const [text, unit] of [
    ["3d", "fraction"],
    ["5%", "seconds"],
    ["five", "ether"],
    ["1,5", "ether"],
    ["0.5", "count"],
    ["0.5s", "seconds"],
    ["7", "raw"],
    ["", "ether"],
    ["1e3", "ether"],
    ["0.001%", "fraction4"],
    ["1wad", "fraction4"],
    ["5%", "decimal6"],
    ["0.0000001", "decimal6"],
  ] as const) {
    it(`refuses "${text}" as ${unit}`, () => {
      expect(() => read(text, unit)).to.throw(UsageError);
    });
  }

  it("reads back exactly what it writes", () => {
    const units = fc.constantFrom<ParameterUnit>(
      ...(["fraction", "fraction4", "fraction10", "ether", "decimal", "decimal8", "seconds", "count", "raw"] as const),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), units, (value, unit) => {
        expect(read(formatValue(value, unit), unit)).to.equal(value);
      }),
    );
  });
});

describe("parameters of a scenario", () => {
  it("knows the unit of every quantity of my-scenario", () => {
    expect(unitless(myScenario)).to.deep.equal([]);
  });

  it("reaches every number of every scenario and of its twins, knows its unit, and reads back what it writes", async () => {
    for (const { file } of await listScenarioFiles(process.cwd())) {
      const scenario = await loadScenario(file);
      for (const variant of [undefined, ...Object.keys(scenario.variants ?? {})]) {
        const twin = applyVariant(scenario, variant);
        const called = `${scenario.name} ${variant ?? ""}`;
        const all = parametersOf(twin).filter(({ kind }) => kind === "bigint" || kind === "number");
        const present = all.filter(
          ({ path }) => typeof valueAt(twin, path) !== "undefined" && valueAt(twin, path) !== null,
        );
        expect(present.length, called).to.equal(countNumbers(dataOf(twin)));
        expect(unitless(twin), called).to.deep.equal([]);
        for (const { path, name, unit } of present) {
          const value = valueAt(twin, path) as bigint | number;
          const changed = setParameters(twin, { [name]: formatValue(value, unit) });
          expect(valueAt(changed, path), `${called} ${name}`).to.equal(value);
        }
      }
    }
  });

  it("sets caps that nothing stands in place of yet, and no note", () => {
    const capped = setParameters(cascade, { "reserves.lrt.supplyCap": "7000", "reserves.weth.borrowCap": "9000ether" });
    const caps = capped.defi?.lending?.[0]?.reserves.map(({ supplyCap, borrowCap }) => [supplyCap, borrowCap]);
    expect(caps?.flat()).to.have.members([null, 9000n * 10n ** 18n, 7000n * 10n ** 18n, null]);
    expect(() => findParameter(cascade, "timeline[0].note")).to.throw(UsageError, /no parameter/);
  });

  it("finds what only a twin has, and says so where the twin is not the one that is run", () => {
    const path = "defi.pools.upper-pool.liquidity[0]";
    const twin = applyVariant(slashToLender, "recursive");
    expect(findParameter(twin, path).unit).to.equal("ether");
    expect(() => findParameter(slashToLender, path)).to.throw(UsageError, /no parameter.*upper-pool/);
    expect(nearestOf(slashToLender, path)).to.match(/With --variant recursive there is one/);
    expect(nearestOf(twin, "defi.pools.uper-pool.fee")).to.match(/upper-pool\.fee.*--variant recursive` lists all/);
  });

  it("builds a twin again from other parameters", () => {
    const twin = applyVariant(cascade, "forced");
    const changed = setParameters(twin, { "parameters.lag": "30m" });
    expect(changed.variant).to.equal("forced");
    expect(changed.defi).to.deep.equal(setParameters(cascade, { "parameters.lag": "30m" }).defi);
    expect(changed.populations["liquidators"]?.count).to.equal(1);
  });

  it("finds one by its path, with brackets or dots", () => {
    expect(findParameter(operatorFault, "timeline[0].at").unit).to.equal("seconds");
    expect(findParameter(operatorFault, "timeline.0.at").name).to.equal("timeline[0].at");
    expect(findParameter(operatorFault, "restaking.withdrawalDelay").unit).to.equal("seconds");
    expect(formatPath(parsePath("a[0].b"))).to.equal("a[0].b");
  });

  for (const [path, told] of [
    ["restaking.relaseDelay", /restaking\.releaseDelay/],
    ["commission", /may mean several.*populations\.\w+\.commission/],
    ["avss.oracle.rule", /avss\.oracle\.rule\.slash/],
    ["populations.majors.agent.name", /no parameter/],
    ["__proto__.polluted", /no parameter/],
    ["metrics.loss", /no parameter/],
    ["seed", /--seeds/],
  ] as const) {
    it(`refuses ${path} and says what there is`, () => {
      expect(() => findParameter(operatorFault, path)).to.throw(UsageError, told);
    });
  }

  it("finds one by as many of its keys as tell it from all others", () => {
    const names = {
      "defi.lending[0].closeFactor": "defi.lending.core.closeFactor",
      closeFactor: "defi.lending.core.closeFactor",
      "market.closeFactor": "defi.lending.core.closeFactor",
      "core.reserves.lrt.ltv": "defi.lending.core.reserves.lrt.ltv",
      "defi.lending.0.reserves.1.ltv": "defi.lending.core.reserves.lrt.ltv",
      "market.window": "defi.feeds.market.window",
      "pool.fee": "defi.pools.pool.fee",
      lag: "parameters.lag",
      "whale.tokens.lrt.amount": "populations.whale.tokens.lrt.amount",
    };
    const found = Object.keys(names).map((path) => findParameter(cascade, path).name);
    expect(found).to.deep.equal(Object.values(names));
    expect(() => findParameter(cascade, "ltv")).to.throw(UsageError, /reserves\.weth\.ltv, .*reserves\.lrt\.ltv/);
    expect(() => findParameter(cascade, "closeFactor.market")).to.throw(UsageError, /no parameter/);
  });

  it("counts fractions, prices and amounts of the DeFi layer as its contracts do", () => {
    const shown = (scenario: Scenario, path: string): string => {
      const { path: keys, unit } = findParameter(scenario, path);
      return formatValue(valueAt(scenario, keys) as bigint, unit);
    };
    expect(shown(cascade, "core.reserves.lrt.ltv")).to.equal("72.5%");
    expect(shown(cascade, "defi.pools.pool.fee")).to.equal("0.04%");
    expect(shown(cascade, "feeds.ether.answer")).to.equal("2300");
    expect(shown(usdc, "defi.dollars.usdc.reserve.cash")).to.equal("40200000");
    expect(shown(ezeth, "m86.lltv")).to.equal("86%");
    const changed = setParameters(cascade, { "market.closeFactor": "0.25", "lrt.ltv": "60%", "pool.fee": "4bps" });
    expect(changed.defi?.lending?.[0]?.closeFactor).to.equal(2_500n);
    expect(changed.defi?.lending?.[0]?.reserves[1]?.ltv).to.equal(6_000n);
    expect(changed.defi?.pools?.[0]).to.include({ fee: 4_000_000n });
    expect(setParameters(changed, { closeFactor: "default" }).defi?.lending?.[0]?.closeFactor).to.equal("default");
    expect(() => setParameters(cascade, { closeFactor: "half" })).to.throw(UsageError, /10%, 0\.1 or 30bps/);
  });

  it("sets values without touching the scenario that it was given", () => {
    const changed = setParameters(operatorFault, { "timeline[0].at": "4d", "lst.fee": "5%", "clock.steps": "61" });
    expect(changed.timeline?.[0]?.at).to.equal(345_600n);
    expect(changed.timeline?.[1]).to.equal(operatorFault.timeline?.[1]);
    expect(changed.lst?.fee).to.equal(percent(5));
    expect(changed.clock.steps).to.equal(61);
    expect(operatorFault.timeline?.[0]?.at).to.equal(432_000n);
    expect(changed.populations["majors"]?.agent).to.equal(operatorFault.populations.majors.agent);
  });

  it("sets an agent's parameters: the same behaviour is made again with them", () => {
    const path = "populations.retail.agent.params.notice";
    expect(findParameter(operatorFault, path).unit).to.equal("fraction");
    const agent = setParameters(operatorFault, { [path]: "3%" }).populations["retail"]?.agent;
    expect(agent?.params).to.deep.equal({ notice: percent(3) });
    expect(agent?.decide).to.not.equal(operatorFault.populations.retail.agent.decide);
    expect(operatorFault.populations.retail.agent.params).to.deep.equal({ notice: percent(10) });
  });

  it("writes the assignments into the command that replays the run", () => {
    const set = parseAssignments("lst.fee=5%; timeline.0.at = 4d");
    const replay = replayOf(applyOptions(operatorFault, { set, seed: 7 }), { set });
    expect(replay).to.equal('npm run simulate -- operator-fault --seed 7 --set "lst.fee=5%; timeline[0].at=4d"');
    expect(parseAssignments(formatAssignments(set))).to.deep.equal(set);
  });

  it("refuses assignments without a value or given twice", () => {
    expect(() => parseAssignments("lst.fee")).to.throw(UsageError, /path=value/);
    expect(() => parseAssignments("lst.fee=1%; lst.fee=2%")).to.throw(UsageError, /twice/);
  });
});

describe("withParameters", () => {
  const scenario = withParameters({ notice: percent(10), holders: 3 }, ({ notice, holders }) =>
    defineScenario({
      ...myScenario,
      populations: {
        ...myScenario.populations,
        stayers: { count: holders, agent: casualStaker({ notice }), stake: each(ether(32)), delegateTo: "operators-1" },
      },
    }),
  );

  it("makes the scenario from its usual values", () => {
    expect(scenario.populations["stayers"]?.count).to.equal(3);
    expect(scenario.parameters).to.deep.equal({ notice: percent(10), holders: 3 });
  });

  it("makes it again from others, before data are changed", () => {
    const changed = setParameters(scenario, { "parameters.holders": "5", "parameters.notice": "1%", "lst.fee": "2%" });
    expect(changed.populations["stayers"]?.count).to.equal(5);
    expect(changed.parameters).to.deep.equal({ notice: percent(1), holders: 5 });
    expect(changed.lst?.fee).to.equal(percent(2));
    expect(() => setParameters(changed, { "parameters.holders": "4" })).to.throw(UsageError, /before its data/);
  });
});
