import { expect } from "chai";

import slashToLender from "../../scenarios/slash-to-lender/scenario.ts";
import { type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { bytesTwice, quickRun } from "../helpers/quick-run.ts";

const valuesOf = ({ rows }: RunRecord, metric: string): readonly bigint[] =>
  rows.map(({ metrics }) => BigInt(metrics[metric] ?? 0));
const last = (record: RunRecord, metric: string): bigint => valuesOf(record, metric).at(-1) ?? -1n;
const first = (record: RunRecord, metric: string): bigint => valuesOf(record, metric)[0] ?? -1n;
const done = ({ actions }: RunRecord, type: string) =>
  actions.filter((action) => action.type === type && action.outcome.status === "ok");

const WAD = 10n ** 18n;
const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);
const apart = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
/** What a party gained by a channel, of a counterparty. */
const toldBy = ({ defi }: RunRecord, party: string, by: { channel: string; with: string }): bigint => {
  const lines = defi?.parties.find((one) => one.party === party)?.lines ?? [];
  const of = lines.filter((line) => line.channel === by.channel && line.with === by.with);
  return sumOf(of.map(({ amount }) => BigInt(amount)));
};
/** Highest deficit that was booked. */
const booked = (record: RunRecord): bigint => valuesOf(record, "deficit").reduce((a, b) => (a > b ? a : b), 0n);

