import { expect } from "chai";

import {
  borrowed,
  defineMetric,
  each,
  ether,
  hours,
  liquidator,
  loopedPositions,
  looper,
  observer,
  oracleFault,
  percent,
  run,
  stalledPositions,
  steadyOperator,
  vaultKeeper,
  WAD,
  type Scenario,
} from "../../src/index.ts";

const curve = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };
const reserve = { bonusFee: 1_000n, reserveFactor: 1_500n, curve, supplyCap: null, borrowCap: null };
const pool = {
  kind: "stableSwap",
  amplification: 20_000n,
  fee: 4_000_000n,
  offpegMultiplier: 0n,
  window: 600n,
} as const;
const looped = (health: bigint, equity: bigint) =>
  loopedPositions({
    ...{ market: "pooled", collateral: "lrt", debt: "weth", count: 1, equity, health },
    ...{ lt: percent(95), ltv: percent("92.9"), ratio: WAD },
  });

/** A looper redeems its way down; another is liquidated by somebody who keeps the collateral and redeems it. */
const tale: Scenario = {
  name: "own-ways",
  question: "Who gets out through the queue, and who buys from those who did not?",
  seed: 5,
  clock: { step: hours(1), steps: 28 },
  avss: { oracle: {} },
  defi: {
    etherFeed: "ether",
    tokens: [
      { id: "weth", kind: "wrappedEther" },
      { id: "wlst", kind: "wrappedLst" },
    ],
    vaults: [
      {
        ...{ id: "lrt", operators: [{ operator: "operator", weight: 1n }], strategy: "lst", rate: WAD },
        buffer: { target: percent(50), capacity: ether(1_000), drawdownFloor: 0n, minFeeBps: 10n, maxFeeBps: 100n },
        oracle: { mode: "pushed", every: hours(24), feeBps: 0n },
        queue: { freeze: "claim", cooldown: 0n },
        redeemable: true,
      },
    ],
    pools: [
      {
        ...{ ...pool, id: "lrt-weth", tokens: ["weth", "lrt"], scaled: ["lrt"], provider: "makers" },
        liquidity: [ether(400), ether(400)],
      },
      {
        ...{ ...pool, id: "wlst-weth", tokens: ["weth", "wlst"], scaled: ["wlst"], provider: "makers" },
        liquidity: [ether(400), ether(400)],
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: 2_000n * 10n ** 8n },
      { id: "lrt-usd", kind: "reported", answer: 2_000n * 10n ** 8n },
    ],
    lending: [
      {
        id: "pooled",
        reserves: [
          { ...reserve, token: "weth", feed: "ether", ltv: 7_500n, lt: 7_800n, bonus: 10_500n, borrowable: true },
          { ...reserve, token: "lrt", feed: "lrt-usd", ltv: 9_300n, lt: 9_500n, bonus: 10_500n, borrowable: false },
        ],
        ...{ eModes: [], closeFactor: "default", flashFeeBps: 5n, insurance: [] },
      },
    ],
  },
  populations: {
    operator: { count: 1, agent: steadyOperator({}), stake: each(ether(100)) },
    makers: { count: 1, agent: observer({}) },
    redeemers: {
      count: 1,
      agent: looper({
        ...{ market: "pooled", collateral: "lrt", debt: "weth", pool: "lrt-weth", exit: "queue" },
        ...{ actBelow: percent(120), restore: percent(130) },
        queue: { vault: "lrt", delay: hours(1), payout: { token: "wlst", pool: "wlst-weth" } },
      }),
      positions: [looped(percent(110), ether(20))],
    },
    victims: { count: 1, agent: observer({}), positions: [looped(percent(103), ether(5))] },
    lenders: {
      count: 1,
      agent: observer({}),
      positions: [{ kind: "lending", market: "pooled", supplied: { weth: each(ether(700)) } }],
    },
    buyers: {
      count: 1,
      agent: liquidator({
        ...{ markets: ["pooled"], sellOn: { lrt: "lrt-weth" }, latency: hours(1) },
        own: { capital: ether(15), flash: false, redeem: ["lrt"], funding: percent(5), delay: hours(24) },
      }),
      tokens: { weth: each(ether(40)) },
    },
    keeper: { count: 1, agent: vaultKeeper({ vault: "lrt" }) },
  },
  timeline: [
    {
      at: hours(3),
      shock: oracleFault({ feed: "lrt-usd", fault: { kind: "wrongAnswer", answer: 1_930n * 10n ** 8n } }),
    },
  ],
  metrics: {
    debt: borrowed({ market: "pooled", token: "weth" }),
    late: stalledPositions({ longerThan: 0n }),
    health: defineMetric({
      unit: "wad",
      description: "health of the looper",
      read: ({ view }) => view.defi.lending["pooled"]?.accounts["redeemers"]?.health ?? 0n,
    }),
  },
};

