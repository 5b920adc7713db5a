import type { CreditAction } from "../../../model/defi/credit.ts";
import type { ActionContext, PreparedAction } from "../../actions/prepared-action.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import { poolAt } from "../markets/market-contracts.ts";
import { approveCall } from "../tokens/tokens.ts";
import {
  credit,
  ISOLATED_LENS,
  ISOLATED_LIQUIDATOR,
  ISOLATED_MARKETS,
  marketId,
  marketOf,
  MOST,
} from "./credit-contracts.ts";

type Context = ActionContext & { readonly world: DefiWorld };
type Wanted<T extends CreditAction["type"]> = Extract<CreditAction, { type: T }>;
export type IsolatedActionType =
  | "isolatedSupply"
  | "isolatedWithdraw"
  | "isolatedBorrow"
  | "isolatedRepay"
  | "addCollateral"
  | "takeCollateral"
  | "isolatedLiquidate";

/** Gas of a liquidation that sells on a pool: it may work out an invariant, or cross five bands. */
const SALE_GAS = 15_000_000n;

interface Position {
  readonly supplyShares: bigint;
  readonly borrowShares: bigint;
  readonly borrowed: bigint;
  readonly collateral: bigint;
}

interface MarketState {
  readonly price: bigint;
  readonly incentive: bigint;
  readonly positions: readonly Position[];
}

const call = (world: DefiWorld, ...[fn, args]: Parameters<typeof credit.markets.encode>): Call => ({
  target: world.at(ISOLATED_MARKETS),
  data: credit.markets.encode(fn, args),
});

/** Lets the markets take tokens of the actor. */
const allow = (world: DefiWorld, token: string): Call => approveCall(world, token, world.at(ISOLATED_MARKETS));

/** A market and one account in it, at the state before the step. */
async function stateOf({ world, ask }: Context, market: string, account: string): Promise<MarketState> {
  const data = credit.isolatedLens.encode("read", [world.at(ISOLATED_MARKETS), [market], [account]]);
  const answer = await ask({ target: world.at(ISOLATED_LENS), data });
  const states = credit.isolatedLens.decode("read", answer)["states"] as unknown as readonly MarketState[];
  return states[0] ?? { price: 0n, incentive: 0n, positions: [] };
}

async function withdraw(context: Context, action: Wanted<"isolatedWithdraw">): Promise<PreparedAction> {
  const { world, actor } = context;
  const id = marketId(world, marketOf(world, action));
  const { amount } = action;
  if (amount !== "all") return { calls: [call(world, "withdraw", [id, amount, 0n, actor, actor])] };
  const [position] = (await stateOf(context, id, actor)).positions;
  return { calls: [call(world, "withdraw", [id, 0n, position?.supplyShares ?? 0n, actor, actor])] };
}

async function repay(context: Context, action: Wanted<"isolatedRepay">): Promise<PreparedAction> {
  const { world, actor } = context;
  const market = marketOf(world, action);
  const id = marketId(world, market);
  const { amount } = action;
  const given =
    amount === "all" ? [0n, (await stateOf(context, id, actor)).positions[0]?.borrowShares ?? 0n] : [amount, 0n];
  return { calls: [allow(world, market.loan), call(world, "repay", [id, ...given, actor])] };
}

/** The whole debt where the collateral pays it, else the whole collateral: what is seized, or the shares repaid. */
function most({ price, incentive, positions }: MarketState): readonly [bigint, bigint] {
  const position = positions[0];
  if (position === undefined) return [0n, 0n];
  const payment = (position.collateral * price * 10n ** 18n) / (10n ** 36n * (incentive === 0n ? 1n : incentive));
  return payment < position.borrowed ? [position.collateral, 0n] : [0n, position.borrowShares];
}

async function liquidate(context: Context, action: Wanted<"isolatedLiquidate">): Promise<PreparedAction> {
  const { world } = context;
  const market = marketOf(world, action);
  const id = marketId(world, market);
  const borrower = world.book.participants.address(action.borrower);
  const { seize, sellOn, minProfit, forced = false } = action;
  if (sellOn === null) {
    const given = seize === "max" ? most(await stateOf(context, id, borrower)) : [seize, 0n];
    return { calls: [allow(world, market.loan), call(world, "liquidate", [id, borrower, ...given, "0x"])] };
  }
  const target = world.at(ISOLATED_LIQUIDATOR);
  const order = [id, borrower, seize === "max" ? MOST : seize, poolAt(world, sellOn), minProfit, forced];
  const sale = { target, data: credit.liquidator.encode("liquidate", [order]) };
  const calls = forced ? [approveCall(world, market.loan, target), sale] : [sale];
  return { calls, gasLimit: SALE_GAS };
}

/** What can be wanted of isolated markets. */
export const isolatedPreparers: DomainPreparers<IsolatedActionType> = {
  isolatedSupply: ({ world, actor }, action) => {
    const market = marketOf(world, action);
    const args = [marketId(world, market), action.amount, 0n, actor];
    return { calls: [allow(world, market.loan), call(world, "supply", args)] };
  },
  isolatedWithdraw: withdraw,
  isolatedBorrow: ({ world, actor }, action) => {
    const args = [marketId(world, marketOf(world, action)), action.amount, 0n, actor, actor];
    return { calls: [call(world, "borrow", args)] };
  },
  isolatedRepay: repay,
  addCollateral: ({ world, actor }, action) => {
    const market = marketOf(world, action);
    const args = [marketId(world, market), action.amount, actor];
    return { calls: [allow(world, market.collateral), call(world, "supplyCollateral", args)] };
  },
  takeCollateral: ({ world, actor }, action) => {
    const args = [marketId(world, marketOf(world, action)), action.amount, actor, actor];
    return { calls: [call(world, "withdrawCollateral", args)] };
  },
  isolatedLiquidate: liquidate,
};
