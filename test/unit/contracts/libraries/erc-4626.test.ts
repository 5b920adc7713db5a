import { expect } from "chai";
import { network } from "hardhat";

import {
  BROUGHT,
  openAdapterVault,
  openEarmarkVault,
  openInsuranceModule,
  openRestakingVault,
  type TokenisedVault,
} from "../../../helpers/tokenised-vaults.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const MOST = ethers.MaxUint256;
/** No multiple of a share's price, nor of its inverse. */
const SOME = 1_003n;

const restakingVault = async () => await openRestakingVault(connection);
const insuranceModule = async () => await openInsuranceModule(connection);
const adapterVault = async () => await openAdapterVault(connection);
const earmarkVault = async () => await openEarmarkVault(connection);

/** A sentence of the standard that binds, and what shows that it holds. */
type Must = readonly [sentence: string, holds: (world: TokenisedVault) => Promise<void>];

const VIEWS: readonly Must[] = [
  [
    "MUST implement ERC-20 to represent shares, with its optional metadata",
    async ({ vault, alice, bob }) => {
      expect([await vault.name(), await vault.symbol()].map((text) => text.length > 0)).to.deep.equal([true, true]);
      expect(await vault.decimals()).to.be.greaterThan(0n);
      const held = await vault.balanceOf(alice);
      await vault.connect(alice).transfer(bob, 1n);
      expect([await vault.balanceOf(alice), await vault.balanceOf(bob)]).to.deep.equal([held - 1n, 1n]);
    },
  ],
  [
    "asset MUST be an ERC-20 token contract, and totalAssets tells what is managed of it",
    async ({ vault, asset }) => {
      expect(await vault.asset()).to.equal(await asset.getAddress());
      expect(await vault.totalAssets()).to.be.greaterThanOrEqual(BROUGHT);
    },
  ],
  [
    "convertToShares and convertToAssets MUST NOT show any variations depending on the caller",
    async ({ vault, alice, bob, carol }) => {
      const told = async (caller: typeof alice) => [
        await vault.connect(caller).convertToShares(SOME),
        await vault.connect(caller).convertToAssets(SOME),
      ];
      expect(await told(bob)).to.deep.equal(await told(alice));
      expect(await told(carol)).to.deep.equal(await told(alice));
    },
  ],
  [
    "convertToShares and convertToAssets MUST round down towards 0",
    async ({ vault }) => {
      for (const amount of [0n, 1n, 2n, SOME, BROUGHT]) {
        expect(await vault.convertToAssets(await vault.convertToShares(amount))).to.be.lessThanOrEqual(amount);
        expect(await vault.convertToShares(await vault.convertToAssets(amount))).to.be.lessThanOrEqual(amount);
      }
    },
  ],
  [
    "convertToShares and convertToAssets MUST NOT reflect limits, nor revert while all is closed",
    async ({ vault, close, hold }) => {
      const before = [await vault.convertToShares(SOME), await vault.convertToAssets(SOME)];
      await close?.();
      await hold?.();
      expect([await vault.convertToShares(SOME), await vault.convertToAssets(SOME)]).to.deep.equal(before);
    },
  ],
  [
    "maxDeposit and maxMint MUST return 2 ** 256 - 1 without a limit, MUST NOT rely on balanceOf, and MUST NOT revert",
    async ({ vault, carol }) => {
      for (const receiver of [carol.address, ethers.ZeroAddress]) {
        expect([await vault.maxDeposit(receiver), await vault.maxMint(receiver)]).to.deep.equal([MOST, MOST]);
      }
    },
  ],
  [
    "maxDeposit and maxMint MUST return 0 while deposits are disabled",
    async ({ vault, alice, close }) => {
      if (close === undefined) return;
      await close();
      expect([await vault.maxDeposit(alice), await vault.maxMint(alice)]).to.deep.equal([0n, 0n]);
      await expect(vault.connect(alice).deposit(SOME, alice)).to.revert(ethers);
      await expect(vault.connect(alice).mint(SOME, alice)).to.revert(ethers);
    },
  ],
  [
    "maxWithdraw and maxRedeem MUST NOT revert, and MUST return 0 for who has nothing and while withdrawals are disabled",
    async ({ vault, alice, bob, hold }) => {
      for (const owner of [bob.address, ethers.ZeroAddress]) {
        expect([await vault.maxWithdraw(owner), await vault.maxRedeem(owner)]).to.deep.equal([0n, 0n]);
      }
      if (hold === undefined) return;
      await hold();
      expect([await vault.maxWithdraw(alice), await vault.maxRedeem(alice)]).to.deep.equal([0n, 0n]);
      await expect(vault.connect(alice).redeem(SOME, alice, alice)).to.revert(ethers);
    },
  ],
];

