/** What people do in random histories of collateralised debt: the call, and what the model says of it. */
import type { ContractTransactionResponse } from "ethers";

import type { CdpGround } from "./cdp.ts";
import type { BranchModel } from "./cdp-model.ts";
import type { Dice } from "./dice.ts";
import { WAD } from "./markets.ts";
import type { RegistryModel } from "./registry-model.ts";

export const PEOPLE = ["alice", "bob", "carol", "dave"] as const;
type Person = (typeof PEOPLE)[number];

export interface CdpMove {
  readonly name: string;
  readonly send: () => Promise<ContractTransactionResponse>;
  readonly play: () => { readonly isOffset: boolean; readonly isRedistributed: boolean } | void;
}

interface Hand {
  readonly ground: CdpGround;
  readonly model: RegistryModel;
  readonly roll: Dice;
  readonly who: Person;
  readonly k: number;
  readonly branch: BranchModel;
  /** A trove, mostly one of the caller's. */
  readonly id: number;
}

const ANY = 2n ** 256n - 1n;

function contractsOf({ ground, k, who }: Hand) {
  const found = ground.branches[k];
  if (found === undefined) throw new RangeError("no such branch");
  return { ...found, own: found.branch.connect(ground[who]), pool: found.pool.connect(ground[who]) };
}

function open(hand: Hand): CdpMove {
  const { branch, who, roll } = hand;
  const debt = roll.pick([1_500n * WAD, 2_000n * WAD + roll.amount() * 20n, 2_000n * WAD + roll.amount() * 20n]);
  const collateral = (debt * (110n + roll.below(150n)) * WAD) / (100n * branch.price);
  const rate = roll.pick([WAD / 200n, (WAD * (1n + roll.below(20n))) / 100n, WAD / 7n, WAD / 1_000n]);
  return {
    name: "open",
    send: async () => await contractsOf(hand).own.openTrove(collateral, debt, rate, ANY),
    play: () => branch.open(who, collateral, debt, rate),
  };
}

function adjust(hand: Hand): CdpMove {
  const { branch, who, id, roll } = hand;
  const latest = id <= branch.troves.length ? branch.latest(id) : { debt: WAD, collateral: WAD };
  const some = (all: bigint): bigint => roll.pick([0n, roll.portion(all), -roll.portion(all), all / 20n, -(all / 20n)]);
  const [collateral, debt] = [some(latest.collateral), some(latest.debt)];
  return {
    name: "adjust",
    send: async () => await contractsOf(hand).own.adjustTrove(id, collateral, debt, ANY),
    play: () => branch.adjust(who, id, collateral, debt),
  };
}

function manage(hand: Hand): CdpMove {
  const { branch, who, id, roll } = hand;
  const rate = (WAD * (1n + roll.below(30n))) / 100n;
  const { own } = contractsOf(hand);
  return roll.pick<CdpMove>([
    { name: "setRate", send: async () => await own.setRate(id, rate, ANY), play: () => branch.setRate(who, id, rate) },
    { name: "close", send: async () => await own.closeTrove(id), play: () => branch.close(who, id) },
    { name: "settle", send: async () => await own.settleTrove(id), play: () => branch.settle(id) },
    { name: "claimSurplus", send: async () => await own.claimSurplus(), play: () => branch.claimSurplus(who) },
  ]);
}

const isLow = (branch: BranchModel, id: number): boolean => {
  const { debt, collateral } = branch.latest(id);
  return debt > 0n && (collateral * branch.price) / debt < branch.terms.minRatio;
};

function liquidate(hand: Hand): CdpMove {
  const { branch, who, roll } = hand;
  const low = branch.troves.map((_, at) => at + 1).filter((at) => isLow(branch, at));
  if (low.length === 0 && roll.chance(75)) return roll.pick([open, reprice, reprice, stabilise])(hand);
  const id = low.length > 0 && roll.chance(95) ? roll.pick(low) : hand.id;
  return {
    name: "liquidate",
    send: async () => await contractsOf(hand).own.liquidate(id),
    play: () => branch.liquidate(who, id),
  };
}

