import type { Answer } from "../answer.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs, wholeNumber } from "../inputs.ts";
import { hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { deployStakingPool, moveBeacon, NO_REBASE_LIMIT, poolFromWords, RAY, reportOf } from "./staking-pool.ts";

const FINAL_RATE = ["maxShareRateE27", "maxShareRate", "finalRateE27", "finalisationRateE27", "shareRateE27"] as const;
const REQUEST_RATE = ["rateAtRequestE27", "requestRateE27", "rateAtRequest", "rateE27"] as const;

/** Amount of a request, written alone, first in a list, or under a name. */
function amountOf(request: unknown): bigint | undefined {
  if (Array.isArray(request)) return wholeNumber(request[0]);
  if (typeof request !== "object" || request === null) return wholeNumber(request);
  const fields = Object.entries(request);
  return wholeNumber(fields.find(([name]) => /amount|ether|eth|value/i.test(name))?.[1]);
}

const WHOLE = 10n ** 18n;
/** Amounts below this are whole ether: nobody asks for so few wei. */
const FEW = 10n ** 6n;

/** Amounts of the requests: a list, or words such as `100/250/50 ETH`. */
function amountsOf(inputs: Inputs): bigint[] {
  const raw = inputs.raw("requests", "amounts");
  const words = typeof raw === "string" ? raw.replace(/\b(at|rate)\b.*$/i, "").match(/[\d.]+/g) : null;
  const list: readonly unknown[] = words?.map((word) => `${word}e18`) ?? (Array.isArray(raw) ? raw : []);
  if (list.length === 0) return inputs.complain(["requests"], "a list of requests", raw);
  const amounts = list.map((one) => amountOf(one) ?? inputs.complain(["requests"], "amounts", raw));
  return amounts.every((amount) => amount < FEW) ? amounts.map((amount) => amount * WHOLE) : amounts;
}

/** Ether and shares of the pool when requests are made; only their ratio counts. */
function ratioAtRequest(inputs: Inputs): { readonly pooled: bigint; readonly shares: bigint } {
  if (inputs.has(...REQUEST_RATE)) return { pooled: inputs.integer(...REQUEST_RATE), shares: RAY };
  const words = poolFromWords(inputs.vector.title);
  return {
    pooled: inputs.integerOr(words.pooled, "totalPooled", "preEther", "pooled", "totalPooledEther"),
    shares: inputs.integerOr(words.shares, "shares", "preShares", "totalShares"),
  };
}

/** A scale at which the pool's rate can be any number of rays. */
const FINE = 10n ** 9n;

/** Requests from the first on that a budget pays, each weighed alone. */
async function affordable(
  queue: Deployed,
  of: { readonly requests: bigint; readonly budget: bigint },
): Promise<bigint> {
  let count = 0n;
  for (let more = 1n; more <= of.requests; more += 1n) {
    const [preview] = await queue.ask("previewFinalize", more);
    const { lastId, etherToClaim } = preview as { readonly lastId: bigint; readonly etherToClaim: bigint };
    if (lastId < more || etherToClaim > of.budget) break;
    count = more;
  }
  return count;
}

async function playQueue(vector: DefiVector, ground: Ground): Promise<Answer> {
  // Where requests are another case's, so is the rate at which they were made.
  const inputs = new Inputs(vector, { ...vector.context, ...vector.inputs });
  const amounts = amountsOf(inputs);
  const rate = inputs.integer(...FINAL_RATE);
  const { pooled, shares } = ratioAtRequest(inputs);
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  const budget = inputs.integerOr(total * 2n, "budget", "ethBudget", "availableEther");
  // The floor of a batch may lock some wei more than its requests, which are weighed alone, may pay.
  const buffer = budget + BigInt(amounts.length);
  const terms = { pooled: pooled * FINE, shares: shares * FINE, feeBps: 0n, limit: NO_REBASE_LIMIT, buffer };
  const pool = await deployStakingPool(ground, terms);
  const { token, queue } = pool;
  const alice = await ground.actor("alice");
  await token.must("alice", ["approve", queue, 2n ** 250n]);
  for (const amount of amounts) await queue.must("alice", ["requestWithdrawal", amount, alice]);

  // The least pool at which the rate, rounded down, is the one that the report tells.
  const wanted = (rate * terms.shares + RAY - 1n) / RAY;
  await moveBeacon(pool, wanted - (await token.number("totalPooledEther")));
  await ground.advance(1n);
  await token.must("operator", ["report", await reportOf(pool)]);
  const before = await token.number("totalShares");
  const count = await affordable(queue, { requests: BigInt(amounts.length), budget });
  if (count > 0n) await queue.must("operator", ["finalize", count]);

  const claimable: bigint[] = [];
  for (let request = 1n; request <= count; request += 1n) {
    const [stored] = await queue.ask("getRequest", request);
    claimable.push((stored as { readonly claimable: bigint }).claimable);
  }
  return namedBatch({
    claimable,
    count,
    locked: await queue.number("lockedEther"),
    dust: await queue.number("dust"),
    burned: before - (await token.number("totalShares")),
    left: budget - claimable.reduce((sum, claim) => sum + claim, 0n),
  });
}

/** What a finalisation did. */
interface Batch {
  readonly claimable: readonly bigint[];
  readonly count: bigint;
  readonly locked: bigint;
  readonly dust: bigint;
  readonly burned: bigint;
  readonly left: bigint;
}

/** A batch by every name that cases use. */
function namedBatch({ claimable, count, locked, dust, burned, left }: Batch): Answer {
  const sum = claimable.reduce((all, claim) => all + claim, 0n);
  return {
    ...{ claimable, claims: claimable, finalizedCount: count, finalisedCount: count, remainingBudget: left, dust },
    ...{ locked, lockedEther: locked, ethLocked: locked, etherLocked: locked, ethToLock: locked, etherToLock: locked },
    ...{ batchLocked: locked, totalLocked: locked, batchLock: locked, lockedBatch: locked, batchEth: locked },
    ...{ sum, sumClaims: sum, sumOfClaims: sum, totalClaimable: sum, claimableSum: sum, sumClaimable: sum },
    ...{ sharesToBurn: burned, burnedShares: burned, sharesBurned: burned, batchShares: burned },
  };
}

/** Cases about the withdrawal queue of a liquid staking token. */
export const queueKinds: readonly DefiKind[] = [
  {
    name: "finalisation of withdrawals",
    matches: (vector) => hasInputs(vector, "requests") && FINAL_RATE.some((name) => hasInputs(vector, name)),
    play: playQueue,
  },
];
