import type { Fact } from "../../model/fact.ts";
import { withdrawalId } from "../../model/names.ts";
import { setName } from "../address-book.ts";
import { asText, type DecodedEvent } from "../codec/prepared-contract.ts";
import { nameOf, strategyName, type FactContext } from "./fact-context.ts";

interface WithdrawalStruct {
  readonly staker: string;
  readonly delegatedTo: string;
  readonly start: bigint;
  readonly strategies: readonly string[];
  readonly scaledShares: readonly bigint[];
}

export function depositedFact({ world }: FactContext, { args }: DecodedEvent): Fact {
  return {
    kind: "deposited",
    staker: nameOf(world, args["staker"]),
    strategy: strategyName(world, args["strategy"]),
    tokens: args["amount"] as bigint,
    shares: args["shares"] as bigint,
  };
}

/** Gives a new withdrawal its name and remembers it while it is open. */
export function queuedFact(context: FactContext, { args }: DecodedEvent): Fact {
  const { world, journal, planned } = context;
  const { clock, spec } = world;
  const withdrawal = args["withdrawal"] as unknown as WithdrawalStruct;
  const number = args["id"] as bigint;
  const staker = nameOf(world, withdrawal.staker);
  const nonce = (journal.queued.get(staker) ?? 0) + 1;
  const id = withdrawalId(staker, nonce);
  const { start } = withdrawal;
  const operator = world.book.participants.name(withdrawal.delegatedTo);
  const strategy = strategyName(world, withdrawal.strategies[0]);
  const scaledShares = withdrawal.scaledShares[0] ?? 0n;
  journal.queued.set(staker, nonce);
  journal.withdrawalNumbers.set(id, number);
  journal.withdrawals.set(number, { number, id, staker, operator, strategy, scaledShares, start });
  const { type } = planned.action;
  const delay = clock.units(spec.delays.withdrawal);
  return {
    kind: "withdrawalQueued",
    id,
    staker,
    operator,
    strategy,
    trigger: type === "queueWithdrawal" ? "withdrawal" : type === "forceUndelegate" ? "forced" : "undelegation",
    scaledShares,
    shares: (args["withdrawableShares"] as readonly bigint[])[0] ?? 0n,
    slashableUntil: clock.time(start + delay),
    completableAt: clock.time(start + delay + 1n),
  };
}

/** Tokens that left a strategy (or ether a pod) for the staker after the completion was announced. */
function tokensPaid(context: FactContext, event: DecodedEvent): bigint {
  const after = context.events.slice(context.events.indexOf(event));
  const paid = after.find(({ name }) => name === "SharesRedeemed" || name === "EtherWithdrawn");
  return (paid?.args["amount"] as bigint | undefined) ?? 0n;
}

export function completedFact(context: FactContext, event: DecodedEvent): readonly Fact[] {
  const { journal } = context;
  const number = event.args["id"] as bigint;
  const withdrawal = journal.withdrawals.get(number);
  if (withdrawal === undefined) return [];
  journal.withdrawals.delete(number);
  const { id, staker, strategy } = withdrawal;
  const asTokens = event.args["asTokens"] === true;
  const shares = (event.args["shares"] as readonly bigint[])[0] ?? 0n;
  const tokens = asTokens && shares > 0n ? tokensPaid(context, event) : 0n;
  return [
    { kind: "withdrawalCompleted", id, staker, strategy, shares, tokens, receive: asTokens ? "tokens" : "shares" },
  ];
}

export function clearedFact({ world }: FactContext, { args }: DecodedEvent): Fact {
  const set = args["set"] as unknown as { readonly avs: string; readonly id: bigint };
  return {
    kind: "escrowCleared",
    set: setName(world.book, set.avs, set.id) ?? set.avs,
    slashId: args["slashId"] as bigint,
    strategy: strategyName(world, args["strategy"]),
    shares: args["shares"] as bigint,
    tokens: args["amount"] as bigint,
    recipient: world.book.participants.name(asText(args["recipient"])),
  };
}
