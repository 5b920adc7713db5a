import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { deployStakingPool, moveBeacon, NO_REBASE_LIMIT, poolFromWords, reportOf } from "./staking-pool.ts";

const POOLED = ["totalPooled", "preEther", "totalPooledEther", "pooled"] as const;
const SHARES = ["shares", "preShares", "totalShares"] as const;
const CONSENSUS = ["clDelta", "clRewards", "cl"] as const;
const TIPS = ["el", "elVault", "elRewards"] as const;

/** What a report makes of a pool. */
interface Rebase {
  readonly postEther: bigint;
  readonly feeShares: bigint;
  readonly postShares: bigint;
  readonly withdrawals: bigint;
  readonly tips: bigint;
  readonly burnedShares: bigint;
}

/** More tips than any limit lets in. */
const FLOOD = 10n ** 30n;

async function playReport(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const pool = await deployStakingPool(ground, {
    pooled: inputs.integer(...POOLED),
    shares: inputs.integer(...SHARES),
    feeBps: inputs.integerOr(1_000n, "feeBps", "fee"),
    limit: inputs.integerOr(NO_REBASE_LIMIT, "limit", "rebaseLimit"),
    buffer: 0n,
  });
  const { token, validators } = pool;
  const vault = inputs.integerOr(0n, "wVault", "withdrawalsVault", "withdrawals");
  // What lies in the vault has left the beacon chain before.
  if (vault > 0n) {
    await moveBeacon(pool, vault);
    await validators.must("operator", ["exit", vault]);
  }
  await moveBeacon(pool, inputs.integerOr(0n, ...CONSENSUS));
  if (inputs.integerOr(0n, ...TIPS) > 0n) await validators.must("operator", ["tip"], inputs.integer(...TIPS));
  const asked = inputs.integerOr(0n, "sharesToBurn", "burn");
  if (asked > 0n) await token.must("alice", ["requestBurn", asked]);

  const report = await reportOf(pool);
  // The ceiling is no bound of the validators' own balance: with none of it, tips alone reach it.
  const [flooded] = await token.ask("previewReport", { ...report, beaconBalance: 0n, tips: FLOOD });
  const burnLimit = await burnableShares(ground, pool, report);
  const [made] = await token.must("operator", ["report", report]);
  const { postEther, feeShares, postShares, withdrawals, tips, burnedShares } = made as Rebase;
  return {
    ...{ postEther, feeShares, postShares, burnedShares, sharesBurned: burnedShares },
    ...{ elWithdrawn: tips, withdrawalsWithdrawn: withdrawals, wWithdrawn: withdrawals },
    ...{ maxEther: (flooded as Rebase).postEther, sharesToBurnLimit: burnLimit },
    rateE27: await token.number("shareRateRay"),
  };
}

/** Shares that the report could burn at most: what it would burn if everybody asked for it. */
async function burnableShares(
  ground: Ground,
  { token }: Awaited<ReturnType<typeof deployStakingPool>>,
  report: Awaited<ReturnType<typeof reportOf>>,
): Promise<bigint> {
  const snapshot = await ground.request("evm_snapshot");
  await token.must("alice", ["requestBurn", await token.number("sharesOf", await ground.actor("alice"))]);
  const [everything] = await token.ask("previewReport", report);
  await ground.request("evm_revert", snapshot);
  return (everything as Rebase).burnedShares;
}

async function playConversion(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const words = poolFromWords(vector.title);
  // Shares beside a pool are all of its shares, as in a report's case.
  const all = inputs.has(...POOLED) ? SHARES : SHARES.filter((name) => name !== "shares");
  const { token } = await deployStakingPool(ground, {
    pooled: inputs.integerOr(words.pooled, ...POOLED),
    shares: inputs.integerOr(words.shares, ...all),
    ...{ feeBps: 0n, limit: NO_REBASE_LIMIT, buffer: 0n },
  });
  const shares = await token.number("getSharesByPooledEth", inputs.integer("eth", "ether", "amount"));
  return {
    shares,
    back: await token.number("getPooledEthByShares", shares),
    ceilBack: await token.number("getPooledEthBySharesUp", shares),
  };
}

const PWEI = 10n ** 15n;
const WINDOW = { loss: 1_555_200n, inactivity: 4_665_600n };

/** The most that may be lost within a window, with validators that have exited before it. */
async function playBound(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const count = inputs.integer("validators", "activeValidators");
  const staked = count * 32n * 10n ** 18n;
  const terms = { pooled: staked, shares: staked, feeBps: 0n, limit: NO_REBASE_LIMIT, buffer: 0n };
  const pool = await deployStakingPool(ground, terms);
  await pool.checker.must("operator", [
    "setLimits",
    {
      ...{
        annualGainBps: 10_000n,
        yearLength: 31_536_000n,
        lossWindow: WINDOW.loss,
        inactivityWindow: WINDOW.inactivity,
      },
      initialPenalty: inputs.integerOr(8n, "initialPWei") * PWEI,
      inactivityPenalty: inputs.integerOr(101n, "inactivityPWei") * PWEI,
    },
  ]);
  const long = inputs.integerOr(0n, "exited54", "exited54d", "exitedBefore54d", "exited54dAgo");
  const short = inputs.integerOr(long, "exited18", "exited18d", "exitedBefore18d", "exited18dAgo");
  for (const exitedValidators of [long, short]) {
    await pool.token.must("operator", ["report", await reportOf(pool, { exitedValidators })]);
    await ground.advance(exitedValidators === long && long !== short ? WINDOW.inactivity - WINDOW.loss : WINDOW.loss);
  }
  const bound = await pool.checker.number("maxLoss", ground.now, count);
  return { maxNegativeSum: bound, maxLoss: bound, bound };
}

/** Cases about what a report does to a liquid staking token. */
export const reportKinds: readonly DefiKind[] = [
  {
    name: "liquid staking report",
    matches: (vector) =>
      POOLED.some((name) => hasInputs(vector, name)) && CONSENSUS.some((name) => hasInputs(vector, name)),
    play: playReport,
  },
  {
    name: "liquid staking conversion",
    matches: (vector) =>
      hasInputs(vector, "eth") && expectsAny(vector, "shares") && expectsAny(vector, "back", "ceilBack"),
    play: playConversion,
  },
  {
    name: "bound of a negative rebase",
    matches: (vector) => hasInputs(vector, "validators", "initialPWei"),
    play: playBound,
  },
];
