import { formatEtherShort, formatFixed, formatInteger } from "./ether.ts";
import { formatDuration } from "./time.ts";

const WAD = 10n ** 18n;

/** A metric's value for readers: ether, a fraction with four places, a duration, or a whole number. */
export function formatMetric(value: string | bigint, unit: string): string {
  const number = BigInt(value);
  if (unit === "wei") return formatEtherShort(number);
  if (unit === "wad") return formatFixed(number, WAD, 4);
  if (unit === "shares") return formatFixed(number, WAD, 2);
  if (unit === "seconds") return formatDuration(number);
  return formatInteger(number);
}

/** A metric's value as an axis wants it. */
export function toMetricNumber(value: string | bigint, unit: string): number {
  const number = BigInt(value);
  if (unit === "wei" || unit === "wad" || unit === "shares") return Number(number / 10n ** 9n) / 1e9;
  return unit === "seconds" ? Number(number) / 3600 : Number(number);
}

/** What stands at such an axis. */
export function metricAxis(unit: string): string {
  return { wei: "ETH", wad: "ratio", shares: "shares", seconds: "hours" }[unit] ?? unit;
}
