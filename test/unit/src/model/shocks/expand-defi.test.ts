import { expect } from "chai";

import { expandShock } from "../../../../../src/model/shocks/expand.ts";
import { bankHoliday, compromiseKey, halt, impairReserve } from "../../../../../src/model/shocks/issuers.ts";
import {
  dump,
  lpExit,
  oracleFault,
  pricePath,
  slashVault,
  squeezeRate,
} from "../../../../../src/model/shocks/markets.ts";
import { priceSteps } from "../../../../../src/model/shocks/price-path.ts";
import type { OracleFault } from "../../../../../src/model/shocks/defi-shock.ts";
import type { Shock } from "../../../../../src/model/shock.ts";
import type { View } from "../../../../../src/model/view.ts";
import { ether, percent } from "../../../../../src/units/amounts.ts";

const view = {
  sets: { oracle: { avs: "oracle-co", slasher: "judge" } },
  defi: {
    balances: { whale: { lrt: ether(50) } },
    dollars: { rusd: {} },
    vaults: { lrt: {} },
    pools: { "lrt-weth": { holders: { whale: 800n } } },
    feeds: { "lrt-usd": { answer: 105_700_000n } },
    lending: {
      aave: {
        reserves: { weth: { cash: 1_000n, debt: 900n } },
        accounts: { whale: { supplied: { weth: 950n } }, small: { supplied: { weth: 10n } } },
      },
    },
  },
} as unknown as View;
const context = { view, faults: [], now: 60n, member: (name: string) => name };
const sent = (shock: Shock, more: { phase?: number; price?: bigint } = {}): unknown =>
  expandShock({ ...context, ...more }, shock).actions.map(({ agent, origin, action }) => [agent, origin, action]);
const byProtocol = (action: object): unknown => [["protocol", "shock", action]];

