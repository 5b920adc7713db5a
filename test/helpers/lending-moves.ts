/** What people do in random histories of a pooled market: the call, and what the model says of it. */
import type { ContractTransactionResponse } from "ethers";

import type { Dice } from "./dice.ts";
import { ALL, FROZEN, LTV_ZERO, NO_FLASH, NOT_BORROWABLE, PAUSED, USD, WAD } from "./lending.ts";
import {
  addressOf,
  ASSETS,
  LISTINGS,
  PEOPLE,
  termsOf,
  type Asset,
  type LendingHistory,
  type Person,
} from "./lending-history.ts";
import type { ModelLiquidation } from "./lending-terms.ts";
import { least } from "./model.ts";

export interface Move {
  readonly name: string;
  readonly send: () => Promise<ContractTransactionResponse>;
  readonly play: () => ModelLiquidation | void;
}

interface Hand {
  readonly history: LendingHistory;
  readonly roll: Dice;
  readonly who: Person;
  readonly whom: Person;
  readonly asset: Asset;
}

const RESTRICTIONS = [PAUSED, FROZEN, LTV_ZERO, LTV_ZERO, LTV_ZERO, NOT_BORROWABLE, NO_FLASH];

/** Amount worth some dollars, from a thousandth to millions. */
function worth({ history, roll, asset }: Hand): bigint {
  const { price, unit } = history.model.reserve(asset);
  const dollars = 10n ** (2n + roll.below(4n)) * (1n + roll.below(9n)) + roll.below(1_000n);
  const exact = (dollars * USD * unit) / price;
  return roll.pick([0n, 1n + roll.below(1_000n), exact, exact, exact, exact, exact + roll.below(unit)]);
}

function supply(hand: Hand): Move {
  const { history, who, whom, asset, roll } = hand;
  const [amount, account] = [worth(hand), roll.chance(80) ? who : whom];
  return {
    name: "supply",
    send: async () =>
      await history.pool.connect(history[who]).supply(history.assets[asset].asset, amount, history[account]),
    play: () => history.model.supply(who, asset, amount, account),
  };
}

function withdraw({ history, who: anyone, whom, asset: any, roll }: Hand): Move {
  const bound = PEOPLE.filter((name) => history.model.data(name).hasLtvZero && history.model.data(name).debt > 0n);
  const who = bound.length > 0 && roll.chance(60) ? roll.pick(bound) : anyone;
  const held = ASSETS.filter((name) => history.model.position(name, who).supply > 0n);
  const asset = held.length > 0 && roll.chance(85) ? roll.pick(held) : any;
  const balance = history.model.supplyOf(asset, who);
  const amount = roll.chance(20) ? "all" : roll.portion(balance);
  const wanted = amount === "all" ? ALL : amount;
  return {
    name: "withdraw",
    send: async () =>
      await history.pool.connect(history[who]).withdraw(history.assets[asset].asset, wanted, history[whom]),
    play: () => history.model.withdraw(who, asset, amount, whom),
  };
}

/** Mostly close to what the account may owe. */
function borrow({ history, who, whom, asset: any, roll }: Hand): Move {
  const { model } = history;
  const asset = roll.chance(45) ? "usd" : any;
  const account = roll.chance(90) ? who : whom;
  const { collateral, debt, ltv } = model.data(account);
  const most = (collateral * ltv) / 10_000n;
  const room = most > debt ? most - debt : 0n;
  const { price, unit, cash } = model.reserve(asset);
  const whole = (room * unit) / price;
  const near = cash > 0n && roll.chance(70) ? least(whole, cash) : whole;
  const amount = roll.pick([roll.portion(near), near, (near * 99n) / 100n, (near * 99n) / 100n, near / 2n, whole + 2n]);
  return {
    name: "borrow",
    send: async () =>
      await history.pool.connect(history[who]).borrow(history.assets[asset].asset, amount, history[account]),
    play: () => model.borrow(who, asset, amount, account),
  };
}

function repay({ history, who, whom, asset: any, roll }: Hand): Move {
  const owed = ASSETS.filter((name) => history.model.position(name, whom).debt > 0n);
  const asset = owed.length > 0 && roll.chance(85) ? roll.pick(owed) : any;
  const amount = roll.chance(25) ? "all" : roll.portion(history.model.debtOf(asset, whom));
  const wanted = amount === "all" ? ALL : amount;
  return {
    name: "repay",
    send: async () =>
      await history.pool.connect(history[who]).repay(history.assets[asset].asset, wanted, history[whom]),
    play: () => history.model.repay(who, asset, amount, whom),
  };
}

