import { WAD } from "../../units/units.ts";
import { showValue } from "../parameters/parameter-value.ts";
import type { CdpSpec, IsolatedSpec } from "./credit.ts";
import type { DefiSpec } from "./defi.ts";
import { assertKnown, assertRange, refuse } from "./refuse.ts";

const show = (value: bigint): string => showValue(value, "fraction");

/** What parts of a layer may name. */
export interface KnownNames {
  readonly tokens: ReadonlySet<string>;
  readonly feeds: readonly string[];
  readonly participants: readonly string[];
}

function assertIsolated(market: IsolatedSpec, known: KnownNames): void {
  const part = `market ${market.id}`;
  assertKnown(part, { kind: "token", name: market.loan }, known.tokens);
  assertKnown(part, { kind: "token", name: market.collateral }, known.tokens);
  if (market.loan === market.collateral) refuse(part, `it lends ${market.loan} against itself`, "Name two tokens.");
  assertKnown(part, { kind: "feed", name: market.collateralFeed }, known.feeds);
  if (market.loanFeed !== null) assertKnown(part, { kind: "feed", name: market.loanFeed }, known.feeds);
  if (market.lltv <= 0n || market.lltv >= WAD) {
    refuse(part, `its LLTV is ${show(market.lltv)}`, "Use a fraction above 0 % and below 100 %.");
  }
  assertRange(part, { name: "fee", value: market.fee, unit: "fraction" }, [0n, WAD / 4n]);
}

function assertBranch(cdp: CdpSpec, branch: CdpSpec["branches"][number], known: KnownNames): void {
  const part = `branch ${branch.id} of ${cdp.id}`;
  assertKnown(part, { kind: "token", name: branch.collateral }, known.tokens);
  assertKnown(part, { kind: "feed", name: branch.feed }, known.feeds);
  const { mcr, ccr, scr, poolPenalty, redistributionPenalty } = branch;
  if (mcr <= WAD) refuse(part, `its MCR is ${show(mcr)}`, "Use a ratio above 100 %.");
  if (ccr < mcr) refuse(part, `its CCR of ${show(ccr)} is below its MCR of ${show(mcr)}`, "Use the MCR at least.");
  if (scr <= WAD || scr > ccr)
    refuse(part, `its SCR is ${show(scr)}`, `Use a ratio above 100 %, up to the CCR, ${show(ccr)}.`);
  assertRange(part, { name: "CCR", value: ccr, unit: "fraction" }, [mcr, null]);
  assertRange(part, { name: "pool penalty", value: poolPenalty, unit: "fraction" }, [0n, WAD]);
  assertRange(part, { name: "redistribution penalty", value: redistributionPenalty, unit: "fraction" }, [
    poolPenalty,
    WAD,
  ]);
}

function assertCdp(cdp: CdpSpec, known: KnownNames): void {
  const branches = cdp.branches.map(({ id }) => id);
  const twice = branches.find((id, at) => branches.indexOf(id) !== at);
  if (twice !== undefined) refuse(`CDP ${cdp.id}`, `it has two branches ${twice}`, "Rename one.");
  for (const branch of cdp.branches) assertBranch(cdp, branch, known);
  assertRange(`CDP ${cdp.id}`, { name: "least debt", value: cdp.minDebt, unit: "decimal" }, [0n, null]);
  for (const { branch, participant, collateral, debt, rate } of cdp.troves) {
    const part = `trove of ${participant} in ${cdp.id}`;
    assertKnown(part, { kind: "branch", name: branch }, branches);
    assertKnown(part, { kind: "participant", name: participant }, known.participants);
    assertRange(part, { name: "collateral", value: collateral }, [0n, null]);
    assertRange(part, { name: "debt", value: debt, unit: "decimal" }, [0n, null]);
    if (collateral <= 0n) refuse(part, `its collateral is ${showValue(collateral, "decimal")}`, "Give some.");
    if (debt < cdp.minDebt)
      refuse(
        part,
        `its debt of ${showValue(debt, "decimal")} is below ${showValue(cdp.minDebt, "decimal")}`,
        "Borrow more, or nothing.",
      );
    assertRange(part, { name: "rate", value: rate, unit: "fraction" }, [WAD / 200n, (5n * WAD) / 2n]);
  }
  for (const { branch, participant, amount } of cdp.deposits) {
    const part = `deposit of ${participant} in ${cdp.id}`;
    assertKnown(part, { kind: "branch", name: branch }, branches);
    assertKnown(part, { kind: "participant", name: participant }, known.participants);
    assertRange(part, { name: "amount", value: amount }, [0n, null]);
  }
}

/**
 * Refuses isolated markets and CDPs that contradict themselves.
 *
 * @throws {@link WorldImpossibleError} naming the part, the value and what to do.
 */
export function assertCredit(spec: DefiSpec, known: KnownNames): void {
  for (const market of spec.isolated) assertIsolated(market, known);
  for (const cdp of spec.cdps) assertCdp(cdp, known);
}
