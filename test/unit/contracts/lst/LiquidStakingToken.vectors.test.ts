import { expect } from "chai";
import { network } from "hardhat";

import {
  deployLiquidStaking,
  honestReport,
  type LiquidStaking,
  MAINNET_LIMITS,
  reachRateOfSixFifths,
} from "../../../helpers/liquid-staking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const ether = ethers.parseEther;

async function sixFifths() {
  const world = await deployLiquidStaking(connection, { withdrawalMargin: 0n });
  await reachRateOfSixFifths(world);
  return world;
}

async function sixFifthsWithRequests() {
  const world = await deployLiquidStaking(connection, { withdrawalMargin: 0n, bunkerDelay: 0n, feeBps: 0n });
  await reachRateOfSixFifths(world, ether("200"));
  await world.token.approve(world.queue, ethers.MaxUint256);
  for (const amount of ["100", "250", "50"]) await world.queue.requestWithdrawal(ether(amount), world.alice);
  return world;
}

async function claimsOf({ queue }: LiquidStaking): Promise<bigint[]> {
  const requests = await Promise.all([1, 2, 3].map((id) => queue.getRequest(id)));
  return requests.map((request) => request.claimable);
}

describe("LiquidStakingToken, published numbers", () => {
  it("reports +700 consensus and +100 tips with a 10 % fee in shares (LIDO-01)", async () => {
    const world = await networkHelpers.loadFixture(sixFifths);
    const { token, validators, treasury } = world;
    await validators.reward({ value: ether("700") });
    await validators.tip({ value: ether("100") });
    await token.report(await honestReport(world));

    expect(await token.totalPooledEther()).to.equal(9000800000000000000000000n);
    expect(await token.sharesOf(treasury)).to.equal(66661333759965869397n);
    expect(await token.totalShares()).to.equal(7500066661333759965869397n);
    expect(await token.shareRateRay()).to.equal(1200096000000000000000000018n);
  });

  it("takes no fee of a consensus loss although tips came in (LIDO-02)", async () => {
    const world = await networkHelpers.loadFixture(sixFifths);
    const { token, validators } = world;
    await validators.penalize(ether("5000"));
    await validators.tip({ value: ether("100") });
    await token.report(await honestReport(world));

    expect(await token.totalPooledEther()).to.equal(8995100000000000000000000n);
    expect(await token.totalShares()).to.equal(7500000000000000000000000n);
    expect(await token.shareRateRay()).to.equal(1199346666666666666666666666n);
  });

  it("converts an odd amount, rounding down both ways (LIDO-03)", async () => {
    const { token } = await networkHelpers.loadFixture(sixFifths);

    expect(await token.getSharesByPooledEth(1234567890123456789n)).to.equal(1028806575102880657n);
    expect(await token.getPooledEthByShares(1028806575102880657n)).to.equal(1234567890123456788n);
    expect(await token.getPooledEthBySharesUp(1028806575102880657n)).to.equal(1234567890123456789n);
  });

  it("takes only as many tips as the rebase limit lets in and then burns nothing (LIDO-04)", async () => {
    const world = await networkHelpers.loadFixture(sixFifths);
    const { token, validators } = world;
    await token.requestBurn(ether("1"));
    await validators.reward({ value: ether("700") });
    await validators.tip({ value: ether("10000") });
    const rebase = await token.previewReport(await honestReport(world));
    await token.report(await honestReport(world));

    expect(rebase.tips).to.equal(6050000000000000000000n);
    expect(rebase.burnedShares).to.equal(0n);
    expect(await token.totalPooledEther()).to.equal(9006750000000000000000000n);
    expect(await validators.tips()).to.equal(ether("3950"));
    expect(await token.sharesToBurn()).to.equal(ether("1"));
  });

  it("locks a discounted run with one floor, whose claims stay some wei below (as LIDO-05)", async () => {
    const world = await networkHelpers.loadFixture(sixFifthsWithRequests);
    const { token, validators, queue } = world;
    await validators.exit(ether("1000"));
    await validators.penalize(ether("90000"));
    await token.report(await honestReport(world));
    expect(await token.shareRateRay()).to.equal(1188000000000000000000000000n);
    await queue.finalize(10);

    expect(await claimsOf(world)).to.deep.equal([98999999999999999999n, 247499999999999999999n, 49499999999999999999n]);
    const shares = 83333333333333333333n + 208333333333333333333n + 41666666666666666666n;
    expect(await queue.lockedEther()).to.equal((shares * 1188n) / 1000n);
    expect(await queue.dust()).to.equal((shares * 1188n) / 1000n - 395999999999999999997n);
  });

  it("pays the nominal value after the rate rose (LIDO-06)", async () => {
    const world = await networkHelpers.loadFixture(sixFifthsWithRequests);
    const { token, validators, queue } = world;
    await validators.reward({ value: ether("90000") });
    await validators.exit(ether("1000"));
    await token.setRebaseLimit(1_000_000_000n);
    await token.report(await honestReport(world));
    expect(await token.shareRateRay()).to.equal(1212000000000000000000000000n);
    await queue.finalize(10);

    expect(await claimsOf(world)).to.deep.equal([ether("100"), ether("250"), ether("50")]);
    expect(await queue.dust()).to.equal(0n);
  });

  it("finalises the prefix that a budget of 200 ether pays (LIDO-07)", async () => {
    const world = await networkHelpers.loadFixture(sixFifthsWithRequests);
    const { token, validators, queue } = world;
    await validators.penalize(ether("90000"));
    await token.report(await honestReport(world));
    await queue.finalize(10);

    expect(await queue.lastFinalizedId()).to.equal(1n);
    expect((await queue.getRequest(1)).claimable).to.equal(98999999999999999999n);
    expect(await token.bufferedEther()).to.equal(101000000000000000001n);
  });

  it("bounds the losses of 280,000 validators at 30,520 ether (LIDO-08)", async () => {
    const { checker, owner } = await networkHelpers.loadFixture(sixFifths);
    await checker.connect(owner).setLimits(MAINNET_LIMITS);

    expect(await checker.maxLoss(await networkHelpers.time.latest(), 280_000)).to.equal(30520000000000000000000n);
  });
});
