import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * Deploys isolated markets without any market, their rate model, flash liquidator and lens.
 *
 * Parameter (optional): `owner`, who may set fees, by default the deployer. Markets are made by `createMarket`, each with
 * a `MarketOracle` of its own; vaults over them are deployed when they are wanted.
 */
export default buildModule("Isolated", (m) => {
  const markets = m.contract("IsolatedMarkets", [m.getParameter("owner", m.getAccount(0))]);
  return {
    markets,
    rateModel: m.contract("AdaptiveRateModel"),
    liquidator: m.contract("IsolatedFlashLiquidator", [markets]),
    isolatedLens: m.contract("IsolatedLens"),
  };
});
