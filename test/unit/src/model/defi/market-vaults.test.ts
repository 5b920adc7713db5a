import { expect } from "chai";

import { WorldImpossibleError } from "../../../../../src/errors/world-impossible-error.ts";
import { allocate, marketAllocator } from "../../../../../src/model/agents/defi/market-allocator.ts";
import { supplier } from "../../../../../src/model/agents/defi/suppliers.ts";
import { assertMarketVaults, openingSupplyOf } from "../../../../../src/model/defi/assert-market-vaults.ts";
import type { IsolatedView } from "../../../../../src/model/defi/credit.ts";
import type { DefiSpec } from "../../../../../src/model/defi/defi.ts";
import type { MarketVaultSpec, MarketVaultView } from "../../../../../src/model/defi/market-vaults.ts";
import { hiddenBadDebt } from "../../../../../src/model/defi/solvency.ts";
import { availableCash, borrowRate, utilisation } from "../../../../../src/model/metrics/reserves.ts";
import { ether, percent } from "../../../../../src/units/amounts.ts";
import { WAD } from "../../../../../src/units/units.ts";
import { defiView, viewOf, wants } from "../../../../helpers/defi-layer-view.ts";
import { emptyDefi } from "../../../../helpers/defi-world.ts";

const isolated = (id: string, loan = "weth") => ({
  ...{ id, loan, collateral: "lrt", collateralFeed: "lrt-eth", loanFeed: null },
  ...{ lltv: percent(86), fee: 0n },
});
const vault: MarketVaultSpec = {
  ...{ id: "mv", asset: "weth", curator: "carl", marksBadDebt: false },
  markets: [
    { market: "a", cap: ether(60) },
    { market: "b", cap: ether(100) },
  ],
};
const layer = (over: Partial<DefiSpec> = {}): DefiSpec => ({
  ...emptyDefi,
  isolated: [isolated("a"), isolated("b"), isolated("usd", "usdc")],
  marketVaults: [vault],
  marketVaultPositions: [{ vault: "mv", participant: "lena", deposited: ether(90) }],
  ...over,
});
const known = { tokens: new Set(["weth", "usdc", "lrt", "mv"]), feeds: ["lrt-eth"], participants: ["carl", "lena"] };

function refusal(over: Partial<DefiSpec>): string {
  try {
    assertMarketVaults(layer(over), known);
  } catch (error) {
    if (error instanceof WorldImpossibleError) return `${error.message} ${error.hint ?? ""}`;
    throw error;
  }
  return "";
}

describe("assertMarketVaults", () => {
  it("lets a vault through whose markets lend its asset and have room", () => {
    expect(refusal({})).to.equal("");
    expect(openingSupplyOf(layer(), "a")).to.equal(ether(60));
    expect(openingSupplyOf(layer(), "b")).to.equal(ether(30));
    expect(openingSupplyOf(layer(), "usd")).to.equal(0n);
  });

  const on = (over: Partial<MarketVaultSpec>): Partial<DefiSpec> => ({ marketVaults: [{ ...vault, ...over }] });
  const cap = ether(100);
  const cases: readonly (readonly [string, Partial<DefiSpec>, RegExp])[] = [
    ["an unknown asset", on({ asset: "wet" }), /no token is named wet.*weth/],
    ["an unknown curator", on({ curator: "karl" }), /no participant is named karl.*carl/],
    ["an unknown market", on({ markets: [{ market: "c", cap }] }), /no isolated market is named c/],
    ["a market of another loan", on({ markets: [{ market: "usd", cap }] }), /market usd lends usdc, not weth/],
    [
      "a market named twice",
      on({
        markets: [
          { market: "a", cap },
          { market: "a", cap },
        ],
      }),
      /names market a twice/,
    ],
    ["a cap above 2^128 - 1", on({ markets: [{ market: "a", cap: 1n << 128n }] }), /cap of a is 3402823/],
    ["a negative cap", on({ markets: [{ market: "a", cap: -1n }] }), /cap of a is -1/],
    ["deposits that its caps do not take", on({ markets: [{ market: "a", cap: ether(10) }] }), /caps take 10000000/],
    ["its own share as asset", on({ asset: "mv" }), /asset mv is the share of a pool or of a market vault/],
    [
      "a deposit in another vault",
      { marketVaultPositions: [{ vault: "mw", participant: "lena", deposited: 1n }] },
      /no market vault is named mw.*mv/,
    ],
    [
      "a deposit below zero",
      { marketVaultPositions: [{ vault: "mv", participant: "lena", deposited: -1n }] },
      /amount is -1/,
    ],
  ];
  for (const [what, over, message] of cases) {
    it(`refuses ${what}`, () => {
      expect(refusal(over)).to.match(message);
    });
  }
});

const place = (supplied: bigint, over = {}) => ({
  cap: ether(80),
  supplied,
  unrecognised: 0n,
  liquidity: supplied,
  ...over,
});
const state = (markets: MarketVaultView["markets"]): MarketVaultView => {
  const sum = (pick: (one: MarketVaultView["markets"][string]) => bigint): bigint =>
    Object.values(markets).reduce((all, one) => all + pick(one), 0n);
  const atPar = sum(({ supplied }) => supplied);
  return {
    ...{ asset: "weth", supply: atPar * 10n ** 6n, assets: atPar, atPar, unrecognised: 0n, marksBadDebt: false },
    ...{ liquidity: sum(({ liquidity }) => liquidity), supplyQueue: ["a", "b"], withdrawQueue: ["a", "b"], markets },
  };
};
const half = { a: WAD / 2n, b: WAD / 2n };
const idle: IsolatedView = {
  ...{ loan: "weth", collateral: "lrt", lltv: percent(86), lif: WAD, price: 10n ** 36n, feeShares: 0n },
  ...{ totalSupply: ether(100), totalSupplyShares: 0n, totalBorrow: ether(50), totalBorrowShares: 0n },
  ...{ borrowRate: 0n, positions: {} },
};

