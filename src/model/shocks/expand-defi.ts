import { minimum, positive } from "../../maths/integer.ts";
import { WAD, type Seconds } from "../../units/units.ts";
import type { Action } from "../action.ts";
import { PROTOCOL } from "../names.ts";
import type { Shock } from "../shock.ts";
import type { View } from "../view.ts";
import type { DefiShock, PausablePart } from "./defi-shock.ts";
import type { ExpandedShock, ShockContext } from "./shock-context.ts";

type Of<T extends DefiShock["type"]> = Extract<DefiShock, { type: T }>;

function send(agent: string, ...actions: readonly Action[]): ExpandedShock {
  return { actions: actions.map((action) => ({ agent, origin: "shock", action })), faults: [], note: null };
}

function nothing(note: string | null): ExpandedShock {
  return { actions: [], faults: [], note };
}

function expandOracleFault({ view }: ShockContext, { feed, fault }: Of<"oracleFault">): ExpandedShock {
  const answer = view.defi.feeds[feed]?.answer ?? 0n;
  switch (fault.kind) {
    case "stale":
      return send(PROTOCOL, { type: "setAnswer", feed, answer, age: fault.age });
    case "wrongUnit": {
      const factor = 10n ** BigInt(Math.abs(fault.digits));
      const wrong = fault.digits < 0 ? answer / factor : answer * factor;
      return send(PROTOCOL, { type: "setAnswer", feed, answer: wrong });
    }
    case "wrongAnswer":
      return send(PROTOCOL, { type: "setAnswer", feed, answer: fault.answer });
    case "misSetCap":
      return send(PROTOCOL, { type: "setSnapshot", feed, ratio: fault.ratio, age: fault.age });
    case "missingBase":
      return send(PROTOCOL, { type: "setFeedBase", feed, base: null });
    case "bounds":
      return send(PROTOCOL, { type: "setFeedBounds", feed, min: fault.min, max: fault.max });
  }
}

function expandDump({ view, member }: ShockContext, { by, amount, ...trade }: Of<"dump">): ExpandedShock {
  const seller = member(by);
  const sold = amount === "all" ? (view.defi.balances[seller]?.[trade.sell] ?? 0n) : amount;
  if (sold === 0n) return nothing(`${seller} has no ${trade.sell} to dump`);
  const { pool, sell, buy } = trade;
  return send(seller, { type: "swap", pool, sell, buy, amount: sold, minOut: 0n });
}

function expandExit({ view, member }: ShockContext, { by, pool, fraction, into }: Of<"lpExit">): ExpandedShock {
  const provider = member(by);
  const shares = ((view.defi.pools[pool]?.holders[provider] ?? 0n) * fraction) / WAD;
  if (shares === 0n) return nothing(`${provider} has no liquidity in ${pool}`);
  return send(provider, { type: "removeLiquidity", pool, shares, into });
}

/** Cash that a supplier takes so that `debt / (debt + cash)` is the utilisation wanted, rounded down. */
function expandSqueeze({ view, member }: ShockContext, shock: Of<"rateSqueeze">): ExpandedShock {
  const { market, token, utilisation } = shock;
  const supplier = member(shock.by);
  const reserve = view.defi.lending[market]?.reserves[token];
  const claim = view.defi.lending[market]?.accounts[supplier]?.supplied[token] ?? 0n;
  if (reserve === undefined) return nothing(null);
  const left = (reserve.debt * (WAD - utilisation)) / utilisation;
  const amount = minimum(claim, positive(reserve.cash - left));
  if (amount === 0n) return nothing(`${supplier} can take nothing out of ${token} in ${market}`);
  return send(supplier, { type: "withdraw", market, token, amount });
}

function mintUnbacked(view: View, { token, to, amount }: Of<"keyCompromise">): Action {
  if (token in view.defi.dollars) return { type: "dollarMintUnbacked", dollar: token, to, amount };
  return { type: "vaultMintUnbacked", vault: token, to, shares: amount };
}

function switchPart(part: PausablePart, off: boolean): Action {
  switch (part.kind) {
    case "vault":
      return { type: "vaultPause", vault: part.vault, paused: off };
    case "dollar":
      return { type: "dollarHalt", dollar: part.dollar, halted: off };
    case "fund":
      return { type: "fundHalt", fund: part.fund, halted: off };
    case "reserve":
      return { type: "pauseReserve", market: part.market, token: part.token, paused: off };
    case "insurance":
      return { type: "pauseInsurance", market: part.market, token: part.token, paused: off };
  }
}

function expandSlash({ view, member, phase = 0 }: ShockContext, shock: Of<"slashVault">): ExpandedShock {
  if (phase > 0) return send(PROTOCOL, { type: "vaultPushRate", vault: shock.vault });
  const { avs: set, fraction } = shock;
  const order = { set, operator: member(shock.operator), fraction, strategies: null, reason: "ordered" };
  return send(view.sets[set]?.slasher ?? PROTOCOL, { type: "slash", ...order });
}

function expandAdapterSlash({ view }: ShockContext, { vault, adapter, amount }: Of<"slashAdapter">): ExpandedShock {
  const network = view.defi.adapterVaults[vault]?.adapters[adapter]?.network;
  if (network === undefined) return nothing(null);
  return send(network, { type: "adapterSlash", vault, adapter, amount });
}

/** Turns a shock to the DeFi layer into the actions of its step. Pure. */
export function expandDefiShock(context: ShockContext, shock: DefiShock): ExpandedShock {
  const { member, view, phase = 0 } = context;
  switch (shock.type) {
    case "pricePath":
      if (context.price === undefined) return nothing(null);
      return send(PROTOCOL, { type: "setAnswer", feed: shock.feed, answer: context.price });
    case "dump":
      return expandDump(context, shock);
    case "lpExit":
      return expandExit(context, shock);
    case "oracleFault":
      return expandOracleFault(context, shock);
    case "impairReserve":
      return send(PROTOCOL, { type: "dollarImpair", dollar: shock.dollar, fraction: shock.fraction });
    case "bankHoliday":
      return send(PROTOCOL, { type: "dollarClose", dollar: shock.dollar, closed: phase === 0 });
    case "slashVault":
      return expandSlash(context, shock);
    case "slashEpochVault": {
      const { vault, amount, captured } = shock;
      return send(member(shock.by), {
        ...{ type: "epochSlash", vault, operator: member(shock.operator), amount, captured },
      });
    }
    case "slashAdapter":
      return expandAdapterSlash(context, shock);
    case "rateSqueeze":
      return expandSqueeze(context, shock);
    case "keyCompromise":
      return send(PROTOCOL, mintUnbacked(view, { ...shock, to: member(shock.to) }));
    case "halt":
      return send(PROTOCOL, switchPart(shock.part, phase === 0));
  }
}

/** When a shock acts, counted from its entry's time: at once, and for some again later. */
export function phasesOf(shock: Shock): readonly Seconds[] {
  if (shock.type === "bankHoliday") return [0n, shock.length];
  if (shock.type === "halt" && shock.length !== null) return [0n, shock.length];
  if (shock.type === "slashVault" && shock.lag > 0n) return [0n, shock.lag];
  return [0n];
}
