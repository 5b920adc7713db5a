import {
  atEnd,
  atPeak,
  badDebt,
  days,
  defineScenario,
  discount,
  dump,
  each,
  ether,
  guardian,
  liquidatedValue,
  liquidator,
  loopedPositions,
  minutes,
  observer,
  percent,
  steadyOperator,
  supplier,
  utilisation,
} from "../../src/index.ts";

const pair = { pool: "lrt-weth", token: "lrt", against: "weth" };
const curve = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };
const reserve = { bonusFee: 1_000n, reserveFactor: 1_500n, curve, supplyCap: null, borrowCap: null };

export default defineScenario({
  name: "my-defi-scenario",
  question: "Who pays when loopers are liquidated into a thin pool, and how far does it go?",
  seed: 7,
  clock: { step: minutes(1), steps: 12 },
  avss: { oracle: {} },
  defi: {
    etherFeed: "ether",
    tokens: [{ id: "weth", kind: "wrappedEther" }],
    vaults: [
      {
        id: "lrt",
        operators: [{ operator: "operator", weight: 1n }],
        strategy: "lst",
        rate: percent(107),
        buffer: { target: percent(10), capacity: ether(1_000), drawdownFloor: 0n, minFeeBps: 10n, maxFeeBps: 100n },
        oracle: { mode: "pushed", every: days(1), feeBps: 0n },
        queue: { freeze: "claim", cooldown: days(7) },
        redeemable: true,
      },
    ],
    pools: [
      {
        id: "lrt-weth",
        kind: "stableSwap",
        tokens: ["weth", "lrt"],
        liquidity: [ether(400), ether(400)],
        provider: "makers",
        amplification: 20_000n,
        fee: 4_000_000n,
        offpegMultiplier: 0n,
        scaled: ["lrt"],
        window: 600n,
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: 2_300n * 10n ** 8n },
      { id: "lrt-market", kind: "market", ...pair, window: 0n, base: "ether" },
    ],
    lending: [
      {
        id: "pooled",
        reserves: [
          { ...reserve, token: "weth", feed: "ether", ltv: 7_500n, lt: 7_800n, bonus: 10_500n, borrowable: true },
          { ...reserve, token: "lrt", feed: "lrt-market", ltv: 9_300n, lt: 9_500n, bonus: 10_500n, borrowable: false },
        ],
        eModes: [],
        closeFactor: "default",
        flashFeeBps: 5n,
        insurance: [],
      },
    ],
  },
  populations: {
    operator: { count: 1, agent: steadyOperator({}), stake: each(ether(100)) },
    makers: { count: 1, agent: observer({}) },
    whale: { count: 1, agent: observer({}), tokens: { lrt: each(ether(330)) } },
    loopers: {
      count: 6,
      agent: observer({}),
      positions: [
        loopedPositions({
          market: "pooled",
          collateral: "lrt",
          debt: "weth",
          count: 6,
          equity: ether(60),
          lt: percent(95),
          ltv: percent("92.9"),
          ratio: percent(107),
        }),
      ],
    },
    lenders: {
      count: 2,
      agent: supplier({ market: "pooled", token: "weth", appetite: percent(20), power: 4 }),
      positions: [{ kind: "lending", market: "pooled", supplied: { weth: each(ether(700)) } }],
    },
    liquidators: {
      count: 1,
      agent: liquidator({ markets: ["pooled"], sellOn: { lrt: "lrt-weth" }, mode: "rational" }),
    },
    guardians: {
      count: 1,
      agent: guardian({
        after: { type: "dump" },
        detect: minutes(2),
        measures: [
          {
            latency: minutes(3),
            actions: [{ type: "freezeReserve", market: "pooled", token: "lrt", frozen: true }],
          },
        ],
      }),
    },
  },
  timeline: [
    {
      at: minutes(2),
      shock: dump({ by: "whale", pool: "lrt-weth", sell: "lrt", buy: "weth", amount: "all" }),
      note: "A whale leaves.",
    },
  ],
  metrics: {
    discount: discount(pair),
    liquidated: liquidatedValue(),
    badDebt: badDebt(),
    utilisation: utilisation({ market: "pooled", token: "weth" }),
  },
  expect: { liquidated: atEnd({ above: ether(30) }), utilisation: atPeak({ above: percent(99) }) },
});
