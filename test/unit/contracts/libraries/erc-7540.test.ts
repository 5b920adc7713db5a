import { expect } from "chai";
import type { Addressable } from "ethers";
import { network } from "hardhat";

import {
  openFundTeller,
  openRestakingVault,
  PAUSED_CLAIM,
  type AsynchronousVault,
} from "../../../helpers/asynchronous-vaults.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const MOST = ethers.MaxUint256;
const SOME = 1_000n;
const GIFTS = 64n;

const restakingVault = async () => await openRestakingVault(connection);
const fundTeller = async () => await openFundTeller(connection);

/** A sentence of the standard that binds, and what shows that it holds. */
type Must = readonly [sentence: string, holds: (world: AsynchronousVault) => Promise<void>];

const askTo = async (world: AsynchronousVault, controller: Addressable, shares = SOME) => {
  const asked = world.redemptions.connect(world.alice).requestRedeem;
  const id = await asked.staticCall(shares, controller, world.alice);
  await asked(shares, controller, world.alice);
  return id;
};

const REQUESTS: readonly Must[] = [
  [
    "requestRedeem MUST emit the RedeemRequest event, with controller, owner, request, sender and shares",
    async ({ redemptions, operators, alice, bob, carol }) => {
      await operators.connect(alice).setOperator(bob, true);
      const asked = redemptions.connect(bob).requestRedeem;
      const id = await asked.staticCall(SOME, carol, alice);
      await expect(asked(SOME, carol, alice))
        .to.emit(redemptions, "RedeemRequest")
        .withArgs(carol, alice, id, bob, SOME);
    },
  ],
  [
    "shares MUST be removed from the custody of owner upon requestRedeem and burned by the time the request is Claimed",
    async (world) => {
      const { share, vault, alice, held, mature } = world;
      const supply = await share.totalSupply();
      await askTo(world, alice);
      expect(await share.balanceOf(alice)).to.equal(held - SOME);
      await mature();
      await vault.connect(alice).redeem(SOME, alice, alice);
      expect(await share.totalSupply()).to.equal(supply - SOME);
    },
  ],
  [
    "requestRedeem MUST revert if all of shares cannot be requested",
    async ({ redemptions, alice, bob, held }) => {
      await expect(redemptions.connect(alice).requestRedeem(held + 1n, alice, alice)).to.revert(ethers);
      await expect(redemptions.connect(bob).requestRedeem(1n, bob, bob)).to.revert(ethers);
    },
  ],
  [
    "approval may come from ERC-20 approval over the shares: a finite one MUST be deducted, and its rest is the limit",
    async ({ redemptions, share, alice, bob }) => {
      await expect(redemptions.connect(bob).requestRedeem(SOME, bob, alice)).to.revert(ethers);
      await share.connect(alice).approve(bob, SOME + 1n);
      await redemptions.connect(bob).requestRedeem(SOME, bob, alice);
      expect(await share.allowance(alice, bob)).to.equal(1n);
      await expect(redemptions.connect(bob).requestRedeem(SOME, bob, alice)).to.revert(ethers);
    },
  ],
  [
    "spenders with infinite approvals SHOULD NOT have their allowance deducted",
    async ({ redemptions, share, alice, bob }) => {
      await share.connect(alice).approve(bob, MOST);
      await redemptions.connect(bob).requestRedeem(SOME, bob, alice);
      expect(await share.allowance(alice, bob)).to.equal(MOST);
    },
  ],
  [
    "spenders with operator permission are not subject to allowance restrictions",
    async ({ redemptions, operators, share, alice, bob }) => {
      await share.connect(alice).approve(bob, 1n);
      await operators.connect(alice).setOperator(bob, true);
      await redemptions.connect(bob).requestRedeem(SOME, bob, alice);
      expect(await share.allowance(alice, bob)).to.equal(1n);
    },
  ],
  [
    "Requests MUST NOT skip the Claim state, and Vaults MUST NOT push tokens onto the user",
    async (world) => {
      const { asset, vault, bob, mature } = world;
      const had = await asset.balanceOf(bob);
      await askTo(world, bob);
      await mature();
      expect(await asset.balanceOf(bob)).to.equal(had);
      await vault.connect(bob).redeem(SOME, bob, bob);
      expect(await asset.balanceOf(bob)).to.be.greaterThan(had);
    },
  ],
  [
    "a Request is discriminated by both the requestId and the controller",
    async (world) => {
      const { redemptions, alice, bob } = world;
      const id = await askTo(world, bob);
      expect(await redemptions.pendingRedeemRequest(id, bob)).to.equal(SOME);
      expect(await redemptions.pendingRedeemRequest(id, alice)).to.equal(0n);
      expect(await redemptions.pendingRedeemRequest(id + 1n, bob)).to.equal(0n);
    },
  ],
  [
    "Requests of the same requestId MUST be fungible: no two have the same, and none has 0 if one has not",
    async (world) => {
      const ids = [await askTo(world, world.alice), await askTo(world, world.bob), await askTo(world, world.alice)];
      expect(new Set(ids).size).to.equal(ids.length);
      expect(ids).not.to.include(0n);
    },
  ],
  [
    "when requestId == 0, purely the controller discriminates, and its requests are aggregated",
    async (world) => {
      const { redemptions, alice, mature } = world;
      await askTo(world, alice);
      await mature();
      await askTo(world, alice, 2n * SOME);
      expect(await redemptions.claimableRedeemRequest(0n, alice)).to.equal(SOME);
      expect(await redemptions.pendingRedeemRequest(0n, alice)).to.equal(2n * SOME);
    },
  ],
  [
    "pendingRedeemRequest MUST NOT include Claimable shares, nor claimableRedeemRequest Pending ones",
    async (world) => {
      const { redemptions, alice, mature } = world;
      const id = await askTo(world, alice);
      const told = async () => [
        await redemptions.pendingRedeemRequest(id, alice),
        await redemptions.claimableRedeemRequest(id, alice),
      ];
      expect(await told()).to.deep.equal([SOME, 0n]);
      await mature();
      expect(await told()).to.deep.equal([0n, SOME]);
    },
  ],
  [
    "pendingRedeemRequest and claimableRedeemRequest MUST NOT show any variations depending on the caller",
    async (world) => {
      const { redemptions, alice, bob, carol, mature } = world;
      const id = await askTo(world, alice);
      for (const caller of [alice, bob, carol]) {
        expect(await redemptions.connect(caller).pendingRedeemRequest(id, alice)).to.equal(SOME);
      }
      await mature();
      for (const caller of [alice, bob, carol]) {
        expect(await redemptions.connect(caller).claimableRedeemRequest(id, alice)).to.equal(SOME);
      }
    },
  ],
  [
    "pendingRedeemRequest and claimableRedeemRequest MUST NOT revert, whatever request and controller they are asked for",
    async ({ redemptions, alice }) => {
      for (const id of [0n, 1n, 2n, MOST]) {
        for (const controller of [alice.address, ethers.ZeroAddress]) {
          expect(await redemptions.pendingRedeemRequest(id, controller)).to.equal(0n);
          expect(await redemptions.claimableRedeemRequest(id, controller)).to.equal(0n);
        }
      }
    },
  ],
  [
    "views MUST NOT revert: others may not give a controller more requests than these can go through",
    async (world) => {
      const { redemptions, operators, vault, share, alice, bob, carol, mature } = world;
      for (let k = 0n; k < GIFTS; k += 1n) await askTo(world, bob);
      await expect(redemptions.connect(alice).requestRedeem(SOME, bob, alice)).to.revert(ethers);
      await share.connect(alice).transfer(bob, 2n * SOME);
      await redemptions.connect(bob).requestRedeem(SOME, bob, bob);
      await operators.connect(bob).setOperator(carol, true);
      await redemptions.connect(carol).requestRedeem(SOME, bob, bob);
      await mature();
      expect(await vault.maxRedeem.estimateGas(bob)).to.be.lessThan(16_000_000n);
      const most = await vault.maxRedeem(bob);
      expect(most).to.equal((GIFTS + 2n) * SOME);
      await vault.connect(bob).redeem(most, bob, bob);
      await askTo(world, bob);
      expect(await redemptions.pendingRedeemRequest(0n, bob)).to.equal(SOME);
    },
  ],
];

