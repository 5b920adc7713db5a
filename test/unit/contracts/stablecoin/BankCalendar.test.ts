import { expect } from "chai";
import { network } from "hardhat";

import { DAY, HOUR, MONDAY } from "../../../helpers/stablecoin.ts";

const { ethers, networkHelpers } = await network.create();

/** Friday 22:00 to Monday 13:00. */
async function weekend() {
  const [owner, alice] = await ethers.getSigners();
  const calendar = await ethers.deployContract("BankCalendar", [owner, 4n * DAY + 22n * HOUR, 13n * HOUR]);
  return { calendar, owner, alice };
}

describe("BankCalendar", () => {
  it("closes from Friday's last second to Monday's opening, around the end of the week", async () => {
    const { calendar } = await networkHelpers.loadFixture(weekend);
    const friday = MONDAY + 4n * DAY + 22n * HOUR;

    expect(await calendar.isOpen(friday - 1n)).to.equal(true);
    expect(await calendar.isOpen(friday)).to.equal(false);
    expect(await calendar.isOpen(MONDAY + 6n * DAY)).to.equal(false);
    expect(await calendar.isOpen(MONDAY)).to.equal(false);
    expect(await calendar.isOpen(MONDAY + 13n * HOUR - 1n)).to.equal(false);
    expect(await calendar.isOpen(MONDAY + 13n * HOUR)).to.equal(true);
    expect(await calendar.nextOpening(friday)).to.equal(MONDAY + 7n * DAY + 13n * HOUR);
    expect(await calendar.nextOpening(MONDAY)).to.equal(MONDAY + 13n * HOUR);
    expect(await calendar.nextOpening(friday - 1n)).to.equal(friday - 1n);
  });

  it("closes a window within the week, and nothing when its ends are equal", async () => {
    const { calendar } = await networkHelpers.loadFixture(weekend);
    await calendar.setWeekend(DAY, 2n * DAY);

    expect(await calendar.isOpen(MONDAY + DAY - 1n)).to.equal(true);
    expect(await calendar.isOpen(MONDAY + DAY)).to.equal(false);
    expect(await calendar.nextOpening(MONDAY + DAY)).to.equal(MONDAY + 2n * DAY);
    await calendar.setWeekend(DAY, DAY);
    expect(await calendar.isOpen(MONDAY + DAY)).to.equal(true);
    expect(await calendar.weekend()).to.deep.equal([DAY, DAY]);
  });

  it("walks over holidays that touch the weekend and each other", async () => {
    const { calendar } = await networkHelpers.loadFixture(weekend);
    const open = MONDAY + 7n * DAY + 13n * HOUR;
    await expect(calendar.addHoliday(open, open + DAY))
      .to.emit(calendar, "HolidayAdded")
      .withArgs(open, open + DAY);
    await calendar.addHoliday(open + DAY, open + DAY + HOUR);

    expect(await calendar.isOpen(open)).to.equal(false);
    expect(await calendar.nextOpening(MONDAY + 5n * DAY)).to.equal(open + DAY + HOUR);
    expect(await calendar.holidays()).to.deep.equal([
      [open, open + DAY],
      [open + DAY, open + DAY + HOUR],
    ]);
  });

  it("closes until further notice, without saying when it opens", async () => {
    const { calendar } = await networkHelpers.loadFixture(weekend);
    await expect(calendar.setClosed(true)).to.emit(calendar, "ClosedSet").withArgs(true);

    expect(await calendar.isOpen(MONDAY + 2n * DAY)).to.equal(false);
    expect(await calendar.nextOpening(MONDAY + 2n * DAY)).to.equal(ethers.MaxUint256);
    await calendar.setClosed(false);
    expect(await calendar.isOpen(MONDAY + 2n * DAY)).to.equal(true);
  });

  it("refuses windows beyond the week, empty holidays, too many of them, and strangers", async () => {
    const { calendar, alice } = await networkHelpers.loadFixture(weekend);

    await expect(calendar.setWeekend(7n * DAY, 0n))
      .to.be.revertedWithCustomError(calendar, "BankCalendarInvalidWindow")
      .withArgs(7n * DAY, 0n);
    await expect(calendar.setWeekend(0n, 7n * DAY)).to.be.revertedWithCustomError(
      calendar,
      "BankCalendarInvalidWindow",
    );
    await expect(calendar.addHoliday(5n, 5n))
      .to.be.revertedWithCustomError(calendar, "BankCalendarInvalidWindow")
      .withArgs(5n, 5n);
    await expect(calendar.connect(alice ?? null).addHoliday(1n, 2n)).to.be.revertedWithCustomError(
      calendar,
      "OwnableUnauthorizedAccount",
    );
    for (let k = 0n; k < 64n; k += 1n) await calendar.addHoliday(k, k + 1n);
    await expect(calendar.addHoliday(1n, 2n))
      .to.be.revertedWithCustomError(calendar, "BankCalendarTooManyHolidays")
      .withArgs(64n);
  });
});
