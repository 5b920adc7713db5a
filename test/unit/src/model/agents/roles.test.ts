import { expect } from "chai";

import type { Agent } from "../../../../../src/model/agent.ts";
import { caseExecutor, challenger, judge, vetoCommittee } from "../../../../../src/model/agents/case-agents.ts";
import { fleeingOperator } from "../../../../../src/model/agents/fleeing-operator.ts";
import { honestOperator } from "../../../../../src/model/agents/honest-operator.ts";
import { watcher } from "../../../../../src/model/agents/justice.ts";
import { donor, poolReporter } from "../../../../../src/model/agents/keepers.ts";
import { redelegatingStaker } from "../../../../../src/model/agents/redelegating-staker.ts";
import type { Fault, FaultDeed } from "../../../../../src/model/fault.ts";
import type { CaseView, View } from "../../../../../src/model/view.ts";

const WAD = 10n ** 18n;
const member = { operator: "me", registered: true, registeredAt: 0n, slashableUntil: null, slashable: true };
const stake = { depositShares: 9n, scalingFactor: WAD, withdrawable: 9n, beaconFactor: WAD };
const operator = (maxMagnitude: bigint) => ({
  strategies: { lst: { shares: 9n, maxMagnitude, encumbered: 0n, allocatable: 0n } },
});
const service = {
  kind: "oracle",
  round: 2n,
  price: 5n,
  lastHeartbeat: { me: 0n },
  tasks: [{ id: 1n, openedAt: 0n, attested: [] }],
} as const;
const open: CaseView = {
  id: "oracle!1",
  set: "oracle",
  operator: "me",
  module: "veto",
  reportedBy: "eve",
  reportedAt: 10n,
  vetoableUntil: 20n,
  executableFrom: 20n,
  expiresAt: 30n,
  state: "open",
};
const faultOf = (deed: FaultDeed): Fault => ({ id: "f", set: "oracle", operator: "me", at: 10n, deed });
const lie = faultOf({ kind: "equivocation", subject: 1n });

function decide(agent: Agent<string>, now: bigint, parts: object = {}): unknown {
  const view = {
    time: now - 1n,
    lst: { unfinalized: 0n },
    operators: {},
    allocations: [],
    sets: { oracle: { members: [member] } },
    stakers: { me: { delegatedTo: "me", stakes: { lst: stake } } },
    withdrawals: [],
    services: { oracle: service },
    cases: [],
    rewards: { claimable: {} },
    faults: [],
    slashes: [],
    reported: [],
    refusals: [],
    ...parts,
  } as unknown as View;
  const random = { integer: () => 0, bigint: () => 0n, chance: () => false };
  return agent.decide({ me: "me", index: 0, now, view, random, fate: random });
}

describe("honestOperator", () => {
  const serving = honestOperator({ serves: true });
  const beat = { type: "heartbeat", set: "oracle" };

  it("serves its sets when asked to, and only then", () => {
    expect(decide(serving, 20n)).to.deep.equal([beat, { type: "submitPrice", set: "oracle", round: 2n, price: 5n }]);
    expect(decide(honestOperator({}), 20n)).to.deep.equal([]);
    const services = { oracle: { ...service, kind: "availability" } };
    expect(decide(serving, 20n, { services })).to.deep.equal([beat, { type: "attestData", set: "oracle", task: 1n }]);
  });

  it("falls silent while a shock holds it down, and comes back", () => {
    const faults = [faultOf({ kind: "downtime", from: 10n, until: 30n })];
    expect(decide(serving, 29n, { faults })).to.deep.equal([]);
    expect(decide(serving, 30n, { faults })).to.have.length(2);
  });

  it("does not correct the price it lied about nor attest what it withholds", () => {
    expect(decide(serving, 20n, { faults: [faultOf({ kind: "price", round: 2n, price: 9n })] })).to.deep.equal([beat]);
    const services = { oracle: { ...service, kind: "availability" } };
    expect(decide(serving, 20n, { services, faults: [faultOf({ kind: "withholding", task: 1n })] })).to.deep.equal([
      beat,
    ]);
  });
});

describe("fleeingOperator", () => {
  it("deallocates, leaves and queues its own stake once its fault is old enough", () => {
    const allocations = [{ operator: "me", set: "oracle", strategy: "lst", current: 5n, pending: 0n }];
    const agent = fleeingOperator({ reaction: 5n });
    expect(decide(agent, 14n, { faults: [lie], allocations })).to.deep.equal([]);
    expect(decide(agent, 15n, { faults: [lie], allocations })).to.deep.equal([
      { type: "allocate", set: "oracle", strategy: "lst", magnitude: 0n },
      { type: "leaveSet", set: "oracle" },
      { type: "queueWithdrawal", strategy: "lst", depositShares: 9n },
    ]);
  });
});

