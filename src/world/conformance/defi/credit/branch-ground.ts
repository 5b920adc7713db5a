import { doubles } from "../../../../../deploy/doubles.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";

const WAD = 10n ** 18n;
/** What no offset takes out of a stability pool [wei]. */
export const FLOOR = WAD;

/** One branch with its stability pool; the actor `registry` is its registry. */
export interface BranchGround {
  readonly branch: Deployed;
  readonly pool: Deployed;
  readonly dollar: Deployed;
  readonly collateral: Deployed;
}

/** How a branch punishes, and its price. */
export interface BranchTerms {
  readonly price: bigint;
  readonly poolPenalty?: bigint;
  readonly redistributionPenalty?: bigint;
}

/** Deploys a branch whose every trove may be liquidated, and that may be shut down at any time. */
export async function deployBranch(ground: Ground, terms: BranchTerms): Promise<BranchGround> {
  const [owner, registry] = [await ground.actor("owner"), await ground.actor("registry")];
  const collateral = await ground.token();
  const dollar = await ground.deploy("SyntheticDollar", [registry]);
  const settings = { description: "USD", decimals: 18, minAnswer: 0n, maxAnswer: 2n ** 200n, heartbeat: 3_600n };
  const feed = await ground.deploy("ReportedFeed", [owner, settings, `0x${"0".repeat(40)}`, 0n]);
  await feed.must("owner", ["setRound", terms.price, ground.now]);
  const branch = await ground.deploy(doubles.branch, [
    owner,
    dollar,
    {
      collateral: collateral.address,
      feed: feed.address,
      maxAge: 2n ** 64n,
      registry,
      treasury: await ground.actor("treasury"),
      gasToken: collateral.address,
      gasReserve: 0n,
      minDebt: 2_000n * WAD,
      minRatio: 1_000n * WAD,
      criticalRatio: 1_000n * WAD,
      shutdownRatio: 1_000n * WAD,
      poolPenalty: terms.poolPenalty ?? WAD / 20n,
      redistributionPenalty: terms.redistributionPenalty ?? WAD / 10n,
    },
  ]);
  const pool = await ground.deploy("StabilityPool", [branch, dollar, collateral]);
  await branch.must("owner", ["setStabilityPool", pool]);
  await dollar.must("registry", ["authorize", branch]);
  return { branch, pool, dollar, collateral };
}

/** Places a trove without interest; its dollars are the owner's. */
export async function placeTrove(
  { branch }: BranchGround,
  owner: string,
  trove: { readonly debt: bigint; readonly collateral: bigint },
): Promise<bigint> {
  const [id] = await branch.must("owner", ["place", owner, trove.debt, trove.collateral, 0n]);
  return id as bigint;
}

/** Deposits an actor's dollars in the stability pool. */
export async function deposit({ pool, dollar }: BranchGround, actor: string, amount: bigint): Promise<void> {
  await dollar.must(actor, ["approve", pool, amount]);
  await pool.must(actor, ["deposit", amount]);
}
