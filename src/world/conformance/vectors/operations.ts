import { integerOf } from "../numbers.ts";
import type { Verdict } from "../core-verbs.ts";
import { setOf, text } from "../observe.ts";
import { enlist } from "../setting.ts";
import type { Arguments } from "./arguments.ts";
import type { Play } from "./play.ts";
import { dropBalance, exitValidators, verifyValidator } from "./pods.ts";

/** Plays one operation. */
export type Operation = (play: Play, args: Arguments) => Promise<Verdict>;

const WAD = 10n ** 18n;
const done = (returns: Record<string, string> = {}): Verdict => ({ ok: true, returns });

const deposit: Operation = async (play, args) => {
  const amount = args.integer("shares", "amount");
  const { staker } = play.focus;
  return play.isBeacon ? await verifyValidator(play, staker, amount) : await play.verbs.deposit(staker, amount);
};

/** Remembers what was queued, so that it can be completed in turn. */
function queueing(act: Operation): Operation {
  return async (play, args) => {
    const before = BigInt(text(await play.world.read({ to: "operatorDelegation", fn: "withdrawalCount", args: [] })));
    const verdict = await act(play, args);
    const after = BigInt(text(await play.world.read({ to: "operatorDelegation", fn: "withdrawalCount", args: [] })));
    for (let id = before; id < after; id += 1n) play.queued.push(id);
    return verdict;
  };
}

const queueWithdrawal = queueing(async (play, args) => {
  const wanted = args.integer("depositShares", "shares", "amount");
  return await play.verbs.queueWithdrawal(play.focus.staker, wanted);
});

const completeWithdrawal: Operation = async (play, args) => {
  const inTurn = play.done("completeWithdrawal").length;
  const place = Number(args.integerOr(BigInt(inTurn), "withdrawal", "index"));
  const id = play.queued[place] ?? BigInt(place);
  const asTokens = args.flagOr(true, "asTokens");
  if (play.isBeacon && asTokens) await exitValidators(play, await play.verbs.ownerOf(id));
  return await play.verbs.completeWithdrawal(id, asTokens);
};

const allocate: Operation = async (play, args) => {
  const { operator, set } = play.focus;
  const verdict = await play.verbs.allocate(operator, set, args.integer("magnitude", "newMagnitude"));
  if (verdict.ok) await announceAllocation(play);
  return verdict;
};

async function announceAllocation(play: Play): Promise<void> {
  const { operator, set } = play.focus;
  const effect = (await play.look())[`operators.${operator}.allocations.${set}.effectBlock`];
  const isAhead = typeof effect === "string" && effect !== "0";
  play.announced.set("allocation", isAhead ? BigInt(effect) : play.world.now);
}

const slash: Operation = async (play, args) =>
  await play.verbs.slash(play.focus.operator, play.focus.set, args.integer("wad", "wadToSlash"));

/** Brings the operator's maximum magnitude to a value: what is missing to it is slashed. */
const operatorMaxMagnitude: Operation = async (play, args) => {
  const { operator, set } = play.focus;
  const current = integerOf(play.now[`operators.${operator}.maxMagnitude`]);
  const value = args.integer("value", "maxMagnitude");
  if (value === current) return done();
  const allocated = integerOf(play.now[`operators.${operator}.allocations.${set}.currentMagnitude`]);
  return await play.verbs.slash(operator, set, ((current - value) * WAD) / allocated);
};

/** Lets an operator deposit; where no room is left for it, those who were asked about before leave first. */
async function depositAsked(play: Play, name: string, shares: bigint): Promise<Verdict> {
  const verdict = shares > 0n ? await play.verbs.deposit(name, shares) : done();
  if (verdict.ok || verdict.reason !== "TotalSharesExceedsMax" || play.asked.size === 0) return verdict;
  const leaving: bigint[] = [];
  for (const [earlier, held] of play.asked) {
    const queued = await play.verbs.queueWithdrawal(earlier, held);
    if (!queued.ok) return queued;
    leaving.push(integerOf(queued.returns["withdrawal"]));
    if (leaving.length === play.asked.size) await play.advanceTo(integerOf(queued.returns["firstCompletableBlock"]));
  }
  for (const id of leaving) await play.verbs.completeWithdrawal(id, true);
  play.asked.clear();
  return await play.verbs.deposit(name, shares);
}

/** Asks what a slash would take from an operator with exactly these shares. */
const calcSlashedAmount: Operation = async (play, args) => {
  const name = `operator of case ${play.played.length}`;
  await play.world.endow(name);
  await enlist(play.world, name, 0n);
  const shares = args.integer("operatorShares", "shares");
  const deposited = await depositAsked(play, name, shares);
  if (!deposited.ok) return deposited;
  if (shares > 0n) play.asked.set(name, shares);
  const outcome = await play.world.would("reader", {
    to: "operatorDelegation",
    fn: "previewSlashOperatorShares",
    args: [play.world.addressOf(name), play.cast.strategy, args.integer("prevMax"), args.integer("newMax")],
  });
  return outcome.ok ? done({ results: text(outcome.values[0]) }) : outcome;
};

