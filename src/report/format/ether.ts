const ETHER = 10n ** 18n;
const GWEI = 10n ** 9n;

/** An amount of wei, from a record's decimal string or from a sum. */
export type WeiLike = string | bigint;

/** Rounds a fraction half away from zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  return ((numerator * sign + denominator / 2n) / denominator) * sign;
}

/** Writes a whole number with a comma between groups of three digits. */
export function formatInteger(value: WeiLike): string {
  const text = value.toString();
  const sign = text.startsWith("-") ? "-" : "";
  return sign + text.slice(sign.length).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Writes `value / scale` with a fixed number of decimals, rounded half away from zero. */
export function formatFixed(value: bigint, scale: bigint, decimals: number): string {
  const unit = 10n ** BigInt(decimals);
  const rounded = divideRounded(value * unit, scale);
  const size = rounded < 0n ? -rounded : rounded;
  const whole = formatInteger(size / unit);
  const sign = rounded < 0n ? "-" : "";
  if (decimals === 0) return sign + whole;
  return `${sign}${whole}.${(size % unit).toString().padStart(decimals, "0")}`;
}

/** Writes an amount for reading: ether to about four digits, or wei and gwei where ether would read as zero. */
export function formatEther(value: WeiLike): string {
  const wei = BigInt(value);
  const size = wei < 0n ? -wei : wei;
  if (size === 0n) return "0 ETH";
  if (size < GWEI) return `${formatInteger(wei)} wei`;
  if (size < ETHER / 10_000n) return `${formatFixed(wei, GWEI, 0)} gwei`;
  return `${formatFixed(wei, ETHER, decimalsFor(size))} ETH`;
}

/** Writes an amount for a headline: millions and thousands of ether shortened. */
export function formatEtherShort(value: WeiLike): string {
  const wei = BigInt(value);
  const size = wei < 0n ? -wei : wei;
  if (size >= ETHER * 1_000_000n) return `${formatFixed(wei, ETHER * 1_000_000n, 2)} M ETH`;
  if (size >= ETHER * 100_000n) return `${formatFixed(wei, ETHER * 1_000n, 1)} k ETH`;
  return formatEther(wei);
}

/** Writes the exact amount, for a tooltip or a table of details. */
export function formatWei(value: WeiLike): string {
  return `${formatInteger(value)} wei`;
}

/** Writes an amount with an explicit sign. */
export function formatSignedEther(value: WeiLike): string {
  return BigInt(value) > 0n ? `+${formatEther(value)}` : formatEther(value);
}

/** Turns wei into a number of ether for a picture; never for arithmetic. */
export function toEtherNumber(value: WeiLike): number {
  return Number(divideRounded(BigInt(value), GWEI)) / 1e9;
}

/** Writes `part / whole` as a percentage; an empty whole has no percentage. */
export function formatPercent(part: bigint, whole: bigint, decimals = 2): string {
  return whole === 0n ? "–" : `${formatFixed(part * 100n, whole, decimals)} %`;
}

function decimalsFor(size: bigint): number {
  if (size >= ETHER * 10_000n) return 0;
  if (size >= ETHER * 100n) return 1;
  return size >= ETHER ? 2 : 4;
}
