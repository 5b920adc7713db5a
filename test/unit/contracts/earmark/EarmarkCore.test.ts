import { expect } from "chai";
import { network as hardhat } from "hardhat";

const { ethers, networkHelpers } = await hardhat.create();
const PERCENT = 10n ** 18n;
const DAY = 86_400n;
const UNLIMITED = 2n ** 256n - 1n;

async function fixture() {
  const [veto, ada, op, service, other, handler] = await ethers.getSigners();
  if (!veto || !ada || !op || !service || !other || !handler) throw new RangeError("too few accounts");
  const token = await ethers.deployContract("Token__MockForMarkets", [18]);
  const core = await ethers.deployContract("EarmarkCore", [veto]);
  const terms = { core, operator: op, asset: token, handler };
  const vault = await ethers.deployContract("EarmarkVault", [terms, "Earmarks", "EAR"]);
  const empty = await ethers.deployContract("EarmarkVault", [terms, "Empty", "EMP"]);
  await core.connect(service).registerService(60n * PERCENT);
  const own = core.connect(op);
  await own.setMembership(service, true);
  for (const one of [vault, empty]) await own.requestStakeUpdate(one, service, true);
  await networkHelpers.time.increase(9n * DAY);
  for (const one of [vault, empty]) await core.finaliseStakeUpdate(one);
  await token.mint(ada, 10n ** 30n);
  await token.connect(ada).approve(vault, UNLIMITED);
  await vault.connect(ada)["deposit(uint256,address)"](1_000n, ada);
  return { veto, ada, op, service, other, handler, token, core, vault, empty, own, terms, by: core.connect(service) };
}

const now = async (): Promise<bigint> => BigInt(await networkHelpers.time.latest());