const unhealthyOf = ({ model }: LendingHistory): readonly Person[] =>
  PEOPLE.filter((name) => model.data(name).health < WAD);

/** Mostly of somebody who owes too much. */
function liquidate(hand: Hand): Move {
  const { history, whom, asset, roll } = hand;
  const { model, pool, assets } = history;
  const unhealthy = unhealthyOf(history);
  if (unhealthy.length === 0 && roll.chance(75)) return roll.pick([supply, borrow, borrow, reprice])(hand);
  const account = unhealthy.length > 0 && roll.chance(90) ? roll.pick(unhealthy) : whom;
  const who = roll.chance(95) ? roll.pick(PEOPLE.filter((name) => name !== account)) : account;
  const pledged = ASSETS.filter((name) => model.position(name, account).isCollateral);
  const owed = ASSETS.filter((name) => model.position(name, account).debt > 0n);
  const pair = {
    collateral: pledged.length > 0 && roll.chance(88) ? roll.pick(pledged) : asset,
    debt: owed.length > 0 && roll.chance(92) ? roll.pick(owed) : asset,
  };
  const asked = roll.chance(50) ? ALL : roll.portion(model.debtOf(pair.debt, account));
  const receivesClaims = roll.chance(40);
  const tokens = [assets[pair.collateral].asset, assets[pair.debt].asset] as const;
  return {
    name: "liquidate",
    send: async () => await pool.connect(history[who]).liquidate(...tokens, history[account], asked, receivesClaims),
    play: () => model.liquidate(who, pair, account, { asked, receivesClaims }),
  };
}

function transfer({ history, who, whom, asset, roll }: Hand): Move {
  const amount = roll.portion(history.model.supplyOf(asset, who));
  return {
    name: "transfer",
    send: async () => await history.assets[asset].claim.connect(history[who]).transfer(history[whom], amount),
    play: () => history.model.transfer(asset, amount, who, whom),
  };
}

function flashLoan({ history, who, asset, roll }: Hand): Move {
  const { pool, receiver, assets, model } = history;
  const amount = roll.portion(model.reserve(asset).cash);
  return {
    name: "flashLoan",
    send: async () => await pool.connect(history[who]).flashLoan(receiver, assets[asset].asset, amount, "0x"),
    play: () => model.flashLoan(asset, amount, "receiver"),
  };
}

function eliminate({ history, who, asset, roll }: Hand): Move {
  const { pool, assets, model } = history;
  const short = ASSETS.filter((name) => model.reserve(name).deficit > 0n);
  const where = short.length > 0 && roll.chance(90) ? roll.pick(short) : asset;
  const amount = roll.portion(model.reserve(where).deficit / roll.pick([1n, 1n, 10n]));
  return {
    name: "eliminate",
    send: async () => await pool.connect(history[who]).eliminateDeficit(assets[where].asset, amount),
    play: () => model.eliminate(who, where, amount),
  };
}

function choose({ history, who, whom, asset, roll }: Hand): Move {
  const { pool, assets, model } = history;
  const own = pool.connect(history[who]);
  const isCollateral = roll.chance(60);
  const mode = roll.pick([0n, 0n, 1n, 1n, 2n, 7n]);
  const amount = roll.pick([0n, worth({ history, who, whom, asset, roll })]);
  return roll.pick<Move>([
    {
      name: "setUseAsCollateral",
      send: async () => await own.setUseAsCollateral(assets[asset].asset, isCollateral),
      play: () => model.useAsCollateral(who, asset, isCollateral),
    },
    { name: "setCategory", send: async () => await own.setCategory(mode), play: () => model.enter(who, mode) },
    {
      name: "approveDelegation",
      send: async () => await own.approveDelegation(assets[asset].asset, history[whom], amount),
      play: () => model.delegate(who, asset, whom, amount),
    },
  ]);
}

function keep({ history, asset, roll }: Hand): Move {
  const { pool, assets, model } = history;
  return roll.chance(50)
    ? {
        name: "mintToTreasury",
        send: async () => await pool.mintToTreasury(assets[asset].asset),
        play: () => model.mintToTreasury(asset),
      }
    : { name: "accrue", send: async () => await pool.accrue(assets[asset].asset), play: () => model.accrue(asset) };
}

