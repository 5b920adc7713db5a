import { expect } from "chai";

import { WorldImpossibleError } from "../../../../../src/errors/world-impossible-error.ts";
import { assertDefi } from "../../../../../src/model/defi/assert-defi.ts";
import { assertDefiShocks } from "../../../../../src/model/defi/assert-defi-shocks.ts";
import type { CdpSpec, IsolatedSpec } from "../../../../../src/model/defi/credit.ts";
import type { DefiSpec } from "../../../../../src/model/defi/defi.ts";
import type { DollarSpec, FundSpec } from "../../../../../src/model/defi/dollars.ts";
import type { LendingPositionSpec, LendingSpec } from "../../../../../src/model/defi/lending.ts";
import type { VaultSpec } from "../../../../../src/model/defi/vaults.ts";
import { compromiseKey, halt } from "../../../../../src/model/shocks/issuers.ts";
import { dump, oracleFault, pricePath } from "../../../../../src/model/shocks/markets.ts";
import { priceSteps } from "../../../../../src/model/shocks/price-path.ts";
import type { Shock } from "../../../../../src/model/shock.ts";
import { ether, percent } from "../../../../../src/units/amounts.ts";
import { days } from "../../../../../src/units/durations.ts";
import { WAD } from "../../../../../src/units/units.ts";
import { emptyDefi } from "../../../../helpers/defi-world.ts";

const vault: VaultSpec = {
  id: "lrt",
  operators: [{ operator: "ops-1", weight: 1n }],
  strategy: "lst",
  rate: (107n * WAD) / 100n,
  buffer: { target: 0n, capacity: 0n, drawdownFloor: 0n, minFeeBps: 0n, maxFeeBps: 100n },
  oracle: { mode: "pushed", every: days(1), feeBps: 0n },
  queue: { freeze: "claim", cooldown: days(7) },
  redeemable: true,
};
const curve = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };
const reserve = {
  ...{ token: "weth", feed: "ether", ltv: 7_500n, lt: 7_800n, bonus: 10_500n, bonusFee: 1_000n },
  ...{ reserveFactor: 1_500n, curve, supplyCap: null, borrowCap: null, borrowable: true },
};
const market: LendingSpec = {
  id: "pooled",
  reserves: [reserve, { ...reserve, token: "lrt", feed: "lrt-usd", ltv: 7_250n, lt: 7_500n, borrowable: false }],
  eModes: [{ id: "eth", ltv: 9_300n, lt: 9_500n, bonus: 10_100n, collateral: ["lrt"], borrowable: ["weth"] }],
  closeFactor: "default",
  flashFeeBps: 5n,
  insurance: [{ token: "weth", offset: 0n, cooldown: days(20), window: days(2), feeBps: 0n }],
};
const position = (over: Partial<LendingPositionSpec>): LendingPositionSpec => ({
  ...{ market: "pooled", participant: "loopers", eMode: "eth", supplied: { lrt: ether(1_000) } },
  ...{ borrowed: { weth: ether(960) }, insured: {}, keep: false },
  ...over,
});
const lender = position({ participant: "lenders", eMode: null, supplied: { weth: ether(5_000) }, borrowed: {} });
const isolated: IsolatedSpec = {
  ...{ id: "iso", loan: "weth", collateral: "lrt", collateralFeed: "lrt-usd", loanFeed: "ether" },
  ...{ lltv: percent(86), fee: 0n },
};
const cdp: CdpSpec = {
  id: "synth",
  branches: [
    {
      ...{ id: "a", collateral: "lrt", feed: "lrt-usd", mcr: percent(120), ccr: percent(160), scr: percent(120) },
      ...{ poolPenalty: percent(5), redistributionPenalty: percent(20) },
    },
  ],
  minDebt: ether(2_000),
  troves: [{ branch: "a", participant: "loopers", collateral: ether(9), debt: ether(2_000), rate: percent(5) }],
  deposits: [],
};
const dollar: DollarSpec = {
  id: "rusd",
  settlement: "usdc",
  reserve: { cash: 1n, fund: { id: "bills", worth: 1n }, term: { face: 1n, haircut: 0n } },
  ...{ buffer: 0n, junior: 0n, backstop: 0n },
  redemption: { policy: "pariPassu", minFeeBps: 0n, maxFeeBps: 10n, gate: null, calendar: "always" },
  swap: null,
};
const fund: FundSpec = {
  ...{ id: "bills", settlement: "usdc", nav: 1_000_000n, feeBps: 0n, minimum: 0n, cutOff: 50_400n },
  ...{ settleDelay: days(1), yearlyYield: 0n, allowed: ["lenders", "pooled"], instant: null },
};
const layer = (changes: Partial<DefiSpec>): DefiSpec => ({
  ...emptyDefi,
  etherFeed: "ether",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "usdc", kind: "external", decimals: 6, worth: { in: "dollars", value: WAD } },
  ],
  vaults: [vault],
  funds: [fund],
  dollars: [dollar],
  feeds: [
    { id: "ether", kind: "reported", answer: 2_300n * 10n ** 8n },
    { id: "lrt-usd", kind: "exchangeRate", token: "lrt", base: "ether" },
  ],
  pools: [{ id: "pool", kind: "constantProduct", tokens: ["lrt", "weth"], liquidity: [1n, 1n], provider: "lenders" }],
  lending: [market],
  isolated: [isolated],
  cdps: [cdp],
  lendingPositions: [lender, position({})],
  ...changes,
});
const around = { participants: ["loopers", "lenders", "protocol"], operators: ["ops-1", "ops-2"], strategies: ["lst"] };
const refusal = (spec: DefiSpec): string => {
  try {
    assertDefi(spec, around);
  } catch (error) {
    if (error instanceof WorldImpossibleError) return error.message;
    throw error;
  }
  return "";
};
const reserves = (over: object): Partial<DefiSpec> => ({
  lending: [{ ...market, reserves: [{ ...reserve, ...over }] }],
});