describe("slash-to-lender", () => {
  const records = new Map<string, RunRecord>();
  const of = (name: string): RunRecord => {
    const record = records.get(name);
    if (record === undefined) throw new RangeError(`${name} was not run`);
    return record;
  };

  before(async () => {
    for (const variant of [undefined, ...Object.keys(slashToLender.variants ?? {})]) {
      const { record } = await quickRun(slashToLender, variant === undefined ? {} : { variant });
      records.set(variant ?? "base", record);
    }
  });

  it("says what it means on every page", () => {
    expectPlainPages([...records.values()]);
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

  it("lets informed holders sell to the pool at the stale rate: its providers pay, to the last of it", () => {
    const record = of("base");
    const sales = done(record, "swap").filter(({ agent }) => agent.startsWith("informed"));
    expect(sales).to.have.length(5);
    expect(done(record, "liquidate")[0]?.step ?? 0).to.be.greaterThan(sales.at(-1)?.step ?? Number.NaN);
    const gained = sumOf(sales.map(({ agent }) => toldBy(record, agent, { channel: "trading", with: "pool" })));
    expect(gained > 100n * WAD).to.equal(true);
    // Stayers paid for the buffer's exits between two sales, so the worth that sales are measured by moved a little.
    expect(apart(gained, last(record, "paidByPool")) * 200n < gained).to.equal(true);
    const provider = record.defi?.parties.find(({ party }) => party === "maker")?.lines ?? [];
    const paid = provider.filter((line) => line.channel === "trading" && line.with.startsWith("informed"));
    expect(sumOf(paid.map(({ amount }) => BigInt(amount)))).to.equal(-gained);
  });

  it("pays who leaves at once at the stale rate out of the buffer, until it is empty: those who stay pay for it", () => {
    const record = of("base");
    const exits = done(record, "vaultInstantExit");
    expect(exits.map(({ agent }) => agent)).to.deep.equal(["insiders-2", "insiders-3", "insiders-1"]);
    const refused = record.actions.filter(({ type, outcome }) => {
      return type === "vaultInstantExit" && "error" in outcome && outcome.error === "RestakingVaultBufferExceeded";
    });
    expect(refused.map(({ agent }) => agent)).to.deep.equal(["insiders-4"]);
    // Too late for the buffer, it waits in the queue and is paid what is left, like those who knew nothing.
    expect(done(record, "vaultClaim").map(({ agent }) => agent)).to.include("insiders-4");
    let left = 0n;
    for (const { agent, args } of exits) {
      const gained = toldBy(record, agent, { channel: "redemption", with: "lrt" });
      const stale = (BigInt(args["shares"] as string) * (first(record, "nav") * 15n)) / (100n * WAD);
      expect(gained > (stale * 9n) / 10n && gained < stale, agent).to.equal(true);
      const others = (record.defi?.parties ?? []).flatMap(({ lines }) => lines.filter((line) => line.with === agent));
      const paid = sumOf(others.filter(({ channel }) => channel === "redemption").map(({ amount }) => BigInt(amount)));
      // Those who stay pay the fee too.
      expect(-paid >= gained && -paid < (gained * 11n) / 10n, `${paid} of ${gained}`).to.equal(true);
      left += gained + paid;
    }
    // It goes to the protocol's own wallet, whose liquid staking tokens are no party's.
    const { first: before = "0", last: after = "0" } = record.defi?.total ?? {};
    expect(apart(left, BigInt(after) - BigInt(before)) < 1_000n, left.toString()).to.equal(true);
    expect(last(record, "staleExits")).to.equal(last(record, "paidByPool") + last(record, "paidByStayers"));
  });

  it("pays everybody out of the queue in time, at what is left", () => {
    const record = of("base");
    const requests = done(record, "vaultRequest");
    expect(requests.filter(({ agent }) => agent.startsWith("crowd"))).to.have.length(8);
    expect(done(record, "vaultClaim")).to.have.length(requests.length);
    expect(last(record, "queue")).to.equal(0n);
    const worth = 480n * last(record, "nav");
    expect(apart(last(record, "crowd"), worth) < WAD / 1_000n).to.equal(true);
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
    // Insurers lose their stake once, though they bear the deficit before they pay for it.
    const paid = (record.defi?.waterfall ?? []).filter(({ population }) => population === "insurers");
    expect(apart(sumOf(paid.map(({ amount }) => BigInt(amount))), 40n * WAD) < WAD / 100n).to.equal(true);
    const untold = parties.flatMap(({ lines }) => lines.filter(({ channel }) => channel === "revaluation"));
    expect(sumOf(untold.map(({ amount }) => apart(BigInt(amount), 0n))) < 10n ** 9n).to.equal(true);
  });

  it("pays more where the queue pays the quote (28), and at par who comes first (31): those who stay pay", () => {
    const paid = (name: string): bigint => last(of(name), "paidByStayers");
    for (const name of ["cached-quote", "first-come"]) expect(paid(name) > paid("base"), name).to.equal(true);
    // At par, who comes last finds the vault's money gone.
    const served = (name: string): number => done(of(name), "vaultClaim").length;
    expect(served("first-come")).to.be.lessThan(served("base"));
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

  it("shuts the vault behind a guard that holds (29) until the true rate is acknowledged, and nobody leaves meanwhile", () => {
    const { rows, actions } = of("guard-hold");
    const acknowledged = done(of("guard-hold"), "vaultAcknowledge")[0]?.step ?? -1;
    const push = actions.findLast(({ type, step }) => type === "vaultPushRate" && step < acknowledged)?.step ?? -1;
    expect(acknowledged - push).to.equal(3);
    expect(rows[push]?.metrics["reported"]).to.equal(rows[0]?.metrics["reported"]);
    const exits = ["vaultRequest", "vaultInstantExit"].flatMap((way) => done(of("guard-hold"), way));
    expect(exits.filter(({ step }) => step > push && step < acknowledged)).to.deep.equal([]);
    expect(rows[acknowledged]?.metrics["reported"]).to.equal(rows[acknowledged]?.metrics["nav"]);
    expect(done(of("guard-hold"), "liquidate")[0]?.step ?? -1).to.be.greaterThan(acknowledged);
  });

  it("leaves nobody a stale rate where it is live (30), and freezes where it is stale (33)", () => {
    expect(valuesOf(of("instant-rate"), "reported")).to.deep.equal(valuesOf(of("instant-rate"), "nav"));
    expect(last(of("instant-rate"), "paidByStayers")).to.equal(0n);
    // The pool holds fewer tokens' worth than ether for a moment: its providers lose a little to who comes first.
    expect(last(of("instant-rate"), "paidByPool") * 100n < last(of("base"), "paidByPool")).to.equal(true);
    for (const people of ["informed", "insiders"]) {
      expect(last(of("instant-rate"), people) < last(of("base"), people), people).to.equal(true);
    }
    expect(done(of("stale-feed"), "liquidate")).to.deep.equal([]);
    for (const way of ["vaultRequest", "vaultInstantExit"]) expect(done(of("stale-feed"), way)).to.deep.equal([]);
  });

  it("reaches holders through the liquid staking token too (32)", () => {
    expect(last(of("lst-slash"), "nav") < first(of("lst-slash"), "nav")).to.equal(true);
  });

  it("liquidates by the market's price while the rate is still stale, and leaves lenders less bad debt (34)", () => {
    const begun = (name: string): number => done(of(name), "liquidate")[0]?.step ?? Number.POSITIVE_INFINITY;
    expect(begun("market-oracle")).to.be.lessThan(begun("base"));
    const { rows } = of("market-oracle");
    const at = rows.find(({ step }) => step === begun("market-oracle"))?.metrics ?? {};
    expect(at["reported"]).to.equal(rows[0]?.metrics["reported"]);
    const lost = (name: string): bigint => booked(of(name));
    expect(lost("market-oracle") > 0n && lost("market-oracle") < lost("base")).to.equal(true);
  });

  it("counts a slash that falls among liquidations before anybody is told of it (35)", () => {
    const { rows, actions } = of("slash-again");
    const valueAt = (step: number, metric: string): bigint => BigInt(rows[step]?.metrics[metric] ?? 0);
    const [, at = -1] = rows.flatMap(({ step }) =>
      valueAt(step, "slashed") > valueAt(step - 1, "slashed") ? [step] : [],
    );
    const calls = actions.filter(({ type, outcome }) => type === "liquidate" && outcome.status === "ok");
    const steps = calls.map(({ step }) => step);
    expect(steps.some((step) => step < at) && steps.some((step) => step > at)).to.equal(true);
    // The rate says what it said; what stands behind a share, and what borrowers will not pay, is counted at once.
    expect(valueAt(at, "reported")).to.equal(valueAt(at - 1, "reported"));
    expect(valueAt(at, "nav") * 100n < valueAt(at - 1, "nav") * 90n).to.equal(true);
    expect(valueAt(at, "badDebt") > valueAt(at, "deficit")).to.equal(true);
    // Accounts that look healthy by the stale rate are left alone until it is told.
    const told = rows.find(({ step }) => step > at && valueAt(step, "reported") < valueAt(at, "reported"))?.step ?? -1;
    expect(told - at).to.be.greaterThan(5);
    expect(steps.filter((step) => step > at + 2 && step < told)).to.deep.equal([]);
    expect(steps.some((step) => step >= told)).to.equal(true);
  });

  it("multiplies the loss where a second vault restakes the token (35), and owes all of it while no rate tells", () => {
    const record = of("recursive");
    const valueAt = (step: number, metric: string): bigint => BigInt(record.rows[step]?.metrics[metric] ?? 0);
    const at = record.rows.find(({ step }) => valueAt(step, "slashed") > 0n)?.step ?? -1;
    // 30 % of half of what is staked: 96 % of the first vault's assets, all of the second's.
    const [once, twice] = [(first(record, "nav") * 856n) / 1_000n, (first(record, "upperNav") * 7_276n) / 10_000n];
    expect(apart(valueAt(at, "nav"), once) <= 2n, `${valueAt(at, "nav")}`).to.equal(true);
    expect(apart(valueAt(at, "upperNav"), twice) <= 4n, `${valueAt(at, "upperNav")}`).to.equal(true);
    for (const metric of ["reported", "upperReported"])
      expect(valueAt(at, metric), metric).to.equal(valueAt(0, metric));
    // What neither rate tells is owed: lenders' claims are counted short at once, long before a market recognises it.
    expect(valueAt(at, "badDebt") > booked(of("base")) / 2n && valueAt(at, "deficit") === 0n).to.equal(true);
    const told =
      record.rows.find(({ step }) => valueAt(step, "upperReported") < valueAt(0, "upperReported"))?.step ?? -1;
    expect(told - at).to.equal(11);
    expect([valueAt(told, "reported"), valueAt(told, "upperReported")]).to.deep.equal([
      valueAt(told, "nav"),
      valueAt(told, "upperNav"),
    ]);
  });

  it("takes from equal holders 14.4 % of what is restaked once and 27.24 % of what is restaked twice (35)", () => {
    const record = of("recursive");
    const lost = (who: string): bigint => toldBy(record, who, { channel: "slash", with: "oracle#1" });
    for (const member of [1, 2]) {
      expect(apart(-lost(`once-${member}`), (84n * WAD * 144n) / 1_000n) < 1_000n).to.equal(true);
      expect(apart(-lost(`twice-${member}`), (84n * WAD * 2_724n) / 10_000n) < 1_000n).to.equal(true);
    }
    expect(first(record, "once")).to.equal(first(record, "twice"));
  });

  it("leaves borrowers against the token alone, and lenders with the debt of equal borrowers against it restaked (35)", () => {
    const record = of("recursive");
    const liquidations = record.defi?.liquidations ?? [];
    const against = (who: string) => liquidations.filter(({ borrower }) => borrower.startsWith(who));
    expect(apart(first(record, "onceLoopers"), first(record, "twiceLoopers")) < 10n).to.equal(true);
    expect(against("onceLoopers")).to.deep.equal([]);
    expect(last(record, "onceLoopers") > first(record, "onceLoopers") / 3n).to.equal(true);
    expect(against("twiceLoopers").map(({ result }) => result)).to.deep.equal(["done", "done"]);
    expect(against("twiceLoopers").every(({ badDebt }) => BigInt(badDebt) > WAD)).to.equal(true);
    expect(last(record, "twiceLoopers")).to.equal(0n);
    for (const { party, first: before, last: after, lines } of record.defi?.parties ?? []) {
      expect(sumOf(lines.map(({ amount }) => BigInt(amount))), party).to.equal(BigInt(after) - BigInt(before));
    }
  });

  it("writes the same bytes again for two vaults upon each other, with either seed (35)", async () => {
    await expectGolden("slash-to-lender-recursive", of("recursive"));
    for (const seed of [4, 9]) {
      const [once, again] = await bytesTwice(slashToLender, { variant: "recursive", seed, steps: 30 });
      expect(again).to.equal(once);
    }
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("slash-to-lender", of("base"));
    const [once, again] = await bytesTwice(slashToLender, { seed: 4, steps: 30 });
    expect(again).to.equal(once);
  });
});
