import { expect } from "chai";
import fc from "fast-check";

import { add, distance, isLess, multiply, divide, rational, type Rational } from "../../helpers/rational.ts";
import { RationalOracle } from "../../helpers/rational-oracle.ts";
import { traces } from "../../helpers/random-trace.ts";
import { applyToOracle, oracleOf, type Trace } from "../../helpers/trace.ts";

const STEPS = 40;
const ONE = rational(1n);
const ZERO = rational(0n);

/**
 * Each step rounds a handful of times, each time by less than one share or one unit of magnitude; a unit of magnitude is
 * worth `value / lowest maximum` shares. Below a millionth of the maximum the bound says nothing, and is not asked.
 */
function bound(value: Rational, oracle: RationalOracle, steps: number): Rational {
  const grain = add(divide(value, oracle.lowestMaximum), rational(2n));
  return multiply(grain, rational(BigInt(8 * steps)));
}

function largest(trace: Trace): Rational {
  const amounts = trace.steps.filter(({ op }) => op === "deposit").map((step) => BigInt(String(step["amount"])));
  return rational(amounts.reduce((sum, amount) => sum + amount, 1n));
}

describe("rational oracle", () => {
  it("agrees with the integer rules within what rounding explains, on random histories", () => {
    let compared = 0;
    fc.assert(
      fc.property(traces(STEPS), (trace) => {
        const integer = oracleOf(trace);
        const exact = new RationalOracle(trace);
        const holders = [...trace.stakers, ...trace.operators.map(({ id }) => id)];
        const total = largest(trace);
        for (const [index, step] of trace.steps.entries()) {
          const staker = String(step["staker"]);
          const held = step["staker"] === undefined ? 0n : integer.depositShares(staker);
          const verdict = applyToOracle(integer, step);
          if ("reverts" in verdict) continue;
          const wanted = step.op === "undelegate" ? held : BigInt((step["depositShares"] as string | undefined) ?? 0);
          exact.follow(step, held === 0n ? ZERO : rational(wanted, held));
          if (isLess(exact.lowestMaximum, rational(10n ** 12n))) return;

          const tolerance = bound(total, exact, index + 1);
          for (const holder of holders) {
            const apart = distance(rational(integer.withdrawable(holder)), exact.valueOf(holder));
            expect(isLess(apart, tolerance), `${holder} after step ${index} (${step.op})`).to.equal(true);
            compared++;
          }
          if (step.op === "completeWithdrawal") {
            const released = rational(BigInt(verdict.returns["shares"] ?? "0"));
            const value = exact.exits[Number(step["withdrawal"])]?.value ?? ONE;
            expect(isLess(distance(released, value), tolerance), `withdrawal of step ${index}`).to.equal(true);
          }
        }
      }),
      { numRuns: 60, seed: 20250211 },
    );
    expect(compared).to.be.greaterThan(1000);
  });
});
