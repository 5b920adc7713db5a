import { expect } from "chai";

import { alarmOf, hazardOf, type AlarmParams } from "../../../../../../src/model/agents/defi/alarm.ts";
import { cheapestRoute, type ExitParams } from "../../../../../../src/model/agents/defi/exit.ts";
import {
  imbalanceOf,
  liquidityProvider,
  toxicityOf,
} from "../../../../../../src/model/agents/defi/liquidity-provider.ts";
import { panicker, redeemer } from "../../../../../../src/model/agents/defi/redeemers.ts";
import { supplier } from "../../../../../../src/model/agents/defi/suppliers.ts";
import { insuranceStaker } from "../../../../../../src/model/agents/defi/insurance-staker.ts";
import type { VaultRequestView } from "../../../../../../src/model/defi/vaults.ts";
import { ether, percent } from "../../../../../../src/units/amounts.ts";
import { days, hours } from "../../../../../../src/units/durations.ts";
import { WAD } from "../../../../../../src/units/units.ts";
import {
  accountView,
  defiView,
  dollarView,
  lendingView,
  reserveView,
  stablePool,
  vaultView,
  viewOf,
  wants,
} from "../../../../../helpers/defi-layer-view.ts";

const random = { integer: () => 0, bigint: () => 0n, chance: () => true };
const hazard = { base: 0n, height: WAD, steepness: 100n * WAD, threshold: percent(5) };
const holder: AlarmParams = {
  ...{ asset: "lrt", market: { pool: "pool", into: "weth" }, funding: percent(5), wait: days(73) },
  ...{ knows: "market", hazard },
};
const near = (actual: bigint, expected: bigint, within = 10n ** 12n): void => {
  expect(actual >= expected - within && actual <= expected + within, `${actual} near ${expected}`).to.equal(true);
};
const discounted = (price: bigint) => ({ pool: stablePool({ spot: [WAD, price] }) });
const alarm = (params: AlarmParams, defi: Parameters<typeof viewOf>[0], over = {}): bigint => {
  const view = viewOf(defi, over);
  return alarmOf({ view, now: view.time, fate: random }, params);
};

describe("alarm", () => {
  it("is the discount that the market shows, to those who look at prices", () => {
    expect(alarm(holder, { pools: discounted(percent(96)), vaults: { lrt: vaultView() } })).to.equal(percent(4));
    expect(alarm({ ...holder, knows: "uninformed" }, { pools: discounted(percent(96)) })).to.equal(0n);
    expect(alarm(holder, { pools: discounted(percent(104)) })).to.equal(0n);
  });

  it("is what is missing behind the token, to the informed at once and to the uninformed after the news", () => {
    const vaults = { lrt: vaultView({ liveRate: percent(90) }) };
    expect(alarm({ ...holder, knows: "informed" }, { vaults })).to.equal(percent(10));
    expect(alarm(holder, { vaults })).to.equal(0n);
    const late = { ...holder, knows: "uninformed", newsLag: hours(6) } as const;
    const incidents = [{ at: hours(1), type: "slashVault", subject: "lrt" }] as const;
    expect(alarm(late, { vaults }, { time: hours(6), incidents })).to.equal(0n);
    expect(alarm(late, { vaults }, { time: hours(7), incidents })).to.equal(percent(10));
  });

  it("rises with the age of the queue, and with a reserve that lenders cannot leave", () => {
    const request: VaultRequestView = {
      id: 1n,
      holder: "x",
      shares: 250n * WAD,
      quote: 0n,
      payable: 0n,
      requestedAt: 0n,
      claimable: false,
    };
    const vaults = { lrt: vaultView({ requests: [request] }) };
    expect(alarm(holder, { vaults }, { time: days(15) })).to.equal(percent(50));
    const lending = { aave: lendingView({ reserves: { weth: reserveView({ utilisation: percent(98.5) }) } }) };
    const lent = { ...holder, lentOn: { market: "aave", token: "weth" } };
    expect(alarm(lent, { lending })).to.equal(percent(50));
  });

  it("leaves a dollar that pays all alike alone while its backing is trusted", () => {
    const dollars = { rusd: dollarView({ backing: percent(97) }) };
    const informed = { ...holder, asset: "rusd", market: null, knows: "informed" } as const;
    expect(alarm({ ...informed, trust: percent(95) }, { dollars })).to.equal(0n);
    expect(alarm(informed, { dollars })).to.equal(percent(3));
    expect(alarm({ ...informed, trust: percent(95), policy: "firstCome" }, { dollars })).to.equal(percent(3));
  });
});

