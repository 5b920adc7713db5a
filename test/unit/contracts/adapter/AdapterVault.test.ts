import { expect } from "chai";
import { network as hardhat } from "hardhat";

const { ethers, networkHelpers } = await hardhat.create();
const WAD = 10n ** 18n;
const UNLIMITED = 2n ** 256n - 1n;
const DURATION = 100n;

async function fixture() {
  const [owner, ada, bob, network, middleware, burner] = await ethers.getSigners();
  if (!owner || !ada || !bob || !network || !middleware || !burner) throw new RangeError("too few accounts");
  const token = await ethers.deployContract("Token__MockForMarkets", [18]);
  const vault = await ethers.deployContract("AdapterVault", [owner, token, "Adapters", "ADP"]);
  const line = await ethers.deployContract("RedemptionLine", [vault]);
  await vault.wire(line);
  const terms = { vault, network, middleware, burner, duration: DURATION };
  const adapter = await ethers.deployContract("AppAdapter", [terms]);
  await vault.setLimits(adapter, { absolute: 1_000n, share: WAD });
  await token.mint(ada, 10n ** 30n);
  await token.connect(ada).approve(vault, UNLIMITED);
  await vault.connect(ada).deposit(100n, ada);
  await vault.connect(ada).approve(line, UNLIMITED);
  return {
    owner,
    ada,
    bob,
    network,
    middleware,
    burner,
    token,
    vault,
    line,
    adapter,
    terms,
    by: adapter.connect(middleware),
  };
}

const now = async (): Promise<bigint> => BigInt(await networkHelpers.time.latest());

