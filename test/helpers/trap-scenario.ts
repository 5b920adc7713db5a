import {
  atEnd,
  days,
  defineAgent,
  defineScenario,
  each,
  equivocate,
  equivocationRule,
  ether,
  observer,
  percent,
  report,
  steadyOperator,
  totalLoss,
  totalRestaked,
  withParameters,
} from "../../src/index.ts";

/** Deposits something, unless it fails: not by Faultline's fault, but as any scenario's code may. */
const trappedStaker = defineAgent<{ trap: bigint; most: bigint }>({
  name: "trapped-staker",
  role: "staker",
  decide: ({ random, params }) => {
    // Half a wei: a RangeError of the language's own.
    if (random.chance(params.trap)) return [{ type: "deposit", strategy: "lst", amount: BigInt(0.5) }];
    return [{ type: "deposit", strategy: "lst", amount: random.bigint(params.most) + 1n }];
  },
});

/** A small scenario for sweeps: every seed loses something else, and some fail, by an agent's own fault. */
export default withParameters({ trap: percent(10), most: ether(40) }, ({ trap, most }) =>
  defineScenario({
    name: "trap-scenario",
    question: "What becomes of a sweep some of whose runs fail?",
    seed: 7,
    clock: { step: days(1), steps: 3 },
    avss: { oracle: { rule: equivocationRule({ slash: percent(50) }) } },
    populations: {
      operators: { count: 2, agent: steadyOperator({}), stake: each(ether(10)), allocations: { oracle: percent(50) } },
      stakers: {
        count: 2,
        agent: trappedStaker({ trap, most }),
        stake: each(ether(32)),
        lst: each(ether(200)),
        delegateTo: "operators-1",
      },
      watcher: { count: 1, agent: observer({}) },
    },
    timeline: [
      { at: days(2), shock: equivocate({ operator: "operators-1", sets: ["oracle"] }) },
      { at: days(3), shock: report({ by: "watcher", operator: "operators-1", set: "oracle" }) },
    ],
    metrics: { restaked: totalRestaked(), lost: totalLoss() },
    expect: { lost: atEnd({ above: 0n }) },
  }),
);
