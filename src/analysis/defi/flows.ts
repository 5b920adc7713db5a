import { worthOf } from "../../model/defi/worth.ts";
import type { ActionResult, Fact } from "../../model/fact.ts";
import { slashName } from "../../model/names.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD, type Wei } from "../../units/units.ts";
import { minus, splitByWeight, type AccountBook } from "./account-book.ts";
import { between, betweenKind, ESCROW, feesOf, NOBODY, treasuryOf } from "./accounts.ts";
import { OUTSIDE, type Channel, type Line } from "./lines.ts";

/** What actions are valued with: the world as it was before them but at its new prices, and as it is after them. */
export interface FlowContext {
  readonly spec: WorldSpec;
  /** The world before the step, untouched. */
  readonly origin: WorldView;
  readonly before: WorldView;
  readonly after: WorldView;
  /** Who owns what stands in between: after the step, and before its actions. */
  readonly book: AccountBook;
  readonly bookBefore: AccountBook;
}

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

interface Move {
  readonly channel: Channel;
  readonly with: string;
}

/** How deep claims upon claims are followed. */
const DEPTH = 6;

/** Gives an amount to an account's owners, through everything in between. */
function spread(at: FlowContext, account: string, order: Move & { readonly amount: Wei; depth?: number }): Line[] {
  const { channel, with: other, amount, depth = 0 } = order;
  if (amount === 0n) return [];
  if (betweenKind(account) === null) return [{ party: account, channel, with: other, layer: null, amount }];
  const owners = at.book.bearings.get(account) ?? [];
  if (depth >= DEPTH) return [];
  const parts = splitByWeight(
    amount,
    owners.map(({ capacity }) => capacity),
  );
  return owners.flatMap(({ by }, place) => spread(at, by, { ...order, amount: parts[place] ?? 0n, depth: depth + 1 }));
}

/** Worth of tokens at the step's new prices [wei]. */
function worth(at: FlowContext, token: string, amount: bigint): Wei {
  return worthOf(at.after.defi, token, amount);
}

function line(party: string, move: Move, amount: Wei): Line[] {
  return amount === 0n ? [] : [{ party, channel: move.channel, with: move.with, layer: null, amount }];
}

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

function liquidationLines(at: FlowContext, fact: FactOf<"liquidated">): Line[] {
  const { borrower, liquidator, collateral, debt, seized, fee, repaid, market, badDebt } = fact;
  const [taken, cut, paid] = [worth(at, collateral, seized), worth(at, collateral, fee), worth(at, debt, repaid)];
  const forgiven = Object.entries(badDebt).reduce((sum, [token, amount]) => sum + worth(at, token, amount), 0n);
  return [
    ...line(borrower, { channel: "liquidation", with: liquidator }, paid - taken + cut),
    ...line(borrower, { channel: "liquidation", with: treasuryOf(market) }, minus(cut)),
    ...line(liquidator, { channel: "liquidation", with: borrower }, taken - cut - paid),
    ...line(treasuryOf(market), { channel: "liquidation", with: borrower }, cut),
    ...line(borrower, { channel: "badDebt", with: market }, forgiven),
  ];
}

function troveLines(at: FlowContext, fact: FactOf<"troveLiquidated">): Line[] {
  const { cdp, branch, owner } = fact;
  const collateral = at.after.defi.cdps[cdp]?.branches[branch]?.collateral ?? "";
  const move = { channel: "liquidation" as const, with: owner };
  const toPool = worth(at, collateral, fact.collateralToPool) - worth(at, cdp, fact.debtOffset);
  const toTroves = worth(at, collateral, fact.collateralRedistributed) - worth(at, cdp, fact.debtRedistributed);
  const pool = between("stability", cdp, branch);
  const troves = Object.entries(at.after.defi.cdps[cdp]?.branches[branch]?.troves ?? {});
  const parts = splitByWeight(
    toTroves,
    troves.map(([, trove]) => trove.collateral),
  );
  return [
    ...line(owner, { channel: "liquidation", with: pool }, minus(toPool + toTroves)),
    ...spread(at, pool, { ...move, amount: toPool }),
    ...troves.flatMap(([who], place) => line(who, move, parts[place] ?? 0n)),
  ];
}

function vaultLines(at: FlowContext, fact: FactOf<"vaultPaid" | "vaultRequested">): Line[] {
  if (fact.kind === "vaultPaid" && fact.request !== null) return [];
  const { vault, holder, shares } = fact;
  const paid = ((fact.kind === "vaultPaid" ? fact.assets : fact.quote) * at.after.lst.rate) / WAD;
  const gain = paid - worth(at, vault, shares);
  return [
    ...line(holder, { channel: "redemption", with: vault }, gain),
    ...spread(at, between("vault", vault), { channel: "redemption", with: holder, amount: minus(gain) }),
  ];
}

/** Who is paid more for a dollar than it is worth takes it from those who hold it; who pays par for less gives it. */
function dollarLines(at: FlowContext, fact: FactOf<"dollarRedeemed" | "dollarMinted">): Line[] {
  const { dollar, holder } = fact;
  const settlement = at.spec.defi?.dollars.find(({ id }) => id === dollar)?.settlement ?? "";
  const factor = 10n ** BigInt(18 - (at.after.defi.tokens[settlement]?.decimals ?? 18));
  const isOut = fact.kind === "dollarRedeemed";
  const [dollars, paid] = isOut ? [fact.burned, fact.paid] : [fact.amount, fact.amount / factor];
  const above = worth(at, settlement, paid) - worth(at, dollar, dollars);
  const gain = isOut ? above : minus(above);
  return [
    ...line(holder, { channel: "redemption", with: dollar }, gain),
    ...spread(at, between("dollar", dollar), { channel: "redemption", with: holder, amount: minus(gain) }),
  ];
}