/** Whether a debtor uses an asset as collateral beside another one. */
const isMixed = ({ model }: LendingHistory, asset: Asset): boolean =>
  PEOPLE.some((name) => {
    const pledged = ASSETS.filter((one) => model.position(one, name).isCollateral);
    return model.data(name).debt > 0n && pledged.length > 1 && pledged.includes(asset);
  });

/** Restrictions come and, sooner than that, go. */
function guard({ history, asset: any, roll }: Hand): Move {
  const { book, guardian, assets, model } = history;
  const bits = roll.pick(RESTRICTIONS);
  const asset = bits === LTV_ZERO ? (ASSETS.find((name) => isMixed(history, name)) ?? any) : any;
  const bound = ASSETS.find((name) => model.reserve(name).restrictions !== 0n);
  if (model.state.isPaused) {
    return {
      name: "unpause",
      send: async () => await book.unpause(1n),
      play: () => void (model.state.isPaused = false),
    };
  }
  if (bound !== undefined && roll.chance(80)) {
    return {
      name: "relax",
      send: async () => await book.relax(assets[bound].asset, 63n),
      play: () => void (model.reserve(bound).restrictions = 0n),
    };
  }
  return roll.chance(15)
    ? { name: "pause", send: async () => await book.pause(1n), play: () => void (model.state.isPaused = true) }
    : {
        name: "restrict",
        send: async () => await book.connect(guardian).restrict(assets[asset].asset, bits),
        play: () => void (model.reserve(asset).restrictions |= bits),
      };
}

/** Caps, factors and risk move about where the listing put them. */
function retune({ history, asset, roll }: Hand): Move {
  const { book, assets, model, fine } = history;
  const listed = LISTINGS[asset];
  const { scaledSupply, scaledDebt } = model.reserve(asset);
  const terms = {
    ...termsOf(listed),
    reserveFactorBps: roll.pick([0n, listed.reserveFactorBps, 3_333n, 10_000n]),
    liquidationFeeBps: roll.pick([0n, listed.liquidationFeeBps, 2_777n]),
    supplyCap: roll.pick<bigint>([0n, 0n, listed.supplyCap, (scaledSupply * 11n) / 10n + 1n]),
    borrowCap: roll.pick<bigint>([0n, 0n, listed.borrowCap, (scaledDebt * 11n) / 10n + 1n]),
  };
  if (roll.chance(25)) terms.risk = { ltvBps: listed.ltvBps - 2_000n, ltBps: listed.ltBps - 1_000n, bonusBps: 10_333n };
  const listing = { ...assets[asset].listing, ...terms, ...(asset === "lrt" ? { feed: fine } : {}) };
  return {
    name: "setTerms",
    send: async () => await book.setTerms(assets[asset].asset, listing),
    play: () => model.retune(asset, terms),
  };
}

/** Stake enough for all of the deficit, so that a slash need not take what there is. */
function ampleStake({ model }: LendingHistory): bigint {
  const [{ price, unit, deficit }, ether] = [model.reserve("usd"), model.reserve("ether")];
  return (3n * (deficit + unit) * price * ether.unit) / (ether.price * unit);
}

/** Carol, who owns the insurance, or somebody who takes himself for her, covers what is not insured, or changes the terms. */
function bear({ history, who: anyone, roll }: Hand): Move {
  const { module, insurance, model, treasury } = history;
  const who = roll.chance(80) ? "carol" : anyone;
  const own = module.connect(history[who]);
  const { deficit } = model.reserve("usd");
  const { pending, offset } = insurance.state;
  const most = least(offset, deficit > pending ? deficit - pending : 0n);
  const amount = roll.pick([most, roll.portion(most), roll.portion(most), most + 1n]);
  const next = roll.pick([1_000_000n, roll.portion(deficit), deficit]);
  const feeBps = roll.pick([0n, 1_000n, 3_333n, 10_000n]);
  const stake = ampleStake(history) + roll.below(1_000n);
  return roll.pick<Move>([
    {
      name: "coverOffset",
      send: async () => await own.coverOffset(amount),
      play: () => insurance.coverOffset(who, amount),
    },
    {
      name: "setConditions",
      send: async () => await own.setConditions(next, feeBps, treasury),
      play: () => insurance.setConditions(who, next, feeBps),
    },
    {
      name: "deposit",
      send: async () => await own.deposit(stake, history[who]),
      play: () => insurance.deposit(who, stake),
    },
  ]);
}

