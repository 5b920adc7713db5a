import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * Deploys the lenses on a core and the reporter of a pool.
 *
 * Parameters: the core's contracts `restakingManager`, `podManager`, `operatorDelegation`, `avsRegistry`,
 * `allocationManager`, `slasher`; the pool's `lst` and `validators`.
 */
export default buildModule("Lens", (m) => {
  const core = {
    restakingManager: m.getParameter<string>("restakingManager"),
    podManager: m.getParameter<string>("podManager"),
    operatorDelegation: m.getParameter<string>("operatorDelegation"),
    avsRegistry: m.getParameter<string>("avsRegistry"),
    allocationManager: m.getParameter<string>("allocationManager"),
    slasher: m.getParameter<string>("slasher"),
  };

  return {
    lens: m.contract("Lens"),
    operatorLens: m.contract("OperatorLens", [core]),
    stakerLens: m.contract("StakerLens", [core]),
    slashLens: m.contract("SlashLens", [core]),
    poolReporter: m.contract("PoolReporter", [m.getParameter<string>("lst"), m.getParameter<string>("validators")]),
  };
});
