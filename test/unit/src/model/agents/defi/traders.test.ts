import { expect } from "chai";

import { arbitrageur } from "../../../../../../src/model/agents/defi/arbitrageur.ts";
import { liquidator } from "../../../../../../src/model/agents/defi/liquidator.ts";
import { looper } from "../../../../../../src/model/agents/defi/looper.ts";
import { bandedSwap } from "../../../../../../src/maths/amm/banded-swap.ts";
import { sqrtPriceX96 } from "../../../../../../src/maths/amm/bands.ts";
import type { PoolView } from "../../../../../../src/model/defi/pools.ts";
import { sellFunction } from "../../../../../../src/model/defi/quotes.ts";
import {
  account,
  decide,
  defiView,
  market,
  reserve,
  stablePool,
  tokensWorth,
} from "../../../../../helpers/defi-view.ts";

const WAD = 10n ** 18n;
const RATE = (107n * WAD) / 100n;
const tokens = tokensWorth({ weth: WAD, lrt: RATE });
const pools = { pool: stablePool([4_000n * WAD, 4_000n * WAD], RATE) };

describe("liquidator", () => {
  const price = (103n * WAD) / 100n;
  const accounts = {
    safe: account(100n * WAD, 50n * WAD, price),
    worse: account(100n * WAD, 99n * WAD, price),
    worst: account(100n * WAD, 100n * WAD, price),
  };
  const watch = { markets: ["core"], sellOn: { lrt: "pool" } };

  it("takes the worst account first, with the e-mode's bonus, and leaves healthy ones alone", () => {
    const [order, ...rest] = decide(liquidator(watch), { tokens, pools, lending: { core: market(price, accounts) } });
    expect(rest).to.deep.equal([]);
    expect(order).to.deep.include({
      type: "liquidate",
      borrower: "worst",
      collateral: "lrt",
      debt: "weth",
      sellOn: "pool",
      minProfit: 0n,
    });
    expect(
      decide(liquidator({ ...watch, perStep: 5 }), { tokens, pools, lending: { core: market(price, accounts) } }),
    ).to.have.length(2);
  });

  it("repays half while the account is nearly healthy, and takes the size of the greatest profit", () => {
    const lending = { core: market(price, { worst: accounts.worst }) };
    const [order] = decide(liquidator(watch), { tokens, pools, lending });
    expect(order).to.have.property("amount").that.is.a("bigint");
    const amount = (order as { amount: bigint }).amount;
    expect(amount > 0n && amount <= 50n * WAD).to.equal(true);
  });

  it("tries the whole where nothing pays, so that the refusal is on record", () => {
    const drained = { pool: stablePool([100n * WAD, 8_000n * WAD], RATE) };
    const [order] = decide(liquidator(watch), { tokens, pools: drained, lending: { core: market(price, accounts) } });
    expect(order).to.deep.include({ borrower: "worst", amount: 50n * WAD, minProfit: 0n });
  });

  it("sells at any price where it is forced, and looks only when it is attentive", () => {
    const world = { tokens, pools, lending: { core: market(price, accounts) } };
    expect(decide(liquidator({ ...watch, mode: "forced" }), world)[0]).to.deep.include({ forced: true });
    expect(decide(liquidator({ ...watch, attention: 0n }), world)).to.deep.equal([]);
  });
});

