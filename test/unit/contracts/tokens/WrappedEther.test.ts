import { expect } from "chai";
import { network } from "hardhat";

const { ethers, networkHelpers } = await network.create();

async function fixture() {
  const [alice, bob] = await ethers.getSigners();
  if (alice === undefined || bob === undefined) throw new TypeError("two accounts are needed");
  return { alice, bob, token: await ethers.deployContract("WrappedEther") };
}

describe("WrappedEther", () => {
  it("gives a token for each wei, wrapped or simply sent", async () => {
    const { alice, bob, token } = await networkHelpers.loadFixture(fixture);
    await expect(token.connect(alice).wrap({ value: 7n }))
      .to.emit(token, "Wrapped")
      .withArgs(alice, 7n);
    await bob.sendTransaction({ to: token, value: 5n });
    expect(await token.balanceOf(alice)).to.equal(7n);
    expect(await token.balanceOf(bob)).to.equal(5n);
    expect(await ethers.provider.getBalance(token)).to.equal(await token.totalSupply());
  });

  it("gives the ether back", async () => {
    const { alice, token } = await networkHelpers.loadFixture(fixture);
    await token.wrap({ value: 7n });
    await expect(token.unwrap(3n)).to.changeEtherBalances(ethers, [alice, token], [3n, -3n]);
    expect(await token.totalSupply()).to.equal(4n);
  });

  it("reverts when the holder has fewer tokens", async () => {
    const { alice, bob, token } = await networkHelpers.loadFixture(fixture);
    await token.connect(alice).wrap({ value: 7n });
    await expect(token.connect(bob).unwrap(1n))
      .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
      .withArgs(bob, 0n, 1n);
  });
});

describe("ExternalToken", () => {
  it("is made by its owner alone, with the decimals that it was given", async () => {
    const { alice, bob } = await networkHelpers.loadFixture(fixture);
    const token = await ethers.deployContract("ExternalToken", [alice, "usdc", 6]);
    await token.mint(bob, 12n);
    expect(await token.balanceOf(bob)).to.equal(12n);
    expect(await token.decimals()).to.equal(6n);
    await expect(token.connect(bob).mint(bob, 1n)).to.be.revertedWithCustomError(token, "OwnableUnauthorizedAccount");
  });
});