const CLAIMS: readonly Must[] = [
  [
    "previewRedeem and previewWithdraw MUST revert for all callers and inputs",
    async ({ vault, alice, bob }) => {
      for (const caller of [alice, bob]) {
        for (const amount of [0n, 1n, SOME, MOST]) {
          await expect(vault.connect(caller).previewRedeem(amount)).to.revert(ethers);
          await expect(vault.connect(caller).previewWithdraw(amount)).to.revert(ethers);
        }
      }
    },
  ],
  [
    "the controller MUST be msg.sender unless the controller has approved the msg.sender as an operator",
    async (world) => {
      const { vault, share, operators, alice, bob, carol, mature } = world;
      await askTo(world, alice);
      await mature();
      await share.connect(alice).approve(bob, MOST);
      await operators.connect(bob).setOperator(alice, true);
      await expect(vault.connect(bob).redeem(1n, bob, alice)).to.revert(ethers);
      await expect(vault.connect(bob).withdraw(1n, bob, alice)).to.revert(ethers);
      await operators.connect(alice).setOperator(bob, true);
      await vault.connect(bob).redeem(SOME / 2n, carol, alice);
      await vault.connect(bob).withdraw(1n, carol, alice);
      await operators.connect(alice).setOperator(bob, false);
      await expect(vault.connect(bob).redeem(1n, bob, alice)).to.revert(ethers);
    },
  ],
  [
    "redeem and withdraw do not transfer shares to the Vault",
    async (world) => {
      const { vault, share, alice, mature } = world;
      await askTo(world, alice);
      await mature();
      const held = await share.balanceOf(alice);
      await vault.connect(alice).redeem(SOME / 2n, alice, alice);
      await vault.connect(alice).withdraw(1n, alice, alice);
      expect(await share.balanceOf(alice)).to.equal(held);
    },
  ],
  [
    "redeem and withdraw MUST revert if all of it cannot be claimed, such as what is Pending",
    async (world) => {
      const { vault, alice, mature } = world;
      await askTo(world, alice);
      await expect(vault.connect(alice).redeem(1n, alice, alice)).to.revert(ethers);
      await mature();
      await askTo(world, alice);
      const most = await vault.maxWithdraw(alice);
      await expect(vault.connect(alice).redeem(SOME + 1n, alice, alice)).to.revert(ethers);
      await expect(vault.connect(alice).withdraw(most + 1n, alice, alice)).to.revert(ethers);
      await vault.connect(alice).withdraw(most, alice, alice);
      await expect(vault.connect(alice).redeem(1n, alice, alice)).to.revert(ethers);
    },
  ],
  [
    "maxRedeem increases and decreases in sync with claimableRedeemRequest",
    async (world) => {
      const { vault, redemptions, alice, mature } = world;
      await askTo(world, alice);
      expect(await vault.maxRedeem(alice)).to.equal(0n);
      await mature();
      expect(await vault.maxRedeem(alice)).to.equal(SOME);
      await vault.connect(alice).redeem(SOME - 1n, alice, alice);
      expect(await vault.maxRedeem(alice)).to.equal(1n);
      expect(await redemptions.claimableRedeemRequest(0n, alice)).to.equal(1n);
    },
  ],
  [
    "maxRedeem and maxWithdraw MUST NOT revert, and MUST return 0 while claims are disabled",
    async (world) => {
      const { vault, pausable, owner, alice, mature } = world;
      expect(await vault.maxRedeem(ethers.ZeroAddress)).to.equal(0n);
      expect(await vault.maxWithdraw(ethers.ZeroAddress)).to.equal(0n);
      await askTo(world, alice);
      await mature();
      await pausable.connect(owner).pause(PAUSED_CLAIM);
      expect([await vault.maxRedeem(alice), await vault.maxWithdraw(alice)]).to.deep.equal([0n, 0n]);
    },
  ],
  [
    "redeem and withdraw MUST emit the Withdraw event, with the controller as owner",
    async (world) => {
      const { vault, operators, alice, bob, carol, mature } = world;
      await askTo(world, alice);
      await mature();
      await operators.connect(alice).setOperator(bob, true);
      const assets = await vault.connect(bob).redeem.staticCall(SOME / 2n, carol, alice);
      await expect(vault.connect(bob).redeem(SOME / 2n, carol, alice))
        .to.emit(vault, "Withdraw")
        .withArgs(bob, carol, alice, assets, SOME / 2n);
      const shares = await vault.connect(bob).withdraw.staticCall(9n, carol, alice);
      await expect(vault.connect(bob).withdraw(9n, carol, alice))
        .to.emit(vault, "Withdraw")
        .withArgs(bob, carol, alice, 9n, shares);
    },
  ],
  [
    "setOperator MUST set the operator status, MUST log the OperatorSet event and MUST return True",
    async ({ operators, alice, bob, carol }) => {
      for (const approved of [true, true, false]) {
        expect(await operators.connect(alice).setOperator.staticCall(bob, approved)).to.equal(true);
        await expect(operators.connect(alice).setOperator(bob, approved))
          .to.emit(operators, "OperatorSet")
          .withArgs(alice, bob, approved);
        expect(await operators.isOperator(alice, bob)).to.equal(approved);
        expect(await operators.isOperator(bob, alice)).to.equal(false);
        expect(await operators.isOperator(alice, carol)).to.equal(false);
      }
    },
  ],
  [
    "MUST return true for the interfaces of ERC-165, operators, asynchronous redemption and the vault of ERC-7575",
    async ({ introspection }) => {
      for (const id of ["0x01ffc9a7", "0xe3bc4e65", "0x620ee8e4", "0x2f0a18c5"]) {
        expect(await introspection.supportsInterface(id), id).to.equal(true);
      }
      expect(await introspection.supportsInterface("0xffffffff")).to.equal(false);
    },
  ],
  [
    "share MUST return the address of an ERC-20, and it names the vault of the asset",
    async ({ introspection, vault, share, asset, alice, held, at }) => {
      expect(await vault.share()).to.equal(await share.getAddress());
      expect(await share.balanceOf(alice)).to.equal(held);
      expect(await share.vault(asset)).to.equal(at);
      expect(await introspection.asset()).to.equal(await asset.getAddress());
    },
  ],
];