describe("arbitrageur", () => {
  const trade = { pool: "pool", token: "lrt", against: "weth" };
  const cheap = { pool: stablePool([2_000n * WAD, 6_000n * WAD], RATE) };
  const balances = { me: { weth: 10_000n * WAD } };

  it("buys until the next unit costs what it is worth, and no more", () => {
    const [order, ...rest] = decide(arbitrageur(trade), { tokens, pools: cheap, balances });
    expect(rest).to.deep.equal([]);
    expect(order).to.deep.include({ type: "swap", sell: "weth", buy: "lrt" });
    const amount = (order as { amount: bigint }).amount;
    const sell = sellFunction(defiView({ tokens, pools: cheap }).defi, "pool", ["weth", "lrt"]);
    const last = (sell?.(amount) ?? 0n) - (sell?.(amount - WAD) ?? 0n);
    // One more ether buys about one ether's worth.
    expect((last * RATE) / WAD - WAD > 0n).to.equal(true);
    const beyond = (sell?.(amount + 50n * WAD) ?? 0n) - (sell?.(amount) ?? 0n);
    expect((beyond * RATE) / WAD < 50n * WAD).to.equal(true);
  });

  it("buys less where the redemption takes longer, and nothing on a pool in balance", () => {
    const amountOf = (delay: bigint): bigint => {
      const orders = decide(arbitrageur({ ...trade, funding: WAD / 5n, delay }), { tokens, pools: cheap, balances });
      return (orders[0] as { amount?: bigint } | undefined)?.amount ?? 0n;
    };
    expect(amountOf(0n) > amountOf(864_000n)).to.equal(true);
    expect(amountOf(864_000n) > 0n).to.equal(true);
    expect(decide(arbitrageur(trade), { tokens, pools, balances })).to.deep.equal([]);
  });

  it("spends no more than its wallet, or than it may in a step", () => {
    const poor = { me: { weth: WAD } };
    expect(decide(arbitrageur(trade), { tokens, pools: cheap, balances: poor })[0]).to.deep.include({ amount: WAD });
    const bounded = decide(arbitrageur({ ...trade, perStep: 5n }), { tokens, pools: cheap, balances });
    expect(bounded[0]).to.deep.include({ amount: 5n });
  });

  it("works a banded pool up to what the token is worth, across its bands", () => {
    const price = sqrtPriceX96(WAD, { first: WAD, second: WAD });
    const edges = [(9n * price) / 10n, price, (102n * price) / 100n, (12n * price) / 10n];
    const bands = { edges, liquidity: [WAD, 1_000n * WAD, 10n * WAD], price, feePips: 500n };
    const banded: PoolView = { ...stablePool([1n, 1n], WAD), kind: "banded", tokens: ["lrt", "weth"], bands };
    const [order] = decide(arbitrageur(trade), { tokens, pools: { pool: banded }, balances });
    if (order?.type !== "swap") throw new RangeError("nothing is traded");
    const after = bandedSwap(bands, false, order.amount).price;
    // 1.07 less the fee, beyond the deep band's edge at 1.0404.
    expect((after * after * WAD) >> 192n).to.be.within((1_069n * WAD) / 1_000n, (1_070n * WAD) / 1_000n);
    expect(order.minOut).to.equal((order.amount * WAD) / RATE);
    const blind: PoolView = { ...stablePool([1n, 1n], WAD), kind: "banded", tokens: ["lrt", "weth"] };
    expect(decide(arbitrageur(trade), { tokens, pools: { pool: blind }, balances })).to.deep.equal([]);
  });

  it("redeems what it holds at the vault", () => {
    const redeem = { kind: "vault", id: "lrt" } as const;
    const held = { me: { lrt: 7n } };
    expect(decide(arbitrageur({ ...trade, redeem }), { tokens, pools, balances: held })).to.deep.equal([
      { type: "vaultRequest", vault: "lrt", shares: 7n },
    ]);
  });
});

describe("looper", () => {
  const hold = { market: "core", collateral: "lrt", debt: "weth", pool: "pool" };
  const limits = { actBelow: (102n * WAD) / 100n, restore: (105n * WAD) / 100n };

  it("stays while it is healthy enough, and has nothing to do without a position", () => {
    const lending = { core: market(RATE, { me: account(100n * WAD, 80n * WAD, RATE) }) };
    expect(decide(looper({ ...hold, ...limits }), { tokens, pools, lending })).to.deep.equal([]);
    expect(
      decide(looper({ ...hold, ...limits }), { tokens, pools, lending: { core: market(RATE, {}) } }),
    ).to.deep.equal([]);
  });

  it("sells what restores its health at the same price", () => {
    const lending = { core: market(RATE, { me: account(100n * WAD, 100n * WAD, RATE) }) };
    const [order] = decide(looper({ ...hold, ...limits }), { tokens, pools, lending });
    const { amount, sell } = order as { amount: bigint; sell: bigint };
    // (1.05 · 100 − 0.95 · 107) / (1.05 − 0.95)
    expect(amount / 10n ** 15n).to.equal(33_500n);
    expect(sell > (amount * WAD) / RATE).to.equal(true);
  });

  it("closes whole when the carry falls below what it asks", () => {
    const lending = { core: market(RATE, { me: account(100n * WAD, 90n * WAD, RATE) }) };
    const { core } = lending;
    const weth = { ...reserve(10n ** 12n), borrowRate: 10n ** 27n };
    const expensive = { core: { ...core, reserves: { ...core.reserves, weth } } };
    const agent = looper({ ...hold, ...limits, yields: WAD / 25n, leaveBelowCarry: 0n });
    expect(decide(agent, { tokens, pools, lending: expensive })[0]).to.deep.include({
      type: "closeLoop",
      amount: "all",
    });
    expect(decide(agent, { tokens, pools, lending })).to.deep.equal([]);
  });

  it("stays where no sale brings what it owes, or only at a price that it does not accept", () => {
    const lending = { core: market(RATE, { me: account(100n * WAD, 100n * WAD, RATE) }) };
    const drained = { pool: stablePool([20n * WAD, 8_000n * WAD], RATE) };
    expect(decide(looper({ ...hold, ...limits }), { tokens, pools: drained, lending })).to.deep.equal([]);
    const proud = { ...hold, ...limits, worstPrice: (105n * WAD) / 100n };
    expect(decide(looper(proud), { tokens, pools, lending })).to.deep.equal([]);
  });
});
