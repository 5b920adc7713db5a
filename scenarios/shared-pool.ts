import {
  adapterCurator,
  adapterStaker,
  atEnd,
  days,
  defineScenario,
  each,
  epochStaker,
  ether,
  hours,
  netWorthOf,
  observer,
  percent,
  seconds,
  slashAdapter,
  slashEpochVault,
  steadyOperator,
} from "../src/index.ts";

const FAULT = days(2);
const DUE = ether(60);
const EPOCH = days(7);

/** Two networks of the same operator, each for a victim that was promised 60. */
const network = (name: "bridge" | "oracle") => {
  return { network: name, limit: DUE, operators: [{ operator: "operator", stake: DUE }] };
};
const adapter = (name: "bridge" | "oracle") => ({
  ...{ id: name, network: name, burner: "isolated-victims", duration: EPOCH },
  ...{ limit: { amount: DUE, part: percent(50) }, allocated: ether(50) },
});

export default defineScenario({
  name: "shared-pool",
  question: "Two networks count on one operator's stake and slash it for one fault: who is paid, and who pays?",
  seed: 42,
  clock: { step: hours(12), steps: 40 },
  avss: { none: {} },
  populations: {
    operator: { count: 1, agent: steadyOperator({}), stake: each(ether(1)) },
    bridge: { count: 1, agent: observer({}) },
    oracle: { count: 1, agent: observer({}) },
    "pool-victims": { count: 1, agent: observer({}) },
    "isolated-victims": { count: 1, agent: observer({}) },
    curator: { count: 1, agent: adapterCurator({ vault: "isolated" }) },
    "pool-stayers": {
      count: 2,
      agent: epochStaker({ vault: "pool" }),
      positions: [{ kind: "epochVault", vault: "pool", deposited: each(ether(25)) }],
    },
    "pool-leavers": {
      count: 2,
      agent: epochStaker({ vault: "pool", leavesAfter: { type: "slashEpochVault" } }),
      positions: [{ kind: "epochVault", vault: "pool", deposited: each(ether(25)) }],
    },
    "isolated-stayers": {
      count: 2,
      agent: adapterStaker({ vault: "isolated" }),
      positions: [{ kind: "adapterVault", vault: "isolated", deposited: each(ether(25)) }],
    },
    "isolated-leavers": {
      count: 2,
      agent: adapterStaker({ vault: "isolated", leavesAfter: { type: "slashAdapter" } }),
      positions: [{ kind: "adapterVault", vault: "isolated", deposited: each(ether(25)) }],
    },
  },
  defi: {
    tokens: [{ id: "weth", kind: "wrappedEther" }],
    epochVaults: [
      {
        ...{ id: "pool", asset: "weth", curator: "protocol", epoch: EPOCH, burner: "pool-victims" },
        ...{ delegator: "fullRestake", networks: [network("bridge"), network("oracle")] },
      },
    ],
    adapterVaults: [
      { id: "isolated", asset: "weth", curator: "curator", adapters: [adapter("bridge"), adapter("oracle")] },
    ],
  },
  timeline: (["bridge", "oracle"] as const).flatMap((by, at) => {
    const when = FAULT + days(BigInt(at)) + seconds(12);
    const slash = { vault: "pool", by, operator: "operator", amount: DUE, captured: FAULT } as const;
    return [
      { at: when, shock: slashEpochVault(slash), note: `The ${by} slashes what it was promised of the pool` },
      { at: when, shock: slashAdapter({ vault: "isolated", adapter: by, amount: ether(30) }) },
    ];
  }),
  metrics: {
    poolVictims: netWorthOf("pool-victims"),
    isolatedVictims: netWorthOf("isolated-victims"),
    poolStayers: netWorthOf("pool-stayers"),
    poolLeavers: netWorthOf("pool-leavers"),
    isolatedStayers: netWorthOf("isolated-stayers"),
    isolatedLeavers: netWorthOf("isolated-leavers"),
  },
  expect: { poolVictims: atEnd({ above: ether(99) }), isolatedVictims: atEnd({ equal: ether(60) }) },
});
