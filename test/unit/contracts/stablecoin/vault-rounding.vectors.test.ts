import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import { deployStablecoin, WAD } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers } = connection;

const DONATION = 10_000n * WAD;

async function vaultOf(offset: bigint) {
  const [owner, attacker, victim] = await ethers.getSigners();
  if (!owner || !attacker || !victim) throw new RangeError("the network has too few accounts");
  const token = await ethers.deployContract("Token__MockForMarkets", [18]);
  const vault = await ethers.deployContract("Vault__MockForRounding", [token, offset]);
  for (const account of [owner, attacker, victim]) {
    await token.mint(account, 10n ** 30n);
    await token.connect(account).approve(vault, ethers.MaxUint256);
  }
  return { token, vault, owner, attacker, victim };
}

describe("ERC-4626 vaults, published numbers", () => {
  it("round every preview against the caller (V46-01)", async () => {
    const { input, expected } = vector("V46-01");
    const { token, vault, owner } = await vaultOf(0n);
    await vault.mint(input("supply"), owner);
    await token.transfer(vault, input("totalAssets") - input("supply"));
    const x = input("x");

    expect(await vault.totalAssets()).to.equal(input("totalAssets"));
    expect(await vault.previewDeposit(x)).to.equal(expected("previewDeposit"));
    expect(await vault.previewMint(x)).to.equal(expected("previewMint"));
    expect(await vault.previewWithdraw(x)).to.equal(expected("previewWithdraw"));
    expect(await vault.previewRedeem(x)).to.equal(expected("previewRedeem"));
  });

  for (const id of ["V46-02-0", "V46-02-6"]) {
    it(`let an inflation attack win or lose as published (${id})`, async () => {
      const { input, expected } = vector(id);
      const { token, vault, attacker, victim } = await vaultOf(input("offset"));
      await vault.connect(attacker).deposit(1n, attacker);
      await token.connect(attacker).transfer(vault, DONATION);
      await vault.connect(victim).deposit(DONATION, victim);
      const [attackerShares, victimShares] = [await vault.balanceOf(attacker), await vault.balanceOf(victim)];

      expect([attackerShares, victimShares]).to.deep.equal([expected("attackerShares"), expected("victimShares")]);
      expect(await vault.previewRedeem(attackerShares)).to.equal(expected("attackerRedeem"));
      expect(await vault.previewRedeem(victimShares)).to.equal(expected("victimRedeem"));
    });
  }

  it("make the attack on the junior tranche lose half of the donation (V46-02-6)", async () => {
    const { expected } = vector("V46-02-6");
    const { junior, usdc, alice, bob } = await deployStablecoin(connection, { decimals: 18 });
    await junior.connect(alice).deposit(1n, alice);
    await usdc.connect(alice).transfer(junior, DONATION);
    await junior.connect(bob).deposit(DONATION, bob);

    const shares = [await junior.balanceOf(alice), await junior.balanceOf(bob)];
    expect(shares).to.deep.equal([expected("attackerShares"), expected("victimShares")]);
    expect(await junior.previewRedeem(shares[0] ?? 0n)).to.equal(expected("attackerRedeem"));
    expect(await junior.previewRedeem(shares[1] ?? 0n)).to.equal(expected("victimRedeem"));
  });
});
