import { expect } from "chai";

import { flashFees, type FlashedReserve } from "../../../../../src/analysis/defi/flash-fees.ts";
import type { Fact } from "../../../../../src/model/fact.ts";
import { ETHER, paperDefi } from "../../../../helpers/defi-paper.ts";

const RAY = 10n ** 27n;
const IN = { market: "core", token: "weth" } as const;
const INTEREST = RAY + RAY / 1_000n;
const FEE = ETHER / 10n;

/** What suppliers have of a fee goes to their claims; of this one a tenth is the treasury's. */
const loan: Fact = { kind: "flashLoaned", ...IN, who: "loopers", amount: ETHER, fee: FEE, treasuryFee: FEE / 10n };
const supply: Fact = { kind: "lendingMoved", ...IN, who: "hodl", move: "supply", amount: 100n * ETHER };

function reserve(facts: readonly Fact[]): FlashedReserve & { readonly all: bigint } {
  const market = paperDefi().defi.lending["core"];
  if (market === undefined) throw new RangeError("the world has a market");
  const all = ((market.reserves["weth"]?.supplied ?? 0n) * INTEREST) / RAY;
  const index = INTEREST;
  return { market, id: "core", token: "weth", facts, index: [RAY, index], all };
}

describe("flashFees", () => {
  it("leaves an index to interest where nobody borrowed for a flash", () => {
    expect(flashFees(reserve([supply]))).to.deep.equal({ loans: [], index: INTEREST, gains: new Map() });
  });

  it("finds the index that the fees made higher, and gives them to who has claims", () => {
    const at = reserve([loan]);
    const part = FEE - FEE / 10n;
    const after = INTEREST + (INTEREST * part) / at.all;
    const { index, gains } = flashFees({ ...at, index: [RAY, after] });
    expect(index).to.equal(INTEREST);
    const given = [...gains.values()].reduce((sum, gain) => sum + gain, 0n);
    expect(given <= part && given > (part * 99n) / 100n, `${given} of ${part}`).to.equal(true);
  });

  it("gives who supplied before the loan its part, and who supplied after it none", () => {
    const gainOf = (...facts: readonly Fact[]): bigint =>
      flashFees({ ...reserve(facts), index: [RAY, INTEREST + RAY / 10_000n] }).gains.get("hodl") ?? 0n;
    expect(gainOf(supply, loan) > 0n).to.equal(true);
    expect(gainOf(loan, supply)).to.equal(0n);
  });
});
