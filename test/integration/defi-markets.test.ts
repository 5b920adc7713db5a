import { expect } from "chai";

import { stableSwap } from "../../src/maths/amm/stable-swap.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import type { PoolSpec } from "../../src/model/defi/pools.ts";
import { sellFunction } from "../../src/model/defi/quotes.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { ether, percent } from "../../src/units/amounts.ts";
import { days } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const DOLLAR = 10n ** 6n;
const provider = "stakers-3";

const stable: PoolSpec = {
  ...{ id: "curve", kind: "stableSwap", tokens: ["weth", "wlst"], liquidity: [ether(400), ether(400)], provider },
  ...{ amplification: 20_000n, fee: 4_000_000n, offpegMultiplier: 20_000_000_000n, scaled: ["wlst"], window: 600n },
};
const product: PoolSpec = {
  ...{ id: "uni", kind: "constantProduct", tokens: ["usdc", "weth"], provider },
  liquidity: [2_000_000n * DOLLAR, ether(1_000)],
};
const banded: PoolSpec = {
  ...{ id: "tight", kind: "banded", tokens: ["wlst", "weth"], liquidity: [ether(100), ether(100)], provider },
  ...{ fee: 500n, price: WAD, edges: [percent(99), percent("99.8"), percent("100.2"), percent(101)] },
  bands: [percent(25), percent(50), percent(25)],
};

const defi: DefiSpec = {
  ...emptyDefi,
  etherFeed: "eth-usd",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
    { id: "usdc", kind: "external", decimals: 6, worth: { in: "dollars", value: WAD } },
  ],
  pools: [stable, product, banded],
  feeds: [
    // Written before what it reads: the order of deployment is the layer's own.
    { id: "wlst-market", kind: "market", pool: "curve", token: "wlst", against: "weth", window: 0n, base: "eth-usd" },
    {
      id: "wlst-average",
      kind: "market",
      pool: "curve",
      token: "wlst",
      against: "weth",
      window: 600n,
      base: "eth-usd",
    },
    { id: "wlst-rate", kind: "exchangeRate", token: "wlst", base: "eth-usd" },
    {
      ...{ id: "wlst-capped", kind: "cappedRate", token: "wlst", base: "eth-usd" },
      ...{ maxYearlyBps: 968n, snapshot: null, minDelay: days(7) },
    },
    { id: "wlst-median", kind: "median", of: ["wlst-market", "wlst-rate", "wlst-follow"], quorum: 2n, maxAge: days(1) },
    { id: "wlst-follow", kind: "reported", answer: 2_000n * 10n ** 8n, source: "wlst-market", deviationBps: 50n },
    { id: "one", kind: "fixed", base: null },
    { id: "eth-usd", kind: "reported", answer: 2_000n * 10n ** 8n, heartbeat: 3_600n },
  ],
  balances: { "stakers-1": { weth: ether(50), wlst: ether(500), usdc: 10_000n * DOLLAR } },
};

const deploy = async () => await createWorld(smallWorld({ defi }));

