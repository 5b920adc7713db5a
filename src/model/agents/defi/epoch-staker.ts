import { minimum } from "../../../maths/integer.ts";
import type { Action } from "../../action.ts";
import { defineAgent } from "../../agent.ts";
import { claimableEpochs } from "../../defi/epoch-vaults.ts";
import type { Amount } from "../../defi/tokens.ts";
import { drawDelay, type Delay } from "../../delay.ts";
import { firstIncident, type IncidentFilter } from "../../incident.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** What somebody does who stakes in an epoch vault. */
export interface EpochStakerParams {
  readonly vault: string;
  /** What makes it leave; default: nothing does. */
  readonly leavesAfter?: IncidentFilter;
  /** Time from then until it asks for all it has, drawn once; default 0. */
  readonly reaction?: Delay;
  /** Most that it adds out of its wallet in each step until it leaves [asset]; default nothing. */
  readonly perStep?: Amount;
}

/**
 * Stakes in an epoch vault, leaves after an incident, and claims what an epoch has set free.
 */
export const epochStaker = defineAgent<EpochStakerParams>({
  name: "epoch-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  parts: ({ vault }) => ({ "epoch vault": vault }),
  decide: ({ me, now, view, fate, params }) => {
    const { vault: id, leavesAfter, reaction = 0n, perStep = 0n } = params;
    const vault = view.defi.epochVaults[id];
    if (vault === undefined) return [];
    const claims = claimableEpochs(vault, me).map((epoch): Action => ({ type: "epochClaim", vault: id, epoch }));
    const heard = leavesAfter === undefined ? null : firstIncident(view.incidents, leavesAfter);
    if (heard !== null && now >= heard + drawDelay(reaction, fate)) {
      const left = vault.holders[me]?.shares ?? 0n;
      return left === 0n ? claims : [...claims, { type: "epochWithdraw", vault: id, amount: "all" }];
    }
    const amount = minimum(perStep, view.defi.balances[me]?.[vault.asset] ?? 0n);
    return amount > 0n ? [...claims, { type: "epochDeposit", vault: id, amount }] : claims;
  },
});
