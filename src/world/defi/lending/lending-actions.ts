import type { LendingAction } from "../../../model/defi/lending.ts";
import type { ActionContext, PreparedAction } from "../../actions/prepared-action.ts";
import type { Call } from "../../stage-driver.ts";
import { defiPart, type DefiWorld, type DomainPreparers } from "../domain.ts";
import { curveTuple } from "./lending-parts.ts";
import {
  allowCall,
  capToBook,
  categoryOf,
  deskCall,
  EVERYTHING,
  FLASH_LIQUIDATOR,
  INSURANCE_DESK,
  insuranceAt,
  LENDING_DESK,
  LENDING_LENS,
  lendingCoders as coders,
  LEVERAGE_ROUTER,
  marketParts,
  PAUSED_EXIT,
  poolCall,
  reserveOf,
  RESTRICTION,
} from "./lending-contracts.ts";

type Context = ActionContext & { readonly world: DefiWorld };
type Wanted<T extends LendingAction["type"]> = Extract<LendingAction, { type: T }>;

/** Gas of an action that goes through several contracts, pools among them. */
const ROUTE_GAS = 20_000_000n;

const poolAt = (world: DefiWorld, market: string): string => world.at(marketParts.pool(market));
const allOr = (amount: bigint | "all" | "max"): bigint => (typeof amount === "bigint" ? amount : EVERYTHING);

/** Address of a reserve's asset in a market. */
function assetOf(world: DefiWorld, { market, token }: { readonly market: string; readonly token: string }): string {
  return world.token(reserveOf(world, market, token).token);
}

/** Whether a market has the prices of both tokens: without one it liquidates nothing, and its preview does not answer. */
function isPriced({ state }: Context, { market, collateral, debt }: Wanted<"liquidate">): boolean {
  const { reserves = {} } = state.defi.lending[market] ?? {};
  return [collateral, debt].every((token) => (reserves[token]?.price ?? 0n) > 0n);
}

/** What has to be lent so that a liquidation repays `amount`, or all that it may although interest goes on. */
async function loanFor(context: Context, action: Wanted<"liquidate">): Promise<bigint> {
  const { world, ask } = context;
  const { market, borrower, amount } = action;
  if (!isPriced(context, action)) return 1n;
  const [collateral, debt] = [action.collateral, action.debt].map((token) => assetOf(world, { market, token }));
  const account = world.book.participants.address(borrower);
  const pool = poolAt(world, market);
  const args = [pool, collateral ?? "", debt ?? "", account, allOr(amount)];
  const preview = await ask({ target: world.at(LENDING_LENS), data: coders.lens.encode("previewLiquidation", args) });
  const { closable } = coders.lens.decode("previewLiquidation", preview) as unknown as { readonly closable: bigint };
  if (amount !== "max" && amount < closable) return amount;
  const most = await ask({ target: pool, data: coders.pool.encode("maxFlashLoan", [debt ?? ""]) });
  const wanted = closable + closable / 1_000n + 1n;
  return BigInt(most) < wanted ? BigInt(most) : wanted;
}

async function liquidate(context: Context, action: Wanted<"liquidate">): Promise<PreparedAction> {
  const { world } = context;
  const { market, sellOn, minProfit, forced = false } = action;
  const collateral = assetOf(world, { market, token: action.collateral });
  const debt = assetOf(world, { market, token: action.debt });
  const account = world.book.participants.address(action.borrower);
  if (sellOn === null) {
    const amount = allOr(action.amount);
    const data = coders.pool.encode("liquidate", [collateral, debt, account, amount, false]);
    return {
      calls: [allowCall(debt, poolAt(world, market), amount), poolCall(world, market, data)],
      gasLimit: ROUTE_GAS,
    };
  }
  const at = world.at(FLASH_LIQUIDATOR);
  const loan = await loanFor(context, action);
  const place = world.at(defiPart("pool", sellOn));
  const order = [poolAt(world, market), collateral, debt, account, loan, place, minProfit, forced];
  const sell = { target: at, data: coders.liquidator.encode("liquidate", [order]) };
  return { calls: forced ? [allowCall(debt, at, EVERYTHING), sell] : [sell], gasLimit: ROUTE_GAS };
}

