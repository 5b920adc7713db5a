import { spotOf } from "../model/defi/quotes.ts";
import { worthOf } from "../model/defi/worth.ts";
import type { Action } from "../model/action.ts";
import type { ActionResult } from "../model/fact.ts";
import type { View } from "../model/view.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import type { RunDefi, RunLiquidation } from "../report/run-record.ts";
import { WAD, type Seconds } from "../units/units.ts";
import type { StepResult } from "./books.ts";

/** What the names of errors say about a liquidation that failed, in the order in which they are tried. */
const REASONS: readonly (readonly [RegExp, RunLiquidation["result"]])[] = [
  [/Unprofitable|InsufficientOutput|TooExpensive|ERC20InsufficientBalance/i, "unprofitable"],
  [/Dust/i, "dust"],
  [/NotAllowed|NotPermitted|Frozen$|ShareHalted/i, "permissioned"],
  [/Restricted|Paused|Halted|Frozen/i, "paused"],
  [/InsufficientCash|InsufficientLiquidity|InsufficientReserve|MarketEmpty|Exhausted/i, "no liquidity"],
  [/Healthy|NotLiquidatable/i, "healthy"],
];

/** Why a liquidation failed, by the error it reverted with. */
export function reasonOf(error: string): RunLiquidation["result"] {
  if (/Unhealthy/.test(error)) return "failed";
  return REASONS.find(([pattern]) => pattern.test(error))?.[1] ?? "failed";
}

type Attempt = Pick<RunLiquidation, "kind" | "market" | "borrower" | "collateral" | "debt"> & {
  readonly sellOn: string | null;
  readonly health: bigint | null;
  /** Price of a whole collateral as the market sees it [wei]. */
  readonly price: bigint | null;
};

type Pooled = Extract<Action, { type: "liquidate" }>;
type Isolated = Extract<Action, { type: "isolatedLiquidate" }>;
type Trove = Extract<Action, { type: "liquidateTrove" }>;

function pooledAttempt(view: View, action: Pooled): Attempt {
  const { market, borrower, collateral, debt, sellOn } = action;
  const { defi } = view;
  const price = defi.lending[market]?.reserves[collateral]?.price ?? 0n;
  return {
    kind: "pooled",
    market,
    borrower,
    collateral,
    debt,
    sellOn,
    health: defi.lending[market]?.accounts[borrower]?.health ?? null,
    price: defi.etherPrice === 0n ? null : (price * WAD) / defi.etherPrice,
  };
}

function isolatedAttempt({ defi }: View, { market, borrower, sellOn }: Isolated): Attempt {
  const state = defi.isolated[market];
  const [collateral, debt] = [state?.collateral ?? "none", state?.loan ?? "none"];
  const unit = 10n ** BigInt(defi.tokens[collateral]?.decimals ?? 18);
  const price = worthOf(defi, debt, (unit * (state?.price ?? 0n)) / 10n ** 36n);
  const health = state?.positions[borrower]?.health ?? null;
  return { kind: "isolated", market, borrower, collateral, debt, sellOn, health, price };
}

function troveAttempt(spec: WorldSpec, { defi }: View, { cdp, branch, owner }: Trove): Attempt {
  const state = defi.cdps[cdp]?.branches[branch];
  const mcr = spec.defi?.cdps.find(({ id }) => id === cdp)?.branches.find(({ id }) => id === branch)?.mcr ?? WAD;
  const icr = state?.troves[owner]?.icr;
  return {
    kind: "trove",
    market: `${cdp}/${branch}`,
    borrower: owner,
    collateral: state?.collateral ?? "none",
    debt: cdp,
    sellOn: null,
    health: icr === undefined ? null : (icr * WAD) / mcr,
    price: state === undefined || defi.etherPrice === 0n ? null : (state.price * 10n ** 8n) / defi.etherPrice,
  };
}

function attemptOf(spec: WorldSpec, view: View, action: Action): Attempt | null {
  if (action.type === "liquidate") return pooledAttempt(view, action);
  if (action.type === "isolatedLiquidate") return isolatedAttempt(view, action);
  return action.type === "liquidateTrove" ? troveAttempt(spec, view, action) : null;
}

