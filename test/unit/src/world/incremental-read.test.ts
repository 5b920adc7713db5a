import { expect } from "chai";

import type { PlannedAction } from "../../../../src/model/action.ts";
import { ether } from "../../../../src/units/amounts.ts";
import { blocks } from "../../../../src/units/durations.ts";
import { WAD } from "../../../../src/units/units.ts";
import type { ChainWorld } from "../../../../src/world/chain-world.ts";
import { createWorld } from "../../../../src/world/create-world.ts";
import { planned, smallWorld } from "../../../helpers/small-world.ts";

/** A history in which everything moves: stakes, memberships, magnitudes, delays, rewards, the pool. */
const history: readonly (readonly [bigint, readonly PlannedAction[]])[] = [
  [1n, [planned("stakers-1", { type: "queueWithdrawal", strategy: "lst", depositShares: 5n * WAD })]],
  [2n, [planned("operators-2", { type: "setAllocationDelay", delay: blocks(3) })]],
  [3n, [planned("operators-1", { type: "allocate", set: "oracle", strategy: "lst", magnitude: WAD / 4n })]],
  [
    4n,
    [planned("protocol", { type: "changeValidators", delta: 10n ** 14n }), planned("protocol", { type: "reportPool" })],
  ],
  [5n, [planned("stakers-2", { type: "undelegate" }), planned("operators-2", { type: "leaveSet", set: "oracle" })]],
  [6n, [planned("oracle", { type: "openRound", set: "oracle" })]],
  [
    8n,
    ["operators-1", "operators-2"].map((operator) => {
      const deed = { kind: "equivocation", subject: 1n } as const;
      return planned("watchers", {
        type: "reportFault",
        fault: { id: operator, set: "oracle", operator, at: blocks(6), deed },
      });
    }),
  ],
  [9n, [planned("stakers-3", { type: "requestUnstake", amount: ether(1) })]],
  [10n, [planned("protocol", { type: "pause", functions: ["deposit", "slash"], paused: true })]],
  [11n, [planned("oracle", { type: "setSlasher", set: "oracle", slasher: "watchers" })]],
  [12n, [planned("operators-1", { type: "setSplit", set: null, bips: 77 })]],
  [14n, [planned("stakers-3", { type: "forceUndelegate", staker: "stakers-3" })]],
  [30n, []],
  [60n, [planned("stakers-1", { type: "completeWithdrawal", withdrawal: "stakers-1/w1", receive: "tokens" })]],
  [61n, [planned("stakers-2", { type: "completeWithdrawal", withdrawal: "stakers-2/w1", receive: "shares" })]],
  [62n, [planned("protocol", { type: "clearEscrow", set: "oracle", slashId: 1n, strategy: "lst" })]],
  [120n, [planned("operators-2", { type: "joinSet", set: "oracle" })]],
];

describe("incremental read", function () {
  let world: ChainWorld;

  before(async function () {
    world = await createWorld(smallWorld(), { seed: 3 });
  });

  after(async function () {
    await world.close();
  });

  it("shows the same as a read of everything, step after step", async function () {
    for (const [at, actions] of history) {
      const results = await world.perform({ time: blocks(at), actions });
      const statuses = results.map(({ outcome, planned: { action } }) => [action.type, outcome.status]);
      expect(statuses, `step ${at}: ${JSON.stringify(results.map(({ outcome }) => outcome))}`).to.deep.equal(
        actions.map(({ action }) => [action.type, "ok"]),
      );
      const incremental = await world.read();
      // Setting the world back to where it is makes the next read ask for everything.
      await world.snapshot();
      await world.revert();
      expect(incremental, `step ${at}`).to.deep.equal(await world.read());
    }
  });
});