function loopOf(world: DefiWorld, action: Wanted<"openLoop"> | Wanted<"closeLoop">): readonly string[] {
  const { market } = action;
  const [collateral, debt] = [action.collateral, action.debt].map((token) => assetOf(world, { market, token }));
  return [poolAt(world, market), collateral ?? "", debt ?? "", world.at(defiPart("pool", action.pool))];
}

function openLoop({ world }: Context, action: Wanted<"openLoop">): PreparedAction {
  const router = world.at(LEVERAGE_ROUTER);
  const loop = loopOf(world, action);
  const debt = assetOf(world, { market: action.market, token: action.debt });
  const delegate = coders.pool.encode("approveDelegation", [debt, router, EVERYTHING]);
  const open = coders.leverage.encode("open", [loop, action.equity, action.borrow]);
  const calls = [allowCall(debt, router, action.equity), poolCall(world, action.market, delegate)];
  return { calls: [...calls, { target: router, data: open }], gasLimit: ROUTE_GAS };
}

function closeLoop({ world }: Context, action: Wanted<"closeLoop">): PreparedAction {
  const router = world.at(LEVERAGE_ROUTER);
  const claim = world.at(marketParts.claim(action.market, action.collateral));
  const args = [loopOf(world, action), claim, allOr(action.amount), allOr(action.sell)];
  const close = { target: router, data: coders.leverage.encode("close", args) };
  return { calls: [allowCall(claim, router, EVERYTHING), close], gasLimit: ROUTE_GAS };
}

function stakeInsurance({ world }: Context, action: Wanted<"stakeInsurance">): PreparedAction {
  const desk = world.at(INSURANCE_DESK);
  const claim = world.at(marketParts.claim(action.market, action.token));
  const module = insuranceAt(world, action.market, action.token);
  return {
    calls: [
      allowCall(claim, desk, action.amount),
      allowCall(assetOf(world, action), desk, action.amount),
      { target: desk, data: coders.insurance.encode("stake", [module, action.amount]) },
    ],
    gasLimit: ROUTE_GAS,
  };
}

function unstakeInsurance({ world }: Context, action: Wanted<"unstakeInsurance">): PreparedAction {
  const desk = world.at(INSURANCE_DESK);
  const module = insuranceAt(world, action.market, action.token);
  const leave = coders.insurance.encode("unstake", [module, allOr(action.shares)]);
  return { calls: [allowCall(module, desk, EVERYTHING), { target: desk, data: leave }], gasLimit: ROUTE_GAS };
}

function donate({ world }: Context, action: Wanted<"donateToDeficit">): PreparedAction {
  const desk = world.at(INSURANCE_DESK);
  const asset = assetOf(world, action);
  const args = [poolAt(world, action.market), asset, action.amount];
  const give = { target: desk, data: coders.insurance.encode("donateToDeficit", args) };
  return { calls: [allowCall(asset, desk, EVERYTHING), give], gasLimit: ROUTE_GAS };
}

/** Sets or lifts restrictions of a reserve. */
function restrict(
  { world }: Context,
  action: { readonly market: string; readonly token: string },
  { on, bits }: { readonly on: boolean; readonly bits: bigint },
): Call {
  const data = coders.book.encode(on ? "restrict" : "relax", [assetOf(world, action), bits]);
  return deskCall(world, world.at(marketParts.book(action.market)), data);
}

function setLimits(context: Context, action: Wanted<"setReserveLimits">): PreparedAction {
  const { world } = context;
  const book = world.at(marketParts.book(action.market));
  const args = [book, assetOf(world, action), [action.ltv, action.lt, action.bonus]];
  const own = { target: world.at(LENDING_DESK), data: coders.desk.encode("setRisk", args) };
  // E-modes have limits of their own: no LTV has to hold there too.
  return { calls: [own, restrict(context, action, { on: action.ltv === 0n, bits: RESTRICTION.ltvZero })] };
}

