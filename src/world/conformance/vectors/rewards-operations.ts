import { AbiCoder, keccak256, type Result } from "ethers";

import type { Verdict } from "../core-verbs.ts";
import type { Outcome, Request } from "../core-world.ts";
import { setOf, text, type Observed } from "../observe.ts";
import type { Operation } from "./operations.ts";
import type { Play } from "./play.ts";

const done = (returns: Record<string, Observed> = {}): Verdict => ({ ok: true, returns });
const rewards = (fn: string, args: readonly unknown[]): Request => ({ to: "rewards", fn, args });
const verdict = (outcome: Outcome): Verdict => (outcome.ok ? done() : outcome);

/** Lets the AVS choose about the protocol fee, and lets the coordinator take its tokens. */
async function readyToPay(play: Play, optedIn: boolean): Promise<void> {
  const approval = [play.world.addresses["rewards"], 2n ** 255n];
  await play.world.must("avs", { to: "token", fn: "approve", args: approval });
  await play.world.must("avs", rewards("setProtocolFeeOptIn", [optedIn]));
}

/** Pays a set, for one instant that is just over. */
async function pay(play: Play, fn: string, what: unknown): Promise<{ paid: Outcome; amount: bigint; fee: bigint }> {
  const set = setOf(play.world, play.cast, play.focus.set);
  const args = [set, play.world.addresses["token"], what, play.world.chain.now - 2n, 1n];
  const paid = await play.world.act("avs", rewards(fn, args));
  if (!paid.ok) return { paid, amount: 0n, fee: 0n };
  const payment = (await play.world.read(rewards("getPayment", [paid.values[0]]))) as Result;
  const part = (name: string): bigint => BigInt(text(payment.getValue(name)));
  return { paid, amount: part("amount"), fee: part("fee") };
}

const takeProtocolFee: Operation = async (play, args) => {
  await readyToPay(play, args.flagOr(true, "optedIn"));
  const { paid, amount, fee } = await pay(play, "payOperatorSet", args.integer("amount"));
  return paid.ok ? done({ fee: text(fee), net: text(amount) }) : paid;
};

const operatorDirected: Operation = async (play, args) => {
  await readyToPay(play, args.flagOr(true, "optedIn"));
  const amounts = args.integers("amounts");
  const payees = amounts.map((amount, index) => [`0x${(index + 1).toString(16).padStart(40, "0")}`, amount]);
  const { paid, amount, fee } = await pay(play, "payOperators", payees);
  if (!paid.ok) return paid;
  const entries = (await play.world.read(rewards("getOperatorPayments", [paid.values[0]]))) as Result;
  const nets = [...entries].map((entry: Result) => BigInt(text(entry.getValue("amount"))));
  return done({
    perOperatorFee: amounts.map((gross, index) => text(gross - (nets[index] ?? 0n))),
    perOperatorNet: nets.map(String),
    totalFee: text(fee),
    totalBefore: text(amount + fee),
    totalAfter: text(amount),
  });
};

/** Root of a tree with one leaf: the leaf, hashed twice. */
function rootOf(play: Play, earner: string, cumulativeEarnings: bigint): string {
  const leaf = [play.world.addressOf(earner), play.world.addresses["token"], cumulativeEarnings];
  return keccak256(keccak256(AbiCoder.defaultAbiCoder().encode(["address", "address", "uint256"], leaf)));
}

/** Publishes a root that owes the earner this much in all, waits until it is active, and claims. */
const claim: Operation = async (play, args) => {
  const earned = args.integer("cumulativeEarnings", "amount");
  const earner = play.focus.staker;
  const account = play.world.addressOf(earner);
  await readyToPay(play, false);
  const { paid } = await pay(play, "payOperatorSet", earned + 1n);
  if (!paid.ok) return paid;

  const root = [rootOf(play, earner, earned), play.world.chain.now - 1n];
  const [index] = await play.world.must("owner", rewards("submitRoot", root));
  const published = (await play.world.read(rewards("getRoot", [index]))) as Result;
  await play.advanceTo(BigInt(text(published.getValue("activatedAt"))) - play.world.origin);

  const leaf = [index, account, play.world.addresses["token"], earned, []];
  const outcome = await play.world.act(earner, rewards("claim", [leaf, account]));
  return outcome.ok ? done({ paid: text(outcome.values[0]) }) : outcome;
};

const setSplit: Operation = async (play, args) => {
  const { operator } = play.focus;
  const outcome = await play.world.act(operator, rewards("setOperatorSplit", [args.integer("bips", "split")]));
  if (!outcome.ok) return verdict(outcome);
  const split = (await play.world.read(rewards("operatorSplitOf", [play.world.addressOf(operator)]))) as Result;
  return done({ activatedAt: text(BigInt(text(split.getValue("activatedAt"))) - play.world.origin) });
};

const getSplit: Operation = async (play) => {
  const account = play.world.addressOf(play.focus.operator);
  return done({ split: text(await play.world.read(rewards("getOperatorSplit", [account]))) });
};

/** Operations on rewards. */
export const rewardsOperations: Readonly<Record<string, Operation>> = {
  takeProtocolFee,
  operatorDirected,
  claim,
  setSplit,
  getSplit,
};
