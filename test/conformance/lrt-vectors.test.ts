import { readFileSync } from "node:fs";

import { expect } from "chai";

import { ConformanceRunner } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

const read = (file: string) =>
  parseConformanceFile(file, readFileSync(new URL(`./vectors/${file}`, import.meta.url), "utf8"));

const ether = (amount: number): string => `${amount}${"0".repeat(18)}`;

/** A buffer of 40 meets a request of 60: the deficit is filled by deposits before anything can be claimed. */
const DEFICIT = {
  id: "deficit",
  model: "lrt-renzo",
  given: { available: ether(40) },
  steps: [
    { op: "requestWithdraw", amount: ether(60) },
    { op: "deposit", amount: ether(15) },
    { op: "claim", expectRevert: "QueuedWithdrawalNotFilled" },
    { op: "fillWithdrawQueue", amount: ether(10) },
    { op: "claim" },
  ],
  expected: {
    fillAt: ether(60),
    toFill: ether(60),
    filled: ether(60),
    filledAfterRequest: ether(40),
    filledAfterDeposit: ether(55),
    payouts: [ether(60)],
  },
};

/** A request of 11 is frozen at a rate of 1.1; the slash of 22 after that is borne by the 90 shares that stay. */
const WINNERS = {
  id: "winners",
  model: "lrt-etherfi",
  given: { totalShares: ether(100), totalPooledEther: ether(110) },
  steps: [
    { op: "requestWithdraw", amount: ether(11) },
    { op: "finalize" },
    { op: "slash", loss: ether(22) },
    { op: "claim" },
  ],
  expected: { frozenRate: `11${"0".repeat(17)}`, claimed: ether(11), stayerRate: "855555555555555555" },
};

const OWN = JSON.stringify({ format: "restaking-vectors/1", vectors: [DEFICIT, WINNERS] });

describe("vectors of liquid restaking tokens", () => {
  const runner = new ConformanceRunner("blocknumber");
  const cases = [
    ...read("restaking.json").filter((single) => single.kind === "vector" && single.vector.model.startsWith("lrt-")),
    ...read("defi.json").filter(({ name }) => /(LRT|RST)-\d+$/.test(name)),
    ...parseConformanceFile("own.json", OWN),
  ];

  after(async () => {
    await runner.close();
  });

  it("are all there", () => {
    expect(cases.length).to.be.at.least(20);
  });

  for (const single of cases) {
    it(`agree with ${single.name}`, async () => {
      expect(await runner.run(single)).to.deep.equal({ name: single.name, passed: true });
    });
  }

  it("tell what differs, and which operation is not built", async () => {
    const wrong = { ...WINNERS, expected: { claimed: "1" } };
    const odd = { ...WINNERS, steps: [{ op: "dance" }] };
    const [first, second] = parseConformanceFile(
      "own.json",
      JSON.stringify({ format: "restaking-vectors/1", vectors: [wrong, odd] }),
    );
    if (first === undefined || second === undefined) throw new RangeError("two cases were written");
    expect(await runner.run(first)).to.deep.include({
      passed: false,
      difference: { step: -1, field: "expected.claimed", expected: "1", got: ether(11) },
    });
    expect(await runner.run(second)).to.deep.include({ passed: false });
  });
});