const newOperator: Operation = async (play) => {
  const name = `operator ${play.played.length}`;
  await play.world.endow(name);
  await enlist(play.world, name, 0n);
  play.admit(name);
  return done();
};

const setAllocationDelay: Operation = async (play, args) => {
  const { operator } = play.focus;
  const delay = args.integer("delay", "delayBlocks");
  const outcome = await play.world.act(operator, { to: "allocationManager", fn: "setAllocationDelay", args: [delay] });
  if (!outcome.ok) return outcome;
  const account = play.world.addressOf(operator);
  const [values] = await play.world.ask([{ to: "allocationManager", fn: "pendingAllocationDelayOf", args: [account] }]);
  return done({ allocationDelayEffectBlock: text(BigInt(text(values?.[1])) - play.world.origin) });
};

const updateSlasher: Operation = async (play, args) => {
  const set = setOf(play.world, play.cast, play.focus.set);
  const slasher = play.world.addressOf(args.textOr("new slasher", "slasher"));
  const outcome = await play.world.act("avs", { to: "avsRegistry", fn: "proposeSlasher", args: [set[1], slasher] });
  if (!outcome.ok) return outcome;
  const [values] = await play.world.ask([{ to: "avsRegistry", fn: "pendingSlasherOf", args: [set] }]);
  return done({ slasherEffectBlock: text(BigInt(text(values?.[1])) - play.world.origin) });
};

const minSlashableStake: Operation = async (play, args) => {
  const { operator, set } = play.focus;
  const ahead = args.integerOr(0n, "lookAhead", "lookAheadBlocks");
  const instant = args.integerOr(play.world.now + ahead, "futureBlock") + play.world.origin;
  const place = [play.world.addressOf(operator), setOf(play.world, play.cast, set), play.cast.strategy];
  const stake = await play.world.read({ to: "allocationManager", fn: "minSlashableStake", args: [...place, instant] });
  return done({ minSlashableStake: text(stake) });
};

const convertToDepositShares: Operation = async (play, args) => {
  const wanted = args.integer("withdrawable", "withdrawableShares", "shares", "amount");
  const request = [play.world.addressOf(play.focus.staker), [play.cast.strategy], [wanted]];
  const shares = await play.world.read({ to: "operatorDelegation", fn: "convertToDepositShares", args: request });
  return done({ convertedDepositShares: text(shares) });
};

const clearSlashed: Operation = async (play, args) => {
  const set = setOf(play.world, play.cast, play.focus.set);
  const slashId = args.integerOr(BigInt(play.done("slash").length), "slashId");
  const outcome = await play.world.act("anyone", { to: "slasher", fn: "clear", args: [set, slashId] });
  return outcome.ok ? done({ tokensToRecipient: text((outcome.values[0] as readonly unknown[])[0] ?? 0n) }) : outcome;
};

const beaconBalanceDrop: Operation = async (play, args) => {
  const previous = args.integer("prevRestakedBalance", "previousBalance");
  return await dropBalance(play, play.focus.staker, { previous, decrease: args.integer("decrease", "loss") });
};

const clearDeallocationQueue: Operation = async (play, args) =>
  await play.verbs.clearDeallocationQueue(play.focus.operator, args.integerOr(65_535n, "count", "numToClear"));

/** Operations by name. */
export const coreOperations: Readonly<Record<string, Operation>> = {
  deposit,
  delegate: async (play, args) => await play.verbs.delegate(play.focus.staker, args.textOr("op", "operator")),
  undelegate: queueing(async (play) => await play.verbs.undelegate(play.focus.staker)),
  redelegate: queueing(async (play) => await play.verbs.redelegate(play.focus.staker, play.focus.operator)),
  queueWithdrawal,
  completeWithdrawal,
  allocate,
  slash,
  registerForSet: async (play) => await play.verbs.registerForSet(play.focus.operator, play.focus.set),
  deregisterFromSet: async (play) => await play.verbs.deregisterFromSet(play.focus.operator, play.focus.set),
  clearDeallocationQueue,
  operatorMaxMagnitude,
  calcSlashedAmount,
  newOperatorNotRegistered: newOperator,
  setAllocationDelay,
  updateSlasher,
  minSlashableStake,
  convertToDepositShares,
  clearBurnOrRedistributableShares: clearSlashed,
  beaconBalanceDrop,
};

/** Other names of operations. */
export const operationAliases: Readonly<Record<string, string>> = {
  register: "registerForSet",
  registerForOperatorSets: "registerForSet",
  registerForOperatorSet: "registerForSet",
  deregister: "deregisterFromSet",
  deregisterFromOperatorSets: "deregisterFromSet",
  deregisterFromOperatorSet: "deregisterFromSet",
  verifyValidator: "deposit",
  depositIntoStrategy: "deposit",
  deallocate: "allocate",
  modifyAllocations: "allocate",
  slashOperator: "slash",
  queueWithdrawals: "queueWithdrawal",
  completeQueuedWithdrawal: "completeWithdrawal",
  getMinSlashableStake: "minSlashableStake",
  getMinimumSlashableStake: "minSlashableStake",
};
