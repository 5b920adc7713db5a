import { expect } from "chai";
import { network } from "hardhat";

import { deployTokens, FEED_SETTINGS } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

/** Collateral with 18 decimals, a loan token with six, and a feed of each in dollars. */
async function fixture() {
  const { owner, first, second } = await deployTokens(connection, [18, 6]);
  const feed = async (decimals: number, answer: bigint) => {
    const settings = { ...FEED_SETTINGS, decimals };
    const made = await ethers.deployContract("ReportedFeed", [owner, settings, ethers.ZeroAddress, 0n]);
    await made.setRound(answer, await time.latest());
    return made;
  };
  const collateralFeed = await feed(8, 2_222n * 10n ** 8n + 1n);
  const loanFeed = await feed(18, (99n * 10n ** 18n) / 100n);
  const terms = {
    collateralToken: await first.getAddress(),
    loanToken: await second.getAddress(),
    collateralFeed: await collateralFeed.getAddress(),
    loanFeed: await loanFeed.getAddress(),
    collateralMaxAge: 3_600n,
    loanMaxAge: 86_400n,
  };
  return { collateralFeed, loanFeed, terms };
}

describe("MarketOracle", () => {
  it("divides one feed by the other, whatever their decimals, rounded down once", async () => {
    const { terms } = await networkHelpers.loadFixture(fixture);
    const oracle = await ethers.deployContract("MarketOracle", [terms]);
    const collateral = 2_222n * 10n ** 8n + 1n;
    const loan = (99n * 10n ** 18n) / 100n;

    // 1e36, the loan's decimals and its feed's, against the collateral's decimals and its feed's.
    expect(await oracle.price()).to.equal((collateral * 10n ** (36n + 6n + 18n)) / (loan * 10n ** (18n + 8n)));
  });

  it("takes a feed that answers in loan tokens alone", async () => {
    const { terms } = await networkHelpers.loadFixture(fixture);
    const oracle = await ethers.deployContract("MarketOracle", [{ ...terms, loanFeed: ethers.ZeroAddress }]);

    expect(await oracle.price()).to.equal(((2_222n * 10n ** 8n + 1n) * 10n ** 42n) / 10n ** 26n);
  });

  it("reverts rather than lie when either feed is broken or too old", async () => {
    const { terms, collateralFeed, loanFeed } = await networkHelpers.loadFixture(fixture);
    const oracle = await ethers.deployContract("MarketOracle", [terms]);
    const reader = await ethers.deployContract("MarketMath__Harness");
    await time.increase(3_700);
    await expect(oracle.price()).to.be.revertedWithCustomError(reader, "FeedReaderStale");
    await collateralFeed.setRound(1, await time.latest());
    await oracle.price();
    await loanFeed.setRound(0, await time.latest());

    await expect(oracle.price()).to.be.revertedWithCustomError(reader, "FeedReaderNotPositive");
  });
});
