import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import core from "./core.ts";

/** Address that receives protocol fees; nobody's. */
const FEES = "0x00000000000000000000000000000000000000fe";

/**
 * Deploys what conformance vectors run against: the restaking core with one strategy on a token that anyone can mint,
 * a rewards coordinator, and a lens to read with.
 *
 * Parameters (optional, besides those of the core): `defaultSplitBips`, `activationDelay` [clock units].
 */
export default buildModule("Conformance", (m) => {
  const contracts = m.useModule(core);
  const deployer = m.getAccount(0);
  const token = m.contract("Token__MockForConformance");
  const strategy = m.contract("Strategy", [token, contracts.restakingManager]);
  const lens = m.contract("Lens");
  const settings = {
    owner: deployer,
    updater: deployer,
    feeRecipient: FEES,
    defaultSplitBips: m.getParameter("defaultSplitBips", 1_000n),
    activationDelay: m.getParameter("activationDelay", 604_800n),
    periods: {
      calculationInterval: 1n,
      maxDuration: 6_048_000n,
      maxRetroactive: 14_515_200n,
      maxFuture: 2_592_000n,
    },
  };
  const rewards = m.contract("RewardsCoordinator", [contracts.avsRegistry, settings, m.getParameter("clockMode", 0)]);
  m.call(contracts.restakingManager, "setWhitelisted", [[strategy], true]);

  return { ...contracts, token, strategy, lens, rewards };
});
