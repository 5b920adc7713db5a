import type { BlockHeader } from "../../chain/chain-backend.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { secondsPerUnit } from "../world-clock.ts";

/** One day [s]. */
export const CHAIN_DAY = 86_400n;

/**
 * The contracts' clock at which a run begins: every delay of the set-up has passed, so that all is in effect and no
 * look-up reaches back before the chain's beginning; rounded up to a round number.
 */
export function setUpStart(spec: WorldSpec, head: BlockHeader): bigint {
  const { withdrawal, deallocation, configuration, rewardsActivation } = spec.delays;
  const delays = [
    withdrawal,
    deallocation,
    configuration,
    rewardsActivation,
    ...spec.operators.map((one) => one.allocationDelay),
  ];
  const longest = delays.reduce((most, delay) => (delay > most ? delay : most), 0n) / secondsPerUnit(spec.clock);
  const now = spec.clock === "timestamp" ? head.timestamp : head.number;
  const round = spec.clock === "timestamp" ? CHAIN_DAY : 1_000n;
  return ((now + longest + 2n + round - 1n) / round) * round;
}
