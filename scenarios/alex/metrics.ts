import { defineMetric, stakeValue, valueOf, type Metric, type View } from "../../src/index.ts";

/** All that somebody has, in ether: wallet, liquid staking tokens, stake, what is on its way out, and rewards. */
function worth(view: View, id: string): bigint {
  const { ether: wallet = 0n, lst = 0n, rewardTokens = 0n } = view.stakers[id] ?? {};
  const leaving = view.withdrawals
    .filter(({ staker }) => staker === id)
    .reduce((sum, { strategy, shares }) => sum + valueOf(view, strategy, shares), 0n);
  return wallet + lst + rewardTokens + stakeValue(view, id) + leaving;
}

/** What a population of one has. */
export function worthOf<const P extends string>(population: P): Metric<"wei", P> {
  return defineMetric<"wei", P>({
    unit: "wei",
    description: `all that ${population} has, in ether`,
    read: ({ view }) => worth(view, population),
  });
}

/** How much less one has than another, who began with the same. */
export function behind<const P extends string>(one: P, other: P): Metric<"wei", P> {
  return defineMetric<"wei", P>({
    unit: "wei",
    description: `what ${one} has less than ${other}`,
    read: ({ view }) => worth(view, other) - worth(view, one),
  });
}
