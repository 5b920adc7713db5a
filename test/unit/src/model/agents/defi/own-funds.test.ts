import { expect } from "chai";

import { liquidator } from "../../../../../../src/model/agents/defi/liquidator.ts";
import { looper } from "../../../../../../src/model/agents/defi/looper.ts";
import { followHealth } from "../../../../../../src/model/defi/health-log.ts";
import type { DefiView } from "../../../../../../src/model/defi/defi.ts";
import type { VaultView } from "../../../../../../src/model/defi/vaults.ts";
import { stalledDebt, stalledPositions } from "../../../../../../src/model/metrics/inactivity.ts";
import { vaultView } from "../../../../../helpers/defi-layer-view.ts";
import {
  account,
  certain,
  decide,
  defiView,
  market,
  reserve,
  stablePool,
  tokensWorth,
} from "../../../../../helpers/defi-view.ts";

const WAD = 10n ** 18n;
const YEAR = 31_536_000n;
const RATE = (107n * WAD) / 100n;
const tokens = tokensWorth({ weth: WAD, lrt: RATE, wlst: WAD });
const deep = { pool: stablePool([4_000n * WAD, 4_000n * WAD], RATE) };
const drained = { pool: stablePool([100n * WAD, 8_000n * WAD], RATE) };
const price = (103n * WAD) / 100n;
const accounts = { worst: account(100n * WAD, 100n * WAD, price), worse: account(100n * WAD, 99n * WAD, price) };
const lending = { core: market(price, accounts) };
const watch = { markets: ["core"], sellOn: { lrt: "pool" } };
const own = { capital: 20n * WAD };
const rich = { me: { weth: 1_000n * WAD } };

describe("liquidator with own funds", () => {
  it("buys collateral to keep where the pool pays too little, up to its capital", () => {
    const world = { tokens, pools: drained, lending, balances: rich };
    expect(decide(liquidator({ ...watch, own }), world)).to.deep.equal([
      {
        ...{ type: "liquidate", market: "core", borrower: "worst", collateral: "lrt", debt: "weth" },
        ...{ amount: 20n * WAD, sellOn: null, minProfit: 0n },
      },
    ]);
  });

  it("takes what it has, less what its inventory ties up, and shares it between the targets of a step", () => {
    const amounts = (balances: DefiView["balances"], capital: bigint): readonly unknown[] =>
      decide(liquidator({ ...watch, perStep: 2, own: { capital, flash: false, saleLimit: 0n } }), {
        ...{ tokens, pools: drained, lending, balances },
      }).map((action) => (action.type === "liquidate" ? action.amount : action.type));
    expect(amounts({ me: { weth: 3n * WAD } }, own.capital)).to.deep.equal([3n * WAD]);
    // Ten at 1.07 are in the inventory: 9.3 of twenty are left.
    expect(amounts({ me: { weth: 50n * WAD, lrt: 10n * WAD } }, own.capital)).to.deep.equal([(93n * WAD) / 10n]);
    expect(amounts(rich, 60n * WAD)).to.deep.equal([50n * WAD, 10n * WAD]);
    expect(amounts({ me: { weth: 50n * WAD, lrt: 20n * WAD } }, own.capital)).to.deep.equal([]);
  });

  it("takes the flash loan where that earns more, unless it takes none", () => {
    const wait = { ...own, funding: WAD, delay: YEAR / 25n };
    const world = { tokens, pools: deep, lending, balances: rich };
    const [loan] = decide(liquidator({ ...watch, own: wait }), world);
    expect(loan).to.deep.include({ type: "liquidate", sellOn: "pool" });
    const [cash] = decide(liquidator({ ...watch, own: { ...wait, flash: false } }), world);
    expect(cash).to.deep.include({ type: "liquidate", sellOn: null, amount: 20n * WAD });
  });

  it("buys nothing whose keeping costs more than the bonus brings", () => {
    const world = { tokens, pools: drained, lending, balances: rich };
    const dear = { ...own, funding: WAD / 5n, delay: YEAR, flash: false };
    expect(decide(liquidator({ ...watch, own: dear }), world)).to.deep.equal([]);
  });

  it("seizes of an isolated position what its funds buy", () => {
    const position = { supplyShares: 0n, supplied: 0n, borrowShares: 1n, borrowed: 50n * WAD, collateral: 60n * WAD };
    const isolated = {
      iso: {
        ...{ loan: "weth", collateral: "lrt", lltv: WAD / 2n, lif: (105n * WAD) / 100n, price: 10n ** 36n },
        ...{ totalSupply: 0n, totalSupplyShares: 0n, totalBorrow: 0n, totalBorrowShares: 0n, borrowRate: 0n },
        ...{ feeShares: 0n, positions: { bob: { ...position, healthy: false, health: WAD / 2n } } },
      },
    };
    const watches = { markets: ["iso"], sellOn: { lrt: "pool" } };
    const [order] = decide(liquidator({ ...watches, own }), { tokens, pools: drained, isolated, balances: rich });
    expect(order).to.deep.include({ type: "isolatedLiquidate", sellOn: null, seize: 21n * WAD });
    const [whole] = decide(liquidator({ ...watches, own: { capital: 900n * WAD } }), {
      ...{ tokens, pools: drained, isolated, balances: rich },
    });
    expect(whole).to.deep.include({ type: "isolatedLiquidate", sellOn: null, seize: "max" });
  });

  it("sells its inventory where the pool pays more than keeping, within its limit, and redeems the rest", () => {
    const pools = { pool: stablePool([6_000n * WAD, 2_000n * WAD], RATE) };
    const world = { tokens, pools, balances: { me: { lrt: 50n * WAD } }, vaults: { lrt: vaultView({ requests: [] }) } };
    const [sale, request] = decide(
      liquidator({ ...watch, own: { ...own, saleLimit: 30n * WAD, redeem: ["lrt"] } }),
      world,
    );
    expect(sale).to.deep.include({ type: "swap", pool: "pool", sell: "lrt", buy: "weth", amount: 30n * WAD });
    expect(sale).to.have.property("minOut", (3_210n * WAD) / 100n);
    expect(request).to.deep.equal({ type: "vaultRequest", vault: "lrt", shares: 20n * WAD });
    expect(decide(liquidator({ ...watch, own }), { ...world, pools: drained })).to.deep.equal([]);
  });
});

