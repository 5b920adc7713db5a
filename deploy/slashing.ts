import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * Deploys what every AVS shares: the key registry, the three slasher modules and the ledger hook.
 *
 * Parameters: `slasher`, `avsRegistry` (addresses of the core) and `cooldown` [clock units].
 */
export default buildModule("Slashing", (m) => {
  const slasher = m.getParameter<string>("slasher");
  const registry = m.getParameter<string>("avsRegistry");
  const cooldown = m.getParameter<bigint>("cooldown", 0n);

  return {
    operatorKeys: m.contract("OperatorKeys"),
    instantSlasher: m.contract("InstantSlasher", [slasher, registry]),
    vetoSlasher: m.contract("VetoSlasher", [slasher, registry]),
    optimisticSlasher: m.contract("OptimisticSlasher", [slasher, registry]),
    slashLedger: m.contract("SlashLedger", [slasher, cooldown]),
  };
});
