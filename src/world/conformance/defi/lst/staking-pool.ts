import { CaseImpossibleError } from "../../../../errors/case-impossible-error.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";

/** Bounds of a report so wide that only the formulas speak. */
const NO_LIMITS = {
  annualGainBps: 10n ** 24n,
  yearLength: 31_536_000n,
  initialPenalty: 10n ** 30n,
  inactivityPenalty: 0n,
  lossWindow: 1_555_200n,
  inactivityWindow: 4_665_600n,
};

/** Dead first shares [wei]. */
const SEED = 10n ** 9n;
const GWEI = 10n ** 9n;
export const RAY = 10n ** 27n;

/** A liquid staking token on the ground; `operator` owns and reports, `alice` holds its shares. */
export interface StakingPool {
  readonly token: Deployed;
  readonly validators: Deployed;
  readonly checker: Deployed;
  readonly queue: Deployed;
}

/** What a pool holds when a case begins. */
export interface StakingPoolTerms {
  readonly pooled: bigint;
  readonly shares: bigint;
  readonly feeBps: bigint;
  /** Highest growth of the share rate by tips and burns in one report [1e9 = 100 %]. */
  readonly limit: bigint;
  /** Ether that is not staked. */
  readonly buffer: bigint;
}

/** No limit that a case could reach. */
export const NO_REBASE_LIMIT = 10n ** 18n;

/** What a report says; what it leaves out is as the validators are. */
export interface Claim {
  readonly beaconBalance?: bigint;
  readonly exitedValidators?: bigint;
}

/** What an honest reporter would say of the validators as they are. */
export async function reportOf({ validators }: StakingPool, claim: Claim = {}) {
  return {
    beaconBalance: claim.beaconBalance ?? (await validators.number("beaconBalance")),
    withdrawals: await validators.number("withdrawals"),
    tips: await validators.number("tips"),
    exitedValidators: claim.exitedValidators ?? (await validators.number("exitedValidators")),
    bunker: false,
  };
}

/** Moves the validators' balance without a report. */
export async function moveBeacon({ validators }: StakingPool, change: bigint): Promise<void> {
  if (change > 0n) await validators.must("operator", ["reward"], change);
  if (change < 0n) await validators.must("operator", ["penalize", -change]);
}

/** Deploys a token whose pool holds `pooled` ether over `shares`. */
export async function deployStakingPool(ground: Ground, terms: StakingPoolTerms): Promise<StakingPool> {
  if (terms.shares < SEED) throw new CaseImpossibleError(`a pool of ${terms.shares} shares`, `its ${SEED} dead shares`);
  const [operator, treasury] = [await ground.actor("operator"), await ground.actor("treasury")];
  const parties = { owner: operator, reporter: operator, treasury, feeBps: 0n, rebaseLimit: NO_REBASE_LIMIT };
  const token = await ground.deploy("LiquidStakingToken", [parties, 1n], SEED);
  const validators = await ground.deploy("Validators", [token, operator]);
  const checker = await ground.deploy("ReportChecker", [token, operator, NO_LIMITS]);
  const settings = { owner: operator, minAmount: 1n, maxAmount: 10n ** 60n, margin: 0n, bunkerDelay: 0n };
  const queue = await ground.deploy("WithdrawalQueue", [token, settings]);
  await token.must("operator", ["wire", validators, queue, checker]);
  const pool = { token, validators, checker, queue };

  await token.must("alice", ["submit"], terms.shares - SEED);
  await token.must("operator", ["stake", terms.shares - terms.buffer]);
  await moveBeacon(pool, terms.pooled - terms.shares);
  await ground.advance(1n);
  await token.must("operator", ["report", await reportOf(pool)]);
  await token.must("operator", ["setFee", treasury, terms.feeBps]);
  await token.must("operator", ["setRebaseLimit", terms.limit]);
  await ground.advance(1n);
  return pool;
}

/** Reads `at 9,000,000/7,500,000` as ether over shares; by default just that. */
export function poolFromWords(text: string): { readonly pooled: bigint; readonly shares: bigint } {
  const [, ether = "9000000", shares = "7500000"] = /([\d,]+)\s*\/\s*([\d,]+)/.exec(text) ?? [];
  const whole = (digits: string): bigint => BigInt(digits.replace(/,/g, "")) * GWEI * GWEI;
  return { pooled: whole(ether), shares: whole(shares) };
}
