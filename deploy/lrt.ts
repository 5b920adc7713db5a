import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** No bounds of a report, and what becomes of one beyond them: it is refused. */
const NO_GUARD = { maxRiseBps: 4_294_967_295n, maxDropBps: 10_000n, policy: 0, inWholePercents: false };

/**
 * Deploys a liquid restaking token on a core: vault, NAV oracle, exit queue and set of delegators, wired to each other.
 *
 * Parameters: `asset` (wrapped liquid staking token), `strategy` of it, `restakingManager`, `operatorDelegation`. Optional:
 * `owner` (by default the deployer; another one has to accept), `name`, `symbol`, `clockMode` (0 blocks, 1 seconds; that of
 * the core), `mode` (0 live, 1 pushed, 2 quorum), `virtualShares`, `isBlindToUnbacked`, `guard`; `freezePoint` (0 claim,
 * 1 unlock, 2 batch, 3 finalisation), `delay` [clock units], `batchSize`, `minShares`.
 */
export default buildModule("RestakingVault", (m) => {
  const deployer = m.getAccount(0);
  const owner = m.getParameter("owner", deployer);
  const clockMode = m.getParameter("clockMode", 0);
  const asset = m.getParameter<string>("asset");
  const manager = m.getParameter<string>("restakingManager");
  const delegation = m.getParameter<string>("operatorDelegation");
  const name = m.getParameter("name", "Faultline Restaked Ether");

  const vault = m.contract("RestakingVault", [deployer, asset, name, m.getParameter("symbol", "frETH")]);
  const oracle = m.contract("NavOracle", [
    {
      owner,
      vault,
      mode: m.getParameter("mode", 0),
      virtualShares: m.getParameter("virtualShares", 1n),
      isBlindToUnbacked: m.getParameter("isBlindToUnbacked", false),
      guard: m.getParameter("guard", NO_GUARD),
    },
    clockMode,
  ]);
  const queue = m.contract("ExitQueue", [
    vault,
    {
      freezePoint: m.getParameter("freezePoint", 0),
      delay: m.getParameter("delay", 0n),
      batchSize: m.getParameter("batchSize", 10n),
      minShares: m.getParameter("minShares", 0n),
    },
    clockMode,
  ]);
  const delegators = m.contract("VaultDelegators", [vault, manager, delegation, m.getParameter<string>("strategy")]);
  const wired = m.call(vault, "wire", [oracle, queue, delegators]);
  const handed = m.call(vault, "setCurator", [owner], { after: [wired] });
  m.call(vault, "transferOwnership", [owner], { after: [handed] });

  return { vault, oracle, queue, delegators };
});
