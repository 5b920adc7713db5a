import { expect } from "chai";
import { network } from "hardhat";

import { deployStablecoin, MILLION, WAD } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const world = await deployStablecoin(connection);
  await world.reserve.mint(MILLION, world.alice);
  return world;
}

describe("Dollar", () => {
  it("is minted and burned by issuers only", async () => {
    const { dollar, owner, alice } = await networkHelpers.loadFixture(fixture);

    await expect(dollar.connect(alice).mint(alice, 1n))
      .to.be.revertedWithCustomError(dollar, "DollarNotIssuer")
      .withArgs(alice);
    await expect(dollar.connect(alice).burn(alice, 1n))
      .to.be.revertedWithCustomError(dollar, "DollarNotIssuer")
      .withArgs(alice);
    await dollar.setIssuer(owner, true);
    await dollar.mint(alice, 5n);
    await dollar.burn(alice, 2n);
    expect(await dollar.balanceOf(alice)).to.equal(1_000_000n * WAD + 3n);
    await expect(dollar.setIssuer(owner, false)).to.emit(dollar, "IssuerSet").withArgs(owner, false);
    await expect(dollar.mint(alice, 1n)).to.be.revertedWithCustomError(dollar, "DollarNotIssuer");
  });

  it("stops a frozen holder both ways until it is thawed", async () => {
    const { dollar, alice, bob } = await networkHelpers.loadFixture(fixture);
    await dollar.connect(alice).transfer(bob, 10n);
    await dollar.setFrozen(alice, true);

    await expect(dollar.connect(alice).transfer(bob, 1n))
      .to.be.revertedWithCustomError(dollar, "DollarFrozen")
      .withArgs(alice);
    await expect(dollar.connect(bob).transfer(alice, 1n))
      .to.be.revertedWithCustomError(dollar, "DollarFrozen")
      .withArgs(alice);
    await dollar.setFrozen(alice, false);
    await dollar.connect(bob).transfer(alice, 1n);
    expect(await dollar.balanceOf(bob)).to.equal(9n);
  });

  it("does not redeem what is frozen, and mints nothing to the frozen", async () => {
    const { dollar, reserve, alice } = await networkHelpers.loadFixture(fixture);
    await dollar.setFrozen(alice, true);

    await expect(reserve.connect(alice).redeem(WAD, 0n, alice)).to.be.revertedWithCustomError(dollar, "DollarFrozen");
    await expect(reserve.mint(1n, alice)).to.be.revertedWithCustomError(dollar, "DollarFrozen");
  });

  it("lets the owner seize from the frozen only, and to nobody frozen", async () => {
    const { dollar, owner, alice, bob } = await networkHelpers.loadFixture(fixture);
    await expect(dollar.seize(alice, owner, 1n))
      .to.be.revertedWithCustomError(dollar, "DollarNotFrozen")
      .withArgs(alice);
    await dollar.setFrozen(alice, true);

    await expect(dollar.seize(alice, owner, 7n))
      .to.emit(dollar, "Seized")
      .withArgs(alice, owner, 7n);
    expect(await dollar.balanceOf(owner)).to.equal(7n);
    expect(await dollar.totalSupply()).to.equal(1_000_000n * WAD);
    const rest = 1_000_000n * WAD - 7n;
    await expect(dollar.seize(alice, owner, ethers.MaxUint256))
      .to.emit(dollar, "Seized")
      .withArgs(alice, owner, rest);
    await dollar.setFrozen(bob, true);
    await expect(dollar.seize(alice, bob, 1n))
      .to.be.revertedWithCustomError(dollar, "DollarFrozen")
      .withArgs(bob);
    await expect(dollar.seize(alice, ethers.ZeroAddress, 1n)).to.be.revertedWithCustomError(
      dollar,
      "ERC20InvalidReceiver",
    );
  });

  it("lets nobody but the owner freeze, seize or name issuers", async () => {
    const { dollar, alice, bob } = await networkHelpers.loadFixture(fixture);
    const asAlice = dollar.connect(alice);

    for (const attempt of [
      () => asAlice.setFrozen(bob, true),
      () => asAlice.setIssuer(alice, true),
      () => asAlice.seize(bob, alice, 1n),
    ]) {
      await expect(attempt()).to.be.revertedWithCustomError(dollar, "OwnableUnauthorizedAccount").withArgs(alice);
    }
  });
});
