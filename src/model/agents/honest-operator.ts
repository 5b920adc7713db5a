import { WAD } from "../../units/units.ts";
import type { Action } from "../action.ts";
import { defineAgent, type AgentContext } from "../agent.ts";
import { claimEarned, completeExits } from "./exits.ts";
import type { Fault } from "../fault.ts";
import { USUAL_NUMBERS } from "./usual-numbers.ts";

/** What an honest operator does besides holding stake. */
export interface HonestOperatorParams {
  /** Serves its services every step: heartbeats, prices, attestations; default false. */
  readonly serves?: boolean;
}

type Sight = Pick<AgentContext<unknown>, "me" | "now" | "view">;

/** Faults of the operator on a set that keep it from serving now. */
function faultsNow({ me, now, view }: Sight, set: string): readonly Fault["deed"][] {
  return view.faults
    .filter((fault) => fault.operator === me && fault.set === set && fault.at <= now)
    .map(({ deed }) => deed);
}

function serve(sight: Sight, set: string): readonly Action[] {
  const service = sight.view.services[set];
  const deeds = faultsNow(sight, set);
  const silent = deeds.some((deed) => deed.kind === "downtime" && sight.now < deed.until);
  if (service === undefined || silent) return [];
  const actions: Action[] = service.lastHeartbeat[sight.me] === undefined ? [] : [{ type: "heartbeat", set }];
  const lied = deeds.some((deed) => deed.kind === "price" && deed.round === service.round);
  if (service.kind === "oracle" && service.round > 0n && !lied) {
    actions.push({ type: "submitPrice", set, round: service.round, price: service.price === 0n ? WAD : service.price });
  }
  const task = service.tasks.at(-1);
  const withheld = deeds.some((deed) => deed.kind === "withholding" && deed.task === task?.id);
  if (service.kind === "availability" && task !== undefined && !task.attested.includes(sight.me) && !withheld) {
    actions.push({ type: "attestData", set, task: task.id });
  }
  return actions;
}

/** Holds its stake, serves its sets if asked to, and is honest until a shock makes it otherwise. */
export const honestOperator = defineAgent<HonestOperatorParams>({
  name: "honest-operator",
  numbers: USUAL_NUMBERS,
  role: "operator",
  decide: (context) => {
    const { me, view, params } = context;
    const sets = Object.entries(view.sets).filter(([, { members }]) =>
      members.some(({ operator, registered }) => operator === me && registered),
    );
    const served = params.serves === true ? sets.flatMap(([set]) => serve(context, set)) : [];
    return [...served, ...claimEarned(context), ...completeExits(context)];
  },
});
