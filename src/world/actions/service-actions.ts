import { AbiCoder, id as hashText, keccak256, toUtf8Bytes } from "ethers";

import type { TaskAction } from "../../model/action.ts";
import { ether } from "../../units/amounts.ts";
import { setOf, type DeployedSet } from "../address-book.ts";
import { contracts } from "../contracts.ts";
import type { Statement } from "../keys.ts";
import type { Call } from "../stage-driver.ts";
import type { WorldContext } from "../world-context.ts";
import { keysDomain, setTuple } from "./operator-actions.ts";
import type { ActionContext, PreparedAction, SideOrder } from "./prepared-action.ts";

type ActionOf<T extends TaskAction["type"]> = Extract<TaskAction, { type: T }>;

/** What each service calls its questions. */
const TOPICS = {
  plain: hashText("question"),
  oracle: hashText("price"),
  availability: hashText("blob"),
  bridge: hashText("release"),
} as const;

/** Ether that every genuine deposit on a bridge locks. */
const DEPOSIT = ether(1);

/** Topic of a set's service. */
export function topicOf(set: DeployedSet): string {
  return TOPICS[set.spec.service];
}

/** The data that a set's members keep available. */
function blobOf(set: DeployedSet): string {
  return `0x${Buffer.from(toUtf8Bytes(`blob of ${set.spec.id}`)).toString("hex")}`;
}

/** Hash of a bridge's message. */
export function messageHash(recipient: string, amount: bigint, nonce: bigint): string {
  const coder = AbiCoder.defaultAbiCoder();
  return keccak256(coder.encode(["address", "uint256", "uint64"], [recipient, amount, nonce]));
}

/** Writes a number as a statement's value. */
export function toValue(value: bigint): string {
  return `0x${value.toString(16).padStart(64, "0")}`;
}

/** Signs what an operator answers to a round. */
export function signAnswer(world: WorldContext, operator: string, statement: Statement): string {
  return world.keys.sign(operator, "Statement", { domain: keysDomain(world), value: statement });
}

/**
 * Publishes an oracle's median where that has not happened, so that prices can be judged by it; a round with too few
 * answers stays open.
 */
export function publishOrders(context: ActionContext, name: string, round: bigint): readonly SideOrder[] {
  const { avs: target, number } = setOf(context.world.book, name);
  const opened = context.journal.rounds.get(name)?.find((one) => one.round === round);
  if (opened === undefined || opened.published) return [];
  const publish = { target, data: contracts.oracle.encode("publish", [number, round]) };
  return [{ actor: context.actor, calls: [publish] }];
}

function openRoundCall(context: ActionContext, name: string): Call {
  const set = setOf(context.world.book, name);
  const { avs: target, number } = set;
  switch (set.spec.service) {
    case "plain":
      return { target, data: contracts.plainService.encode("openRound", [number, topicOf(set)]) };
    case "oracle":
      return { target, data: contracts.oracle.encode("openRound", [number]) };
    case "bridge":
      return { target, data: contracts.bridge.encode("recordDeposit", [number, context.actor, DEPOSIT]) };
    case "availability":
      return { target, data: contracts.availability.encode("postBlob", [number, keccak256(blobOf(set))]) };
  }
}

/** The AVS opens the next round; an oracle first closes the one before. */
export function openRoundAction(context: ActionContext, name: string): PreparedAction {
  const last = context.journal.rounds.get(name)?.at(-1)?.round ?? 0n;
  const { service } = setOf(context.world.book, name).spec;
  const before = service === "oracle" ? publishOrders(context, name, last) : [];
  return { calls: [openRoundCall(context, name)], before };
}

export function priceCalls(context: ActionContext, action: ActionOf<"submitPrice">): readonly Call[] {
  const { world, agent } = context;
  const set = setOf(world.book, action.set);
  const { avs, number: setId } = set;
  const statement = { avs, setId, topic: topicOf(set), round: action.round, value: toValue(action.price) };
  const args = [setId, action.round, action.price, signAnswer(world, agent, statement)];
  return [{ target: avs, data: contracts.oracle.encode("submitPrice", args) }];
}

/**
 * Attests to a round's data. Whoever withholds it attests too, but does not reveal when the data is asked for, which
 * happens at once; every other member that attested reveals.
 */
export function dataAction(context: ActionContext, action: ActionOf<"attestData">): PreparedAction {
  const { world, agent, journal } = context;
  const set = setOf(world.book, action.set);
  const { avs: target, number: setId } = set;
  const value = keccak256(blobOf(set));
  const statement = { avs: target, setId, topic: topicOf(set), round: action.task, value };
  const attest = [setId, action.task, value, signAnswer(world, agent, statement)];
  const calls = [{ target, data: contracts.availability.encode("attest", attest) }];
  if (action.withhold !== true) return { calls };
  const challenge = { target, data: contracts.availability.encode("challenge", [setId, action.task]) };
  const reveal = { target, data: contracts.availability.encode("reveal", [setId, action.task, blobOf(set)]) };
  const others = (journal.members.get(action.set) ?? []).filter((member) => member !== agent);
  const after = others.map((member) => ({ actor: world.book.participants.address(member), calls: [reveal] }));
  return { calls: [...calls, challenge], after };
}

/** The bridge round that an attestation at `clock` is about: the newest deposit by then. */
export function bridgeNonce(context: ActionContext, set: string, clock: bigint): bigint {
  return context.journal.rounds.get(set)?.findLast(({ openedAt }) => openedAt <= clock)?.round ?? 0n;
}

/** Message that an attester signs: the deposit as it was, or the same deposit with another amount. */
export function releaseStatement(
  context: ActionContext,
  set: DeployedSet,
  release: { readonly nonce: bigint; readonly amount: bigint; readonly genuine: boolean },
): Statement {
  const recipient = context.world.book.participants.address(set.spec.avs);
  const { nonce, genuine } = release;
  const amount = genuine ? DEPOSIT : release.amount + DEPOSIT;
  const value = messageHash(recipient, amount, nonce);
  return { avs: set.avs, setId: set.number, topic: topicOf(set), round: nonce, value };
}

export function releaseCalls(context: ActionContext, action: ActionOf<"attestRelease">): readonly Call[] {
  const { world, agent, journal } = context;
  const set = setOf(world.book, action.set);
  const nonce = bridgeNonce(context, action.set, journal.clock);
  const statement = releaseStatement(context, set, { ...action, nonce });
  const args = [set.number, nonce, statement.value, signAnswer(world, agent, statement)];
  return [{ target: set.avs, data: contracts.bridge.encode("attest", args) }];
}

/** Shows that the operator is alive; a set without a downtime rule has nothing to beat. */
export function heartbeatCalls(context: ActionContext, name: string): readonly Call[] {
  const { rule, spec } = setOf(context.world.book, name);
  if (rule === null || spec.rule?.kind !== "downtime") return [];
  return [{ target: rule, data: contracts.downtimeRule.encode("beat", [setTuple(context.world, name)]) }];
}
