import { minimum, positive } from "../../../maths/integer.ts";
import type { Action } from "../../action.ts";
import { defineAgent } from "../../agent.ts";
import { claimableInLine, waitingInLine } from "../../defi/adapter-vaults.ts";
import type { Amount } from "../../defi/tokens.ts";
import { drawDelay, type Delay } from "../../delay.ts";
import { firstIncident, type IncidentFilter } from "../../incident.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** What somebody does who holds shares of a vault with adapters. */
export interface AdapterStakerParams {
  readonly vault: string;
  /** What makes it leave; default: nothing does. */
  readonly leavesAfter?: IncidentFilter;
  /** Time from then until all its shares enter the line, drawn once; default 0. */
  readonly reaction?: Delay;
  /** Most that it adds out of its wallet in each step until it leaves [asset]; default nothing. */
  readonly perStep?: Amount;
}

/** Holds shares of a vault with adapters, leaves by its line after an incident, and claims what the line was paid. */
export const adapterStaker = defineAgent<AdapterStakerParams>({
  name: "adapter-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  parts: ({ vault }) => ({ "vault with adapters": vault }),
  decide: ({ me, now, view, fate, params }) => {
    const { vault: id, leavesAfter, reaction = 0n, perStep = 0n } = params;
    const vault = view.defi.adapterVaults[id];
    if (vault === undefined) return [];
    const claims = claimableInLine(vault, me).map((request): Action => ({ type: "adapterClaim", vault: id, request }));
    const heard = leavesAfter === undefined ? null : firstIncident(view.incidents, leavesAfter);
    const wallet = view.defi.balances[me] ?? {};
    if (heard !== null && now >= heard + drawDelay(reaction, fate)) {
      const held = wallet[id] ?? 0n;
      return held === 0n ? claims : [...claims, { type: "adapterRequest", vault: id, shares: "all" }];
    }
    const amount = minimum(perStep, wallet[vault.asset] ?? 0n);
    return amount > 0n ? [...claims, { type: "adapterDeposit", vault: id, amount }] : claims;
  },
});

/**
 * Serves the line of a vault with adapters: asks capital back for what waits, adapter by adapter, takes back what has
 * become free, and fills. Give the vault this population's member as its curator.
 */
export const adapterCurator = defineAgent<{ readonly vault: string }>({
  name: "adapter-curator",
  numbers: USUAL_NUMBERS,
  role: "observer",
  parts: ({ vault }) => ({ "vault with adapters": vault }),
  decide: ({ view, params: { vault: id } }) => {
    const vault = view.defi.adapterVaults[id];
    const wanted = vault === undefined ? 0n : waitingInLine(vault);
    if (vault === undefined || wanted === 0n) return [];
    let missing = positive(wanted - vault.free);
    const moves = Object.entries(vault.adapters).flatMap(
      ([adapter, { total, slashable, recalled }]): readonly Action[] => {
        const free = minimum(total - slashable, missing);
        missing -= free;
        // What was asked back already comes by itself.
        missing -= minimum(recalled, missing);
        const due = minimum(slashable - recalled, missing);
        missing -= due;
        const back: Action[] = free === 0n ? [] : [{ type: "adapterReturn", vault: id, adapter, amount: free }];
        const amount = total - slashable + recalled + due;
        return due === 0n ? back : [...back, { type: "adapterRecall", vault: id, adapter, amount }];
      },
    );
    return vault.free === 0n ? moves : [...moves, { type: "adapterFill", vault: id }];
  },
});