describe("behaviours with ways of their own, on the chain", () => {
  const made = run(tale);
  const doneBy = async (agent: string) =>
    (await made).record.actions.filter((one) => one.agent === agent && one.outcome.status === "ok");

  it("keeps every law and exact books", async () => {
    const { record } = await made;
    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    for (const { party, first, last, lines } of record.defi?.parties ?? []) {
      const sum = lines.reduce((all, { amount }) => all + BigInt(amount), 0n);
      expect(sum, party).to.equal(BigInt(last) - BigInt(first));
    }
  });

  /** Health of the looper after each step. */
  const healthAfter = async (step: number): Promise<bigint> =>
    BigInt((await made).record.rows[step]?.metrics["health"] ?? 0);

  it("lets a looper take collateral out, redeem it, sell what it is paid and repay, round after round", async () => {
    const { record } = await made;
    const mine = record.actions.filter(({ agent }) => agent === "redeemers");

    const round = ["withdraw", "vaultRequest", "vaultClaim", "swap", "repay"];
    expect(mine.map(({ type }) => type)).to.deep.equal(Array.from({ length: 6 }, () => round).flat());
    expect(mine.filter(({ outcome }) => outcome.status !== "ok")).to.deep.equal([]);
  });

  it("keeps a looper at its floor of health while collateral waits, and no lower of its own doing", async () => {
    const { record } = await made;
    const out = record.actions.filter(({ agent, type }) => agent === "redeemers" && type === "withdraw");

    expect(out).to.have.lengthOf(6);
    // Interest of the step takes a few millionths of what the floor of 1.005 left.
    for (const { step } of out) {
      expect(await healthAfter(step)).to.be.within(percent("100.499"), percent("100.5"));
    }
  });

  it("lifts the looper's health with every repayment, until it is past what it acts below", async () => {
    const { record, view } = await made;
    const repaid = record.actions.filter(({ agent, type }) => agent === "redeemers" && type === "repay");

    const after = await Promise.all(repaid.map(async ({ step }) => await healthAfter(step)));
    for (const [at, health] of after.entries()) expect(health).to.be.greaterThan(after[at - 1] ?? percent(105));
    const end = view.defi.lending["pooled"]?.accounts["redeemers"];
    expect(end?.health ?? 0n).to.be.greaterThan(percent(120));
    expect(end?.borrowed["weth"] ?? 0n).to.be.lessThan(ether(60));
  });

  it("lets a liquidator act as soon as its latency is over, and not before", async () => {
    const { record } = await made;
    const [tried, bought] = record.actions.filter(({ agent, type }) => agent === "buyers" && type === "liquidate");

    // Below one at three hours, by the step that begins then; an hour later it may act. The worst position repays in that
    // very step, before it: what it tried is refused, and it turns to the other.
    expect(await healthAfter(3)).to.be.lessThan(WAD);
    expect(tried).to.deep.include({ step: 4 });
    expect(tried?.args["borrower"]).to.equal("redeemers");
    expect(record.defi?.liquidations[0]).to.include({ step: 4, result: "healthy" });
    expect(bought).to.deep.include({ step: 5 });
    expect(bought?.args["borrower"]).to.equal("victims");
  });

  it("lets a liquidator buy out of its own funds, and redeem what it keeps", async () => {
    const [first, ...others] = await doneBy("buyers");

    expect(first).to.deep.include({ type: "liquidate" });
    expect(first?.args["sellOn"]).to.equal(null);
    expect(BigInt(first?.args["amount"] as string)).to.be.lessThanOrEqual(ether(15));
    expect(others.map(({ type }) => type)).to.include("vaultRequest");
    const { record } = await made;
    expect(record.defi?.liquidations[1]).to.include({ result: "done", liquidator: "buyers", proceeds: null });
  });
});