describe("allocate", () => {
  it("moves what is too much to where too little is, those that give first", () => {
    expect(allocate(state({ a: place(ether(70)), b: place(ether(30)) }), half)).to.deep.equal([
      { market: "a", assets: ether(50) },
      { market: "b", assets: ether(50) },
    ]);
  });

  it("moves no more than is not lent, nor than caps take", () => {
    const lent = state({ a: place(ether(70), { liquidity: ether(5) }), b: place(ether(30)) });
    expect(allocate(lent, half)).to.deep.equal([
      { market: "a", assets: ether(65) },
      { market: "b", assets: ether(35) },
    ]);
    const capped = state({ a: place(ether(70)), b: place(ether(30), { cap: ether(33) }) });
    expect(allocate(capped, half).map(({ assets }) => assets)).to.deep.equal([ether(67), ether(33)]);
  });

  it("leaves alone what is within the tolerance, or cannot be moved", () => {
    expect(allocate(state({ a: place(ether(52)), b: place(ether(48)) }), half, percent(2))).to.deep.equal([]);
    expect(allocate(state({ a: place(ether(70), { liquidity: 0n }), b: place(ether(30)) }), half)).to.deep.equal([]);
  });

  it("empties markets that have no weight", () => {
    const targets = allocate(state({ a: place(ether(40)), b: place(ether(30)) }), { b: WAD });
    expect(targets).to.deep.equal([
      { market: "a", assets: 0n },
      { market: "b", assets: ether(70) },
    ]);
  });
});

describe("marketAllocator", () => {
  const marketVaults = { mv: state({ a: place(ether(70)), b: place(ether(30)) }) };

  it("lets the last market take the rest", () => {
    expect(wants(marketAllocator({ vault: "mv", weights: half }), viewOf({ marketVaults }))).to.deep.equal([
      {
        ...{ type: "marketVaultReallocate", vault: "mv" },
        targets: [
          { market: "a", assets: ether(50) },
          { market: "b", assets: "rest" },
        ],
      },
    ]);
  });

  it("leaves the interest until the block in markets whose liquidity is short", () => {
    const short = { mv: state({ a: place(ether(70), { liquidity: ether(5) }), b: place(ether(30)) }) };
    const busy = { a: { ...idle, borrowRate: 10n ** 9n }, b: idle };
    const [order] = wants(
      marketAllocator({ vault: "mv", weights: half }),
      viewOf({ marketVaults: short, isolated: busy }),
    );
    if (order?.type !== "marketVaultReallocate") throw new RangeError("nothing is moved");
    expect(order.targets[0]?.assets).to.be.greaterThan(ether(65));
  });
});

describe("a market vault as a reserve", () => {
  const markets = { a: place(ether(60), { liquidity: ether(20) }), b: place(ether(40), { liquidity: ether(30) }) };
  const owns = { me: { mv: 25n * 10n ** 24n } };
  const tokens = { weth: { decimals: 18, supply: 0n, worth: WAD }, lrt: { decimals: 18, supply: 0n, worth: WAD / 2n } };
  const view = (over = {}) => viewOf({ marketVaults: { mv: { ...state(markets), ...over } }, balances: owns, tokens });
  const params = { market: "mv", token: "weth", appetite: WAD, power: 1 } as const;

  it("is left by its depositors as far as it is not lent", () => {
    expect(wants(supplier(params), view())).to.deep.equal([
      { type: "marketVaultWithdraw", vault: "mv", amount: "all" },
    ]);
    expect(wants(supplier(params), view({ liquidity: ether(7) }))).to.deep.equal([
      { type: "marketVaultWithdraw", vault: "mv", amount: ether(7) },
    ]);
    expect(wants(supplier(params), view({ liquidity: 0n }))).to.deep.equal([]);
  });

  it("has a utilisation, cash and a borrow rate", () => {
    const measure = { results: [], previous: 0n, members: () => [], view: view() };
    const read = (metric: { read: (context: never) => bigint }): bigint => metric.read(measure as never);
    expect(read(utilisation(params))).to.equal(WAD / 2n);
    expect(read(availableCash(params))).to.equal(ether(50));
    expect(read(borrowRate(params))).to.equal(0n);
  });

  it("hides its part of what its markets hide", () => {
    const debtor = { supplyShares: 0n, supplied: 0n, borrowShares: 1n, borrowed: ether(50), collateral: ether(60) };
    const short = { ...idle, positions: { bob: { ...debtor, healthy: true, health: WAD } } };
    const defi = defiView({ marketVaults: { mv: state(markets) }, isolated: { a: short }, tokens });
    // 50 owed against 60 of half the worth: 20, of which the vault supplies 60 of 100.
    expect(hiddenBadDebt(defi, "a")).to.equal(ether(20));
    expect(hiddenBadDebt(defi, "mv")).to.equal(ether(12));
  });
});