describe("EarmarkCore", () => {
  it("takes two days later what was earmarked, however much has left since", async () => {
    const { core, by, vault, op, ada, token, handler } = await networkHelpers.loadFixture(fixture);
    await vault.connect(ada).startRedeem(400n, ada);
    await networkHelpers.time.increase(8n * DAY);
    await by.requestSlashing(op, [vault], [50n * PERCENT]);
    const asked = await now();
    expect((await core.slashingOf(0)).earmarks).to.deep.equal([500n]);
    await networkHelpers.time.increase(DAY);
    await vault.finishRedeem(0);
    await networkHelpers.time.setNextBlockTimestamp(asked + 2n * DAY - 1n);
    await expect(core.finaliseSlashing(0))
      .to.be.revertedWithCustomError(core, "EarmarkCoreNotFinishable")
      .withArgs(asked + 2n * DAY);
    await networkHelpers.time.setNextBlockTimestamp(asked + 2n * DAY);
    await expect(core.finaliseSlashing(0)).to.changeTokenBalances(ethers, token, [vault, handler], [-500n, 500n]);
    expect(await vault.totalAssets()).to.equal(100n);
    await expect(core.finaliseSlashing(0)).to.be.revertedWithCustomError(core, "EarmarkCoreClosed").withArgs(0n);
  });

  it("skips vaults that nothing is earmarked of, and truncates what exceeds the rest", async () => {
    const { core, by, own, op, vault, empty, other, token, handler } = await networkHelpers.loadFixture(fixture);
    await core.connect(other).registerService(100n * PERCENT);
    await own.setMembership(other, true);
    await own.requestStakeUpdate(vault, other, true);
    await networkHelpers.time.increase(9n * DAY);
    await core.finaliseStakeUpdate(vault);
    await by.requestSlashing(op, [vault, empty], [60n * PERCENT, 60n * PERCENT]);
    await core.connect(other).requestSlashing(op, [vault], [60n * PERCENT]);
    await networkHelpers.time.increase(2n * DAY);
    await expect(core.finaliseSlashing(0)).to.emit(core, "SlashingFinalised").withArgs(0n, [600n, 0n]);
    await expect(core.finaliseSlashing(1)).to.emit(vault, "VaultSlashed").withArgs(600n, 400n);
    expect(await token.balanceOf(handler)).to.equal(1_000n);
  });

  it("can be cancelled by the veto committee alone, until it is finished", async () => {
    const { core, by, op, vault, ada } = await networkHelpers.loadFixture(fixture);
    await by.requestSlashing(op, [vault], [PERCENT]);
    await expect(core.connect(ada).cancelSlashing(0))
      .to.be.revertedWithCustomError(core, "EarmarkCoreOnlyVeto")
      .withArgs(ada.address);
    await core.cancelSlashing(0);
    await expect(core.cancelSlashing(0)).to.be.revertedWithCustomError(core, "EarmarkCoreClosed");
    await expect(core.cancelSlashing(1)).to.be.revertedWithCustomError(core, "EarmarkCoreClosed");
    await networkHelpers.time.increase(2n * DAY);
    await expect(core.finaliseSlashing(0)).to.be.revertedWithCustomError(core, "EarmarkCoreClosed");
  });

  it("checks member, cooldown, number of vaults, each vault and its percent", async () => {
    const { core, by, op, vault, other } = await networkHelpers.loadFixture(fixture);
    await expect(core.connect(other).requestSlashing(op, [], [])).to.be.revertedWithCustomError(
      core,
      "EarmarkCoreNotMember",
    );
    await expect(by.requestSlashing(op, [], [])).to.be.revertedWithCustomError(core, "EarmarkCoreMalformed");
    await expect(by.requestSlashing(op, [vault], [])).to.be.revertedWithCustomError(core, "EarmarkCoreMalformed");
    const many = Array.from({ length: 33 }, () => vault);
    await expect(
      by.requestSlashing(
        op,
        many,
        many.map(() => 1n),
      ),
    )
      .to.be.revertedWithCustomError(core, "EarmarkCoreTooMany")
      .withArgs(32n);
    await expect(by.requestSlashing(op, [vault, vault], [1n, 1n])).to.be.revertedWithCustomError(
      core,
      "EarmarkCoreInvalidVault",
    );
    await expect(by.requestSlashing(op, [vault], [0n])).to.be.revertedWithCustomError(
      core,
      "EarmarkCoreInvalidPercent",
    );
    await expect(by.requestSlashing(op, [vault], [60n * PERCENT + 1n]))
      .to.be.revertedWithCustomError(core, "EarmarkCoreInvalidPercent")
      .withArgs(60n * PERCENT + 1n, 60n * PERCENT);
    await by.requestSlashing(op, [vault], [1n]);
    const until = (await now()) + 2n * DAY;
    await networkHelpers.time.setNextBlockTimestamp(until - 1n);
    await expect(by.requestSlashing(op, [vault], [1n]))
      .to.be.revertedWithCustomError(core, "EarmarkCoreCooldown")
      .withArgs(op.address, until);
    await networkHelpers.time.setNextBlockTimestamp(until);
    await by.requestSlashing(op, [vault], [1n]);
  });

  it("stakes in nine days, one change a vault, for members' operators only", async () => {
    const { core, own, vault, service, other, ada, by, op } = await networkHelpers.loadFixture(fixture);
    await expect(core.finaliseStakeUpdate(vault)).to.be.revertedWithCustomError(core, "EarmarkCoreUpdateRefused");
    await expect(core.connect(ada).requestStakeUpdate(vault, service, false)).to.be.revertedWithCustomError(
      core,
      "EarmarkCoreNotOperator",
    );
    await expect(own.requestStakeUpdate(vault, other, true)).to.be.revertedWithCustomError(
      core,
      "EarmarkCoreNotMember",
    );
    await expect(own.requestStakeUpdate(vault, service, true)).to.be.revertedWithCustomError(
      core,
      "EarmarkCoreUpdateRefused",
    );
    await own.requestStakeUpdate(vault, service, false);
    const end = (await now()) + 9n * DAY;
    await expect(own.requestStakeUpdate(vault, service, false)).to.be.revertedWithCustomError(
      core,
      "EarmarkCoreUpdateRefused",
    );
    await networkHelpers.time.setNextBlockTimestamp(end - 1n);
    await expect(core.finaliseStakeUpdate(vault))
      .to.be.revertedWithCustomError(core, "EarmarkCoreNotFinishable")
      .withArgs(end);
    await networkHelpers.time.setNextBlockTimestamp(end);
    await core.finaliseStakeUpdate(vault);
    expect(await core.isStaked(vault, service)).to.equal(false);
    await expect(by.requestSlashing(op, [vault], [1n])).to.be.revertedWithCustomError(core, "EarmarkCoreInvalidVault");
  });

  it("registers services once, for no more than all, and at most 32 of them for an operator", async () => {
    const { core, by, own, other, service, op } = await networkHelpers.loadFixture(fixture);
    await expect(by.registerService(1n)).to.be.revertedWithCustomError(core, "EarmarkCoreInvalidService");
    for (const most of [0n, 100n * PERCENT + 1n]) {
      await expect(core.connect(other).registerService(most))
        .to.be.revertedWithCustomError(core, "EarmarkCoreInvalidService")
        .withArgs(most);
    }
    await expect(own.setMembership(other, true)).to.be.revertedWithCustomError(core, "EarmarkCoreNotMember");
    await own.setMembership(service, false);
    await expect(by.requestSlashing(op, [], [])).to.be.revertedWithCustomError(core, "EarmarkCoreNotMember");
    for (let count = 0; count <= 32; count += 1) {
      const address = `0x${(count + 4_096).toString(16).padStart(40, "0")}`;
      await networkHelpers.impersonateAccount(address);
      await networkHelpers.setBalance(address, 10n ** 20n);
      await core.connect(await ethers.getSigner(address)).registerService(1n);
      if (count < 32) await own.setMembership(address, true);
      else
        await expect(own.setMembership(address, true))
          .to.be.revertedWithCustomError(core, "EarmarkCoreTooMany")
          .withArgs(32n);
    }
  });
});

