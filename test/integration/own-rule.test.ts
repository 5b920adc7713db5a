import { readFileSync } from "node:fs";

import { expect } from "chai";
import { network } from "hardhat";

import { deploySlashing, SET } from "../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const SOURCE = new URL("../../contracts/mocks/OvercommitmentRule__MockForDocs.sol", import.meta.url);
const PAGE = new URL("../../docs/contracts/SlashingRules.md", import.meta.url);

async function fixtureWithLimit(limit: number) {
  const world = await deploySlashing(connection);
  const rule = await ethers.deployContract("OvercommitmentRule__MockForDocs", [world.registry, limit]);
  await world.service.useInstantSlasher(world.instant, SET.instant, [rule]);
  const evidence = ethers.AbiCoder.defaultAbiCoder().encode(["address"], [world.ada.address]);
  const set = { avs: await world.service.getAddress(), id: SET.instant };
  return { ...world, rule, evidence, set };
}

async function overcommitted() {
  return await fixtureWithLimit(3);
}

async function withinLimit() {
  return await fixtureWithLimit(4);
}

describe("the rule of the documents", () => {
  it("stands in them as it is compiled", () => {
    // The formatter indents Solidity in a page by two.
    const lines = (text: string): string => text.replace(/^ +/gm, "");
    const body = readFileSync(SOURCE, "utf8").split("\n\n").slice(1).join("\n\n");
    expect(lines(readFileSync(PAGE, "utf8"))).to.contain(lines(body).trim());
  });

  it("slashes an operator that works for more sets than it promised, once", async () => {
    const { instant, rule, evidence, set, watcher, slasher } = await networkHelpers.loadFixture(overcommitted);

    await instant.connect(watcher).report(set, rule, evidence);

    expect(await slasher.slashCount(set)).to.equal(1n);
    await expect(instant.connect(watcher).report(set, rule, evidence)).to.be.revertedWithCustomError(
      instant,
      "SlasherModuleFaultConsumed",
    );
  });

  it("refuses to judge one that kept its promise", async () => {
    const { instant, rule, evidence, set, watcher, ada } = await networkHelpers.loadFixture(withinLimit);

    await expect(instant.connect(watcher).report(set, rule, evidence))
      .to.be.revertedWithCustomError(rule, "OvercommitmentRuleWithinLimit")
      .withArgs(ada.address, 4n, 4n);
  });
});
