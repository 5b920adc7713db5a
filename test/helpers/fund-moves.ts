/** What people do in random histories of a fund: the call, and what the model says of it. */
import type { ContractTransactionResponse } from "ethers";

import type { Dice } from "./dice.ts";
import { NEVER, type FundModel, type FundTerms } from "./fund-model.ts";
import { least } from "./model.ts";
import type { Stablecoin } from "./stablecoin.ts";

export const PEOPLE = ["alice", "bob", "carol", "custodian"] as const;
type Person = (typeof PEOPLE)[number];

export interface FundMove {
  readonly name: string;
  readonly send: () => Promise<ContractTransactionResponse>;
  readonly play: () => void;
}

interface Hand {
  readonly world: Stablecoin;
  readonly model: FundModel;
  readonly roll: Dice;
  readonly who: Person;
  readonly other: Person;
}

const DAY = 86_400n;

const tellerOf = ({ world, who }: Hand) => world.teller.connect(world[who]);

/** Mostly the caller's own order with its own goods; at times in another's favour, or with another's. */
function parties({ who, other, roll }: Hand): readonly [Person, Person] {
  if (roll.chance(70)) return [who, who];
  return roll.pick([
    [other, who],
    [other, who],
    [who, other],
    [other, other],
  ] as const);
}

function requestDeposit(hand: Hand): FundMove {
  const { world, model, who, roll } = hand;
  const [controller, owner] = parties(hand);
  const amount = roll.pick([1n + roll.below(10n ** 12n), 1n + roll.below(10n ** 12n), 1n + roll.below(50n), 0n]);
  return {
    name: "requestDeposit",
    send: async () => await tellerOf(hand).requestDeposit(amount, world[controller], world[owner]),
    play: () => model.requestDeposit(who, amount, [controller, owner]),
  };
}

function requestRedeem(hand: Hand): FundMove {
  const { world, model, who, roll } = hand;
  const [controller, owner] = parties(hand);
  const amount = roll.portion(model.sharesOf(owner) / roll.pick([1n, 2n, 5n]));
  return {
    name: "requestRedeem",
    send: async () => await tellerOf(hand).requestRedeem(amount, world[controller], world[owner]),
    play: () => model.requestRedeem(who, amount, [controller, owner]),
  };
}

function redeemInstantly(hand: Hand): FundMove {
  const { world, model, who, other, roll } = hand;
  const amount = roll.portion(model.sharesOf(who) / roll.pick([3n, 10n]));
  return {
    name: "redeemInstantly",
    send: async () => await tellerOf(hand).redeemInstantly(amount, world[other]),
    play: () => model.redeemInstantly(who, amount, other),
  };
}

/** By what was brought or by what is given, of one's own orders or of another's, to oneself or to another. */
function claim(hand: Hand): FundMove {
  const { world, model, who, other, roll } = hand;
  const controller = roll.chance(85) ? who : other;
  const receiver = roll.chance(85) ? controller : roll.pick(PEOPLE);
  const ready = [false, true].filter((isExit) => model.most(controller, isExit)[0] > 0n);
  const isRedemption = ready.length > 0 && roll.chance(90) ? roll.pick(ready) : roll.chance(50);
  const isByAmount = roll.chance(50);
  const most = model.most(controller, isRedemption)[isByAmount ? 0 : 1];
  const amount = roll.chance(15) ? least(most, 1n + roll.below(40n)) : roll.portion(most);
  const way = isRedemption ? (isByAmount ? "redeem" : "withdraw") : isByAmount ? "deposit" : "mint";
  const [teller, to, of] = [tellerOf(hand), world[receiver], world[controller]];
  const send = {
    redeem: async () => await teller.redeem(amount, to, of),
    withdraw: async () => await teller.withdraw(amount, to, of),
    deposit: async () => await teller["deposit(uint256,address,address)"](amount, to, of),
    mint: async () => await teller["mint(uint256,address,address)"](amount, to, of),
  }[way];
  const play = () => model.claim(who, { controller, receiver, isRedemption, isByAmount, amount });
  return { name: way, send, play };
}

function claimWhole(hand: Hand): FundMove {
  const { world, model, who, other, roll } = hand;
  const open = model.openOf(who);
  const id = open.length > 0 && roll.chance(85) ? roll.pick(open) : Number(roll.below(60n));
  const receiver = roll.chance(85) ? who : other;
  return {
    name: "claim",
    send: async () => await tellerOf(hand).claim(id, world[receiver]),
    play: () => model.claimWhole(who, id, receiver),
  };
}

function strike({ world, model, roll }: Hand): FundMove {
  const wandered = (model.nav * (9_500n + roll.below(1_000n))) / 10_000n + 1n;
  const nav = roll.pick([
    wandered,
    wandered,
    wandered,
    wandered,
    900_000n + roll.below(400_000n),
    0n,
    1n + roll.below(10n ** 9n),
  ]);
  const by = roll.chance(95) ? "owner" : "alice";
  return {
    name: "strike",
    send: async () => await world.teller.connect(world[by]).strike(nav),
    play: () => model.strike(by, nav),
  };
}

