import { expect } from "chai";
import type { Interface } from "ethers";
import { network } from "hardhat";

import { COOLDOWN, MAGNITUDE, SET, STAKE, WAD, deploySlashing, scripted } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const world = await deploySlashing(connection);
  const rule = await ethers.deployContract("ScriptedRule__MockForModules");
  await world.service.useInstantSlasher(world.instant, SET.instant, [rule]);
  const set = { avs: await world.service.getAddress(), id: SET.instant };
  const faultTime = BigInt(await ethers.provider.getBlockNumber());
  const evidence = scripted(world, { operator: world.ada.address, faultTime });
  return { ...world, rule, set, faultTime, evidence };
}

const LOST = (2n * STAKE * MAGNITUDE) / WAD / 10n;

/** Returns the name of the custom error that a failed transaction carries, if any. */
function nameOf(contract: Interface, error: unknown) {
  const data = (error as { data?: unknown }).data;
  return typeof data === "string" && data.length >= 10 ? contract.parseError(data)?.name : undefined;
}

describe("slashing hooks", () => {
  for (const hostile of ["RevertingHook__MockForGriefing", "GasBurningHook__MockForGriefing"] as const) {
    it(`slashes in full although the hook is a ${hostile}`, async () => {
      const { service, slasher, instant, rule, set, evidence, ada } = await networkHelpers.loadFixture(fixture);
      const hook = await ethers.deployContract(hostile);
      await service.setHook(SET.instant, hook);

      const tx = instant.report(set, rule, evidence, { gasLimit: 3_000_000 });

      const hookAddress = await hook.getAddress();
      for (const after of [false, true]) {
        await expect(tx).to.emit(slasher, "HookFailed").withArgs([set.avs, set.id], 1n, hookAddress, after);
      }
      await expect(tx)
        .to.emit(instant, "VerdictExecuted")
        .withArgs(set.avs, set.id, ada.address, await rule.getAddress(), 1n, LOST);
    });
  }

  it("refuses a caller that brings too little gas for the hook", async () => {
    const { service, slasher, ledger, instant, rule, set, evidence, ada } = await networkHelpers.loadFixture(fixture);
    await service.setHook(SET.instant, ledger);

    const refusals = new Set<string | undefined>();
    for (let gasLimit = 200_000; ; gasLimit += 25_000) {
      const snapshot = await networkHelpers.takeSnapshot();
      try {
        await instant.report(set, rule, evidence, { gasLimit });
        break;
      } catch (error) {
        refusals.add(nameOf(slasher.interface, error));
      }
      await snapshot.restore();
    }

    // Whatever the gas, the slash is refused as a whole or its hook is told: it cannot be starved.
    expect(refusals).to.include("SlasherInsufficientGas");
    expect((await ledger.entryOf(set, ada)).slashes).to.equal(1n);
  });

  describe("SlashLedger", () => {
    it("notes slashes and names the cooldown", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { service, ledger, instant, rule, set, evidence, ada, faultTime } = world;
      await service.setHook(SET.instant, ledger);
      expect(await ledger.coolsDownUntil(set, ada)).to.equal(0n);

      await expect(instant.report(set, rule, evidence))
        .to.emit(ledger, "SlashNoted")
        .withArgs(ada.address, [set.avs, set.id], 1n, LOST);
      const second = scripted(world, { operator: ada.address, faultTime, faultId: ethers.id("second") });
      await instant.report(set, rule, second);

      const now = BigInt(await ethers.provider.getBlockNumber());
      expect(await ledger.entryOf(set, ada)).to.deep.equal([2n, now, LOST + (LOST * 9n) / 10n]);
      expect(await ledger.coolsDownUntil(set, ada)).to.equal(now + COOLDOWN);
      expect(await ledger.cooldown()).to.equal(COOLDOWN);
    });

    it("reverts when somebody else than the slasher writes", async () => {
      const { ledger, set, ada, watcher } = await networkHelpers.loadFixture(fixture);

      for (const call of [ledger.connect(watcher).beforeSlash, ledger.connect(watcher).afterSlash]) {
        await expect(call(ada, set, 1, [], []))
          .to.be.revertedWithCustomError(ledger, "SlashLedgerNotSlasher")
          .withArgs(watcher.address);
      }
    });
  });
});
