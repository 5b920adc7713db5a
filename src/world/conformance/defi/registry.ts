/**
 * Every kind of case that `conformance` can play, domain by domain.
 *
 * To add a kind, write it in its domain's file (or a new file, added to the list below) and nothing else:
 *
 *     const premium: DefiKind = {
 *       name: "premium of an insurance",
 *       // By the shape of the case, never by its id: other files bring other cases of the same kind.
 *       matches: (vector) => hasInputs(vector, "insured", "rateBps") && expectsAny(vector, "premium"),
 *       play: async (vector, ground) => {
 *         const inputs = new Inputs(vector);                 // names the field that is wrong
 *         const desk = await ground.deploy("InsuranceDesk", [await ground.actor("owner")]);
 *         await desk.must("owner", ["setRate", inputs.integer("rateBps")]);
 *         await ground.advance(86_400n);                     // time stands still otherwise
 *         return { premium: await desk.number("premiumOf", inputs.integer("insured")) };
 *       },
 *     };
 *
 * - `vector.inputs` holds what the case is `like` as well; `vector.own` only what it says itself.
 * - `play` answers under every name in use for an observable; what is not expected is not looked at, and what is
 *   expected but not answered fails.
 * - The first kind that matches plays. A case that none matches fails.
 */
import { agentKinds } from "./agents.ts";
import { ammKinds } from "./amm.ts";
import { cascadeKinds } from "./cascade.ts";
import { creditKinds } from "./credit.ts";
import { dollarKinds } from "./dollar.ts";
import { incidentKinds } from "./incidents.ts";
import type { DefiKind } from "./kind.ts";
import { lendingKinds } from "./lending.ts";
import { lrtKinds } from "./lrt.ts";
import { lstKinds } from "./lst.ts";
import { oracleKinds } from "./oracle.ts";

export const defiKinds: readonly DefiKind[] = [
  ...ammKinds,
  ...oracleKinds,
  ...lstKinds,
  ...lendingKinds,
  ...creditKinds,
  ...dollarKinds,
  ...lrtKinds,
  ...agentKinds,
  ...cascadeKinds,
  ...incidentKinds,
];
