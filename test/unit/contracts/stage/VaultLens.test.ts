import { expect } from "chai";
import { network } from "hardhat";

import { deployVault, guardOf, MODE, POLICY } from "../../../helpers/restaking-vault.ts";
import { WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const guard = guardOf(100n, POLICY.hold);
  const world = await deployVault(connection, { mode: MODE.pushed, virtualShares: 0n, isBlindToUnbacked: true, guard });
  return { ...world, lens: await ethers.deployContract("VaultLens") };
}

describe("VaultLens", () => {
  it("shows where the assets are, what is owed and who waits", async () => {
    const { vault, lens, delegators, owner, op1, op2, alice, bob, put, ask, hit } =
      await networkHelpers.loadFixture(fixture);
    await put(alice, 100n * WAD);
    await delegators.connect(owner).allocate(80n * WAD);
    await delegators.connect(owner).unstake(op1, 10n * WAD);
    await ask(alice, 15n * WAD);
    await vault.connect(alice).transfer(bob, WAD);
    await ask(bob, WAD);
    await hit(op1, WAD / 2n);

    const { state, operators, requests, held } = await lens.read(vault, 2n, [alice, bob]);
    expect(state.assets).to.equal(80n * WAD);
    expect([state.rate, state.liveRate]).to.deep.equal([WAD, (8n * WAD) / 10n]);
    expect([state.buffer, state.spendable, state.deficit]).to.deep.equal([20n * WAD, 4n * WAD, 0n]);
    expect(operators.map(({ operator, delegated, queued }) => [operator, delegated, queued])).to.deep.equal([
      [op1.address, 15n * WAD, 5n * WAD],
      [op2.address, 40n * WAD, 0n],
    ]);
    expect(requests.map(({ id, controller, worth }) => [id, controller, worth])).to.deep.equal([
      [2n, bob.address, WAD],
    ]);
    expect(held.map(({ shares, claimableAssets }) => [shares, claimableAssets])).to.deep.equal([
      [84n * WAD, 15n * WAD],
      [0n, WAD],
    ]);
  });

  it("shows an unbacked mint as a haircut, and a held report as such", async () => {
    const { vault, lens, oracle, owner, thief, alice, put } = await networkHelpers.loadFixture(fixture);
    await put(alice, 75n * WAD);
    await vault.connect(owner).setMinter(thief, ethers.MaxUint256);
    await vault.connect(thief).mintUnbacked(thief, 25n * WAD);
    await oracle.connect(owner).pushRate(2n * WAD);

    const { state } = await lens.read(vault, 0n, []);
    expect([state.unbacked, state.haircut]).to.deep.equal([25n * WAD, WAD / 4n]);
    expect([state.rate, state.backedRate]).to.deep.equal([WAD, (3n * WAD) / 4n]);
    expect([state.isOpen, state.heldAssets, state.heldShares]).to.deep.equal([false, 150n * WAD, 75n * WAD]);
  });
});
