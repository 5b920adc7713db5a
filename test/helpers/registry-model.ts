import { BranchModel, type CdpTerms } from "./cdp-model.ts";
import { demand, halfUp, least, Refused } from "./model.ts";
import { Purse } from "./purse.ts";
import { StabilityModel } from "./stability-model.ts";

const WAD = 10n ** 18n;
/** Half is left after six hours. */
const MINUTE_DECAY = 998_076_443_575_628_800n;

/** What is left of one after some minutes: square and multiply, each product half up. */
function decay(minutes: bigint): bigint {
  if (minutes === 0n) return WAD;
  let [odd, base] = [WAD, MINUTE_DECAY];
  for (let left = minutes; left > 1n; left /= 2n) {
    if (left % 2n === 1n) odd = halfUp(base * odd, WAD);
    base = halfUp(base * base, WAD);
  }
  return halfUp(base * odd, WAD);
}

/** Branches of one dollar with their base rate. */
export class RegistryModel {
  readonly purse = new Purse();
  readonly branches: readonly BranchModel[];
  baseRate = 0n;
  lastUpdate: bigint;

  constructor(terms: readonly CdpTerms[], begun: { readonly registry: bigint; readonly branches: readonly bigint[] }) {
    this.branches = terms.map(
      (one, k) => new BranchModel(k.toString(), one, { purse: this.purse, now: begun.branches[k] ?? 0n }),
    );
    this.lastUpdate = begun.registry;
  }

  set now(time: bigint) {
    for (const branch of this.branches) branch.now = time;
  }

  get now(): bigint {
    return this.branches[0]?.now ?? 0n;
  }

  get minutes(): bigint {
    return (this.now - this.lastUpdate) / 60n;
  }

  rateAfter(redeemed: bigint, supply: bigint): bigint {
    return least(WAD, (this.baseRate * decay(this.minutes)) / WAD + (redeemed * WAD) / supply);
  }

  redeem(who: string, amount: bigint, given: { readonly troves: number; readonly maxRate: bigint }): void {
    const { supply } = this.purse;
    demand(amount > 0n && supply > 0n, "BranchRegistryNothingRedeemed", amount);
    const open = this.branches.map(({ redeemable }) => redeemable);
    const sum = (name: "debt" | "unbacked"): bigint => open.reduce((all, one) => all + (one?.[name] ?? 0n), 0n);
    const kind = sum("unbacked") > 0n ? "unbacked" : "debt";
    const total = sum(kind);
    const offered = kind === "unbacked" ? least(amount, total) : amount;
    const rate = least(WAD, WAD / 200n + this.rateAfter(offered, supply));
    demand(rate <= given.maxRate, "BranchRegistryRateTooHigh", rate, given.maxRate);
    let redeemed = 0n;
    for (const [k, branch] of this.branches.entries()) {
      const part = total === 0n ? 0n : (offered * (open[k]?.[kind] ?? 0n)) / total;
      if (part > 0n) redeemed += branch.redeem(who, part, rate, given.troves);
    }
    demand(redeemed > 0n, "BranchRegistryNothingRedeemed", amount);
    this.baseRate = this.rateAfter(redeemed, supply);
    this.lastUpdate += this.minutes * 60n;
  }

  /** Does something; takes it back if it is refused. */
  attempt<T>(verb: () => T): { readonly refused: Refused } | { readonly done: T } {
    const parts: readonly object[] = [this.purse, ...this.branches.flatMap((branch) => [branch, branch.pool])];
    const isOwn = (value: unknown): boolean => !(value instanceof Purse || value instanceof StabilityModel);
    const saved = parts.map((part) =>
      structuredClone(Object.fromEntries(Object.entries(part).filter(([, value]) => isOwn(value)))),
    );
    const { baseRate, lastUpdate } = this;
    try {
      return { done: verb() };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      for (const [k, part] of parts.entries()) Object.assign(part, saved[k]);
      Object.assign(this, { baseRate, lastUpdate });
      return { refused: error };
    }
  }
}
