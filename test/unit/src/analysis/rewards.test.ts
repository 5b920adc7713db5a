import { expect } from "chai";
import fc from "fast-check";

import type { StakeSnapshot } from "../../../../src/analysis/rewards-stake.ts";
import {
  accruedBy,
  cumulativeEarnings,
  distributeRewards,
  EMPTY_REWARDS,
  type RewardsLedger,
  type RewardsPayment,
} from "../../../../src/analysis/rewards.ts";

const payment = (changes: Partial<RewardsPayment> = {}): RewardsPayment => ({
  id: 0,
  payer: "oracle-avs",
  set: "oracle",
  token: "rwd",
  amount: 1_000n,
  from: 0n,
  until: 100n,
  ...changes,
});

const solo = (at: bigint, stakers: Readonly<Record<string, bigint>>, splitBips = 1_000): StakeSnapshot => {
  const weights = Object.entries(stakers).map(([staker, weight]) => ({ staker, weight }));
  const weight = weights.reduce((sum, entry) => sum + entry.weight, 0n);
  return { at, sets: { oracle: [{ operator: "op", splitBips, weight, stakers: weights }] } };
};

const amountsOf = (ledger: RewardsLedger) =>
  Object.fromEntries(cumulativeEarnings(ledger).map(({ earner, amount }) => [earner, amount]));

const carriedIn = (ledger: RewardsLedger) => ledger.carried.reduce((sum, { amount }) => sum + amount, 0n);

const earnedIn = (ledger: RewardsLedger) => ledger.earnings.reduce((sum, { amount }) => sum + amount, 0n);

describe("distributeRewards", () => {
  it("gives the operator its split and the stakers the rest by weight", () => {
    const history = { payments: [payment()], snapshots: [solo(0n, { alice: 2n, bob: 1n })] };
    const ledger = distributeRewards(EMPTY_REWARDS, history, 100n);

    expect(amountsOf(ledger)).to.deep.equal({ op: 100n, alice: 600n, bob: 300n });
    expect(ledger.carried).to.deep.equal([]);
  });

  it("accrues evenly over the period and follows the stake", () => {
    const snapshots = [solo(0n, { alice: 1n }, 0), solo(25n, { bob: 1n }, 0)];
    const half = distributeRewards(EMPTY_REWARDS, { payments: [payment()], snapshots }, 50n);
    expect(amountsOf(half)).to.deep.equal({ alice: 250n, bob: 250n });

    const all = distributeRewards(half, { payments: [payment()], snapshots }, 200n);
    expect(amountsOf(all)).to.deep.equal({ alice: 250n, bob: 750n });
    expect(all.until).to.equal(200n);
    expect(distributeRewards(all, { payments: [payment()], snapshots }, 300n).earnings).to.deep.equal(all.earnings);
  });

  it("distributes a payment for a period that lies behind with the stake of that period", () => {
    const snapshots = [solo(0n, { alice: 1n }, 0), solo(100n, { bob: 1n }, 0)];
    const before = distributeRewards(EMPTY_REWARDS, { payments: [], snapshots }, 150n);
    const late = distributeRewards(before, { payments: [payment()], snapshots }, 160n);

    expect(amountsOf(late)).to.deep.equal({ alice: 1_000n });
  });

  it("carries what floors leave and what nobody could earn to the next payment of the set", () => {
    const snapshots = [solo(50n, { alice: 1n, bob: 1n, carol: 1n }, 0)];
    const first = distributeRewards(
      EMPTY_REWARDS,
      { payments: [payment({ until: 50n, amount: 100n })], snapshots },
      60n,
    );
    expect(amountsOf(first)).to.deep.equal({});
    expect(carriedIn(first)).to.equal(100n);

    const payments = [payment({ until: 50n, amount: 100n }), payment({ id: 1, from: 50n, until: 60n, amount: 1n })];
    const second = distributeRewards(first, { payments, snapshots }, 70n);
    expect(amountsOf(second)).to.deep.equal({ alice: 33n, bob: 33n, carol: 33n });
    expect(second.carried).to.deep.equal([{ set: "oracle", token: "rwd", operator: null, amount: 2n }]);
  });

  it("pays operators by name whatever their weight, and carries the part of one without stake for it alone", () => {
    const directed = [
      { operator: "op", amount: 90n },
      { operator: "ghost", amount: 10n },
    ];
    const history = { payments: [payment({ amount: 100n, directed })], snapshots: [solo(0n, { alice: 7n })] };
    const ledger = distributeRewards(EMPTY_REWARDS, history, 100n);

    expect(amountsOf(ledger)).to.deep.equal({ op: 9n, alice: 81n });
    expect(ledger.carried).to.deep.equal([{ set: "oracle", token: "rwd", operator: "ghost", amount: 10n }]);
  });

  it("keeps payers and tokens apart", () => {
    const payments = [payment({ amount: 10n }), payment({ id: 1, payer: "bridge-avs", amount: 20n, token: "usd" })];
    const history = { payments, snapshots: [solo(0n, { alice: 1n }, 0)] };
    const ledger = distributeRewards(EMPTY_REWARDS, history, 100n);

    expect(ledger.earnings).to.deep.equal([
      { earner: "alice", token: "rwd", payer: "oracle-avs", amount: 10n },
      { earner: "alice", token: "usd", payer: "bridge-avs", amount: 20n },
    ]);
  });

  it("carries a stakers' part that has no stakers", () => {
    const snapshots = [{ at: 0n, sets: { oracle: [{ operator: "op", splitBips: 500, weight: 5n, stakers: [] }] } }];
    const ledger = distributeRewards(EMPTY_REWARDS, { payments: [payment()], snapshots }, 100n);

    expect(amountsOf(ledger)).to.deep.equal({ op: 50n });
    expect(carriedIn(ledger)).to.equal(950n);
  });
});

