import type { OperatorAction } from "../../model/action.ts";
import { setOf } from "../address-book.ts";
import { contracts } from "../contracts.ts";
import type { Call } from "../stage-driver.ts";
import type { WorldContext } from "../world-context.ts";
import type { ActionContext } from "./prepared-action.ts";

type ActionOf<T extends OperatorAction["type"]> = Extract<OperatorAction, { type: T }>;

/** An operator set as the contracts name it. */
export function setTuple(world: WorldContext, name: string): readonly [string, bigint] {
  const { avs, number } = setOf(world.book, name);
  return [avs, number];
}

/** Domain of everything that operators sign. */
export function keysDomain(world: WorldContext) {
  const { at, chainId } = world;
  return { name: "Faultline Operator Keys", version: "1", chainId, verifyingContract: at("operatorKeys") };
}

/** Registers an operator, and first of all the key it signs with. */
export function registerCalls(context: ActionContext, action: ActionOf<"registerOperator">): readonly Call[] {
  const { world, agent, actor, journal } = context;
  const { at, clock, keys } = world;
  const key = keys.addressOf(agent);
  const args = [`0x${"00".repeat(20)}`, clock.units(action.allocationDelay), agent];
  const register = { target: at("operatorDelegation"), data: contracts.delegation.encode("registerAsOperator", args) };
  if (journal.registered.has(agent)) return [register];
  const proof = keys.sign(agent, "KeyRegistration", { domain: keysDomain(world), value: { operator: actor, key } });
  return [{ target: at("operatorKeys"), data: contracts.keys.encode("registerKey", [key, proof]) }, register];
}

export function joinCall(context: ActionContext, set: string): Call {
  const [avs, number] = setTuple(context.world, set);
  const data = contracts.registry.encode("registerForOperatorSets", [avs, [number], "0x"]);
  return { target: context.world.at("avsRegistry"), data };
}

export function leaveCall(context: ActionContext, set: string): Call {
  const [avs, number] = setTuple(context.world, set);
  const data = contracts.registry.encode("deregisterFromOperatorSets", [context.actor, avs, [number]]);
  return { target: context.world.at("avsRegistry"), data };
}

export function allocateCall(context: ActionContext, action: ActionOf<"allocate">): Call {
  const { at, book } = context.world;
  const strategies = [book.strategies.address(action.strategy)];
  const params = [[setTuple(context.world, action.set), strategies, [action.magnitude]]];
  return { target: at("allocationManager"), data: contracts.allocations.encode("modifyAllocations", [params]) };
}

export function clearQueueCall(context: ActionContext, action: ActionOf<"clearDeallocationQueue">): Call {
  const { at, book } = context.world;
  const args = [context.actor, [book.strategies.address(action.strategy)], [BigInt(action.count)]];
  return { target: at("allocationManager"), data: contracts.allocations.encode("clearDeallocationQueue", args) };
}

export function splitCall(context: ActionContext, action: ActionOf<"setSplit">): Call {
  const target = context.world.at("rewards");
  const bips = BigInt(action.bips);
  if (action.set === null) return { target, data: contracts.splits.encode("setOperatorSplit", [bips]) };
  const data = contracts.splits.encode("setOperatorSetSplit", [setTuple(context.world, action.set), bips]);
  return { target, data };
}
