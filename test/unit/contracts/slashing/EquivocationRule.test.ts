import { expect } from "chai";
import { network } from "hardhat";

import type { Signing } from "../../../helpers/slashing.ts";
import { SET, WAD, deploySlashing, equivocation, registerKey } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const TOPIC = ethers.id("weather");

async function fixture() {
  const world = await deploySlashing(connection);
  const rule = await ethers.deployContract("EquivocationRule", [world.keys, WAD / 2n]);
  await world.service.useInstantSlasher(world.instant, SET.instant, [rule]);
  await world.service.openRound(SET.instant, TOPIC);
  const openedAt = BigInt(await ethers.provider.getBlockNumber());
  const set = { avs: await world.service.getAddress(), id: SET.instant };
  const rain = { avs: set.avs, setId: set.id, topic: TOPIC, round: 1n, value: ethers.id("rain") };
  const sun = { ...rain, value: ethers.id("sun") };
  return { ...world, rule, set, rain, sun, openedAt };
}

describe("EquivocationRule", () => {
  it("judges two values for one round as a fault at the round's opening", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { rule, set, ada, rain, sun, openedAt } = world;

    const verdict = await rule.judge(set, await equivocation(world, { by: ada, says: rain }, { by: ada, says: sun }));

    expect(verdict.operator).to.equal(ada.address);
    expect(verdict.faultTime).to.equal(openedAt);
    expect(verdict.strategies).to.deep.equal([]);
    expect(verdict.fractions).to.deep.equal([WAD / 2n]);
    expect(verdict.reason).to.equal("equivocation");
  });

  it("gives the same fault id whatever the order and the values", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { rule, set, ada, instant, rain, sun } = world;
    const snow = { ...rain, value: ethers.id("snow") };
    await instant.report(set, rule, await equivocation(world, { by: ada, says: rain }, { by: ada, says: sun }));

    for (const [first, second] of [
      [sun, rain],
      [snow, sun],
    ] as const) {
      const evidence = await equivocation(world, { by: ada, says: first }, { by: ada, says: second });
      await expect(instant.report(set, rule, evidence)).to.be.revertedWithCustomError(
        instant,
        "SlasherModuleFaultConsumed",
      );
    }
  });

  it("catches an operator that signs the second value with a new key", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { rule, set, ada, rain, sun } = world;
    await registerKey(world, ada, 1);

    const evidence = await equivocation(world, { by: ada, says: rain }, { by: ada, says: sun, generation: 1 });

    expect((await rule.judge(set, evidence)).operator).to.equal(ada.address);
  });

  it("reverts at deployment when the fraction is zero or above 100 %", async () => {
    const { rule, keys } = await networkHelpers.loadFixture(fixture);

    for (const fraction of [0n, WAD + 1n]) {
      await expect(ethers.deployContract("EquivocationRule", [keys, fraction]))
        .to.be.revertedWithCustomError(rule, "SlashingRuleInvalidFraction")
        .withArgs(fraction);
    }
  });

  describe("no fault", () => {
    const judged = async (pick: (world: Awaited<ReturnType<typeof fixture>>) => [Signing, Signing]) => {
      const world = await networkHelpers.loadFixture(fixture);
      const evidence = await equivocation(world, ...pick(world));
      return { ...world, call: world.rule.judge(world.set, evidence) };
    };

    it("reverts when the values agree", async () => {
      const { rule, call, rain } = await judged(({ ada, rain: says }) => [
        { by: ada, says },
        { by: ada, says },
      ]);

      await expect(call).to.be.revertedWithCustomError(rule, "EquivocationRuleSameValue").withArgs(rain.value);
    });

    it("reverts when the rounds or topics differ", async () => {
      for (const change of [{ round: 2n }, { topic: ethers.id("traffic") }]) {
        const { rule, call } = await judged(({ ada, rain, sun }) => [
          { by: ada, says: rain },
          { by: ada, says: { ...sun, ...change } },
        ]);

        await expect(call).to.be.revertedWithCustomError(rule, "EquivocationRuleDifferentRounds");
      }
    });

    it("reverts when two operators disagree", async () => {
      const { rule, call, ada, bob } = await judged((world) => [
        { by: world.ada, says: world.rain },
        { by: world.bob, says: world.sun },
      ]);

      await expect(call)
        .to.be.revertedWithCustomError(rule, "EquivocationRuleDifferentAuthors")
        .withArgs(ada.address, bob.address);
    });

    it("reverts when a statement is for another set or AVS", async () => {
      for (const change of [{ setId: SET.veto }, { avs: ethers.ZeroAddress }]) {
        const { rule, call } = await judged(({ ada, rain, sun }) => [
          { by: ada, says: rain },
          { by: ada, says: { ...sun, ...change } },
        ]);

        await expect(call).to.be.revertedWithCustomError(rule, "StatementRuleForeignSet");
      }
    });

    it("reverts when the round was never opened", async () => {
      const { rule, call } = await judged(({ ada, rain, sun }) => [
        { by: ada, says: { ...rain, round: 9n } },
        { by: ada, says: { ...sun, round: 9n } },
      ]);

      await expect(call).to.be.revertedWithCustomError(rule, "StatementRuleUnknownRound").withArgs(TOPIC, 9n);
    });
  });
});
