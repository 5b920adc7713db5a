import type { DollarAction, DollarSpec } from "../../../model/defi/dollars.ts";
import { PROTOCOL } from "../../../model/names.ts";
import { WAD } from "../../../units/units.ts";
import type { ActionContext, PreparedAction } from "../../actions/prepared-action.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import {
  allowCall,
  DOLLAR_LENS,
  dollarCoders as coders,
  dollarOf,
  dollarParts,
  EVERYTHING,
  fundParts,
} from "./dollar-contracts.ts";
import type { LensState } from "./lens-state.ts";

type Context = ActionContext & { readonly world: DefiWorld };

/** Gas of an action that walks over a queue. */
const QUEUE_GAS = 60_000_000n;
/** Bits of the reserve that stop minting and redeeming. */
const STOPPED = 3n;
/** State of an order at a teller that can be claimed. */
const CLAIMABLE = 2n;

const at = (world: DefiWorld, dollar: string, part: keyof typeof dollarParts): string =>
  world.at(dollarParts[part](dollarOf(world, dollar).id));

function reserveCall(world: DefiWorld, dollar: string, data: string): Call {
  return { target: at(world, dollar, "reserve"), data };
}

/** The reserve's state before the step, with what the protocol holds. */
async function lookAt({ world, ask }: Context, { id }: DollarSpec): Promise<LensState> {
  const data = coders.lens.encode("read", [at(world, id, "reserve"), []]);
  const answer = await ask({ target: world.at(DOLLAR_LENS), data });
  return coders.lens.decode("read", answer)["state"] as unknown as LensState;
}

/** A haircut at which the one term asset is worth so much [token wei]. */
const haircutAt = (face: bigint, worth: bigint): bigint => {
  const part = worth >= face ? WAD : (worth * WAD) / face;
  return WAD - part;
};

async function mark(context: Context, dollar: string, worthOf: (face: bigint, worth: bigint) => bigint) {
  const { world, ask } = context;
  const { terms } = await lookAt(context, dollarOf(world, dollar));
  const listed = await ask(reserveCall(world, dollar, coders.reserve.encode("terms", [])));
  const ids = Object.values(coders.reserve.decode("terms", listed))[0] as readonly bigint[];
  const calls = ids.map((id, k): Call => {
    const { face = 0n, haircut = 0n } = terms[k] ?? {};
    const worth = worthOf(face, (face * (WAD - haircut)) / WAD);
    return reserveCall(world, dollar, coders.reserve.encode("markTerm", [id, haircutAt(face, worth)]));
  });
  return { calls };
}

/** Orders of the reserve at its fund: those to claim. */
async function ripeOrders({ world, ask }: Context, { id, reserve }: DollarSpec): Promise<readonly bigint[]> {
  if (reserve.fund === null) return [];
  const target = world.at(fundParts.teller(reserve.fund.id));
  const holder = at(world, id, "reserve");
  const listed = await ask({ target, data: coders.teller.encode("openOrdersOf", [holder]) });
  const ids = Object.values(coders.teller.decode("openOrdersOf", listed))[0] as readonly bigint[];
  const quotes = await Promise.all(
    ids.map(async (order) => {
      const answer = await ask({ target, data: coders.teller.encode("quoteOf", [order]) });
      return Object.values(coders.teller.decode("quoteOf", answer))[0] as unknown as { readonly state: bigint };
    }),
  );
  return ids.filter((_, k) => quotes[k]?.state === CLAIMABLE);
}

/**
 * Settles what the fund owes, gives fund shares back where cash does not last for those who wait, covers a gap for good
 * where that needs it, fills the queue and sweeps surplus.
 */
async function serve(context: Context, { dollar }: Extract<DollarAction, { type: "dollarServe" }>) {
  const { world } = context;
  const spec = dollarOf(world, dollar);
  const { reserve, rates, gate } = await lookAt(context, spec);
  const ripe = await ripeOrders(context, spec);
  const factor = await factorAt(context, dollar);
  const owed = (gate.totalWaiting * rates.redemptionRate) / WAD / factor;
  const isShort = owed > reserve.cash;
  const canFill = gate.isOpen && !gate.isEpochFilled && gate.totalWaiting > 0n && rates.redemptionRate > 0n;
  const call = (data: string): Call => reserveCall(world, dollar, data);
  const queue = at(world, dollar, "queue");
  const fill = { target: queue, data: coders.queue.encode("fill", []) };
  return {
    calls: [
      ...ripe.map((order) => call(coders.reserve.encode("collectFund", [order]))),
      ...(isShort && reserve.fundShares > 0n ? [call(coders.reserve.encode("redeemFund", [reserve.fundShares]))] : []),
      ...(isShort && rates.gap > 0n ? [call(coders.reserve.encode("cover", []))] : []),
      ...(canFill && (reserve.cash > 0n || ripe.length > 0) && gate.epochLeft > 0n ? [fill] : []),
      call(coders.reserve.encode("sweepSurplus", [])),
    ],
    gasLimit: QUEUE_GAS,
  };
}

