import { MODE, VaultBench } from "../../lrt/vault-bench.ts";
import { WAD } from "../../lrt/core-bench.ts";
import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";

const TVL = ["tvl", "totalAssets", "assets", "totalEth", "totalETH", "tvlAtRequest", "tvl0", "tvlBefore"];
const SUPPLY = ["supply", "totalSupply", "totalShares", "supplyAtRequest", "supply0"];
const VALUE = ["value", "deposit", "amountIn", "depositValue"];
const BURN = ["burn", "shares", "amount", "redeem", "lrt", "burnAmount"];
const LATER_TVL = ["tvlAtClaim", "tvl1", "tvlAfter", "tvlClaim", "tvlLater", "tvlAtFinalisation"];
const LATER_SUPPLY = ["supplyAtClaim", "supply1", "supplyAfter", "supplyClaim"];

const hasOne = (vector: DefiVector, names: readonly string[]): boolean =>
  names.some((name) => vector.inputs[name] !== undefined);

async function playMint(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const bench = await VaultBench.open(ground);
  await bench.stage(inputs.integer(...SUPPLY), inputs.integer(...TVL));
  const rate = await bench.oracle.number("rate");
  const newcomer = await ground.actor("newcomer");
  const outcome = await bench.vault.act("newcomer", ["deposit", inputs.integer(...VALUE), newcomer]);
  const minted = await bench.vault.number("balanceOf", newcomer);
  const after = await bench.oracle.number("rate");
  return {
    ...{ mint: minted, minted, shares: minted, rate, rateBefore: rate, rateAfter: after, reverts: !outcome.ok },
    ...{ tvlAfter: await bench.vault.number("totalAssets"), supplyAfter: await bench.vault.number("totalSupply") },
  };
}

/** What a redemption of part of the supply is worth, when asked for and after the vault has moved on. */
async function playRedeem(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const bench = await VaultBench.open(ground);
  await bench.stage(inputs.integer(...SUPPLY), inputs.integer(...TVL));
  const rate = await bench.oracle.number("rate");
  const { outcome, quote } = await bench.request(inputs.integer(...BURN));
  if (inputs.has(...LATER_SUPPLY)) {
    const more = inputs.integer(...LATER_SUPPLY) - (await bench.vault.number("totalSupply"));
    if (more > 0n) await bench.vault.must("owner", ["mintUnbacked", await ground.actor("newcomer"), more]);
  }
  if (inputs.has(...LATER_TVL)) await bench.moveTo(inputs.integer(...LATER_TVL));
  const atClaim = outcome.ok ? await bench.vault.number("convertToAssets", inputs.integer(...BURN)) : 0n;
  const later = await bench.oracle.number("rate");
  const paid = await bench.claim();
  return {
    ...{ redeem: paid, paid, payout: paid, pays: paid, claim: paid, claimed: paid, out: paid, assets: paid },
    ...{ quote, quoted: quote, atRequest: quote, valueAtRequest: quote, quotedAtRequest: quote, value: paid },
    ...{ atClaim, valueAtClaim: atClaim, nowValue: atClaim, redeemed: paid, withdraw: paid },
    ...{ rate, rateAtRequest: rate, rateAtClaim: later, reverts: !outcome.ok },
  };
}

/** A push that takes a fee on growth. */
async function playGrowth(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [supply, old] = [inputs.integer(...SUPPLY), inputs.integer("oldPrice", "oldRate", "previousPrice", "old")];
  const total = inputs.has("totalEthE36", "totalE36")
    ? inputs.integer("totalEthE36", "totalE36") / WAD
    : inputs.integer(...TVL);
  const bench = await VaultBench.open(ground, { mode: MODE.pushed });
  await bench.stage(supply, total);
  await bench.oracle.must("owner", ["pushRate", old]);
  await bench.oracle.must("owner", ["setFee", inputs.integerOr(0n, "feeBps"), await ground.actor("treasury")]);
  const tempPrice = await bench.oracle.number("liveRate");
  const [, fee] = await bench.oracle.ask("previewReport", total, supply);
  await bench.oracle.must("owner", ["push"]);
  const price = await bench.oracle.number("rate");
  const feeMint = await bench.vault.number("balanceOf", await ground.actor("treasury"));
  const feeEth = fee as bigint;
  return {
    ...{ tempPrice, feeEth, newPrice: price, feeMint, price, feeInEth: feeEth, fee: feeEth, rate: price },
    ...{ feeShares: feeMint, mintedFeeShares: feeMint, minted: feeMint, priceBeforeFee: tempPrice },
    supplyAfter: await bench.vault.number("totalSupply"),
  };
}

/** Fees of instant exits, by what they leave in the buffer. */
async function playExitFees(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const bench = await VaultBench.open(ground);
  const after = ["after", "bufferAfter", "left", "remaining"];
  const many = Array.isArray(inputs.raw(...after));
  const lefts = many ? inputs.integers(...after) : [inputs.integer(...after)];
  const [capacity, floor] = [
    inputs.integer("cap", "capacity"),
    inputs.integer("floor", "drawDownLimit", "drawdownFloor"),
  ];
  const curve = async (min: bigint, max: bigint): Promise<bigint[]> => {
    const nobody = `0x${"00".repeat(20)}`;
    await bench.vault.must("owner", ["setFeeCurve", [capacity, floor, min, max, nobody]]);
    const rates: bigint[] = [];
    for (const left of lefts) rates.push(await bench.vault.number("feeBpsAt", left));
    return rates;
  };
  const rates = await curve(inputs.integer("min", "minBps", "minFeeBps"), inputs.integer("max", "maxBps", "maxFeeBps"));
  // A fee that runs from nothing to everything is what the buffer lacks.
  const remaining = (await curve(0n, 10_000n)).map((lacking) => 10_000n - lacking);
  const one = (list: readonly bigint[]): Answer => (many ? list : (list[0] ?? 0n));
  return {
    ...{ feeBps: one(rates), bps: one(rates), fees: rates, rem: one(remaining) },
    ...{ remainingBps: one(remaining), remainingCapacityBps: one(remaining) },
  };
}

export const navKinds: readonly DefiKind[] = [
  {
    name: "fee curve of instant exits from a buffer",
    matches: (vector) =>
      (hasInputs(vector, "cap") || hasInputs(vector, "capacity")) &&
      ["after", "bufferAfter", "left", "remaining"].some((name) => vector.inputs[name] !== undefined) &&
      expectsAny(vector, "feeBps", "bps", "fees"),
    play: playExitFees,
  },
  {
    name: "NAV push with a fee on growth",
    matches: (vector) =>
      hasOne(vector, SUPPLY) &&
      ["oldPrice", "oldRate", "previousPrice"].some((name) => vector.inputs[name] !== undefined) &&
      (hasInputs(vector, "totalEthE36") || hasInputs(vector, "totalE36") || hasOne(vector, TVL)),
    play: playGrowth,
  },
  {
    name: "mint of a restaking token at its NAV",
    matches: (vector) =>
      hasOne(vector, SUPPLY) && hasOne(vector, TVL) && hasOne(vector, VALUE) && expectsAny(vector, "mint", "minted"),
    play: playMint,
  },
  {
    name: "redemption of a restaking token at its NAV",
    matches: (vector) =>
      hasOne(vector, SUPPLY) &&
      hasOne(vector, TVL) &&
      hasOne(vector, BURN) &&
      [/^(tvl|totalEth)/i, /^(burn|redeem|lrt)/i].some((shape) =>
        Object.keys(vector.inputs).some((key) => shape.test(key)),
      ),
    play: playRedeem,
  },
];
