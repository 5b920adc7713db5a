import type { CreditFact, IsolatedSpec } from "../../../model/defi/credit.ts";
import type { LendingFact } from "../../../model/defi/lending.ts";
import { WAD } from "../../../units/units.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import { nameOf, type FactContext } from "../../facts/fact-context.ts";
import type { DefiWorld } from "../domain.ts";
import { ISOLATED_LIQUIDATOR, marketId } from "./credit-contracts.ts";

type Context = FactContext & { readonly world: DefiWorld };

/** Moves of one's own, by the event that tells them. */
const MOVES = {
  Supplied: "supply",
  Withdrawn: "withdraw",
  Borrowed: "borrow",
  Repaid: "repay",
  CollateralSupplied: "addCollateral",
  CollateralWithdrawn: "takeCollateral",
} as const;

interface Liquidation {
  readonly seizedAssets: bigint;
  readonly repaidAssets: bigint;
  readonly badDebtAssets: bigint;
}

/** Name of a position's owner: a participant or a market vault. */
function ownerOf(world: DefiWorld, address: unknown): string {
  const vault = world.defi.marketVaults.find(({ id }) => world.token(id) === address);
  return vault?.id ?? nameOf(world, address);
}

/** What a sale by flash brought; null where the liquidator kept the collateral. */
function proceedsOf({ events }: Context, { args }: DecodedEvent): bigint | null {
  const sale = events.find(
    (event) =>
      event.name === "IsolatedLiquidationSold" &&
      event.args["id"] === args["id"] &&
      event.args["borrower"] === args["borrower"],
  );
  return sale === undefined ? null : (sale.args["proceeds"] as bigint);
}

function liquidation(
  context: Context,
  market: IsolatedSpec,
  event: DecodedEvent,
): readonly (CreditFact | LendingFact)[] {
  const { world, planned } = context;
  const { args } = event;
  const moved = args["liquidation"] as unknown as Liquidation;
  const borrower = nameOf(world, args["borrower"]);
  const proceeds = proceedsOf(context, event);
  const isHelped = args["liquidator"] === world.at(ISOLATED_LIQUIDATOR);
  const fact: LendingFact = {
    kind: "liquidated",
    market: market.id,
    borrower,
    liquidator: isHelped ? planned.agent : nameOf(world, args["liquidator"]),
    collateral: market.collateral,
    debt: market.loan,
    seized: moved.seizedAssets,
    fee: 0n,
    repaid: moved.repaidAssets,
    healthBefore: ((args["maxBorrow"] as bigint) * WAD) / (args["borrowed"] as bigint),
    collateralPrice: 0n,
    debtPrice: args["price"] as bigint,
    proceeds,
    profit: proceeds === null ? null : proceeds - moved.repaidAssets,
    badDebt: moved.badDebtAssets === 0n ? {} : { [market.loan]: moved.badDebtAssets },
  };
  if (moved.badDebtAssets === 0n) return [fact];
  return [fact, { kind: "socialised", market: market.id, borrower, amount: moved.badDebtAssets }];
}

/** Facts that an event of the isolated markets tells. */
export function isolatedFacts(context: Context, event: DecodedEvent): readonly (CreditFact | LendingFact)[] {
  const { world } = context;
  const market = world.defi.isolated.find((one) => marketId(world, one) === event.args["id"]);
  if (market === undefined) return [];
  if (event.name === "Liquidated") return liquidation(context, market, event);
  const move = MOVES[event.name as keyof typeof MOVES] as (typeof MOVES)[keyof typeof MOVES] | undefined;
  if (move === undefined) return [];
  const who = ownerOf(world, event.args["onBehalf"]);
  return [{ kind: "isolatedMoved", market: market.id, move, who, amount: event.args["assets"] as bigint }];
}
