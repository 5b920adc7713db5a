import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import fc from "fast-check";

import { rewardsTree } from "../../../../src/model/rewards-tree.ts";

const TYPES = ["address", "address", "uint256"];
const address = fc.bigInt(1n, 2n ** 160n - 1n).map((value) => `0x${value.toString(16).padStart(40, "0")}`);

describe("rewardsTree", () => {
  it("proves every leaf, whatever the order it was given in", () => {
    const leaf = fc.record({ earner: address, token: address, amount: fc.bigInt(1n, 2n ** 200n) });
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1, maxLength: 12 }), (earnings) => {
        const tree = rewardsTree(earnings);
        expect(rewardsTree([...earnings].reverse()).root).to.equal(tree.root);
        for (const { earner, token, amount } of tree.leaves) {
          const proof = [...(tree.proofOf(earner, token) ?? [])];
          expect(StandardMerkleTree.verify(tree.root, TYPES, [earner, token, amount], proof)).to.equal(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("sums an earner's amounts of one token, however its address is written, and leaves zeros out", () => {
    const earner = "0xAbcdef0000000000000000000000000000000001";
    const token = "0x0000000000000000000000000000000000000002";
    const tree = rewardsTree([
      { earner, token, amount: 3n },
      { earner: earner.toLowerCase(), token, amount: 4n },
      { earner: token, token, amount: 0n },
    ]);

    expect(tree.leaves).to.deep.equal([{ earner: earner.toLowerCase(), token, amount: 7n }]);
    expect(tree.proofOf(earner, token)).to.deep.equal([]);
    expect(tree.proofOf(token, token)).to.equal(null);
  });

  it("has an empty root when nobody earned", () => {
    const tree = rewardsTree([]);

    expect(tree.root).to.equal(`0x${"0".repeat(64)}`);
    expect(tree.proofOf("0x1", "0x2")).to.equal(null);
  });
});
