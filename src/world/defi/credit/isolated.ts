import type { Part } from "../../../../deploy/parts.ts";
import type { IsolatedPositionView, IsolatedSpec, IsolatedView } from "../../../model/defi/credit.ts";
import type { DefiView } from "../../../model/defi/defi.ts";
import { PROTOCOL } from "../../../model/names.ts";
import { WAD } from "../../../units/units.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiDomain, DefiPartsContext, DefiReading, DefiWorld } from "../domain.ts";
import { feedPart } from "../markets/market-contracts.ts";
import { approveCall } from "../tokens/tokens.ts";
import {
  credit,
  ISOLATED_LENS,
  ISOLATED_LIQUIDATOR,
  ISOLATED_MARKETS,
  marketId,
  marketParams,
  maxAgeOf,
  NOBODY,
  oraclePart,
  RATE_MODEL,
} from "./credit-contracts.ts";
import { isolatedFacts } from "./isolated-facts.ts";

interface PositionState extends Omit<IsolatedPositionView, "healthy" | "health"> {
  readonly maxBorrow: bigint;
  readonly isHealthy: boolean;
}

interface MarketState {
  readonly totals: Readonly<Record<"supplyAssets" | "supplyShares" | "borrowAssets" | "borrowShares", bigint>>;
  readonly price: bigint;
  readonly borrowRate: bigint;
  readonly incentive: bigint;
  readonly feeShares: bigint;
  readonly positions: readonly PositionState[];
}

function parts({ defi, actorOf, token }: DefiPartsContext): readonly Part[] {
  if (defi.isolated.length === 0) return [];
  const oracles = defi.isolated.map((market): Part => {
    const terms = {
      collateralToken: token(market.collateral),
      loanToken: token(market.loan),
      collateralFeed: `@${feedPart(market.collateralFeed)}`,
      loanFeed: market.loanFeed === null ? NOBODY : `@${feedPart(market.loanFeed)}`,
      collateralMaxAge: maxAgeOf(defi.feeds, market.collateralFeed),
      loanMaxAge: maxAgeOf(defi.feeds, market.loanFeed),
    };
    return { id: oraclePart(market.id), contract: "MarketOracle", args: [terms] };
  });
  // Vaults over the markets need them earlier, and bring them.
  const markets = { id: ISOLATED_MARKETS, contract: "IsolatedMarkets", args: [actorOf(PROTOCOL)] };
  return [
    ...(defi.marketVaults.length === 0 ? [markets] : []),
    { id: RATE_MODEL, contract: "AdaptiveRateModel", args: [] },
    { id: ISOLATED_LENS, contract: "IsolatedLens", args: [] },
    { id: ISOLATED_LIQUIDATOR, contract: "IsolatedFlashLiquidator", args: [`@${ISOLATED_MARKETS}`] },
    ...oracles,
  ];
}

const call = (world: DefiWorld, ...[fn, args]: Parameters<typeof credit.markets.encode>): Call => ({
  target: world.at(ISOLATED_MARKETS),
  data: credit.markets.encode(fn, args),
});

/** Markets are made when the run is about to begin: an empty one lets its rate fall with time. */
function createMarkets(world: DefiWorld): readonly Arrangement[] {
  if (world.defi.isolated.length === 0) return [];
  const actor = world.book.participants.address(PROTOCOL);
  const recipient: Arrangement = {
    part: "fees of isolated markets",
    actor,
    calls: [call(world, "setFeeRecipient", [actor])],
  };
  const markets = world.defi.isolated.map((market): Arrangement => {
    const create = call(world, "createMarket", [marketParams(world, market)]);
    const fee = market.fee === 0n ? [] : [call(world, "setFee", [marketId(world, market), market.fee])];
    return { part: `isolated market ${market.id}`, actor, calls: [create, ...fee] };
  });
  return [recipient, ...markets];
}

const marketNamed = (world: DefiWorld, id: string): IsolatedSpec | undefined =>
  world.defi.isolated.find((market) => market.id === id);

function supplyPositions(world: DefiWorld): readonly Arrangement[] {
  return world.defi.isolatedPositions.flatMap((position): readonly Arrangement[] => {
    const market = marketNamed(world, position.market);
    if (market === undefined) return [];
    const actor = world.book.participants.address(position.participant);
    const id = marketId(world, market);
    const allow = (token: string): Call => approveCall(world, token, world.at(ISOLATED_MARKETS));
    const calls = [
      ...(position.supplied > 0n
        ? [allow(market.loan), call(world, "supply", [id, position.supplied, 0n, actor])]
        : []),
      ...(position.collateral > 0n
        ? [allow(market.collateral), call(world, "supplyCollateral", [id, position.collateral, actor])]
        : []),
    ];
    return calls.length === 0 ? [] : [{ part: `position of ${position.participant} in ${market.id}`, actor, calls }];
  });
}

