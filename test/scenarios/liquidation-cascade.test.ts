import { readFile } from "node:fs/promises";

import { expect } from "chai";

import cascade from "../../scenarios/liquidation-cascade/scenario.ts";
import { toCanonicalJson, type RunRecord, type RunResult } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

interface Published {
  readonly id: string;
  readonly expected: {
    readonly finalPrice: string;
    readonly deficit: string;
    readonly finalBalances: readonly string[];
    readonly positions: readonly (readonly [string, string])[];
    readonly log: readonly (readonly string[])[];
  };
}

const file = new URL("../conformance/vectors/defi.json", import.meta.url);
const { vectors } = JSON.parse(await readFile(file, "utf8")) as { readonly vectors: readonly Published[] };

const last = ({ rows }: RunRecord, metric: string): bigint => BigInt(rows.at(-1)?.metrics[metric] ?? "-1");
const peak = ({ rows }: RunRecord, metric: string): bigint =>
  rows.reduce((most, { metrics }) => (BigInt(metrics[metric] ?? 0) > most ? BigInt(metrics[metric] ?? 0) : most), 0n);
const liquidations = ({ actions }: RunRecord, status: "ok" | "reverted") =>
  actions.filter(({ type, outcome }) => type === "liquidate" && outcome.status === status);

/** What a position holds and owes at the end. */
function positions({ view }: RunResult): readonly (readonly [string, string])[] {
  return ["loopers-1", "loopers-2", "loopers-3"].map((id) => {
    const account = view.defi.lending["core"]?.accounts[id];
    return [String(account?.supplied["lrt"] ?? 0n), String(account?.borrowed["weth"] ?? 0n)] as const;
  });
}

describe("liquidation-cascade, the published set", () => {
  for (const [number, id] of [
    [1, "CASC-01"],
    [3, "CASC-03"],
    [4, "CASC-04"],
  ] as const) {
    it(`comes out as ${id} to the wei`, async () => {
      const vector = vectors.find((one) => one.id === id);
      if (vector === undefined) throw new RangeError(`${id} is missing`);
      const { expected } = vector;
      const result = await quickRun(cascade, { variant: `published-${number}`, steps: 8 });
      const { defi } = result.view;

      expect(defi.pools["pool"]?.balances.map(String)).to.deep.equal(expected.finalBalances);
      expect(String(defi.lending["core"]?.reserves["weth"]?.deficit)).to.equal(expected.deficit);
      expect(String(defi.lending["core"]?.reserves["lrt"]?.price)).to.equal(expected.finalPrice);
      expect(positions(result)).to.deep.equal(expected.positions);
      const steps = expected.log.filter(([kind]) => kind !== "unprofitable");
      expect(liquidations(result.record, "ok")).to.have.length(steps.length);
      if (id === "CASC-01") {
        const refused = liquidations(result.record, "reverted");
        expect(refused.length).to.be.greaterThan(0);
        expect(new Set(refused.map(({ outcome }) => "error" in outcome && outcome.error))).to.deep.equal(
          new Set(["FlashLiquidatorUnprofitable"]),
        );
      }
    });
  }
});

describe("liquidation-cascade and its twins", () => {
  const records = new Map<string, RunRecord>();
  const of = (name: string): RunRecord => {
    const record = records.get(name);
    if (record === undefined) throw new RangeError(`${name} was not run`);
    return record;
  };

  before(async () => {
    for (const variant of [undefined, "exchange-rate", "bonus-5", "forced", "twap-2h"]) {
      const { record } = await quickRun(cascade, { steps: 40, ...(variant === undefined ? {} : { variant }) });
      records.set(variant ?? "base", record);
    }
  });

  it("says what it means on every page", () => {
    expectPlainPages([...records.values()]);
  });

  it("keeps every law in each", () => {
    for (const [name, { invariants, passed }] of records) {
      expect(
        invariants.filter(({ broken }) => broken !== null),
        name,
      ).to.deep.equal([]);
      expect(passed, name).to.equal(true);
    }
  });

  it("stalls where a bonus of 1 % does not pay for the slippage, and the refusals are on record", () => {
    expect(liquidations(of("base"), "reverted").length).to.be.greaterThan(10);
    expect(last(of("base"), "belowOne") > 0n).to.equal(true);
  });

  it("never starts where collateral counts at its exchange rate, whatever the market pays", () => {
    const record = of("exchange-rate");
    expect(liquidations(record, "ok")).to.deep.equal([]);
    expect(peak(record, "belowOne")).to.equal(0n);
    expect(last(record, "discount")).to.equal(last(of("twap-2h"), "discount"));
  });

  it("never starts where the oracle averages over two hours", () => {
    expect(liquidations(of("twap-2h"), "ok")).to.deep.equal([]);
  });

  it("moves the market further down the more a liquidator earns, and ends it where all must act", () => {
    const price = (name: string): bigint => last(of(name), "market");
    expect(price("exchange-rate") > price("base")).to.equal(true);
    expect(price("base") > price("bonus-5")).to.equal(true);
    expect(price("bonus-5") > price("forced")).to.equal(true);
    expect(last(of("forced"), "deficit") > 0n).to.equal(true);
    expect(last(of("exchange-rate"), "badDebt")).to.equal(0n);
  });

  it("leaves what stands behind the token untouched in each", () => {
    for (const record of records.values()) expect(last(record, "nav")).to.equal(1_070_000_000_000_000_000n);
  });

  it("matches its golden metrics", async () => {
    await expectGolden("liquidation-cascade", of("base"));
  });

  it("writes the same bytes again, and others with another seed", async () => {
    const [once, again] = await bytesTwice(cascade, { steps: 12, seed: 7 });
    expect(again).to.equal(once);
    const { record: other } = await quickRun(cascade, { steps: 12, seed: 8 });
    expect(toCanonicalJson(other)).not.to.equal(once);
  });
});
