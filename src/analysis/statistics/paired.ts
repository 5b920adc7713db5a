import { bootstrap, type Bootstrap, type Estimate } from "./bootstrap.ts";
import { mean } from "./sample.ts";

/** Mean of paired differences `b - a`, with its interval: what is common to a pair cancels out. */
export function pairedDifference(
  pairs: readonly { readonly a: number; readonly b: number }[],
  how: Bootstrap,
): Estimate {
  return bootstrap(
    pairs.map(({ a, b }) => b - a),
    mean,
    how,
  );
}
