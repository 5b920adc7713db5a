import {
  informedStaker,
  atEnd,
  atPeak,
  bps,
  casualStaker,
  escrowClearer,
  days,
  defineScenario,
  equivocationRule,
  hours,
  leavingStaker,
  lossOf,
  observer,
  patientStaker,
  percent,
  queueDepth,
  revertedActions,
  securityOf,
  slashesSoFar,
  steadyOperator,
  supportingOperator,
  totalLoss,
  totalRestaked,
} from "../../src/index.ts";

import { entity, MAJORS, MINORS, ownStake, retail } from "./accounts.ts";
import { majorAllocations, minorAllocations, smallAvss } from "./services.ts";
import { FAULT, REACTION, timeline, VETO_WINDOW } from "./timeline.ts";

const rule = equivocationRule({ slash: percent(50) });
const vetoed = { kind: "veto", window: VETO_WINDOW, expiry: days(4), committee: "council" } as const;
/** Raises two sets that lost stake by a tenth of what each operator promised them. */
const support = supportingOperator({ upTo: { availability: bps(2860), bridge: bps(1760) } });

export default defineScenario({
  name: "operator-fault",
  question:
    "A large operator equivocates on two services at once: who loses what, who gets out in time, and what would an earlier report have saved?",
  seed: 42,
  clock: { step: hours(12), steps: 60, also: [FAULT + REACTION], mode: "blocknumber" },
  restaking: { preset: "mainnet", releaseDelay: days(7) },
  avss: {
    availability: { service: "availability", rule, module: { kind: "instant" } },
    bridge: { service: "bridge", rule, module: vetoed, redistributeTo: "victims" },
    oracle: { service: "oracle", rule, module: vetoed },
    ...smallAvss,
  },
  populations: {
    majors: {
      count: 7,
      agent: support,
      stake: ownStake(MAJORS),
      allocations: majorAllocations,
      allocationDelay: days(1),
    },
    minors: { count: 23, agent: steadyOperator({}), stake: ownStake(MINORS), allocations: minorAllocations },
    lrtA: entity(1, informedStaker({ reaction: REACTION })),
    lrtB: entity(2, patientStaker({})),
    lrtC: entity(3, informedStaker({ reaction: days(3) })),
    lrtD: entity(4, leavingStaker({ at: FAULT - days(1), operator: "majors-1" })),
    lrtE: entity(5, leavingStaker({ at: FAULT, operator: "majors-1" })),
    lrtF: entity(6, patientStaker({})),
    lrtG: entity(7, patientStaker({})),
    lrtH: entity(8, patientStaker({})),
    lrtI: entity(9, patientStaker({})),
    lrtJ: entity(10, patientStaker({})),
    retail: retail(casualStaker({ notice: percent(10) })),
    watcher: { count: 1, agent: escrowClearer({}) },
    council: { count: 1, agent: observer({}) },
    victims: { count: 1, agent: observer({}) },
  },
  timeline,
  metrics: {
    restaked: totalRestaked(),
    queued: queueDepth(),
    availability: securityOf("availability"),
    bridge: securityOf("bridge"),
    loss: totalLoss(),
    lossOfPatient: lossOf("lrtB"),
    lossOfQuick: lossOf("lrtA"),
    lossOfInsider: lossOf("lrtE"),
    slashes: slashesSoFar(),
    reverted: revertedActions(),
  },
  expect: { slashes: atEnd({ equal: 2n }), lossOfInsider: atPeak({ equal: 0n }) },
});
