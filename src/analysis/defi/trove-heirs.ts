import type { DefiView } from "../../model/defi/defi.ts";
import type { ActionResult, Fact } from "../../model/fact.ts";
import { splitByWeight } from "./account-book.ts";
import { mapValues } from "./view-changes.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
type Collaterals = Readonly<Record<string, bigint>>;

/** Actions whose transfers of collateral are to troves, or from them. */
const OF_TROVES: readonly string[] = ["openTrove", "adjustTrove", "closeTrove"];

const add = (troves: Collaterals, who: string, amount: bigint): Collaterals => {
  return { ...troves, [who]: (troves[who] ?? 0n) + amount };
};

/** Who inherits what no pool pays, by the collateral of the troves that are left; its owner may have others. */
export function inherit(amount: bigint, heirs: Collaterals = {}): readonly (readonly [string, bigint])[] {
  const parts = splitByWeight(amount, Object.values(heirs));
  return Object.keys(heirs).map((who, place) => [who, parts[place] ?? 0n] as const);
}

/** Collateral of a branch's troves once one of them is gone. */
function without(troves: Collaterals, fact: FactOf<"troveLiquidated">): Collaterals {
  const { collateralToPool, collateralRedistributed, gasCollateral, surplus } = fact;
  const left = (troves[fact.owner] ?? 0n) - collateralToPool - collateralRedistributed - gasCollateral - surplus;
  return { ...troves, [fact.owner]: left > 0n ? left : 0n };
}

/** Collateral of the troves of a branch as its liquidations find them, one after the other. */
function heirsIn(defi: DefiView, place: { cdp: string; branch: string }, results: readonly ActionResult[]) {
  const branch = defi.cdps[place.cdp]?.branches[place.branch];
  const found: (readonly [Fact, Collaterals])[] = [];
  let troves: Collaterals = mapValues(branch?.troves ?? {}, ({ collateral }) => collateral);
  const isHere = (other: object): boolean =>
    "cdp" in other && "branch" in other && other.cdp === place.cdp && other.branch === place.branch;
  const follow = (fact: Fact, isMove: boolean): void => {
    if (fact.kind === "tokenTransferred" && isMove && fact.token === branch?.collateral) {
      if (fact.from !== null) troves = add(troves, fact.from, fact.amount);
      if (fact.to !== null) troves = add(troves, fact.to, 0n - fact.amount);
    }
    if (fact.kind === "troveRedeemed" && isHere(fact)) troves = add(troves, fact.owner, 0n - fact.collateral);
    if (fact.kind !== "troveLiquidated" || !isHere(fact)) return;
    troves = without(troves, fact);
    found.push([fact, troves]);
    for (const [who, part] of inherit(fact.collateralRedistributed, troves)) troves = add(troves, who, part);
  };
  for (const { planned, facts } of results) {
    const isMove = OF_TROVES.includes(planned.action.type) && isHere(planned.action);
    for (const fact of facts) follow(fact, isMove);
  }
  return found;
}

/**
 * Collateral of everybody's troves at each liquidation: by it debt and collateral that the stability pool does not take
 * are shared out, whatever else the step has done to them. A trove's stake is in proportion to its collateral.
 */
export function heirsAt(defi: DefiView, results: readonly ActionResult[]): ReadonlyMap<Fact, Collaterals> {
  const places = Object.entries(defi.cdps).flatMap(([cdp, { branches }]) =>
    Object.keys(branches).map((branch) => ({ cdp, branch })),
  );
  return new Map(places.flatMap((place) => heirsIn(defi, place, results)));
}