describe("hazardOf", () => {
  const at = (params: AlarmParams, defi: Parameters<typeof viewOf>[0], time = 0n): bigint => {
    return hazardOf({ view: viewOf(defi, { time }), now: time, fate: random }, params);
  };

  it("is h0 + h1/2 at the threshold and follows the logistic curve around it", () => {
    const params = { ...holder, hazard: { ...hazard, base: percent(1), height: percent(40) } };
    near(at(params, { pools: discounted(percent(95)) }), percent(21));
    near(at(params, { pools: discounted(percent(94)) }), percent(1) + (percent(40) * 731_058_578_630_004_879n) / WAD);
  });

  it("sets in earlier when others flee, and where who comes first is paid at par", () => {
    const request: VaultRequestView = {
      id: 1n,
      holder: "x",
      shares: 500n * WAD,
      quote: 0n,
      payable: 0n,
      requestedAt: 0n,
      claimable: true,
    };
    const herd = { ...holder, hazard: { ...hazard, herding: percent(8) } };
    const vaults = { lrt: vaultView({ requests: [request] }) };
    const pools = discounted(percent(99));
    near(at(herd, { pools, vaults }), WAD / 2n);
    expect(at(herd, { pools, vaults }, days(2)) < percent(3)).to.equal(true);
    const first = { ...holder, policy: "firstCome", hazard: { ...hazard, firstComeThreshold: percent(1) } } as const;
    near(at(first, { pools }), WAD / 2n);
  });
});

describe("cheapestRoute", () => {
  const cheapest = (params: ExitParams, defi: Parameters<typeof defiView>[0]): string | undefined =>
    cheapestRoute({ me: "me", view: defiView(defi) }, params, ether(10))?.way;

  it("sells below r tau + expected slash, queues above it", () => {
    const vaults = { lrt: vaultView() };
    expect(cheapest(holder, { pools: discounted(percent(99.1)), vaults })).to.equal("sell");
    expect(cheapest(holder, { pools: discounted(percent(98.9)), vaults })).to.equal("queue");
    const slashed = { ...holder, expectedSlash: percent(1) };
    expect(cheapest(slashed, { pools: discounted(percent(98.9)), vaults })).to.equal("sell");
  });

  it("uses the buffer where it pays and its fee is less", () => {
    const vaults = { lrt: vaultView({ buffer: ether(20) }) };
    expect(cheapest(holder, { pools: discounted(percent(99)), vaults })).to.equal("instant");
    expect(
      cheapest(holder, { pools: discounted(percent(99)), vaults: { lrt: vaultView({ buffer: ether(9) }) } }),
    ).not.to.equal("instant");
  });

  it("has no way out where the vault redeems nothing and there is no market", () => {
    expect(cheapest({ ...holder, market: null, redeemable: false }, { vaults: { lrt: vaultView() } })).to.equal(
      undefined,
    );
  });
});

describe("panicker and redeemer", () => {
  const balances = { me: { lrt: ether(8) } };

  it("leave with a part of what they hold, and collect what is ready", () => {
    const request: VaultRequestView = {
      id: 4n,
      holder: "me",
      shares: 1n,
      quote: 1n,
      payable: 1n,
      requestedAt: 0n,
      claimable: true,
    };
    const vaults = { lrt: vaultView({ requests: [request, { ...request, id: 5n, holder: "you" }] }) };
    const defi = { balances, vaults, pools: discounted(percent(80)) };
    const claim = { type: "vaultClaim", vault: "lrt", request: 4n };
    expect(wants(panicker({ ...holder, part: percent(50) }), viewOf(defi))).to.deep.equal([
      claim,
      { type: "vaultRequest", vault: "lrt", shares: ether(4) + 1n },
    ]);
    expect(wants(panicker(holder), viewOf(defi), { chance: false })).to.deep.equal([claim]);
    expect(wants(panicker({ ...holder, redeemable: false }), viewOf(defi))[1]).to.deep.equal({
      ...{ type: "swap", pool: "pool", sell: "lrt", buy: "weth", amount: ether(8), minOut: 0n },
    });
  });

  it("do not sell for less than the price that they see, less their slippage", () => {
    const defi = { balances, vaults: { lrt: vaultView() }, pools: discounted(percent(80)) };
    const careful = panicker({ ...holder, redeemable: false, slippage: percent(5) });
    expect(wants(careful, viewOf(defi))).to.deep.equal([
      { type: "swap", pool: "pool", sell: "lrt", buy: "weth", amount: ether(8), minOut: (ether(8) * 76n) / 100n },
    ]);
  });

  it("redeem dollars as they do shares", () => {
    const dollars = { rusd: dollarView({ backing: percent(90) }) };
    const view = viewOf({ balances: { me: { rusd: ether(5) } }, dollars });
    const params = { ...holder, asset: "rusd", market: null, knows: "informed" } as const;
    expect(wants(panicker(params), view)).to.deep.equal([{ type: "dollarRedeem", dollar: "rusd", amount: ether(5) }]);
  });

  it("leave once, at their time", () => {
    const agent = redeemer({ asset: "lrt", market: null, at: 100n });
    const defi = { balances, vaults: { lrt: vaultView() } };
    const leave = [{ type: "vaultRequest", vault: "lrt", shares: ether(8) }];
    expect(wants(agent, viewOf(defi, { time: 50n }), { now: 99n })).to.deep.equal([]);
    expect(wants(agent, viewOf(defi, { time: 50n }), { now: 110n })).to.deep.equal(leave);
    expect(wants(agent, viewOf(defi, { time: 110n }), { now: 160n })).to.deep.equal([]);
  });
});