function insure({ history, who: any, whom, roll }: Hand): Move {
  const { module, insurance, model } = history;
  const who = roll.chance(30) ? "carol" : any;
  const own = module.connect(history[who]);
  const [stake, held] = [roll.amount() / 100n, insurance.sharesOf(who)];
  const shares = roll.portion(held);
  const pending = roll.portion(insurance.state.pending);
  const isPaused = !insurance.state.isPaused && roll.chance(20);
  const slash: Move = { name: "slash", send: async () => await own.slash(), play: () => void insurance.slash() };
  const cover: Move = {
    name: "coverPending",
    send: async () => await own.coverPending(pending),
    play: () => insurance.coverPending(who, pending),
  };
  if (insurance.state.pending > 0n && roll.chance(50)) return cover;
  if (model.reserve("usd").deficit > insurance.state.pending && roll.chance(60)) return slash;
  return roll.pick<Move>([
    slash,
    cover,
    {
      name: "deposit",
      send: async () => await own.deposit(stake, history[who]),
      play: () => insurance.deposit(who, stake),
    },
    { name: "cooldown", send: async () => await own.cooldown(), play: () => insurance.startCooldown(who) },
    {
      name: "redeem",
      send: async () => await own.redeem(shares, history[who], history[who]),
      play: () => insurance.redeem(who, shares),
    },
    {
      name: "transferShares",
      send: async () => await own.transfer(history[whom], shares),
      play: () => insurance.transfer(shares, who, whom),
    },
    isPaused
      ? {
          name: "pauseExit",
          send: async () => await module.connect(history.carol).pause(2n),
          play: () => void (insurance.state.isPaused = true),
        }
      : {
          name: "unpauseExit",
          send: async () => await module.connect(history.carol).unpause(2n),
          play: () => void (insurance.state.isPaused = false),
        },
  ]);
}

/** Prices wander about where they began; at times they crash. */
function reprice(hand: Hand): Move {
  const { history, who, asset: any, roll } = hand;
  const { assets, model, fine, now } = history;
  if (unhealthyOf(history).length > 0 && roll.chance(75)) return liquidate(hand);
  const debtor = PEOPLE.filter((name) => model.data(name).debt > 0n).find((name) => name === who || roll.chance(50));
  const pledged = ASSETS.filter((name) => debtor !== undefined && model.position(name, debtor).isCollateral);
  const asset = pledged.length > 0 ? roll.pick(pledged) : any;
  const [low, span] = roll.chance(50) ? [10n, 50n] : [80n, 40n];
  const price =
    asset === "usd"
      ? USD - roll.below(3_000_000n)
      : (LISTINGS[asset].price * (low + roll.below(span))) / 100n + roll.below(USD);
  const answer = asset === "lrt" ? price * 10n ** 4n + roll.below(10_000n) : price;
  const feed = asset === "lrt" ? fine : assets[asset].feed;
  return {
    name: "reprice",
    send: async () => await feed.setRound(answer, await now()),
    play: () => void (model.reserve(asset).price = price),
  };
}

const KINDS = [
  ...[
    supply,
    supply,
    supply,
    borrow,
    borrow,
    borrow,
    borrow,
    borrow,
    withdraw,
    withdraw,
    withdraw,
    repay,
    repay,
    repay,
  ],
  ...[liquidate, liquidate, liquidate, liquidate, liquidate, transfer, flashLoan, eliminate, eliminate],
  ...[choose, choose, keep, guard, retune, insure, insure, insure, reprice, reprice, reprice],
];

export function nextMove(history: LendingHistory, roll: Dice): Move {
  const hand = { history, roll, who: roll.pick(PEOPLE), whom: roll.pick(PEOPLE), asset: roll.pick(ASSETS) };
  const isBound = ASSETS.some((name) => history.model.restrictionsOf(name) !== 0n);
  if (isBound && roll.chance(15)) return guard(hand);
  return roll.pick(unhealthyOf(history).length > 0 && roll.chance(40) ? [liquidate] : KINDS)(hand);
}