describe("shocks to the DeFi layer", () => {
  it("moves a feed to the point of its path that is due", () => {
    const shock = pricePath({ feed: "lrt-usd", path: priceSteps([{ after: 0n, price: 5n }]) });
    expect(sent(shock, { price: 9n })).to.deep.equal(byProtocol({ type: "setAnswer", feed: "lrt-usd", answer: 9n }));
    expect(sent(shock)).to.deep.equal([]);
  });

  it("sells what is named, or all that the wallet holds, at any price", () => {
    const trade = { pool: "lrt-weth", sell: "lrt", buy: "weth", minOut: 0n };
    const all = dump({ by: "whale", pool: "lrt-weth", sell: "lrt", buy: "weth", amount: "all" });
    expect(sent(all)).to.deep.equal([["whale", "shock", { type: "swap", ...trade, amount: ether(50) }]]);
    expect(sent({ ...all, amount: 7n })).to.deep.equal([["whale", "shock", { type: "swap", ...trade, amount: 7n }]]);
    expect(expandShock(context, { ...all, by: "poor" }).note).to.equal("poor has no lrt to dump");
  });

  it("takes a fraction of a provider's liquidity out", () => {
    const shock = lpExit({ by: "whale", pool: "lrt-weth", fraction: percent(25), into: "weth" });
    const action = { type: "removeLiquidity", pool: "lrt-weth", shares: 200n, into: "weth" };
    expect(sent(shock)).to.deep.equal([["whale", "shock", action]]);
  });

  it("spoils a feed in each of the known ways", () => {
    const spoilt = (fault: OracleFault): unknown => sent(oracleFault({ feed: "lrt-usd", fault }));
    const set = (action: object): unknown => byProtocol({ ...action, feed: "lrt-usd" });
    expect(spoilt({ kind: "stale", age: 90n })).to.deep.equal(
      set({ type: "setAnswer", answer: 105_700_000n, age: 90n }),
    );
    expect(spoilt({ kind: "wrongUnit", digits: 2 })).to.deep.equal(set({ type: "setAnswer", answer: 10_570_000_000n }));
    expect(spoilt({ kind: "wrongUnit", digits: -3 })).to.deep.equal(set({ type: "setAnswer", answer: 105_700n }));
    expect(spoilt({ kind: "wrongAnswer", answer: 3n })).to.deep.equal(set({ type: "setAnswer", answer: 3n }));
    expect(spoilt({ kind: "misSetCap", ratio: 5n, age: 4n })).to.deep.equal(
      set({ type: "setSnapshot", ratio: 5n, age: 4n }),
    );
    expect(spoilt({ kind: "missingBase" })).to.deep.equal(set({ type: "setFeedBase", base: null }));
    expect(spoilt({ kind: "bounds", min: 1n, max: 2n })).to.deep.equal(
      set({ type: "setFeedBounds", min: 1n, max: 2n }),
    );
  });

  it("squeezes a reserve to the utilisation wanted, as far as the claim goes", () => {
    const shock = squeezeRate({ by: "whale", market: "aave", token: "weth", utilisation: percent(90) });
    const withdraw = { type: "withdraw", market: "aave", token: "weth" };
    expect(sent(shock)).to.deep.equal([["whale", "shock", { ...withdraw, amount: 900n }]]);
    expect(sent({ ...shock, by: "small" })).to.deep.equal([["small", "shock", { ...withdraw, amount: 10n }]]);
    expect(sent({ ...shock, utilisation: percent(10) })).to.deep.equal([]);
  });

  it("slashes an operator of a vault now, and lets the vault say so after the lag", () => {
    const shock = slashVault({ vault: "lrt", avs: "oracle", operator: "op", fraction: percent(5), lag: 100n });
    const order = { set: "oracle", operator: "op", fraction: percent(5), strategies: null, reason: "ordered" };
    expect(sent(shock)).to.deep.equal([["judge", "shock", { type: "slash", ...order }]]);
    expect(sent(shock, { phase: 1 })).to.deep.equal(byProtocol({ type: "vaultPushRate", vault: "lrt" }));
  });

  it("impairs a reserve, closes the banks and opens them again", () => {
    const impaired = { type: "dollarImpair", dollar: "rusd", fraction: percent(8) };
    expect(sent(impairReserve({ dollar: "rusd", fraction: percent(8) }))).to.deep.equal(byProtocol(impaired));
    const holiday = bankHoliday({ dollar: "rusd", length: 50n });
    const close = { type: "dollarClose", dollar: "rusd" };
    expect(sent(holiday)).to.deep.equal(byProtocol({ ...close, closed: true }));
    expect(sent(holiday, { phase: 1 })).to.deep.equal(byProtocol({ ...close, closed: false }));
  });

  it("mints without backing, by the maker of the token", () => {
    const stolen = { to: "whale", amount: 9n };
    expect(sent(compromiseKey({ token: "rusd", ...stolen }))).to.deep.equal(
      byProtocol({ type: "dollarMintUnbacked", dollar: "rusd", ...stolen }),
    );
    expect(sent(compromiseKey({ token: "lrt", ...stolen }))).to.deep.equal(
      byProtocol({ type: "vaultMintUnbacked", vault: "lrt", to: "whale", shares: 9n }),
    );
  });

  it("halts every part that can be halted", () => {
    const stopped = (part: Parameters<typeof halt>[0]["part"], phase = 0): unknown => sent(halt({ part }), { phase });
    const reserve = { market: "aave", token: "weth" };
    expect(stopped({ kind: "vault", vault: "lrt" })).to.deep.equal(
      byProtocol({ type: "vaultPause", vault: "lrt", paused: true }),
    );
    expect(stopped({ kind: "dollar", dollar: "rusd" }, 1)).to.deep.equal(
      byProtocol({ type: "dollarHalt", dollar: "rusd", halted: false }),
    );
    expect(stopped({ kind: "fund", fund: "f" })).to.deep.equal(
      byProtocol({ type: "fundHalt", fund: "f", halted: true }),
    );
    expect(stopped({ kind: "reserve", ...reserve })).to.deep.equal(
      byProtocol({ type: "pauseReserve", ...reserve, paused: true }),
    );
    expect(stopped({ kind: "insurance", ...reserve })).to.deep.equal(
      byProtocol({ type: "pauseInsurance", ...reserve, paused: true }),
    );
  });
});
