import { expect } from "chai";
import { network } from "hardhat";

import { MAGNITUDE, SET, STAKE, WAD, deploySlashing, scripted } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const WINDOW = 30n;
/** Stake of each of the three operators in the set: a fifth of two stakes. */
const EACH = (2n * STAKE * MAGNITUDE) / WAD;

async function fixture() {
  const world = await deploySlashing(connection);
  const base = await ethers.deployContract("ScriptedRule__MockForModules");
  const { registry, allocations } = world;
  const rule = await ethers.deployContract("CorrelationRule", [base, registry, allocations, WINDOW, 3n * WAD]);
  await world.service.useInstantSlasher(world.instant, SET.instant, [rule]);
  const set = { avs: await world.service.getAddress(), id: SET.instant };
  await networkHelpers.mine(100);
  const time = BigInt(await ethers.provider.getBlockNumber());
  const fault = (operator: { address: string }, faultTime = time, faultId = ethers.id("fault")) =>
    scripted(world, { operator: operator.address, faultTime, faultId });
  const fractionOf = async (evidence: string) => (await rule.judge(set, evidence)).fractions[0];
  return { ...world, base, rule, set, time, fault, fractionOf };
}

describe("CorrelationRule", () => {
  it("amplifies a lone fault by the operator's own share of the stake", async () => {
    const { rule, set, ada, time, fault, fractionOf } = await networkHelpers.loadFixture(fixture);

    expect(await rule.stakeAtFault(set, ada, time)).to.deep.equal([EACH, 3n * EACH]);
    // 10 % * (1 + 3 * 1/3)
    expect(await fractionOf(fault(ada))).to.equal(WAD / 5n);
  });

  it("grows with the stake at fault in the same window, at the stakes before the slashes", async () => {
    const { rule, set, instant, ada, bob, cyd, time, fault, fractionOf } = await networkHelpers.loadFixture(fixture);
    await instant.report(set, rule, fault(ada));

    expect(await rule.stakeAtFault(set, bob, time)).to.deep.equal([2n * EACH, 3n * EACH]);
    expect(await fractionOf(fault(bob))).to.equal((3n * WAD) / 10n);
    await instant.report(set, rule, fault(bob));

    expect(await rule.stakeAtFault(set, cyd, time)).to.deep.equal([3n * EACH, 3n * EACH]);
    expect(await fractionOf(fault(cyd))).to.equal((4n * WAD) / 10n);
  });

  it("counts faults up to the window apart, inclusive, on either side", async () => {
    const { rule, set, instant, ada, bob, time, fault, fractionOf } = await networkHelpers.loadFixture(fixture);
    await instant.report(set, rule, fault(ada, time - 40n));

    for (const [distance, fraction] of [
      [WINDOW, (3n * WAD) / 10n],
      [-WINDOW, (3n * WAD) / 10n],
    ] as const) {
      expect(await fractionOf(fault(bob, time - 40n + distance))).to.equal(fraction);
    }
    const apart = await rule.stakeAtFault(set, bob, time - 40n + WINDOW + 1n);
    expect(apart[0]).to.equal(EACH);
  });

  it("counts an operator once, at its highest, however often it is at fault", async () => {
    const { rule, set, instant, ada, bob, time, fault } = await networkHelpers.loadFixture(fixture);
    await instant.report(set, rule, fault(ada));
    await instant.report(set, rule, fault(ada, time, ethers.id("second")));

    expect(await rule.stakeAtFault(set, bob, time)).to.deep.equal([2n * EACH, 3n * EACH]);
    expect(await rule.stakeAtFault(set, ada, time)).to.deep.equal([EACH, 3n * EACH]);
  });

  it("never exceeds 100 %, and keeps the fraction when there is no stake", async () => {
    const { rule } = await networkHelpers.loadFixture(fixture);

    expect(await rule.amplify(WAD / 2n, EACH, EACH)).to.equal(WAD);
    expect(await rule.amplify(WAD / 2n, 0n, 0n)).to.equal(WAD / 2n);
    expect(await rule.amplify(1n, 1n, 3n)).to.equal(2n);
    expect(await rule.amplify(1n, 1n, 4n)).to.equal(1n);
  });

  it("passes records on to a wrapped rule with memory that trusts it", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { registry, allocations, owner, service, veto, ada, bob } = world;
    const terms = { interval: 10, tolerated: 0, fractionPerMiss: WAD / 100n, cap: WAD / 10n };
    const downtime = await ethers.deployContract("DowntimeRule", [registry, owner, terms]);
    const rule = await ethers.deployContract("CorrelationRule", [downtime, registry, allocations, WINDOW, 3n * WAD]);
    const set = { avs: await service.getAddress(), id: SET.veto };
    const windows = { detection: 0, objectionWindow: 1, executionWindow: 9 };
    await service.useVetoSlasher(veto, SET.veto, [rule], windows, [bob]);
    const evidence = ethers.AbiCoder.defaultAbiCoder().encode(["address", "uint256"], [ada.address, 0]);
    await veto.requestSlash(set, rule, evidence);

    await expect(veto.execute(1)).to.be.revertedWithCustomError(downtime, "RecordingRuleNotSlasher");
    await downtime.setWrapper(rule, true);
    await veto.execute(1);

    expect((await downtime.outageOf(set, ada, 0)).charges).to.equal(1n);
  });

  it("reverts at deployment when the multiplier is out of bounds", async () => {
    const { rule, base, registry, allocations } = await networkHelpers.loadFixture(fixture);

    await expect(
      ethers.deployContract("CorrelationRule", [base, registry, allocations, WINDOW, WAD * WAD + 1n]),
    ).to.be.revertedWithCustomError(rule, "CorrelationRuleExcessiveMultiplier");
  });
});
