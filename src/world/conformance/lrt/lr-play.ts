import { VectorInvalidError } from "../../../errors/vector-invalid-error.ts";
import type { Answer } from "../defi/answer.ts";
import type { Outcome } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import { wholeNumber } from "../defi/inputs.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { FREEZE, VaultBench, type BenchTerms } from "./vault-bench.ts";

/** Where each protocol fixes a settlement. */
const FREEZE_OF: Readonly<Record<string, bigint>> = {
  "lrt-renzo": FREEZE.claim,
  "lrt-kelp": FREEZE.unlock,
  "lrt-puffer": FREEZE.batch,
  "lrt-etherfi": FREEZE.finalisation,
};

/** State of the vault after a step, by the names in use. */
export type Snapshot = Readonly<Record<string, bigint>>;

/** A vector of a liquid restaking protocol being played: the vault it is about, and what was seen. */
export class LrPlay {
  readonly ground: Ground;
  readonly vector: Vector;
  /** Requests in their order, by their numbers in the queue. */
  readonly requests: bigint[] = [];
  /** Everything seen under a name, in order. */
  readonly seen = new Map<string, Answer[]>();
  /** Plays that begin before a step and are forgotten: by what they suppose. */
  readonly supposed = new Map<string, Answer>();
  readonly snapshots: { readonly op: string; readonly state: Snapshot }[] = [];
  refusal: Outcome | undefined;
  #bench: VaultBench | undefined;

  constructor(ground: Ground, vector: Vector) {
    this.ground = ground;
    this.vector = vector;
  }

  /** The vault played with; made at the first use. */
  async bench(terms: BenchTerms = {}): Promise<VaultBench> {
    return (this.#bench ??= await this.#open(terms));
  }

  /** A vault as new, which later steps go on with. */
  async fresh(terms: BenchTerms = {}): Promise<VaultBench> {
    this.#bench = await this.#open(terms);
    return this.#bench;
  }

  get current(): VaultBench | undefined {
    return this.#bench;
  }

  async #open(terms: BenchTerms): Promise<VaultBench> {
    const freezePoint = FREEZE_OF[this.vector.model] ?? FREEZE.claim;
    return await VaultBench.open(this.ground, { freezePoint, ...terms });
  }

  /** Notes something under every name it goes by. */
  saw(value: Answer, ...names: readonly string[]): void {
    for (const name of names) this.seen.set(name, [...(this.seen.get(name) ?? []), value]);
  }

  /** Reads a whole number of a step, or else of what the vector gives. */
  find(step: VectorStep, ...names: readonly string[]): bigint | undefined {
    for (const source of [step, this.vector.given] as const) {
      for (const name of names) {
        const value = wholeNumber((source as Readonly<Record<string, unknown>>)[name]);
        if (value !== undefined) return value;
      }
    }
    return undefined;
  }

  /** As {@link find}, but it has to be there. */
  need(step: VectorStep, ...names: readonly string[]): bigint {
    const value = this.find(step, ...names);
    if (value !== undefined) return value;
    const held = JSON.stringify(names.map((name) => step[name]).find((one) => one !== undefined)) ?? "nothing";
    const place = { file: this.vector.id, place: `operation ${step.op}` };
    throw new VectorInvalidError(place, `expected a whole number in ${names.join(" or ")}, but it holds ${held}`);
  }

  /** Whole numbers of a list in a step. */
  list(step: VectorStep, ...names: readonly string[]): bigint[] {
    const value = names.map((name) => step[name]).find((one) => one !== undefined);
    const numbers = Array.isArray(value) ? value.map(wholeNumber) : [undefined];
    if (numbers.every((number) => number !== undefined)) return numbers;
    const held = JSON.stringify(value) ?? "nothing";
    const place = { file: this.vector.id, place: `operation ${step.op}` };
    throw new VectorInvalidError(place, `expected whole numbers in ${names.join(" or ")}, but it holds ${held}`);
  }

  /** Looks at everything that an observable can be about. */
  async look(op: string): Promise<void> {
    const bench = this.#bench;
    if (bench === undefined) return;
    const { vault, queue, oracle } = bench;
    const [tvl, supply] = [await vault.number("totalAssets"), await vault.number("totalSupply")];
    const [filled, toFill] = [await queue.number("filled"), await queue.number("toFill")];
    const [available, deficit] = [await vault.number("available"), await queue.number("deficit")];
    const [rate, rateUp] = [await oracle.number("rate"), await oracle.number("rateUp")];
    const [locked, surplus, reserved] = [
      await queue.number("locked"),
      await queue.number("surplus"),
      await queue.number("reserved"),
    ];
    const last = this.requests.at(-1);
    const fillAt = last === undefined ? 0n : (await bench.requested(last)).fillAt;
    const isClaimable = last !== undefined && (await bench.queue.ask("isClaimable", last))[0] === true ? 1n : 0n;
    const state: Snapshot = {
      ...{ isClaimable, canClaim: isClaimable, claimable: isClaimable, isFilled: isClaimable },
      ...{ tvl, totalAssets: tvl, totalPooledEther: tvl, supply, totalSupply: supply, totalShares: supply },
      ...{ filled, queuedWithdrawFilled: filled, toFill, queuedWithdrawToFill: toFill, fillAt },
      ...{ available, leftAvailable: available, deficit, queueDeficit: deficit, withdrawDeficit: deficit },
      ...{ rate, price: rate, shareRate: rate, stayerRate: rate, stayersRate: rate, rateAfter: rate },
      ...{
        rateUp,
        amountPerShareCeil: rateUp,
        locked,
        lockedAssets: locked,
        surplus,
        reserved,
        claimReserve: reserved,
      },
    };
    this.snapshots.push({ op, state });
  }
}
