import { expect } from "chai";
import { network } from "hardhat";

import { DEALLOCATION_DELAY, deploySlashing, SET } from "../../helpers/slashing.ts";

const connection = await network.create();
const { networkHelpers } = connection;

async function fixture() {
  return await deploySlashing(connection);
}

describe("failure path 26: an AVS that refuses to let an operator go", () => {
  it("blocks joining and leaving while its doors are closed", async () => {
    const { service, registry, ada } = await networkHelpers.loadFixture(fixture);
    await service.setDoors(false, false);

    await expect(registry.connect(ada).deregisterFromOperatorSets(ada, service, [SET.spare]))
      .to.be.revertedWithCustomError(service, "ServiceDoorClosed")
      .withArgs(ada.address);
  });

  it("leaves deallocating as the way out, and locks for the deallocation delay at the most", async () => {
    const { service, registry, allocations, strategies, ada } = await networkHelpers.loadFixture(fixture);
    await service.setDoors(false, false);
    const set = { avs: await service.getAddress(), id: SET.spare };
    const [strategy] = strategies;
    if (strategy === undefined) throw new RangeError("no strategy");

    await allocations.connect(ada).modifyAllocations([{ set, strategies: [strategy], newMagnitudes: [0n] }]);
    const { effectAt } = await allocations.allocationOf(ada, set, strategy);
    const now = BigInt(await networkHelpers.time.latestBlock());
    expect(effectAt).to.equal(now + DEALLOCATION_DELAY + 1n);
    const stake = async () => await allocations.minSlashableStake(ada, set, strategy, 0);
    expect(await stake()).to.be.greaterThan(0n);

    await networkHelpers.mine(effectAt - now);

    expect(await registry.isOperatorSlashable(ada, set)).to.equal(true);
    expect(await stake()).to.equal(0n);
  });
});
