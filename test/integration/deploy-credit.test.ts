import { expect } from "chai";
import { network } from "hardhat";

import cdp from "../../deploy/cdp.ts";
import isolated from "../../deploy/isolated.ts";
import { deployTokens, FEED_SETTINGS, WAD } from "../helpers/markets.ts";

const connection = await network.create();
const { ethers, ignition, networkHelpers } = connection;

describe("deploy modules of credit", () => {
  it("make isolated markets in which anybody opens a market", async () => {
    const { owner, first, second } = await deployTokens(connection);
    const { markets, rateModel, liquidator } = await ignition.deploy(isolated);
    const oracle = await ethers.deployContract("MarketOracle__MockForMarkets");
    const contract = await ethers.getContractAt("IsolatedMarkets", await markets.getAddress());
    const params = {
      loanToken: await first.getAddress(),
      collateralToken: await second.getAddress(),
      oracle: await oracle.getAddress(),
      rateModel: await rateModel.getAddress(),
      lltv: (86n * WAD) / 100n,
    };
    await contract.createMarket(params);

    expect(await contract.owner()).to.equal(owner);
    expect((await contract.totalsOf(await contract.idOf(params))).lastUpdate).to.be.greaterThan(0);
    const helper = await ethers.getContractAt("IsolatedFlashLiquidator", await liquidator.getAddress());
    expect(await helper.markets()).to.equal(contract);
  });

  it("make a synthetic dollar whose first trove can be opened at once", async () => {
    const { owner, first } = await deployTokens(connection);
    const feed = await ethers.deployContract("ReportedFeed", [owner, FEED_SETTINGS, ethers.ZeroAddress, 0n]);
    await feed.setRound(2_000n * 10n ** 8n, await networkHelpers.time.latest());
    const parameters = { Cdp: { collateral: await first.getAddress(), feed: await feed.getAddress() } };
    const deployed = await ignition.deploy(cdp, { parameters });
    const branch = await ethers.getContractAt("CollateralBranch", await deployed.branch.getAddress());
    await first.approve(branch, ethers.MaxUint256);
    await branch.openTrove(10n * WAD, 5_000n * WAD, WAD / 20n, 100n * WAD);

    const dollar = await ethers.getContractAt("SyntheticDollar", await deployed.dollar.getAddress());
    expect(await dollar.balanceOf(owner)).to.be.within(5_000n * WAD, 5_005n * WAD);
    expect((await branch.terms()).minRatio).to.equal((120n * WAD) / 100n);
  });
});