function clearedLines(at: FlowContext, fact: FactOf<"escrowCleared">): Line[] {
  const { set, slashId, strategy, tokens, recipient } = fact;
  const value = (tokens * (at.after.strategies[strategy]?.etherPerToken ?? 0n)) / WAD;
  const move = { channel: "slash" as const, with: slashName(set, slashId) };
  return [...line(ESCROW, move, minus(value)), ...line(recipient ?? NOBODY, move, value)];
}

function mintedLines(at: FlowContext, { token, to, amount }: FactOf<"unbackedMinted">): Line[] {
  const value = worth(at, token, amount);
  return [
    ...line(to, { channel: "unbackedMint", with: token }, value),
    ...spread({ ...at, book: at.bookBefore }, between("vault", token), {
      channel: "unbackedMint",
      with: to,
      amount: minus(value),
    }),
  ];
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

function coveredLines(at: FlowContext, fact: FactOf<"deficitCovered">, result: ActionResult): Line[] {
  const { market, token, amount, by } = fact;
  if (by === "insurance") return [];
  const value = worth(at, token, amount);
  const reserve = between("reserve", market, token);
  return [
    ...line(result.planned.agent, { channel: "cover", with: market }, minus(value)),
    ...spread(at, reserve, { channel: "cover", with: result.planned.agent, amount: value }),
  ];
}

type Reader<K extends Fact["kind"]> = (at: FlowContext, fact: FactOf<K>, result: ActionResult) => Line[];

/** Facts that move value between parties, and how. */
const READERS: { readonly [K in Fact["kind"]]?: Reader<K> } = {
  swapped: swapLines,
  liquidated: liquidationLines,
  troveLiquidated: troveLines,
  vaultPaid: vaultLines,
  vaultRequested: vaultLines,
  dollarMinted: dollarLines,
  dollarRedeemed: dollarLines,
  escrowCleared: clearedLines,
  unbackedMinted: mintedLines,
  tokenTransferred: transferLines,
  deficitCovered: coveredLines,
};

/** What one fact moved between parties. */
function linesOf(at: FlowContext, fact: Fact, result: ActionResult): Line[] {
  const read = READERS[fact.kind] as Reader<Fact["kind"]> | undefined;
  return read?.(at, fact, result) ?? [];
}

/** Fees of flash loans, which suppliers had as interest: who borrowed paid them. */
function flashLines(at: FlowContext, results: readonly ActionResult[]): Line[] {
  return Object.entries(at.before.defi.lending).flatMap(([market, { reserves }]) =>
    Object.entries(reserves).flatMap(([token, { cash }]) => {
      const fee = worth(at, token, cash - (at.origin.defi.lending[market]?.reserves[token]?.cash ?? cash));
      if (fee === 0n) return [];
      const loans = results.flatMap(({ planned, facts }) =>
        facts.flatMap((fact) => (fact.kind === "liquidated" && fact.debt === token ? [{ planned, fact }] : [])),
      );
      const parts = splitByWeight(
        fee,
        loans.map(({ fact }) => fact.repaid),
      );
      const move = { channel: "interest" as const, with: market };
      const paid = loans.flatMap(({ planned }, place) => line(planned.agent, move, minus(parts[place] ?? 0n)));
      return [...paid, ...line(NOBODY, move, fee)];
    }),
  );
}

/** Reward tokens that came to somebody, or can be claimed now. */
function feeLines(before: WorldView, after: WorldView): Line[] {
  const had = (view: WorldView, id: string): Wei =>
    (view.stakers[id]?.rewardTokens ?? 0n) + (view.rewards.claimable[id] ?? 0n);
  const ids = new Set([...Object.keys(after.stakers), ...Object.keys(after.rewards.claimable)]);
  return [...ids].flatMap((id) => line(id, { channel: "avsFees", with: "services" }, had(after, id) - had(before, id)));
}

/** The administrator's part of a pool's fees: its providers do not have it. */
function adminLines(at: FlowContext): Line[] {
  return Object.entries(at.after.defi.pools).flatMap(([pool, { tokens, adminFees }]) => {
    const then = at.before.defi.pools[pool]?.adminFees ?? [];
    const value = tokens.reduce((sum, token, place) => {
      return sum + worth(at, token, adminFees[place] ?? 0n) - worth(at, token, then[place] ?? 0n);
    }, 0n);
    const channel = "swapFees" as const;
    return [
      ...line(feesOf(pool), { channel, with: pool }, value),
      ...spread(at, between("pool", pool), { channel, with: feesOf(pool), amount: minus(value) }),
    ];
  });
}

/** What a step's actions moved between parties, as their facts tell it. */
export function flowLines(at: FlowContext, results: readonly ActionResult[]): readonly Line[] {
  const told = results.flatMap((result) => result.facts.flatMap((fact) => linesOf(at, fact, result)));
  return [...told, ...adminLines(at), ...flashLines(at, results), ...feeLines(at.before, at.after)];
}
