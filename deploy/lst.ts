import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Ether that buys the dead first shares [wei]. */
const SEED = 10n ** 18n;

/** Mainnet-like bounds of a report, for a clock that counts seconds. */
const LIMITS = {
  annualGainBps: 1_000n,
  yearLength: 31_536_000n,
  initialPenalty: 8n * 10n ** 15n,
  inactivityPenalty: 101n * 10n ** 15n,
  lossWindow: 1_555_200n,
  inactivityWindow: 4_665_600n,
};

/**
 * Deploys the liquid staking token with its validators, report checker, withdrawal queue and wrapped form.
 *
 * Parameters (all optional): `owner` (administrator, by default the deployer), `reporter`, `treasury`, `feeBps`,
 * `rebaseLimit` [1e9 = 100 %], `seed` [wei], `clockMode` (0 blocks, 1 seconds), `limits`, `minWithdrawal`,
 * `maxWithdrawal` [wei], `withdrawalMargin`, `bunkerDelay` [clock units]. Defaults count seconds; a world that counts
 * blocks passes its own `limits`, `withdrawalMargin` and `bunkerDelay`.
 */
export default buildModule("LiquidStaking", (m) => {
  const deployer = m.getAccount(0);
  const owner = m.getParameter("owner", deployer);
  const terms = {
    owner: deployer,
    reporter: m.getParameter("reporter", deployer),
    treasury: m.getParameter("treasury", deployer),
    feeBps: m.getParameter("feeBps", 1_000n),
    rebaseLimit: m.getParameter("rebaseLimit", 750_000n),
  };
  const settings = {
    owner,
    minAmount: m.getParameter("minWithdrawal", 100n),
    maxAmount: m.getParameter("maxWithdrawal", 1_000n * 10n ** 18n),
    margin: m.getParameter("withdrawalMargin", 7_680n),
    bunkerDelay: m.getParameter("bunkerDelay", 518_400n),
  };

  const token = m.contract("LiquidStakingToken", [terms, m.getParameter("clockMode", 1)], {
    value: m.getParameter("seed", SEED),
  });
  const validators = m.contract("Validators", [token, owner]);
  const checker = m.contract("ReportChecker", [token, owner, m.getParameter("limits", LIMITS)]);
  const queue = m.contract("WithdrawalQueue", [token, settings]);
  const wrapped = m.contract("WrappedLiquidStakingToken", [token]);
  const wired = m.call(token, "wire", [validators, queue, checker]);
  m.call(token, "transferOwnership", [owner], { after: [wired] });

  return { token, validators, checker, queue, wrapped };
});