function redeem({ ground, model, roll, who }: Hand): CdpMove {
  const amount = roll.portion(model.purse.of("dollar", who) / roll.pick([1n, 2n, 10n]));
  const given = { troves: Number(roll.pick([0n, 0n, 1n, 2n])), maxRate: roll.chance(90) ? WAD : WAD / 100n };
  return {
    name: "redeem",
    send: async () => await ground.registry.connect(ground[who]).redeem(amount, given.troves, given.maxRate),
    play: () => model.redeem(who, amount, given),
  };
}

function end(hand: Hand): CdpMove {
  const { branch, who, model, id, roll } = hand;
  const { own } = contractsOf(hand);
  const amount = roll.portion(model.purse.of("dollar", who) / 3n);
  const ids = [id, 1 + Number(roll.below(BigInt(branch.troves.length) + 1n))];
  const isAlive = branch.shutdownTime === 0n;
  // A feed that tells nothing shuts its branch down at once: mostly somebody mends it before.
  const isUntold = !branch.isPriceGood && roll.chance(85);
  if (isAlive && (isUntold || (branch.redeemable !== null && roll.chance(70)))) return reprice(hand);
  return isAlive
    ? { name: "shutDown", send: async () => await own.shutDown(), play: () => branch.shutDown() }
    : {
        name: "redeemUrgently",
        send: async () => await own.redeemUrgently(amount, ids, 0),
        play: () => branch.redeemUrgently(who, amount, ids),
      };
}

function stabilise(hand: Hand): CdpMove {
  const { branch, who, model, roll } = hand;
  const { pool } = contractsOf(hand);
  const [held, inside] = [model.purse.of("dollar", who), branch.pool.worthOf(who)];
  const [more, less] = [roll.portion(held / 2n), roll.portion(inside)];
  return roll.pick<CdpMove>([
    { name: "deposit", send: async () => await pool.deposit(more), play: () => branch.deposit(who, more) },
    { name: "withdraw", send: async () => await pool.withdraw(less), play: () => branch.withdraw(who, less) },
    { name: "claim", send: async () => await pool.claim(), play: () => branch.claim(who) },
  ]);
}

interface Told {
  readonly answer: bigint;
  readonly age: bigint;
}

/** Reports a round of a branch's feed. */
function report(ground: CdpGround, model: RegistryModel, k: number, round: Told): CdpMove {
  const [branch, there] = [model.branches[k], ground.branches[k]];
  if (branch === undefined || there === undefined) throw new RangeError("no branch");
  return {
    name: "reprice",
    send: async () => await there.feed.setRound(round.answer, branch.now - round.age),
    play: () => void (branch.round = { answer: round.answer, updatedAt: branch.now - round.age }),
  };
}

/** How the first branch ends, from some step on: its price falls, and somebody shuts it down. */
export function ending(ground: CdpGround, model: RegistryModel): readonly CdpMove[] {
  const [branch, there] = [model.branches[0], ground.branches[0]];
  if (branch === undefined || there === undefined) throw new RangeError("no branch");
  const answer = branch.collateral === 0n ? 1n : (branch.debt * 105n * 10n ** 8n) / (branch.collateral * 100n);
  return [
    report(ground, model, 0, { answer, age: 0n }),
    { name: "shutDown", send: async () => await there.branch.shutDown(), play: () => branch.shutDown() },
  ];
}

/**
 * Two whales of the second branch: one owes, both fill the pool up to that debt, and it is liquidated. The pool is left with
 * its floor, a part so small that its product changes its scale.
 */
