import { divUp } from "../../maths/integer.ts";
import { WAD } from "../../units/units.ts";
import type { IsolatedPositionSpec } from "./credit.ts";
import type { DefiSpec } from "./defi.ts";
import type { LendingPositionSpec, LendingSpec, ReserveSpec } from "./lending.ts";
import { openingSupplyOf } from "./assert-market-vaults.ts";
import { showValue } from "../parameters/parameter-value.ts";
import { decimalsOf, openingPrice } from "./opening-prices.ts";
import { assertKnown, assertRange, refuse } from "./refuse.ts";
import type { Amount } from "./tokens.ts";

const BPS = 10_000n;

const show = (dollars: bigint): string => showValue(dollars, "decimal8");

/** Limits of a token as collateral of one position: the e-mode's where it is in it. */
function limitsOf(market: LendingSpec, position: LendingPositionSpec, token: string): { ltv: bigint; lt: bigint } {
  const eMode = market.eModes.find(({ id }) => id === position.eMode);
  const own = market.reserves.find((reserve) => reserve.token === token);
  return eMode?.collateral.includes(token) === true ? eMode : (own ?? { ltv: 0n, lt: 0n });
}

/** Refuses a position that could not be borrowed, or would be liquidated at once, where its prices are known. */
function assertHealthy(spec: DefiSpec, market: LendingSpec, position: LendingPositionSpec): void {
  const priceOf = (token: string): bigint | null => {
    const feed = market.reserves.find((reserve) => reserve.token === token)?.feed;
    return feed === undefined ? null : openingPrice(spec, feed);
  };
  let [threshold, limit, debt] = [0n, 0n, 0n];
  for (const [token, amount] of Object.entries(position.supplied)) {
    const price = priceOf(token);
    if (price === null) return;
    const { lt, ltv } = limitsOf(market, position, token);
    const value = (amount * price) / 10n ** BigInt(decimalsOf(spec, token));
    threshold += (value * lt) / BPS;
    limit += (value * ltv) / BPS;
  }
  for (const [token, amount] of Object.entries(position.borrowed)) {
    const price = priceOf(token);
    if (price === null) return;
    debt += divUp(amount * price, 10n ** BigInt(decimalsOf(spec, token)));
  }
  const part = `position of ${position.participant} in ${market.id}`;
  if (debt > threshold) {
    const reason = `its debt of ${show(debt)} is above its liquidation threshold of ${show(threshold)} (US dollars)`;
    refuse(part, reason, "It would be liquidated at once: lower the debt or raise the collateral.");
  }
  if (debt > limit) {
    const reason = `its debt of ${show(debt)} is above its borrowing limit of ${show(limit)} (US dollars)`;
    refuse(part, reason, "Nobody could borrow it: lower the debt, or raise the LTV.");
  }
}

function assertAmounts(part: string, amounts: Readonly<Record<string, Amount>>, tokens: readonly string[]): void {
  for (const [token, value] of Object.entries(amounts)) {
    assertKnown(part, { kind: "reserve", name: token }, tokens);
    assertRange(part, { name: `amount of ${token}`, value }, [0n, null]);
  }
}

function assertLendingPosition(spec: DefiSpec, position: LendingPositionSpec): void {
  const part = `position of ${position.participant} in ${position.market}`;
  const ids = spec.lending.map(({ id }) => id);
  assertKnown(part, { kind: "pooled market", name: position.market }, ids);
  const market = spec.lending.find(({ id }) => id === position.market);
  if (market === undefined) return;
  const tokens = market.reserves.map(({ token }) => token);
  for (const amounts of [position.supplied, position.borrowed]) assertAmounts(part, amounts, tokens);
  const insured = market.insurance.map(({ token }) => token);
  for (const token of Object.keys(position.insured)) assertKnown(part, { kind: "insurance", name: token }, insured);
  const eModes = market.eModes.map(({ id }) => id);
  if (position.eMode !== null) assertKnown(part, { kind: "e-mode", name: position.eMode }, eModes);
  for (const token of Object.keys(position.borrowed)) {
    const reserve = market.reserves.find((known) => known.token === token);
    const eMode = market.eModes.find(({ id }) => id === position.eMode);
    const may = position.eMode === null ? reserve?.borrowable : eMode?.borrowable.includes(token);
    if (may !== true) refuse(part, `${token} cannot be borrowed there`, "Make it borrowable, or borrow another token.");
  }
  assertHealthy(spec, market, position);
}

