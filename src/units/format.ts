import type { Seconds, Wad, Wei } from "./units.ts";

/** Writes `value / 10^decimals` with at most `places` digits, cut off (never rounded up), zeros dropped. */
export function formatDecimal(value: bigint, decimals: number, places = decimals): string {
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits
    .slice(digits.length - decimals)
    .slice(0, places)
    .replace(/0+$/, "");
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Wei as ether: `1,234.5 ETH`. */
export function formatEther(value: Wei, places = 4): string {
  return `${formatDecimal(value, 18, places)} ETH`;
}

/** A WAD fraction as a percentage: `12.5 %`. */
export function formatPercent(value: Wad, places = 2): string {
  return `${formatDecimal(value, 16, places)} %`;
}

/** A duration in its two largest units: `14 d`, `2 h 30 min`. */
export function formatDuration(value: Seconds): string {
  const sign = value < 0n ? "-" : "";
  let rest: bigint = value < 0n ? 0n - value : value;
  const parts: string[] = [];
  const units: readonly (readonly [string, bigint])[] = [
    ["d", 86_400n],
    ["h", 3600n],
    ["min", 60n],
    ["s", 1n],
  ];
  for (const [unit, size] of units) {
    if (rest >= size && parts.length < 2) parts.push(`${rest / size} ${unit}`);
    rest %= size;
  }
  return parts.length === 0 ? "0 s" : `${sign}${parts.join(" ")}`;
}
