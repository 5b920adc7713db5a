import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

const PERCENT = 10n ** 16n;
/** Terms of a branch on staked ether, as such branches are usually set up. */
const STAKED_ETHER = {
  minDebt: 2_000n * 10n ** 18n,
  minRatio: 120n * PERCENT,
  criticalRatio: 160n * PERCENT,
  shutdownRatio: 120n * PERCENT,
  poolPenalty: 5n * PERCENT,
  redistributionPenalty: 20n * PERCENT,
};

/**
 * Deploys a synthetic dollar with its registry and one branch, wired; the deployer stays the owner.
 *
 * Parameters: `collateral`, `feed` (dollars per collateral); optional `treasury` (by default the deployer), `maxAge` [s],
 * `gasToken` and `gasReserve`, `baseRate` [WAD], `minDebt`, `minRatio`, `criticalRatio`, `shutdownRatio`, `poolPenalty`,
 * `redistributionPenalty`.
 */
export default buildModule("Cdp", (m) => {
  const owner = m.getAccount(0);
  const collateral = m.getParameter<string>("collateral");
  const dollar = m.contract("SyntheticDollar", [owner]);
  const registry = m.contract("BranchRegistry", [owner, dollar, m.getParameter("baseRate", 10n ** 18n)]);
  const terms = {
    collateral,
    feed: m.getParameter<string>("feed"),
    maxAge: m.getParameter("maxAge", 86_400n),
    registry,
    treasury: m.getParameter("treasury", owner),
    gasToken: m.getParameter("gasToken", `0x${"00".repeat(20)}`),
    gasReserve: m.getParameter("gasReserve", 0n),
    minDebt: m.getParameter("minDebt", STAKED_ETHER.minDebt),
    minRatio: m.getParameter("minRatio", STAKED_ETHER.minRatio),
    criticalRatio: m.getParameter("criticalRatio", STAKED_ETHER.criticalRatio),
    shutdownRatio: m.getParameter("shutdownRatio", STAKED_ETHER.shutdownRatio),
    poolPenalty: m.getParameter("poolPenalty", STAKED_ETHER.poolPenalty),
    redistributionPenalty: m.getParameter("redistributionPenalty", STAKED_ETHER.redistributionPenalty),
  };
  const branch = m.contract("CollateralBranch", [owner, dollar, terms]);
  const stabilityPool = m.contract("StabilityPool", [branch, dollar, collateral]);
  m.call(branch, "setStabilityPool", [stabilityPool]);
  const authorized = m.call(dollar, "authorize", [branch]);
  m.call(registry, "addBranch", [branch], { after: [authorized] });

  return { dollar, registry, branch, stabilityPool, cdpLens: m.contract("CdpLens") };
});
