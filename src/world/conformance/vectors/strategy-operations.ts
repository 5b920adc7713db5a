import { integerOf } from "../numbers.ts";
import type { Verdict } from "../core-verbs.ts";
import { text } from "../observe.ts";
import type { Operation } from "./operations.ts";
import type { Play } from "./play.ts";

const done = (returns: Record<string, string> = {}): Verdict => ({ ok: true, returns });

async function balanceOf(play: Play): Promise<bigint> {
  const args = [play.world.addresses["strategy"]];
  return BigInt(text(await play.world.read({ to: "token", fn: "balanceOf", args })));
}

/** Tokens that arrive without a deposit. */
const donate: Operation = async (play, args) => {
  const strategy = play.world.addresses["strategy"];
  await play.world.must("donor", { to: "token", fn: "mint", args: [strategy, args.integer("amount")] });
  return done();
};

/** Sets the strategy's balance: the token has rebased, or was slashed. */
const rebase: Operation = async (play, args) => {
  const strategy = play.world.addresses["strategy"];
  const balance = await balanceOf(play);
  const wanted = args.has("newBalance", "balance")
    ? args.integer("newBalance", "balance")
    : balance - args.integer("amount");
  const change = wanted - balance;
  const fn = change < 0n ? "burn" : "mint";
  await play.world.must("donor", { to: "token", fn, args: [strategy, change < 0n ? -change : change] });
  return done();
};

/**
 * Takes shares out through the queue. Paying may be impossible where the strategy holds less than they are worth; what
 * they are worth, and what is missing, is known all the same.
 */
const withdraw: Operation = async (play, args) => {
  const { staker } = play.focus;
  const held = integerOf(play.now[`stakers.${staker}.depositShares`], 0n);
  const shares = args.integerOr(held, "shares", "amount");
  const queued = await play.verbs.queueWithdrawal(staker, shares);
  if (!queued.ok) return queued;
  await play.advanceTo(integerOf(queued.returns["firstCompletableBlock"]));

  const worth = text(await play.world.read({ to: "strategy", fn: "sharesToUnderlying", args: [shares] }));
  const balance = await balanceOf(play);
  const shortfall = BigInt(worth) > balance ? BigInt(worth) - balance : 0n;
  const paid = await play.verbs.completeWithdrawal(integerOf(queued.returns["withdrawal"]), true);
  const isUnpayable = !paid.ok && paid.reason === "InsufficientBalance" && shortfall > 0n;
  if (!paid.ok && (!isUnpayable || args.has("expectRevert"))) return paid;
  return done({ amountOut: worth, balance: text(balance), shortfall: text(shortfall) });
};

/** Operations on a strategy's tokens. */
export const strategyOperations: Readonly<Record<string, Operation>> = {
  donate,
  negativeRebase: rebase,
  positiveRebase: rebase,
  rebase,
  withdrawAll: withdraw,
  withdraw,
};
