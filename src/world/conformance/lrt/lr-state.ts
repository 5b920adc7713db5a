import type { VectorStep } from "../schema.ts";
import type { LrPlay } from "./lr-play.ts";
import { MODE, type BenchTerms, type VaultBench } from "./vault-bench.ts";
import { WAD } from "./core-bench.ts";

const TVL = ["tvl", "totalAssets", "totalPooledEther", "totalEth", "pooledEther"];
const SUPPLY = ["supply", "totalSupply", "totalShares"];
const AVAILABLE = ["available", "availableToWithdraw", "buffer", "bufferBalance", "bufferAvailable", "liquidity"];
const AMOUNT = ["amount", "shares", "amountOfEEth", "value"];

/** Quotes of all requests of a vector together, for buffers whose vault is not described further. */
function demand(play: LrPlay): bigint {
  const steps = play.vector.steps.filter(({ op }) => /request|withdraw/i.test(op));
  return steps.reduce((sum, step) => sum + (play.find(step, ...AMOUNT) ?? 0n), 0n);
}

/** Brings the free buffer to an amount: by a deposit, or by restaking what is too much. */
export async function setAvailable(play: LrPlay, bench: VaultBench, wanted: bigint): Promise<void> {
  const now = await bench.vault.number("available");
  const newcomer = await play.ground.actor("newcomer");
  if (now < wanted) await bench.vault.must("newcomer", ["deposit", wanted - now, newcomer]);
  if (now > wanted) await bench.restake(now - wanted);
}

/**
 * The vault that a step speaks of: as new where the step gives a state of its own, else the one that is there, else one
 * in the state that the vector gives.
 */
export async function vaultFor(play: LrPlay, step: VectorStep, terms: BenchTerms = {}): Promise<VaultBench> {
  const hasState = TVL.some((name) => step[name] !== undefined) && SUPPLY.some((name) => step[name] !== undefined);
  if (play.current !== undefined && !hasState) {
    const wanted = AVAILABLE.some((name) => step[name] !== undefined) ? play.find(step, ...AVAILABLE) : undefined;
    if (wanted !== undefined) await setAvailable(play, play.current, wanted);
    return play.current;
  }
  const [tvl, supply] = [play.find(step, ...TVL), play.find(step, ...SUPPLY)];
  const available = play.find(step, ...AVAILABLE);
  const bench = await play.fresh(terms);
  if (supply !== undefined || tvl !== undefined) await bench.stage(supply ?? tvl ?? 0n, tvl ?? supply ?? 0n);
  else if (terms.mode === undefined || terms.mode === MODE.live) {
    const whole = demand(play) + (available ?? 0n);
    await bench.stage(whole, whole);
  }
  if (available !== undefined) await setAvailable(play, bench, available);
  return bench;
}

/** A vault whose price is reported, in which the holder has plenty of shares and the buffer plenty of assets. */
export async function reportedVault(play: LrPlay, terms: BenchTerms = {}): Promise<VaultBench> {
  if (play.current !== undefined) return play.current;
  const bench = await play.fresh({ mode: MODE.quorum, ...terms });
  const plenty = demand(play) * 2n + WAD;
  await bench.stage(plenty, plenty * 4n);
  return bench;
}