function assertIsolatedPosition(spec: DefiSpec, position: IsolatedPositionSpec): void {
  const part = `position of ${position.participant} in ${position.market}`;
  const ids = spec.isolated.map(({ id }) => id);
  assertKnown(part, { kind: "isolated market", name: position.market }, ids);
  const market = spec.isolated.find(({ id }) => id === position.market);
  if (market === undefined) return;
  const { supplied, collateral, borrowed } = position;
  for (const [name, value] of Object.entries({ supplied, collateral, borrowed })) {
    assertRange(part, { name, value }, [0n, null]);
  }
  const price = openingPrice(spec, market.collateralFeed);
  const loan = market.loanFeed === null ? 10n ** 8n : openingPrice(spec, market.loanFeed);
  if (price === null || loan === null || loan === 0n) return;
  const decimals = 10n ** BigInt(decimalsOf(spec, market.collateral));
  const value = (collateral * price * 10n ** BigInt(decimalsOf(spec, market.loan))) / (decimals * loan);
  const most = (value * market.lltv) / WAD;
  if (borrowed > most) {
    refuse(
      part,
      `its debt of ${borrowed} is above its limit of ${most} ${market.loan}`,
      "Lower the debt or raise the collateral.",
    );
  }
}

/** Refuses what a reserve's caps would not let in. */
function assertCaps(
  market: string,
  { token, supplyCap, borrowCap }: ReserveSpec,
  sums: { readonly supplied: Amount; readonly borrowed: Amount },
): void {
  const all = [
    ["supplied", "supply cap", supplyCap],
    ["borrowed", "borrow cap", borrowCap],
  ] as const;
  for (const [what, name, cap] of all) {
    if (cap === null || sums[what] <= cap) continue;
    const reason = `${sums[what]} of ${token} are ${what}, its ${name} is ${cap}`;
    refuse(`market ${market}`, reason, `Raise the ${name}, or write null for none.`);
  }
}

/** Refuses debts that nobody supplies. */
function assertSupplied(spec: DefiSpec): void {
  const sum = (amounts: readonly (Amount | undefined)[]): Amount => amounts.reduce<bigint>((a, b) => a + (b ?? 0n), 0n);
  for (const { id, reserves } of spec.lending) {
    const here = spec.lendingPositions.filter(({ market }) => market === id);
    for (const reserve of reserves) {
      const { token } = reserve;
      const borrowed = sum(here.map((position) => position.borrowed[token]));
      const supplied = sum(here.flatMap((position) => [position.supplied[token], position.insured[token]]));
      assertCaps(id, reserve, { supplied, borrowed });
      if (borrowed <= supplied) continue;
      const reason = `${borrowed} of ${token} are borrowed and ${supplied} supplied`;
      refuse(`market ${id}`, reason, "Let some population supply it.");
    }
  }
  for (const { id, loan } of spec.isolated) {
    const here = spec.isolatedPositions.filter(({ market }) => market === id);
    const [borrowed, supplied] = [
      sum(here.map((one) => one.borrowed)),
      sum([...here.map((one) => one.supplied), openingSupplyOf(spec, id)]),
    ];
    if (borrowed <= supplied) continue;
    refuse(
      `market ${id}`,
      `${borrowed} of ${loan} are borrowed and ${supplied} supplied`,
      "Let some population supply it.",
    );
  }
}

/**
 * Refuses wallets and positions that cannot be when the run begins.
 *
 * @param known - Every token of the layer.
 * @throws {@link WorldImpossibleError} naming the position, the value and what to do.
 */
export function assertPositions(spec: DefiSpec, known: ReadonlySet<string>): void {
  for (const [participant, balances] of Object.entries(spec.balances)) {
    for (const [name, value] of Object.entries(balances)) {
      assertKnown(`wallet of ${participant}`, { kind: "token", name }, known);
      assertRange(`wallet of ${participant}`, { name: `amount of ${name}`, value }, [0n, null]);
    }
  }
  for (const position of spec.lendingPositions) assertLendingPosition(spec, position);
  for (const position of spec.isolatedPositions) assertIsolatedPosition(spec, position);
  assertSupplied(spec);
}