function borrowPositions(world: DefiWorld): readonly Arrangement[] {
  return world.defi.isolatedPositions.flatMap((position): readonly Arrangement[] => {
    const market = marketNamed(world, position.market);
    if (market === undefined || position.borrowed === 0n) return [];
    const actor = world.book.participants.address(position.participant);
    const receiver = position.keep ? actor : world.book.participants.address(PROTOCOL);
    const calls = [call(world, "borrow", [marketId(world, market), position.borrowed, 0n, actor, receiver])];
    return [{ part: `debt of ${position.participant} in ${market.id}`, actor, calls }];
  });
}

function toPosition({ maxBorrow, isHealthy, ...state }: PositionState, price: bigint): IsolatedPositionView {
  const isKnown = state.borrowed > 0n && price > 0n;
  return { ...state, healthy: isHealthy, health: isKnown ? (maxBorrow * WAD) / state.borrowed : null };
}

function toView(market: IsolatedSpec, state: MarketState, accounts: readonly string[]): IsolatedView {
  const positions = accounts.flatMap((id, at) => {
    const position = state.positions[at];
    if (position === undefined) return [];
    const isEmpty = position.supplyShares + position.borrowShares + position.collateral === 0n;
    return isEmpty ? [] : [[id, toPosition(position, state.price)] as const];
  });
  return {
    loan: market.loan,
    collateral: market.collateral,
    lltv: market.lltv,
    lif: state.incentive,
    totalSupply: state.totals.supplyAssets,
    totalSupplyShares: state.totals.supplyShares,
    totalBorrow: state.totals.borrowAssets,
    totalBorrowShares: state.totals.borrowShares,
    price: state.price,
    borrowRate: state.borrowRate,
    feeShares: state.feeShares,
    positions: Object.fromEntries(positions),
  };
}

/** Who has something in a market, and who may have since the last step. */
function accountsOf({ world, changed, before }: DefiReading): readonly string[] {
  const known = new Set(Object.values(before?.isolated ?? {}).flatMap(({ positions }) => Object.keys(positions)));
  const everybody = world.spec.participants.map(({ id }) => id);
  return everybody.filter((id) => changed?.has(id) !== false || known.has(id));
}

async function read(reading: DefiReading): Promise<Partial<DefiView>> {
  const { world, ask } = reading;
  const specs = world.defi.isolated;
  if (specs.length === 0) return {};
  const accounts = accountsOf(reading);
  const addresses = accounts.map((id) => world.book.participants.address(id));
  const ids = specs.map((market) => marketId(world, market));
  const data = credit.isolatedLens.encode("read", [world.at(ISOLATED_MARKETS), ids, addresses]);
  const [answer = ""] = await ask([{ target: world.at(ISOLATED_LENS), data }]);
  const states = credit.isolatedLens.decode("read", answer)["states"] as unknown as readonly MarketState[];
  const views = specs.flatMap((market, at) => {
    const state = states[at];
    return state === undefined ? [] : [[market.id, toView(market, state, accounts)] as const];
  });
  return { isolated: Object.fromEntries(views) };
}

/** Isolated markets, their rate model, price adapters and flash liquidator. */
export const isolated: DefiDomain = {
  name: "isolated",
  parts,
  demands: ({ isolated: markets, isolatedPositions }) =>
    isolatedPositions.flatMap(({ market: id, participant, supplied, collateral }) => {
      const market = markets.find((one) => one.id === id);
      if (market === undefined) return [];
      return [
        { participant, token: market.loan, amount: supplied },
        { participant, token: market.collateral, amount: collateral },
      ];
    }),
  arrange: { open: createMarkets, supply: supplyPositions, borrow: borrowPositions },
  read,
  readers: (world) =>
    world.defi.isolated.length === 0
      ? []
      : [
          { address: world.at(ISOLATED_MARKETS), decoder: credit.markets },
          { address: world.at(ISOLATED_LIQUIDATOR), decoder: credit.liquidator },
        ],
  facts: isolatedFacts,
};