async function factorAt({ world, ask }: Context, dollar: string): Promise<bigint> {
  return BigInt(await ask(reserveCall(world, dollar, coders.reserve.encode("factor", []))));
}

function seize({ world }: Context, { dollar, holder }: { dollar: string; holder: string }): PreparedAction {
  const [account, to] = [holder, PROTOCOL].map((id) => world.book.participants.address(id));
  const data = coders.dollar.encode("seize", [account ?? "", to ?? "", EVERYTHING]);
  return { calls: [{ target: at(world, dollar, "token"), data }] };
}

function halt({ world }: Context, { dollar, halted }: { dollar: string; halted: boolean }): PreparedAction {
  const { swap: terms } = dollarOf(world, dollar);
  const flags = halted ? coders.flags.encode("pause", [STOPPED]) : coders.flags.encode("unpause", [STOPPED]);
  const fees = terms === null || halted ? [EVERYTHING, EVERYTHING] : [terms.tin, terms.tout];
  const shut =
    terms === null ? [] : [{ target: at(world, dollar, "window"), data: coders.window.encode("setFees", fees) }];
  return { calls: [reserveCall(world, dollar, flags), ...shut] };
}

/** What participants and the protocol can want of a dollar. */
export const dollarPreparers: DomainPreparers<DollarAction["type"]> = {
  dollarMint: ({ world, actor }, { dollar, amount }) => ({
    calls: [
      allowCall(world.token(dollarOf(world, dollar).settlement), at(world, dollar, "reserve"), amount),
      reserveCall(world, dollar, coders.reserve.encode("mint", [amount, actor])),
    ],
  }),
  dollarRedeem: ({ world }, { dollar, amount }) => {
    const target = at(world, dollar, "queue");
    const redeem = { target, data: coders.queue.encode("redeemOrRequest", [amount]) };
    return { calls: [allowCall(world.token(dollar), target, amount), redeem] };
  },
  dollarClaim: ({ world, actor }, { dollar, request }) => ({
    calls: [{ target: at(world, dollar, "queue"), data: coders.queue.encode("claim", [request, actor]) }],
  }),
  dollarSwap: ({ world, actor }, { dollar, side, amount }) => {
    const { settlement } = dollarOf(world, dollar);
    const target = at(world, dollar, "window");
    if (side === "buySettlement") {
      return { calls: [{ target, data: coders.window.encode("buyGem", [actor, amount]) }] };
    }
    const sell = { target, data: coders.window.encode("sellGem", [actor, amount]) };
    return { calls: [allowCall(world.token(settlement), target, amount), sell] };
  },
  dollarImpair: async (context, { dollar, fraction }) =>
    await mark(context, dollar, (_, worth) => (worth * (WAD - fraction)) / WAD),
  dollarRestore: async (context, { dollar, face: more }) => await mark(context, dollar, (_, worth) => worth + more),
  dollarServe: serve,
  dollarFreeze: ({ world }, { dollar, holder, frozen }) => {
    const account = world.book.participants.address(holder);
    return {
      calls: [{ target: at(world, dollar, "token"), data: coders.dollar.encode("setFrozen", [account, frozen]) }],
    };
  },
  dollarSeize: seize,
  dollarHalt: halt,
  dollarClose: ({ world }, { dollar, closed }) => ({
    calls: [{ target: at(world, dollar, "calendar"), data: coders.calendar.encode("setClosed", [closed]) }],
  }),
  dollarMintUnbacked: ({ world }, { dollar, to, amount }) => {
    const account = world.book.participants.address(to);
    return { calls: [reserveCall(world, dollar, coders.reserve.encode("mintPrivileged", [account, amount]))] };
  },
  juniorDeposit: ({ world, actor }, { dollar, amount }) => {
    const target = at(world, dollar, "junior");
    const deposit = { target, data: coders.junior.encode("deposit", [amount, actor]) };
    return { calls: [allowCall(world.token(dollarOf(world, dollar).settlement), target, amount), deposit] };
  },
  juniorRedeem: ({ world, actor }, { dollar, shares }) => ({
    calls: [{ target: at(world, dollar, "junior"), data: coders.junior.encode("redeem", [shares, actor, actor]) }],
  }),
};
