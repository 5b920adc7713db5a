import type { ActionResult, Fact } from "../../model/fact.ts";
import { slashName } from "../../model/names.ts";
import { WAD } from "../../units/units.ts";
import { minus, type Layer } from "./account-book.ts";
import { between, ESCROW, NOBODY, treasuryOf } from "./accounts.ts";
import { line, spread, worth, type FlowContext } from "./flow-context.ts";
import { OUTSIDE, type Line } from "./lines.ts";
import { shareOut } from "./stability-deposits.ts";
import { inherit } from "./trove-heirs.ts";
import { adminLines, feeLines } from "./untold-flows.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

/** Who traded: a contract that does it for somebody is that somebody. */
function traderOf(at: FlowContext, { trader }: FactOf<"swapped">, result: ActionResult): string {
  return at.spec.participants.some(({ id }) => id === trader) ? trader : result.planned.agent;
}

function swapLines(at: FlowContext, fact: FactOf<"swapped">, result: ActionResult): Line[] {
  const trader = traderOf(at, fact, result);
  const { pool, sold, bought, amountIn, amountOut } = fact;
  const gain = worth(at, bought, amountOut) - worth(at, sold, amountIn);
  const rate = at.before.defi.pools[pool]?.fee ?? 0n;
  const fee = (worth(at, bought, amountOut) * rate) / (10n ** 10n - rate);
  const account = between("pool", pool);
  return [
    ...line(trader, { channel: "swapFees", with: pool }, minus(fee)),
    ...line(trader, { channel: "trading", with: pool }, gain + fee),
    ...spread(at, account, { channel: "swapFees", with: trader, amount: fee }),
    ...spread(at, account, { channel: "trading", with: trader, amount: minus(gain + fee) }),
  ];
}

/** The same lines in the capacity in which they are borne. */
const inLayer = (layer: Layer, lines: readonly Line[]): Line[] => lines.map((one) => ({ ...one, layer }));

function liquidationLines(at: FlowContext, fact: FactOf<"liquidated">): Line[] {
  const { borrower, liquidator, collateral, debt, seized, fee, repaid, market, badDebt } = fact;
  const [taken, cut, paid] = [worth(at, collateral, seized), worth(at, collateral, fee), worth(at, debt, repaid)];
  const forgiven = Object.entries(badDebt).reduce((sum, [token, amount]) => sum + worth(at, token, amount), 0n);
  return [
    ...line(borrower, { channel: "liquidation", with: liquidator }, paid - taken + cut),
    ...line(borrower, { channel: "liquidation", with: treasuryOf(market) }, minus(cut)),
    ...line(liquidator, { channel: "liquidation", with: borrower }, taken - cut - paid),
    ...line(treasuryOf(market), { channel: "liquidation", with: borrower }, cut),
    // As borrower it was spared of it already, until it was booked.
    ...inLayer("borrower", line(borrower, { channel: "badDebt", with: market }, forgiven)),
  ];
}

function troveLines(at: FlowContext, fact: FactOf<"troveLiquidated">): Line[] {
  const { cdp, branch, owner } = fact;
  const collateral = at.after.defi.cdps[cdp]?.branches[branch]?.collateral ?? "";
  const move = { channel: "liquidation" as const, with: owner };
  const toPool = worth(at, collateral, fact.collateralToPool) - worth(at, cdp, fact.debtOffset);
  const toTroves = worth(at, collateral, fact.collateralRedistributed) - worth(at, cdp, fact.debtRedistributed);
  const gas = worth(at, collateral, fact.gasCollateral);
  const pool = between("stability", cdp, branch);
  return [
    ...line(owner, { channel: "liquidation", with: pool }, minus(toPool + toTroves)),
    ...line(owner, { channel: "liquidation", with: fact.liquidator }, minus(gas)),
    ...line(fact.liquidator, move, gas),
    ...shareOut(toPool, at.deposits.get(fact)).flatMap(([who, part]) => line(who, move, part)),
    ...inherit(toTroves, at.heirs.get(fact)).flatMap(([who, part]) => line(who, move, part)),
  ];
}