describe("EarmarkVault", () => {
  it("prices a redemption when it ends, after nine days", async () => {
    const { core, by, vault, op, ada } = await networkHelpers.loadFixture(fixture);
    await vault.connect(ada).startRedeem(400n, ada);
    const end = (await now()) + 9n * DAY;
    await by.requestSlashing(op, [vault], [50n * PERCENT]);
    await networkHelpers.time.increase(2n * DAY);
    await core.finaliseSlashing(0);
    await networkHelpers.time.setNextBlockTimestamp(end - 1n);
    await expect(vault.finishRedeem(0))
      .to.be.revertedWithCustomError(vault, "EarmarkVaultNotFinishable")
      .withArgs(0n, end);
    await networkHelpers.time.setNextBlockTimestamp(end);
    await expect(vault.finishRedeem(0)).to.emit(vault, "RedemptionFinished").withArgs(0n, 200n);
    await expect(vault.finishRedeem(0)).to.be.revertedWithCustomError(vault, "EarmarkVaultZeroShares");
    await expect(vault.finishRedeem(5)).to.be.revertedWithCustomError(vault, "EarmarkVaultZeroShares");
  });

  it("refuses to give too few shares, to redeem at once or nothing, and others' slashes", async () => {
    const { vault, ada } = await networkHelpers.loadFixture(fixture);
    const own = vault.connect(ada);
    await expect(own["deposit(uint256,address,uint256)"](10n, ada, 11n))
      .to.be.revertedWithCustomError(vault, "EarmarkVaultTooFewShares")
      .withArgs(10n, 11n);
    await own["deposit(uint256,address,uint256)"](10n, ada, 10n);
    await expect(own.startRedeem(0n, ada)).to.be.revertedWithCustomError(vault, "EarmarkVaultZeroShares");
    await expect(own.redeem(1n, ada, ada)).to.be.revertedWithCustomError(vault, "ERC4626ExceededMaxRedeem");
    await expect(own.withdraw(1n, ada, ada)).to.be.revertedWithCustomError(vault, "ERC4626ExceededMaxWithdraw");
    await expect(own.slashAssets(1n))
      .to.be.revertedWithCustomError(vault, "EarmarkVaultOnlyCore")
      .withArgs(ada.address);
  });
});
