import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import core from "./core.ts";

/**
 * Deploys what conformance vectors run against: the restaking core with one strategy on a token that anyone can mint,
 * and a lens to read with. Parameters are those of the core.
 */
export default buildModule("Conformance", (m) => {
  const contracts = m.useModule(core);
  const token = m.contract("Token__MockForConformance");
  const strategy = m.contract("Strategy", [token, contracts.restakingManager]);
  const lens = m.contract("Lens");
  m.call(contracts.restakingManager, "setWhitelisted", [[strategy], true]);

  return { ...contracts, token, strategy, lens };
});