describe("assertDefi", () => {
  it("lets a layer through that can be deployed", () => {
    expect(refusal(layer({}))).to.equal("");
  });

  const bare = { lendingPositions: [] };
  const cases: readonly (readonly [string, Partial<DefiSpec>, RegExp])[] = [
    ["a threshold above 100 %", { ...bare, ...reserves({ lt: 10_001n }) }, /threshold is 100\.01 %\. Use 0 % to 100 %/],
    [
      "an LTV above the threshold",
      { ...bare, ...reserves({ ltv: 7_801n }) },
      /LTV is 78\.01 %\. Use 0 % to 78 %, its liquidation threshold/,
    ],
    [
      "a bonus that the threshold has no room for",
      { ...bare, ...reserves({ lt: 9_600n, bonus: 10_500n }) },
      /96 % times its bonus of 105 % is 100\.8 %, above 100 %.* may be 104\.16 %/,
    ],
    ["a bonus that is no factor", { ...bare, ...reserves({ bonus: 500n }) }, /bonus is 5 %/],
    ["a rate curve that bends down", { ...bare, ...reserves({ curve: { ...curve, slope2: 1n } }) }, /bends upwards/],
    ["a reserve of no token", { ...bare, ...reserves({ token: "wet" }) }, /no token is named wet. Did you mean weth/],
    ["a reserve of no feed", { ...bare, ...reserves({ feed: "eth" }) }, /no feed is named eth. Did you mean ether/],
    [
      "an LTV where the threshold leaves none",
      { ...bare, ...reserves({ lt: 0n, ltv: 1n }) },
      /LTV is 0\.01 %\. Use 0 %: its liquidation threshold is 0 %/,
    ],
    [
      "a cap beyond every width",
      { ...bare, ...reserves({ supplyCap: 2n ** 300n }) },
      /supply cap is \d+\. Use at most 10{33}/,
    ],
    [
      "a bonus beyond every width",
      { ...bare, ...reserves({ ltv: 0n, lt: 0n, bonus: 2n ** 300n }) },
      /bonus is \d+[\d.]* %\. Use at most/,
    ],
    [
      "a worth beyond every width",
      {
        tokens: [
          { id: "weth", kind: "wrappedEther" },
          { id: "usdc", kind: "external", decimals: 6, worth: { in: "ether", value: 2n ** 300n } },
        ],
      },
      /worth is \d+\.\d+\. Use at most 10{15}\./,
    ],
    [
      "a cooldown of ages",
      { vaults: [{ ...vault, queue: { ...vault.queue, cooldown: 2n ** 300n } }] },
      /cooldown is \d+.*Use at most 36500 d/,
    ],
    ["a negative cap", { ...bare, ...reserves({ supplyCap: -1n }) }, /supply cap is -1/],
    [
      "an e-mode over no reserve",
      {
        lending: [
          { ...market, eModes: [{ id: "x", ltv: 1n, lt: 1n, bonus: 10_000n, collateral: ["gold"], borrowable: [] }] },
        ],
      },
      /no reserve is named gold/,
    ],
    [
      "a position that would be liquidated at once",
      { lendingPositions: [lender, position({ borrowed: { weth: ether(1_017) } })] },
      /debt of \d+ is above its liquidation threshold of \d+/,
    ],
    [
      "a position that nobody could borrow",
      { lendingPositions: [lender, position({ borrowed: { weth: ether(1_000) } })] },
      /debt of \d+ is above its borrowing limit/,
    ],
    ["a debt that nobody supplies", { lendingPositions: [position({})] }, /960\d* of weth are borrowed and 0 supplied/],
    [
      "more than a supply cap of nothing lets in",
      { lending: [{ ...market, reserves: market.reserves.map((one) => ({ ...one, supplyCap: 0n })) }] },
      /are supplied, its supply cap is 0.*or write null for none/,
    ],
    [
      "more than a borrow cap lets out",
      { lending: [{ ...market, reserves: market.reserves.map((one) => ({ ...one, borrowCap: 7n })) }] },
      /of weth are borrowed, its borrow cap is 7/,
    ],
    ["a position in no market", { lendingPositions: [position({ market: "pool" })] }, /no pooled market is named pool/],
    [
      "a debt in what cannot be borrowed",
      { lendingPositions: [lender, position({ eMode: null, borrowed: { lrt: 1n } })] },
      /lrt cannot be borrowed there/,
    ],
    [
      "an isolated debt above its limit",
      {
        isolatedPositions: [
          {
            ...{ market: "iso", participant: "loopers", supplied: ether(99), collateral: WAD, borrowed: WAD },
            keep: false,
          },
        ],
      },
      /above its limit of 920200000000000000 weth/,
    ],
    ["an LLTV of all", { isolated: [{ ...isolated, lltv: WAD }] }, /LLTV is 100 %/],
    ["weights that are all zero", { vaults: [{ ...vault, operators: [{ operator: "ops-1", weight: 0n }] }] }, /all 0/],
    [
      "an unknown operator",
      { vaults: [{ ...vault, operators: [{ operator: "op-1", weight: 1n }] }] },
      /Did you mean ops-1/,
    ],
    [
      "a guard that is missing",
      { vaults: [{ ...vault, oracle: { ...vault.oracle, mode: "guarded" } }] },
      /guarded by nothing/,
    ],
    [
      "decimals out of range",
      {
        tokens: [
          { id: "weth", kind: "wrappedEther" },
          { id: "usdc", kind: "external", decimals: 19, worth: { in: "ether", value: 1n } },
        ],
      },
      /decimals is 19/,
    ],
    ["a dollar behind no fund", { funds: [], dollars: [dollar] }, /No fund is declared/],
    [
      "a dollar minted against one that comes after it",
      { dollars: [{ ...dollar, id: "first", settlement: dollar.id }, dollar] },
      /minted against rusd, which is not there yet/,
    ],
    ["a negative reserve", { dollars: [{ ...dollar, reserve: { ...dollar.reserve, cash: -1n } }] }, /cash is -1/],
    ["a fund that allows nobody known", { funds: [{ ...fund, allowed: ["lender"] }] }, /Did you mean lenders/],
    [
      "an MCR below 100 %",
      { cdps: [{ ...cdp, branches: cdp.branches.map((one) => ({ ...one, mcr: percent(90) })) }] },
      /MCR is 9/,
    ],
    ["a trove with too small a debt", { cdps: [{ ...cdp, minDebt: ether(3_000) }] }, /debt of 2000\d* is below/],
    ["a wallet with a token that is not there", { balances: { loopers: { wet: 1n } } }, /no token is named wet/],
    ["a negative balance", { balances: { loopers: { weth: -1n } } }, /amount of weth is -1/],
    [
      "a pool that nobody provides",
      {
        pools: [
          { id: "pool", kind: "constantProduct", tokens: ["lrt", "weth"], liquidity: [1n, 1n], provider: "ghost" },
        ],
      },
      /no participant is named ghost/,
    ],
  ];
  for (const [name, changes, words] of cases) {
    it(`refuses ${name}`, () => {
      expect(refusal(layer(changes))).to.match(words);
    });
  }
});

