import type { DefiFact } from "../../../model/defi/defi.ts";
import type { DollarSpec } from "../../../model/defi/dollars.ts";
import { WAD } from "../../../units/units.ts";
import { asText, type Decoded, type DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { DefiWorld } from "../domain.ts";
import { dollarCoders as coders, dollarParts, factorOf, fundParts } from "./dollar-contracts.ts";

type Context = FactContext & { readonly world: DefiWorld };
type Teller = (at: Context, event: DecodedEvent, id: string) => readonly DefiFact[];

const amount = (value: Decoded | undefined): bigint => (typeof value === "bigint" ? value : 0n);

/** Contracts whose events tell facts, each with its coder. */
export function dollarReaders(world: DefiWorld) {
  const dollars = world.defi.dollars.flatMap(({ id, swap }) => [
    { address: world.at(dollarParts.reserve(id)), decoder: coders.reserve },
    { address: world.at(dollarParts.queue(id)), decoder: coders.queue },
    { address: world.at(dollarParts.token(id)), decoder: coders.dollar },
    { address: world.at(dollarParts.junior(id)), decoder: coders.junior },
    ...(swap === null ? [] : [{ address: world.at(dollarParts.window(id)), decoder: coders.window }]),
  ]);
  const funds = world.defi.funds.map(({ id }) => ({
    address: world.at(fundParts.teller(id)),
    decoder: coders.teller,
  }));
  return [...dollars, ...funds];
}

const specOf = (world: DefiWorld, id: string): DollarSpec | undefined =>
  world.defi.dollars.find((one) => one.id === id);

/** Money for an amount of dollars, rounded down. */
function inMoney(world: DefiWorld, id: string, dollars: bigint): bigint {
  const spec = specOf(world, id);
  return spec === undefined ? 0n : dollars / factorOf(world, spec);
}

/** A redemption at once; dollars that the queue redeems are told request by request. */
function redeemed({ world }: Context, { args }: DecodedEvent, dollar: string): readonly DefiFact[] {
  const queue = world.at(dollarParts.queue(dollar));
  if (asText(args["to"]) === queue) return [];
  const who = asText(args["holder"]) === queue ? args["to"] : args["holder"];
  const [burned, paid, fee] = [args["dollars"], args["assets"], args["fee"]].map(amount) as [bigint, bigint, bigint];
  return [
    { kind: "dollarRedeemed", dollar, holder: nameOf(world, who), burned, paid, fee, rate: amount(args["rate"]) },
  ];
}

/** What one request got of a fill, with its part of the fee. */
function filled({ world, events }: Context, { args }: DecodedEvent, dollar: string): readonly DefiFact[] {
  const reserve = world.at(dollarParts.reserve(dollar));
  const whole = events.find(({ name, address }) => name === "Redeemed" && address === reserve)?.args ?? {};
  const [burned, paid] = [amount(args["dollars"]), amount(args["assets"])];
  const total = amount(whole["dollars"]);
  const fee = total === 0n ? 0n : (amount(whole["fee"]) * burned) / total;
  const holder = nameOf(world, args["owner"]);
  return [{ kind: "dollarRedeemed", dollar, holder, burned, paid, fee, rate: amount(whole["rate"]) }];
}

function swapped({ world }: Context, { name, args }: DecodedEvent, dollar: string): readonly DefiFact[] {
  const holder = nameOf(world, args["caller"]);
  const dollars = amount(args["dollars"]);
  if (name === "GemSold") {
    return [{ kind: "dollarMinted", dollar, holder, amount: dollars, paid: amount(args["gems"]) }];
  }
  const fee = inMoney(world, dollar, amount(args["fee"]));
  return [{ kind: "dollarRedeemed", dollar, holder, burned: dollars, paid: amount(args["gems"]), fee, rate: WAD }];
}

/** Who deals with a fund: a participant, or the dollar whose reserve it is. */
function investorOf(world: DefiWorld, address: Decoded | undefined): string {
  const dollar = world.defi.dollars.find(({ id }) => world.at(dollarParts.reserve(id)) === address);
  return dollar?.id ?? nameOf(world, address);
}

function ordered({ world }: Context, { name, args }: DecodedEvent, fund: string): readonly DefiFact[] {
  const holder = investorOf(world, args["controller"]);
  if (name === "DepositRequest") {
    return [{ kind: "fundOrdered", fund, holder, side: "subscribe", amount: amount(args["assets"]) }];
  }
  return [{ kind: "fundOrdered", fund, holder, side: "redeem", amount: amount(args["shares"]) }];
}

/** Events of the junior tranche; the teller's of the same name are told by its own. */
function joined({ world }: Context, { name, args }: DecodedEvent, dollar: string): readonly DefiFact[] {
  const isIn = name === "Deposit";
  const [assets, shares] = [amount(args["assets"]), amount(args["shares"])];
  const holder = nameOf(world, args["owner"]);
  const moved = isIn ? { assets, shares } : { assets: -assets, shares: -shares };
  return [{ kind: "juniorMoved", dollar, holder, ...moved }];
}

const tellers: Readonly<Record<string, Teller>> = {
  Minted: ({ world }, { args }, dollar) => [
    {
      ...{ kind: "dollarMinted", dollar, holder: nameOf(world, args["to"]) },
      ...{ amount: amount(args["dollars"]), paid: amount(args["assets"]) },
    },
  ],
  MintedPrivileged: ({ world }, { args }, token) => [
    // What it is worth is for those to say who know the prices before the step.
    { kind: "unbackedMinted", token, to: nameOf(world, args["to"]), amount: amount(args["dollars"]), value: 0n },
  ],
  Redeemed: redeemed,
  RequestFilled: filled,
  RedemptionRequested: ({ world }, { args }, dollar) => [
    { kind: "dollarQueued", dollar, holder: nameOf(world, args["owner"]), amount: amount(args["dollars"]) },
  ],
  TermMarked: ({ world }, { args }, dollar) => {
    const [before, after] = [args["before"], args["present"]].map((mark) => inMoney(world, dollar, amount(mark)));
    return [{ kind: "reserveImpaired", dollar, before: before ?? 0n, after: after ?? 0n }];
  },
  Deposit: joined,
  Withdraw: joined,
  SurplusSwept: (_, { args }, dollar) => [
    {
      ...{ kind: "potsMoved", dollar, buffer: amount(args["toBuffer"]), junior: amount(args["toJunior"]) },
      backstop: amount(args["toBackstop"]),
    },
  ],
  GapCovered: (_, { args }, dollar) => [
    {
      ...{ kind: "potsMoved", dollar, buffer: -amount(args["fromBuffer"]), junior: -amount(args["fromJunior"]) },
      backstop: -amount(args["fromBackstop"]),
    },
  ],
  FrozenSet: ({ world }, { args }, dollar) => {
    return [{ kind: "dollarFrozen", dollar, holder: nameOf(world, args["holder"]), frozen: args["isFrozen"] === true }];
  },
  GemSold: swapped,
  GemBought: swapped,
  NavStruck: (_, { args }, fund) => [
    { kind: "navStruck", fund, before: amount(args["before"]), after: amount(args["nav"]) },
  ],
  DepositRequest: ordered,
  RedeemRequest: ordered,
  RedeemedInstantly: ({ world }, { args }, fund) => {
    const [holder, receiver] = [investorOf(world, args["holder"]), investorOf(world, args["receiver"])];
    return [
      { kind: "fundOrdered", fund, holder, side: "redeem", amount: amount(args["shares"]) },
      {
        ...{ kind: "fundSettled", fund, holder: receiver, side: "redeem", amount: amount(args["assets"]) },
        ...{ order: null, shares: amount(args["shares"]) },
      },
    ];
  },
  OrderClaimed: ({ world }, { args }, fund) => {
    const [paid, created] = [amount(args["assets"]), amount(args["shares"])];
    const side = paid > 0n ? "redeem" : "subscribe";
    const holder = investorOf(world, args["receiver"]);
    const order = amount(args["requestId"]);
    return [{ kind: "fundSettled", fund, holder, side, amount: paid + created, order, shares: null }];
  },
};

/** Facts that an event of a dollar or a fund tells. */
export function dollarFacts(context: Context, event: DecodedEvent): readonly DefiFact[] {
  const { world } = context;
  const fund = world.defi.funds.find(({ id }) => world.at(fundParts.teller(id)) === event.address);
  const kinds = ["reserve", "queue", "token", "window", "junior"] as const;
  const dollar = world.defi.dollars.find((one) =>
    kinds.some(
      (kind) => (kind !== "window" || one.swap !== null) && world.at(dollarParts[kind](one.id)) === event.address,
    ),
  );
  const id = fund?.id ?? dollar?.id;
  if (fund !== undefined && (event.name === "Deposit" || event.name === "Withdraw")) return [];
  return id === undefined ? [] : (tellers[event.name]?.(context, event, id) ?? []);
}
