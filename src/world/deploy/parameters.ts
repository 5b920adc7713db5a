import type { WorldSpec } from "../../model/world-spec.ts";
import { ether } from "../../units/amounts.ts";
import { secondsPerUnit } from "../world-clock.ts";

const YEAR = 31_536_000n;
/** One basis point as a WAD fraction. */
const BIP = 10n ** 14n;

/** Parameters of `deploy/core.ts` for a world owned by `owner`. */
export function coreParameters(spec: WorldSpec, owner: string) {
  const perUnit = secondsPerUnit(spec.clock);
  const { withdrawal, deallocation, configuration, release } = spec.delays;
  return {
    owner,
    clockMode: spec.clock === "timestamp" ? 1 : 0,
    withdrawalDelay: withdrawal / perUnit,
    deallocationDelay: deallocation / perUnit,
    configurationDelay: configuration / perUnit,
    releaseDelay: release / perUnit,
  };
}

/** Parameters of `deploy/lst.ts`: the module's defaults, counted in the world's clock. */
export function poolParameters(spec: WorldSpec, owner: string) {
  const perUnit = secondsPerUnit(spec.clock);
  return {
    owner,
    treasury: owner,
    clockMode: spec.clock === "timestamp" ? 1 : 0,
    feeBps: spec.lst.fee / BIP,
    minWithdrawal: 100n,
    maxWithdrawal: ether(1_000_000_000),
    withdrawalMargin: 7_680n / perUnit,
    bunkerDelay: 518_400n / perUnit,
    limits: {
      annualGainBps: spec.lst.maxYearlyGain / BIP,
      yearLength: YEAR / perUnit,
      initialPenalty: 8n * 10n ** 15n,
      inactivityPenalty: 101n * 10n ** 15n,
      lossWindow: 1_555_200n / perUnit,
      inactivityWindow: 4_665_600n / perUnit,
    },
  };
}
