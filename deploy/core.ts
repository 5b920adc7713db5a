import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * Deploys the restaking core and wires its six contracts to each other.
 *
 * Parameters (all optional): `owner` (administrator, by default the deployer), `clockMode` (0 blocks, 1 seconds) and the
 * delays in its units: `withdrawalDelay`, `deallocationDelay`, `configurationDelay` (by default the "fast" preset, 50, 50
 * and 75) and `releaseDelay` (the delay a set may ask for between a slash and its clearing, by default 50,400).
 * Ownership is handed over in two steps: an `owner` that is not the deployer has to accept it.
 */
export default buildModule("RestakingCore", (m) => {
  const deployer = m.getAccount(0);
  const owner = m.getParameter("owner", deployer);
  const clockMode = m.getParameter("clockMode", 0);
  const withdrawalDelay = m.getParameter("withdrawalDelay", 50n);
  const deallocationDelay = m.getParameter("deallocationDelay", 50n);
  const configurationDelay = m.getParameter("configurationDelay", 75n);
  const releaseDelay = m.getParameter("releaseDelay", 50_400n);

  const core = {
    restakingManager: m.contract("RestakingManager", [deployer]),
    podManager: m.contract("PodManager", [deployer, clockMode]),
    operatorDelegation: m.contract("OperatorDelegation", [deployer, clockMode, withdrawalDelay]),
    avsRegistry: m.contract("AVSRegistry", [deployer, clockMode, deallocationDelay, configurationDelay, releaseDelay]),
    allocationManager: m.contract("AllocationManager", [deployer, clockMode, deallocationDelay, configurationDelay]),
    slasher: m.contract("Slasher", [deployer, clockMode]),
  };
  for (const [name, component] of Object.entries(core)) {
    const wired = m.call(component, "wire", [core], { id: `wire_${name}` });
    m.call(component, "transferOwnership", [owner], { id: `handOver_${name}`, after: [wired] });
  }

  return core;
});
