import type { Fact } from "../../model/fact.ts";
import type { DecodedEvent, PreparedContract, RawLog } from "../codec/prepared-contract.ts";
import { contracts } from "../contracts.ts";
import { defiFacts, defiReaders } from "../defi/defi-facts.ts";
import type { WorldContext } from "../world-context.ts";
import type { FactContext } from "./fact-context.ts";
import { noteEvent } from "./note-events.ts";
import {
  caseClosedFact,
  caseOpenedFact,
  noteRoot,
  noteRootDisabled,
  poolReportedFact,
  rewardsClaimedFact,
  rewardsPaidFact,
} from "./side-facts.ts";
import { slashFact } from "./slash-fact.ts";
import { clearedFact, completedFact, depositedFact, queuedFact } from "./stake-facts.ts";

type Decoder = Pick<PreparedContract, "event">;

/** Who decodes the logs of which contract, by its address. */
export type EventReaders = ReadonlyMap<string, readonly Decoder[]>;

/** Prepares the readers of a world's events. */
export function eventReaders(world: WorldContext): EventReaders {
  const readers = new Map<string, readonly Decoder[]>();
  const add = (address: string, ...decoders: readonly Decoder[]): void => {
    readers.set(address, [...(readers.get(address) ?? []), ...decoders]);
  };
  add(world.at("restakingManager"), contracts.restaking);
  add(world.at("operatorDelegation"), contracts.delegation);
  add(world.at("avsRegistry"), contracts.registry);
  add(world.at("allocationManager"), contracts.allocations);
  add(world.at("slasher"), contracts.slasher);
  add(world.at("podManager"), contracts.pods);
  add(world.at("operatorKeys"), contracts.keys);
  add(world.at("lst"), contracts.lst);
  add(world.at("queue"), contracts.unstakeQueue);
  add(world.at("rewards"), contracts.rewards);
  for (const module of ["vetoSlasher", "optimisticSlasher"]) add(world.at(module), contracts.delayedSlasher);
  for (const strategy of world.book.strategies.addresses) add(strategy, contracts.strategy);
  for (const pod of world.pods.values()) add(pod, contracts.pod);
  for (const { address, decoder } of defiReaders(world)) add(address, decoder);
  const seen = new Set<string>();
  for (const { avs, rule, spec } of world.book.sets.values()) {
    if (rule !== null && spec.rule?.kind === "downtime") add(rule, contracts.downtimeRule);
    if (seen.has(avs)) continue;
    seen.add(avs);
    add(avs, contracts.service, contracts.oracle);
  }
  return readers;
}

/** Decodes an action's logs; logs of strangers are left out. */
export function decodeLogs(readers: EventReaders, logs: readonly RawLog[]): readonly DecodedEvent[] {
  return logs.flatMap((log) => {
    for (const reader of readers.get(log.address.toLowerCase()) ?? []) {
      const event = reader.event(log);
      if (event !== undefined) return [event];
    }
    return [];
  });
}

function factsOf(context: FactContext, event: DecodedEvent): readonly Fact[] {
  switch (event.name) {
    case "OperatorSlashed":
      return [slashFact(context, event)];
    case "SlashCleared":
      return [clearedFact(context, event)];
    case "Deposited":
      return [depositedFact(context, event)];
    case "WithdrawalQueued":
      return [queuedFact(context, event)];
    case "WithdrawalCompleted":
      return completedFact(context, event);
    case "SlashRequested":
      return caseOpenedFact(context, event);
    case "SlashRequestExecuted":
    case "SlashRequestRefused":
      return caseClosedFact(context, event);
    case "Rebased":
      return [poolReportedFact(event)];
    case "RewardsPaid":
      return [rewardsPaidFact(context, event)];
    case "RewardsClaimed":
      return [rewardsClaimedFact(context, event)];
    case "RootSubmitted":
      noteRoot(context, event);
      return [];
    case "RootDisabled":
      noteRootDisabled(context, event);
      return [];
    default:
      noteEvent(context, event);
      return [];
  }
}

/** Facts that no event tells: the action itself is the proof. */
function factsOfAction({ planned, journal }: FactContext): readonly Fact[] {
  const { action } = planned;
  if (action.type === "donate") {
    return [{ kind: "donated", who: planned.agent, strategy: action.strategy, tokens: action.amount }];
  }
  if (action.type === "challengeCase") {
    const found = journal.cases.get(action.case);
    if (found?.state === "open") journal.cases.set(found.id, { ...found, state: "challenged" });
  }
  return [];
}

/** Facts of one successful action, and the journal brought up to them. */
export function readFacts(context: FactContext): readonly Fact[] {
  const told = context.events.flatMap((event) => [...factsOf(context, event), ...defiFacts(context, event)]);
  return [...told, ...factsOfAction(context)];
}
