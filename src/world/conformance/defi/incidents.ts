import type { Answer } from "./answer.ts";
import type { Ground } from "./ground.ts";
import { Inputs, wholeNumber } from "./inputs.ts";
import { expectsAny, type DefiKind } from "./kind.ts";
import { PooledMarket } from "./lending/market.ts";
import { basisPoints, usualLtv } from "./lending/sides.ts";
import type { DefiVector } from "./vector.ts";

/** Makes the collateral worth enough to borrow against, until the debts stand. */
const BOOM = 2n ** 40n;
const E4 = 10n ** 14n;

/** A decimal number with eight decimals. */
const price8 = (text: string): bigint | undefined => wholeNumber(`${text}e8`);

/** Price of a token as a title tells it: `rsETH @1.07`; one where it tells none. */
function priceIn(title: string, token: string): bigint {
  const told = new RegExp(`\\b${token}\\s*@\\s*([\\d.]+)`, "i").exec(title)?.[1];
  return price8(told ?? "1") ?? 0n;
}

/** Health of the positions that a title tells: one collateral, `vs`, the debts; amounts in whole tokens. */
async function playBand(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const { title } = vector;
  const debtSide = title.slice(title.indexOf(" vs ")).toLowerCase();
  const tokens = Object.keys(vector.inputs).filter((name) => title.toLowerCase().includes(name.toLowerCase()));
  const threshold = /\bLT\s*(\d+(?:\.\d+)?%?)/.exec(title)?.[1];
  if (threshold === undefined) return inputs.complain(["lt"], "a threshold in the title, such as LT 95%", title);
  const ltBps = basisPoints(threshold);
  const isDebt = (token: string): boolean => new RegExp(`\\b${token}\\b`, "i").test(debtSide);

  const market = await PooledMarket.open(ground);
  const risk = { ltvBps: usualLtv(ltBps), ltBps, bonusBps: 10_000n };
  const held = tokens.filter((token) => !isDebt(token));
  const reserves = [];
  for (const token of held) {
    const price = priceIn(title, token);
    const reserve = await market.list({ price: price * BOOM, risk });
    await market.supply("borrower", reserve, inputs.integer(token) * 10n ** 18n);
    reserves.push({ reserve, price });
  }
  for (const token of tokens.filter(isDebt)) {
    const reserve = await market.list({ price: priceIn(title, token) });
    await market.borrow("borrower", reserve, inputs.integer(token) * 10n ** 18n);
  }
  for (const { reserve, price } of reserves) await market.price(reserve, price);
  const [data] = await market.pool.ask("accountData", await ground.actor("borrower"));
  const { healthFactor: hf } = data as { readonly healthFactor: bigint };
  return { hf, hfE4: hf / E4 };
}

/** Cases about positions of known incidents. */
export const incidentKinds: readonly DefiKind[] = [
  {
    name: "health of an incident's positions",
    matches: (vector) => expectsAny(vector, "hfE4") && vector.title.includes(" vs "),
    play: playBand,
  },
];