const ENTRIES: readonly Must[] = [
  [
    "previewDeposit MUST return no more than the shares of a deposit in the same transaction, which takes exactly assets",
    async ({ vault, asset, bob, carol }) => {
      const [preview, had] = [await vault.previewDeposit(SOME), await asset.balanceOf(bob)];
      await vault.connect(bob).deposit(SOME, carol);
      expect(await vault.balanceOf(carol)).to.equal(preview);
      expect(await asset.balanceOf(bob)).to.equal(had - SOME);
    },
  ],
  [
    "previewMint MUST return no fewer than the assets of a mint in the same transaction, which mints exactly shares",
    async ({ vault, asset, bob, carol }) => {
      const [preview, had] = [await vault.previewMint(SOME), await asset.balanceOf(bob)];
      await vault.connect(bob).mint(SOME, carol);
      expect(await vault.balanceOf(carol)).to.equal(SOME);
      expect(await asset.balanceOf(bob)).to.equal(had - preview);
    },
  ],
  [
    "previewDeposit rounds down and previewMint up: who comes in never pays less than the price",
    async ({ vault }) => {
      const shares = await vault.previewDeposit(SOME);
      expect(await vault.previewMint(shares)).to.be.lessThanOrEqual(SOME);
      expect(await vault.previewMint(shares + 1n)).to.be.greaterThan(SOME);
    },
  ],
  [
    "previewDeposit and previewMint MUST NOT account for limits, nor revert due to them",
    async ({ vault, close }) => {
      const before = [await vault.previewDeposit(SOME), await vault.previewMint(SOME)];
      await close?.();
      expect([await vault.previewDeposit(SOME), await vault.previewMint(SOME)]).to.deep.equal(before);
    },
  ],
  [
    "deposit and mint MUST emit the Deposit event",
    async ({ vault, bob, carol }) => {
      const shares = await vault.previewDeposit(SOME);
      await expect(vault.connect(bob).deposit(SOME, carol))
        .to.emit(vault, "Deposit")
        .withArgs(bob, carol, SOME, shares);
      const assets = await vault.previewMint(SOME);
      await expect(vault.connect(bob).mint(SOME, carol)).to.emit(vault, "Deposit").withArgs(bob, carol, assets, SOME);
    },
  ],
  [
    "deposit and mint MUST support approve / transferFrom, and MUST revert if all of it cannot be deposited",
    async ({ vault, asset, at, bob }) => {
      const assets = await vault.previewMint(SOME);
      await asset.connect(bob).approve(at, SOME - 1n);
      await expect(vault.connect(bob).deposit(SOME, bob)).to.revert(ethers);
      await asset.connect(bob).approve(at, assets - 1n);
      await expect(vault.connect(bob).mint(SOME, bob)).to.revert(ethers);
      await asset.connect(bob).approve(at, assets);
      await vault.connect(bob).mint(SOME, bob);
      expect(await asset.allowance(bob, at)).to.equal(0n);
    },
  ],
];

