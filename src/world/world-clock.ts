import type { ClockMode } from "../model/world-spec.ts";
import { SECONDS_PER_BLOCK, type Seconds } from "../units/units.ts";

/** Translates between seconds since the run's start and what the contracts' clock counts. */
export interface WorldClock {
  readonly mode: ClockMode;
  /** The contracts' clock when the run's time was 0. */
  readonly start: bigint;
  /** 12 where the clock counts blocks, 1 where it counts seconds. */
  readonly secondsPerUnit: bigint;
  /** Length of a duration in clock units. */
  units(duration: Seconds): bigint;
  /** The clock at an instant of the run. */
  at(time: Seconds): bigint;
  /** The instant of the run at which the clock showed `clock`; negative before the run. */
  time(clock: bigint): Seconds;
}

/** Seconds of one unit of a clock. */
export function secondsPerUnit(mode: ClockMode): bigint {
  return mode === "blocknumber" ? SECONDS_PER_BLOCK : 1n;
}

/** Makes the clock of a world whose run begins when the contracts' clock shows `start`. */
export function makeWorldClock(mode: ClockMode, start: bigint): WorldClock {
  const perUnit = secondsPerUnit(mode);
  return {
    mode,
    start,
    secondsPerUnit: perUnit,
    units: (duration) => duration / perUnit,
    at: (time) => start + time / perUnit,
    time: (clock) => (clock - start) * perUnit,
  };
}
