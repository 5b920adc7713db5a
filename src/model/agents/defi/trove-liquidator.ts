import type { Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent } from "../../agent.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** Which troves somebody liquidates. */
export interface TroveLiquidatorParams {
  readonly cdp: string;
  /** Collateral ratio below which a branch liquidates [WAD], by branch. */
  readonly mcr: Readonly<Record<string, Wad>>;
  /** Troves a step; default all of them. */
  readonly perStep?: number;
}

/**
 * Liquidates troves below their branch's minimum ratio, the worst first: the stability pool pays, so it takes no capital
 * and no sale, and gas compensation is the reward. Source: spec of lending 2.6.
 */
export const troveLiquidator = defineAgent<TroveLiquidatorParams>({
  name: "trove-liquidator",
  numbers: USUAL_NUMBERS,
  role: "observer",
  parts: ({ cdp }) => ({ "branches of debt": cdp }),
  decide: ({ view, params: { cdp, mcr, perStep } }) => {
    const below = Object.entries(view.defi.cdps[cdp]?.branches ?? {}).flatMap(([branch, { troves }]) =>
      Object.entries(troves)
        .filter(([, { debt, icr }]) => debt > 0n && icr < (mcr[branch] ?? 0n))
        .map(([owner, { icr }]) => ({ branch, owner, icr })),
    );
    below.sort((a, b) => (a.icr === b.icr ? (a.owner < b.owner ? -1 : 1) : a.icr < b.icr ? -1 : 1));
    return below.slice(0, perStep).map(({ branch, owner }): Action => ({ type: "liquidateTrove", cdp, branch, owner }));
  },
});
