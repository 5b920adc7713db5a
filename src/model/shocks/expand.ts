import { ScenarioInvalidError } from "../../errors/scenario-invalid-error.ts";
import { WAD } from "../../units/units.ts";
import type { Action } from "../action.ts";
import type { Fault, FaultDeed } from "../fault.ts";
import { PROTOCOL } from "../names.ts";
import type { CoreShock, Shock } from "../shock.ts";
import { isDefiShock } from "./defi-shock.ts";
import { expandDefiShock } from "./expand-defi.ts";
import type { ExpandedShock, ShockContext } from "./shock-context.ts";

const NOTHING: ExpandedShock = { actions: [], faults: [], note: null };

function send(agent: string, ...actions: readonly Action[]): ExpandedShock {
  return { ...NOTHING, actions: actions.map((action) => ({ agent, origin: "shock", action })) };
}

function fault(context: ShockContext, where: { set: string; operator: string }, deed: FaultDeed): Fault {
  const id = `${where.set}:${where.operator}:${deed.kind}@${context.now}`;
  return { id, ...where, at: context.now, deed };
}

type ServiceShock = Extract<Shock, { type: "wrongPrice" | "withholdData" | "forgeRelease" }>;

/** Faults that a mock service sees. */
function expandServiceFault(context: ShockContext, shock: ServiceShock): ExpandedShock {
  const operator = context.member(shock.operator);
  const set = shock.set;
  const service = context.view.services[set];
  if (shock.type === "wrongPrice") {
    const { price: median = 0n, round = 0n } = service ?? {};
    // Before the first median the true price is 1.
    const price = ((median === 0n ? WAD : median) * (WAD + shock.deviation)) / WAD;
    const committed = fault(context, { set, operator }, { kind: "price", round, price });
    return { ...send(operator, { type: "submitPrice", set, round, price }), faults: [committed] };
  }
  if (shock.type === "withholdData") {
    const task = service?.tasks.at(-1)?.id ?? 0n;
    const committed = fault(context, { set, operator }, { kind: "withholding", task });
    return { ...send(operator, { type: "attestData", set, task, withhold: true }), faults: [committed] };
  }
  const release = context.now;
  const committed = fault(context, { set, operator }, { kind: "forgery", release, amount: shock.amount });
  const action: Action = { type: "attestRelease", set, release, amount: shock.amount, genuine: false };
  return { ...send(operator, action), faults: [committed] };
}

type CaseShock = Extract<Shock, { type: "report" | "veto" | "execute" }>;

/** Steps of justice at an exact time. */
function expandJustice(context: ShockContext, shock: CaseShock): ExpandedShock {
  const by = context.member(shock.by);
  if (shock.type === "report") {
    const operator = context.member(shock.operator);
    const newest = context.faults.findLast((known) => known.set === shock.set && known.operator === operator);
    if (newest === undefined) {
      const hint = "Put the fault into the timeline, not later than its report.";
      throw new ScenarioInvalidError(`timeline report on ${shock.set}`, operator, hint);
    }
    return send(by, { type: "reportFault", fault: newest });
  }
  const open = context.view.cases.findLast(({ set, state }) => set === shock.set && state === "open");
  if (open === undefined) return { ...NOTHING, note: `${by} finds no open case on ${shock.set} to ${shock.type}` };
  return send(by, { type: shock.type === "veto" ? "vetoCase" : "executeCase", case: open.id });
}

function expandCoreShock(context: ShockContext, shock: CoreShock): ExpandedShock {
  const { member, now, view } = context;
  switch (shock.type) {
    case "equivocate": {
      const operator = member(shock.operator);
      const deed = { kind: "equivocation", subject: now } as const;
      const rounds = shock.sets.flatMap((set) => send(view.sets[set]?.avs ?? set, { type: "openRound", set }).actions);
      return { ...NOTHING, actions: rounds, faults: shock.sets.map((set) => fault(context, { set, operator }, deed)) };
    }
    case "downtime": {
      const operator = member(shock.operator);
      const deed = { kind: "downtime", from: now, until: now + shock.length } as const;
      return { ...NOTHING, faults: shock.sets.map((set) => fault(context, { set, operator }, deed)) };
    }
    case "wrongPrice":
    case "withholdData":
    case "forgeRelease":
      return expandServiceFault(context, shock);
    case "validatorLoss":
      return send(PROTOCOL, { type: "changeValidators", delta: 0n - shock.amount });
    case "validatorReward":
      return send(PROTOCOL, { type: "changeValidators", delta: shock.amount });
    case "podPenalty": {
      const change = { gwei: -shock.gwei, slashed: shock.slashed };
      return send(PROTOCOL, { type: "changePod", staker: member(shock.staker), ...change });
    }
    case "pause":
      return send(PROTOCOL, shock);
    case "swapSlasher": {
      const owner = view.sets[shock.set]?.avs ?? PROTOCOL;
      return send(owner, { type: "setSlasher", set: shock.set, slasher: member(shock.slasher) });
    }
    case "slash": {
      const { avs: set, fraction } = shock;
      const order = { set, operator: member(shock.operator), fraction, strategies: null, reason: "ordered" };
      return send(view.sets[set]?.slasher ?? PROTOCOL, { type: "slash", ...order });
    }
    case "report":
    case "veto":
    case "execute":
      return expandJustice(context, shock);
    case "act":
      return send(member(shock.by), shock.action);
  }
}

/** Turns a shock into the actions and faults of its step. Pure. */
export function expandShock(context: ShockContext, shock: Shock): ExpandedShock {
  return isDefiShock(shock) ? expandDefiShock(context, shock) : expandCoreShock(context, shock);
}
