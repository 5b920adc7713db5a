import { expect } from "chai";

import operatorFault from "../../scenarios/operator-fault/scenario.ts";
import { days, hours, run, seconds, toCanonicalJson, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { quickRun } from "../helpers/quick-run.ts";

const FIRST_EXIT = days(5) + hours(6);
const LAST_SLASHABLE = FIRST_EXIT + days(14);
const SLASHING = ["availability", "bridge"];

const sum = (values: readonly string[]): bigint => values.reduce((total, value) => total + BigInt(value), 0n);

/** The one value of `items`, which must be exactly one. */
function only<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined || items.length !== 1) throw new RangeError(`expected one item, got ${items.length}`);
  return first;
}

/** Requires `part` to be `percent` of `whole`, to a thousandth of the whole. */
function expectPart(part: bigint, { percent, whole }: { percent: bigint; whole: bigint }): void {
  const off = part * 100n - whole * percent;
  expect((off < 0n ? -off : off) * 10n < whole, `${part} of ${whole}`).to.equal(true);
}

describe("operator-fault", () => {
  let record: RunRecord;
  const exitOf = (holder: string) => only(record.exits.filter((exit) => exit.holder === holder));

  before(async () => {
    ({ record } = await quickRun(operatorFault));
  });

  it("says what it means on every page", () => {
    expectPlainPages([record]);
  });

  it("keeps every invariant and meets every expectation", () => {
    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(record.invariants.every(({ checks }) => checks > 0)).to.equal(true);
    expect(record.expectations.filter(({ passed }) => !passed)).to.deep.equal([]);
    expect(record.passed).to.equal(true);
  });

  it("begins with the published shape: 4.5 M ETH, 29 sets, seven operators 75 %, ten entities 80 %", () => {
    const whole = BigInt(record.rows[0]?.restaked ?? 0);
    const capitalOf = (chosen: typeof record.participants): bigint => sum(chosen.map(({ capital }) => capital));
    const { participants } = record;
    expect(record.operatorSets).to.have.length(29);
    expectPart(whole, { percent: 100n, whole: 4_500_000n * 10n ** 18n });
    const ofSeven = participants.filter(({ id, operator }) => (operator ?? id).startsWith("majors-"));
    expectPart(capitalOf(ofSeven), { percent: 75n, whole });
    // 99 % of 80 %: one hundredth of everything is the operators' own.
    const entities = participants.filter(({ population }) => population.startsWith("lrt"));
    expectPart((capitalOf(entities) * 100n) / 99n, { percent: 80n, whole });
  });

  it("slashes once in the last slashable block and once in the next", () => {
    expect(record.slashes.map(({ id, time }) => [id, BigInt(time)])).to.deep.equal([
      ["availability#1", LAST_SLASHABLE],
      ["bridge#1", LAST_SLASHABLE + seconds(12)],
    ]);
  });

  it("hits the first withdrawal with the slash of the last block, and not with that of the next", () => {
    const exit = exitOf("lrtA-1");
    expect(BigInt(exit.queuedAt)).to.equal(FIRST_EXIT);
    expect(BigInt(exit.slashableUntil)).to.equal(LAST_SLASHABLE);
    expect(exit.hitBy).to.deep.equal(["availability#1"]);
    expect(exit.escaped.map(({ slash }) => slash)).to.deep.equal(["bridge#1"]);
    expect(BigInt(exit.lost) > 0n).to.equal(true);
  });

  it("lets those who left before the alarm escape both, and hits those who left after it with both", () => {
    for (const early of ["lrtD-1", "lrtE-1"]) {
      expect(exitOf(early).hitBy, early).to.deep.equal([]);
      expect(exitOf(early).escaped, early).to.have.length(2);
      expect(exitOf(early).lost, early).to.equal("0");
    }
    expect(exitOf("lrtC-1").hitBy).to.deep.equal(["availability#1", "bridge#1"]);
  });

  it("attributes every share and every wei of a slash to somebody, and to a destination", () => {
    for (const slash of record.slashes) {
      expect(sum(slash.bearers.map(({ shares }) => shares)), slash.id).to.equal(BigInt(slash.shares.total));
      expect(sum(slash.bearers.map(({ value }) => value)), slash.id).to.equal(BigInt(slash.value));
      const { burned, redistributed, escrow } = slash.destination;
      expect(sum([burned, redistributed, escrow]), slash.id).to.equal(BigInt(slash.shares.total));
    }
  });

  it("burns what availability took and pays out what bridge took, once the escrow opens", () => {
    const [availability, bridge] = record.slashes;
    expect(availability?.destination.burned).to.equal(availability?.shares.total);
    expect(bridge?.destination.redistributed).to.equal(bridge?.shares.total);
    expect(bridge?.destination.recipient).to.equal("victims");
  });

  it("forgives one fault by a veto in time and refuses a veto that comes one block late", () => {
    expect(only(record.cases.filter(({ set }) => set === "oracle")).result).to.equal("vetoed");
    expect(only(record.cases.filter(({ set }) => set === "bridge")).result).to.equal("slashed");
    const vetoes = record.actions.filter(({ type }) => type === "vetoCase");
    expect(vetoes.map(({ outcome }) => outcome.status)).to.deep.equal(["ok", "reverted"]);
  });

  it("takes stake from no set but the two that slashed, beyond what leaves by itself", () => {
    const before = record.rows.find(({ time }) => BigInt(time) === LAST_SLASHABLE - hours(6));
    const after = record.rows.find(({ time }) => BigInt(time) === LAST_SLASHABLE + seconds(12));
    const rest = (set: string): number => Number(after?.security[set] ?? 0) / Number(before?.security[set] ?? 1);
    for (const { id } of record.operatorSets) {
      if (SLASHING.includes(id)) expect(rest(id), id).to.be.lessThan(0.99);
      else expect(rest(id), id).to.be.greaterThan(0.999_999);
    }
  });

  it("matches its golden metrics", async () => {
    await expectGolden("operator-fault", record);
  });

  it("gives the same bytes for the same seed, and other draws for another", async () => {
    const options = { seed: 7, steps: 16 };
    const once = await quickRun(operatorFault, options);
    const again = await run(operatorFault, options);
    const other = await quickRun(operatorFault, { ...options, seed: 8 });
    expect(toCanonicalJson(again.record)).to.equal(toCanonicalJson(once.record));
    expect(other.record.exits).to.not.deep.equal(once.record.exits);
    expect(other.record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
  });
});
