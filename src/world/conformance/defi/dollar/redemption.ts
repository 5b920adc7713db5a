import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { EPOCH, endow, mintDollars, openReserve, type Reserve } from "./reserve.ts";

const WAD = 10n ** 18n;
const BPS = 10_000n;

const ASSETS = ["assetsMarked", "assets", "reserves", "reserve", "reserveValue", "marked"] as const;
const LOSS = ["loss", "impairment", "gap", "shortfall"] as const;
const BUCKETS = ["cash", "fund", "term"] as const;

/** Mark of the reserve: as given, by its buckets, or as the supply less a loss. */
function markOf(inputs: Inputs, supply: bigint): bigint {
  const loss = inputs.integerOr(0n, ...LOSS);
  if (inputs.has(...ASSETS)) return inputs.integer(...ASSETS) - loss;
  if (!inputs.has(...BUCKETS)) return supply - loss;
  const haircut = inputs.has("haircut") ? inputs.integer("haircut") : inputs.integerOr(0n, "haircutBps") * (WAD / BPS);
  const term = (inputs.integerOr(0n, "term") * (WAD - haircut)) / WAD;
  return inputs.integerOr(0n, "cash") + inputs.integerOr(0n, "fund") + term - loss;
}

/** Fee of a redemption at par [WAD]. */
function feeOf(inputs: Inputs): bigint {
  return inputs.has("feeBps") ? inputs.integer("feeBps") * (WAD / BPS) : inputs.integerOr(0n, "fee", "feeWad");
}

/** Fills the pots, then leaves `mark` behind a supply of `supply`: lends all cash, and sells the loan for that. */
async function layer(ground: Ground, at: Reserve, inputs: Inputs): Promise<void> {
  const supply = inputs.integer("supply", "totalSupply");
  const mark = markOf(inputs, supply);
  for (const [fn, names] of [
    ["fundBuffer", ["buffer", "surplus", "surplusBuffer"]],
    ["fundBackstop", ["backstop"]],
  ] as const) {
    const amount = inputs.integerOr(0n, ...names);
    await endow(ground, at.money, { to: "sponsor", amount, spender: at.reserve });
    await at.reserve.must("sponsor", [fn, amount]);
  }
  const junior = inputs.integerOr(0n, "junior", "juniorSize", "juniorTranche");
  await endow(ground, at.money, { to: "junior", amount: junior, spender: at.junior });
  if (junior > 0n) await at.junior.must("junior", ["deposit", junior, await ground.actor("junior")]);

  await mintDollars(ground, at, { to: "holder", amount: supply });
  await at.reserve.must("owner", ["placeTerm", await ground.actor("custodian"), supply, 0n, 0n]);
  await endow(ground, at.money, { to: "custodian", amount: mark, spender: at.reserve });
  await at.reserve.must("owner", ["sellTerm", 1n, mark]);
}

async function potsOf({ money, reserve, junior }: Reserve): Promise<readonly [bigint, bigint, bigint]> {
  const held = await money.number("balanceOf", junior);
  return [await reserve.number("buffer"), held, await reserve.number("backstop")];
}

async function playWaterfall(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const at = await openReserve(ground);
  await layer(ground, at, inputs);
  const gap = await at.reserve.number("gap");
  const residual = await at.reserve.number("residual");
  const gross = await at.reserve.number("redemptionRate");
  const backing = await at.reserve.number("backingRatio");
  const before = await potsOf(at);
  await at.reserve.must("owner", ["cover"]);
  const after = await potsOf(at);
  const [buffer = 0n, junior = 0n, backstop = 0n] = before.map((pot, k) => pot - (after[k] ?? 0n));
  const rate = gap === 0n ? gross - feeOf(inputs) : gross;
  return {
    ...{ rate, redeemRate: rate, redemptionRate: rate, rateWad: rate, haircut: WAD - rate, haircutWad: WAD - rate },
    ...{ gap, shortfall: gap, residual, residualGap: residual, residualLoss: residual },
    ...{ backing, backingRatio: backing, backingWad: backing, b: backing },
    ...{ bufferUsed: buffer, juniorUsed: junior, juniorLoss: junior, backstopUsed: backstop },
    ...{ bufferLeft: after[0], juniorLeft: after[1], backstopLeft: after[2], holderLoss: residual },
  };
}

async function waiting(at: Reserve, ids: readonly bigint[]): Promise<bigint[]> {
  const found = await Promise.all(ids.map(async (id) => (id === 0n ? undefined : await at.queue.ask("requestOf", id))));
  return found.map((request) => {
    const [fields] = request ?? [];
    return fields === undefined ? 0n : BigInt(String((fields as { readonly waiting: bigint }).waiting));
  });
}

async function playGate(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const cap = inputs.integer("cap", "epochCap", "gate");
  const requests = inputs.integers("requests");
  const at = await openReserve(ground, cap);
  const ids: bigint[] = [];
  for (const [k, amount] of requests.entries()) {
    const who = `holder ${String(k)}`;
    await mintDollars(ground, at, { to: who, amount });
    if (amount > 0n) await at.dollar.must(who, ["approve", at.queue, amount]);
    const [id] = amount > 0n ? await at.queue.must(who, ["request", amount]) : [0n];
    ids.push(BigInt(String(id)));
  }
  const epochs: bigint[][] = [];
  let left = await waiting(at, ids);
  for (let epoch = 0n; epoch < inputs.integerOr(1n, "epochs"); epoch += 1n) {
    if (epoch > 0n) await ground.advance(EPOCH);
    await at.queue.act("keeper", ["fill"]);
    const then = await waiting(at, ids);
    epochs.push(left.map((amount, k) => amount - (then[k] ?? 0n)));
    left = then;
  }
  const [filled = []] = epochs;
  const [paid, asked] = [filled, requests].map((list) => list.reduce((sum, amount) => sum + amount, 0n));
  const allowed = (asked ?? 0n) < cap ? (asked ?? 0n) : cap;
  return {
    ...{ filled, filledByEpoch: epochs, remaining: left, rolled: left, rollover: left },
    ...{ dust: allowed - (paid ?? 0n), total: paid ?? 0n, totalFilled: paid ?? 0n },
  };
}

/** Cases about what redemptions are paid, and when. */
export const redemptionKinds: readonly DefiKind[] = [
  {
    name: "redemption rate behind buffer, junior tranche and backstop",
    matches: (vector) =>
      (hasInputs(vector, "supply") || hasInputs(vector, "totalSupply")) &&
      [...ASSETS, ...LOSS, "cash"].some((name) => hasInputs(vector, name)) &&
      expectsAny(vector, "rate", "redeemRate", "redemptionRate", "rateWad", "residual", "backingRatio", "backing"),
    play: playWaterfall,
  },
  {
    name: "pro-rata gate of redemptions",
    matches: (vector) => hasInputs(vector, "requests") && ["cap", "epochCap"].some((name) => hasInputs(vector, name)),
    play: playGate,
  },
];