/** What binds vaults that pay at once. */
const EXITS: readonly Must[] = [
  [
    "previewWithdraw MUST return no fewer than the shares of a withdrawal, which sends exactly assets",
    async ({ vault, asset, alice, carol }) => {
      const [preview, held] = [await vault.previewWithdraw(SOME), await vault.balanceOf(alice)];
      const had = await asset.balanceOf(carol);
      await vault.connect(alice).withdraw(SOME, carol, alice);
      expect((await asset.balanceOf(carol)) - had).to.equal(SOME);
      expect(await vault.balanceOf(alice)).to.equal(held - preview);
    },
  ],
  [
    "previewRedeem MUST return no more than the assets of a redemption, which takes exactly shares",
    async ({ vault, asset, alice, carol }) => {
      const [preview, held] = [await vault.previewRedeem(SOME), await vault.balanceOf(alice)];
      const had = await asset.balanceOf(carol);
      await vault.connect(alice).redeem(SOME, carol, alice);
      expect((await asset.balanceOf(carol)) - had).to.equal(preview);
      expect(await vault.balanceOf(alice)).to.equal(held - SOME);
    },
  ],
  [
    "previewRedeem rounds down and previewWithdraw up: who goes out never gets more than the price",
    async ({ vault }) => {
      const shares = await vault.previewWithdraw(SOME);
      expect(await vault.previewRedeem(shares)).to.be.greaterThanOrEqual(SOME);
      expect(await vault.previewRedeem(shares - 1n)).to.be.lessThan(SOME);
    },
  ],
  [
    "previewWithdraw and previewRedeem MUST NOT account for limits, nor revert due to them",
    async ({ vault, hold }) => {
      const before = [await vault.previewWithdraw(SOME), await vault.previewRedeem(SOME)];
      await hold?.();
      expect([await vault.previewWithdraw(SOME), await vault.previewRedeem(SOME)]).to.deep.equal(before);
    },
  ],
  [
    "withdraw and redeem MUST emit the Withdraw event",
    async ({ vault, alice, carol }) => {
      const shares = await vault.previewWithdraw(SOME);
      await expect(vault.connect(alice).withdraw(SOME, carol, alice))
        .to.emit(vault, "Withdraw")
        .withArgs(alice, carol, alice, SOME, shares);
      const assets = await vault.previewRedeem(SOME);
      await expect(vault.connect(alice).redeem(SOME, carol, alice))
        .to.emit(vault, "Withdraw")
        .withArgs(alice, carol, alice, assets, SOME);
    },
  ],
  [
    "withdraw and redeem MUST support a flow where the sender has approval over the shares of owner, which is used up",
    async ({ vault, alice, bob, carol }) => {
      await expect(vault.connect(bob).redeem(SOME, carol, alice)).to.revert(ethers);
      await vault.connect(alice).approve(bob, SOME);
      await vault.connect(bob).redeem(SOME, carol, alice);
      expect(await vault.allowance(alice, bob)).to.equal(0n);
      const shares = await vault.previewWithdraw(SOME);
      await vault.connect(alice).approve(bob, shares - 1n);
      await expect(vault.connect(bob).withdraw(SOME, carol, alice)).to.revert(ethers);
      await vault.connect(alice).approve(bob, shares);
      await vault.connect(bob).withdraw(SOME, carol, alice);
      expect(await vault.allowance(alice, bob)).to.equal(0n);
    },
  ],
  [
    "maxWithdraw and maxRedeem MUST NOT be higher than what is accepted, and withdraw and redeem MUST revert above",
    async ({ vault, alice }) => {
      const [assets, shares] = [await vault.maxWithdraw(alice), await vault.maxRedeem(alice)];
      await expect(vault.connect(alice).withdraw(assets + 1n, alice, alice)).to.revert(ethers);
      await expect(vault.connect(alice).redeem(shares + 1n, alice, alice)).to.revert(ethers);
      await vault.connect(alice).withdraw.staticCall(assets, alice, alice);
      await vault.connect(alice).redeem(shares, alice, alice);
      expect(await vault.maxRedeem(alice)).to.equal(0n);
    },
  ],
];

describe("ERC-4626, sentence by sentence", () => {
  for (const { name, open, musts } of [
    { name: "RestakingVault", open: restakingVault, musts: [...VIEWS, ...ENTRIES] },
    { name: "EarmarkVault", open: earmarkVault, musts: [...VIEWS, ...ENTRIES] },
    { name: "InsuranceModule", open: insuranceModule, musts: [...VIEWS, ...ENTRIES, ...EXITS] },
    { name: "AdapterVault", open: adapterVault, musts: [...VIEWS, ...ENTRIES, ...EXITS] },
  ]) {
    describe(name, () => {
      for (const [sentence, holds] of musts) {
        it(sentence, async () => {
          await holds(await networkHelpers.loadFixture(open));
        });
      }
    });
  }
});
