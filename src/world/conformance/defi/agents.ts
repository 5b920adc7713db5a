import { arbitrageConstantProduct, type Price } from "../../../maths/arbitrage/constant-product.ts";
import { divDown } from "../../../maths/integer.ts";
import { leverageAt, maxLeverage } from "../../../maths/leverage/loop.ts";
import { BPS, breakEvenSlippage, netSeizedValue } from "../../../maths/liquidation/break-even.ts";
import type { Answer } from "./answer.ts";
import { Inputs, wholeNumber } from "./inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "./kind.ts";
import type { DefiVector } from "./vector.ts";

/** A fraction of 1e4 in WAD, and back. */
const E4 = 10n ** 14n;
const E6 = 10n ** 12n;

/** Decimals of tokens that have other than 18. */
const DECIMALS: Readonly<Record<string, number>> = { USDC: 6, USDT: 6, WBTC: 8 };
const decimalsOf = (symbol: string): number => DECIMALS[symbol.toUpperCase()] ?? 18;

/** Reads `2100 USDC/ETH`: whole tokens paid for one whole token bought, as token wei; a plain number is in WAD. */
function priceOf(inputs: Inputs): Price {
  const text = inputs.text("extPrice", "price").trim();
  const [, whole, part = "", paid, bought] = /^(\d+)(?:\.(\d+))?\s+(\w+)\/(\w+)$/.exec(text) ?? [];
  if (whole === undefined || paid === undefined || bought === undefined) {
    return { numerator: inputs.integer("extPrice", "price"), denominator: 10n ** 18n };
  }
  const numerator = wholeNumber(`${whole}${part}e${decimalsOf(paid)}`) ?? 0n;
  return { numerator, denominator: 10n ** BigInt(part.length + decimalsOf(bought)) };
}

function playArbitrage(vector: DefiVector): Answer {
  const inputs = new Inputs(vector);
  const reserves = { in: inputs.integer("x", "rIn"), out: inputs.integer("y", "rOut") };
  const { amountIn, amountOut, profit } = arbitrageConstantProduct(reserves, priceOf(inputs));
  return { optimalIn: amountIn, amountIn, out: amountOut, profit };
}

function playLoop(vector: DefiVector): Answer {
  const inputs = new Inputs(vector);
  // Null where no leverage is too much.
  const inE4 = (leverage: bigint | undefined): bigint | null => (leverage === undefined ? null : leverage / E4);
  return {
    ...(inputs.has("ltv") && { maxLeverageE4: inE4(maxLeverage(inputs.integer("ltv") * E4)) }),
    ...(inputs.has("hf") && {
      targetLeverageE4: inE4(leverageAt(inputs.integer("hf") * E4, inputs.integer("lt") * E4)),
    }),
  };
}

function playBreakEven(vector: DefiVector): Answer {
  const inputs = new Inputs(vector);
  const terms = { bonusBps: inputs.integer("lb"), feeBps: inputs.integerOr(0n, "feeBps") };
  const repaid = inputs.integer("repay", "repaid");
  const slippage = breakEvenSlippage(repaid, inputs.integerOr(0n, "gas"), terms);
  // Rounded down below zero, too: no more slippage than this pays.
  return {
    netSeizedValue: netSeizedValue(repaid, terms),
    maxSlippageE6: divDown(slippage, E6),
    maxSlippageBps: divDown(slippage * BPS, 10n ** 18n),
  };
}

/** Cases about what agents work out before they act; no contract takes part. */
export const agentKinds: readonly DefiKind[] = [
  {
    name: "best arbitrage against a constant-product pool",
    matches: (vector) => hasInputs(vector, "x", "y", "extPrice"),
    play: async (vector) => await Promise.resolve(playArbitrage(vector)),
  },
  {
    name: "leverage of a loop",
    matches: (vector) => expectsAny(vector, "maxLeverageE4", "targetLeverageE4"),
    play: async (vector) => await Promise.resolve(playLoop(vector)),
  },
  {
    name: "slippage at which a liquidation breaks even",
    matches: (vector) => hasInputs(vector, "repay", "lb") && expectsAny(vector, "maxSlippageE6", "netSeizedValue"),
    play: async (vector) => await Promise.resolve(playBreakEven(vector)),
  },
];
