import { expect } from "chai";

import { NO_DEFI } from "../../../../../src/model/defi/defi.ts";
import type { ActionResult, Fact } from "../../../../../src/model/fact.ts";
import type { Invariant } from "../../../../../src/model/invariant.ts";
import { slashesStayWithinCapturedStake } from "../../../../../src/model/invariants/exposure.ts";
import {
  nobodyGainsFromTheirSlash,
  slashesBite,
  slashesStayInTheirSet,
} from "../../../../../src/model/invariants/slashing.ts";
import {
  claimsAreBacked,
  magnitudesAreBounded,
  operatorSharesCoverStakers,
  tokensAreConserved,
} from "../../../../../src/model/invariants/stake.ts";
import type { AllocationView, View } from "../../../../../src/model/view.ts";

const WAD = 10n ** 18n;
const stakeOf = (withdrawable: bigint, beaconFactor = WAD) => ({
  depositShares: withdrawable,
  scalingFactor: WAD,
  withdrawable,
  beaconFactor,
});
const holder = (delegatedTo: string | null, withdrawable: bigint, beaconFactor = WAD) => ({
  delegatedTo,
  ether: 0n,
  lst: 0n,
  tokens: {},
  rewardTokens: 0n,
  stakes: { lst: stakeOf(withdrawable, beaconFactor) },
});
const operator = (shares: bigint, maxMagnitude: bigint, encumbered: bigint) => ({
  registered: true,
  allocationDelay: 0n,
  splitBips: 0,
  strategies: { lst: { shares, maxMagnitude, encumbered, allocatable: maxMagnitude - encumbered } },
});
const allocation = (set: string, current: bigint, more: Partial<AllocationView> = {}): AllocationView => ({
  operator: "op",
  set,
  strategy: "lst",
  current,
  pending: 0n,
  effectAt: null,
  slashableShares: current,
  minSlashableShares: current,
  slashableInQueue: 0n,
  ...more,
});
const exit = (shares: bigint) => ({
  id: "ann/w1",
  staker: "ann",
  operator: "op",
  strategy: "lst",
  scaledShares: shares,
  shares,
  queuedAt: 0n,
  slashableUntil: 100n,
  completableAt: 101n,
});

/** A sound state: 100 shares behind `op`, 40 % on A, 30 % on B. */
const sound = {
  time: 10n,
  step: 1,
  strategies: { lst: { totalShares: 100n, balance: 100n, etherPerToken: WAD, native: false } },
  operators: { op: operator(90n, WAD, (WAD * 7n) / 10n) },
  allocations: [allocation("A", (WAD * 4n) / 10n), allocation("B", (WAD * 3n) / 10n)],
  sets: {},
  stakers: { op: holder("op", 50n), ann: holder("op", 40n) },
  withdrawals: [exit(10n)],
  escrows: [],
  defi: NO_DEFI,
} as unknown as View;

const done = (type: string, facts: readonly Fact[], agent = "watcher"): ActionResult =>
  ({
    planned: { agent, origin: "agent", action: { type } },
    outcome: { status: "ok" },
    gas: 0n,
    facts,
  }) as unknown as ActionResult;

const slashFact = (magnitude: { before: bigint; after: bigint }, losses: readonly object[] = []): Fact =>
  ({
    kind: "slash",
    set: "A",
    slashId: 1n,
    operator: "op",
    cause: "test",
    wads: [WAD / 2n],
    strategies: [
      {
        strategy: "lst",
        wadSlashed: 1n,
        magnitude,
        maxMagnitude: magnitude,
        operatorShares: 1n,
        queueShares: 0n,
        losses,
      },
    ],
    releasableAt: 0n,
    case: null,
  }) as unknown as Fact;

const check = (
  law: Invariant,
  after: Partial<View>,
  results: readonly ActionResult[] = [],
  before: View = sound,
): unknown => law.check({ before, after: { ...sound, ...after }, results, actionsSoFar: results.length });

