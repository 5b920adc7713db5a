import type { VectorStep } from "../schema.ts";
import { WAD } from "./core-bench.ts";
import type { LrPlay } from "./lr-play.ts";
import { reportedVault, vaultFor } from "./lr-state.ts";
import { MODE, POLICY } from "./vault-bench.ts";

/** Plays one operation of a vector. */
export type LrOperation = (play: LrPlay, step: VectorStep) => Promise<void>;

const AMOUNT = ["amount", "shares", "amountOfEEth", "value", "assets"];

const mint: LrOperation = async (play, step) => {
  const bench = await vaultFor(play, step, { mode: MODE.live });
  const newcomer = await play.ground.actor("newcomer");
  const before = await bench.vault.number("balanceOf", newcomer);
  play.refusal = await bench.vault.act("newcomer", ["deposit", play.need(step, "value", "amount"), newcomer]);
  const minted = (await bench.vault.number("balanceOf", newcomer)) - before;
  play.saw(minted, "results", "minted", "mint", "shares");
};

const redeem: LrOperation = async (play, step) => {
  const bench = await vaultFor(play, step, { mode: MODE.live });
  const holder = await play.ground.actor("holder");
  const before = await bench.core.token.number("balanceOf", holder);
  play.refusal = await bench.vault.act("holder", ["redeemInstant", play.need(step, ...AMOUNT), holder, holder, 0n]);
  const paid = (await bench.core.token.number("balanceOf", holder)) - before;
  play.saw(paid, "results", "redeemed", "redeem", "assets");
};

const request: LrOperation = async (play, step) => {
  const rate = play.find(step, "rate", "exchangeRate");
  const bench = rate === undefined ? await vaultFor(play, step) : await reportedVault(play, batchTerms(play));
  if (rate !== undefined) await bench.report(rate, WAD);
  const holder = await play.ground.actor("holder");
  const isByAssets = play.vector.model === "lrt-etherfi" && step["shares"] === undefined;
  const fn = isByAssets ? "requestWithdraw" : "requestRedeem";
  const outcome = await bench.vault.act("holder", [fn, play.need(step, ...AMOUNT), holder, holder]);
  play.refusal = outcome;
  if (!outcome.ok) return;
  const id = outcome.values[0] as bigint;
  play.requests.push(id);
  const { quote, shares, fillAt } = await bench.requested(id);
  play.saw(quote, "quoted", "quotes", "requested", "amountToRedeem");
  play.saw(shares, "shareOfEEth", "requestShares", "lockedShares");
  play.saw(fillAt, "fillAt", "fillAts");
};

/** Terms of a queue that finalises in batches of as many requests as a vector makes before the first finalisation. */
function batchTerms(play: LrPlay): { readonly batchSize: bigint; readonly minShares: bigint } {
  const { steps } = play.vector;
  const end = steps.findIndex(({ op }) => /finali/i.test(op));
  const before = steps.slice(0, end < 0 ? steps.length : end);
  const made = BigInt(before.filter((step) => /request/i.test(step.op) && step["expectRevert"] === undefined).length);
  const none: VectorStep = { op: "given" };
  return {
    batchSize: play.find(none, "batchSize") ?? (made === 0n ? 1n : made),
    minShares: play.find(none, "minWithdrawal", "minWithdrawalAmount", "minAmount") ?? 0n,
  };
}

const move: LrOperation = async (play, step) => {
  const bench = await vaultFor(play, step);
  const to = play.find(step, "to", "newTvl", "tvlAfter", "newTotalPooledEther");
  if (to !== undefined) return await bench.moveTo(to);
  const lost = play.find(step, "loss", "drop", "slashed");
  const amount = lost ?? play.need(step, "amount", "rewards", "gain", "by", "delta");
  const isLoss = lost !== undefined || amount < 0n || /slash|lose|loss|drop/i.test(step.op);
  const size = amount < 0n ? -amount : amount;
  await (isLoss ? bench.lose(size) : bench.gain(size));
};

const claim: LrOperation = async (play, step) => {
  const bench = await vaultFor(play, step);
  const holder = await play.ground.actor("holder");
  let total = 0n;
  let isAny = false;
  for (const id of await bench.queue.numbers("requestsOf", holder)) {
    const [isClaimable] = await bench.queue.ask("isClaimable", id);
    if (isClaimable !== true) break;
    const { shares } = await bench.requested(id);
    const [paid] = await bench.vault.must("holder", ["redeem", shares, holder, holder]);
    play.saw(paid as bigint, "payouts", "paidEach", "claims");
    total += paid as bigint;
    isAny = true;
  }
  if (!isAny) play.refusal = await bench.vault.act("holder", ["redeem", 1n, holder, holder]);
  play.saw(total, "paid", "claimed", "claimAmount", "paidAfterSlash", "amount");
};

/** Assets come into the buffer: a deposit, which fills the deficit first. */
const deposit: LrOperation = async (play, step) => {
  const bench = await vaultFor(play, step);
  const newcomer = await play.ground.actor("newcomer");
  const before = await bench.queue.number("filled");
  play.refusal = await bench.vault.act("newcomer", ["deposit", play.need(step, ...AMOUNT), newcomer]);
  const filled = (await bench.queue.number("filled")) - before;
  play.saw(filled, "filledBy", "filledNow", "toQueue");
  play.saw(play.need(step, ...AMOUNT) - filled, "rest", "remaining", "restaked", "toStrategy", "leftForDeposit");
};