function setTerms({ world, model, roll }: Hand): FundMove {
  const terms: FundTerms = {
    settleDelay: roll.pick([0n, 3_600n, DAY, 2n * DAY + roll.below(DAY)]),
    minAssets: roll.pick([0n, 1n, 25n]),
    minShares: roll.pick([0n, 1n, 25n]),
    feeBps: roll.pick([0n, 10n, 1n + roll.below(9_999n), 10_000n, 10_001n]),
    instantFeeBps: roll.pick([0n, 50n, 50n, 10_001n]),
    instantLimit: roll.pick([10n ** 11n, 10n ** 12n]),
  };
  return {
    name: "setTerms",
    send: async () => await world.teller.setTerms(terms),
    play: () => model.setTerms(terms),
  };
}

/** The fund's money goes elsewhere, all but a part, and comes back. */
function invest({ world, model, roll }: Hand): FundMove {
  const amount = roll.pick([roll.portion(model.moneyOf("teller")), model.moneyOf("teller") - roll.below(10n ** 9n)]);
  const out = amount < 0n ? 0n : amount;
  const back = roll.below(10n ** 12n);
  return roll.pick<FundMove>([
    {
      name: "invest",
      send: async () => await world.teller.invest(world.owner, out),
      play: () => model.invest("owner", out),
    },
    {
      name: "giveBack",
      send: async () => await world.usdc.transfer(world.teller, back),
      play: () => model.giveBack("owner", back),
    },
  ]);
}

function name({ world, model, who, other, roll }: Hand): FundMove {
  const isNamed = roll.chance(60);
  const allowance = roll.pick([0n, NEVER, roll.below(10n ** 12n)]);
  const shares = roll.portion(model.sharesOf(who) / 4n);
  const { operators, allowances } = model.state;
  return roll.pick<FundMove>([
    {
      name: "setOperator",
      send: async () => await world.teller.connect(world[who]).setOperator(world[other], isNamed),
      play: () => void operators[isNamed ? "add" : "delete"](`${who}/${other}`),
    },
    {
      name: "approve",
      send: async () => await world.fundShare.connect(world[who]).approve(world[other], allowance),
      play: () => void allowances.set(`${who}/${other}`, allowance),
    },
    {
      name: "transfer",
      send: async () => await world.fundShare.connect(world[who]).transfer(world[other], shares),
      play: () => model.transfer(who, other, shares),
    },
  ]);
}

/** Holders are struck off and admitted, all is halted or paused for a while, banks close. */
function disturb({ world, model, who, roll }: Hand): FundMove {
  const { state } = model;
  const [isAllowed, isHalted, isClosed] = [!state.allowed.has(who), !state.isHalted, !state.isClosed];
  const flags = state.paused === 0n ? roll.pick([1n, 2n, 4n]) : 0n;
  const from = model.now + roll.below(3n * DAY);
  const until = from + roll.below(2n * DAY);
  const moves: readonly FundMove[] = [
    {
      name: "setAllowed",
      send: async () => await world.fundShare.setAllowed(world[who], isAllowed),
      play: () => void state.allowed[isAllowed ? "add" : "delete"](who),
    },
    {
      name: "setHalted",
      send: async () => await world.fundShare.setHalted(isHalted),
      play: () => void (state.isHalted = isHalted),
    },
    {
      name: "pause",
      send: async () => await (flags === 0n ? world.teller.unpause(7n) : world.teller.pause(flags)),
      play: () => void (state.paused = flags),
    },
    {
      name: "setClosed",
      send: async () => await world.calendar.setClosed(isClosed),
      play: () => void (state.isClosed = isClosed),
    },
    {
      name: "addHoliday",
      send: async () => await world.calendar.addHoliday(from, until),
      play: () => model.addHoliday(from, until),
    },
  ];
  // What is disturbed is mended sooner than something else is disturbed.
  const mended = [state.allowed.size < PEOPLE.length + 1, state.isHalted, state.paused > 0n, state.isClosed];
  const due = moves.filter((_, at) => mended[at] === true && (at > 0 || isAllowed));
  return due.length > 0 && roll.chance(80) ? roll.pick(due) : roll.pick([...moves, ...moves.slice(0, 1)]);
}

const KINDS = [
  ...[requestDeposit, requestDeposit, requestDeposit, requestRedeem, requestRedeem, requestRedeem, redeemInstantly],
  ...[claim, claim, claim, claim, claim, claim, claim, claimWhole, claimWhole],
  ...[strike, strike, strike, setTerms, invest, invest, name, name, disturb, disturb],
];

export function nextFundMove(world: Stablecoin, model: FundModel, roll: Dice): FundMove {
  const who = roll.pick(PEOPLE);
  const other = roll.pick(PEOPLE.filter((one) => one !== who));
  return roll.pick(KINDS)({ world, model, roll, who, other });
}

/** One wei in another's favour: the last places that others may fill of a controller's. */
export function gift(world: Stablecoin, model: FundModel): FundMove {
  return {
    name: "gift",
    send: async () => await world.teller.connect(world.bob).requestDeposit(1n, world.custodian, world.bob),
    play: () => model.requestDeposit("bob", 1n, ["custodian", "bob"]),
  };
}
