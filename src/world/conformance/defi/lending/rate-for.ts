import { CaseImpossibleError } from "../../../../errors/case-impossible-error.ts";

const RAY = 10n ** 27n;
const product = (a: bigint, b: bigint): bigint => (a * b + RAY / 2n) / RAY;
/** Growth of a debt in a year. */
const growth = (rate: bigint): bigint => RAY + rate + product(rate, rate / 2n + product(rate, rate / 6n));

/** The greatest rate at which a year's growth does not exceed `factor`. */
function greatestRate(factor: bigint): bigint {
  let [low, high] = [0n, factor];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (growth(middle) <= factor) low = middle;
    else high = middle - 1n;
  }
  return low;
}

/**
 * Yearly rates of two years after which a debt index has come from one to exactly `index`; one year alone leaves gaps
 * between the numbers that can be reached.
 */
export function rateFor(index: bigint): readonly [bigint, bigint] {
  const most = greatestRate(index);
  for (let first = most; first >= 0n && most - first < 1_000n; first -= 1n) {
    const near = growth(first);
    const second = ((index - near) * RAY) / near;
    for (const rate of [second, second + 1n, second - 1n]) {
      if (rate >= 0n && product(growth(rate), near) === index) return [first, rate];
    }
  }
  throw new CaseImpossibleError("rates for an index", `no two years lead to ${index}`);
}

/** `e` to the power of a fraction not below zero, times `scale`, rounded down. */
export function powerOfE(exponent: { numerator: bigint; denominator: bigint }, scale: bigint): bigint {
  const guard = 10n ** 40n;
  let term = scale * guard;
  let sum = 0n;
  for (let k = 1n; term > 0n; k += 1n) {
    sum += term;
    term = (term * exponent.numerator) / (exponent.denominator * k);
  }
  return sum / guard;
}
