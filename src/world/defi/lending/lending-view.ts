import type { DefiView } from "../../../model/defi/defi.ts";
import type {
  InsuranceView,
  LendingAccountView,
  LendingSpec,
  LendingView,
  ReserveView,
} from "../../../model/defi/lending.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiReading, DefiWorld } from "../domain.ts";
import {
  capFromBook,
  LENDING_DESK,
  LENDING_LENS,
  lendingCoders,
  marketParts,
  PAUSED_EXIT,
  RESTRICTION,
} from "./lending-contracts.ts";

const RAY = 10n ** 27n;
/** Most accounts of one question: the chain in this process keeps every opcode of a call. */
const ACCOUNTS = 60;

interface ReserveState {
  readonly price: bigint;
  readonly cash: bigint;
  readonly totalSupply: bigint;
  readonly totalDebt: bigint;
  readonly deficit: bigint;
  readonly treasuryAccrual: bigint;
  readonly supplyIndex: bigint;
  readonly debtIndex: bigint;
  readonly supplyRate: bigint;
  readonly borrowRate: bigint;
  readonly utilisation: bigint;
  readonly supplyCap: bigint;
  readonly borrowCap: bigint;
  readonly restrictions: bigint;
  readonly risk: { readonly ltvBps: bigint; readonly ltBps: bigint; readonly bonusBps: bigint };
  readonly liquidationFeeBps: bigint;
}

interface AccountState {
  /** Whether every price that `data` needs can be read. */
  readonly isKnown: boolean;
  readonly data: {
    readonly collateralBase: bigint;
    readonly debtBase: bigint;
    readonly avgLtvBps: bigint;
    readonly avgLtBps: bigint;
    readonly healthFactor: bigint;
  };
  readonly category: bigint;
  readonly supplies: readonly bigint[];
  readonly debts: readonly bigint[];
  readonly isCollateral: readonly boolean[];
}

interface InsuranceState {
  readonly stake: bigint;
  readonly totalShares: bigint;
  readonly offset: bigint;
  readonly pending: bigint;
  readonly pausedFlags: bigint;
  readonly shares: readonly bigint[];
  readonly cooldownShares: readonly bigint[];
  readonly cooldownEndsAt: readonly bigint[];
}

interface Answer {
  readonly reserves: readonly ReserveState[];
  readonly accountViews: readonly AccountState[];
  readonly insurance: readonly InsuranceState[];
}

/** Everybody who has been touched, or had something: interest and prices reach all of them. */
function holdersIn(reading: DefiReading, market: string): readonly string[] {
  const { world, changed, before } = reading;
  const known = before?.lending[market];
  const stakers = Object.values(known?.insurance ?? {}).flatMap(({ stakers: own }) => Object.keys(own));
  const has = new Set([...Object.keys(known?.accounts ?? {}), ...stakers]);
  return world.spec.participants.map(({ id }) => id).filter((id) => (changed?.has(id) ?? true) || has.has(id));
}

function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / ACCOUNTS) || 1 }, (_, at) =>
    items.slice(at * ACCOUNTS, (at + 1) * ACCOUNTS),
  );
}

function question(world: DefiWorld, market: LendingSpec, holders: readonly string[]): Call {
  // The treasury comes first: its claims are read along.
  const accounts = [world.at(LENDING_DESK), ...holders.map((id) => world.book.participants.address(id))];
  const modules = market.insurance.map(({ token }) => world.at(marketParts.insurance(market.id, token)));
  const args = [world.at(marketParts.pool(market.id)), accounts, modules];
  return { target: world.at(LENDING_LENS), data: lendingCoders.lens.encode("lendingOf", args) };
}

function reserveView(state: ReserveState, treasury: bigint): ReserveView {
  const { price, cash, totalDebt: debt, deficit, supplyIndex, debtIndex, restrictions, risk } = state;
  return {
    ...{ price, cash, debt, deficit, treasury: treasury + state.treasuryAccrual },
    supplied: state.totalSupply + state.treasuryAccrual,
    ...{ liquidityIndex: supplyIndex, borrowIndex: debtIndex },
    ...{ liquidityRate: state.supplyRate, borrowRate: state.borrowRate },
    utilisation: state.utilisation / 10n ** 9n,
    ltv: (restrictions & RESTRICTION.ltvZero) === 0n ? risk.ltvBps : 0n,
    ...{ lt: risk.ltBps, bonus: risk.bonusBps, bonusFee: state.liquidationFeeBps },
    ...{ supplyCap: capFromBook(state.supplyCap), borrowCap: capFromBook(state.borrowCap) },
    paused: (restrictions & RESTRICTION.paused) !== 0n,
    frozen: (restrictions & RESTRICTION.frozen) !== 0n,
  };
}

