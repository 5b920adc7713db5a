import { expect } from "chai";

import type { Fact } from "../../src/model/fact.ts";
import type { Fault } from "../../src/model/fault.ts";
import type { ClockMode } from "../../src/model/world-spec.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { ether } from "../../src/units/amounts.ts";
import { blocks } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

type SlashFact = Extract<Fact, { kind: "slash" }>;

/** Five steps: deposit and delegate, queue, fault, report, complete. */
async function story(clock: ClockMode) {
  const world = await createWorld(smallWorld({ clock }), { seed: 7 });
  const steps = [];
  steps.push(
    await world.perform({
      time: blocks(1),
      actions: [
        planned("stakers-3", { type: "redelegate", operator: "operators-1" }),
        planned("watchers", { type: "stakeEther", amount: ether(4) }),
        planned("watchers", { type: "deposit", strategy: "lst", amount: ether(4) }),
        planned("watchers", { type: "delegate", operator: "operators-1" }),
      ],
    }),
  );
  steps.push(
    await world.perform({
      time: blocks(2),
      actions: [
        planned("stakers-1", { type: "queueWithdrawal", strategy: "lst", depositShares: 16n * WAD }),
        planned("stakers-1", { type: "queueWithdrawal", strategy: "lst", depositShares: 17n * WAD }),
        planned("oracle", { type: "openRound", set: "oracle" }),
      ],
    }),
  );
  const fault: Fault = {
    id: "f",
    set: "oracle",
    operator: "operators-1",
    at: blocks(2),
    deed: { kind: "equivocation", subject: 24n },
  };
  const report = planned("watchers", { type: "reportFault", fault });
  steps.push(await world.perform({ time: blocks(4), actions: [report, report] }));
  const complete = planned("stakers-1", {
    type: "completeWithdrawal",
    withdrawal: "stakers-1/w1",
    receive: "tokens",
  });
  steps.push(await world.perform({ time: blocks(52), actions: [complete] }));
  steps.push(await world.perform({ time: blocks(53), actions: [complete] }));
  const view = await world.read();
  await world.close();
  return { steps, view };
}

for (const mode of ["timestamp", "blocknumber"] as const) {
  describe(`deposit, delegate, queue, slash, complete (${mode})`, function () {
    let run: Awaited<ReturnType<typeof story>>;

    before(async function () {
      run = await story(mode);
    });

    it("restakes ether through the pool, to the wei", function () {
      const facts = run.steps[0]?.flatMap((result) => result.facts) ?? [];
      expect(run.steps[0]?.map((result) => result.outcome.status)).to.deep.equal(["ok", "ok", "ok", "ok"]);
      const [queued, deposited] = facts;
      expect(queued).to.include({
        kind: "withdrawalQueued",
        id: "stakers-3/w1",
        trigger: "undelegation",
        shares: ether(5),
      });
      expect(deposited).to.include({ kind: "deposited", staker: "watchers", tokens: ether(4), shares: ether(4) });
    });

    it("names a withdrawal and refuses one that asks too much", function () {
      const [ok, refused] = run.steps[1] ?? [];
      expect(ok?.facts[0]).to.include({
        kind: "withdrawalQueued",
        id: "stakers-1/w1",
        operator: "operators-1",
        scaledShares: ether(16),
        slashableUntil: blocks(52),
        completableAt: blocks(52) + (mode === "timestamp" ? 1n : 12n),
      });
      expect(refused?.outcome).to.deep.equal({
        status: "reverted",
        error: "ShareManagerSharesAmountTooHigh",
        args: {
          staker: "stakers-1",
          strategy: "lst",
          requested: ether(17).toString(),
          available: ether(16).toString(),
        },
      });
    });

    it("slashes a tenth of half of everything and attributes every share", function () {
      const [slash] = (run.steps[2]?.[0]?.facts ?? []) as SlashFact[];
      expect(slash).to.include({ kind: "slash", set: "oracle", slashId: 1n, operator: "operators-1", case: null });
      expect(slash?.wads).to.deep.equal([WAD / 10n]);
      const one = slash?.strategies[0];
      expect(one?.wadSlashed).to.equal(WAD / 20n);
      expect(one?.magnitude).to.deep.equal({ before: WAD / 2n, after: (WAD * 45n) / 100n });
      expect(one?.maxMagnitude).to.deep.equal({ before: WAD, after: (WAD * 95n) / 100n });
      // 10 own + 16 + 64 of stakers + 4 of the watchers are delegated, 16 wait in the queue: a twentieth of each.
      expect([one?.operatorShares, one?.queueShares]).to.deep.equal([ether("4.7"), ether("0.8")]);
      const losses = one?.losses.map(({ layer, holder, position, before, after }) => [
        layer,
        holder,
        position,
        before - after,
      ]);
      expect(losses).to.have.deep.members([
        ["operator", "operators-1", null, ether("0.5")],
        ["staker", "stakers-1", null, ether("0.8")],
        ["staker", "stakers-2", null, ether("3.2")],
        ["staker", "watchers", null, ether("0.2")],
        ["withdrawal", "stakers-1", "stakers-1/w1", ether("0.8")],
      ]);
    });

    it("refuses the same evidence twice", function () {
      expect(run.steps[2]?.[1]?.outcome).to.include({ status: "reverted", error: "SlasherModuleFaultConsumed" });
    });

    it("completes one block after the window, less the slash", function () {
      expect(run.steps[3]?.[0]?.outcome).to.include({
        status: "reverted",
        error: "OperatorDelegationWithdrawalDelayNotElapsed",
      });
      expect(run.steps[4]?.[0]?.facts).to.deep.equal([
        {
          kind: "withdrawalCompleted",
          id: "stakers-1/w1",
          staker: "stakers-1",
          strategy: "lst",
          shares: ether("15.2"),
          tokens: ether("15.2"),
          receive: "tokens",
        },
      ]);
    });

    it("shows the end of it", function () {
      const { view } = run;
      expect([view.time, view.stakers["stakers-1"]?.lst]).to.deep.equal([blocks(53), ether("15.2")]);
      expect(view.stakers["stakers-1"]?.stakes["lst"]?.withdrawable).to.equal(ether("15.2"));
      expect(view.withdrawals.map(({ id, shares }) => [id, shares])).to.deep.equal([["stakers-3/w1", ether(5)]]);
      expect(view.escrows.map(({ set, slashId, shares }) => [set, slashId, shares])).to.deep.equal([
        ["oracle", 1n, ether("5.5")],
      ]);
      expect(view.sets["oracle"]?.slashCount).to.equal(1n);
    });
  });
}
