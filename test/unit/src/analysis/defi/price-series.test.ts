import { expect } from "chai";

import { tokenPrices } from "../../../../../src/analysis/defi/price-series.ts";
import { NO_DEFI, type DefiSpec, type DefiView } from "../../../../../src/model/defi/defi.ts";
import type { WorldSpec } from "../../../../../src/model/world-spec.ts";
import { paperDefi, paperDefiSpec } from "../../../../helpers/defi-paper.ts";

const WAD = 10n ** 18n;
const cents = (price: bigint): bigint => (price * WAD) / 100n;
const ETHER_PRICE = 2_000n * 10n ** 8n;
const inEther = (dollars: bigint): bigint => dollars / 2_000n;

/** A dollar that an issuer of this world makes: its id, and what a pool says of it. */
const issued = (id: string) => ({ ...(paperDefiSpec().defi?.dollars[0] ?? {}), id }) as DefiSpec["dollars"][number];
const outside = (id: string): DefiSpec["tokens"][number] => ({
  id,
  kind: "external",
  decimals: 6,
  worth: { in: "dollars", value: WAD },
});

/** A pool of these coins, and a feed of a pair on it. */
function world(pool: { tokens: readonly string[]; spot: readonly bigint[] }, feeds: DefiSpec["feeds"] = []) {
  const paper = paperDefiSpec();
  const [kind] = paper.defi?.pools ?? [];
  const spec = {
    ...paper,
    defi: {
      ...paper.defi,
      tokens: [outside("usdt"), outside("usd")],
      vaults: [],
      cdps: [],
      feeds,
      dollars: [issued("dai"), issued("usdc")],
      pools: [{ ...kind, id: "pool", tokens: pool.tokens }],
    },
  } as WorldSpec;
  const [state] = Object.values(paperDefi().defi.pools);
  const worth = { usdt: WAD, usd: WAD, dai: cents(92n), usdc: cents(92n) };
  const view = {
    ...NO_DEFI,
    etherPrice: ETHER_PRICE,
    tokens: Object.fromEntries(
      Object.entries(worth).map(([id, value]) => [id, { decimals: 6, supply: WAD, worth: inEther(value) }]),
    ),
    pools: { pool: { ...state, tokens: pool.tokens, spot: pool.spot, average: pool.spot } },
  } as DefiView;
  return { spec, view };
}

function told({ spec, view }: ReturnType<typeof world>, token: string): ReadonlyMap<string, bigint> {
  return new Map(tokenPrices(spec, view, token).map(({ id, value }) => [id, value]));
}

describe("tokenPrices", () => {
  // The pool asks 1.15 of either impaired dollar for a usdt.
  const three = { tokens: ["dai", "usdc", "usdt"], spot: [WAD, WAD, (WAD * 115n) / 100n] };

  it("tells a dollar's price by the coin that is no claim itself, not by one that fell too", () => {
    const usdc = told(world(three), "usdc");
    const price = (WAD * WAD) / (three.spot[2] ?? 1n);
    expect(usdc.get("price/usdc/market/pool")).to.be.within(price - 10_000n, price);
    expect(usdc.get("discount/usdc/pool")).to.be.within(
      WAD - (price * 100n) / 92n - 10_000n,
      WAD - (price * 100n) / 92n + 10_000n,
    );
    expect(told(world(three), "dai").get("price/dai/market/pool")).to.be.within(price - 10_000n, price);
  });

  it("tells no price and no discount of that coin by claims whose worth is in doubt", () => {
    const ids = [...told(world(three), "usdt").keys()];
    expect(ids).to.deep.equal(["price/usdt/nav"]);
  });

  it("prefers the coin that a feed of the pair names, where several are no claims", () => {
    const four = { tokens: ["dai", "usdc", "usdt", "usd"], spot: [WAD, WAD, 2n * WAD, 4n * WAD] };
    const feed = {
      id: "spot",
      kind: "market",
      pool: "pool",
      token: "usdc",
      against: "usd",
      window: 0n,
      base: null,
    } as const;
    expect(told(world(four), "usdc").get("price/usdc/market/pool")).to.equal(WAD / 2n);
    expect(told(world(four, [feed]), "usdc").get("price/usdc/market/pool")).to.equal(WAD / 4n);
    expect(told(world(four), "usdt").get("price/usdt/market/pool")).to.equal(WAD / 2n);
  });

  it("tells a claim by another claim where the pool has nothing else", () => {
    const two = { tokens: ["dai", "usdc"], spot: [WAD, WAD] };
    expect(told(world(two), "usdc").get("price/usdc/market/pool")).to.equal(cents(92n));
    expect(told(world(two), "usdc").get("discount/usdc/pool")).to.equal(0n);
  });
});