describe("liquidator with a latency", () => {
  const late = liquidator({ ...watch, latency: 600n });
  const act = (now: bigint, since: Readonly<Record<string, bigint>>): readonly unknown[] => {
    const view = { ...defiView({ tokens, pools: deep, lending }), unhealthySince: since, time: 990n };
    return late.decide({ me: "me", index: 0, now, view, random: certain, fate: certain });
  };

  it("acts once a position could be liquidated for so long", () => {
    expect(act(1_000n, { "core/worst": 500n, "core/worse": 400n })).to.have.length(1);
    expect(act(1_000n, { "core/worst": 500n, "core/worse": 400n })[0]).to.deep.include({ borrower: "worse" });
    expect(act(1_100n, { "core/worst": 500n, "core/worse": 400n })[0]).to.deep.include({ borrower: "worst" });
    expect(act(1_000n, {})).to.deep.equal([]);
  });
});

describe("followHealth", () => {
  it("remembers since when each position is below one, and forgets who recovers", () => {
    const first = followHealth({}, defiView({ lending }).defi, 12n);
    expect(first).to.deep.equal({ "core/worst": 12n, "core/worse": 12n });
    const fewer = { core: market(price, { worst: accounts.worst, worse: account(100n * WAD, 10n * WAD, price) }) };
    expect(followHealth(first, defiView({ lending: fewer }).defi, 24n)).to.deep.equal({ "core/worst": 12n });
  });

  it("lets inactivity be measured", () => {
    const unhealthySince = { "core/worst": 0n, "core/worse": 80n };
    const view = { ...defiView({ tokens, lending }), time: 100n, unhealthySince };
    const context = { view, results: [], previous: 0n, members: () => [] } as never;
    expect(stalledPositions({ longerThan: 20n }).read(context)).to.equal(1n);
    expect(stalledPositions({ longerThan: 19n }).read(context)).to.equal(2n);
    expect(stalledDebt({ longerThan: 20n, market: "core" }).read(context)).to.equal(100n * WAD);
    expect(stalledDebt({ longerThan: 20n, market: "other" }).read(context)).to.equal(0n);
  });
});

