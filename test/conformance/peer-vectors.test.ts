import { readFileSync } from "node:fs";

import { expect } from "chai";

import { ConformanceRunner, type CaseResult } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

const FILE = new URL("./vectors/restaking.json", import.meta.url);
const MODELS = /^(symbiotic-(v1|v2|burner)|karak)$/;
const ether = (amount: number): string => `${amount}${"0".repeat(18)}`;

const of = (vectors: readonly unknown[]) =>
  parseConformanceFile("own.json", JSON.stringify({ format: "restaking-vectors/1", vectors }));

/** Cases of our own, whose numbers follow from the rules by hand. */
const OWN = [
  {
    id: "three buckets",
    model: "symbiotic-v1",
    steps: [
      { op: "deposit", amount: "100" },
      { op: "withdraw", amount: "30", epoch: "0" },
      { op: "withdraw", amount: "20", epoch: "1" },
      { op: "vaultOnSlash", amount: "10", captureEpoch: "previous" },
    ],
    expected: { slashed: "10", active: "5", next: "2", current: "3", withdrawalsCurrent: "27", withdrawalsNext: "18" },
  },
  {
    id: "a deposit after a full slash",
    model: "symbiotic-v1",
    steps: [
      { op: "deposit", user: "a", amount: "9" },
      { op: "vaultOnSlash", amount: "50", capture: "current epoch" },
      { op: "deposit", user: "b", amount: "2" },
    ],
    expected: { sharesA: "9", sharesB: "20", balanceA: "0", balanceB: "2", activeStake: "2" },
  },
  {
    id: "newer evidence starves older",
    model: "symbiotic-v1",
    steps: [
      { op: "deposit", t: "1", amount: ether(100) },
      { op: "slash", t: "1000", amount: ether(10), capture: "600" },
      { op: "slash", t: "1000", amount: ether(10), capture: "500", expectRevert: "InsufficientSlash" },
      { op: "slashableStake", t: "1000", capture: "600" },
    ],
    expected: { slashable500: "0", slashable600: ether(90), slashed: ether(10), activeStake: ether(90) },
  },
  {
    id: "the resolver of the capture decides",
    model: "symbiotic-v1",
    steps: [
      { op: "deposit", t: "1", amount: ether(100) },
      { op: "setResolver", t: "100", resolver: "R1" },
      { op: "setResolver", t: "200", resolver: "R2" },
      { op: "requestSlash", t: "1814400", amount: ether(1), capture: "1814399" },
      { op: "vetoSlash", t: "1814401", resolver: "R2", expectRevert: "NotResolver" },
      { op: "vetoSlash", t: "1814401", resolver: "R1" },
      { op: "executeSlash", t: "1987200", expectRevert: "SlashRequestCompleted" },
      { op: "requestSlash", t: "1987200", amount: ether(1), capture: "1814400" },
      { op: "vetoSlash", t: "1987200", index: "1", resolver: "R1", expectRevert: "NotResolver" },
      { op: "executeSlash", t: "1987200", index: "1", expectRevert: "VetoPeriodNotEnded" },
      { op: "executeSlash", t: "2160000", index: "1" },
    ],
    expected: { slashed: ether(1), vetoDeadline: "1987200" },
  },
  {
    id: "the network's receiver, a donation included",
    model: "symbiotic-burner",
    steps: [
      { op: "onSlash", amountTransferred: "7", receiver: "network" },
      { op: "donate", amount: "5" },
      { op: "onSlash", amountTransferred: "100", receiver: "global" },
      { op: "triggerTransfer" },
      { op: "triggerTransfer", receiver: "operatorNetwork", expectRevert: "InsufficientBalance" },
    ],
    expected: { credited: "105", paid: "105", lastBalance: "7", creditOfNetwork: "7" },
  },
  {
    id: "a slash eats what was asked back",
    model: "symbiotic-v2",
    given: { duration: "10" },
    steps: [
      { op: "allocate", t: "0", amount: "100" },
      { op: "requestDeallocate", t: "1", amount: "40" },
      { op: "slash", t: "2", amount: "80" },
      { op: "release", t: "3", amount: "5" },
    ],
    expected: { stake1: "100", slashable2: "20", slashable10: "15", slashable11: "0", free11: "20", released: "5" },
  },
  {
    id: "fills whose rates are no whole numbers",
    model: "symbiotic-v2",
    steps: [
      { op: "requestRedeem", id: "0", shares: "100" },
      { op: "requestRedeem", id: "1", shares: "100" },
      { op: "fill", shares: "150", assets: "100" },
      { op: "claim", id: "1" },
      { op: "claim", id: "1", expectRevert: "InsufficientClaim" },
      { op: "fill", shares: "50", assets: "70" },
      { op: "claim", id: "1" },
    ],
    expected: { claim0: "66", claims: ["34", "70"], claim1: "104", claim1AfterFirstFillOnly: "34", totalSupply: "0" },
  },
  {
    id: "who leaves during the veto leaves the loss to who stays",
    model: "karak",
    given: { totalAssets: "1000" },
    steps: [
      { op: "startRedeem", t: "0", shares: "400" },
      { op: "requestSlashing", t: "691200", pct: `5${"0".repeat(19)}` },
      { op: "finishRedeem", t: "777600" },
      { op: "finalizeSlashing", t: "863999", expectRevert: "MinSlashingDelayNotPassed" },
      { op: "finalizeSlashing", t: "864000" },
    ],
    expected: {
      earmark: "500",
      redeemed: "400",
      slashed: "500",
      remaining: "100",
      effectivePct: `83${"3".repeat(18)}`,
    },
  },
  {
    id: "steps that repeat, and what each user claims",
    model: "symbiotic-v1",
    steps: [
      { op: "repeat", times: "2", step: "deposit", user: "a", amount: "50" },
      { op: "deposit", user: "b", amount: "50" },
      { op: "withdraw", user: "a", amount: "30" },
      { user: "b", amount: "20", op: "withdraw" },
      { op: "repeat", times: 3, step: "vaultOnSlash", amount: "5", captureEpoch: "current" },
      { op: "claim", user: "a", epochBucket: "1", at: "epoch 2" },
      { op: "claim", user: "b", epochBucket: "1", timestamp: "1209600" },
    ],
    expected: {
      slashed: ["5", "5", "5"],
      claimedA: "26",
      claimedB: "17",
      burnedShares: ["30", "20"],
      totalBurned: "15",
    },
  },
  {
    id: "limits that are lowered count from their second on",
    model: "symbiotic-v1",
    given: { delegator: "FullRestakeDelegator" },
    steps: [
      { op: "deposit", t: "1", amount: "100" },
      { op: "setNetworkLimit", t: "10", network: "A", amount: "60" },
      { op: "setOperatorNetworkLimit", t: "20", network: "A", operator: "op", amount: "50" },
      { op: "setMaxNetworkLimit", t: "30", network: "A", amount: "40" },
      { op: "setNetworkLimit", t: "30", network: "A", amount: "41", expectRevert: "ExceedsMaxNetworkLimit" },
      { op: "optOut", t: "40", operator: "op", network: "A" },
      { op: "slashableStake", t: "41", capture: "29" },
      { op: "slashableStake", t: "41", capture: "40" },
      { op: "slash", t: "41", amount: "100", capture: "39" },
    ],
    expected: { stake9: "100", stake10: "60", stake20: "50", results: ["50", "0"], slashed: "40", activeStake: "60" },
  },
  {
    id: "requests are executed in their order",
    model: "symbiotic-v1",
    given: { epochDuration: "100", vetoDuration: "20" },
    steps: [
      { op: "deposit", t: "1", amount: "100" },
      { op: "setResolver", t: "2", resolver: "R1" },
      { op: "requestSlash", t: "10", network: "A", amount: "1", capture: "1" },
      { op: "requestSlash", t: "10", network: "A", amount: "2", capture: "9" },
      { op: "executeSlash", t: "10" },
      { op: "executeSlash", t: "10", expectRevert: "VetoPeriodNotEnded" },
      { op: "executeSlash", t: "30" },
      { op: "executeSlash", t: "30", expectRevert: "SlashRequestCompleted" },
      { op: "setResolver", t: "130", resolver: "R2" },
    ],
    expected: { slashed: ["1", "2"], reportedA: "2", effectiveAt: ["2", "400"] },
  },
  {
    id: "a service slashes twice",
    model: "karak",
    given: { totalAssets: "1000" },
    steps: [
      { op: "requestSlashing", dss: "X", pct: `1${"0".repeat(19)}`, t: "0" },
      { op: "requestSlashing", dss: "X", pct: "1", t: "172799", expectRevert: "SlashingCooldownNotPassed" },
      { op: "requestSlashing", dss: "X", pct: `2${"0".repeat(19)}`, t: "172800" },
      { op: "finalizeSlashing", dss: "X" },
      { op: "finishRedeem", amount: "400" },
      { op: "finalizeSlashing", dss: "X" },
    ],
    expected: { earmarks: ["100", "200"], results: ["100", "200"], redeemed: "360", remaining: "340" },
  },
];