describe("invariants", () => {
  it("hold for a sound state", () => {
    const laws = [magnitudesAreBounded, operatorSharesCoverStakers, claimsAreBacked, slashesStayInTheirSet];
    for (const law of [
      ...laws,
      nobodyGainsFromTheirSlash,
      tokensAreConserved,
      slashesBite,
      slashesStayWithinCapturedStake(50n),
    ]) {
      expect(check(law, {}), law.name).to.equal(null);
    }
  });

  describe("I1", () => {
    const broken: readonly (readonly [string, Partial<View>])[] = [
      ["more promised than encumbered", { allocations: [allocation("A", WAD)] }],
      ["a pending rise that is not encumbered", { allocations: [allocation("A", (WAD * 7n) / 10n, { pending: 1n })] }],
      ["more encumbered than the maximum", { operators: { op: operator(90n, WAD / 2n, (WAD * 7n) / 10n) } }],
      ["a beacon factor that rose", { stakers: { op: holder("op", 50n, WAD + 1n), ann: holder("op", 40n) } }],
    ];
    for (const [what, after] of broken) {
      it(`catches ${what}`, () => {
        expect(check(magnitudesAreBounded, after)).not.to.equal(null);
      });
    }

    it("catches a maximum magnitude that rose", () => {
      const before = { ...sound, operators: { op: operator(90n, WAD - 1n, 0n) } };
      expect(check(magnitudesAreBounded, {}, [], before)).to.include({
        maxMagnitude: WAD,
        maxMagnitudeBefore: WAD - 1n,
      });
    });
  });

  it("I2 catches one share too few, and more than dust too many", () => {
    const shares = (count: bigint): Partial<View> => ({ operators: { op: operator(count, WAD, 0n) } });
    expect(check(operatorSharesCoverStakers, shares(89n))).to.include({ operatorShares: 89n, withdrawable: 90n });
    expect(check(operatorSharesCoverStakers, shares(93n))).to.equal(null);
    expect(check(operatorSharesCoverStakers, shares(1000n))).not.to.equal(null);
  });

  it("I3 catches a share that nobody backs", () => {
    const lst = { totalShares: 99n, balance: 100n, etherPerToken: WAD, native: false };
    expect(check(claimsAreBacked, { strategies: { lst } })).to.include({ totalShares: 99n, staked: 90n, queued: 10n });
    const escrows = [{ set: "A", slashId: 1n, strategy: "lst", shares: 1n, releasableAt: 0n }];
    expect(check(claimsAreBacked, { escrows })).to.include({ escrow: 1n });
  });

  it("I4 catches a slash of one set that moves another's stake, unless others acted on the operator", () => {
    const slashed = { allocations: [allocation("A", WAD / 5n), allocation("B", WAD / 5n)] };
    const slash = done("reportFault", [slashFact({ before: (WAD * 4n) / 10n, after: WAD / 5n })]);
    expect(check(slashesStayInTheirSet, slashed, [slash])).to.include({ moved: "B" });
    expect(check(slashesStayInTheirSet, slashed, [slash, done("reportPool", [], "ann")])).to.include({ moved: "B" });
    expect(check(slashesStayInTheirSet, slashed, [slash, done("delegate", [], "stranger")])).to.include({ moved: "B" });
    expect(check(slashesStayInTheirSet, slashed, [slash, done("delegate", [], "ann")])).to.equal(null);
    const fine = { allocations: [allocation("A", WAD / 5n), allocation("B", (WAD * 3n) / 10n - 1n)] };
    expect(check(slashesStayInTheirSet, fine, [slash])).to.equal(null);
  });

  it("I5 catches a holder who gains and a withdrawal that pays more than it was worth", () => {
    const gain = { layer: "staker", holder: "ann", position: null, before: 1n, after: 2n };
    const slash = done("reportFault", [slashFact({ before: 2n, after: 1n }, [gain])]);
    expect(check(nobodyGainsFromTheirSlash, {}, [slash])).to.include({ holder: "ann" });
    const paid = (shares: bigint): Fact => ({
      kind: "withdrawalCompleted",
      id: "ann/w1",
      staker: "ann",
      strategy: "lst",
      shares,
      tokens: shares,
      receive: "tokens",
    });
    expect(check(nobodyGainsFromTheirSlash, {}, [done("completeWithdrawal", [paid(10n)])])).to.equal(null);
    expect(check(nobodyGainsFromTheirSlash, {}, [done("completeWithdrawal", [paid(11n)])])).to.include({
      sharesPaid: 11n,
    });
  });

  it("I6 catches a token that no deposit, withdrawal, burn or redistribution explains", () => {
    const lst = { totalShares: 100n, balance: 103n, etherPerToken: WAD, native: false };
    const deposit: Fact = { kind: "deposited", staker: "ann", strategy: "lst", tokens: 5n, shares: 5n };
    const cleared: Fact = {
      kind: "escrowCleared",
      set: "A",
      slashId: 1n,
      strategy: "lst",
      shares: 2n,
      tokens: 2n,
      recipient: null,
    };
    expect(
      check(tokensAreConserved, { strategies: { lst } }, [done("deposit", [deposit]), done("clearEscrow", [cleared])]),
    ).to.equal(null);
    expect(check(tokensAreConserved, { strategies: { lst } }, [done("deposit", [deposit])])).to.include({
      tokensIn: 5n,
      tokensOut: 0n,
    });
  });

  it("I7 catches a slash that rounds to nothing", () => {
    expect(check(slashesBite, {}, [done("slash", [slashFact({ before: 1n, after: 1n })])])).to.include({ set: "A" });
    expect(check(slashesBite, {}, [done("slash", [slashFact({ before: 1n, after: 0n })])])).to.equal(null);
    expect(check(slashesBite, {}, [done("slash", [slashFact({ before: 0n, after: 0n })])])).to.equal(null);
  });

  describe("I9", () => {
    type Step = { time: bigint; current: bigint; results: readonly ActionResult[]; before: View };
    const step = (law: Invariant, { time, current, results, before }: Step): [unknown, View] => {
      const after = { ...sound, time, allocations: [allocation("A", current)] };
      return [law.check({ before, after, results, actionsSoFar: 0 }), after];
    };
    const slash = (before: bigint, after: bigint): ActionResult => done("slash", [slashFact({ before, after })]);
    const start = { ...sound, allocations: [allocation("A", 100n)] };

    it("catches slashes that together exceed the stake at capture", () => {
      const law = slashesStayWithinCapturedStake(50n);
      const [first, view] = step(law, { time: 20n, current: 40n, results: [slash(100n, 40n)], before: start });
      const [second] = step(law, { time: 30n, current: 40n, results: [slash(90n, 40n)], before: view });
      expect(first).to.equal(null);
      expect(second).to.include({ slashed: 110n, captured: 100n });
    });

    it("counts what was allocated since", () => {
      const law = slashesStayWithinCapturedStake(50n);
      const [, view] = step(law, { time: 20n, current: 40n, results: [slash(100n, 40n)], before: start });
      const raise = { ...done("allocate", [], "op") };
      Object.assign(raise.planned.action, { set: "A", strategy: "lst", magnitude: 90n });
      const [second] = step(law, { time: 30n, current: 40n, results: [raise, slash(90n, 40n)], before: view });
      expect(second).to.equal(null);
    });
  });
});
