import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

const DAY = 86_400n;
const MILLION = 10n ** 6n;
const NO_LIMIT = 2n ** 256n - 1n;

/** Terms of the fund: settlement in a day, 10 bps, at once up to a million for 50 bps; a token of six decimals. */
const FUND_TERMS = {
  settleDelay: DAY,
  minAssets: MILLION,
  minShares: MILLION,
  feeBps: 10n,
  instantFeeBps: 50n,
  instantLimit: MILLION * MILLION,
};

/** Fee of a redemption: 5 to 100 bps as cash falls from ten to one million; a token of six decimals. */
const FEE_CURVE = {
  capacity: 10n * MILLION * MILLION,
  floor: MILLION * MILLION,
  minBps: 5n,
  maxBps: 100n,
  isAtEnd: false,
};

/**
 * Deploys a reserve-backed dollar with its queue, junior tranche and swap window, and the fund that backs it in part.
 *
 * Parameters: `settlement` (money) and `gem` (token of the swap window, often the same), with `decimals` (of the money, 6
 * by default). Optional: `owner` (administrator), `manager` of the reserve, both by default the deployer, `reporter` of the fund's value, `closedFrom` and
 * `closedUntil` [s of the week, Monday 00:00 first; by default Friday 22:00 to Monday 13:00], `epochLength` [s],
 * `epochCap`, `blockLimit`, `minRequest` [dollars wei], `feeCurve`, `vesting` [s], `fundTerms`, `cutoff` [s of the day, by
 * default 18:00], `firstNav` [1e6]. Ownership is handed over in two steps: an `owner` that is not the deployer has to
 * accept it.
 */
export default buildModule("Stablecoin", (m) => {
  const deployer = m.getAccount(0);
  const owner = m.getParameter("owner", deployer);
  const settlement = m.getParameter<string>("settlement");
  const decimals = m.getParameter("decimals", 6);

  const calendar = m.contract("BankCalendar", [
    owner,
    m.getParameter("closedFrom", 4n * DAY + 79_200n),
    m.getParameter("closedUntil", 46_800n),
  ]);
  const dollar = m.contract("Dollar", [deployer, "Faultline dollar", "FUSD"]);
  const fundShare = m.contract("FundShare", [deployer, decimals]);
  const teller = m.contract("FundTeller", [
    [settlement, fundShare, calendar],
    owner,
    m.getParameter("reporter", deployer),
    m.getParameter("fundTerms", FUND_TERMS),
    [m.getParameter("cutoff", 64_800n), m.getParameter("firstNav", MILLION)],
  ]);
  const gate = {
    epochLength: m.getParameter("epochLength", DAY),
    epochCap: m.getParameter("epochCap", NO_LIMIT),
    blockLimit: m.getParameter("blockLimit", NO_LIMIT),
    calendar,
  };
  const curve = m.getParameter("feeCurve", FEE_CURVE);
  const reserve = m.contract("DollarReserve", [deployer, dollar, settlement, teller, gate, curve]);
  const junior = m.contract("JuniorTranche", [reserve, m.getParameter("vesting", 7n * DAY)]);
  const queue = m.contract("RedemptionQueue", [reserve, m.getParameter("minRequest", 10n ** 18n)]);
  const window = m.contract("SwapWindow", [owner, dollar, m.getParameter<string>("gem"), reserve]);

  const wired = [
    m.call(reserve, "wire", [junior, queue, window]),
    m.call(dollar, "setIssuer", [reserve, true], { id: "reserveIssues" }),
    m.call(dollar, "setIssuer", [window, true], { id: "windowIssues" }),
    m.call(fundShare, "setTeller", [teller]),
    m.call(reserve, "setManager", [m.getParameter("manager", deployer)]),
    m.call(fundShare, "setAllowed", [reserve, true]),
  ];
  for (const [name, owned] of Object.entries({ dollar, fundShare, reserve })) {
    m.call(owned, "transferOwnership", [owner], { id: `handOver_${name}`, after: wired });
  }

  return { calendar, dollar, fundShare, teller, reserve, junior, queue, window };
});
