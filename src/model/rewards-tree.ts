import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

import type { Wei } from "../units/units.ts";

/** What an account ever earned in a token; both are addresses. */
export interface RewardsLeaf {
  readonly earner: string;
  readonly token: string;
  readonly amount: Wei;
}

/** A distribution as the rewards coordinator verifies it. */
export interface RewardsTree {
  /** Root to publish; all zeros when nobody earned anything. */
  readonly root: string;
  /** One leaf for each earner and token with earnings, by earner, then token. */
  readonly leaves: readonly RewardsLeaf[];
  /** Siblings from the leaf to the root; null when the earner earned nothing in the token. */
  proofOf(this: void, earner: string, token: string): readonly string[] | null;
}

type Row = [earner: string, token: string, amount: bigint];

const EMPTY_ROOT = `0x${"0".repeat(64)}`;

/**
 * Builds the Merkle tree of cumulative earnings that RewardsCoordinator verifies.
 *
 * Amounts of one earner and token are summed, zeros left out; the order of `earnings` changes nothing.
 * Source: contracts/restaking/IRewardsCoordinator.sol.
 */
export function rewardsTree(earnings: readonly RewardsLeaf[]): RewardsTree {
  const sums = new Map<string, Row>();
  for (const { earner, token, amount } of earnings) {
    const row: Row = [earner.toLowerCase(), token.toLowerCase(), amount];
    const known = sums.get(`${row[0]} ${row[1]}`);
    if (known === undefined) sums.set(`${row[0]} ${row[1]}`, row);
    else known[2] += amount;
  }
  const rows = [...sums.entries()].sort(byKey).flatMap(([, row]) => (row[2] > 0n ? [row] : []));
  if (rows.length === 0) return { root: EMPTY_ROOT, leaves: [], proofOf: () => null };

  const tree = StandardMerkleTree.of(rows, ["address", "address", "uint256"]);
  const places = new Map(rows.map(([earner, token], place) => [`${earner} ${token}`, place]));
  return {
    root: tree.root,
    leaves: rows.map(([earner, token, amount]) => ({ earner, token, amount })),
    proofOf: (earner, token) => {
      const place = places.get(`${earner.toLowerCase()} ${token.toLowerCase()}`);
      return place === undefined ? null : tree.getProof(place);
    },
  };
}

const byKey = ([a]: readonly [string, Row], [b]: readonly [string, Row]): number => (a < b ? -1 : 1);