/** What binds a vault whose deposits wait. */
const DEPOSITS: readonly Must[] = [
  [
    "requestDeposit MUST support approve / transferFrom on asset, and MUST emit the DepositRequest event",
    async ({ deposits, operators, asset, alice, bob, carol }) => {
      await operators.connect(alice).setOperator(bob, true);
      const had = await asset.balanceOf(alice);
      const id = await deposits.connect(bob).requestDeposit.staticCall(SOME, carol, alice);
      await expect(deposits.connect(bob).requestDeposit(SOME, carol, alice))
        .to.emit(deposits, "DepositRequest")
        .withArgs(carol, alice, id, bob, SOME);
      expect(await asset.balanceOf(alice)).to.equal(had - SOME);
    },
  ],
  [
    "owner MUST equal msg.sender unless the owner has approved the msg.sender as an operator",
    async ({ deposits, asset, alice, bob }) => {
      await asset.connect(alice).approve(bob, MOST);
      await expect(deposits.connect(bob).requestDeposit(SOME, bob, alice)).to.revert(ethers);
    },
  ],
  [
    "requestDeposit MUST revert if all of assets cannot be requested",
    async ({ deposits, asset, at, alice }) => {
      await asset.connect(alice).approve(at, SOME - 1n);
      await expect(deposits.connect(alice).requestDeposit(SOME, alice, alice)).to.revert(ethers);
    },
  ],
  [
    "previewDeposit and previewMint MUST revert for all callers and inputs",
    async ({ vault, alice, bob }) => {
      for (const caller of [alice, bob]) {
        for (const amount of [0n, 1n, SOME, MOST]) {
          await expect(vault.connect(caller).previewDeposit(amount)).to.revert(ethers);
          await expect(vault.connect(caller).previewMint(amount)).to.revert(ethers);
        }
      }
    },
  ],
  [
    "pending and claimable deposits MUST NOT include each other, MUST NOT vary by caller, and MUST NOT revert",
    async ({ deposits, alice, bob, mature }) => {
      const id = await deposits.connect(alice).requestDeposit.staticCall(SOME, alice, alice);
      await deposits.connect(alice).requestDeposit(SOME, alice, alice);
      const told = async (caller: typeof alice) => [
        await deposits.connect(caller).pendingDepositRequest(id, alice),
        await deposits.connect(caller).claimableDepositRequest(id, alice),
      ];
      for (const caller of [alice, bob]) expect(await told(caller)).to.deep.equal([SOME, 0n]);
      await mature();
      for (const caller of [alice, bob]) expect(await told(caller)).to.deep.equal([0n, SOME]);
      for (const other of [id + 1n, MOST]) expect(await deposits.pendingDepositRequest(other, alice)).to.equal(0n);
      expect(await deposits.claimableDepositRequest(id, ethers.ZeroAddress)).to.equal(0n);
    },
  ],
  [
    "overloaded deposit and mint MUST revert unless the sender is the controller or its operator",
    async ({ deposits, operators, share, alice, bob, carol, mature }) => {
      await deposits.connect(alice).requestDeposit(SOME, alice, alice);
      await mature();
      await expect(deposits.connect(bob).deposit(1n, bob, alice)).to.revert(ethers);
      await expect(deposits.connect(bob).mint(1n, bob, alice)).to.revert(ethers);
      await operators.connect(alice).setOperator(bob, true);
      const given = await deposits.connect(bob).deposit.staticCall(SOME, carol, alice);
      await deposits.connect(bob).deposit(SOME, carol, alice);
      expect(await share.balanceOf(carol)).to.equal(given);
    },
  ],
  [
    "the first parameter of the Deposit event MUST be the controller, and the second the receiver",
    async ({ vault, deposits, operators, alice, bob, carol, mature }) => {
      await deposits.connect(alice).requestDeposit(SOME, alice, alice);
      await mature();
      await operators.connect(alice).setOperator(bob, true);
      const shares = await deposits.connect(bob).deposit.staticCall(SOME, carol, alice);
      await expect(deposits.connect(bob).deposit(SOME, carol, alice))
        .to.emit(vault, "Deposit")
        .withArgs(alice, carol, SOME, shares);
    },
  ],
  [
    "deposit and mint do not transfer assets to the Vault, and maxDeposit and maxMint follow what is claimable",
    async ({ vault, deposits, asset, alice, mature }) => {
      await deposits.connect(alice).requestDeposit(SOME, alice, alice);
      expect([await vault.maxDeposit(alice), await vault.maxMint(alice)]).to.deep.equal([0n, 0n]);
      await mature();
      expect(await vault.maxDeposit(alice)).to.equal(SOME);
      const [had, most] = [await asset.balanceOf(alice), await vault.maxMint(alice)];
      await deposits.connect(alice).mint(most, alice, alice);
      expect(await asset.balanceOf(alice)).to.equal(had);
      expect([await vault.maxDeposit(alice), await vault.maxMint(alice)]).to.deep.equal([0n, 0n]);
    },
  ],
  [
    "MUST return true for the interface of asynchronous deposits",
    async ({ introspection }) => {
      expect(await introspection.supportsInterface("0xce3bbe50")).to.equal(true);
    },
  ],
];

/** What binds a vault whose deposits do not wait. */
const SYNCHRONOUS: readonly Must[] = [
  [
    "a flow that is not implemented in a Request pattern MUST use the synchronous pattern of ERC-4626",
    async ({ introspection, vault, share, asset, alice }) => {
      expect(await introspection.supportsInterface("0xce3bbe50")).to.equal(false);
      const [had, held] = [await asset.balanceOf(alice), await share.balanceOf(alice)];
      const shares = await vault.previewDeposit(SOME);
      await expect(vault.connect(alice).deposit(SOME, alice))
        .to.emit(vault, "Deposit")
        .withArgs(alice, alice, SOME, shares);
      expect([await asset.balanceOf(alice), await share.balanceOf(alice)]).to.deep.equal([had - SOME, held + shares]);
    },
  ],
];

describe("ERC-7540, sentence by sentence", () => {
  for (const { name, open, musts } of [
    { name: "RestakingVault", open: restakingVault, musts: [...REQUESTS, ...CLAIMS, ...SYNCHRONOUS] },
    { name: "FundTeller", open: fundTeller, musts: [...REQUESTS, ...CLAIMS, ...DEPOSITS] },
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
