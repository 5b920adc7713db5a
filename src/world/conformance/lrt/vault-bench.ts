import type { Outcome, Deployed } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import { CoreBench, WAD } from "./core-bench.ts";

/** More than any case needs, far less than overflows. */
const PLENTY = 2n ** 126n;

/** Where the rate comes from, where settlements are fixed, what becomes of a report beyond its bounds. */
export const MODE = { live: 0n, pushed: 1n, quorum: 2n } as const;
export const FREEZE = { claim: 0n, unlock: 1n, batch: 2n, finalisation: 3n } as const;
export const POLICY = { reject: 0n, clamp: 1n, hold: 2n } as const;

/** Bounds of a report. */
export interface Bounds {
  readonly rise: bigint;
  readonly drop: bigint;
  readonly policy: bigint;
  readonly inWholePercents?: boolean;
}

export const NO_BOUNDS: Bounds = { rise: 4_294_967_295n, drop: 10_000n, policy: POLICY.reject };

/** How a case's vault is set up. */
export interface BenchTerms {
  readonly mode?: bigint;
  readonly freezePoint?: bigint;
  readonly batchSize?: bigint;
  readonly minShares?: bigint;
  readonly bounds?: Bounds;
}

const guardOf = ({ rise, drop, policy, inWholePercents = false }: Bounds): readonly unknown[] => [
  rise,
  drop,
  policy,
  inWholePercents,
];

/**
 * A restaking vault over the whole core, brought to the state that a case gives.
 *
 * Prices are bare ratios: cases are of protocols without virtual shares.
 */
export class VaultBench {
  readonly ground: Ground;
  readonly core: CoreBench;
  readonly vault: Deployed;
  readonly oracle: Deployed;
  readonly queue: Deployed;
  readonly delegators: Deployed;
  #round = 0n;

  private constructor(core: CoreBench, parts: Readonly<Record<"vault" | "oracle" | "queue" | "delegators", Deployed>>) {
    this.ground = core.ground;
    this.core = core;
    this.vault = parts.vault;
    this.oracle = parts.oracle;
    this.queue = parts.queue;
    this.delegators = parts.delegators;
  }

  /** Deploys a vault without holders; the owner is curator, reporter and minter. */
  static async open(ground: Ground, terms: BenchTerms = {}): Promise<VaultBench> {
    const core = await CoreBench.open(ground);
    const owner = await ground.actor("owner");
    const vault = await ground.deploy("RestakingVault", [owner, core.token, "Conformance", "CONF"]);
    const guard = guardOf(terms.bounds ?? NO_BOUNDS);
    const oracle = await ground.deploy("NavOracle", [[owner, vault, terms.mode ?? MODE.live, 0n, false, guard], 0n]);
    const queueTerms = [terms.freezePoint ?? FREEZE.claim, 0n, terms.batchSize ?? 1n, terms.minShares ?? 0n];
    const queue = await ground.deploy("ExitQueue", [vault, queueTerms, 0n]);
    const roads = [core.part("restakingManager"), core.part("operatorDelegation"), core.strategy];
    const delegators = await ground.deploy("VaultDelegators", [vault, ...roads]);
    await vault.must("owner", ["wire", oracle, queue, delegators]);
    await vault.must("owner", ["setMinter", owner, 2n ** 256n - 1n]);
    for (const actor of ["owner", "holder", "newcomer"]) await core.endow(actor, vault, PLENTY);
    return new VaultBench(core, { vault, oracle, queue, delegators });
  }

  /** Brings an empty vault to `shares` that stand for `assets`: the holder's, all of them in the buffer. */
  async stage(shares: bigint, assets: bigint): Promise<void> {
    const holder = await this.ground.actor("holder");
    const paid = shares < assets ? shares : assets;
    if (paid > 0n) await this.vault.must("holder", ["deposit", paid, holder]);
    if (assets > paid) await this.gain(assets - paid);
    if (shares > paid) await this.vault.must("owner", ["mintUnbacked", holder, shares - paid]);
  }

  /** Pays assets in that no share is minted for. */
  async gain(assets: bigint): Promise<void> {
    await this.vault.must("owner", ["reward", assets]);
  }

  /** Loses assets to a slash: just so much is restaked with an operator, which is then slashed whole. */
  async lose(assets: bigint): Promise<void> {
    if (assets === 0n) return;
    const spendable = await this.vault.number("spendable");
    if (spendable < assets) {
      // What is set aside cannot be restaked any more; a case that wants it lost leaves no other way.
      await this.ground.force(this.vault, "buffer", (await this.vault.number("buffer")) - assets);
      return;
    }
    const operator = await this.restake(assets);
    await this.core.slash(operator, { set: 1n, wad: WAD });
  }

  /** Restakes assets with an operator of their own. */
  async restake(assets: bigint): Promise<string> {
    const operator = await this.core.operator([WAD]);
    const address = await this.ground.actor(operator);
    for (const [earlier] of [await this.delegators.ask("operators")]) {
      for (const known of earlier as Iterable<string>) await this.delegators.must("owner", ["setWeight", known, 0n]);
    }
    await this.delegators.must("owner", ["admit", address, 1n, this.core.noApproval]);
    await this.delegators.must("owner", ["allocate", assets]);
    return operator;
  }

  /** Makes the vault stand for exactly so much. */
  async moveTo(assets: bigint): Promise<void> {
    const now = await this.vault.number("totalAssets");
    if (assets > now) await this.gain(assets - now);
    else await this.lose(now - assets);
  }

  /** Reports a fraction by the owner's word; mode Quorum. */
  async report(assets: bigint, shares: bigint): Promise<Outcome> {
    this.#round += 1n;
    return await this.oracle.act("owner", ["report", this.#round, assets, shares]);
  }

  /** Sets the bounds of a report. */
  async bound(bounds: Bounds): Promise<void> {
    await this.oracle.must("owner", ["setGuard", guardOf(bounds)]);
  }

  /** Requests a redemption of the holder; its number, and what it was quoted. */
  async request(shares: bigint): Promise<{ readonly outcome: Outcome; readonly id: bigint; readonly quote: bigint }> {
    const holder = await this.ground.actor("holder");
    const outcome = await this.vault.act("holder", ["requestRedeem", shares, holder, holder]);
    if (!outcome.ok) return { outcome, id: 0n, quote: 0n };
    const id = outcome.values[0] as bigint;
    return { outcome, id, quote: (await this.requested(id)).quote };
  }

  /** A request as it stands. */
  async requested(id: bigint): Promise<Readonly<Record<"shares" | "quote" | "fillAt" | "claimable", bigint>>> {
    const [found] = await this.queue.ask("getRequest", id);
    return found as Readonly<Record<"shares" | "quote" | "fillAt" | "claimable", bigint>>;
  }

  /** Claims everything of the holder that can be claimed; what it is paid. */
  async claim(): Promise<bigint> {
    const holder = await this.ground.actor("holder");
    const shares = await this.vault.number("maxRedeem", holder);
    if (shares === 0n) return 0n;
    const [paid] = await this.vault.must("holder", ["redeem", shares, holder, holder]);
    return paid as bigint;
  }

  /** Plays something, answers with what it saw, and forgets that it happened. */
  async supposing<T>(play: () => Promise<T>): Promise<T> {
    return await this.ground.supposing(play);
  }
}
