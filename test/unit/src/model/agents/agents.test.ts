import { expect } from "chai";

import { NO_DEFI } from "../../../../../src/model/defi/defi.ts";
import type { Action } from "../../../../../src/model/action.ts";
import type { Agent } from "../../../../../src/model/agent.ts";
import { escrowClearer, watcher } from "../../../../../src/model/agents/justice.ts";
import { supportingOperator } from "../../../../../src/model/agents/operators.ts";
import {
  informedStaker,
  casualStaker,
  leavingStaker,
  panicStaker,
  patientStaker,
} from "../../../../../src/model/agents/stakers.ts";
import type { Fault } from "../../../../../src/model/fault.ts";
import type { CaseView, SlashNotice, View } from "../../../../../src/model/view.ts";

const WAD = 10n ** 18n;
const stake = { depositShares: 5n, scalingFactor: WAD, withdrawable: 5n, beaconFactor: WAD };
const staker = { delegatedTo: "op", ether: 0n, lst: 0n, tokens: {}, rewardTokens: 0n, stakes: { lst: stake } };
const fault: Fault = { id: "f1", set: "oracle", operator: "op", at: 100n, deed: { kind: "equivocation", subject: 1n } };
const exit = {
  id: "me/w1",
  staker: "me",
  operator: "op",
  strategy: "lst",
  scaledShares: 5n,
  shares: 5n,
  queuedAt: 0n,
  slashableUntil: 199n,
  completableAt: 200n,
};
const slash: SlashNotice = {
  id: "oracle#1",
  set: "oracle",
  operator: "op",
  at: 1n,
  strategy: "lst",
  wadSlashed: WAD / 2n,
};

function viewWith(parts: Partial<View>): View {
  const empty = { time: 0n, clock: 0n, strategies: {}, operators: {}, allocations: [], sets: {}, withdrawals: [] };
  const lists = {
    escrows: [],
    services: {},
    cases: [],
    paused: [],
    defi: NO_DEFI,
    step: 0,
    faults: [],
    slashes: [],
    reported: [],
    refusals: [],
  };
  const lst = {
    rate: WAD,
    totalEther: 0n,
    totalShares: 0n,
    bunker: false,
    validatorBalance: 0n,
    unfinalized: 0n,
    requests: [],
  };
  const rewards = { submissions: [], roots: [], claimed: {}, claimable: {} };
  return { ...empty, ...lists, lst, rewards, stakers: { me: staker }, ...parts };
}

function decide(
  agent: Agent<string>,
  now: bigint,
  { chance = true, ...parts }: Partial<View> & { chance?: boolean },
): readonly Action[] {
  const random = { integer: () => 0, bigint: () => 0n, chance: () => chance };
  return agent.decide({ me: "me", index: 0, now, view: viewWith(parts), random, fate: random });
}
const leaving = [{ type: "queueWithdrawal", strategy: "lst", depositShares: 5n }];

