import { WAD, type Wad } from "../../../units/units.ts";
import { defineAgent } from "../../agent.ts";
import { drawDelay, type Delay } from "../../delay.ts";
import { alarmParts, hazardOf, type AlarmParams } from "./alarm.ts";
import { cheapestRoute, claimReady, exitParts, leaveBy, partOfWallet, type ExitParams } from "./exit.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/**
 * Holds a vault's shares or a dollar and leaves by alarm: with the hazard of {@link Hazard} each step, by the cheapest
 * way out (pool, queue or buffer), a `part` of what it holds each time. Source: spec of behaviours 5.4.
 */
export const panicker = defineAgent<AlarmParams & { readonly part?: Wad }>({
  name: "panicker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  parts: alarmParts,
  decide: (context) => {
    const { me, params, random } = context;
    const holder = { me, view: context.view.defi };
    const claims = claimReady(holder, params.asset);
    const amount = partOfWallet(holder, params.asset, params.part ?? WAD);
    if (amount === 0n || !random.chance(hazardOf(context, params))) return claims;
    const route = cheapestRoute(holder, params, amount);
    const leave = route === null ? null : leaveBy(route, params, { view: holder.view, amount });
    return leave === null ? claims : [...claims, leave];
  },
});

/** When and how somebody leaves who has a reason of its own. */
export interface RedeemerParams extends ExitParams {
  /** When it leaves, since the run's start. */
  readonly at: Delay;
  /** What it leaves with [WAD]; default all. */
  readonly part?: Wad;
  /** Leaves by this way whatever it costs; default: the cheapest. */
  readonly way?: "sell" | "queue" | "instant";
}

/** Leaves once, at a time of its own, and collects what it is paid later. */
export const redeemer = defineAgent<RedeemerParams>({
  name: "redeemer",
  numbers: USUAL_NUMBERS,
  role: "staker",
  parts: exitParts,
  decide: ({ me, now, view, params, fate }) => {
    const holder = { me, view: view.defi };
    const claims = claimReady(holder, params.asset);
    const at = drawDelay(params.at, fate);
    // Once: in the first step at or after its time.
    if (now < at || (view.time >= at && view.time > 0n)) return claims;
    const amount = partOfWallet(holder, params.asset, params.part ?? WAD);
    const route = params.way === undefined ? cheapestRoute(holder, params, amount) : { way: params.way, cost: 0n };
    const leave = route === null ? null : leaveBy(route, params, { view: view.defi, amount });
    return leave === null ? claims : [...claims, leave];
  },
});
