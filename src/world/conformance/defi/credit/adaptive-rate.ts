import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";

const WAD = 10n ** 18n;
/** Long enough for any rate to reach its bound [s]. */
const LONG = 315_360_000n;

async function playRates(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const model = await ground.deploy("AdaptiveRateModel");
  const start = inputs.integerOr(0n, "startRateAtTarget", "rateAtTarget");
  const utilization = inputs.integer("util", "utilization", "u");
  const elapsed = inputs.integerOr(0n, "elapsed", "seconds");
  const [err, mean, end] = await model.ask("ratesOver", utilization, start, elapsed);
  const [, , highest] = await model.ask("ratesOver", WAD, WAD, LONG);
  const [, , lowest] = await model.ask("ratesOver", 0n, 1n, LONG);
  return {
    err: err as bigint,
    avgRatePerSec: mean as bigint,
    avgRate: mean as bigint,
    endRateAtTarget: end as bigint,
    maxRateAtTarget: highest as bigint,
    minRateAtTarget: lowest as bigint,
  };
}

/** Cases about the rate that steers utilization. */
export const adaptiveRateKinds: readonly DefiKind[] = [
  {
    name: "adaptive borrow rate",
    matches: (vector) =>
      ["util", "utilization", "u"].some((name) => vector.inputs[name] !== undefined) &&
      (hasInputs(vector, "startRateAtTarget") || vector.expected["endRateAtTarget"] !== undefined),
    play: playRates,
  },
];
