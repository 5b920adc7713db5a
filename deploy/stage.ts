import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Deploys the stage. Parameter (optional): `owner`, the account that drives it, by default the deployer. */
export default buildModule("Stage", (m) => ({
  stage: m.contract("Stage", [m.getParameter("owner", m.getAccount(0))]),
}));
