import { expect } from "chai";

import { WorldImpossibleError } from "../../../../src/errors/world-impossible-error.ts";
import type { WorldSpec } from "../../../../src/model/world-spec.ts";
import { ether } from "../../../../src/units/amounts.ts";
import { blocks } from "../../../../src/units/durations.ts";
import { WAD } from "../../../../src/units/units.ts";
import { assertWorldPossible } from "../../../../src/world/assert-world-possible.ts";
import { participant, smallWorld } from "../../../helpers/small-world.ts";

const base = smallWorld();
const [set] = base.sets;
const [operator] = base.operators;
if (set === undefined || operator === undefined) expect.fail("the small world has a set and an operator");

const withOperator = (over: object): Partial<WorldSpec> => ({ operators: [{ ...operator, ...over }] });
const withSet = (over: object): Partial<WorldSpec> => ({ sets: [{ ...set, ...over }] });
const withParticipant = (over: object): Partial<WorldSpec> => ({
  participants: [...base.participants, participant("extra", over)],
});
const delays = (over: object): Partial<WorldSpec> => ({ delays: { ...base.delays, ...over } });
const allocation = { set: "oracle", strategy: "lst" };

/** What cannot exist, and the part that the message names. */
const impossible: Readonly<Record<string, readonly [Partial<WorldSpec>, string]>> = {
  "no operators": [{ operators: [] }, "the operators"],
  "a name twice": [{ participants: [...base.participants, participant("oracle")] }, "participant oracle"],
  "no administrator": [{ participants: base.participants.slice(1) }, "participant protocol"],
  "a negative delay": [delays({ withdrawal: -12n }), "delay withdrawal"],
  "half a block": [{ ...delays({ release: 6n }), clock: "blocknumber" }, "delay release"],
  "an operator that takes no part": [withOperator({ id: "ghost" }), "operator ghost"],
  "a negative allocation delay": [withOperator({ allocationDelay: -1n }), "operator operators-1"],
  "a split above 100 %": [withOperator({ splitBips: 10_001 }), "operator operators-1"],
  "allocations above 100 %": [
    withOperator({ allocations: [WAD, 1n].map((magnitude) => ({ ...allocation, magnitude })) }),
    "operator operators-1",
  ],
  "a negative allocation": [withOperator({ allocations: [{ ...allocation, magnitude: -1n }] }), "operator operators-1"],
  "a set without strategies": [withSet({ strategies: [] }), "operator set oracle"],
  "an unknown strategy": [withSet({ strategies: ["silver"] }), "operator set oracle"],
  "two services of one AVS": [{ sets: [set, { ...set, id: "second", service: "bridge" }] }, "operator set second"],
  "windows longer than operators are slashable": [
    withSet({ module: { kind: "veto", window: blocks(49), expiry: blocks(2), committee: "watchers" } }),
    "operator set oracle",
  ],
  "a window of nothing": [
    withSet({ module: { kind: "veto", window: 0n, expiry: blocks(2), committee: "watchers" } }),
    "operator set oracle",
  ],
  "an unknown committee": [
    withSet({ module: { kind: "veto", window: blocks(2), expiry: blocks(2), committee: "ghost" } }),
    "operator set oracle",
  ],
  "a negative wallet": [withParticipant({ ether: -1n }), "participant extra"],
  "a negative stake": [withParticipant({ stakes: [{ strategy: "lst", amount: -1n }] }), "participant extra"],
  "a stake in nothing": [withParticipant({ stakes: [{ strategy: "silver", amount: 1n }] }), "participant extra"],
  "a delegation to a stranger": [withParticipant({ delegatedTo: "stakers-1" }), "participant extra"],
};

describe("assertWorldPossible", function () {
  it("accepts a world that can exist", function () {
    assertWorldPossible(base);
    assertWorldPossible(smallWorld(withParticipant({ stakes: [{ strategy: "gold", amount: ether(1) }] })));
  });

  for (const [name, [over, part]] of Object.entries(impossible)) {
    it(`refuses ${name}`, function () {
      let caught: unknown;
      try {
        assertWorldPossible(smallWorld(over));
      } catch (error) {
        caught = error;
      }
      expect(caught).to.be.instanceOf(WorldImpossibleError);
      expect((caught as WorldImpossibleError).details["part"]).to.equal(part);
      expect((caught as WorldImpossibleError).hint).not.to.equal("");
    });
  }
});
