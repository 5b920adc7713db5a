import { ActionInvalidError } from "../../errors/action-invalid-error.ts";
import type { StakerAction } from "../../model/action.ts";
import { contracts } from "../contracts.ts";
import type { Call } from "../stage-driver.ts";
import type { ActionContext } from "./prepared-action.ts";

const NO_APPROVAL = ["0x", `0x${"00".repeat(32)}`, 0n] as const;

type ActionOf<T extends StakerAction["type"]> = Extract<StakerAction, { type: T }>;

export function delegationCall(context: ActionContext, name: "delegate" | "redelegate", operator: string): Call {
  const { at, book } = context.world;
  const data = contracts.delegation.encode(name, [book.participants.address(operator), NO_APPROVAL]);
  return { target: at("operatorDelegation"), data };
}

/** Leaves the operator: one's own, or an operator's staker. */
export function undelegateCall(context: ActionContext, staker: string): Call {
  const { at, book } = context.world;
  const data = contracts.delegation.encode("undelegate", [book.participants.address(staker)]);
  return { target: at("operatorDelegation"), data };
}

/** The actor's liquid staking tokens before the step, plain and wrapped [LST shares], and the pool's rate. */
function wallet({ world, state, agent }: ActionContext) {
  const holder = state.stakers.get(agent);
  const index = world.spec.strategies.findIndex(({ asset }) => asset === "lst");
  return {
    plain: holder?.liquidShares ?? 0n,
    wrapped: index === -1 ? 0n : (holder?.stakes[index]?.tokens ?? 0n),
    shares: state.pool.totalShares,
    ether: state.pool.totalEther,
  };
}

/**
 * Restakes. An amount of an `lst` strategy counts as ether: wrapped tokens of the wallet go first, the rest is wrapped
 * from its liquid staking tokens.
 */
export function depositCalls(context: ActionContext, action: ActionOf<"deposit">): readonly Call[] {
  const { at, book, spec } = context.world;
  const strategy = book.strategies.address(action.strategy);
  const deposit = (amount: bigint): Call => ({
    target: at("restakingManager"),
    data: contracts.restaking.encode("deposit", [strategy, amount]),
  });
  const asset = spec.strategies.find(({ id }) => id === action.strategy)?.asset;
  if (asset !== "lst") return [deposit(action.amount)];
  const { wrapped, shares, ether } = wallet(context);
  const wanted = (action.amount * shares) / ether;
  if (wanted <= wrapped) return [deposit(wanted)];
  const rest = action.amount - (wrapped * ether) / shares;
  const wrap = { target: at("wrapped"), data: contracts.wrapped.encode("wrap", [rest]) };
  return [wrap, deposit(wrapped + (rest * shares) / ether)];
}

/** Asks the pool for ether, unwrapping first what the wallet lacks in plain liquid staking tokens. */
export function unstakeCalls(context: ActionContext, action: ActionOf<"requestUnstake">): readonly Call[] {
  const { world, actor } = context;
  const data = contracts.unstakeQueue.encode("requestWithdrawal", [action.amount, actor]);
  const request = { target: world.at("queue"), data };
  const { plain, wrapped, shares, ether } = wallet(context);
  const liquid = (plain * ether) / shares;
  if (liquid >= action.amount || wrapped === 0n) return [request];
  const missing = ((action.amount - liquid) * shares) / ether + 1n;
  const amount = missing < wrapped ? missing : wrapped;
  return [{ target: world.at("wrapped"), data: contracts.wrapped.encode("unwrap", [amount]) }, request];
}

export function queueCall(context: ActionContext, action: ActionOf<"queueWithdrawal">): Call {
  const { at, book } = context.world;
  const args = [[book.strategies.address(action.strategy)], [action.depositShares]];
  return { target: at("operatorDelegation"), data: contracts.delegation.encode("queueWithdrawal", args) };
}

export function completeCall(context: ActionContext, action: ActionOf<"completeWithdrawal">): Call {
  const number = context.journal.withdrawalNumbers.get(action.withdrawal);
  if (number === undefined) throw new ActionInvalidError(action.type, "withdrawal", action.withdrawal);
  const data = contracts.delegation.encode("completeWithdrawal", [number, action.receive === "tokens"]);
  return { target: context.world.at("operatorDelegation"), data };
}
