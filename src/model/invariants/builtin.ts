import type { Invariant } from "../invariant.ts";
import type { WorldSpec } from "../world-spec.ts";
import { defiInvariants } from "./defi/builtin.ts";
import { slashesStayWithinCapturedStake } from "./exposure.ts";
import { nobodyGainsFromTheirSlash, slashesBite, slashesStayInTheirSet } from "./slashing.ts";
import { claimsAreBacked, magnitudesAreBounded, operatorSharesCoverStakers, tokensAreConserved } from "./stake.ts";

/** The laws that every run checks after every step; fresh for each run, since some remember. */
export function builtinInvariants(spec: WorldSpec): readonly Invariant[] {
  return [
    magnitudesAreBounded,
    operatorSharesCoverStakers,
    claimsAreBacked,
    slashesStayInTheirSet,
    nobodyGainsFromTheirSlash,
    tokensAreConserved,
    slashesBite,
    slashesStayWithinCapturedStake(spec.delays.deallocation),
    ...(spec.defi === null ? [] : defiInvariants(spec.defi)),
  ];
}
