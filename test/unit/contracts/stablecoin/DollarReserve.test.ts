import { expect } from "chai";
import { network } from "hardhat";

import { backWith, DAY, deployStablecoin, HOUR, MILLION, NO_LIMIT, WAD, WEEK } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const DOLLARS = 1_000_000n * WAD;
const WITHDRAWAL = 500_000n * WAD;

async function fixture() {
  return await deployStablecoin(connection);
}

/** Alice holds one million dollars, backed by a million of cash. */
async function minted() {
  const world = await fixture();
  await world.reserve.connect(world.alice).mint(MILLION, world.alice);
  return world;
}

async function gated() {
  const world = await deployStablecoin(connection, {
    closedFrom: 4n * DAY + 22n * HOUR,
    closedUntil: 13n * HOUR,
    epochCap: 600_000n * WAD,
    blockLimit: 400_000n * WAD,
  });
  await time.increaseTo(world.monday + DAY);
  await world.reserve.connect(world.alice).mint(MILLION, world.alice);
  return world;
}

describe("DollarReserve", () => {
  describe("mint", () => {
    it("mints at par, to the wei", async () => {
      const { reserve, dollar, alice, bob } = await networkHelpers.loadFixture(fixture);

      await expect(reserve.connect(alice).mint(1_234_567n, bob))
        .to.emit(reserve, "Minted")
        .withArgs(alice, bob, 1_234_567n, 1_234_567n * 10n ** 12n);
      expect(await dollar.balanceOf(bob)).to.equal(1_234_567n * 10n ** 12n);
      expect(await reserve.cash()).to.equal(1_234_567n);
      expect(await reserve.backingRatio()).to.equal(WAD);
      await expect(reserve.mint(0n, alice)).to.be.revertedWithCustomError(reserve, "DollarReserveZeroAmount");
    });

    it("credits what arrives of a token that taxes transfers", async () => {
      const { reserve, dollar, usdc, alice } = await networkHelpers.loadFixture(fixture);
      await usdc.setTax(100n);
      await reserve.connect(alice).mint(MILLION, alice);

      expect(await dollar.totalSupply()).to.equal(990_000n * WAD);
      expect(await reserve.cash()).to.equal((MILLION * 99n) / 100n);
    });
  });

  describe("mintPrivileged", () => {
    it("mints without money up to the cap, and lowers the backing", async () => {
      const { reserve, bob } = await networkHelpers.loadFixture(minted);
      await reserve.setMinter(bob, 10n * DOLLARS);
      const asBob = reserve.connect(bob);

      await expect(asBob.mintPrivileged(bob, DOLLARS)).to.emit(reserve, "MintedPrivileged").withArgs(bob, bob, DOLLARS);
      expect(await reserve.backingRatio()).to.equal(WAD / 2n);
      expect(await reserve.redemptionRate()).to.equal(WAD / 2n);
      await asBob.mintPrivileged(bob, 9n * DOLLARS);
      await expect(asBob.mintPrivileged(bob, 1n))
        .to.be.revertedWithCustomError(reserve, "DollarReserveMintCap")
        .withArgs(1n, 0n);
    });

    it("has no end once the cap is removed, and is nobody else's", async () => {
      const { reserve, dollar, alice, bob } = await networkHelpers.loadFixture(minted);
      await reserve.setMinter(bob, NO_LIMIT);

      await reserve.connect(bob).mintPrivileged(bob, 80_000_000n * WAD);
      expect(await dollar.totalSupply()).to.equal(81_000_000n * WAD);
      await expect(reserve.connect(alice).mintPrivileged(alice, 1n))
        .to.be.revertedWithCustomError(reserve, "DollarReserveUnauthorized")
        .withArgs(alice);
      await reserve.pause(4n);
      await expect(reserve.connect(bob).mintPrivileged(bob, 1n)).to.be.revertedWithCustomError(
        reserve,
        "PausableFlagsPaused",
      );
    });
  });

  describe("redeem", () => {
    it("pays par less the fee, which goes to the buffer", async () => {
      const { reserve, usdc, alice } = await networkHelpers.loadFixture(minted);
      await reserve.setFeeCurve({ capacity: 1n, floor: 0n, minBps: 10n, maxBps: 10n, isAtEnd: false });
      const fee = 500_000_000n;
      expect(await reserve.quoteRedeem(WITHDRAWAL)).to.deep.equal([MILLION / 2n - fee, fee]);

      const paid = MILLION / 2n - fee;
      await expect(reserve.connect(alice).redeem(WITHDRAWAL, paid, alice)).to.changeTokenBalance(
        ethers,
        usdc,
        alice,
        paid,
      );
      expect(await reserve.buffer()).to.equal(fee);
      expect(await reserve.cash()).to.equal(MILLION / 2n);
      expect(await reserve.gap()).to.equal(0n);
    });

    it("pays dust rounded down, and nothing for nothing", async () => {
      const { reserve, alice } = await networkHelpers.loadFixture(minted);
      const asAlice = reserve.connect(alice);

      expect(await asAlice.redeem.staticCall(2n * 10n ** 12n - 1n, 0n, alice)).to.equal(1n);
      await expect(asAlice.redeem(10n ** 12n - 1n, 0n, alice)).to.be.revertedWithCustomError(
        reserve,
        "DollarReserveZeroAmount",
      );
      await expect(asAlice.redeem(WAD, 1_000_001n, alice))
        .to.be.revertedWithCustomError(reserve, "DollarReserveBelowMinimum")
        .withArgs(1_000_000n, 1_000_001n);
    });

    it("pays all holders the same rate while impaired, and no fee", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { reserve, dollar, usdc, owner, alice } = world;
      await backWith(world, DOLLARS, 920_000n * WAD);
      await reserve.setFeeCurve({ capacity: 1n, floor: 0n, minBps: 10n, maxBps: 10n, isAtEnd: false });
      await dollar.transfer(alice, WITHDRAWAL);

      for (const holder of [alice, owner]) {
        await expect(reserve.connect(holder).redeem(WITHDRAWAL, 0n, holder)).to.changeTokenBalance(
          ethers,
          usdc,
          holder,
          460_000n * 10n ** 6n,
        );
      }
      expect([await reserve.cash(), await dollar.totalSupply()]).to.deep.equal([0n, 0n]);
    });

    it("makes the first whole and the last bear all when first come is first served", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { reserve, dollar, owner, alice } = world;
      await backWith(world, DOLLARS, 920_000n * WAD);
      await dollar.transfer(alice, WITHDRAWAL);
      await expect(reserve.setFirstComeAtPar(true)).to.emit(reserve, "FirstComeAtParSet").withArgs(true);

      await reserve.connect(alice).redeem(WITHDRAWAL, MILLION / 2n, alice);
      expect([await reserve.redemptionRate(), await reserve.backedRate()]).to.deep.equal([WAD, (WAD * 84n) / 100n]);
      await expect(reserve.redeem(WITHDRAWAL, 0n, owner))
        .to.be.revertedWithCustomError(reserve, "ReserveBucketsInsufficientCash")
        .withArgs(MILLION / 2n, 420_000n * 10n ** 6n);
      await reserve.redeem(420_000n * WAD, 0n, owner);
      expect(await reserve.cash()).to.equal(0n);
    });

    it("fails beyond the cash bucket though the reserve is whole", async () => {
      const { reserve, custodian, alice } = await networkHelpers.loadFixture(minted);
      await reserve.placeTerm(custodian, MILLION - 5n, 0n, 0n);

      expect(await reserve.redemptionRate()).to.equal(WAD);
      await expect(reserve.connect(alice).redeem(WAD, 0n, alice))
        .to.be.revertedWithCustomError(reserve, "ReserveBucketsInsufficientCash")
        .withArgs(1_000_000n, 5n);
      await expect(reserve.quoteRedeem(WAD)).to.be.revertedWithCustomError(reserve, "ReserveBucketsInsufficientCash");
    });

    it("pauses minting and redeeming one by one", async () => {
      const { reserve, alice } = await networkHelpers.loadFixture(minted);
      await reserve.pause(2n);

      await expect(reserve.connect(alice).redeem(WAD, 0n, alice))
        .to.be.revertedWithCustomError(reserve, "PausableFlagsPaused")
        .withArgs(1);
      await reserve.mint(1n, alice);
      await reserve.pause(1n);
      await expect(reserve.mint(1n, alice)).to.be.revertedWithCustomError(reserve, "PausableFlagsPaused").withArgs(0);
    });
  });

  describe("the gate", () => {
    it("lets through its cap an epoch and its limit a block, and nothing more", async () => {
      const { reserve, alice } = await networkHelpers.loadFixture(gated);
      const asAlice = reserve.connect(alice);

      await expect(asAlice.redeem(400_000n * WAD + 1n, 0n, alice))
        .to.be.revertedWithCustomError(reserve, "RedemptionGateBlockLimit")
        .withArgs(400_000n * WAD + 1n, 400_000n * WAD);
      await asAlice.redeem(400_000n * WAD, 0n, alice);
      expect(await reserve.epochLeft()).to.equal(200_000n * WAD);
      await expect(asAlice.redeem(200_000n * WAD + 1n, 0n, alice))
        .to.be.revertedWithCustomError(reserve, "RedemptionGateEpochCap")
        .withArgs(200_000n * WAD + 1n, 200_000n * WAD);
      await asAlice.redeem(200_000n * WAD, 0n, alice);
      expect(await reserve.redeemableNow()).to.equal(0n);
      await time.increase(DAY);
      expect(await reserve.redeemableNow()).to.equal(400_000n * WAD);
    });

    it("adds up the redemptions of one block", async () => {
      const { reserve, alice } = await networkHelpers.loadFixture(gated);
      const asAlice = reserve.connect(alice);
      await connection.provider.request({ method: "evm_setAutomine", params: [false] });
      const options = { gasLimit: 1_000_000n };
      const first = await asAlice.redeem(300_000n * WAD, 0n, alice, options);
      const second = await asAlice.redeem(100_000n * WAD, 0n, alice, options);
      const third = await asAlice.redeem(1n * WAD, 0n, alice, options);
      await networkHelpers.mine();
      await connection.provider.request({ method: "evm_setAutomine", params: [true] });

      const receipts = await Promise.all(
        [first, second, third].map(async ({ hash }) => await ethers.provider.getTransactionReceipt(hash)),
      );
      expect(receipts.map((receipt) => receipt?.status)).to.deep.equal([1, 1, 0]);
    });

    it("is closed over the weekend, for minting too, and says when it opens", async () => {
      const { reserve, alice, monday } = await networkHelpers.loadFixture(gated);
      await time.increaseTo(monday + 5n * DAY);
      const opens = monday + WEEK + 13n * HOUR;

      for (const attempt of [
        () => reserve.connect(alice).redeem(WAD, 0n, alice),
        () => reserve.connect(alice).mint(1n, alice),
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(reserve, "RedemptionGateClosed").withArgs(opens);
      }
      expect(await reserve.redeemableNow()).to.equal(0n);
      await time.increaseTo(opens);
      await reserve.connect(alice).redeem(WAD, 0n, alice);
    });

    it("keeps what was used when the terms change within the epoch", async () => {
      const { reserve, calendar, alice } = await networkHelpers.loadFixture(gated);
      await reserve.connect(alice).redeem(400_000n * WAD, 0n, alice);
      await reserve.setGate({ epochLength: WEEK, epochCap: 500_000n * WAD, blockLimit: NO_LIMIT, calendar });

      expect(await reserve.epochLeft()).to.equal(100_000n * WAD);
      await reserve.setGate({ epochLength: DAY, epochCap: 300_000n * WAD, blockLimit: NO_LIMIT, calendar });
      expect(await reserve.epochLeft()).to.equal(0n);
      await expect(
        reserve.setGate({ epochLength: 0n, epochCap: 0n, blockLimit: 0n, calendar }),
      ).to.be.revertedWithCustomError(reserve, "RedemptionGateInvalidEpoch");
    });
  });

  describe("wire", () => {
    it("happens once, and takes only what belongs to the reserve", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { reserve, junior, queue, window, dollar, usdc, owner } = world;
      await expect(reserve.wire(junior, queue, window)).to.be.revertedWithCustomError(
        reserve,
        "DollarReserveInvalidWiring",
      );
      const curve = { capacity: 1n, floor: 0n, minBps: 0n, maxBps: 0n, isAtEnd: false };
      const gate = { epochLength: 1n, epochCap: 0n, blockLimit: 0n, calendar: ethers.ZeroAddress };
      const other = await ethers.deployContract("DollarReserve", [
        owner,
        dollar,
        usdc,
        ethers.ZeroAddress,
        gate,
        curve,
      ]);

      await expect(other.wire(junior, queue, window)).to.be.revertedWithCustomError(
        other,
        "DollarReserveInvalidWiring",
      );
      await other.wire(ethers.ZeroAddress, ethers.ZeroAddress, ethers.ZeroAddress);
      expect([await other.assetsMarked(), await other.isOpen()]).to.deep.equal([0n, true]);
    });

    it("refuses a money with more than 18 decimals and a fund for another money", async () => {
      const { reserve, teller, dollar, owner } = await networkHelpers.loadFixture(fixture);
      const curve = { capacity: 1n, floor: 0n, minBps: 0n, maxBps: 0n, isAtEnd: false };
      const gate = { epochLength: 1n, epochCap: 0n, blockLimit: 0n, calendar: ethers.ZeroAddress };
      const wide = await ethers.deployContract("Token__MockForMarkets", [19]);
      const other = await ethers.deployContract("Token__MockForMarkets", [6]);

      for (const [money, fund] of [
        [wide, ethers.ZeroAddress],
        [other, teller],
      ] as const) {
        await expect(
          ethers.deployContract("DollarReserve", [owner, dollar, money, fund, gate, curve]),
        ).to.be.revertedWithCustomError(reserve, "ReserveBucketsInvalidParts");
      }
    });
  });
});