describe("pools of the DeFi layer", () => {
  it("are deployed and filled before the run begins", async () => {
    const { defi: view } = await (await deploy()).read();
    const { curve, uni, tight } = view.pools;

    expect(curve).to.deep.include({ balances: [ether(400), ether(400)], supply: ether(800), amplification: 20_000n });
    expect(curve).to.deep.include({ spot: [WAD, WAD], average: [WAD, WAD], virtualPrice: WAD, fee: 4_000_000n });
    expect(curve).to.deep.include({ holders: { [provider]: ether(800) }, paused: false, adminFees: [0n, 0n] });
    expect(uni).to.deep.include({ balances: [2_000_000n * DOLLAR, ether(1_000)], spot: [WAD, 2_000n * WAD] });
    expect(uni).to.deep.include({ rates: [10n ** 30n, WAD], fee: 30_000_000n });
    // One division down from 2^-112ths.
    expect(uni?.average[1]).to.be.within(2_000n * WAD - 1n, 2_000n * WAD);
    expect(tight).to.deep.include({ supply: 0n, holders: { [provider]: WAD }, fee: 5_000_000n });
    for (const balance of tight?.balances ?? []) expect(balance).to.be.within(ether(90), ether(100));
    expect(view.tokens["curve"]).to.deep.equal({ decimals: 18, supply: ether(800), worth: WAD });
  });

  it("trade, move their price and their feeds, and say so", async () => {
    const world = await deploy();
    const swap = { type: "swap", pool: "curve", sell: "wlst", buy: "weth", amount: ether(300), minOut: 0n } as const;
    const terms = { amp: 20_000n, fee: 4_000_000n, offpegMultiplier: 20_000_000_000n, rates: [WAD, WAD] };
    const amountOut = stableSwap({ ...terms, balances: [ether(400), ether(400)] }, [1, 0], ether(300))?.amountOut ?? 0n;
    const [sold, refused] = await world.perform({
      time: 12n,
      actions: [planned("stakers-1", swap), planned("stakers-1", { ...swap, minOut: ether(300) })],
    });

    expect(sold?.facts).to.deep.include({
      ...{ kind: "swapped", pool: "curve", trader: "stakers-1", sold: "wlst", bought: "weth" },
      ...{ amountIn: ether(300), amountOut },
    });
    expect(refused?.outcome).to.include({ status: "reverted", error: "ERC20InsufficientBalance" });
    const { defi: view } = await world.read();
    const spot = view.pools["curve"]?.spot[1] ?? 0n;
    expect(spot < (98n * WAD) / 100n).to.equal(true);
    expect(view.feeds["wlst-market"]?.answer).to.equal((spot * 2_000n * 10n ** 8n) / WAD);
    expect(view.feeds["wlst-rate"]?.answer).to.equal(2_000n * 10n ** 8n);
    expect((view.feeds["wlst-average"]?.answer ?? 0n) > 1_999n * 10n ** 8n).to.equal(true);
    expect(view.feeds["wlst-median"]?.answer).to.equal(2_000n * 10n ** 8n);
    expect(view.balances["stakers-1"]?.["weth"]).to.equal(ether(50) + amountOut);
  });

  it("trade in every curve", async () => {
    const world = await deploy();
    const swap = { type: "swap", minOut: 0n } as const;
    const results = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-1", { ...swap, pool: "uni", sell: "usdc", buy: "weth", amount: 10_000n * DOLLAR }),
        planned("stakers-1", { ...swap, pool: "tight", sell: "wlst", buy: "weth", amount: ether(50) }),
        planned("stakers-1", { ...swap, pool: "tight", sell: "wlst", buy: "weth", amount: ether(150) }),
      ],
    });

    expect(results.map(({ outcome }) => ("error" in outcome ? outcome.error : outcome.status))).to.deep.equal([
      ...["ok", "ok", "BandedPoolExhausted"],
    ]);
    const { pools } = (await world.read()).defi;
    expect(pools["uni"]?.balances).to.deep.equal([2_010_000n * DOLLAR, ether(1_000) - 4_960_273_038_901_078_125n]);
    expect((pools["tight"]?.spot[1] ?? 0n) > WAD).to.equal(true);
  });

  it("show the depth of bands, so that what a sale brings is known to the wei", async () => {
    const world = await deploy();
    const before = (await world.read()).defi;
    const brings = sellFunction(before, "tight", ["wlst", "weth"])?.(ether(50));
    const [sold] = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-1", { type: "swap", minOut: 0n, pool: "tight", sell: "wlst", buy: "weth", amount: ether(50) }),
      ],
    });

    expect(before.pools["tight"]?.bands).to.deep.include({ feePips: 500n, price: 1n << 96n });
    expect(before.pools["tight"]?.bands?.liquidity.every((depth) => depth > 0n)).to.equal(true);
    const fact = sold?.facts.find(({ kind }) => kind === "swapped");
    expect(fact?.kind === "swapped" ? fact.amountOut : 0n).to.equal(brings);
    expect((await world.read()).defi.pools["tight"]?.bands?.price).to.be.lessThan(1n << 96n);
  });

  it("take liquidity and give it back, in proportion or in one token", async () => {
    const world = await deploy();
    const add = { type: "addLiquidity", pool: "curve", amounts: [ether(10), ether(10)] } as const;
    const remove = { type: "removeLiquidity", pool: "curve", shares: ether(5) } as const;
    const results = await world.perform({
      time: 12n,
      actions: [
        planned("stakers-1", add),
        planned("stakers-1", { ...remove, into: null }),
        planned("stakers-1", { ...remove, into: "weth" }),
        planned("stakers-1", { type: "addLiquidity", pool: "uni", amounts: [2_000n * DOLLAR, ether(2)] }),
        planned(provider, { type: "removeLiquidity", pool: "uni", shares: 10n ** 15n, into: null }),
        planned(provider, { type: "removeLiquidity", pool: "tight", shares: WAD / 2n, into: null }),
      ],
    });

    for (const { outcome } of results) expect(outcome).to.deep.equal({ status: "ok" });
    const changes = results.map(({ facts }) => facts.find(({ kind }) => kind === "liquidityChanged"));
    expect(changes[0]).to.deep.include({ provider: "stakers-1", amounts: [ether(10), ether(10)], shares: ether(20) });
    expect(changes[1]).to.deep.include({ amounts: [ether("-2.5"), ether("-2.5")], shares: ether(-5) });
    expect(changes[2]).to.deep.include({ shares: ether(-5) });
    expect(changes[3]).to.deep.include({ amounts: [2_000n * DOLLAR, ether(1)] });
    const { pools } = (await world.read()).defi;
    expect(pools["curve"]?.holders["stakers-1"]).to.equal(ether(10));
    for (const balance of pools["tight"]?.balances ?? []) expect(balance).to.be.within(ether(45), ether(50));
  });

  it("let their administrator ramp the amplification, and nobody else", async () => {
    const world = await deploy();
    const ramp = { type: "rampAmplification", pool: "curve", target: 40_000n, over: days(2) } as const;
    const [strange, done] = await world.perform({
      time: 12n,
      actions: [planned("stakers-1", ramp), planned("protocol", ramp)],
    });
    expect(strange?.outcome).to.include({ status: "reverted", error: "MarketDeskUnauthorized" });
    expect(done?.outcome).to.deep.equal({ status: "ok" });
    await world.perform({ time: 12n + days(1), actions: [] });
    expect((await world.read()).defi.pools["curve"]?.amplification).to.equal(30_000n);
  });
});

