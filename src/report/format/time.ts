const UNITS = [
  { name: "d", seconds: 86_400n },
  { name: "h", seconds: 3_600n },
  { name: "min", seconds: 60n },
  { name: "s", seconds: 1n },
] as const;

/** Axis unit of a picture over time. */
export interface TimeUnit {
  readonly name: "days" | "hours" | "minutes" | "seconds";
  readonly seconds: number;
  /** Day of the run that the axis counts from; its first where none is given. */
  readonly day?: bigint;
}

/** Writes a duration in its two largest units: `14 d 2 h`, `36 s`. */
export function formatDuration(value: string | bigint): string {
  const seconds = BigInt(value);
  const size = seconds < 0n ? -seconds : seconds;
  const first = UNITS.findIndex((unit) => size >= unit.seconds);
  const major = UNITS[first];
  if (major === undefined) return "0 s";
  const minor = UNITS[first + 1];
  const rest = minor === undefined ? 0n : (size % major.seconds) / minor.seconds;
  const head = `${seconds < 0n ? "-" : ""}${(size / major.seconds).toString()} ${major.name}`;
  return minor === undefined || rest === 0n ? head : `${head} ${rest.toString()} ${minor.name}`;
}

/** Writes an instant of a run: `day 31, 04:12:36`. Day 0 is the run's first. */
export function formatInstant(value: string | bigint): string {
  const seconds = BigInt(value);
  const day = seconds / 86_400n;
  const rest = seconds % 86_400n;
  const parts = [rest / 3_600n, (rest % 3_600n) / 60n, rest % 60n];
  return `day ${day.toString()}, ${parts.map((part) => part.toString().padStart(2, "0")).join(":")}`;
}

/** Picks the unit in which a span reads as a handful to a few hundred. */
export function timeUnitFor(span: bigint): TimeUnit {
  if (span >= 2n * 86_400n) return { name: "days", seconds: 86_400 };
  if (span >= 2n * 3_600n) return { name: "hours", seconds: 3_600 };
  if (span >= 600n) return { name: "minutes", seconds: 60 };
  return { name: "seconds", seconds: 1 };
}

/** Units from the run's start on, beyond which an axis counts from a day of its own: nobody reads 2,885 hours. */
const FAR = 1_000n;

/** Picks the unit of an axis from one instant to another, and the day that it counts from. */
export function timeUnitBetween(from: bigint, to: bigint): TimeUnit {
  const unit = timeUnitFor(to - from);
  return from < 86_400n || from < FAR * BigInt(unit.seconds) ? unit : { ...unit, day: from / 86_400n };
}

/** Turns an instant into a number on an axis of the given unit. */
export function toAxis(value: string | bigint, { seconds, day = 0n }: TimeUnit): number {
  return Math.round((Number(BigInt(value) - day * 86_400n) / seconds) * 1e6) / 1e6;
}
