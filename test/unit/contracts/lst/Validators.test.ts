import { expect } from "chai";
import { network } from "hardhat";

import { deployLiquidStaking } from "../../../helpers/liquid-staking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const ether = ethers.parseEther;

async function fixture() {
  const world = await deployLiquidStaking(connection);
  await world.token.submit({ value: ether("99") });
  await world.token.stake(ether("100"));
  return world;
}

describe("Validators", () => {
  it("hold every wei they count through rewards, tips, penalties and exits", async () => {
    const { validators, alice } = await networkHelpers.loadFixture(fixture);
    await expect(validators.connect(alice).reward({ value: 5 }))
      .to.emit(validators, "Rewarded")
      .withArgs(alice, 5);
    await expect(validators.connect(alice).tip({ value: 7 }))
      .to.emit(validators, "Tipped")
      .withArgs(alice, 7);
    await expect(validators.penalize(11)).to.emit(validators, "Penalized").withArgs(11);
    await expect(validators.exit(ether("64")))
      .to.emit(validators, "Exited")
      .withArgs(ether("64"), 2);

    const counted = (await validators.beaconBalance()) + (await validators.withdrawals()) + (await validators.tips());
    expect(counted).to.equal(ether("100") + 1n);
    expect(await ethers.provider.getBalance(validators)).to.equal(counted);
    expect(await ethers.provider.getBalance(await validators.BURN_ADDRESS())).to.equal(11n);
  });

  it("count no more exits than starts", async () => {
    const { validators } = await networkHelpers.loadFixture(fixture);
    await validators.reward({ value: ether("100") });
    await validators.exit(ether("200"));

    expect(await validators.depositedValidators()).to.equal(4n);
    expect(await validators.exitedValidators()).to.equal(4n);
  });

  it("revert when a penalty or an exit takes more than there is", async () => {
    const { validators } = await networkHelpers.loadFixture(fixture);
    for (const call of [() => validators.penalize(ether("101")), () => validators.exit(ether("101"))]) {
      await expect(call())
        .to.be.revertedWithCustomError(validators, "ValidatorsInsufficientBalance")
        .withArgs(ether("101"), ether("100"));
    }
  });

  it("stake and pay for the token only, are judged by the owner only", async () => {
    const { validators, token, alice } = await networkHelpers.loadFixture(fixture);
    for (const call of [
      () => validators.connect(alice).stake({ value: 1 }),
      () => validators.connect(alice).collect(0, 0),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(validators, "ValidatorsOnlyToken").withArgs(alice, token);
    }
    for (const call of [() => validators.connect(alice).penalize(1), () => validators.connect(alice).exit(1)]) {
      await expect(call()).to.be.revertedWithCustomError(validators, "OwnableUnauthorizedAccount").withArgs(alice);
    }
  });
});
