import { doubles } from "../../../../../deploy/doubles.ts";
import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";

/** Offsets of a case in their order: debt and collateral of each. */
function offsetsOf(inputs: Inputs): readonly (readonly [bigint, bigint])[] {
  const list = inputs.raw("offsets");
  if (!Array.isArray(list)) return [[inputs.integer("offset", "debt"), inputs.integer("coll", "collateral")]];
  return list.map((entry: unknown) => {
    if (Array.isArray(entry)) {
      const pair = new Inputs(inputs.vector, { 0: entry[0] as unknown, 1: entry[1] as unknown });
      return [pair.integer("0"), pair.integer("1")] as const;
    }
    const named = new Inputs(inputs.vector, entry as Readonly<Record<string, unknown>>);
    return [named.integer("offset", "debt"), named.integer("coll", "collateral")] as const;
  });
}

/** One depositor among others, through one offset after another. */
async function playOffsets(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [dollar, collateral] = [await ground.token(), await ground.token()];
  const branch = await ground.deploy(doubles.poolBranch);
  const pool = await ground.deploy("StabilityPool", [branch, dollar, collateral]);
  const amount = inputs.integer("deposit", "amount");
  for (const [actor, own] of [
    ["depositor", amount],
    ["others", inputs.integer("total", "totalDeposits") - amount],
  ] as const) {
    if (own === 0n) continue;
    await dollar.must(actor, ["mint", await ground.actor(actor), own]);
    await dollar.must(actor, ["approve", pool, own]);
    await pool.must(actor, ["deposit", own]);
  }
  for (const [debt, coll] of offsetsOf(inputs)) await branch.must("branch", ["offset", pool, collateral, debt, coll]);

  const depositor = await ground.actor("depositor");
  const [P, scale] = [await pool.number("product"), await pool.number("scale")];
  const [S, S1] = [await pool.number("collateralSum", 0n), await pool.number("collateralSum", 1n)];
  return {
    P,
    S,
    S0: S,
    S1,
    scale,
    total: await pool.number("totalDeposits"),
    totalAfter: await pool.number("totalDeposits"),
    compounded: await pool.number("compoundedDepositOf", depositor),
    collGain: await pool.number("collateralGainOf", depositor),
  };
}

/** Cases about the stability pool. */
export const stabilityPoolKinds: readonly DefiKind[] = [
  {
    name: "deposit in a stability pool through offsets",
    matches: (vector) =>
      hasInputs(vector, "deposit") &&
      (hasInputs(vector, "offset") || hasInputs(vector, "offsets")) &&
      expectsAny(vector, "P", "S", "compounded", "collGain", "scale"),
    play: playOffsets,
  },
];
