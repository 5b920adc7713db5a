import type { Action } from "../action.ts";
import type { AgentContext } from "../agent.ts";

type Holder = Pick<AgentContext<object>, "me" | "now" | "view">;

/** Completes every withdrawal of `me` whose delay will have passed. */
export function completeExits({ me, now, view }: Holder, receive: "tokens" | "shares" = "tokens"): readonly Action[] {
  return view.withdrawals
    .filter(({ staker, completableAt }) => staker === me && now >= completableAt)
    .map(({ id }) => ({ type: "completeWithdrawal", withdrawal: id, receive }));
}

/** Queues everything that `me` has staked. */
export function queueExit({ me, view }: Holder): readonly Action[] {
  return Object.entries(view.stakers[me]?.stakes ?? {})
    .filter(([, { depositShares }]) => depositShares > 0n)
    .map(([strategy, { depositShares }]) => ({ type: "queueWithdrawal", strategy, depositShares }));
}

/** Claims rewards once they are worth a claim. */
export function claimEarned({ me, view }: Holder): readonly Action[] {
  return (view.rewards.claimable[me] ?? 0n) > 0n ? [{ type: "claimRewards" }] : [];
}