/** Fixes what is due and can be paid, for vectors that are read at the vault's own rate. */
const process: LrOperation = async (play, step) => {
  const rate = play.find(step, "rate", "exchangeRate");
  const bench = rate === undefined ? await vaultFor(play, step) : await reportedVault(play, batchTerms(play));
  if (rate !== undefined) await bench.report(rate, WAD);
  const before = await bench.vault.number("buffer");
  const first = (await bench.queue.number("lastFrozenId")) + 1n;
  play.saw(await bench.oracle.number("rateUp"), "frozenRate", "finalizedRate", "finalisedRate", "rateAtFinalization");
  play.refusal = await bench.queue.act("owner", ["process", 1_000n]);
  const last = await bench.queue.number("lastFrozenId");
  for (let id = first; id <= last; id += 1n) {
    play.saw((await bench.requested(id)).claimable, "payouts", "frozen", "claimable", "payout");
  }
  play.saw(before - (await bench.vault.number("buffer")), "batchTransfer", "transferred", "lockedByFinalization");
  play.saw(await bench.queue.number("surplus"), "surplus", "excess", "returned");
  play.saw(last - first + 1n, "unlocked", "finalized", "count");
};

/** Requests with the quotes that are given, each at a rate that gives just that. */
const requests: LrOperation = async (play, step) => {
  const quotes = play.list(step, "expected", "quotes", "amounts");
  const shares = step["shares"] === undefined ? quotes : play.list(step, "shares", "rsETH");
  const unlock = play.vector.steps.find(({ op }) => op === "unlock");
  const available = unlock === undefined ? undefined : play.find(unlock, "available", "availableAssets");
  const bench = await play.fresh({ mode: MODE.quorum });
  const whole = [...shares, ...quotes].reduce((sum, value) => sum + value, 0n) + (available ?? 0n);
  await bench.stage(whole, whole);
  if (available !== undefined && available < whole) await bench.restake(whole - available);
  for (const [at, quote] of quotes.entries()) {
    await bench.report(quote, shares[at] ?? quote);
    const { id, quote: given } = await bench.request(shares[at] ?? quote);
    play.requests.push(id);
    play.saw(given, "quoted", "quotes");
  }
};

const unlock: LrOperation = async (play, step) => {
  const bench = await play.bench();
  const price = play.need(step, "price", "rsETHPrice");
  await bench.report(price, play.find(step, "assetPrice") ?? WAD);
  const first = (await bench.queue.number("lastFrozenId")) + 1n;
  await bench.queue.must("owner", ["process", play.find(step, "max", "count") ?? 1_000n]);
  const last = await bench.queue.number("lastFrozenId");
  for (let id = first; id <= last; id += 1n) play.saw((await bench.requested(id)).claimable, "payouts");
  play.saw(last - first + 1n, "unlocked", "unlockedCount");
  play.saw(await bench.vault.number("available"), "leftAvailable", "available");
};

/** A report of a change of what is pooled, against the caps of one report. */
const report: LrOperation = async (play, step) => {
  const tvl = play.need(step, "tvl", "totalPooledEther", "pooled");
  const gain = play.find(step, "rewards", "rise", "gain") ?? 0n;
  const drop = play.find(step, "drop", "loss") ?? 0n;
  const rise = play.find(step, "positiveCapBps", "maxRiseBps", "capBps") ?? 25n;
  const fall = play.find(step, "negativeCapBps", "maxDropBps", "capBps") ?? 3n;
  const bench = await play.fresh({ mode: MODE.quorum, bounds: { rise, drop: fall, policy: POLICY.reject } });
  await bench.stage(tvl, tvl);
  // A refusal tells the bound that was exceeded; it is that of what is pooled before the report.
  const tooHigh = await bench.report(tvl * 2n, tvl);
  const bound = tooHigh.ok ? undefined : /RiseExceeded\(\d+, \d+, (\d+)\)/.exec(tooHigh.error)?.[1];
  if (bound !== undefined) play.saw(BigInt(bound), "maxIncrease", "maxRewards");
  const tooLow = await bench.report(0n, tvl);
  const floor = tooLow.ok ? undefined : /DropExceeded\(\d+, \d+, (\d+)\)/.exec(tooLow.error)?.[1];
  if (floor !== undefined) play.saw(BigInt(floor), "maxDecrease", "maxDrop");
  const outcome = await bench.report(tvl + gain - drop, tvl);
  play.refusal = outcome;
  play.saw(outcome.ok, "accepted");
  play.saw(!outcome.ok, "rejected", "blocked");
};

/** Operations by name. */
export const lrOperations: Readonly<Record<string, LrOperation>> = {
  ...{ mint, deposit, redeem, burn: redeem, claim, claimWithdraw: claim, claimWithdrawal: claim },
  ...{ requestWithdraw: request, request, requestWithdrawal: request, requestRedeem: request, withdraw: request },
  ...{
    slashTvl: move,
    slash: move,
    loss: move,
    riseTvl: move,
    gainTvl: move,
    setTvl: move,
    reward: move,
    moveTvl: move,
  },
  ...{ fill: deposit, fillQueue: deposit, fillWithdrawQueue: deposit, fillBuffer: deposit, fillDeficit: deposit },
  ...{ finalizeBatch: process, finalize: process, finalizeRequests: process, finalise: process, process },
  ...{ requests, unlock, unlockQueue: unlock, report },
};
