import { expect } from "chai";
import { network } from "hardhat";

import type { StakeSnapshot } from "../../src/analysis/rewards-stake.ts";
import {
  cumulativeEarnings,
  distributeRewards,
  EMPTY_REWARDS,
  type RewardsPayment,
} from "../../src/analysis/rewards.ts";
import { rewardsTree } from "../../src/model/rewards-tree.ts";
import { deployRewards, WEEK } from "../helpers/rewards.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

async function fixture() {
  return await deployRewards(connection);
}

type World = Awaited<ReturnType<typeof fixture>>;

/** Reads every payment off the contract, as an updater would. */
async function paymentsOf({ coordinator }: World): Promise<RewardsPayment[]> {
  const count = Number(await coordinator.paymentCount());
  return await Promise.all(
    Array.from({ length: count }, async (_, id) => {
      const { set, token, amount, start, duration } = await coordinator.getPayment(id);
      const payer = set.avs;
      return { id, payer, set: `${payer}#${set.id}`, token, amount, from: start, until: start + duration };
    }),
  );
}

describe("pay, distribute, publish, claim", () => {
  it("pays every earner exactly what the roots hold, twice over, and keeps only the dust", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { coordinator, token, avs, updater, operator, set } = world;
    const stakers = (await ethers.getSigners()).slice(6, 13);
    const tokenAddress = await token.getAddress();
    const now = BigInt(await time.latest());
    const start = now - (now % 10n) - WEEK;
    await coordinator.connect(avs).setProtocolFeeOptIn(true);
    await coordinator.connect(avs).payOperatorSet(set, token, 1_000_000_000_000_000_007n, start, 2n * WEEK);

    const weights = stakers.map(({ address }, place) => ({ staker: address, weight: 10n ** 18n / BigInt(place + 3) }));
    const weight = weights.reduce((sum, entry) => sum + entry.weight, 0n);
    const at = (instant: bigint, splitBips: number): StakeSnapshot => ({
      at: instant,
      sets: { [`${avs.address}#1`]: [{ operator: operator.address, splitBips, weight, stakers: weights }] },
    });
    const snapshots = [at(start - 5n, 1_000), at(start + WEEK / 3n, 777)];

    let ledger = EMPTY_REWARDS;
    for (const rootIndex of [0, 1]) {
      const until = BigInt(await time.latest()) - 1n;
      ledger = distributeRewards(ledger, { payments: await paymentsOf(world), snapshots }, until);
      const tree = rewardsTree(cumulativeEarnings(ledger));
      await coordinator.connect(updater).submitRoot(tree.root, until);
      await time.increase(2n * WEEK);
      for (const account of [operator, ...stakers]) {
        const leaf = tree.leaves.find(({ earner }) => earner === account.address.toLowerCase());
        const proof = [...(tree.proofOf(account.address, tokenAddress) ?? [])];
        const cumulativeEarnings_ = leaf?.amount ?? 0n;
        const claim = { rootIndex, earner: account, token, cumulativeEarnings: cumulativeEarnings_, proof };
        await coordinator.connect(account).claim(claim, account);
        expect(await token.balanceOf(account)).to.equal(cumulativeEarnings_);
      }
    }

    const dust = ledger.carried.reduce((sum, { amount }) => sum + amount, 0n);
    expect(dust < 8n).to.equal(true);
    expect(await token.balanceOf(coordinator)).to.equal(dust);
    expect(await coordinator.totalClaimed(token)).to.equal((await coordinator.totalPaid(token)) - dust);
  });
});