describe("agents", () => {
  it("informedStaker leaves once its reaction time has passed, not a second earlier", () => {
    const agent = informedStaker({ reaction: 50n });
    expect(decide(agent, 149n, { faults: [fault] })).to.deep.equal([]);
    expect(decide(agent, 150n, { faults: [fault] })).to.deep.equal(leaving);
  });

  it("informedStaker stays where another operator did wrong", () => {
    expect(decide(informedStaker({ reaction: 0n }), 500n, { faults: [{ ...fault, operator: "other" }] })).to.deep.equal(
      [],
    );
  });

  it("casualStaker leaves when chance lets it hear of the fault", () => {
    const agent = casualStaker({ notice: WAD / 10n });
    expect(decide(agent, 100n, { faults: [fault], chance: false })).to.deep.equal([]);
    expect(decide(agent, 100n, { faults: [fault] })).to.deep.equal(leaving);
    expect(decide(agent, 100n, {})).to.deep.equal([]);
  });

  it("leavingStaker leaves at its time, from the operator it names", () => {
    expect(decide(leavingStaker({ at: 10n, operator: null }), 9n, {})).to.deep.equal([]);
    expect(decide(leavingStaker({ at: 10n, operator: "op" }), 10n, {})).to.deep.equal(leaving);
    expect(decide(leavingStaker({ at: 10n, operator: "other" }), 10n, {})).to.deep.equal([]);
  });

  it("panicStaker leaves above its loss, not at it", () => {
    expect(decide(panicStaker({ exitAboveLoss: WAD / 2n }), 5n, { slashes: [slash] })).to.deep.equal([]);
    expect(decide(panicStaker({ exitAboveLoss: WAD / 2n - 1n }), 5n, { slashes: [slash] })).to.deep.equal(leaving);
  });

  it("every staker completes its own withdrawals as soon as they can be", () => {
    const completed = [{ type: "completeWithdrawal", withdrawal: "me/w1", receive: "tokens" }];
    const others = { ...exit, id: "you/w1", staker: "you" };
    expect(decide(patientStaker({}), 199n, { withdrawals: [exit, others] })).to.deep.equal([]);
    expect(decide(patientStaker({}), 200n, { withdrawals: [exit, others] })).to.deep.equal(completed);
  });

  it("patientStaker claims what it has earned", () => {
    const rewards = { submissions: [], roots: [], claimed: {}, claimable: { me: 3n } };
    expect(decide(patientStaker({}), 5n, { rewards })).to.deep.equal([{ type: "claimRewards" }]);
  });

  it("watcher reports a fault once, after its latency, on the sets it watches", () => {
    const agent = watcher({ latency: 60n, sets: ["oracle"] });
    expect(decide(agent, 159n, { faults: [fault] })).to.deep.equal([]);
    expect(decide(agent, 160n, { faults: [fault] })).to.deep.equal([{ type: "reportFault", fault }]);
    expect(decide(agent, 160n, { faults: [fault], reported: ["f1"] })).to.deep.equal([]);
    expect(decide(watcher({ latency: 0n, sets: ["bridge"] }), 160n, { faults: [fault] })).to.deep.equal([]);
  });

  it("watcher executes its open case within its window", () => {
    const agent = watcher({ latency: 0n, sets: null });
    const open: CaseView = {
      id: "oracle!1",
      set: "oracle",
      operator: "op",
      module: "veto",
      reportedBy: "me",
      reportedAt: 0n,
      vetoableUntil: 10n,
      executableFrom: 10n,
      expiresAt: 20n,
      state: "open",
    };
    const executed = [{ type: "executeCase", case: "oracle!1" }];
    expect([9n, 10n, 20n, 21n].map((now) => decide(agent, now, { cases: [open] }))).to.deep.equal([
      [],
      executed,
      executed,
      [],
    ]);
    expect(decide(agent, 10n, { cases: [{ ...open, state: "vetoed" }] })).to.deep.equal([]);
    expect(decide(agent, 10n, { cases: [{ ...open, reportedBy: "you" }] })).to.deep.equal([]);
  });

  it("escrowClearer clears an escrow from its release on", () => {
    const escrow = { set: "oracle", slashId: 1n, strategy: "lst", shares: 1n, releasableAt: 30n };
    expect(decide(escrowClearer({}), 29n, { escrows: [escrow] })).to.deep.equal([]);
    expect(decide(escrowClearer({}), 30n, { escrows: [escrow] })).to.deep.equal([
      { type: "clearEscrow", set: "oracle", slashId: 1n, strategy: "lst" },
    ]);
  });

  it("supportingOperator raises a weakened set as far as its stake is free, and not its own", () => {
    const agent = supportingOperator({ upTo: { oracle: 30n } });
    const shares = { shares: 0n, maxMagnitude: 100n, encumbered: 95n, allocatable: 5n };
    const operators = { me: { registered: true, allocationDelay: 0n, strategies: { lst: shares }, splitBips: 0 } };
    const stakeOf = { slashableShares: 0n, minSlashableShares: 0n, slashableInQueue: 0n };
    const allocation = {
      operator: "me",
      set: "oracle",
      strategy: "lst",
      current: 20n,
      pending: 0n,
      effectAt: null,
      ...stakeOf,
    };
    const parts = { operators, allocations: [allocation] };
    expect(decide(agent, 1n, parts)).to.deep.equal([]);
    expect(decide(agent, 1n, { ...parts, slashes: [slash] })).to.deep.equal([
      { type: "allocate", set: "oracle", strategy: "lst", magnitude: 25n },
    ]);
    expect(decide(agent, 1n, { ...parts, slashes: [{ ...slash, operator: "me" }] })).to.deep.equal([]);
    expect(
      decide(agent, 1n, { ...parts, slashes: [slash], allocations: [{ ...allocation, effectAt: 9n }] }),
    ).to.deep.equal([]);
  });
});