/** How every history ends: with who bears what no insurance does, among all else. */
export function lastMove(history: LendingHistory, roll: Dice): Move {
  const hand = { history, roll, who: roll.pick(PEOPLE), whom: roll.pick(PEOPLE), asset: roll.pick(ASSETS) };
  return roll.chance(60) ? roll.pick([bear, bear, insure])(hand) : nextMove(history, roll);
}

/**
 * How every history opens, so that what chance seldom brings is in each: collateral that must
 * leave first, or is none, a part of two debts that may be closed,
 * a debt that nothing is left to pay, and its insurance, at first too small for it and then large enough.
 */
export function opening(history: LendingHistory): readonly Move[] {
  const { pool, book, assets, model, fine, alice, bob, carol, module, insurance } = history;
  const [lrt, ether, usd, btc] = [assets.lrt.asset, assets.ether.asset, assets.usd.asset, assets.btc.asset];
  const [own, other] = [pool.connect(alice), pool.connect(bob)];
  const restrictions = (bits: bigint) => (): void => void (model.reserve("lrt").restrictions = bits);
  const price = (answer: bigint): Move => {
    const play = (): void => void (model.reserve("ether").price = answer);
    return { name: "reprice", send: async () => await assets.ether.feed.setRound(answer, model.now), play };
  };
  const restaked = (answer: bigint): Move => {
    const play = (): void => void (model.reserve("lrt").price = answer);
    return { name: "reprice", send: async () => await fine.setRound(answer * 10n ** 4n, model.now), play };
  };
  const seize = (collateral: "lrt" | "ether"): Move => ({
    name: "liquidate",
    send: async () => await other.liquidate(assets[collateral].asset, usd, alice, ALL, false),
    play: () => model.liquidate("bob", { collateral, debt: "usd" }, "alice", { asked: ALL, receivesClaims: false }),
  });
  const slash: Move = {
    name: "slash",
    send: async () => await module.connect(bob).slash(),
    play: () => void insurance.slash(),
  };
  const [debt, part, more] = [240_000n * 10n ** 6n, 10n ** 18n, 3n * 10n ** 7n];
  return [
    {
      name: "borrow",
      send: async () => await own.borrow(usd, debt, alice),
      play: () => model.borrow("alice", "usd", debt, "alice"),
    },
    { name: "restrict", send: async () => await book.restrict(lrt, LTV_ZERO), play: restrictions(LTV_ZERO) },
    {
      name: "withdraw",
      send: async () => await own.withdraw(ether, part, alice),
      play: () => model.withdraw("alice", "ether", part, "alice"),
    },
    {
      name: "withdraw",
      send: async () => await own.withdraw(lrt, part, alice),
      play: () => model.withdraw("alice", "lrt", part, "alice"),
    },
    { name: "relax", send: async () => await book.relax(lrt, LTV_ZERO), play: restrictions(0n) },
    price(1n),
    {
      name: "setUseAsCollateral",
      send: async () => await own.setUseAsCollateral(ether, false),
      play: () => model.useAsCollateral("alice", "ether", false),
    },
    {
      name: "liquidate",
      send: async () => await other.liquidate(btc, usd, alice, ALL, false),
      play: () =>
        model.liquidate("bob", { collateral: "btc", debt: "usd" }, "alice", { asked: ALL, receivesClaims: false }),
    },
    price(LISTINGS.ether.price),
    {
      name: "borrow",
      send: async () => await own.borrow(btc, more, alice),
      play: () => model.borrow("alice", "btc", more, "alice"),
    },
    restaked(3_280n * USD),
    seize("lrt"),
    price(1n),
    restaked(100n * USD),
    seize("lrt"),
    seize("ether"),
    price(LISTINGS.ether.price),
    restaked(LISTINGS.lrt.price),
    slash,
    {
      name: "deposit",
      send: async () => await module.connect(carol).deposit(ampleStake(history), carol),
      play: () => insurance.deposit("carol", ampleStake(history)),
    },
    slash,
  ];
}

/** Contract whose error a refusal is called like. */
export function refuserOf({ pool, module }: LendingHistory, error: string) {
  return error.startsWith("LendingPool") ? pool : module;
}

/** Arguments of a refusal, names turned into addresses. */
export async function argumentsOf(history: LendingHistory, args: readonly (string | bigint | boolean)[]) {
  return await Promise.all(args.map(async (arg) => (typeof arg === "string" ? await addressOf(history, arg) : arg)));
}