function byToken(market: LendingSpec, amounts: readonly bigint[]): Readonly<Record<string, bigint>> {
  const own = market.reserves.map(({ token }, at) => [token, amounts[at] ?? 0n] as const);
  return Object.fromEntries(own.filter(([, amount]) => amount > 0n));
}

function accountView(market: LendingSpec, state: AccountState): LendingAccountView {
  const { data, category, supplies, debts, isCollateral, isKnown } = state;
  return {
    health: data.debtBase === 0n || !isKnown ? null : data.healthFactor,
    ...{ collateral: data.collateralBase, debt: data.debtBase, lt: data.avgLtBps, ltv: data.avgLtvBps },
    eMode: market.eModes[Number(category) - 1]?.id ?? null,
    ...{ supplied: byToken(market, supplies), borrowed: byToken(market, debts) },
    asCollateral: market.reserves.filter((_, at) => isCollateral[at] === true).map(({ token }) => token),
  };
}

interface Staker {
  readonly id: string;
  readonly shares: bigint;
  readonly cooldownShares: bigint;
  readonly endsAt: bigint;
}

function insuranceView(
  world: DefiWorld,
  state: InsuranceState,
  { stakers, index }: { readonly stakers: readonly Staker[]; readonly index: bigint },
): InsuranceView {
  const { stake, totalShares: shares, offset, pending } = state;
  // As vault and module round: down each.
  const worth = (amount: bigint): bigint => (((amount * (stake + 1n)) / (shares + 1n)) * index) / RAY;
  const own = stakers.map(({ id, shares: held, cooldownShares, endsAt }) => {
    const leavesAt = endsAt === 0n ? null : world.clock.time(endsAt);
    return [id, { shares: held, assets: worth(held), cooldownShares, leavesAt }] as const;
  });
  const paused = (state.pausedFlags & PAUSED_EXIT) !== 0n;
  return { assets: (stake * index) / RAY, shares, offset, pending, paused, stakers: Object.fromEntries(own) };
}

async function readMarket(reading: DefiReading, market: LendingSpec): Promise<LendingView> {
  const { world, ask } = reading;
  const parts = chunks(holdersIn(reading, market.id));
  const answers = (await ask(parts.map((part) => question(world, market, part)))).map(
    (data) => lendingCoders.lens.decode("lendingOf", data) as unknown as Answer,
  );
  const [first] = answers;
  const treasury = first?.accountViews[0]?.supplies ?? [];
  const reserves = market.reserves.flatMap(({ token }, at) => {
    const state = first?.reserves[at];
    return state === undefined ? [] : [[token, reserveView(state, treasury[at] ?? 0n)] as const];
  });
  const accounts = parts.flatMap((part, which) =>
    part.flatMap((id, at) => {
      const state = answers[which]?.accountViews[at + 1];
      const isThere = state !== undefined && [...state.supplies, ...state.debts].some((amount) => amount > 0n);
      return isThere ? [[id, accountView(market, state)] as const] : [];
    }),
  );
  const insurance = market.insurance.flatMap(({ token }, which) => {
    const state = first?.insurance[which];
    if (state === undefined) return [];
    const stakers = parts.flatMap((part, chunk) =>
      part.map((id, at): Staker => {
        const of = answers[chunk]?.insurance[which];
        const place = at + 1;
        const [shares, cooldownShares] = [of?.shares[place] ?? 0n, of?.cooldownShares[place] ?? 0n];
        return { id, shares, cooldownShares, endsAt: of?.cooldownEndsAt[place] ?? 0n };
      }),
    );
    const index = first?.reserves[market.reserves.findIndex((one) => one.token === token)]?.supplyIndex ?? RAY;
    const held = stakers.filter(({ shares }) => shares > 0n);
    return [[token, insuranceView(world, state, { stakers: held, index })] as const];
  });
  const [byId, ofAccounts, ofInsurance] = [reserves, accounts, insurance].map((list) => Object.fromEntries(list as []));
  const { eModes, closeFactor, flashFeeBps } = market;
  const terms = { eModes, closeFactor, flashFeeBps };
  return { ...terms, reserves: byId ?? {}, accounts: ofAccounts ?? {}, insurance: ofInsurance ?? {} };
}

/** Reads every pooled market with everybody in it. */
export async function readLending(reading: DefiReading): Promise<Partial<DefiView>> {
  const views: (readonly [string, LendingView])[] = [];
  for (const market of reading.world.defi.lending) views.push([market.id, await readMarket(reading, market)]);
  return views.length === 0 ? {} : { lending: Object.fromEntries(views) };
}