describe("redelegatingStaker", () => {
  const agent = redelegatingStaker({ reaction: 5n });
  const slashes = [{ id: "oracle#1", set: "oracle", operator: "a", at: 10n, strategy: "lst", wadSlashed: 1n }];
  const stakers = { me: { delegatedTo: "a", stakes: { lst: stake } } };
  const operators = { a: operator(WAD / 2n), c: operator(WAD), b: operator(WAD) };

  it("moves to the operator slashed least, the first by id among equals, after its reaction", () => {
    expect(decide(agent, 14n, { slashes, stakers, operators })).to.deep.equal([]);
    expect(decide(agent, 15n, { slashes, stakers, operators })).to.deep.equal([{ type: "redelegate", operator: "b" }]);
  });

  it("stays where no other operator is safer, and takes what it queued back as shares", () => {
    const withdrawals = [{ id: "me/w1", staker: "me", completableAt: 15n }];
    const same = { a: operator(WAD) };
    expect(decide(agent, 15n, { slashes, stakers, operators: same, withdrawals })).to.deep.equal([
      { type: "completeWithdrawal", withdrawal: "me/w1", receive: "shares" },
    ]);
  });
});

describe("agents of justice", () => {
  it("vetoCommittee vetoes within the window, after its delay, on its sets", () => {
    const agent = vetoCommittee({ sets: ["oracle"], delay: 5n });
    const vetoed = [{ type: "vetoCase", case: "oracle!1" }];
    expect(decide(agent, 14n, { cases: [open] })).to.deep.equal([]);
    expect(decide(agent, 15n, { cases: [open] })).to.deep.equal(vetoed);
    expect(decide(agent, 19n, { cases: [open] })).to.deep.equal(vetoed);
    expect(decide(agent, 20n, { cases: [open] })).to.deep.equal([]);
    expect(decide(vetoCommittee({ sets: ["bridge"], delay: 0n }), 15n, { cases: [open] })).to.deep.equal([]);
  });

  it("challenger challenges optimistic cases and leaves veto cases alone", () => {
    const optimistic: CaseView = { ...open, module: "optimistic" };
    expect(decide(challenger({ delay: 0n }), 15n, { cases: [open, optimistic] })).to.deep.equal([
      { type: "challengeCase", case: "oracle!1" },
    ]);
  });

  it("judge finds guilty who did it", () => {
    const cases: readonly CaseView[] = [{ ...open, state: "challenged" }];
    const verdict = (guilty: boolean): unknown => [{ type: "resolveCase", case: "oracle!1", guilty }];
    expect(decide(judge({}), 15n, { cases, faults: [lie] })).to.deep.equal(verdict(true));
    expect(decide(judge({}), 15n, { cases })).to.deep.equal(verdict(false));
  });

  it("caseExecutor executes from the window's end to its expiry, both inclusive", () => {
    const executed = [{ type: "executeCase", case: "oracle!1" }];
    const at = (now: bigint): unknown => decide(caseExecutor({}), now, { cases: [open] });
    expect([at(19n), at(20n), at(30n), at(31n)]).to.deep.equal([[], executed, executed, []]);
  });

  it("watcher waits until silence can be proved, and before it tries a refused report again", () => {
    const agent = watcher({ latency: 5n, sets: null, retry: 10n });
    const silence = faultOf({ kind: "downtime", from: 10n, until: 40n });
    expect(decide(agent, 44n, { faults: [silence] })).to.deep.equal([]);
    expect(decide(agent, 45n, { faults: [silence] })).to.deep.equal([{ type: "reportFault", fault: silence }]);
    const refusals = [{ fault: "f", at: 45n }];
    expect(decide(agent, 54n, { faults: [silence], refusals })).to.deep.equal([]);
    expect(decide(agent, 55n, { faults: [silence], refusals })).to.have.length(1);
  });
});

describe("keepers", () => {
  it("poolReporter reports at each multiple of its period and finalises what waits", () => {
    const agent = poolReporter({ every: 10n });
    expect(decide(agent, 20n)).to.deep.equal([{ type: "reportPool" }]);
    expect(decide(agent, 21n)).to.deep.equal([]);
    expect(decide(agent, 20n, { lst: { unfinalized: 1n } })).to.deep.equal([
      { type: "reportPool" },
      { type: "finalizeUnstakes" },
    ]);
  });

  it("donor gives once", () => {
    const agent = donor({ at: 20n, strategy: "lst", amount: 3n });
    expect(decide(agent, 19n)).to.deep.equal([]);
    expect(decide(agent, 20n)).to.deep.equal([{ type: "donate", strategy: "lst", amount: 3n }]);
    expect(decide(agent, 21n)).to.deep.equal([]);
  });
});
