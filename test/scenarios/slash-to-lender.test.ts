import { expect } from "chai";

import slashToLender from "../../scenarios/slash-to-lender/scenario.ts";
import { run, toCanonicalJson, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";

const valuesOf = ({ rows }: RunRecord, metric: string): readonly bigint[] =>
  rows.map(({ metrics }) => BigInt(metrics[metric] ?? 0));
const last = (record: RunRecord, metric: string): bigint => valuesOf(record, metric).at(-1) ?? -1n;
const first = (record: RunRecord, metric: string): bigint => valuesOf(record, metric)[0] ?? -1n;
const done = ({ actions }: RunRecord, type: string) =>
  actions.filter((action) => action.type === type && action.outcome.status === "ok");

describe("slash-to-lender", () => {
  const records = new Map<string, RunRecord>();
  const of = (name: string): RunRecord => {
    const record = records.get(name);
    if (record === undefined) throw new RangeError(`${name} was not run`);
    return record;
  };

  before(async () => {
    for (const variant of [undefined, ...Object.keys(slashToLender.variants ?? {})]) {
      const { record } = await run(slashToLender, variant === undefined ? {} : { variant });
      records.set(variant ?? "base", record);
    }
  });

  it("keeps every law and meets its expectations in each twin", () => {
    for (const [name, { invariants, passed }] of records) {
      expect(
        invariants.filter(({ broken }) => broken !== null),
        name,
      ).to.deep.equal([]);
      expect(passed, name).to.equal(true);
    }
  });

  it("tells the loss up to a day late, and names the vault's stake as its bearer", () => {
    const record = of("base");
    const [told, behind] = [first(record, "reported"), first(record, "nav")];
    const stale = record.rows.filter(({ metrics }) => {
      return BigInt(metrics["reported"] ?? 0) === told && BigInt(metrics["nav"] ?? 0) < (behind * 9n) / 10n;
    });
    expect(stale.length).to.be.within(9, 12);
    const bearers = record.slashes[0]?.bearers.map(({ holder }) => holder);
    expect(bearers).to.include.members(["operators-1", "lrt@operators-1"]);
  });

  it("lets informed holders sell at the stale rate; the pool's provider pays for it", () => {
    const record = of("base");
    const sales = done(record, "swap").filter(({ agent }) => agent.startsWith("informed"));
    const sold = sales.reduce((sum, { args }) => sum + BigInt(args["amount"] as string), 0n);
    expect(sold > 0n).to.equal(true);
    const [step = -1] = sales.map((sale) => sale.step);
    const change = (metric: string): bigint => {
      const [before = 0n, after = 0n] = valuesOf(record, metric).slice(step - 1, step + 1);
      return after - before;
    };
    const [told, behind] = ["reported", "nav"].map((metric) => valuesOf(record, metric)[step] ?? 0n);
    // Exits times the stale gap, less the pool's fee and what the sale itself moved the price by.
    const transferred = (sold * ((told ?? 0n) - (behind ?? 0n))) / 10n ** 18n;
    for (const value of [change("informed"), -change("maker")]) {
      expect(value <= transferred && value * 100n > transferred * 98n, `${value} of ${transferred}`).to.equal(true);
    }
    expect(last(of("instant-rate"), "informed") < last(record, "informed")).to.equal(true);
    expect(done(of("instant-rate"), "swap").filter(({ agent }) => agent.startsWith("informed"))).to.deep.equal([]);
  });

  it("carries the loss from borrowers to liquidators' market, lenders, insurance and treasury, every wei of it told", () => {
    const record = of("base");
    expect(done(record, "liquidate").length).to.be.greaterThan(5);
    expect(last(record, "loopers") < first(record, "loopers") / 4n).to.equal(true);
    // A stake that is slashed whole keeps a million units.
    expect(last(record, "insurers") < 2_000_000n).to.equal(true);
    expect(done(record, "coverDeficit")).to.have.length(1);
    expect(done(record, "donateToDeficit")).to.have.length(1);
    expect(first(record, "treasury") - last(record, "treasury") >= 39n * 10n ** 18n).to.equal(true);
    // Per party, what the channels tell adds up to the change of what it has; over all parties, to that of the assets.
    const { parties = [], total } = record.defi ?? {};
    expect(parties.length).to.be.greaterThan(20);
    for (const { party, first: before, last: after, lines } of parties) {
      const told = lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
      expect(told, party).to.equal(BigInt(after) - BigInt(before));
    }
    expect(total).not.to.equal(undefined);
  });

  it("pays too much to those who leave early where the queue pays the quote (28), and at par who comes first (31)", () => {
    expect(last(of("base"), "staleExits")).to.equal(0n);
    for (const name of ["cached-quote", "first-come"]) expect(last(of(name), "staleExits") > 0n, name).to.equal(true);
  });

  it("hides the loss behind a guard: refused (29) it never reaches the market, clamped it arrives in steps", () => {
    expect(
      of("guard-reject").actions.some(({ outcome }) => "error" in outcome && outcome.error === "NavOracleDropExceeded"),
    ).to.equal(true);
    expect(last(of("guard-reject"), "reported")).to.equal(first(of("guard-reject"), "reported"));
    expect(last(of("guard-reject"), "deficit")).to.equal(0n);
    expect(last(of("guard-reject"), "badDebt") > 0n).to.equal(true);
    expect(new Set(valuesOf(of("guard-clamp"), "reported")).size).to.be.greaterThan(3);
  });

  it("leaves nobody a stale rate where it is live (30), and freezes where it is stale (33)", () => {
    expect(valuesOf(of("instant-rate"), "reported")).to.deep.equal(valuesOf(of("instant-rate"), "nav"));
    expect(done(of("stale-feed"), "liquidate")).to.deep.equal([]);
    expect(done(of("stale-feed"), "vaultRequest")).to.deep.equal([]);
  });

  it("reaches holders through the liquid staking token too (32), and borrowers sooner by the market's price (34)", () => {
    expect(last(of("lst-slash"), "nav") < first(of("lst-slash"), "nav")).to.equal(true);
    const begun = (name: string): number => done(of(name), "liquidate")[0]?.step ?? Number.POSITIVE_INFINITY;
    expect(begun("market-oracle")).to.be.at.most(begun("base"));
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("slash-to-lender", of("base"));
    const again = async (seed: number) => toCanonicalJson((await run(slashToLender, { seed, steps: 30 })).record);
    expect(await again(4)).to.equal(await again(4));
  });
});