/** What can be wanted of a pooled market, by its users, and by the protocol's administrator and guardians. */
export const lendingPreparers: DomainPreparers<LendingAction["type"]> = {
  supply: ({ world, actor }, { market, token, amount }) => {
    const asset = assetOf(world, { market, token });
    const data = coders.pool.encode("supply", [asset, amount, actor]);
    return { calls: [allowCall(asset, poolAt(world, market), amount), poolCall(world, market, data)] };
  },
  withdraw: ({ world, actor }, { market, token, amount }) => ({
    calls: [
      poolCall(
        world,
        market,
        coders.pool.encode("withdraw", [assetOf(world, { market, token }), allOr(amount), actor]),
      ),
    ],
  }),
  borrow: ({ world, actor }, { market, token, amount }) => ({
    calls: [poolCall(world, market, coders.pool.encode("borrow", [assetOf(world, { market, token }), amount, actor]))],
  }),
  repay: ({ world, actor }, { market, token, amount }) => {
    const asset = assetOf(world, { market, token });
    const data = coders.pool.encode("repay", [asset, allOr(amount), actor]);
    return { calls: [allowCall(asset, poolAt(world, market), allOr(amount)), poolCall(world, market, data)] };
  },
  useAsCollateral: ({ world }, { market, token, use }) => ({
    calls: [
      poolCall(world, market, coders.pool.encode("setUseAsCollateral", [assetOf(world, { market, token }), use])),
    ],
  }),
  setEMode: ({ world }, { market, eMode }) => ({
    calls: [poolCall(world, market, coders.pool.encode("setCategory", [categoryOf(world, market, eMode)]))],
  }),
  liquidate,
  openLoop,
  closeLoop,
  stakeInsurance,
  cooldownInsurance: ({ world }, { market, token }) => ({
    calls: [{ target: insuranceAt(world, market, token), data: coders.module.encode("cooldown", []) }],
  }),
  unstakeInsurance,
  coverDeficit: ({ world }, { market, token }) => {
    const data = coders.insurance.encode("settleDeficit", [insuranceAt(world, market, token)]);
    return { calls: [{ target: world.at(INSURANCE_DESK), data }], gasLimit: ROUTE_GAS };
  },
  pauseInsurance: ({ world }, { market, token, paused }) => ({
    calls: [
      deskCall(
        world,
        insuranceAt(world, market, token),
        coders.flags.encode(paused ? "pause" : "unpause", [PAUSED_EXIT]),
      ),
    ],
  }),
  donateToDeficit: donate,
  // As the reference market does: what is frozen secures no new debt either.
  freezeReserve: (context, action) => ({
    calls: [restrict(context, action, { on: action.frozen, bits: RESTRICTION.frozen | RESTRICTION.ltvZero })],
  }),
  pauseReserve: (context, action) => ({
    calls: [restrict(context, action, { on: action.paused, bits: RESTRICTION.paused })],
  }),
  setReserveLimits: setLimits,
  setCaps: ({ world }, { market, token, supplyCap, borrowCap }) => {
    const book = world.at(marketParts.book(market));
    const args = [book, assetOf(world, { market, token }), capToBook(supplyCap), capToBook(borrowCap)];
    return { calls: [{ target: world.at(LENDING_DESK), data: coders.desk.encode("setCaps", args) }] };
  },
  setCurve: ({ world }, { market, token, curve }) => {
    const { optimalBps, baseBps, slope1Bps, slope2Bps } = curveTuple(curve);
    const data = coders.rates.encode("setCurve", [[optimalBps, baseBps, slope1Bps, slope2Bps]]);
    const felt = coders.pool.encode("accrue", [assetOf(world, { market, token })]);
    return {
      calls: [deskCall(world, world.at(marketParts.rates(market, token)), data), poolCall(world, market, felt)],
    };
  },
  setReserveFeed: ({ world }, { market, token, feed }) => {
    const book = world.at(marketParts.book(market));
    const args = [book, assetOf(world, { market, token }), world.at(defiPart("feed", feed))];
    return { calls: [{ target: world.at(LENDING_DESK), data: coders.desk.encode("setFeed", args) }] };
  },
};
