import { worthOf } from "../../model/defi/worth.ts";
import type { WorldView } from "../../model/view.ts";
import { WAD, type Seconds, type Wei } from "../../units/units.ts";
import { making, type Reading } from "./reading.ts";

/** What of a request nobody has served yet. */
interface Waiting {
  readonly id: bigint;
  /** In what the queue counts: shares, dollars, ether. */
  readonly amount: bigint;
  /** At true worth [wei]. */
  readonly worth: Wei;
  readonly since: Seconds;
}

/** Requests that wait, by queue: for ether, and for what each vault and dollar pays. What may be claimed waits no more. */
function waitingIn({ defi, lst }: WorldView): ReadonlyMap<string, readonly Waiting[]> {
  const unstaking = lst.requests
    .filter(({ finalized }) => !finalized)
    .map(({ request, amount, requestedAt }) => ({ id: request, amount, worth: amount, since: requestedAt }));
  const ofVaults = Object.entries(defi.vaults).map(([id, { requests, below }]) => {
    const open = requests.filter(({ claimable }) => !claimable);
    const waiting = open.map(({ id: request, shares, payable, requestedAt }) => ({
      ...{ id: request, amount: shares, since: requestedAt },
      worth: below === undefined ? (payable * lst.rate) / WAD : worthOf(defi, below, payable),
    }));
    return [id, waiting] as const;
  });
  const ofDollars = Object.entries(defi.dollars).map(([id, { queue }]) => {
    const open = queue.filter(({ amount, filled }) => filled < amount);
    const waiting = open.map(({ id: request, amount, filled, requestedAt }) => ({
      ...{ id: request, amount: amount - filled, since: requestedAt },
      worth: worthOf(defi, id, amount - filled),
    }));
    return [id, waiting] as const;
  });
  return new Map<string, readonly Waiting[]>([["unstaking", unstaking], ...ofVaults, ...ofDollars]);
}

/**
 * What left each queue in a step: requests, or parts of them, that waited before it and do not after it.
 *
 * @returns By queue, at the worth before the step [wei]. Who asks and is served within the step never waited.
 */
export function servedBetween(before: WorldView, after: WorldView): ReadonlyMap<string, Wei> {
  const still = waitingIn(after);
  return new Map(
    [...waitingIn(before)].map(([queue, requests]) => {
      const left = new Map((still.get(queue) ?? []).map(({ id, amount }) => [id, amount]));
      const served = requests.reduce((sum, { id, amount, worth }) => {
        const gone = amount - (left.get(id) ?? 0n);
        return amount === 0n ? sum : sum + (worth * gone) / amount;
      }, 0n);
      return [queue, served];
    }),
  );
}

/** Depth of each queue, how long its oldest request has waited, and what has left it since the run began. */
export function queueReadings(view: WorldView, served: ReadonlyMap<string, Wei>): Reading[] {
  return [...waitingIn(view)].flatMap(([subject, requests]) => {
    const make = making("queue", subject, "ETH");
    const depth = requests.reduce((sum, { worth }) => sum + worth, 0n);
    const oldest = requests.reduce((most, { since }) => (view.time - since > most ? view.time - since : most), 0n);
    return [
      make([`queue/${subject}/depth`, subject], depth),
      make([`queue/${subject}/oldest`, subject], oldest, { unit: "seconds", decimals: 0 }),
      make([`queue/${subject}/served`, `${subject}: served so far`], served.get(subject) ?? 0n),
    ];
  });
}
