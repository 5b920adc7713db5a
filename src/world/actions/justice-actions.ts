import { AbiCoder } from "ethers";

import { ActionInvalidError } from "../../errors/action-invalid-error.ts";
import type { JusticeAction } from "../../model/action.ts";
import type { Fault } from "../../model/fault.ts";
import { WAD } from "../../units/units.ts";
import { setOf } from "../address-book.ts";
import { contracts } from "../contracts.ts";
import { arbiterPart } from "../deploy/part-names.ts";
import type { JournalCase } from "../journal.ts";
import type { Call } from "../stage-driver.ts";
import { makeEvidence } from "./evidence.ts";
import { publishOrders } from "./service-actions.ts";
import { setTuple } from "./operator-actions.ts";
import { HEAVY_GAS, type ActionContext, type PreparedAction } from "./prepared-action.ts";

type ActionOf<T extends JusticeAction["type"]> = Extract<JusticeAction, { type: T }>;

/** What a slash needs: the set's strategies in ascending order, each with its fraction. */
function slashArguments(context: ActionContext, action: Omit<ActionOf<"slash">, "type">) {
  const { world } = context;
  const { spec } = setOf(world.book, action.set);
  const names = action.strategies ?? spec.strategies;
  const strategies = names.map((name) => world.book.strategies.address(name)).sort();
  const wads = strategies.map(() => action.fraction);
  const operator = world.book.participants.address(action.operator);
  return { operator, set: setTuple(world, action.set), strategies, wads };
}

/** Slashes without a case; the actor has to be the set's slasher. */
export function slashAction(context: ActionContext, action: Omit<ActionOf<"slash">, "type">): PreparedAction {
  const { operator, set, strategies, wads } = slashArguments(context, action);
  const target = context.world.at("slasher");
  const params = [operator, set, strategies, wads, action.reason];
  const preview = contracts.slasher.encode("previewSlash", [set, operator, strategies, wads]);
  return {
    calls: [{ target, data: contracts.slasher.encode("slash", [params]) }],
    gasLimit: HEAVY_GAS,
    probe: { target, data: preview },
    probeKind: "preview",
    wads,
  };
}

/** The bond of an optimistic claim or dispute: the token's issuer is no part of the simulation. */
function bondCalls(context: ActionContext, module: string, amount: bigint): readonly Call[] {
  const target = context.world.at("reward");
  return [
    { target, data: contracts.token.encode("mint", [context.actor, amount]) },
    { target, data: contracts.token.encode("approve", [module, amount]) },
  ];
}

/** Hands the evidence of a fault to the set's slasher module. */
export async function reportAction(context: ActionContext, fault: Fault): Promise<PreparedAction> {
  const { world } = context;
  const { spec, slasher: target, rule } = setOf(world.book, fault.set);
  const { module } = spec;
  if (module.kind === "direct" || rule === null) {
    const fraction = fault.deed.kind === "plain" ? fault.deed.fraction : WAD / 10n;
    const { set, operator, deed } = fault;
    return slashAction(context, { set, operator, fraction, strategies: null, reason: deed.kind });
  }
  const set = setTuple(world, fault.set);
  const evidence = await makeEvidence(context, fault);
  const args = [set, rule, evidence];
  const { deed } = fault;
  const before = deed.kind === "price" ? publishOrders(context, fault.set, deed.round) : [];
  if (module.kind === "veto") {
    return {
      before,
      calls: [{ target, data: contracts.vetoSlasher.encode("requestSlash", args) }],
      gasLimit: HEAVY_GAS,
    };
  }
  if (module.kind === "optimistic") {
    const claim = { target, data: contracts.optimisticSlasher.encode("claim", args) };
    return { before, calls: [...bondCalls(context, target, module.bond), claim], gasLimit: HEAVY_GAS };
  }
  const preview = contracts.slashLens.encode("previewReport", [target, ...args]);
  return {
    before,
    calls: [{ target, data: contracts.instantSlasher.encode("report", args) }],
    gasLimit: HEAVY_GAS,
    probe: { target: world.at("slashLens"), data: preview },
    probeKind: "verdict",
  };
}

/** A case by its id. */
export function caseOf(context: ActionContext, action: string, id: string): JournalCase {
  const found = context.journal.cases.get(id);
  if (found === undefined) throw new ActionInvalidError(action, "case", id);
  return found;
}

export function vetoAction(context: ActionContext, id: string): PreparedAction {
  const { address, request } = caseOf(context, "vetoCase", id);
  return { calls: [{ target: address, data: contracts.vetoSlasher.encode("veto", [request]) }] };
}

export function executeAction(context: ActionContext, id: string): PreparedAction {
  const { address, request } = caseOf(context, "executeCase", id);
  const preview = contracts.slashLens.encode("previewExecute", [address, request]);
  return {
    calls: [{ target: address, data: contracts.delayedSlasher.encode("execute", [request]) }],
    gasLimit: HEAVY_GAS,
    probe: { target: context.world.at("slashLens"), data: preview },
    probeKind: "verdict",
  };
}

/** Identity of the fault that a waiting request is about. */
async function faultIdOf(context: ActionContext, found: JournalCase): Promise<string> {
  const data = contracts.delayedSlasher.encode("requestOf", [found.request]);
  const answer = contracts.delayedSlasher.decode("requestOf", await context.ask({ target: found.address, data }));
  const { verdict } = answer["request"] as unknown as { readonly verdict: { readonly faultId: string } };
  return verdict.faultId;
}

/** The judge decides a challenged case: its signed opinion is the counter-evidence. */
export async function resolveAction(context: ActionContext, action: ActionOf<"resolveCase">): Promise<PreparedAction> {
  const { world, agent } = context;
  const found = caseOf(context, "resolveCase", action.case);
  const { avs, number, spec } = setOf(world.book, found.set);
  const bond = spec.module.kind === "optimistic" ? spec.module.bond : 0n;
  const refuted = !action.guilty;
  const operator = world.book.participants.address(found.operator);
  const faultId = await faultIdOf(context, found);
  const domain = {
    name: "Faultline Arbiter",
    version: "1",
    chainId: world.chainId,
    verifyingContract: world.at(arbiterPart(found.set)),
  };
  const value = { avs, setId: number, operator, faultId, refuted };
  const opinion = world.keys.sign(agent, "Opinion", { domain, value });
  const counter = AbiCoder.defaultAbiCoder().encode(["bool", "bytes"], [refuted, opinion]);
  const dispute = contracts.optimisticSlasher.encode("dispute", [found.request, counter]);
  return { calls: [...bondCalls(context, found.address, bond), { target: found.address, data: dispute }] };
}