describe("looper that redeems", () => {
  const hold = { market: "core", collateral: "lrt", debt: "weth", pool: "pool" };
  const limits = { actBelow: (110n * WAD) / 100n, restore: (115n * WAD) / 100n };
  const queue = { vault: "lrt", delay: YEAR / 52n, payout: { token: "wlst", pool: "out" } };
  const vaults = (over: Partial<VaultView> = {}) => ({ lrt: vaultView({ requests: [], ...over }) });
  const mine = { me: account(100n * WAD, 95n * WAD, RATE) };
  const loans = { core: market(RATE, mine) };
  const world = { tokens, pools: deep, lending: loans, vaults: vaults() };
  const redeems = looper({ ...hold, ...limits, exit: "queue", queue });

  it("takes out what leaves its health at the floor, and asks for its redemption", () => {
    const [out, request] = decide(redeems, world);
    if (out?.type !== "withdraw" || typeof out.amount !== "bigint") throw new RangeError("nothing was taken out");
    expect(request).to.deep.equal({ type: "vaultRequest", vault: "lrt", shares: out.amount });
    // C - 1.005 D / LT = 100 - 1.005 · 88.785 / 0.95
    expect(out.amount / 10n ** 15n).to.equal(6_074n);
    const health = (((100n * WAD - out.amount) * RATE) / WAD) * 95n;
    expect(health / 95n / 100n).to.be.greaterThan((1_004n * WAD) / 1_000n);
  });

  it("asks for no more than restores its health, with what waits already", () => {
    const easy = { core: market(RATE, { me: account(100n * WAD, 91n * WAD, RATE) }) };
    const [out] = decide(looper({ ...hold, actBelow: 2n * WAD, restore: (112n * WAD) / 100n, exit: "queue", queue }), {
      ...world,
      lending: easy,
    });
    // (1.12 · 91 − 0.95 · 107) / (1.12 − 0.95) / 1.07
    const step = (out as { amount: bigint }).amount;
    expect(step / 10n ** 15n).to.equal(1_484n);
    const request = { id: 1n, holder: "me", shares: 10n * WAD, claimable: false, requestedAt: 0n, payable: 0n };
    const waits = { ...world, vaults: vaults({ requests: [request as VaultView["requests"][number]] }), lending: easy };
    expect(decide(redeems, waits)).to.deep.equal([]);
  });

  it("collects, sells and repays what the queue has paid", () => {
    const request = { id: 4n, holder: "me", shares: WAD, claimable: true, requestedAt: 0n, payable: WAD };
    const out = { ...stablePool([500n * WAD, 500n * WAD], WAD), tokens: ["weth", "wlst"] };
    const healthy = { core: market(RATE, { me: account(100n * WAD, 50n * WAD, RATE) }) };
    const actions = decide(redeems, {
      ...world,
      ...{ lending: healthy, pools: { ...deep, out }, balances: { me: { wlst: 3n * WAD, weth: 2n * WAD } } },
      vaults: vaults({ requests: [request as VaultView["requests"][number]] }),
    });
    expect(actions.map(({ type }) => type)).to.deep.equal(["vaultClaim", "swap", "repay"]);
    expect(actions[1]).to.deep.include({ pool: "out", sell: "wlst", buy: "weth", amount: 3n * WAD });
    expect(actions[2]).to.deep.include({ amount: 2n * WAD, token: "weth" });
  });

  it("does what costs less, where it may choose", () => {
    const chooses = looper({ ...hold, ...limits, exit: "cheaper", queue });
    const [free] = decide(chooses, world);
    expect(free?.type).to.equal("withdraw");
    const weth = { ...reserve(10n ** 12n), borrowRate: 20n * 10n ** 27n };
    const { core } = loans;
    const expensive = { core: { ...core, reserves: { ...core.reserves, weth } } };
    expect(decide(chooses, { ...world, lending: expensive })[0]?.type).to.equal("closeLoop");
    expect(decide(chooses, { ...world, lending: expensive, pools: drained })[0]?.type).to.equal("withdraw");
  });

  it("waits where the vault is paused or the reserve has lent the collateral out", () => {
    expect(decide(redeems, { ...world, vaults: vaults({ paused: true }) })).to.deep.equal([]);
    const { core } = loans;
    const lrt = { ...core.reserves["lrt"], cash: 0n } as ReturnType<typeof reserve>;
    const lent = { core: { ...core, reserves: { ...core.reserves, lrt } } };
    expect(decide(redeems, { ...world, lending: lent })).to.deep.equal([]);
  });
});
