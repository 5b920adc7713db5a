import { expect } from "chai";
import { network } from "hardhat";

import { speaker } from "../../../helpers/services.ts";
import { COOLDOWN, SET, WAD, deploySlashing, enrol, registerKey, scripted } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const TOPIC = ethers.id("weather");
const RAIN = ethers.id("rain");

async function fixture() {
  const world = await deploySlashing(connection);
  const avs = await world.service.getAddress();
  const voice = speaker(world, avs, TOPIC);
  await world.service.openRound(SET.instant, TOPIC);
  return { ...world, avs, voice, set: { avs, id: SET.instant } };
}

describe("Service", () => {
  describe("set-up", () => {
    it("makes the contract an AVS and its own registrar", async () => {
      const { registry, service, avs, other } = await networkHelpers.loadFixture(fixture);

      expect(await registry.isAVS(avs)).to.equal(true);
      expect(await registry.registrarOf(avs)).to.equal(avs);
      expect(await service.supportsAVS(avs)).to.equal(true);
      expect(await service.supportsAVS(other)).to.equal(false);
    });

    it("announces slashers and sets hooks in the registry", async () => {
      const { registry, service, ledger, veto, set } = await networkHelpers.loadFixture(fixture);

      await service.proposeSlasher(SET.instant, veto);
      await service.setHook(SET.instant, ledger);

      expect((await registry.pendingSlasherOf(set))[0]).to.equal(await veto.getAddress());
      expect(await registry.hookOf(set)).to.equal(await ledger.getAddress());
    });

    it("reverts when somebody else than the owner runs the service", async () => {
      const { service, instant, veto, optimistic, token, ledger, ada } = await networkHelpers.loadFixture(fixture);
      const stranger = service.connect(ada);
      const zero = ethers.ZeroAddress;
      const windows = { detection: 0, objectionWindow: 1, executionWindow: 1 };
      const params = { id: 7, strategies: [], slasher: ada, recipient: zero, releaseDelay: 0, hook: zero };

      for (const call of [
        () => stranger.launch(""),
        () => stranger.createSet(params),
        () => stranger.useInstantSlasher(instant, 1, []),
        () => stranger.useVetoSlasher(veto, 1, [], windows, []),
        () => stranger.useOptimisticSlasher(optimistic, 1, [], windows, { token, amount: 1, arbiter: ada }),
        () => stranger.proposeSlasher(1, ada),
        () => stranger.setHook(1, zero),
        () => stranger.setLedger(ledger),
        () => stranger.setDoors(true, true),
        () => stranger.eject(ada, [1]),
        () => stranger.payFee(zero, 1, token, 1, { start: 0, duration: 1 }),
        () => stranger.setProtocolFeeOptIn(zero, true),
        () => stranger.openRound(1, TOPIC),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(service, "OwnableUnauthorizedAccount").withArgs(ada.address);
      }
    });
  });

  it("pays a set's fee for a period from its own balance", async () => {
    const { service, registry, owner, token, set } = await networkHelpers.loadFixture(fixture);
    const periods = { calculationInterval: 10, maxDuration: 100, maxRetroactive: 100, maxFuture: 100 };
    const rewards = await ethers.deployContract("RewardsCoordinator", [
      registry,
      { owner, updater: owner, feeRecipient: owner, defaultSplitBips: 1_000, activationDelay: 10, periods },
      0,
    ]);
    await token.mint(service, WAD);
    await service.setProtocolFeeOptIn(rewards, true);
    const start = (await ethers.provider.getBlockNumber()) - 1;
    const period = { start: start - (start % 10), duration: 20 };

    await expect(service.payFee(rewards, SET.instant, token, WAD, period))
      .to.emit(service, "FeePaid")
      .withArgs(SET.instant, await token.getAddress(), WAD, period.start, 20);

    // A fifth goes to the protocol, as the AVS chose.
    expect(await token.balanceOf(rewards)).to.equal((WAD * 4n) / 5n);
    expect((await rewards.getPayment(0)).set).to.deep.equal([set.avs, BigInt(set.id)]);
  });

  describe("registrar", () => {
    it("refuses to let operators in while joining is closed", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { service, registry, other, avs } = world;
      await enrol(world, other);

      await expect(service.setDoors(false, true)).to.emit(service, "DoorsSet").withArgs(false, true);
      await expect(registry.connect(other).registerForOperatorSets(avs, [SET.instant], "0x"))
        .to.be.revertedWithCustomError(service, "ServiceDoorClosed")
        .withArgs(other.address);
      await service.setDoors(true, true);
      await registry.connect(other).registerForOperatorSets(avs, [SET.instant], "0x");
    });

    it("refuses operators without signing key", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { service, registry, delegation, other, avs } = world;
      await delegation.connect(other).registerAsOperator(ethers.ZeroAddress, 0, "");

      await expect(registry.connect(other).registerForOperatorSets(avs, [SET.instant], "0x"))
        .to.be.revertedWithCustomError(service, "ServiceNoKey")
        .withArgs(other.address);
      await registerKey(world, other);
      await registry.connect(other).registerForOperatorSets(avs, [SET.instant], "0x");
    });

    it("refuses to let operators out while leaving is closed; the owner can still eject them", async () => {
      const { service, registry, ada, avs, set } = await networkHelpers.loadFixture(fixture);
      await service.setDoors(true, false);

      await expect(registry.connect(ada).deregisterFromOperatorSets(ada, avs, [SET.instant]))
        .to.be.revertedWithCustomError(service, "ServiceDoorClosed")
        .withArgs(ada.address);
      await service.eject(ada, [SET.instant]);

      expect((await registry.membership(ada, set)).registered).to.equal(false);
      expect(await service.leavingOpen()).to.equal(false);
    });

    it("leaves an operator that may not leave its way out: it deallocates", async () => {
      const { service, allocations, strategies, ada, set } = await networkHelpers.loadFixture(fixture);
      await service.setDoors(true, false);

      const params = { set, strategies, newMagnitudes: strategies.map(() => 0n) };
      await allocations.connect(ada).modifyAllocations([params]);
      await networkHelpers.mine(51);

      for (const strategy of strategies) {
        expect((await allocations.allocationOf(ada, set, strategy)).currentMagnitude).to.equal(0n);
      }
    });

    it("refuses an operator that cools down after a slash, through the last block inclusive", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { service, registry, ledger, instant, ada, set, avs } = world;
      const rule = await ethers.deployContract("ScriptedRule__MockForModules");
      await service.useInstantSlasher(instant, SET.instant, [rule]);
      await service.setHook(SET.instant, ledger);
      await expect(service.setLedger(ledger)).to.emit(service, "LedgerSet");
      await registry.connect(ada).deregisterFromOperatorSets(ada, avs, [SET.instant]);
      const last = (await registry.membership(ada, set)).slashableUntil;
      await networkHelpers.mineUpTo(last - 1n);
      await instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: last - 1n }));
      const until = last + COOLDOWN;

      await networkHelpers.mineUpTo(until - 1n);
      await expect(registry.connect(ada).registerForOperatorSets(avs, [SET.instant], "0x"))
        .to.be.revertedWithCustomError(service, "ServiceCoolingDown")
        .withArgs(ada.address, until);
      // The refusal was in the last block.
      await registry.connect(ada).registerForOperatorSets(avs, [SET.instant], "0x");
    });

    it("reverts when somebody else than the registry calls, or about another AVS", async () => {
      const { service, registry, ada, other, avs } = await networkHelpers.loadFixture(fixture);
      await expect(service.connect(other).registerOperator(ada, avs, [1], "0x"))
        .to.be.revertedWithCustomError(service, "ServiceNotRegistry")
        .withArgs(other.address);
      await expect(service.connect(other).deregisterOperator(ada, avs, [1])).to.be.revertedWithCustomError(
        service,
        "ServiceNotRegistry",
      );
      const address = await registry.getAddress();
      await networkHelpers.impersonateAccount(address);
      await networkHelpers.setBalance(address, WAD);

      const asRegistry = service.connect(await ethers.getSigner(address));
      await expect(asRegistry.registerOperator(ada, other, [1], "0x"))
        .to.be.revertedWithCustomError(service, "ServiceForeignAvs")
        .withArgs(other.address);
    });
  });

  describe("rounds", () => {
    it("notes signed answers and emits them as evidence", async () => {
      const { service, voice, ada, bob } = await networkHelpers.loadFixture(fixture);
      const signature = await voice.sign(ada, 1n, RAIN);

      await expect(service.connect(ada).answer(SET.instant, TOPIC, 1n, RAIN, signature))
        .to.emit(service, "RoundServed")
        .withArgs(SET.instant, TOPIC, 1n, ada.address, RAIN, signature);

      expect(await service.answerOf(SET.instant, TOPIC, 1n, ada)).to.deep.equal([true, RAIN]);
      expect(await service.answerOf(SET.instant, TOPIC, 1n, bob)).to.deep.equal([false, ethers.ZeroHash]);
      expect(await service.serversOf(SET.instant, TOPIC, 1n)).to.deep.equal([ada.address]);
      expect(await service.servedBy(SET.instant, ada)).to.equal(1n);
    });

    it("counts rounds per topic", async () => {
      const { service } = await networkHelpers.loadFixture(fixture);

      await expect(service.openRound(SET.instant, TOPIC))
        .to.emit(service, "RoundOpened")
        .withArgs(SET.instant, TOPIC, 2n);
      const now = await ethers.provider.getBlockNumber();
      expect(await service.openedAt(SET.instant, TOPIC, 2n)).to.equal(now);
      expect(await service.latestRound(SET.instant, TOPIC)).to.equal(2n);
      expect(await service.latestRound(SET.veto, TOPIC)).to.equal(0n);
    });

    it("knows no truth and no breach by itself", async () => {
      const { service, ada } = await networkHelpers.loadFixture(fixture);

      expect(await service.truthOf(SET.instant, TOPIC, 1n)).to.deep.equal([false, ethers.ZeroHash]);
      expect(await service.breachedAt(SET.instant, TOPIC, 1n, ada)).to.equal(0n);
    });

    it("reverts for strangers, closed rounds, second answers and other operators' statements", async () => {
      const { service, voice, ada, bob, other } = await networkHelpers.loadFixture(fixture);
      const signature = await voice.sign(ada, 1n, RAIN);

      await expect(service.connect(other).answer(SET.instant, TOPIC, 1n, RAIN, signature))
        .to.be.revertedWithCustomError(service, "ServiceNotMember")
        .withArgs(other.address, SET.instant);
      await expect(service.connect(ada).answer(SET.instant, TOPIC, 2n, RAIN, signature))
        .to.be.revertedWithCustomError(service, "ServiceRoundNotOpen")
        .withArgs(TOPIC, 2n);
      await expect(service.connect(bob).answer(SET.instant, TOPIC, 1n, RAIN, signature))
        .to.be.revertedWithCustomError(service, "ServiceForeignStatement")
        .withArgs(bob.address, ada.address);
      await service.connect(ada).answer(SET.instant, TOPIC, 1n, RAIN, signature);
      await expect(service.connect(ada).answer(SET.instant, TOPIC, 1n, RAIN, signature))
        .to.be.revertedWithCustomError(service, "ServiceAlreadyServed")
        .withArgs(ada.address, 1n);
    });
  });
});
