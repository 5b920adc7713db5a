import { AbiCoder, id as hashText } from "ethers";

import type { Fault, FaultDeed } from "../../model/fault.ts";
import { setOf, type DeployedSet } from "../address-book.ts";
import { contracts } from "../contracts.ts";
import { setTuple } from "./operator-actions.ts";
import type { ActionContext } from "./prepared-action.ts";
import { bridgeNonce, releaseStatement, signAnswer, toValue, topicOf } from "./service-actions.ts";

const STATEMENT = "tuple(address avs,uint32 setId,bytes32 topic,uint64 round,bytes32 value)";
const coder = AbiCoder.defaultAbiCoder();

type DeedOf<K extends FaultDeed["kind"]> = Extract<FaultDeed, { kind: K }>;

interface Accusation {
  readonly context: ActionContext;
  readonly fault: Fault;
  readonly set: DeployedSet;
}

/** Newest round that was open when the fault was committed. */
function roundAt({ context, fault }: Accusation): bigint {
  const at = context.world.clock.at(fault.at);
  return context.journal.rounds.get(fault.set)?.findLast(({ openedAt }) => openedAt <= at)?.round ?? 0n;
}

/** A statement of the accused, signed. */
function signed({ context, fault, set }: Accusation, round: bigint, value: string): readonly [object, string] {
  const statement = { avs: set.avs, setId: set.number, topic: topicOf(set), round, value };
  return [statement, signAnswer(context.world, fault.operator, statement)];
}

function equivocation(accusation: Accusation, deed: DeedOf<"equivocation">): string {
  const round = roundAt(accusation);
  const first = signed(accusation, round, toValue(2n * deed.subject + 1n));
  const second = signed(accusation, round, toValue(2n * deed.subject + 2n));
  return coder.encode([STATEMENT, "bytes", STATEMENT, "bytes"], [...first, ...second]);
}

function price(accusation: Accusation, deed: DeedOf<"price">): string {
  return coder.encode([STATEMENT, "bytes"], [...signed(accusation, deed.round, toValue(deed.price))]);
}

function forgery(accusation: Accusation, deed: DeedOf<"forgery">): string {
  const { context, fault, set } = accusation;
  const nonce = bridgeNonce(context, fault.set, context.world.clock.at(fault.at));
  const statement = releaseStatement(context, set, { nonce, amount: deed.amount, genuine: false });
  return coder.encode([STATEMENT, "bytes"], [statement, signAnswer(context.world, fault.operator, statement)]);
}

/** The running outage is the last one that the rule counts. */
async function downtime({ context, fault, set }: Accusation): Promise<string> {
  const { world, ask } = context;
  const operator = world.book.participants.address(fault.operator);
  const data = contracts.downtimeRule.encode("outageCount", [setTuple(world, fault.set), operator]);
  const count = set.rule === null ? 0n : BigInt(await ask({ target: set.rule, data }));
  return coder.encode(["address", "uint256"], [operator, count === 0n ? 0n : count - 1n]);
}

function asserted({ context, fault }: Accusation, fraction: bigint): string {
  const { world } = context;
  const operator = world.book.participants.address(fault.operator);
  const values = [operator, world.clock.at(fault.at), hashText(fault.id), fraction, fault.deed.kind];
  return coder.encode(["address", "uint48", "bytes32", "uint256", "string"], values);
}

/**
 * Makes the evidence of a fault as the set's rule wants it.
 *
 * Statements are signed with the operator's own key, as the operator did when it was at fault; everything else proves
 * itself from the service's books. A set without a rule believes the assertion.
 */
export async function makeEvidence(context: ActionContext, fault: Fault): Promise<string> {
  const set = setOf(context.world.book, fault.set);
  const accusation = { context, fault, set };
  const { deed } = fault;
  if (set.spec.rule === null) return asserted(accusation, deed.kind === "plain" ? deed.fraction : 10n ** 17n);
  switch (deed.kind) {
    case "equivocation":
      return equivocation(accusation, deed);
    case "price":
      return price(accusation, deed);
    case "forgery":
      return forgery(accusation, deed);
    case "downtime":
      return await downtime(accusation);
    case "withholding": {
      const operator = context.world.book.participants.address(fault.operator);
      return coder.encode(["address", "bytes32", "uint64"], [operator, topicOf(set), deed.task]);
    }
    case "plain":
      return asserted(accusation, deed.fraction);
  }
}
