import { ether, WAD, type WorldSpec } from "../src/index.ts";

/**
 * The smallest world in which deposits can be timed: stakers of a plain token, delegated, and what the core needs around them.
 *
 * @param count - Number of stakers, `stakers-1` and so on, with 1,000 tokens each.
 */
export function depositWorld(count: number): WorldSpec {
  const agent = (id: string, role: "protocol" | "avs" | "operator" | "staker") => {
    return { id, population: id, role, stakes: [], ether: 0n, lst: 0n, delegatedTo: null };
  };
  const stakes = [{ strategy: "token", amount: ether(1_000) }];
  const ids = Array.from({ length: count }, (_, at) => `stakers-${at + 1}`);
  const stakers = ids.map((id) => ({ ...agent(id, "staker"), stakes, delegatedTo: "operator" }));
  return {
    clock: "timestamp",
    delays: { withdrawal: 600n, deallocation: 600n, configuration: 900n, release: 0n, rewardsActivation: 0n },
    lst: { fee: 0n, initialStake: 0n, maxYearlyGain: WAD },
    strategies: [{ id: "token", asset: "token" }],
    sets: [
      {
        id: "set",
        avs: "avs",
        service: "plain",
        strategies: ["token"],
        rule: null,
        module: { kind: "instant" },
        destination: { kind: "burned" },
      },
    ],
    participants: [agent("protocol", "protocol"), agent("avs", "avs"), agent("operator", "operator"), ...stakers],
    defi: null,
    operators: [{ id: "operator", allocationDelay: 0n, splitBips: 0, allocations: [] }],
  };
}
