import { YEAR } from "../../maths/arbitrage/redemption.ts";
import type { CdpBranchView } from "../../model/defi/credit.ts";
import type { DefiView } from "../../model/defi/defi.ts";
import type { Fact } from "../../model/fact.ts";
import { PROTOCOL } from "../../model/names.ts";
import type { WorldView } from "../../model/view.ts";
import type { Seconds } from "../../units/units.ts";
import type { HoldingStage } from "./lines.ts";
import { depositsAt, shareOut, takesInterest, type Deposits } from "./stability-deposits.ts";
import { mapValues } from "./view-changes.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
type PoolView = CdpBranchView["pool"];

function accrueBranch(branch: CdpBranchView, elapsed: Seconds): CdpBranchView {
  if (branch.shutdown) return branch;
  const troves = mapValues(branch.troves, (trove) => {
    return { ...trove, debt: trove.debt + (trove.yearly * elapsed) / YEAR };
  });
  return { ...branch, troves };
}

/** Debts of every branch grow with time; what they grow by is owed to nobody until it is minted. */
export function accrueCdp(now: DefiView, id: string, elapsed: Seconds): DefiView {
  const cdp = now.cdps[id];
  if (cdp === undefined) return now;
  const branches = mapValues(cdp.branches, (branch) => accrueBranch(branch, elapsed));
  return { ...now, cdps: { ...now.cdps, [id]: { ...cdp, branches } } };
}

/** Interest of a pool that reaches its depositors, by what is left of their deposits. */
function giveInterest(pool: PoolView, amount: bigint, by: Deposits | undefined): PoolView {
  if (by === undefined || !takesInterest(by)) return { ...pool, pending: pool.pending + amount };
  const deposits = { ...pool.deposits };
  for (const [who, part] of shareOut(pool.pending + amount, by)) {
    const deposit = deposits[who] ?? { compounded: 0n, gain: 0n, income: 0n };
    deposits[who] = { ...deposit, income: deposit.income + part };
  }
  return { ...pool, pending: 0n, deposits };
}

/** Interest as dollars: of the stability pool's depositors and of the treasury, or of a pool that waited for deposits. */
function pay(defi: DefiView, fact: FactOf<"interestMinted" | "depositMoved">, by: Deposits | undefined): DefiView {
  const [cdp, token] = [defi.cdps[fact.cdp], defi.tokens[fact.cdp]];
  const branch = cdp?.branches[fact.branch];
  if (cdp === undefined || token === undefined || branch === undefined) return defi;
  if (fact.kind === "depositMoved" && branch.pool.pending === 0n) return defi;
  const [toPool, toTreasury] = fact.kind === "interestMinted" ? [fact.toPool, fact.toTreasury] : [0n, 0n];
  const branches = { ...cdp.branches, [fact.branch]: { ...branch, pool: giveInterest(branch.pool, toPool, by) } };
  const held = defi.balances[PROTOCOL] ?? {};
  const minted = toPool + toTreasury;
  return {
    ...defi,
    balances: { ...defi.balances, [PROTOCOL]: { ...held, [fact.cdp]: (held[fact.cdp] ?? 0n) + toTreasury } },
    tokens: { ...defi.tokens, [fact.cdp]: { ...token, supply: token.supply + minted } },
    cdps: { ...defi.cdps, [fact.cdp]: { ...cdp, supply: cdp.supply + minted, branches } },
  };
}

/** A fee, of which the debt that it makes is its payer's: as if it were paid in dollars, before they are minted again. */
function charge(defi: DefiView, { cdp: id, owner, fee }: FactOf<"upfrontFee">): DefiView {
  const [cdp, token] = [defi.cdps[id], defi.tokens[id]];
  if (cdp === undefined || token === undefined) return defi;
  const held = defi.balances[owner] ?? {};
  return {
    ...defi,
    balances: { ...defi.balances, [owner]: { ...held, [id]: (held[id] ?? 0n) - fee } },
    tokens: { ...defi.tokens, [id]: { ...token, supply: token.supply - fee } },
    cdps: { ...defi.cdps, [id]: { ...cdp, supply: cdp.supply - fee } },
  };
}

function paid(defi: DefiView, fact: Fact, by: Deposits | undefined): DefiView {
  if (fact.kind === "upfrontFee") return charge(defi, fact);
  return fact.kind === "interestMinted" || fact.kind === "depositMoved" ? pay(defi, fact, by) : defi;
}

/** What fees and the interest that became dollars did, one after the other. */
export function cdpStages(now: WorldView, facts: readonly Fact[]): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  const deposits = depositsAt(now.defi, facts);
  for (const fact of facts) {
    const view = stages.at(-1)?.view ?? now;
    const defi = paid(view.defi, fact, deposits.get(fact));
    if (defi !== view.defi && "cdp" in fact) {
      stages.push({ channel: "interest", with: fact.cdp, view: { ...view, defi } });
    }
  }
  return stages;
}
