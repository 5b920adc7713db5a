import type { Part } from "../../../../deploy/parts.ts";
import type { InsuranceSpec, LendingSpec, RateCurve } from "../../../model/defi/lending.ts";
import { PROTOCOL } from "../../../model/names.ts";
import { secondsPerUnit } from "../../world-clock.ts";
import { defiPart, type DefiPartsContext } from "../domain.ts";
import {
  FLASH_LIQUIDATOR,
  INSURANCE_DESK,
  LENDING_DESK,
  LENDING_LENS,
  LEVERAGE_ROUTER,
  marketParts,
} from "./lending-contracts.ts";

/** Age that no price exceeds: a feed says itself when it is stale [s]. */
export const ANY_AGE = 10n ** 12n;
const UNBOUNDED = 10n ** 60n;

/** A curve as the rate model names it. */
export const curveTuple = ({ optimal, base, slope1, slope2 }: RateCurve) => ({
  optimalBps: optimal,
  baseBps: base,
  slope1Bps: slope1,
  slope2Bps: slope2,
});

function policyOf({ closeFactor, flashFeeBps }: LendingSpec) {
  const [mode, closeFactorBps] =
    closeFactor === "default" ? [0n, 5_000n] : closeFactor >= 10_000n ? [2n, 10_000n] : [1n, closeFactor];
  return { treasury: `@${LENDING_DESK}`, flashFeeBps, flashTreasuryBps: 0n, closeFactor: mode, closeFactorBps };
}

/** A vault over the claims, a feed of its worth, and the module in which it is staked. */
function insuranceParts(context: DefiPartsContext, market: LendingSpec, insurance: InsuranceSpec): readonly Part[] {
  const { token, offset, feeBps } = insurance;
  const perUnit = secondsPerUnit(context.spec.clock);
  const [vault, feed] = [marketParts.vault(market.id, token), marketParts.vaultFeed(market.id, token)];
  const base = market.reserves.find((reserve) => reserve.token === token)?.feed ?? "";
  const settings = {
    description: `vault of ${token}`,
    decimals: 18n,
    minAnswer: -UNBOUNDED,
    maxAnswer: UNBOUNDED,
    heartbeat: ANY_AGE,
  };
  const terms = {
    owner: `@${LENDING_DESK}`,
    pool: `@${marketParts.pool(market.id)}`,
    reserve: context.token(token),
    underlying: `@${vault}`,
    underlyingFeed: `@${feed}`,
    maxAge: ANY_AGE,
    receiver: `@${INSURANCE_DESK}`,
    offset,
    feeBps,
    cooldown: insurance.cooldown / perUnit,
    window: insurance.window / perUnit,
  };
  const mode = context.spec.clock === "timestamp" ? 1n : 0n;
  return [
    { id: vault, contract: "SupplyVault", args: [`@${marketParts.claim(market.id, token)}`] },
    {
      id: feed,
      contract: "ExchangeRateFeed",
      args: [`@${LENDING_DESK}`, settings, `@${vault}`, `@${defiPart("feed", base)}`],
    },
    { id: marketParts.insurance(market.id, token), contract: "InsuranceModule", args: [terms, mode] },
  ];
}

function partsOfMarket(context: DefiPartsContext, market: LendingSpec): readonly Part[] {
  const [book, pool] = [marketParts.book(market.id), marketParts.pool(market.id)];
  return [
    { id: book, contract: "ReserveBook", args: [`@${LENDING_DESK}`, policyOf(market)] },
    { id: pool, contract: "LendingPool", args: [`@${book}`] },
    ...market.reserves.flatMap(({ token, curve }): readonly Part[] => [
      {
        id: marketParts.rates(market.id, token),
        contract: "KinkedRateModel",
        args: [`@${LENDING_DESK}`, curveTuple(curve)],
      },
      { id: marketParts.claim(market.id, token), contract: "SupplyClaim", args: [`@${pool}`, context.token(token)] },
    ]),
    ...market.insurance.flatMap((insurance) => insuranceParts(context, market, insurance)),
  ];
}

/** The desk, the lens, what helps to use the markets, and every market. */
export function lendingParts(context: DefiPartsContext): readonly Part[] {
  const { defi, spec, actorOf } = context;
  if (defi.lending.length === 0) return [];
  const guardians = spec.participants.filter(({ role }) => role === "protocol").map(({ id }) => id);
  const operators = [...new Set([PROTOCOL, ...guardians])].map(actorOf);
  return [
    { id: LENDING_DESK, contract: "LendingDesk", args: [operators] },
    { id: LENDING_LENS, contract: "LendingLens", args: [] },
    { id: FLASH_LIQUIDATOR, contract: "FlashLiquidator", args: [] },
    { id: LEVERAGE_ROUTER, contract: "LeverageRouter", args: [] },
    { id: INSURANCE_DESK, contract: "InsuranceDesk", args: [] },
    ...defi.lending.flatMap((market) => partsOfMarket(context, market)),
  ];
}