/** Amounts that an attempt moved [wei]. */
function amountsOf(view: View, { facts }: ActionResult) {
  const { defi } = view;
  const done = facts.find((fact) => fact.kind === "liquidated");
  const trove = facts.find((fact) => fact.kind === "troveLiquidated");
  if (done !== undefined) {
    const inDebt = (amount: bigint | null): string | null =>
      amount === null ? null : worthOf(defi, done.debt, amount).toString();
    const bad = Object.entries(done.badDebt).reduce((sum, [token, amount]) => sum + worthOf(defi, token, amount), 0n);
    return {
      seized: worthOf(defi, done.collateral, done.seized).toString(),
      repaid: worthOf(defi, done.debt, done.repaid).toString(),
      proceeds: inDebt(done.proceeds),
      profit: inDebt(done.profit),
      badDebt: bad.toString(),
    };
  }
  const collateral = defi.cdps[trove?.cdp ?? ""]?.branches[trove?.branch ?? ""]?.collateral ?? "";
  const [taken, debt] =
    trove === undefined
      ? [0n, 0n]
      : [trove.collateralToPool + trove.collateralRedistributed, trove.debtOffset + trove.debtRedistributed];
  const seized = worthOf(defi, collateral, taken).toString();
  return {
    seized,
    repaid: worthOf(defi, trove?.cdp ?? "", debt).toString(),
    proceeds: null,
    profit: null,
    badDebt: "0",
  };
}

/** Every attempt to liquidate of a step, failures included. */
export function attemptsOf(spec: WorldSpec, { step, before, after, results }: StepResult): RunLiquidation[] {
  return results.flatMap((result): RunLiquidation[] => {
    const { planned, outcome, gas, facts } = result;
    const attempt = attemptOf(spec, before, planned.action);
    if (attempt === null) return [];
    const { sellOn, health, price, ...about } = attempt;
    const done = facts.find((fact) => fact.kind === "liquidated");
    const spot = sellOn === null ? 0n : spotOf(before.defi, sellOn, [about.collateral, about.debt]);
    const worth = before.defi.tokens[about.debt]?.worth ?? 0n;
    return [
      {
        step,
        time: after.time.toString(),
        ...about,
        liquidator: planned.agent,
        result: outcome.status === "ok" ? "done" : reasonOf(outcome.error),
        error: outcome.status === "ok" ? null : outcome.error,
        health: (done === undefined || done.healthBefore === 0n ? health : done.healthBefore)?.toString() ?? null,
        collateralPrice: price?.toString() ?? null,
        marketPrice: spot === 0n ? null : ((spot * worth) / WAD).toString(),
        ...amountsOf(after, result),
        gas: gas.toString(),
      },
    ];
  });
}

/** What guardians, governors and issuers do when something goes wrong. */
const GUARDING = new Set<Action["type"]>([
  "freezeReserve",
  "pauseReserve",
  "setReserveLimits",
  "setCaps",
  "setCurve",
  "setReserveFeed",
  "pauseInsurance",
  "coverDeficit",
  "donateToDeficit",
  "setFeedBounds",
  "setSnapshot",
  "setFeedBase",
  "setHeartbeat",
  "vaultPause",
  "rampAmplification",
  "fundHalt",
  "shutdownBranch",
  "marketVaultReallocate",
  "marketVaultSetCap",
  "marketVaultMark",
]);

/** Market, feed or token that an action is about. */
function subjectOf(action: Action): string {
  const fields = action as unknown as Readonly<Record<string, unknown>>;
  const named = ["market", "vault", "feed", "pool", "fund", "dollar", "cdp"].map((key) => fields[key]);
  const found = [...named, fields["token"]].filter((value) => typeof value === "string");
  return found.join("/");
}

/** What guardians did in a step, and how long after the last shock. */
export function guardianActs(at: StepResult, shockedAt: Seconds | null): RunDefi["guardians"] {
  const { step, after, results } = at;
  return results
    .filter(({ planned }) => planned.origin === "agent" && GUARDING.has(planned.action.type))
    .map(({ planned, outcome }) => ({
      step,
      time: after.time.toString(),
      agent: planned.agent,
      type: planned.action.type,
      on: subjectOf(planned.action),
      ok: outcome.status === "ok",
      latency: shockedAt === null ? null : (after.time - shockedAt).toString(),
    }));
}