describe("AdapterVault", () => {
  it("allocates the least of what is asked for, free, taken and within the limit", async () => {
    const { vault, adapter, network } = await networkHelpers.loadFixture(fixture);
    await vault.setLimits(adapter, { absolute: 60n, share: WAD / 2n });
    expect(await vault.limitOf(adapter)).to.equal(50n);
    await vault.allocate(adapter, 30n);
    await vault.allocate(adapter, 30n);
    expect(await adapter.totalAssets()).to.equal(50n);
    expect(await vault.allocate.staticCall(adapter, 30n)).to.equal(0n);
    await vault.allocate(adapter, 30n);
    await vault.setLimits(adapter, { absolute: UNLIMITED, share: WAD });
    await adapter.connect(network).setMaxStake(55n);
    expect(await vault.allocate.staticCall(adapter, 30n)).to.equal(5n);
    await adapter.connect(network).setMaxStake(UNLIMITED);
    expect(await vault.allocate.staticCall(adapter, UNLIMITED)).to.equal(50n);
    expect(await vault.totalAssets()).to.equal(100n);
  });

  it("takes a slash off the adapter's absolute limit", async () => {
    const { vault, adapter, by, token, burner } = await networkHelpers.loadFixture(fixture);
    await vault.setLimits(adapter, { absolute: 100n, share: WAD });
    await vault.allocate(adapter, 100n);
    await expect(by.slash(30n)).to.changeTokenBalances(ethers, token, [adapter, burner], [-30n, 30n]);
    await vault.setLimits(adapter, { absolute: 10n, share: WAD });
    await expect(by.slash(20n))
      .to.emit(vault, "LimitsSet")
      .withArgs(await adapter.getAddress(), 0n, WAD);
    expect(await vault.limitOf(adapter)).to.equal(0n);
  });

  it("lets nobody but the line redeem, up to what is free", async () => {
    const { vault, line, adapter, ada } = await networkHelpers.loadFixture(fixture);
    await expect(vault.connect(ada).redeem(1n, ada, ada)).to.be.revertedWithCustomError(
      vault,
      "ERC4626ExceededMaxRedeem",
    );
    await expect(vault.connect(ada).withdraw(1n, ada, ada)).to.be.revertedWithCustomError(
      vault,
      "ERC4626ExceededMaxWithdraw",
    );
    await line.connect(ada).requestRedeem(100n, ada);
    await vault.allocate(adapter, 70n);
    expect(await vault.maxRedeem(line)).to.equal(30n);
    expect(await vault.maxWithdraw(line)).to.equal(30n);
  });

  it("refuses strangers, other contracts, a second line and more adapters than twenty", async () => {
    const { vault, line, adapter, ada, terms } = await networkHelpers.loadFixture(fixture);
    await expect(vault.wire(ada))
      .to.be.revertedWithCustomError(vault, "AdapterVaultAlreadyWired")
      .withArgs(await line.getAddress());
    await expect(vault.connect(ada).allocate(adapter, 1n)).to.be.revertedWithCustomError(
      vault,
      "OwnableUnauthorizedAccount",
    );
    for (const call of [
      async () => await vault.allocate(ada, 1n),
      async () => await vault.requestDeallocate(ada, 1n),
      async () => await vault.deallocate(ada, 1n),
      async () => await vault.onSlash(1n),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(vault, "AdapterVaultUnknownAdapter");
    }
    for (let count = 1; count < 20; count += 1) {
      await vault.setLimits(await ethers.deployContract("AppAdapter", [terms]), { absolute: 1n, share: WAD });
    }
    const more = await ethers.deployContract("AppAdapter", [terms]);
    await expect(vault.setLimits(more, { absolute: 1n, share: WAD }))
      .to.be.revertedWithCustomError(vault, "AdapterVaultTooManyAdapters")
      .withArgs(20n);
  });
});

describe("AppAdapter", () => {
  it("stays slashable for the duration, and advertises less in the second after the request", async () => {
    const { vault, adapter } = await networkHelpers.loadFixture(fixture);
    await vault.allocate(adapter, 100n);
    await vault.requestDeallocate(adapter, 40n);
    const asked = await now();
    expect(await adapter.slashableAt(asked + DURATION - 1n)).to.equal(100n);
    expect(await adapter.slashableAt(asked + DURATION)).to.equal(60n);
    expect(await adapter.stakeAt(asked)).to.equal(100n);
    expect(await adapter.stakeAt(asked + 1n)).to.equal(60n);
  });

  it("lets debts only grow, and gives back what is due", async () => {
    const { vault, adapter } = await networkHelpers.loadFixture(fixture);
    await vault.allocate(adapter, 100n);
    await vault.requestDeallocate(adapter, 40n);
    await expect(vault.requestDeallocate(adapter, 30n)).to.not.emit(adapter, "DeallocationRequested");
    await expect(vault.requestDeallocate(adapter, 50n)).to.emit(adapter, "DeallocationRequested");
    await expect(vault.deallocate(adapter, 1n))
      .to.be.revertedWithCustomError(adapter, "AppAdapterNotFree")
      .withArgs(1n, 0n);
    await networkHelpers.time.increase(DURATION);
    expect(await adapter.freeAssets()).to.equal(50n);
    await vault.deallocate(adapter, 50n);
    await vault.requestDeallocate(adapter, 10n);
    expect(await adapter.slashableAt((await now()) + DURATION)).to.equal(40n);
  });

  it("keeps what waits when more is given, as far as there is stake for it", async () => {
    const { vault, adapter, by, ada } = await networkHelpers.loadFixture(fixture);
    await vault.allocate(adapter, 100n);
    await vault.requestDeallocate(adapter, 40n);
    await by.slash(80n);
    await vault.connect(ada).deposit(50n, ada);
    await vault.allocate(adapter, 50n);
    expect(await adapter.slashableAt(await now())).to.equal(70n);
    expect(await adapter.slashableAt((await now()) + DURATION)).to.equal(50n);
    await networkHelpers.time.increase(DURATION);
    expect(await adapter.freeAssets()).to.equal(20n);
  });

  it("stakes what is free again where less is asked for, within the limit", async () => {
    const { vault, adapter, by } = await networkHelpers.loadFixture(fixture);
    await vault.allocate(adapter, 100n);
    await by.release(70n);
    expect(await adapter.freeAssets()).to.equal(70n);
    await expect(vault.requestDeallocate(adapter, 20n)).to.emit(adapter, "PositionOpened").withArgs(80n);
    await vault.setLimits(adapter, { absolute: 25n, share: WAD });
    await expect(vault.requestDeallocate(adapter, 0n)).to.emit(adapter, "PositionOpened").withArgs(25n);
  });

  it("refuses strangers, a slash of nothing and a duration of nothing", async () => {
    const { adapter, by, network, ada, bob, terms } = await networkHelpers.loadFixture(fixture);
    for (const call of [
      async () => await adapter.allocate(1n),
      async () => await adapter.requestDeallocate(1n, 1n),
      async () => await adapter.deallocate(1n),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(adapter, "AppAdapterOnlyVault");
    }
    await expect(adapter.connect(ada).slash(1n)).to.be.revertedWithCustomError(adapter, "AppAdapterOnlyMiddleware");
    await expect(by.setMaxStake(1n)).to.be.revertedWithCustomError(adapter, "AppAdapterOnlyNetwork");
    await expect(by.slash(1n)).to.be.revertedWithCustomError(adapter, "AppAdapterNothingToSlash");
    await adapter.connect(network).setMiddleware(bob);
    await expect(by.release(1n)).to.be.revertedWithCustomError(adapter, "AppAdapterOnlyMiddleware");
    const deployed = ethers.deployContract("AppAdapter", [{ ...terms, duration: 0n }]);
    await expect(deployed).to.be.revertedWithCustomError(adapter, "AppAdapterZeroDuration");
  });
});

describe("RedemptionLine", () => {
  it("pays each request what its part of each fill gave, and all of them just what was filled", async () => {
    const { vault, line, adapter, by, token, ada, bob } = await networkHelpers.loadFixture(fixture);
    const own = line.connect(ada);
    for (const shares of [33n, 33n, 34n]) await own.requestRedeem(shares, ada);
    await vault.allocate(adapter, 60n);
    await expect(line.connect(bob).fill(UNLIMITED)).to.emit(line, "Filled").withArgs(40n, 40n);
    expect([await line.claimable(0), await line.claimable(1), await line.claimable(2)]).to.deep.equal([33n, 7n, 0n]);
    await own.claim(1, bob);
    await by.slash(25n);
    await by.release(35n);
    await vault.deallocate(adapter, 35n);
    await line.fill(UNLIMITED);
    for (const id of [0, 1, 2]) await own.claim(id, bob);
    expect(await token.balanceOf(bob)).to.equal(75n - (await token.balanceOf(line)) - (await token.balanceOf(vault)));
    expect(await token.balanceOf(line)).to.equal(0n);
    expect(await line.filledShares()).to.equal(100n);
  });

  it("refuses no shares, nothing to fill, strangers and nothing to claim", async () => {
    const { line, ada, bob } = await networkHelpers.loadFixture(fixture);
    const own = line.connect(ada);
    await expect(own.requestRedeem(0n, ada)).to.be.revertedWithCustomError(line, "RedemptionLineZeroShares");
    await expect(line.fill(1n)).to.be.revertedWithCustomError(line, "RedemptionLineNothingToFill");
    await own.requestRedeem(10n, ada);
    await expect(line.connect(bob).claim(0, bob))
      .to.be.revertedWithCustomError(line, "RedemptionLineNotOwner")
      .withArgs(0n, bob.address);
    await expect(own.claim(0, ada)).to.be.revertedWithCustomError(line, "RedemptionLineNothingToClaim").withArgs(0n);
    await expect(own.claim(9, ada)).to.be.revertedWithCustomError(line, "RedemptionLineNotOwner");
  });
});
