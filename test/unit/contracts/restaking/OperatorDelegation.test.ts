import { expect } from "chai";
import { network } from "hardhat";

import { DELAYS, deployRestaking, SETS, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const FAR = 2n ** 40n;
const SALT = `0x${"11".repeat(32)}`;
const NONE = { signature: "0x", salt: SALT, expiry: FAR };

async function fixture() {
  return await deployRestaking({ network: connection });
}

/** Operator 1 wants `thief` to approve, who signs for alice. */
async function approved() {
  const world = await fixture();
  const { alice, delegation, op1, thief } = world;
  await delegation.connect(op1).setDelegationApprover(thief);
  const { chainId } = await ethers.provider.getNetwork();
  const domain = {
    name: "Faultline OperatorDelegation",
    version: "1",
    chainId,
    verifyingContract: await delegation.getAddress(),
  };
  const types = {
    Delegation: [
      { name: "staker", type: "address" },
      { name: "operator", type: "address" },
      { name: "approver", type: "address" },
      { name: "salt", type: "bytes32" },
      { name: "expiry", type: "uint256" },
    ],
  };
  const message = { staker: alice.address, operator: op1.address, approver: thief.address, salt: SALT, expiry: FAR };
  const approval = { signature: await thief.signTypedData(domain, types, message), salt: SALT, expiry: FAR };
  return { ...world, approval };
}

describe("OperatorDelegation", () => {
  describe("registerAsOperator", () => {
    it("delegates the operator to itself, with what it has", async () => {
      const { alice, allocations, delegation, deposit, shares } = await networkHelpers.loadFixture(fixture);
      await deposit(alice, WAD);
      await delegation.connect(alice).registerAsOperator(ethers.ZeroAddress, 7, "ipfs://me");
      expect(await delegation.delegatedTo(alice)).to.equal(alice);
      expect(await delegation.isOperator(alice)).to.equal(true);
      expect(await delegation.operators()).to.have.length(3);
      expect(await shares(alice)).to.equal(WAD);
      expect(await allocations.allocationDelayOf(alice)).to.deep.equal([true, 7n]);
    });

    it("reverts for an operator, and for whoever delegates", async () => {
      const { alice, delegate, delegation, op1 } = await networkHelpers.loadFixture(fixture);
      const register = (who: typeof alice) => delegation.connect(who).registerAsOperator(ethers.ZeroAddress, 0, "");
      await expect(register(op1))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationAlreadyOperator")
        .withArgs(op1);
      await delegate(alice, op1);
      await expect(register(alice))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationActivelyDelegated")
        .withArgs(alice, op1);
    });
  });

  describe("delegate", () => {
    it("reverts for a second operator, a stranger, and while paused", async () => {
      const { alice, bob, delegate, delegation, op1, op2 } = await networkHelpers.loadFixture(fixture);
      await expect(delegate(alice, bob))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationNotOperator")
        .withArgs(bob);
      await delegate(alice, op1);
      expect(await delegation.stakersOf(op1)).to.deep.equal([op1.address, alice.address]);
      await expect(delegate(alice, op2)).to.be.revertedWithCustomError(
        delegation,
        "OperatorDelegationActivelyDelegated",
      );
      await delegation.pause(1n);
      await expect(delegate(bob, op1)).to.be.revertedWithCustomError(delegation, "PausableFlagsPaused").withArgs(0);
    });

    it("asks for the approver's signature, once", async () => {
      const { alice, approval, bob, delegation, op1, thief } = await networkHelpers.loadFixture(approved);
      await expect(delegation.connect(alice).delegate(op1, NONE))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationInvalidApproval")
        .withArgs(thief);
      await expect(delegation.connect(bob).delegate(op1, approval)).to.be.revertedWithCustomError(
        delegation,
        "OperatorDelegationInvalidApproval",
      );
      await expect(delegation.connect(alice).delegate(op1, { ...approval, expiry: 1n })).to.be.revertedWithCustomError(
        delegation,
        "OperatorDelegationApprovalExpired",
      );
      await delegation.connect(alice).delegate(op1, approval);
      await delegation.connect(alice).undelegate(alice);
      await expect(delegation.connect(alice).delegate(op1, approval))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationSaltSpent")
        .withArgs(thief, SALT);
    });

    it("needs no signature from the approver itself, nor once the switch is off", async () => {
      const { bob, delegation, op1, thief } = await networkHelpers.loadFixture(approved);
      await delegation.connect(thief).delegate(op1, NONE);
      await delegation.connect(op1).setDelegationApprover(ethers.ZeroAddress);
      await delegation.connect(bob).delegate(op1, NONE);
      await expect(delegation.connect(bob).setDelegationApprover(bob)).to.be.revertedWithCustomError(
        delegation,
        "OperatorDelegationNotOperator",
      );
    });
  });

  describe("deposits of a delegated staker", () => {
    it("reverts when a deposit would round its scaling factor to nothing", async () => {
      const { alice, allocate, delegate, delegation, deposit, join, op1, slash, strategy } =
        await networkHelpers.loadFixture(fixture);
      await join(op1, SETS.burning);
      await allocate(op1, SETS.burning, WAD);
      // Two roundings in a row have to bite: a third of the maximum is lost, then a whole share.
      await deposit(alice, 1_333_333_333_333_333_333n);
      await delegate(alice, op1);
      await slash(op1, SETS.burning, WAD - 3n);
      await deposit(alice, 1n);
      expect(await delegation.depositScalingFactor(alice, strategy)).to.equal((2n * WAD) / 3n);
      await slash(op1, SETS.burning, WAD / 2n);
      expect(await delegation.slashingFactorOf(alice, strategy)).to.equal(1n);

      await expect(deposit(alice, 1n))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationScalingFactorZero")
        .withArgs(alice, strategy);
    });
  });

  describe("tokens and native ether together", () => {
    it("go to the operator, and into one withdrawal each when the staker leaves", async () => {
      const { alice, delegate, delegation, deposit, op1, owner, pods, shares, strategy } =
        await networkHelpers.loadFixture(fixture);
      const beacon = await pods.beaconStrategy();
      await pods.connect(alice).createPod();
      const pod = await ethers.getContractAt("MockPod", await pods.podOf(alice));
      await pod.connect(owner).reportValidator(0, 32n * 10n ** 9n, false);
      await pod.connect(alice).verifyValidator(0);
      await deposit(alice, 5n * WAD);
      expect(await delegation.depositedShares(alice)).to.deep.equal([
        [await strategy.getAddress(), beacon],
        [5n * WAD, 32n * WAD],
      ]);

      await delegate(alice, op1);
      expect([await shares(op1), await delegation.operatorShares(op1, beacon)]).to.deep.equal([5n * WAD, 32n * WAD]);

      await delegation.connect(alice).undelegate(alice);
      expect([await shares(op1), await delegation.operatorShares(op1, beacon)]).to.deep.equal([0n, 0n]);
      const queued = await Promise.all(
        (await delegation.withdrawalsOf(alice)).map((id) => delegation.queuedWithdrawal(id)),
      );
      expect(queued.map(({ strategies, scaledShares }) => [...strategies, ...scaledShares])).to.deep.equal([
        [await strategy.getAddress(), 5n * WAD],
        [beacon, 32n * WAD],
      ]);
      expect(await delegation.depositedShares(alice)).to.deep.equal([[], []]);
    });
  });

  describe("undelegate", () => {
    it("can be forced by the operator and by its approver, not by a stranger", async () => {
      const { alice, approval, bob, delegation, deposit, op1, op2, thief } = await networkHelpers.loadFixture(approved);
      await deposit(alice, WAD);
      await delegation.connect(alice).delegate(op1, approval);
      await expect(delegation.connect(bob).undelegate(alice))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationUnauthorized")
        .withArgs(bob, alice);
      await expect(delegation.connect(thief).undelegate(alice))
        .to.emit(delegation, "Undelegated")
        .withArgs(alice, op1, true);
      await delegation.connect(alice).delegate(op2, NONE);
      await expect(delegation.connect(op2).undelegate(alice)).to.emit(delegation, "Undelegated");
      expect(await delegation.withdrawalsOf(alice)).to.deep.equal([0n]);
    });

    it("reverts for operators and for whoever does not delegate", async () => {
      const { alice, delegation, op1 } = await networkHelpers.loadFixture(fixture);
      await expect(delegation.connect(op1).undelegate(op1))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationOperatorsCannotUndelegate")
        .withArgs(op1);
      await expect(delegation.connect(alice).undelegate(alice))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationNotActivelyDelegated")
        .withArgs(alice);
    });

    it("moves to another operator in one go", async () => {
      const { alice, delegate, delegation, deposit, op1, op2, redelegate, shares } =
        await networkHelpers.loadFixture(fixture);
      await deposit(alice, WAD);
      await delegate(alice, op1);
      await redelegate(alice, op2);
      expect(await delegation.delegatedTo(alice)).to.equal(op2);
      expect([await shares(op1), await shares(op2)]).to.deep.equal([0n, 0n]);
    });
  });

  describe("withdrawals", () => {
    it("waits through the delay, pays tokens, and is gone", async () => {
      const { alice, before, block, bob, complete, delegation, deposit, queue, token } =
        await networkHelpers.loadFixture(fixture);
      await deposit(alice, 3n * WAD);
      await queue(alice, 2n * WAD);
      const completableAt = (await block()) + BigInt(DELAYS.withdrawal) + 1n;
      expect(await delegation.releasableShares(0)).to.deep.equal([[2n * WAD], completableAt]);
      await expect(complete(bob, 0n)).to.be.revertedWithCustomError(delegation, "OperatorDelegationUnauthorized");
      await before(completableAt - 1n);
      await expect(complete(alice, 0n)).to.be.revertedWithCustomError(
        delegation,
        "OperatorDelegationWithdrawalDelayNotElapsed",
      );
      await before(completableAt);
      await complete(alice, 0n);
      expect(await token.balanceOf(alice)).to.equal(999n * WAD);
      await expect(complete(alice, 0n))
        .to.be.revertedWithCustomError(delegation, "OperatorDelegationWithdrawalNotQueued")
        .withArgs(0);
    });

    it("refuses nothing, too much, and lists that do not match", async () => {
      const { alice, delegation, deposit, manager, queue, strategy } = await networkHelpers.loadFixture(fixture);
      await deposit(alice, 5n);
      await expect(queue(alice, 0n)).to.be.revertedWithCustomError(manager, "ShareManagerSharesAmountZero");
      await expect(queue(alice, 6n))
        .to.be.revertedWithCustomError(manager, "ShareManagerSharesAmountTooHigh")
        .withArgs(alice, strategy, 6n, 5n);
      for (const [strategies, amounts] of [
        [[], []],
        [[strategy], []],
      ] as const) {
        await expect(
          delegation.connect(alice).queueWithdrawal([...strategies], [...amounts]),
        ).to.be.revertedWithCustomError(delegation, "OperatorDelegationLengthMismatch");
      }
    });
  });

  describe("views", () => {
    it("converts what is wanted to deposit shares, and what is left of nothing to zero", async () => {
      const { alice, allocate, delegate, delegation, deposit, join, op1, slash, strategy } =
        await networkHelpers.loadFixture(fixture);
      await deposit(alice, WAD);
      await delegate(alice, op1);
      await join(op1, SETS.burning);
      await allocate(op1, SETS.burning, WAD);
      await slash(op1, SETS.burning, WAD / 2n);
      const convert = () => delegation.convertToDepositShares(alice, [strategy], [WAD / 4n]);
      expect(await convert()).to.deep.equal([WAD / 2n]);
      expect(await delegation.slashingFactorOf(alice, strategy)).to.equal(WAD / 2n);
      await slash(op1, SETS.burning, WAD);
      expect(await convert()).to.deep.equal([0n]);
      await expect(delegation.convertToDepositShares(alice, [strategy], [])).to.be.revertedWithCustomError(
        delegation,
        "OperatorDelegationLengthMismatch",
      );
    });
  });

  it("lets nobody but the core book shares", async () => {
    const { alice, delegation, strategy } = await networkHelpers.loadFixture(fixture);
    for (const call of [
      () => delegation.increaseDelegatedShares(alice, strategy, 0, 1),
      () => delegation.decreaseDelegatedShares(alice, 1, 1),
      () => delegation.slashOperatorShares(alice, strategy, 1, 0),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(delegation, "CoreComponentUnauthorized");
    }
  });
});
