import { WAD } from "../../units/units.ts";
import type { Shock } from "../shock.ts";
import type { OracleFault } from "../shocks/defi-shock.ts";
import type { PricePath, PricePoint } from "../shocks/price-path.ts";
import { assertAction } from "./check-action.ts";
import { assertAmount, assertFraction, assertPeriod, MOST_PARTS, refuse } from "./checks.ts";

/** Most points of a path: as many as a run has steps at most. */
const MAX_POINTS = 1_000_000n;
/** Beyond this the exponential of a walk would leave every width. */
const MAX_RATE = 100n * WAD;

function assertPrice(field: string, price: bigint): void {
  if (price <= 0n) refuse(field, price, "Use a price above 0, in the feed's decimals.");
  if (price > MOST_PARTS) refuse(field, price, `Use at most ${MOST_PARTS}, in the feed's decimals.`);
}

/** Refuses points that do not rise in time, or leave a gap where they say that they do not. */
function assertPoints(field: string, points: readonly PricePoint[], every: bigint | null): void {
  if (every !== null) assertPeriod(`${field}.every`, every);
  points.forEach(({ after, price }, at) => {
    const before = points[at - 1];
    const place = `${field}.points[${at}]`;
    assertPrice(`${place}.price`, price);
    if (before === undefined) {
      if (after < 0n) refuse(`${place}.after`, after, "Use 0 s or more after the entry's time.");
      return;
    }
    if (after <= before.after)
      refuse(`${place}.after`, after, `Use a time after the point before it, ${before.after} s.`);
    if (every !== null && after !== before.after + every) {
      const hint = `The path has a gap: a point is due at ${before.after + every} s, ${every} s after the one before it.`;
      refuse(`${place}.after`, after, hint);
    }
  });
}

function assertRate(field: string, value: bigint): void {
  if (value < -MAX_RATE || value > MAX_RATE) refuse(field, value, "Use a rate from percent(-10000) to percent(10000).");
}

function assertPath(field: string, path: PricePath): void {
  if (path.kind === "points") {
    assertPoints(field, path.points, path.every);
    return;
  }
  assertPrice(`${field}.from`, path.from);
  assertPeriod(`${field}.every`, path.every);
  assertPeriod(`${field}.length`, path.length);
  if (path.length / path.every > MAX_POINTS) refuse(`${field}.every`, path.every, `Use at most ${MAX_POINTS} points.`);
  assertRate(`${field}.drift`, path.drift);
  if (path.volatility < 0n) refuse(`${field}.volatility`, path.volatility, "Use 0 or more.");
  assertRate(`${field}.volatility`, path.volatility);
  const { jumps, reversion, correlation } = path;
  if (jumps !== undefined) {
    const often = (jumps.perYear * path.every) / 31_536_000n;
    if (jumps.perYear < 0n) refuse(`${field}.jumps.perYear`, jumps.perYear, "Use 0 or more.");
    if (often > WAD) refuse(`${field}.jumps.perYear`, jumps.perYear, "Use at most one jump between two points.");
    assertRate(`${field}.jumps.mean`, jumps.mean);
    assertRate(`${field}.jumps.deviation`, jumps.deviation);
  }
  if (reversion !== undefined) {
    assertPrice(`${field}.reversion.to`, reversion.to);
    if (reversion.strength < 0n) refuse(`${field}.reversion.strength`, reversion.strength, "Use 0 or more.");
    assertRate(`${field}.reversion.strength`, reversion.strength);
  }
  if (correlation !== undefined && (correlation.rho > WAD || correlation.rho < 0n - WAD)) {
    refuse(`${field}.correlation.rho`, correlation.rho, "Use a correlation from percent(-100) to percent(100).");
  }
}

/** A time that may be 0. */
function assertWait(field: string, value: bigint): void {
  if (value < 0n) refuse(field, value, "Use 0 or more.");
  if (value > 0n) assertPeriod(field, value);
}

/** An answer that is wrong on purpose may be below zero, but has to fit into what the contracts multiply it with. */
function assertAnswer(field: string, value: bigint): void {
  if (value > MOST_PARTS || value < 0n - MOST_PARTS)
    refuse(field, value, `Use at most ${MOST_PARTS} on either side of 0.`);
}

function assertFault(field: string, fault: OracleFault): void {
  if ("age" in fault) assertWait(`${field}.age`, fault.age);
  if (fault.kind === "misSetCap") {
    if (fault.ratio <= 0n) refuse(`${field}.ratio`, fault.ratio, "Use a ratio above 0.");
    assertAnswer(`${field}.ratio`, fault.ratio);
  }
  if (fault.kind === "wrongAnswer") assertAnswer(`${field}.answer`, fault.answer);
  if (fault.kind === "bounds") {
    assertAnswer(`${field}.min`, fault.min);
    assertAnswer(`${field}.max`, fault.max);
  }
  if (fault.kind === "wrongUnit" && (fault.digits === 0 || Math.abs(fault.digits) > 36)) {
    refuse(`${field}.digits`, fault.digits, "Use a number of digits from -36 to 36, not 0.");
  }
  if (fault.kind === "bounds" && fault.min > fault.max) {
    refuse(`${field}.min`, fault.min, `Use at most the upper bound, ${fault.max}.`);
  }
}

/** Refuses values of a shock that cannot be, whatever world it comes upon. */
export function assertShock(field: string, shock: Shock): void {
  if (shock.type === "act") assertAction(`${field}.action`, shock.action);
  if ("fraction" in shock) assertFraction(`${field}.fraction`, shock.fraction);
  if ("amount" in shock && shock.amount !== "all") assertAmount(`${field}.amount`, shock.amount);
  if ("length" in shock && shock.length !== null) assertWait(`${field}.length`, shock.length);
  if ("lag" in shock) assertWait(`${field}.lag`, shock.lag);
  if (shock.type === "pricePath") assertPath(`${field}.path`, shock.path);
  if (shock.type === "oracleFault") assertFault(`${field}.fault`, shock.fault);
  if (shock.type === "bankHoliday") assertPeriod(`${field}.length`, shock.length);
  if (shock.type === "halt" && shock.length !== null) assertPeriod(`${field}.length`, shock.length);
  if (shock.type === "rateSqueeze" && (shock.utilisation <= 0n || shock.utilisation > WAD)) {
    refuse(`${field}.utilisation`, shock.utilisation, "Use a fraction above 0, up to percent(100).");
  }
}