/** Who redeems takes collateral of troves against their debt, at the branch's price and not at what it is worth. */
function troveRedeemedLines(at: FlowContext, fact: FactOf<"troveRedeemed">): Line[] {
  const { cdp, branch, owner, who, debt, collateral } = fact;
  const token = at.after.defi.cdps[cdp]?.branches[branch]?.collateral ?? "";
  const gain = worth(at, token, collateral) - worth(at, cdp, debt);
  const channel = "redemption" as const;
  return [...line(who, { channel, with: owner }, gain), ...line(owner, { channel, with: who }, minus(gain))];
}

/** Who comes to a vault over markets, or leaves, at another value than its shares have at par. */
function marketVaultLines(at: FlowContext, { vault, who, move, assets, shares }: FactOf<"marketVaultMoved">): Line[] {
  const asset = at.after.defi.marketVaults[vault]?.asset ?? "";
  const above = worth(at, asset, assets) - worth(at, vault, shares);
  const gain = move === "withdraw" ? above : minus(above);
  return [
    ...line(who, { channel: "redemption", with: vault }, gain),
    ...spread(at, between("marketVault", vault), { channel: "redemption", with: who, amount: minus(gain) }),
  ];
}

/** An isolated market writes bad debt off its suppliers' claims at once: those bear it who supplied before. */
function socialisedLines(at: FlowContext, { market, amount }: FactOf<"socialised">): Line[] {
  const value = worth(at, at.after.defi.isolated[market]?.loan ?? "", amount);
  const order = { channel: "badDebt" as const, with: market, amount: minus(value) };
  const lines = spread({ ...at, book: at.bookBefore }, between("isolated", market), order);
  return lines.map((one) => ({ ...one, layer: one.party === treasuryOf(market) ? "treasury" : "supplier" }));
}

function clearedLines(at: FlowContext, fact: FactOf<"escrowCleared">): Line[] {
  const { set, slashId, strategy, tokens, recipient } = fact;
  const value = (tokens * (at.after.strategies[strategy]?.etherPerToken ?? 0n)) / WAD;
  const move = { channel: "slash" as const, with: slashName(set, slashId) };
  return [...line(ESCROW, move, minus(value)), ...line(recipient ?? NOBODY, move, value)];
}

function transferLines(at: FlowContext, fact: FactOf<"tokenTransferred">, result: ActionResult): Line[] {
  const { type } = result.planned.action;
  const { from, to, token, amount } = fact;
  const value = worth(at, token, amount);
  if (type === "transferToken" && from !== null && to !== null) {
    const channel = "transfers" as const;
    return [...line(from, { channel, with: to }, minus(value)), ...line(to, { channel, with: from }, value)];
  }
  if (type !== "issueToken" || to === null) return [];
  const move = { channel: "incentives" as const, with: from ?? OUTSIDE };
  return [...line(to, move, value), ...(from === null ? [] : line(from, { ...move, with: to }, minus(value)))];
}

/** Insurers bore a deficit before it was covered: what they are spared of it now, they have paid. */
function coveredLines(at: FlowContext, { market, token, amount, by }: FactOf<"deficitCovered">): Line[] {
  if (by === "donation") return [];
  const order = { channel: "badDebt" as const, with: market, amount: minus(worth(at, token, amount)) };
  return inLayer("insurance", spread({ ...at, book: at.bookBefore }, between("insurance", market, token), order));
}

type Reader<K extends Fact["kind"]> = (at: FlowContext, fact: FactOf<K>, result: ActionResult) => Line[];

/** Facts that move value between parties, and how. */
const READERS: { readonly [K in Fact["kind"]]?: Reader<K> } = {
  swapped: swapLines,
  liquidated: liquidationLines,
  socialised: socialisedLines,
  troveLiquidated: troveLines,
  troveRedeemed: troveRedeemedLines,
  marketVaultMoved: marketVaultLines,
  escrowCleared: clearedLines,
  tokenTransferred: transferLines,
  deficitCovered: coveredLines,
};

/** What one fact moved between parties. */
function linesOf(at: FlowContext, fact: Fact, result: ActionResult): Line[] {
  const read = READERS[fact.kind] as Reader<Fact["kind"]> | undefined;
  return read?.(at, fact, result) ?? [];
}

/** What a step's actions moved between parties, as their facts tell it. */
export function flowLines(at: FlowContext, results: readonly ActionResult[]): readonly Line[] {
  const told = results.flatMap((result) => result.facts.flatMap((fact) => linesOf(at, fact, result)));
  return [...told, ...adminLines(at), ...feeLines(at.before, at.after)];
}
