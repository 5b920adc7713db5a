import {
  badDebt,
  defineScenario,
  each,
  equally,
  ether,
  honestOperator,
  jumpDiffusion,
  liquidatedValue,
  liquidator,
  listed,
  looper,
  minutes,
  observer,
  percent,
  pricePath,
  seconds,
  WAD,
  type Scenario,
} from "../../src/index.ts";

const ETHER = 230_000_000_000n;
const curve = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };
const common = { bonusFee: 0n, reserveFactor: 1_500n, supplyCap: null, borrowCap: null, curve };
const lending = { kind: "lending", market: "core" } as const;

/** Ether against dollars: loopers owe dollars against ether, at health factors from 1.05 to 2. */
const debtsOf = (loopers: number): readonly bigint[] =>
  Array.from({ length: loopers }, (_, at) => {
    const health = 10_500n + (9_500n * BigInt(at)) / BigInt(loopers);
    return (((20_000_000_000n * 2_300n) / 1_000_000n) * 1_000_000n * 78n * 100n) / (health * 1_000n);
  });

/** Who else is there: two liquidators, a lender, a liquidity provider. */
export const OTHERS = 4;

/** A pool, a market for ether and dollars, and their feeds. */
const defi = {
  etherFeed: "ether",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "usd", kind: "external", decimals: 6, worth: { in: "dollars", value: WAD } },
  ],
  pools: [
    {
      id: "pool",
      kind: "constantProduct",
      tokens: ["usd", "weth"],
      liquidity: [230_000_000_000_000n, ether(100_000)],
      provider: "maker",
    },
  ],
  feeds: [
    { id: "ether", kind: "reported", answer: ETHER },
    { id: "one", kind: "fixed", base: null, decimals: 8 },
  ],
  lending: [
    {
      id: "core",
      reserves: [
        { token: "weth", feed: "ether", ltv: 7_500n, lt: 7_800n, bonus: 10_500n, borrowable: true, ...common },
        { token: "usd", feed: "one", ltv: 0n, lt: 0n, bonus: 10_000n, borrowable: true, ...common },
      ],
      eModes: [],
      closeFactor: "default",
      flashFeeBps: 0n,
      insurance: [],
    },
  ],
} satisfies Scenario["defi"];

/** Whoever may be liquidated, and whoever liquidates. */
const populationsOf = (loopers: number) =>
  ({
    operators: {
      count: 1,
      agent: honestOperator({}),
      stake: each(ether(100)),
      allocations: { oracle: percent(100) },
    },
    liquidators: { count: 2, agent: liquidator({ markets: ["core"], sellOn: { weth: "pool" } }) },
    loopers: {
      count: loopers,
      agent: looper({
        market: "core",
        collateral: "weth",
        debt: "usd",
        pool: "pool",
        actBelow: percent(102),
        restore: percent(110),
        attention: percent(2),
      }),
      positions: [{ ...lending, supplied: { weth: each(ether(20)) }, borrowed: { usd: listed(debtsOf(loopers)) } }],
    },
    lenders: {
      count: 1,
      agent: observer({}),
      positions: [{ ...lending, supplied: { usd: equally(20_000_000_000_000n) } }],
    },
    maker: { count: 1, agent: observer({}) },
    governor: { count: 1, agent: observer({}) },
  }) satisfies Scenario["populations"];

/** A long cascade: leveraged agents, and a price that falls in a random walk with jumps. */
export const cascade = ({ loopers, steps }: { readonly loopers: number; readonly steps: number }): Scenario =>
  defineScenario({
    name: "bench-cascade",
    question: "How fast is a long cascade?",
    seed: 1,
    clock: { step: seconds(60), steps },
    lst: { initialStake: ether(1_000) },
    avss: { oracle: { module: { kind: "direct", slasher: "governor" } } },
    defi,
    populations: populationsOf(loopers),
    timeline: [
      {
        at: minutes(1),
        shock: pricePath({
          feed: "ether",
          path: jumpDiffusion({
            from: ETHER,
            every: seconds(60),
            length: minutes(steps),
            volatility: percent(400),
            drift: 0n - percent(10_000),
            jumps: { perYear: percent(1_000_000), mean: 0n - percent(1.5), deviation: percent(0.5) },
          }),
        }),
      },
    ],
    metrics: { badDebt: badDebt(), liquidated: liquidatedValue() },
  });
