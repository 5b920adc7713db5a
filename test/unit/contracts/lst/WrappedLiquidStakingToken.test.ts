import { expect } from "chai";
import { network } from "hardhat";

import { deployLiquidStaking, honestReport, reachRateOfSixFifths } from "../../../helpers/liquid-staking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const ether = ethers.parseEther;

async function fixture() {
  const world = await deployLiquidStaking(connection);
  await reachRateOfSixFifths(world);
  await world.token.connect(world.alice).submit({ value: ether("12") });
  await world.token.connect(world.alice).approve(world.wrapped, ethers.MaxUint256);
  return world;
}

describe("WrappedLiquidStakingToken", () => {
  it("wraps an amount into its shares, rounded down", async () => {
    const { token, wrapped, alice } = await networkHelpers.loadFixture(fixture);
    const amount = 1234567890123456789n;

    await expect(wrapped.connect(alice).wrap(amount))
      .to.emit(wrapped, "Wrapped")
      .withArgs(alice, amount, 1028806575102880657n);
    expect(await wrapped.balanceOf(alice)).to.equal(1028806575102880657n);
    expect(await token.sharesOf(wrapped)).to.equal(1028806575102880657n);
    expect(await wrapped.toWrapped(amount)).to.equal(1028806575102880657n);
  });

  it("returns the very shares on unwrapping", async () => {
    const { token, wrapped, alice } = await networkHelpers.loadFixture(fixture);
    const before = await token.sharesOf(alice);
    await wrapped.connect(alice).wrap(ether("5"));
    const all = await wrapped.balanceOf(alice);
    const amount = await wrapped.toUnwrapped(all);

    await expect(wrapped.connect(alice).unwrap(all)).to.emit(wrapped, "Unwrapped").withArgs(alice, all, amount);
    expect(await token.sharesOf(alice)).to.equal(before);
    expect(await wrapped.totalSupply()).to.equal(0n);
    expect(await token.sharesOf(wrapped)).to.equal(0n);
  });

  it("keeps balances through a rebase while its rate follows", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { token, wrapped, validators, alice } = world;
    await wrapped.connect(alice).wrap(ether("6"));
    expect(await wrapped.rate()).to.equal(ether("1.2"));
    await validators.penalize(ether("90000"));
    await token.report(await honestReport(world));

    expect(await wrapped.balanceOf(alice)).to.equal(ether("5"));
    expect(await wrapped.rate()).to.be.lessThan(ether("1.1881"));
  });

  it("reverts when an amount is worth no share", async () => {
    const { wrapped, alice } = await networkHelpers.loadFixture(fixture);

    await expect(wrapped.connect(alice).wrap(1))
      .to.be.revertedWithCustomError(wrapped, "WrappedLiquidStakingTokenZeroAmount")
      .withArgs(1);
    await expect(wrapped.connect(alice).unwrap(0))
      .to.be.revertedWithCustomError(wrapped, "WrappedLiquidStakingTokenZeroAmount")
      .withArgs(0);
  });

  it("takes a signed permit", async () => {
    const { wrapped, alice, bob } = await networkHelpers.loadFixture(fixture);
    const { chainId } = await ethers.provider.getNetwork();
    const domain = {
      name: "Wrapped Faultline Staked Ether",
      version: "1",
      chainId,
      verifyingContract: await wrapped.getAddress(),
    };
    const fields = ["owner", "spender"].map((name) => ({ name, type: "address" }));
    const numbers = ["value", "nonce", "deadline"].map((name) => ({ name, type: "uint256" }));
    const message = { owner: alice.address, spender: bob.address, value: 5n, nonce: 0n, deadline: 2n ** 40n };
    const signed = await alice.signTypedData(domain, { Permit: [...fields, ...numbers] }, message);
    const { v, r, s } = ethers.Signature.from(signed);
    await wrapped.permit(alice, bob, 5, message.deadline, v, r, s);

    expect(await wrapped.allowance(alice, bob)).to.equal(5n);
    expect(await wrapped.nonces(alice)).to.equal(1n);
  });
});