describe("RedemptionFee", () => {
  const CURVE = { capacity: 10_000n * WAD, floor: 1_000n * WAD, minBps: 5n, maxBps: 100n };

  it("rises in whole bps from capacity to floor, as the curve of instant exits does (LRT-03)", async () => {
    const math = await ethers.deployContract("RedemptionMath__Harness");
    const levels = [12_000n, 10_000n, 5_500n, 1_000n, 0n].map((cash) => cash * WAD);

    const bps = await Promise.all(levels.map(async (cash) => await math.bpsAt({ ...CURVE, isAtEnd: false }, cash)));
    expect(bps).to.deep.equal([5n, 5n, 52n, 100n, 100n]);
  });

  it("charges the fee at the end on everything, so that parts are cheaper than the whole", async () => {
    const math = await ethers.deployContract("RedemptionMath__Harness");
    const curve = { ...CURVE, isAtEnd: true };
    const whole = await math.feeOf(curve, 10_000n * WAD, 4_500n * WAD);

    expect(whole).to.equal((4_500n * WAD * 52n) / 10_000n);
    const first = await math.feeOf(curve, 10_000n * WAD, 2_250n * WAD);
    const second = await math.feeOf(curve, 7_750n * WAD, 2_250n * WAD);
    expect(first + second).to.be.lessThan(whole);
  });

  it("charges along the way what the parts pay, across all three pieces of the curve", async () => {
    const math = await ethers.deployContract("RedemptionMath__Harness");
    const curve = { ...CURVE, isAtEnd: false };

    // 2,000 at 5 bps, 9,000 at 52.5 bps on average, 1,000 at 100 bps.
    expect(await math.feeOf(curve, 12_000n * WAD, 12_000n * WAD)).to.equal(
      ((2_000n * 50n + 9_000n * 525n + 1_000n * 1_000n) * WAD) / 100_000n,
    );
    // From 10,000 to 5,500 on the line: 4,500 at (5 + 52.5) / 2 bps.
    expect(await math.feeOf(curve, 10_000n * WAD, 4_500n * WAD)).to.equal((4_500n * WAD * 2_875n) / 1_000_000n);
    expect(await math.feeOf(curve, 10_000n * WAD, 1n)).to.equal(1n);
    expect(await math.feeOf(curve, 10_000n * WAD, 0n)).to.equal(0n);
  });

  it("refuses a curve that does not rise or does not fit", async () => {
    const math = await ethers.deployContract("RedemptionMath__Harness");

    for (const broken of [{ floor: CURVE.capacity }, { capacity: 2n ** 112n }, { minBps: 101n }, { maxBps: 10_001n }]) {
      await expect(math.bpsAt({ ...CURVE, isAtEnd: false, ...broken }, 0n)).to.be.revertedWithCustomError(
        math,
        "RedemptionFeeInvalidCurve",
      );
    }
  });
});
