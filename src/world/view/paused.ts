import type { PausableFunction } from "../../model/action.ts";
import { PAUSABLE } from "./ask-world.ts";

/** Contract and bit behind each function that can be paused; joining and leaving a set share one switch. */
export const PAUSE_BITS: Readonly<
  Record<PausableFunction, { readonly contract: (typeof PAUSABLE)[number]; readonly bit: bigint }>
> = {
  deposit: { contract: "restakingManager", bit: 0n },
  delegate: { contract: "operatorDelegation", bit: 0n },
  queueWithdrawal: { contract: "operatorDelegation", bit: 1n },
  completeWithdrawal: { contract: "operatorDelegation", bit: 2n },
  allocate: { contract: "allocationManager", bit: 0n },
  register: { contract: "avsRegistry", bit: 1n },
  deregister: { contract: "avsRegistry", bit: 1n },
  slash: { contract: "slasher", bit: 0n },
  clearEscrow: { contract: "slasher", bit: 1n },
  claimRewards: { contract: "rewards", bit: 2n },
  lstStake: { contract: "lst", bit: 0n },
  lstReport: { contract: "lst", bit: 2n },
  lstRequest: { contract: "queue", bit: 0n },
  lstClaim: { contract: "queue", bit: 2n },
};

/** Names of the functions that are paused, given each contract's flags. */
export function pausedNames(flags: readonly bigint[]): readonly string[] {
  return Object.entries(PAUSE_BITS)
    .filter(([, { contract, bit }]) => (((flags[PAUSABLE.indexOf(contract)] ?? 0n) >> bit) & 1n) === 1n)
    .map(([name]) => name);
}
