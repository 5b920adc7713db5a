import { expect } from "chai";

import { canonicalJson, hashOf, toParameter } from "../../../../src/engine/canonical-json.ts";
import { checkInvariants, judgeExpectations, openInvariants } from "../../../../src/engine/judge.ts";
import { keeperActions } from "../../../../src/engine/keepers.ts";
import { planStep, type StepPlan } from "../../../../src/engine/plan-step.ts";
import { streamFor } from "../../../../src/engine/random.ts";
import { stepTimes } from "../../../../src/engine/step-times.ts";
import { defineAgent } from "../../../../src/model/agent.ts";
import { always, atEnd, atPeak } from "../../../../src/model/expectation.ts";
import { pause } from "../../../../src/model/shocks/protocol.ts";
import { defineInvariant, type InvariantContext } from "../../../../src/model/invariant.ts";
import type { Scenario } from "../../../../src/model/scenario.ts";
import type { View } from "../../../../src/model/view.ts";
import type { RunRow } from "../../../../src/report/run-record.ts";
import { ether, percent } from "../../../../src/units/amounts.ts";
import { days } from "../../../../src/units/durations.ts";

describe("streamFor", () => {
  const draws = (label: string, step: number, seed = 1): readonly number[] => {
    const random = streamFor(seed, label, step);
    return Array.from({ length: 8 }, () => random.integer(1000));
  };

  it("repeats for the same seed, participant and step, and for no other", () => {
    expect(draws("ann", 1)).to.deep.equal(draws("ann", 1));
    const others = [draws("ann", 2), draws("bob", 1), draws("ann", 1, 2)];
    for (const other of others) expect(other).not.to.deep.equal(draws("ann", 1));
  });

  it("keeps the numbers it drew when it was written", () => {
    expect(draws("ann", 1)).to.deep.equal([4, 191, 63, 766, 110, 633, 771, 420]);
  });

  it("draws evenly below any bound, of any size", () => {
    const random = streamFor(3, "even", 0);
    const counts = [0, 0, 0];
    for (let at = 0; at < 3000; at++) {
      const face = random.integer(3);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    for (const count of counts) expect(count).to.be.within(900, 1100);
    const large = Array.from({ length: 50 }, () => random.bigint(10n ** 40n));
    expect(large.every((draw) => draw >= 0n && draw < 10n ** 40n)).to.equal(true);
    expect(large.some((draw) => draw > 5n * 10n ** 39n)).to.equal(true);
    expect(random.bigint(1n)).to.equal(0n);
  });

  it("lets chances come true as often as they say", () => {
    const random = streamFor(4, "chance", 0);
    const hits = Array.from({ length: 2000 }, () => random.chance(percent(25))).filter(Boolean).length;
    expect(hits).to.be.within(420, 580);
    expect([random.chance(0n), random.chance(percent(100))]).to.deep.equal([false, true]);
  });
});

describe("stepTimes", () => {
  const times = (mode: "blocknumber" | "timestamp"): readonly bigint[] =>
    stepTimes({
      clock: { step: 24n, steps: 3, also: [30n], mode },
      timeline: [
        { at: 48n, shock: pause([]) },
        { at: 49n, shock: pause([]) },
      ],
    } as unknown as Scenario);

  it("joins grid, timeline and further times, each once", () => {
    expect(times("timestamp")).to.deep.equal([24n, 30n, 48n, 49n, 72n]);
  });

  it("moves what lies between two blocks to the later one", () => {
    expect(times("blocknumber")).to.deep.equal([24n, 36n, 48n, 60n, 72n]);
  });
});

describe("canonicalJson", () => {
  it("does not depend on the order of fields, and drops code", () => {
    const one = { b: 1n, a: [true, null], f: () => 1, u: undefined };
    const two = { a: [true, null], b: "1" };
    expect(canonicalJson(toParameter(one))).to.equal('{"a":[true,null],"b":"1"}');
    expect(hashOf(one)).to.equal(hashOf(two));
    expect(hashOf(one)).not.to.equal(hashOf({ ...two, b: "2" }));
  });
});

describe("planStep", () => {
  const spender = defineAgent<{ count: number }>({
    name: "spender",
    role: "staker",
    decide: ({ params }) => Array.from({ length: params.count }, () => ({ type: "undelegate" }) as const),
  });
  const cast = ["a", "b", "c", "d", "e"].map((id) => ({ id, index: 0, agent: spender({ count: 2 }) }));
  const plan = (more: Partial<StepPlan>): readonly string[] => {
    const view = { faults: [] } as unknown as View;
    const due = [{ shock: pause([]) }];
    const base: StepPlan = { seed: 1, step: 1, now: 1n, view, cast, due, order: "shuffle", member: (name) => name };
    return planStep({ ...base, ...more }).actions.map(({ agent }) => agent);
  };

  it("keeps the declared order, shocks last", () => {
    expect(plan({ order: "declared" }).join("")).to.equal("aabbccddeeprotocol");
  });

  it("shuffles whole turns by seed and step, each one's actions together", () => {
    expect(plan({}).join("")).to.match(/^(aa|bb|cc|dd|ee|protocol){6}$/);
    const orders = new Set(Array.from({ length: 20 }, (_, step) => plan({ step }).join("")));
    expect(orders.size).to.be.greaterThan(15);
  });

  it("keeps everybody's relative order when one more takes part, wherever it is declared", () => {
    const more = [{ id: "z", index: 0, agent: spender({ count: 1 }) }, ...cast];
    expect(plan({ cast: more }).filter((id) => id !== "z")).to.deep.equal(plan({}));
    expect(plan({ cast: [...cast].reverse() })).to.deep.equal(plan({}));
  });
});

describe("judgeExpectations", () => {
  const rows = [5n, 9n, 7n].map((value) => ({ metrics: { x: value.toString() } }) as unknown as RunRow);
  const judged = (expectation: Parameters<typeof judgeExpectations>[0][string]): unknown => {
    const [{ actual, passed } = { actual: "", passed: false }] = judgeExpectations({ x: expectation }, rows);
    return [actual, passed];
  };

  it("looks at the end, the peak or every row, limits exclusive", () => {
    expect(judged(atEnd({ above: 6n, below: 8n }))).to.deep.equal(["7", true]);
    expect(judged(atEnd({ above: 7n }))).to.deep.equal(["7", false]);
    expect(judged(atPeak({ equal: 9n }))).to.deep.equal(["9", true]);
    expect(judged(always({ above: 4n }))).to.deep.equal(["7", true]);
    expect(judged(always({ below: 9n }))).to.deep.equal(["9", false]);
  });
});

describe("checkInvariants", () => {
  it("counts each law's checks and names the first that is broken", () => {
    const law = (name: string, broken: boolean) =>
      defineInvariant({ name, sentence: name, check: () => (broken ? { wrong: 1n } : null) });
    const laws = [law("a", false), law("b", true), law("c", true)];
    const results = openInvariants(laws);
    const context = { after: { step: 4 } } as unknown as InvariantContext;
    expect(checkInvariants(laws, context, results)).to.deep.equal({ name: "b", values: { wrong: 1n } });
    expect(results.map(({ checks, broken }) => [checks, broken])).to.deep.equal([
      [1, null],
      [1, { step: 4, detail: "wrong 1" }],
      [1, { step: 4, detail: "wrong 1" }],
    ]);
  });
});

describe("keeperActions", () => {
  const scenario = {
    lst: { yearlyYield: percent("36.5"), reportEvery: days(1) },
    avss: { oracle: { rewards: { amount: 9n, every: days(7) } }, archive: {} },
  } as unknown as Scenario;
  const due = (from: bigint, now: bigint): readonly unknown[] => {
    const view = { time: from, lst: { validatorBalance: ether(1000) } } as unknown as View;
    return keeperActions(scenario, view, now).map(({ agent, action }) => [agent, action]);
  };

  it("lets validators earn for each whole report period that passed", () => {
    expect(due(days(1), days(1) + 5n)).to.deep.equal([]);
    expect(due(days(1), days(2))[0]).to.deep.equal(["protocol", { type: "changeValidators", delta: ether(1) }]);
    expect(due(days(1), days(4))[0]).to.deep.equal(["protocol", { type: "changeValidators", delta: ether(3) }]);
    expect(due(days(1), days(2))[1]).to.deep.equal(["protocol", { type: "reportPool" }]);
  });

  it("pays a period once it lies wholly behind", () => {
    const paid = (from: bigint, now: bigint): unknown =>
      due(from, now).filter((line) => JSON.stringify(line, text).includes("payRewards"));
    const text = (_: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);
    const payment = ["oracle", { type: "payRewards", set: "oracle", amount: 9n, from: 0n, until: days(7) }];
    expect(paid(days(6), days(7))).to.deep.equal([]);
    expect(paid(days(7), days(7) + 1n)).to.deep.equal([payment]);
    expect(paid(days(7), days(8))).to.deep.equal([payment]);
    expect(paid(days(8), days(9))).to.deep.equal([]);
    expect(paid(0n, 5n)).to.deep.equal([]);
  });
});
