import { expect } from "chai";

import { ScenarioInvalidError } from "../../../../../src/errors/scenario-invalid-error.ts";
import type { Fault } from "../../../../../src/model/fault.ts";
import { expandShock } from "../../../../../src/model/shocks/expand.ts";
import type { ExpandedShock } from "../../../../../src/model/shocks/shock-context.ts";
import {
  downtime,
  equivocate,
  forgeRelease,
  withholdData,
  wrongPrice,
} from "../../../../../src/model/shocks/faults.ts";
import { act, execute, report, slash, veto } from "../../../../../src/model/shocks/justice.ts";
import {
  pause,
  podPenalty,
  swapSlasher,
  unpause,
  validatorLoss,
  validatorReward,
} from "../../../../../src/model/shocks/protocol.ts";
import type { Shock } from "../../../../../src/model/shock.ts";
import type { View } from "../../../../../src/model/view.ts";
import { ether, percent } from "../../../../../src/units/amounts.ts";

const openCase = (id: string, state: string) => ({ id, set: "oracle", state });
const view = {
  sets: { oracle: { avs: "oracle-co", slasher: "judge" }, archive: { avs: "archive", slasher: "module:instant" } },
  services: {
    oracle: { kind: "oracle", round: 4n, price: ether(2), tasks: [] },
    archive: { kind: "availability", round: 0n, price: 0n, tasks: [{ id: 3n }, { id: 8n }] },
  },
  cases: [openCase("oracle!1", "open"), openCase("oracle!2", "open"), openCase("oracle!3", "vetoed")],
} as unknown as View;

const expand = (shock: Shock, faults: readonly Fault[] = []): ExpandedShock =>
  expandShock({ view, faults, now: 60n, member: (name) => `${name}*` }, shock);
const sent = (shock: Shock, faults?: readonly Fault[]): unknown =>
  expand(shock, faults).actions.map(({ agent, action }) => [agent, action]);

describe("expandShock", () => {
  it("makes two signed statements about a round that the service opens in the same step", () => {
    const { actions, faults } = expand(equivocate({ operator: "ops", sets: ["oracle", "archive"] }));
    expect(actions.map(({ agent, action }) => [agent, action.type])).to.deep.equal([
      ["oracle-co", "openRound"],
      ["archive", "openRound"],
    ]);
    expect(faults.map(({ set, operator, at, deed }) => [set, operator, at, deed.kind])).to.deep.equal([
      ["oracle", "ops*", 60n, "equivocation"],
      ["archive", "ops*", 60n, "equivocation"],
    ]);
    expect(new Set(faults.map(({ id }) => id)).size).to.equal(2);
  });

  it("makes silence a fault from now for its length", () => {
    const [fault] = expand(downtime({ operator: "ops", sets: ["oracle"], length: 40n })).faults;
    expect(fault?.deed).to.deep.equal({ kind: "downtime", from: 60n, until: 100n });
  });

  it("submits a price off by the deviation in the running round", () => {
    const { actions, faults } = expand(wrongPrice({ operator: "ops", set: "oracle", deviation: percent(-25) }));
    expect(actions[0]?.action).to.deep.equal({ type: "submitPrice", set: "oracle", round: 4n, price: ether("1.5") });
    expect(faults[0]?.deed).to.deep.equal({ kind: "price", round: 4n, price: ether("1.5") });
  });

  it("withholds the newest task and attests to a release that nobody deposited", () => {
    expect(expand(withholdData({ operator: "ops", set: "archive" })).faults[0]?.deed).to.deep.equal({
      kind: "withholding",
      task: 8n,
    });
    const forged = expand(forgeRelease({ operator: "ops", set: "archive", amount: 5n }));
    expect(forged.actions[0]?.action).to.include({ type: "attestRelease", genuine: false, amount: 5n });
    expect(forged.faults[0]?.deed).to.include({ kind: "forgery", amount: 5n });
  });

  it("lets the administrator change validators and pauses, and the AVS its slasher", () => {
    expect(sent(validatorLoss(7n))).to.deep.equal([["protocol", { type: "changeValidators", delta: -7n }]]);
    expect(sent(validatorReward(7n))).to.deep.equal([["protocol", { type: "changeValidators", delta: 7n }]]);
    expect(sent(podPenalty({ staker: "ann", gwei: 3n, slashed: true }))).to.deep.equal([
      ["protocol", { type: "changePod", staker: "ann*", gwei: -3n, slashed: true }],
    ]);
    expect(sent(pause(["slash"]))).to.deep.equal([["protocol", { type: "pause", functions: ["slash"], paused: true }]]);
    expect(sent(unpause(["slash"]))).to.deep.equal([
      ["protocol", { type: "pause", functions: ["slash"], paused: false }],
    ]);
    expect(sent(swapSlasher({ set: "oracle", slasher: "thief" }))).to.deep.equal([
      ["oracle-co", { type: "setSlasher", set: "oracle", slasher: "thief*" }],
    ]);
  });

  it("slashes by the set's own slasher", () => {
    const order = {
      type: "slash",
      set: "oracle",
      operator: "ops*",
      fraction: percent(10),
      strategies: null,
      reason: "ordered",
    };
    expect(sent(slash({ avs: "oracle", operator: "ops", fraction: percent(10) }))).to.deep.equal([["judge", order]]);
  });

  it("reports the newest fault of the operator on the set", () => {
    const fault = (id: string, set: string): Fault => ({
      id,
      set,
      operator: "ops*",
      at: 1n,
      deed: { kind: "equivocation", subject: 1n },
    });
    const faults = [fault("a", "oracle"), fault("b", "oracle"), fault("c", "archive")];
    expect(sent(report({ by: "eve", operator: "ops", set: "oracle" }), faults)).to.deep.equal([
      ["eve*", { type: "reportFault", fault: faults[1] }],
    ]);
    expect(() => expand(report({ by: "eve", operator: "ops", set: "oracle" }))).to.throw(ScenarioInvalidError);
  });

  it("vetoes and executes the newest open case, and notes where there is none", () => {
    expect(sent(veto({ by: "eve", set: "oracle" }))).to.deep.equal([["eve*", { type: "vetoCase", case: "oracle!2" }]]);
    expect(sent(execute({ by: "eve", set: "oracle" }))).to.deep.equal([
      ["eve*", { type: "executeCase", case: "oracle!2" }],
    ]);
    expect(expand(veto({ by: "eve", set: "archive" }))).to.deep.equal({
      actions: [],
      faults: [],
      note: "eve* finds no open case on archive to veto",
    });
  });

  it("passes any action on to its member", () => {
    expect(sent(act({ by: "ann", action: { type: "undelegate" } }))).to.deep.equal([["ann*", { type: "undelegate" }]]);
  });
});