describe("feeds of the DeFi layer", () => {
  const USD = 10n ** 8n;

  it("answer before the run begins, each in its way", async () => {
    const { defi: view } = await (await deploy()).read();
    const answers = Object.entries(view.feeds).map(([id, { answer }]) => [id, answer]);

    expect(Object.fromEntries(answers)).to.deep.equal({
      ...{ "wlst-market": 2_000n * USD, "wlst-average": 2_000n * USD, "wlst-rate": 2_000n * USD },
      ...{ "wlst-capped": 2_000n * USD, "wlst-median": 2_000n * USD, "wlst-follow": 2_000n * USD },
      ...{ one: USD, "eth-usd": 2_000n * USD },
    });
    expect(view.etherPrice).to.equal(2_000n * USD);
    expect(view.feeds["one"]).to.include({ kind: "fixed", decimals: 8, stale: false, broken: null, updatedAt: 0n });
  });

  it("go stale, take a wrong unit, lose a leg and get a cap that is too low", async () => {
    const world = await deploy();
    await world.perform({
      time: 7_200n,
      actions: [
        planned("protocol", { type: "setSnapshot", feed: "wlst-capped", ratio: percent(97), age: days(7) }),
        planned("protocol", { type: "setFeedBase", feed: "wlst-rate", base: null }),
        planned("protocol", { type: "setFeedBounds", feed: "one", min: 0n, max: USD / 2n }),
      ],
    });
    const { feeds } = (await world.read()).defi;
    expect(feeds["eth-usd"]).to.include({ stale: true, answer: 2_000n * USD });
    // A week of growth at 9.68 % a year lies above the snapshot.
    expect(feeds["wlst-capped"]?.answer).to.be.within(1_943n * USD, 1_944n * USD);
    expect([feeds["wlst-rate"]?.answer, feeds["one"]?.answer]).to.deep.equal([USD, USD / 2n]);

    const [told] = await world.perform({
      time: 7_212n,
      actions: [planned("protocol", { type: "setAnswer", feed: "eth-usd", answer: 5n, age: 60n })],
    });
    expect(told?.facts).to.deep.equal([{ kind: "answerSet", feed: "eth-usd", answer: 5n }]);
    const { feeds: later } = (await world.read()).defi;
    expect(later["eth-usd"]).to.include({ answer: 5n, stale: false, updatedAt: 7_152n });
  });

  it("follow another feed once it moved enough", async () => {
    const world = await deploy();
    const follow = { type: "followFeed", feed: "wlst-follow" } as const;
    const [idle] = await world.perform({ time: 12n, actions: [planned("protocol", follow)] });
    expect(idle).to.deep.include({ outcome: { status: "ok" }, facts: [] });
    const swap = { type: "swap", pool: "curve", sell: "wlst", buy: "weth", amount: ether(300), minOut: 0n } as const;
    await world.perform({ time: 24n, actions: [planned("stakers-1", swap), planned("protocol", follow)] });
    const { feeds } = (await world.read()).defi;
    expect(feeds["wlst-follow"]?.answer).to.equal(feeds["wlst-market"]?.answer);
    expect(feeds["wlst-follow"]?.updatedAt).to.equal(24n);
  });

  it("say why they do not answer", async () => {
    const world = await deploy();
    const strict: DefiSpec = {
      ...defi,
      feeds: [
        { id: "eth-usd", kind: "reported", answer: 2_000n * USD },
        { id: "alone", kind: "median", of: ["eth-usd"], quorum: 1n, maxAge: 60n },
      ],
    };
    const lonely = await createWorld(smallWorld({ defi: { ...strict, pools: [] } }));
    await lonely.perform({ time: 600n, actions: [] });
    const { feeds } = (await lonely.read()).defi;
    expect(feeds["alone"]).to.include({ broken: "MedianFeedNoQuorum", stale: true, answer: 0n });

    const [refused] = await world.perform({
      time: 12n,
      actions: [planned("stakers-1", { type: "setAnswer", feed: "eth-usd", answer: 1n })],
    });
    expect(refused?.outcome).to.include({ status: "reverted", error: "MarketDeskUnauthorized" });
  });
});