describe("assertDefiShocks", () => {
  const words = (shock: Shock): string => {
    try {
      assertDefiShocks([{ at: 1n, shock }], layer({}));
    } catch (error) {
      if (error instanceof WorldImpossibleError) return error.message;
      throw error;
    }
    return "";
  };
  const path = priceSteps([{ after: 0n, price: 1n }]);

  it("refuses what is not there, or cannot be befallen so, with the entry and the nearest names", () => {
    expect(words(pricePath({ feed: "ether", path }))).to.equal("");
    expect(words(pricePath({ feed: "ethr", path }))).to.match(/timeline\[0\] \(pricePath\).*Did you mean ether/);
    expect(words(pricePath({ feed: "lrt-usd", path }))).to.match(/feed lrt-usd is of kind exchangeRate/);
    expect(words(oracleFault({ feed: "ether", fault: { kind: "misSetCap", ratio: 1n, age: 0n } }))).to.match(
      /cappedRate/,
    );
    const trade = { by: "loopers", pool: "pool", sell: "lrt", amount: 1n } as const;
    expect(words(dump({ ...trade, buy: "weth" }))).to.equal("");
    expect(words(dump({ ...trade, buy: "usdc" }))).to.match(/no token of pool is named usdc/);
    expect(words(compromiseKey({ token: "lrt", to: "loopers", amount: 1n }))).to.equal("");
    expect(words(compromiseKey({ token: "usdc", to: "loopers", amount: 1n }))).to.match(
      /no vault or dollar is named usdc/,
    );
    expect(words(halt({ part: { kind: "reserve", market: "pooled", token: "gold" } }))).to.match(
      /no reserve of pooled/,
    );
  });
});