/** Where a published number contradicts the rules: a bonus is rounded down, and so is what is seized. */
const CONTRADICTION = {
  name: "restaking.json PR-01",
  passed: false,
  difference: {
    step: -1,
    field: "expected.seizedCollateral",
    expected: "45652173913043478261",
    got: "45652173913043478260",
  },
};

describe("vectors of other restaking protocols", () => {
  const runner = new ConformanceRunner("blocknumber");
  const published = parseConformanceFile("restaking.json", readFileSync(FILE, "utf8"));
  const cases = [
    ...published.filter((single) => single.kind === "vector" && MODELS.test(single.vector.model)),
    ...of(OWN),
  ];

  after(async () => {
    await runner.close();
  });

  async function run(vector: unknown): Promise<CaseResult> {
    const [single] = of([vector]);
    return single === undefined ? expect.fail("no case") : await runner.run(single);
  }

  it("are all there", () => {
    expect(cases.length).to.be.at.least(18 + OWN.length);
  });

  for (const single of cases) {
    it(`agree with ${single.name}`, async () => {
      expect(await runner.run(single)).to.deep.equal({ name: single.name, passed: true });
    });
  }

  it("leave only PR-01 to differ, by the wei that its seizure is rounded up", async () => {
    const single = published.find(({ name }) => name === CONTRADICTION.name);
    expect(single === undefined ? "no case" : await runner.run(single)).to.deep.equal(CONTRADICTION);
    const unbuilt = [];
    for (const one of published) {
      if (one.kind === "unbuilt" || (await runner.run({ ...one })).passed) continue;
      unbuilt.push(one.name);
    }
    expect(unbuilt).to.deep.equal([CONTRADICTION.name]);
  });

  it("tell what differs, which operation is not built, and which refusal came instead", async () => {
    const [first] = OWN;
    expect(await run({ ...first, expected: { slashed: "9" } })).to.have.deep.property("difference", {
      step: -1,
      field: "expected.slashed",
      expected: "9",
      got: "10",
    });
    const odd = await run({ ...first, steps: [{ op: "dance" }] });
    expect(odd).to.have.nested.property("difference.got", 'operation "dance" is not built');
    const early = { op: "claim", epochBucket: "1", expectRevert: "AlreadyClaimed" };
    const refused = await run({ ...first, steps: [{ op: "deposit", amount: "1" }, early] });
    expect(refused).to.have.nested.property("difference.got", "EpochVaultInvalidEpoch(1, 0)");
    const unknown = await run({ ...first, expected: { luck: "1" } });
    expect(unknown).to.have.nested.property("difference.field", "expected.luck");
  });

  it("name the field that keeps a case from being played", async () => {
    const wrong = await run({ ...OWN[0], steps: [{ op: "deposit", amount: "x" }] });
    expect(wrong).to.have.property("reason").that.includes("a whole number in amount").and.includes('"x"');
    const back = [
      { op: "deposit", t: "9", amount: "1" },
      { op: "deposit", t: "8", amount: "1" },
    ];
    expect(await run({ ...OWN[0], steps: back }))
      .to.have.property("reason")
      .that.includes("a second from 9 on in t");
  });
});
