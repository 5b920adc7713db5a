import { divHalfUp } from "../../maths/integer.ts";
import type { DefiSpec } from "./defi.ts";
import type { EModeSpec, LendingSpec, RateCurve, ReserveSpec } from "./lending.ts";
import { assertKnown, assertRange, refuse } from "./refuse.ts";
import { showValue } from "../parameters/parameter-value.ts";

/** 100 % in basis points. */
const BPS = 10_000n;

const show = (value: bigint): string => showValue(value, "fraction4");

type Limits = Pick<ReserveSpec, "ltv" | "lt" | "bonus">;

/**
 * Refuses limits by which a liquidation could not pay: the threshold times the bonus may be 100 % at most, or a
 * position that has just become liquidatable would owe more collateral than it has.
 */
function assertLimits(part: string, { ltv, lt, bonus }: Limits): void {
  if (lt < 0n || lt > BPS) refuse(part, `its liquidation threshold is ${show(lt)}`, "Use 0 % to 100 %.");
  if (ltv < 0n || ltv > lt) {
    const hint =
      lt === 0n ? "Use 0 %: its liquidation threshold is 0 %." : `Use 0 % to ${show(lt)}, its liquidation threshold.`;
    refuse(part, `its LTV is ${show(ltv)}`, hint);
  }
  assertRange(part, { name: "bonus", value: bonus, unit: "fraction4" }, [0n, null]);
  if (lt === 0n) return;
  if (bonus < BPS)
    refuse(part, `its bonus is ${show(bonus)}`, "It is a factor: 105 % are 5 % more; use 100 % at least.");
  const taken = divHalfUp(lt * bonus, BPS);
  if (taken > BPS) {
    const reason = `its threshold of ${show(lt)} times its bonus of ${show(bonus)} is ${show(taken)}, above 100 %`;
    refuse(part, reason, `Lower one of them: at this threshold the bonus may be ${show((BPS * BPS) / lt)}.`);
  }
}

function assertCurve(part: string, { optimal, base, slope1, slope2 }: RateCurve): void {
  assertRange(part, { name: "optimal utilisation", value: optimal, unit: "fraction4" }, [100n, 9_900n]);
  for (const [name, value] of Object.entries({ base, slope1, slope2 })) {
    assertRange(part, { name, value, unit: "fraction4" }, [0n, null]);
  }
  if (slope2 < slope1)
    refuse(part, `its slope2 of ${show(slope2)} is below its slope1 of ${show(slope1)}`, "A curve bends upwards.");
  assertRange(part, { name: "highest borrow rate", value: base + slope1 + slope2, unit: "fraction4" }, [0n, 100_000n]);
}

function assertReserve(market: string, reserve: ReserveSpec, known: Known): void {
  const part = `reserve ${reserve.token} of market ${market}`;
  assertKnown(part, { kind: "token", name: reserve.token }, known.tokens);
  assertKnown(part, { kind: "feed", name: reserve.feed }, known.feeds);
  assertLimits(part, reserve);
  assertRange(part, { name: "protocol's share of the bonus", value: reserve.bonusFee, unit: "fraction4" }, [0n, BPS]);
  assertRange(part, { name: "reserve factor", value: reserve.reserveFactor, unit: "fraction4" }, [0n, BPS]);
  assertRange(part, { name: "supply cap", value: reserve.supplyCap ?? 0n }, [0n, null]);
  assertRange(part, { name: "borrow cap", value: reserve.borrowCap ?? 0n }, [0n, null]);
  assertCurve(part, reserve.curve);
}

function assertEMode(market: string, eMode: EModeSpec, tokens: readonly string[]): void {
  const part = `e-mode ${eMode.id} of market ${market}`;
  assertLimits(part, eMode);
  for (const name of [...eMode.collateral, ...eMode.borrowable]) assertKnown(part, { kind: "reserve", name }, tokens);
}

interface Known {
  readonly tokens: ReadonlySet<string>;
  readonly feeds: readonly string[];
}

function assertOnce(part: string, kind: string, names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) refuse(part, `it has two ${kind}s ${twice}`, "Keep one.");
}

function assertMarket(market: LendingSpec, known: Known): void {
  const part = `market ${market.id}`;
  const tokens = market.reserves.map(({ token }) => token);
  assertOnce(part, "reserve", tokens);
  assertOnce(
    part,
    "e-mode",
    market.eModes.map(({ id }) => id),
  );
  assertOnce(
    part,
    "insurance",
    market.insurance.map(({ token }) => token),
  );
  for (const reserve of market.reserves) assertReserve(market.id, reserve, known);
  for (const eMode of market.eModes) assertEMode(market.id, eMode, tokens);
  if (market.closeFactor !== "default") {
    assertRange(part, { name: "close factor", value: market.closeFactor, unit: "fraction4" }, [1n, BPS]);
  }
  assertRange(part, { name: "flash loan fee", value: market.flashFeeBps, unit: "fraction4" }, [0n, BPS]);
  for (const { token, offset, cooldown, window, feeBps } of market.insurance) {
    const insurance = `insurance of ${token} in market ${market.id}`;
    assertKnown(insurance, { kind: "reserve", name: token }, tokens);
    assertRange(insurance, { name: "offset", value: offset }, [0n, null]);
    assertRange(insurance, { name: "cooldown", value: cooldown, unit: "seconds" }, [0n, null]);
    assertRange(insurance, { name: "window", value: window, unit: "seconds" }, [1n, null]);
    assertRange(insurance, { name: "fee", value: feeBps, unit: "fraction4" }, [0n, BPS]);
  }
}

/**
 * Refuses pooled markets whose limits contradict each other.
 *
 * @param known - Every token of the layer.
 * @throws {@link WorldImpossibleError} naming the part, the value and what to do.
 */
export function assertLending(spec: DefiSpec, known: ReadonlySet<string>): void {
  const feeds = spec.feeds.map(({ id }) => id);
  for (const market of spec.lending) assertMarket(market, { tokens: known, feeds });
}
