import type { Fact } from "../../model/fact.ts";
import { caseName } from "../../model/names.ts";
import { WAD } from "../../units/units.ts";
import { setName } from "../address-book.ts";
import type { DecodedEvent } from "../codec/prepared-contract.ts";
import type { JournalCase } from "../journal.ts";
import { nameOf, type FactContext } from "./fact-context.ts";

/** Opens a case: only a report of a fault does. */
export function caseOpenedFact(context: FactContext, { args, address }: DecodedEvent): readonly Fact[] {
  const { world, journal, planned } = context;
  const { action, agent } = planned;
  if (action.type !== "reportFault") return [];
  const { set } = action.fault;
  const request = args["requestId"] as bigint;
  const operator = nameOf(world, args["operator"]);
  const id = caseName(set, request);
  const executableFrom = world.clock.time(args["executableFrom"] as bigint);
  journal.cases.set(id, {
    id,
    set,
    operator,
    module: address === world.at("vetoSlasher") ? "veto" : "optimistic",
    reportedBy: agent,
    reportedAt: world.clock.time(journal.clock),
    vetoableUntil: executableFrom,
    executableFrom,
    expiresAt: world.clock.time(args["executableUntil"] as bigint),
    state: "open",
    request,
    address,
  });
  return [{ kind: "caseOpened", case: id, set, operator }];
}

function caseOf(context: FactContext, { args, address }: DecodedEvent): JournalCase | undefined {
  const request = args["requestId"] as bigint;
  return [...context.journal.cases.values()].find((found) => found.address === address && found.request === request);
}

export function caseClosedFact(context: FactContext, event: DecodedEvent): readonly Fact[] {
  const found = caseOf(context, event);
  if (found === undefined) return [];
  const executed = event.name === "SlashRequestExecuted";
  const result = executed ? "executed" : found.module === "veto" ? "vetoed" : "rejected";
  context.journal.cases.set(found.id, { ...found, state: result });
  const reason = executed ? "executed in time" : found.module === "veto" ? "vetoed by the committee" : "refuted";
  return [{ kind: "caseClosed", case: found.id, result, reason }];
}

interface Rebase {
  readonly preEther: bigint;
  readonly preShares: bigint;
  readonly postEther: bigint;
  readonly postShares: bigint;
  readonly feeShares: bigint;
}

export function poolReportedFact({ args }: DecodedEvent): Fact {
  const rebase = args["rebase"] as unknown as Rebase;
  return {
    kind: "poolReported",
    before: (rebase.preEther * WAD) / rebase.preShares,
    after: (rebase.postEther * WAD) / rebase.postShares,
    fee: (rebase.feeShares * rebase.postEther) / rebase.postShares,
  };
}

export function rewardsPaidFact({ world, journal }: FactContext, { args }: DecodedEvent): Fact {
  const payment = args["payment"] as unknown as {
    readonly set: { readonly avs: string; readonly id: bigint };
    readonly start: bigint;
    readonly duration: bigint;
    readonly amount: bigint;
  };
  const { start, duration, amount } = payment;
  const set = setName(world.book, payment.set.avs, payment.set.id) ?? payment.set.avs;
  const from = world.clock.time(start);
  journal.submissions.push({ set, amount, from, until: world.clock.time(start + duration) });
  return { kind: "rewardsPaid", set, avs: world.book.sets.get(set)?.spec.avs ?? payment.set.avs, amount };
}

export function rewardsClaimedFact({ world, journal }: FactContext, { args }: DecodedEvent): Fact {
  const participant = nameOf(world, args["earner"]);
  const amount = args["amount"] as bigint;
  journal.claimed.set(participant, (journal.claimed.get(participant) ?? 0n) + amount);
  return { kind: "rewardsClaimed", participant, amount };
}

/** A root that was published; its earnings are those of the action that published it. */
export function noteRoot({ world, journal, planned }: FactContext, { args }: DecodedEvent): void {
  const { action } = planned;
  if (action.type !== "submitRewardsRoot") return;
  journal.roots.push({
    index: Number(args["index"]),
    until: world.clock.time(args["calculatedUntil"] as bigint),
    activeAt: args["activatedAt"] as bigint,
    disabled: false,
    earnings: Object.fromEntries(action.earnings.map(({ participant, amount }) => [participant, amount])),
  });
}

export function noteRootDisabled({ journal }: FactContext, { args }: DecodedEvent): void {
  const index = journal.roots.findIndex((root) => BigInt(root.index) === args["index"]);
  const root = journal.roots[index];
  if (root !== undefined) journal.roots[index] = { ...root, disabled: true };
}