describe("accruedBy", () => {
  it("rounds down inside the period and is whole at its end", () => {
    const thirds = { amount: 10n, from: 10n, until: 13n };

    expect([9n, 10n, 11n, 12n, 13n, 14n].map((instant) => accruedBy(thirds, instant))).to.deep.equal([
      0n,
      0n,
      3n,
      6n,
      10n,
      10n,
    ]);
  });
});

describe("distributeRewards on random histories", () => {
  const amount = fc.bigInt(0n, 10n ** 24n);
  const name = fc.constantFrom("alice", "bob", "carol", "op1");
  const stakers = fc.uniqueArray(fc.record({ staker: name, weight: amount }), { selector: ({ staker }) => staker });
  const operators = fc.uniqueArray(
    fc.record({
      operator: fc.constantFrom("op1", "op2", "op3"),
      splitBips: fc.integer({ min: 0, max: 10_000 }),
      weight: amount,
      stakers,
    }),
    { selector: ({ operator }) => operator },
  );
  const instant = fc.bigInt(0n, 300n);
  const snapshots = fc
    .uniqueArray(instant, { maxLength: 6 })
    .chain((times) =>
      fc.tuple(
        ...times
          .sort((a, b) => Number(a - b))
          .map((at) => fc.record({ oracle: operators, bridge: operators }).map((sets) => ({ at, sets }))),
      ),
    );
  const payments = fc
    .array(
      fc.record({
        set: fc.constantFrom("oracle", "bridge", "empty"),
        amount,
        from: instant,
        length: fc.bigInt(1n, 200n),
        named: fc.option(fc.uniqueArray(fc.constantFrom("op1", "op2"), { minLength: 1 })),
      }),
      { maxLength: 6 },
    )
    .map((rows) =>
      rows.map(({ set, from, length, named, ...row }, id): RewardsPayment => {
        const directed = named?.map((operator, place) => ({ operator, amount: row.amount + BigInt(place) }));
        const whole = directed?.reduce((sum, entry) => sum + entry.amount, 0n) ?? row.amount;
        const base = { id, payer: `${set}-avs`, set, token: "rwd", amount: whole, from, until: from + length };
        return directed === undefined ? base : { ...base, directed };
      }),
    );
  const roots = fc
    .uniqueArray(fc.bigInt(0n, 600n), { maxLength: 5 })
    .map((times) => times.sort((a, b) => Number(a - b)));

  const accrued = (all: readonly RewardsPayment[], until: bigint) =>
    all.reduce((sum, entry) => {
      const parts = entry.directed?.map((part) => part.amount) ?? [entry.amount];
      return sum + parts.reduce((total, part) => total + accruedBy({ ...entry, amount: part }, until), 0n);
    }, 0n);

  it("conserves every unit, only ever adds, and never gives more than was paid", () => {
    fc.assert(
      fc.property(payments, snapshots, roots, (all, stakes, times) => {
        let ledger = EMPTY_REWARDS;
        for (const until of times) {
          const next = distributeRewards(ledger, { payments: all, snapshots: stakes }, until);
          expect(earnedIn(next) + carriedIn(next)).to.equal(accrued(all, until));
          expect(earnedIn(next) <= all.reduce((sum, entry) => sum + entry.amount, 0n)).to.equal(true);
          const grown = amountsOf(next);
          for (const [earner, before] of Object.entries(amountsOf(ledger))) {
            expect((grown[earner] ?? 0n) >= before, earner).to.equal(true);
          }
          ledger = next;
        }
      }),
    );
  });

  it("carries less than a unit an earner when everybody has a weight", () => {
    const weighted = fc.array(fc.bigInt(1n, 10n ** 24n), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(weighted, { minLength: 1, maxLength: 5 }),
        amount,
        fc.nat(10_000),
        (all, paid, splitBips) => {
          const sets = {
            oracle: all.map((weights, place) => ({
              operator: `op${place}`,
              splitBips,
              weight: weights.reduce((sum, weight) => sum + weight, 0n),
              stakers: weights.map((weight, index) => ({ staker: `s${place}-${index}`, weight })),
            })),
          };
          const history = { payments: [payment({ amount: paid })], snapshots: [{ at: 0n, sets }] };
          const ledger = distributeRewards(EMPTY_REWARDS, history, 100n);

          expect(carriedIn(ledger) < BigInt(all.length + all.flat().length)).to.equal(true);
        },
      ),
    );
  });

  it("does not depend on the order of payments in the list", () => {
    fc.assert(
      fc.property(payments, snapshots, (all, stakes) => {
        const forward = distributeRewards(EMPTY_REWARDS, { payments: all, snapshots: stakes }, 400n);
        const backward = distributeRewards(EMPTY_REWARDS, { payments: [...all].reverse(), snapshots: stakes }, 400n);
        expect(backward).to.deep.equal(forward);
      }),
    );
  });
});
