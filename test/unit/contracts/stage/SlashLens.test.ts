import { expect } from "chai";
import { network } from "hardhat";

import { SET, STAKE, WAD, deploySlashing, scripted } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const WINDOWS = { detection: 10, objectionWindow: 20, executionWindow: 5 };

async function fixture() {
  const world = await deploySlashing(connection);
  const rule = await ethers.deployContract("ScriptedRule__MockForModules");
  await world.service.useInstantSlasher(world.instant, SET.instant, [rule]);
  await world.service.useVetoSlasher(world.veto, SET.veto, [rule], WINDOWS, [world.judge]);
  const avs = await world.service.getAddress();
  const lens = await ethers.deployContract("SlashLens", [[...(await world.slasher.core())]]);
  const strategies = await Promise.all(world.strategies.map((strategy) => strategy.getAddress()));
  const evidence = async (parts: object = {}) =>
    scripted(world, {
      operator: world.ada.address,
      faultTime: BigInt(await ethers.provider.getBlockNumber()),
      ...parts,
    });
  const worth = async () => [...(await world.delegation.withdrawableShares(world.ada, strategies)).withdrawable];
  const setOf = (id: number) => ({ avs, id });
  return { ...world, rule, lens, strategies, evidence, worth, setOf };
}

describe("SlashLens", () => {
  describe("previewReport", () => {
    it("says what the report then does to every strategy of the set", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { ada, evidence, instant, lens, rule, setOf, strategies, watcher, worth } = world;
      const [set, proof] = [setOf(SET.instant), await evidence()];

      const { verdict, preview } = await lens.previewReport(instant, set, rule, proof);
      await instant.connect(watcher).report(set, rule, proof);

      expect(verdict.operator).to.equal(ada.address);
      expect(preview.totals.map(({ strategy }) => strategy)).to.deep.equal(strategies);
      // A tenth of the fifth that is allocated.
      expect(preview.totals.map(({ fromOperator }) => fromOperator)).to.deep.equal([STAKE / 50n, STAKE / 50n]);
      expect(preview.stakers.map(({ sharesAfter }) => sharesAfter)).to.deep.equal(await worth());
    });

    it("keeps to the strategies and fractions of the verdict where it names them", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { evidence, instant, lens, rule, setOf, strategies, watcher, worth } = world;
      const second = strategies.slice(1);
      const [set, proof] = [setOf(SET.instant), await evidence({ strategies: second, fractions: [WAD / 2n] })];

      const { preview } = await lens.previewReport(instant, set, rule, proof);
      await instant.connect(watcher).report(set, rule, proof);

      expect(preview.totals.map(({ strategy, fromOperator }) => [strategy, fromOperator])).to.deep.equal([
        [second[0], STAKE / 10n],
      ]);
      expect(await worth()).to.deep.equal([STAKE, preview.stakers[0]?.sharesAfter]);
    });

    it("reverts as the report would for a rule that the set does not have", async () => {
      const { evidence, instant, keys, lens, setOf } = await networkHelpers.loadFixture(fixture);
      const set = setOf(SET.instant);
      await expect(lens.previewReport(instant, set, keys, await evidence()))
        .to.be.revertedWithCustomError(instant, "SlasherModuleUnknownRule")
        .withArgs(set.avs, set.id, keys);
    });
  });

  describe("previewExecute", () => {
    it("says what the execution then does, in the core's order although the set has another", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { evidence, lens, registry, rule, setOf, strategies, veto, watcher, worth } = world;
      const set = setOf(SET.veto);
      expect(await registry.strategiesOf(set)).to.deep.equal(strategies.toReversed());
      await veto.connect(watcher).requestSlash(set, rule, await evidence());
      await networkHelpers.mine(WINDOWS.objectionWindow);

      const { verdict, preview } = await lens.previewExecute(veto, 1);
      await veto.execute(1);

      expect(verdict).to.deep.equal((await veto.requestOf(1)).verdict);
      expect(preview.totals.map(({ strategy }) => strategy)).to.deep.equal(strategies);
      expect(preview.stakers.map(({ sharesAfter }) => sharesAfter)).to.deep.equal(await worth());
      expect(await worth()).to.deep.equal([(STAKE * 49n) / 50n, (STAKE * 49n) / 50n]);
    });

    it("reverts for a request that nobody made", async () => {
      const { lens, veto } = await networkHelpers.loadFixture(fixture);
      await expect(lens.previewExecute(veto, 1)).to.revert(ethers);
    });
  });
});
