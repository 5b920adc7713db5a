import type { Action, PlannedAction } from "../../src/model/action.ts";
import type { ParticipantSpec, WorldSpec } from "../../src/model/world-spec.ts";
import { ether } from "../../src/units/amounts.ts";
import { blocks } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";

/** A participant with ten ether and nothing staked. */
export function participant(id: string, over: Partial<ParticipantSpec> = {}): ParticipantSpec {
  const population = id.replace(/-[0-9]+$/, "");
  return { id, population, role: "staker", stakes: [], ether: ether(10), lst: 0n, delegatedTo: null, ...over };
}

/** One AVS, two operators, three stakers, fast delays. */
export function smallWorld(over: Partial<WorldSpec> = {}): WorldSpec {
  const staked = (strategy: string, amount: bigint) => ({ strategy, amount });
  return {
    clock: "timestamp",
    delays: {
      withdrawal: blocks(50),
      deallocation: blocks(50),
      configuration: blocks(75),
      release: 0n,
      rewardsActivation: blocks(5),
    },
    lst: { fee: WAD / 10n, initialStake: ether(1000), maxYearlyGain: WAD },
    strategies: [
      { id: "lst", asset: "lst" },
      { id: "gold", asset: "token" },
    ],
    sets: [
      {
        id: "oracle",
        avs: "oracle",
        service: "plain",
        strategies: ["lst"],
        rule: { kind: "equivocation", slash: WAD / 10n },
        module: { kind: "instant" },
        destination: { kind: "burned" },
      },
    ],
    participants: [
      participant("protocol", { role: "protocol" }),
      participant("oracle", { role: "avs" }),
      participant("watchers", { role: "observer" }),
      participant("operators-1", {
        role: "operator",
        stakes: [staked("lst", ether(10))],
        delegatedTo: "operators-1",
      }),
      participant("operators-2", { role: "operator", delegatedTo: "operators-2" }),
      participant("stakers-1", { stakes: [staked("lst", ether(32))], delegatedTo: "operators-1" }),
      participant("stakers-2", {
        stakes: [staked("lst", ether(64)), staked("gold", ether(7))],
        delegatedTo: "operators-1",
      }),
      participant("stakers-3", { lst: ether(3), stakes: [staked("lst", ether(5))], delegatedTo: "operators-2" }),
    ],
    operators: [
      {
        id: "operators-1",
        allocationDelay: 0n,
        splitBips: 1000,
        allocations: [{ set: "oracle", strategy: "lst", magnitude: WAD / 2n }],
      },
      {
        id: "operators-2",
        allocationDelay: blocks(10),
        splitBips: 500,
        allocations: [{ set: "oracle", strategy: "lst", magnitude: WAD }],
      },
    ],
    defi: null,
    ...over,
  };
}

/** What `agent` wants, as the engine plans it. */
export function planned(agent: string, action: Action): PlannedAction {
  return { agent, origin: "agent", action };
}
