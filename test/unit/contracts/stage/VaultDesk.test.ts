import { expect } from "chai";
import { network } from "hardhat";

import { deployVault, FREEZE, MODE } from "../../../helpers/restaking-vault.ts";
import { WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** A vault whose curator and reporter is a desk that the owner operates. */
async function fixture() {
  const world = await deployVault(connection, { mode: MODE.quorum, freezePoint: FREEZE.unlock, virtualShares: 0n });
  const { vault, oracle, owner, alice, put } = world;
  const desk = await ethers.deployContract("VaultDesk", [owner]);
  const reporters = [
    await ethers.deployContract("NavReporter", [desk]),
    await ethers.deployContract("NavReporter", [desk]),
  ];
  for (const reporter of reporters) await oracle.connect(owner).setReporter(reporter, true);
  await oracle.connect(owner).setQuorum(2n);
  await vault.connect(owner).setCurator(desk);
  await put(alice, 100n * WAD);
  return { ...world, desk, reporters };
}

describe("VaultDesk", () => {
  it("restakes what lies free above the buffer's target, and nothing twice", async () => {
    const { vault, desk, carol, shares, op1 } = await networkHelpers.loadFixture(fixture);
    await desk.connect(carol).restake(vault, WAD / 10n);
    expect(await vault.buffer()).to.equal(10n * WAD);
    expect(await shares(op1)).to.equal(45n * WAD);
    await desk.restake(vault, WAD / 10n);
    expect(await vault.buffer()).to.equal(10n * WAD);
  });

  it("pulls only what neither the buffer nor what is on its way can pay", async () => {
    const { vault, desk, delegators, alice, ask } = await networkHelpers.loadFixture(fixture);
    await desk.restake(vault, WAD / 10n);
    await ask(alice, 30n * WAD);
    await desk.serve(vault);
    expect(await delegators.totalAssets()).to.equal(90n * WAD);
    expect(await desk.serve.staticCall(vault)).to.equal(0n);
    await ask(alice, 6n * WAD);
    expect(await desk.serve.staticCall(vault)).to.equal(6n * WAD);
  });

  it("lets its reporters vote what the vault holds, and its operator anything", async () => {
    const { vault, desk, reporters, owner, alice, carol } = await networkHelpers.loadFixture(fixture);
    await vault.connect(alice).reward(50n * WAD);
    await desk.connect(carol).push(vault, reporters);
    expect(await vault.rate()).to.equal((3n * WAD) / 2n);
    await desk.connect(owner).pushRate(vault, reporters, 2n * WAD);
    expect(await vault.rate()).to.equal(2n * WAD);
  });

  it("refuses orders of anybody but its operator, and votes that are not the desk's", async () => {
    const { vault, oracle, desk, reporters, owner, carol } = await networkHelpers.loadFixture(fixture);
    await expect(desk.connect(carol).pushRate(vault, reporters, WAD))
      .to.be.revertedWithCustomError(desk, "VaultDeskUnauthorized")
      .withArgs(carol, owner);
    await expect(desk.connect(carol).execute(vault, "0x")).to.be.revertedWithCustomError(desk, "VaultDeskUnauthorized");
    const [reporter] = reporters;
    if (reporter === undefined) throw new RangeError("two reporters were made");
    await expect(reporter.connect(carol).vote(oracle, 1n, 1n, 1n)).to.be.revertedWithCustomError(
      reporter,
      "NavReporterUnauthorized",
    );
  });
});