describe("supplier", () => {
  const params = { market: "aave", token: "weth", appetite: percent(80), power: 2 } as const;
  const lending = (over: Parameters<typeof reserveView>[0]) => ({
    aave: lendingView({
      reserves: { weth: reserveView(over) },
      accounts: { me: accountView(0n, 0n, { supplied: { weth: ether(50) } }) },
    }),
  });

  it("wants to leave with a u^p, and more once the rumour is out", () => {
    const seen: bigint[] = [];
    const chance = (fraction: bigint): boolean => seen.push(fraction) > 99;
    const defi = { lending: lending({ utilisation: percent(50) }) };
    const rumour = { after: { type: "dump" }, adds: percent(30) } as const;
    wants(supplier({ ...params, rumour }), viewOf(defi), { chance });
    const incidents = [{ at: 1n, type: "dump", subject: "pool" }] as const;
    wants(supplier({ ...params, rumour }), viewOf(defi, { incidents }), { chance });
    expect(seen).to.deep.equal([percent(20), percent(50)]);
  });

  it("takes the cash there is, waits where there is none, and stays for a good rate", () => {
    const act = (over: Parameters<typeof reserveView>[0], more = {}): unknown =>
      wants(supplier({ ...params, ...more }), viewOf({ lending: lending({ utilisation: WAD, ...over }) }));
    const withdraw = { type: "withdraw", market: "aave", token: "weth" };
    expect(act({})).to.deep.equal([{ ...withdraw, amount: "all" }]);
    expect(act({ cash: ether(3) })).to.deep.equal([{ ...withdraw, amount: ether(3) }]);
    expect(act({ cash: 0n })).to.deep.equal([]);
    expect(act({ liquidityRate: 10n ** 26n }, { staysFor: percent(10) })).to.deep.equal([]);
  });
});

describe("liquidityProvider", () => {
  const params = { pool: "pool", imbalance: percent(70), most: percent(20) };
  const piled = stablePool({ balances: [ether(2_000), ether(6_000)], holders: { me: ether(100) } });

  it("takes l_max times the logistic of the imbalance out", () => {
    expect(imbalanceOf(defiView({ pools: { pool: piled } }), "pool")).to.equal(percent(75));
    const leave = { type: "removeLiquidity", pool: "pool", shares: ether(10), into: null };
    expect(wants(liquidityProvider(params), viewOf({ pools: { pool: piled } }))).to.deep.equal([leave]);
    const calm = stablePool({ holders: { me: ether(100) } });
    expect(wants(liquidityProvider(params), viewOf({ pools: { pool: calm } }))).to.deep.equal([]);
  });

  it("flees when losing to holding costs more than the fees brought", () => {
    const pool = stablePool({
      ...{ balances: [ether(3_000), ether(5_100)], spot: [WAD, percent(90)], virtualPrice: percent(101) },
      holders: { me: ether(100) },
    });
    // Held: 1.01 x 1.9 / 2; equity: (3000 + 5100 x 0.9) / 8000; over 0.01.
    expect(toxicityOf(defiView({ pools: { pool } }), "pool")).to.equal(percent("107.5"));
    const lowly = { ...params, imbalance: WAD, toxicity: WAD };
    expect(wants(liquidityProvider(lowly), viewOf({ pools: { pool } }))).to.have.length(1);
    expect(wants(liquidityProvider({ ...lowly, toxicity: 2n * WAD }), viewOf({ pools: { pool } }))).to.deep.equal([]);
  });
});

describe("insuranceStaker", () => {
  const staked = (leavesAt: bigint | null) => ({ shares: 5n, assets: 5n, cooldownShares: 0n, leavesAt });
  const view = (leavesAt: bigint | null, defi = {}, deficit = 0n) =>
    viewOf({
      lending: {
        aave: lendingView({
          reserves: { weth: reserveView({ deficit }) },
          accounts: { loop: accountView(ether(90), ether(100)) },
          insurance: {
            weth: { assets: 5n, shares: 5n, offset: 0n, pending: 0n, paused: false, stakers: { me: staked(leavesAt) } },
          },
        }),
      },
      ...defi,
    });
  const params = { market: "aave", token: "weth" };
  const cool = [{ type: "cooldownInsurance", ...params }];

  it("starts its cooldown when it knows that debts exceed collateral, or when a deficit is booked", () => {
    expect(wants(insuranceStaker({ ...params, informed: true }), view(null))).to.deep.equal(cool);
    expect(wants(insuranceStaker({ ...params, informed: false }), view(null))).to.deep.equal([]);
    expect(wants(insuranceStaker({ ...params, informed: false }), view(null, {}, 1n))).to.deep.equal(cool);
    expect(wants(insuranceStaker({ ...params, informed: true }), view(900n))).to.deep.equal([]);
  });

  it("leaves when its cooldown is over", () => {
    expect(wants(insuranceStaker({ ...params, informed: true }), view(900n), { now: 900n })).to.deep.equal([
      { type: "unstakeInsurance", ...params, shares: "all" },
    ]);
  });
});