export function drain(ground: CdpGround, model: RegistryModel): readonly (() => CdpMove)[] {
  const [branch, there, debt] = [model.branches[1], ground.branches[1], 10n ** 29n];
  if (branch === undefined || there === undefined) throw new RangeError("no branch");
  const own = (who: Person, cover: bigint) => (): CdpMove => {
    const [collateral, rate] = [(cover * debt) / 2_000n, WAD / 200n];
    return {
      name: "open",
      send: async () => await there.branch.connect(ground[who]).openTrove(collateral, debt, rate, ANY),
      play: () => branch.open(who, collateral, debt, rate),
    };
  };
  const fill = (who: Person, amount: () => bigint) => (): CdpMove => {
    const dollars = amount();
    return {
      name: "deposit",
      send: async () => await there.pool.connect(ground[who]).deposit(dollars),
      play: () => branch.deposit(who, dollars),
    };
  };
  const whale = (): number => branch.troves.findLastIndex(({ owner }) => owner === "dave") + 1;
  return [
    () => report(ground, model, 1, { answer: 2_000n * 10n ** 8n, age: 0n }),
    own("bob", 10n),
    own("dave", 2n),
    fill("dave", () => debt / 2n),
    fill("bob", () => branch.latest(whale()).debt - branch.pool.total),
    () => report(ground, model, 1, { answer: 1_050n * 10n ** 8n, age: 0n }),
    () => ({
      name: "liquidate",
      send: async () => await there.branch.liquidate(whale()),
      play: () => branch.liquidate("owner", whale()),
    }),
  ];
}

/** Prices wander about 2,000; at times they crash. */
function reprice({ ground, model, k, roll }: Hand): CdpMove {
  const [low, span] = roll.pick([
    [650n, 500n],
    [1_000n, 700n],
    [1_000n, 700n],
    [1_700n, 700n],
    [1_700n, 700n],
  ] as const);
  const answer = (low + roll.below(span)) * 10n ** 8n + roll.below(10n ** 8n);
  return report(ground, model, k, { answer, age: 0n });
}

/** A feed tells nothing, less than nothing, or something just too old; or something that is just not. */
function spoil({ ground, model, k, branch, roll }: Hand): CdpMove {
  const [answer, { maxAge }] = [(1_000n + roll.below(1_000n)) * 10n ** 8n, branch.terms];
  const isAgeless = maxAge > branch.now;
  const round = roll.pick([
    { answer: 0n, age: 0n },
    { answer: -1n, age: 0n },
    ...(isAgeless ? [] : [{ answer, age: maxAge + 1n }]),
    ...(isAgeless ? [] : [{ answer, age: maxAge }]),
  ]);
  return { ...report(ground, model, k, round), name: "spoil" };
}

const KINDS = [
  ...[
    open,
    open,
    open,
    adjust,
    adjust,
    manage,
    manage,
    manage,
    liquidate,
    liquidate,
    liquidate,
    redeem,
    redeem,
    redeem,
  ],
  ...[end, end, stabilise, stabilise, stabilise, reprice, reprice, spoil],
];

export function nextCdpMove(ground: CdpGround, model: RegistryModel, roll: Dice): CdpMove {
  const k = Number(roll.below(BigInt(model.branches.length)));
  const branch = model.branches[k];
  if (branch === undefined) throw new RangeError("no such branch");
  const who = roll.pick(PEOPLE);
  const owned = branch.troves.flatMap(({ owner, status }, at) => (owner === who && status < 3n ? [at + 1] : []));
  const any = 1 + Number(roll.below(BigInt(branch.troves.length) + 1n));
  const id = owned.length > 0 && roll.chance(85) ? roll.pick(owned) : any;
  const hand = { ground, model, roll, who, k, branch, id };
  if (!branch.isPriceGood && roll.chance(25)) return reprice(hand);
  const isShort = branch.troves.some((_, at) => isLow(branch, at + 1));
  return roll.pick(isShort && roll.chance(30) ? [liquidate] : KINDS)(hand);
}
