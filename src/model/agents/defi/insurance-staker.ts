import { WAD } from "../../../units/units.ts";
import { defineAgent } from "../../agent.ts";
import { hiddenBadDebt } from "../../defi/solvency.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** What an insurance staker watches. */
export interface InsuranceStakerParams {
  readonly market: string;
  readonly token: string;
  /** Asks to leave as soon as debts exceed collateral at true worth; else only once a deficit is booked. */
  readonly informed: boolean;
}

/**
 * Insures a reserve and tries to be out before it has to pay: starts its cooldown when a deficit looms, leaves when the
 * cooldown is over. Source: the run of insurance stakers before booking, dossier 4.9.
 */
export const insuranceStaker = defineAgent<InsuranceStakerParams>({
  name: "insurance-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  parts: ({ market, token }) => ({ market, token }),
  decide: ({ me, now, view, params }) => {
    const { market, token, informed } = params;
    const lending = view.defi.lending[market];
    const own = lending?.insurance[token]?.stakers[me];
    if (lending === undefined || own === undefined || own.shares === 0n) return [];
    if (own.leavesAt !== null && now >= own.leavesAt) {
      return [{ type: "unstakeInsurance", market, token, shares: "all" }];
    }
    const booked = (lending.reserves[token]?.deficit ?? 0n) > 0n;
    const looms = booked || (informed && hiddenBadDebt(view.defi, market) > WAD);
    return looms && own.leavesAt === null ? [{ type: "cooldownInsurance", market, token }] : [];
  },
});
