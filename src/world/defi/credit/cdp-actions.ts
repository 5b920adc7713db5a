import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import type { CreditAction } from "../../../model/defi/credit.ts";
import { WAD } from "../../../units/units.ts";
import type { ActionContext, PreparedAction } from "../../actions/prepared-action.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiWorld, DomainPreparers } from "../domain.ts";
import { approveCall } from "../tokens/tokens.ts";
import { branchPart, CDP_LENS, cdpOf, credit, MOST, registryPart, stabilityPart } from "./credit-contracts.ts";
import type { IsolatedActionType } from "./isolated-actions.ts";

type Context = ActionContext & { readonly world: DefiWorld };
type Wanted<T extends CreditAction["type"]> = Extract<CreditAction, { type: T }>;
type OnBranch = { readonly type: string; readonly cdp: string; readonly branch: string };

/** Gas of walking over all troves of all branches. */
const REDEMPTION_GAS = 200_000_000n;

function branchOf(world: DefiWorld, action: OnBranch) {
  const cdp = cdpOf(world, action);
  const branch = cdp.branches.find(({ id }) => id === action.branch);
  if (branch === undefined) throw new ActionInvalidError(action.type, "branch", action.branch);
  const [at, pool] = [world.at(branchPart(cdp.id, branch.id)), world.at(stabilityPart(cdp.id, branch.id))];
  return { cdp, collateral: branch.collateral, at, pool };
}

const onBranch = (target: string, ...[fn, args]: Parameters<typeof credit.branch.encode>): Call => ({
  target,
  data: credit.branch.encode(fn, args),
});

const onPool = (target: string, ...[fn, args]: Parameters<typeof credit.stabilityPool.encode>): Call => ({
  target,
  data: credit.stabilityPool.encode(fn, args),
});

/** The newest of somebody's open troves. */
async function troveOf({ ask, world }: Context, branch: string, owner: string): Promise<bigint> {
  const data = credit.cdpLens.encode("newestTroveOf", [branch, owner]);
  return BigInt(await ask({ target: world.at(CDP_LENS), data }));
}

async function close(context: Context, action: Wanted<"closeTrove">): Promise<PreparedAction> {
  const { at } = branchOf(context.world, action);
  return { calls: [onBranch(at, "closeTrove", [await troveOf(context, at, context.actor)])] };
}

async function adjust(context: Context, action: Wanted<"adjustTrove">): Promise<PreparedAction> {
  const { world, actor } = context;
  const { at, collateral } = branchOf(world, action);
  const id = await troveOf(context, at, actor);
  const change = onBranch(at, "adjustTrove", [id, action.collateral, action.debt, MOST]);
  return { calls: action.collateral > 0n ? [approveCall(world, collateral, at), change] : [change] };
}

async function liquidate(context: Context, action: Wanted<"liquidateTrove">): Promise<PreparedAction> {
  const { at } = branchOf(context.world, action);
  const owner = context.world.book.participants.address(action.owner);
  return { calls: [onBranch(at, "liquidate", [await troveOf(context, at, owner)])] };
}

async function redeemUrgently(context: Context, action: Wanted<"redeemUrgently">): Promise<PreparedAction> {
  const { world } = context;
  const { at } = branchOf(world, action);
  const ids: bigint[] = [];
  for (const owner of action.owners) ids.push(await troveOf(context, at, world.book.participants.address(owner)));
  return { calls: [onBranch(at, "redeemUrgently", [action.amount, ids, 0n])], gasLimit: REDEMPTION_GAS };
}

async function setRate(context: Context, action: Wanted<"setTroveRate">): Promise<PreparedAction> {
  const { at } = branchOf(context.world, action);
  return { calls: [onBranch(at, "setRate", [await troveOf(context, at, context.actor), action.rate, MOST])] };
}

/** `all` is what the pool lets go: a whole dollar stays in it. */
async function withdraw(context: Context, action: Wanted<"withdrawStability">): Promise<PreparedAction> {
  const { pool } = branchOf(context.world, action);
  const { amount } = action;
  if (amount !== "all") return { calls: [onPool(pool, "withdraw", [amount])] };
  const held = BigInt(await context.ask(onPool(pool, "compoundedDepositOf", [context.actor])));
  const free = BigInt(await context.ask(onPool(pool, "offsettable", [])));
  return { calls: [onPool(pool, "withdraw", [held < free ? held : free])] };
}

/** What can be wanted of branches of debt. */
export const cdpPreparers: DomainPreparers<Exclude<CreditAction["type"], IsolatedActionType>> = {
  openTrove: ({ world }, action) => {
    const { at, collateral } = branchOf(world, action);
    const open = onBranch(at, "openTrove", [action.collateral, action.debt, action.rate, MOST]);
    return { calls: [approveCall(world, collateral, at), open] };
  },
  closeTrove: close,
  adjustTrove: adjust,
  liquidateTrove: liquidate,
  setTroveRate: setRate,
  redeemUrgently,
  claimStability: ({ world }, action) => ({ calls: [onPool(branchOf(world, action).pool, "claim", [])] }),
  provideStability: ({ world }, action) => {
    const { cdp, pool } = branchOf(world, action);
    return { calls: [approveCall(world, cdp.id, pool), onPool(pool, "deposit", [action.amount])] };
  },
  withdrawStability: withdraw,
  redeemSynthetic: ({ world }, action) => {
    const target = world.at(registryPart(cdpOf(world, action).id));
    const data = credit.registry.encode("redeem", [action.amount, 0n, WAD]);
    return { calls: [{ target, data }], gasLimit: REDEMPTION_GAS };
  },
  claimSurplus: ({ world }, action) => ({ calls: [onBranch(branchOf(world, action).at, "claimSurplus", [])] }),
  shutdownBranch: ({ world }, action) => ({ calls: [onBranch(branchOf(world, action).at, "shutDown", [])] }),
};
