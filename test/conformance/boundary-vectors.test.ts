import { expect } from "chai";

import { ConformanceRunner, type CaseResult } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

const WAD = `1${"0".repeat(18)}`;

/** Beacon balances that no validator can have, as all of them are whole gwei. */
const FEW_WEI = {
  id: "few wei",
  model: "eigenlayer-beacon",
  steps: [
    { op: "deposit", staker: "alice", shares: "1" },
    { op: "slash", set: "A", wad: "750000000000000000" },
    { op: "deposit", staker: "alice", shares: "1" },
    { op: "beaconBalanceDrop", prevRestakedBalance: "2", decrease: "2" },
  ],
  expected: {
    withdrawableAfterSlash: "0",
    dsf: `2${"0".repeat(18)}`,
    withdrawableAfterVerify: "1",
    beaconFactor: "0",
    operatorSharesRemoved: "1",
    withdrawableFinal: "0",
    operatorShares: "1",
  },
};

const ODD_WEI = {
  id: "odd wei",
  model: "eigenlayer-beacon",
  steps: [
    { op: "deposit", staker: "alice", shares: "723257588618272745070484" },
    {
      op: "beaconBalanceDrop",
      prevRestakedBalance: "723257588618272745070484",
      decrease: "361628794309136372535242",
    },
  ],
  expected: { beaconFactor: "500000000000000000", operatorShares: "361628794309136372535242" },
};

/** Two operators together hold more than a strategy can. */
const FULL = {
  id: "more than a strategy holds",
  model: "eigenlayer",
  steps: [
    { op: "calcSlashedAmount", operatorShares: "50040996152815844930001143374359377320", prevMax: "2", newMax: "1" },
    { op: "calcSlashedAmount", operatorShares: "99999999999999999999999999999999999999", prevMax: "2", newMax: "1" },
    { op: "calcSlashedAmount", operatorShares: "7", prevMax: "3", newMax: "2" },
  ],
  expected: {
    results: ["25020498076407922465000571687179688660", "49999999999999999999999999999999999999", "2"],
  },
};

/** A report within its cap: the cap is of what was pooled before it. */
const WITHIN = {
  id: "within the cap",
  model: "lrt-etherfi",
  steps: [{ op: "rebase", tvl: "92085861027441927701", rewards: "230214652568604819" }],
  expected: { maxIncrease: "230214652568604819" },
};

/** 1 wei is worth no share of a vault at 19 for 17. */
const TOO_SMALL = {
  id: "too small a request",
  model: "lrt-etherfi",
  given: { totalShares: "17", totalPooledEther: "19" },
  steps: [{ op: "requestWithdraw", amount: "1" }],
  expected: {},
};

const ALL_IS_FEE = {
  id: "all growth is fee",
  model: "lrt-kelp",
  steps: [{ op: "updatePrice", totalEth: "1100", supply: "1000", oldPrice: WAD, feeBps: "10000" }],
  expected: { price: WAD },
};

/** The floors of two requests leave a wei that their batch locks; the budget is what the two of them pay. */
const EXACT_BUDGET = {
  id: "budget to the wei",
  inputs: {
    requests: ["100000000000000000000", "17532849160605437953"],
    totalPooled: "5015400224768632006115328",
    shares: "4179500187307193338429440",
    maxShareRateE27: "1199999999999999999999999999",
  },
};
const PAID = ["99999999999999999999", "17532849160605437951"];

describe("vectors at the edge of what contracts can be in", () => {
  const runners = [new ConformanceRunner("blocknumber"), new ConformanceRunner("timestamp")];

  after(async () => {
    for (const runner of runners) await runner.close();
  });

  async function run(format: string, vector: Readonly<Record<string, unknown>>): Promise<readonly CaseResult[]> {
    const [single] = parseConformanceFile("own.json", JSON.stringify({ format, vectors: [vector] }));
    if (single === undefined) return expect.fail("no case");
    const results: CaseResult[] = [];
    for (const runner of runners) results.push(await runner.run(single));
    return results;
  }

  async function passes(format: string, vector: Readonly<Record<string, unknown>>): Promise<void> {
    for (const result of await run(format, vector))
      expect(result).to.have.property("passed", true, String(vector["id"]));
  }

  it("book beacon balances that are no whole gwei", async () => {
    await passes("restaking-vectors/1", FEW_WEI);
    await passes("restaking-vectors/1", ODD_WEI);
  });

  it("ask about operators that could not stake at the same time", async () => {
    await passes("restaking-vectors/1", FULL);
  });

  it("tell a report's cap also where the report is let through", async () => {
    await passes("restaking-vectors/1", WITHIN);
  });

  it("fail where a step is refused that says nothing of it", async () => {
    for (const result of await run("restaking-vectors/1", TOO_SMALL)) {
      expect(result).to.have.deep.property("difference", {
        step: 0,
        field: "requestWithdraw",
        expected: "success",
        got: "RestakingVaultZeroAmount(1, 0)",
      });
    }
  });

  it("say that the contracts refuse a case, and do not blame the chain", async () => {
    for (const result of await run("restaking-vectors/1", ALL_IS_FEE)) {
      expect(result).to.have.property("reason").that.includes("setFee by owner").and.includes("NavOracleBadFee(10000");
      expect(result).to.have.property("reason").that.does.not.include("The chain failed");
    }
    const inputs = { debt: "0", coll: "1000", sp: "0", price: WAD };
    for (const result of await run("defi-vectors/1", { id: "no debt", inputs, expected: { collToSP: "0" } })) {
      expect(result).to.have.property("reason").that.includes("CollateralBranchNotLiquidatable(1, ");
    }
  });

  it("weigh each request of a queue alone against the budget", async () => {
    const { inputs } = EXACT_BUDGET;
    const whole = { claimable: PAID, finalizedCount: "2", remainingBudget: "0" };
    await passes("defi-vectors/1", {
      ...EXACT_BUDGET,
      inputs: { ...inputs, budget: "117532849160605437950" },
      expected: whole,
    });
    const first = { claimable: PAID.slice(0, 1), finalizedCount: "1", remainingBudget: "17532849160605437950" };
    await passes("defi-vectors/1", {
      ...EXACT_BUDGET,
      inputs: { ...inputs, budget: "117532849160605437949" },
      expected: first,
    });
  });

  it("let a small pool gain many times what it holds", async () => {
    const inputs = {
      ...{ preEther: "138994218010852474880", preShares: "70471038189920583681", clDelta: "700000000000000000000" },
      ...{ wVault: "0", elVault: "0", limit: "750000" },
    };
    await passes("defi-vectors/1", { id: "boom", inputs, expected: { elWithdrawn: "0", sharesToBurnLimit: "0" } });
  });

  it("sell to a window whose fee takes everything for nothing", async () => {
    const inputs = { gem: "81777", tin: WAD, tout: "0" };
    const expected = { sellOut: "0", buyIn: "81777000000000000" };
    await passes("defi-vectors/1", { id: "all is fee", inputs, expected });
  });
});
