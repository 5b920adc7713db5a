import type { LendingFact, LendingSpec } from "../../../model/defi/lending.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import type { FactContext } from "../../facts/fact-context.ts";
import type { DefiWorld } from "../domain.ts";
import { FLASH_LIQUIDATOR, INSURANCE_DESK, lendingCoders, marketParts } from "./lending-contracts.ts";

type Context = FactContext & { readonly world: DefiWorld };

const MOVES = { Supplied: "supply", Withdrawn: "withdraw", Borrowed: "borrow", Repaid: "repay" } as const;
const isMove = (name: string): name is keyof typeof MOVES => name in MOVES;
const isSame = (a: unknown, b: unknown): boolean => String(a).toLowerCase() === String(b).toLowerCase();

/** Contracts whose events this domain understands. */
export function lendingReaders(world: DefiWorld) {
  if (world.defi.lending.length === 0) return [];
  return [
    { address: world.at(FLASH_LIQUIDATOR), decoder: lendingCoders.liquidator },
    { address: world.at(INSURANCE_DESK), decoder: lendingCoders.insurance },
    ...world.defi.lending.map(({ id }) => ({ address: world.at(marketParts.pool(id)), decoder: lendingCoders.pool })),
  ];
}

function tokenOf({ world }: Context, market: LendingSpec, address: unknown): string {
  return market.reserves.find(({ token }) => isSame(world.token(token), address))?.token ?? String(address);
}

/** A participant; what a contract does is its caller's doing. */
function whoIs({ world, planned }: Context, address: unknown): string {
  return world.book.participants.name(String(address)) ?? planned.agent;
}

interface Outcome {
  readonly repaid: bigint;
  readonly seized: bigint;
  readonly fee: bigint;
  readonly healthFactor: bigint;
  readonly collateralPrice: bigint;
  readonly debtPrice: bigint;
}

/** What the sale of seized collateral brought, and what was left of it. */
function saleOf({ events }: Context, account: unknown) {
  const sold = events.find(({ name, args }) => name === "LiquidationSold" && isSame(args["account"], account));
  if (sold === undefined) return { proceeds: null, profit: null };
  const [proceeds, repaid, flashFee] = ["proceeds", "repaid", "flashFee"].map((name) => sold.args[name] as bigint);
  return { proceeds: proceeds ?? 0n, profit: (proceeds ?? 0n) - (repaid ?? 0n) - (flashFee ?? 0n) };
}

function badDebtOf(context: Context, market: LendingSpec, account: unknown): Readonly<Record<string, bigint>> {
  const written = context.events.filter(
    ({ name, args }) => name === "DeficitCreated" && isSame(args["account"], account),
  );
  return Object.fromEntries(
    written.map(({ args }) => [tokenOf(context, market, args["asset"]), args["amount"] as bigint]),
  );
}

function liquidated(context: Context, market: LendingSpec, { args }: DecodedEvent): LendingFact {
  const outcome = args["outcome"] as unknown as Outcome;
  const account = args["account"];
  return {
    kind: "liquidated",
    market: market.id,
    borrower: whoIs(context, account),
    liquidator: whoIs(context, args["liquidator"]),
    collateral: tokenOf(context, market, args["collateralAsset"]),
    debt: tokenOf(context, market, args["debtAsset"]),
    seized: outcome.seized + outcome.fee,
    fee: outcome.fee,
    repaid: outcome.repaid,
    healthBefore: outcome.healthFactor,
    collateralPrice: outcome.collateralPrice,
    debtPrice: outcome.debtPrice,
    ...saleOf(context, account),
    badDebt: badDebtOf(context, market, account),
  };
}

function covered(context: Context, market: LendingSpec, { args }: DecodedEvent): LendingFact {
  const token = tokenOf(context, market, args["asset"]);
  const isInsured = market.insurance.some((one) => one.token === token);
  const module = isInsured ? context.world.at(marketParts.insurance(market.id, token)) : null;
  const by = module !== null && isSame(args["account"], module) ? "insurance" : "donation";
  const who = whoIs(context, args["account"]);
  return { kind: "deficitCovered", market: market.id, token, who, amount: args["amount"] as bigint, by };
}

function slashed({ world }: Context, { args }: DecodedEvent): readonly LendingFact[] {
  return world.defi.lending.flatMap((market) =>
    market.insurance
      .filter(({ token }) => isSame(world.at(marketParts.insurance(market.id, token)), args["module"]))
      .map(({ token }): LendingFact => ({
        kind: "insuranceSlashed",
        market: market.id,
        token,
        amount: args["slashed"] as bigint,
      })),
  );
}

function flashLoaned(context: Context, market: LendingSpec, { args }: DecodedEvent): LendingFact {
  const [amount, fee, treasuryFee] = [args["amount"], args["fee"], args["treasuryFee"]] as [bigint, bigint, bigint];
  const token = tokenOf(context, market, args["asset"]);
  return {
    kind: "flashLoaned",
    market: market.id,
    token,
    who: whoIs(context, args["receiver"]),
    amount,
    fee,
    treasuryFee,
  };
}

/** Facts that an event of a pooled market, or of what helps to use it, tells. */
export function lendingFacts(context: Context, event: DecodedEvent): readonly LendingFact[] {
  const { world } = context;
  const { name, args } = event;
  if (name === "DeficitSettled") return slashed(context, event);
  const market = world.defi.lending.find(({ id }) => isSame(world.at(marketParts.pool(id)), event.address));
  if (market === undefined) return [];
  if (name === "Liquidated") return [liquidated(context, market, event)];
  if (name === "DeficitCovered") return [covered(context, market, event)];
  if (name === "FlashLoaned") return [flashLoaned(context, market, event)];
  if (!isMove(name)) return [];
  const token = tokenOf(context, market, args["asset"]);
  const who = whoIs(context, args["account"]);
  return [{ kind: "lendingMoved", market: market.id, token, move: MOVES[name], who, amount: args["amount"] as bigint }];
}
