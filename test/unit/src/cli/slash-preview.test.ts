import { expect } from "chai";

import { formatPreview, requireKnown, type PreviewedSlash } from "../../../../src/cli/slash-preview.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";
import type { HolderLoss } from "../../../../src/model/fact.ts";

const ETHER = 10n ** 18n;
const view = { strategies: { lst: { totalShares: 0n, balance: 0n, etherPerToken: ETHER, native: false } } };
const loss = (holder: string, [before, after]: readonly [bigint, bigint]): HolderLoss => ({
  layer: "staker",
  holder,
  position: null,
  before: before * ETHER,
  after: after * ETHER,
});
const preview: PreviewedSlash = {
  scenario: "alex",
  seed: 42,
  step: 0,
  operator: "northstar",
  set: "oracle",
  fraction: ETHER / 10n,
  strategies: [
    {
      strategy: "lst",
      wadSlashed: ETHER / 20n,
      magnitude: { before: ETHER / 2n, after: (ETHER * 45n) / 100n },
      maxMagnitude: { before: ETHER, after: (ETHER * 95n) / 100n },
      operatorShares: 7n * ETHER,
      queueShares: ETHER,
      losses: [
        loss("alex", [20n, 19n]),
        { layer: "withdrawal", holder: "bob", position: "bob/w1", before: 40n * ETHER, after: 38n * ETHER },
      ],
    },
  ],
};

describe("slash-preview", () => {
  it("shows every staker and queued withdrawal before and after, largest loss first, and the sum", () => {
    const text = formatPreview(preview, view);
    const rows = text.split("\n").map((line) => line.trim().split(/ {2,}/));
    const tail = rows.slice(-4, -1);
    expect(tail).to.deep.equal([
      ["bob/w1", "queued", "40.00 ETH", "38.00 ETH", "2.00 ETH"],
      ["alex", "stake", "20.00 ETH", "19.00 ETH", "1.00 ETH"],
      ["All", "3.00 ETH"],
    ]);
    expect(text).to.include("50.00 % to 45.00 %");
  });

  it("fits into 80 columns", () => {
    const long = { ...preview, operator: "o".repeat(40), set: "s".repeat(40), scenario: "x".repeat(30) };
    for (const line of formatPreview(long, view).split("\n")) expect(line.length, line).to.be.at.most(80);
  });

  it("says so where nothing is allocated", () => {
    expect(formatPreview({ ...preview, strategies: [] }, view)).to.include("would take nothing");
  });

  it("names the nearest when a name is unknown", () => {
    expect(requireKnown("alex", { option: "--operator", known: ["alex"] })).to.equal("alex");
    expect(() => requireKnown("alxe", { option: "--operator", known: ["alex", "bob"] })).to.throw(UsageError, "alex");
  });
});
