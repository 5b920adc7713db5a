import type { Ground } from "../defi/ground.ts";
import { wholeNumber } from "../defi/inputs.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { EpochBench, WEEK, type DelegatorName, type Limits, type SlasherName } from "./epoch-bench.ts";
import { LATEST, PeerPlay, WHEN } from "./peer-play.ts";

const VETO = /^(requestSlash|executeSlash|vetoSlash|setResolver)$/;
const INSTANT = /^(slash|slashableStake|slashable)$/;
const DELEGATION = /^(set(Max)?(Operator)?(Network)?(Limit|Shares)|optIn|optOut|stakeAt)$/;
const DELEGATORS: readonly DelegatorName[] = [
  "NetworkRestake",
  "FullRestake",
  "OperatorSpecific",
  "OperatorNetworkSpecific",
];

const wordOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A slash that was played: for which network, what was reported and what was burned. */
export interface PlayedSlash {
  readonly network: string;
  readonly reported: bigint;
  readonly burned: bigint;
}

/** A slash that was requested. */
export interface PlayedRequest {
  readonly network: string;
  readonly index: bigint;
}

/** A vector of an epoch vault being played. */
export class EpochPlay extends PeerPlay {
  readonly slashes: PlayedSlash[] = [];
  readonly requests: PlayedRequest[] = [];
  /** Seconds of the withdrawals, and of the last claim. */
  readonly withdrawnAt: bigint[] = [];
  #bench: EpochBench | undefined;

  /** Epochs' length [s]. */
  get epoch(): bigint {
    return this.find({ op: "given" }, "epochDuration", "epoch") ?? WEEK;
  }

  /** The vault played with; made at second 0, its operator working for every network that is named. */
  static async open(ground: Ground, vector: Vector): Promise<EpochPlay> {
    const play = new EpochPlay(ground, vector);
    const ops = vector.steps.map(({ op }) => op);
    const has = (pattern: RegExp): boolean => ops.some((op) => pattern.test(op));
    const slasher: SlasherName = has(VETO) ? "EpochVetoSlasher" : has(INSTANT) ? "EpochSlasher" : "none";
    play.#bench = await EpochBench.open(ground, {
      ...{ epoch: play.epoch, slasher, delegator: play.#delegator() },
      veto: play.find({ op: "given" }, "vetoDuration", "veto") ?? 172_800n,
      resolverDelay: play.find({ op: "given" }, "resolverSetEpochsDelay", "resolverDelay") ?? 3n,
    });
    if (slasher !== "none" || has(DELEGATION)) await play.#serveAll();
    return play;
  }

  get bench(): EpochBench {
    return this.#bench as EpochBench;
  }

  networkOf(step: VectorStep): string {
    return this.text(step, this.#firstNamed("network") ?? "N", "network", "subnetwork");
  }

  operatorOf(step: VectorStep): string {
    return this.text(step, this.#firstNamed("operator") ?? "op", "operator");
  }

  userOf(step: VectorStep): string {
    return `user ${this.text(step, "a", "user", "staker", "account").toLowerCase()}`;
  }

  /** Second of a step: told itself, or the first of its epoch. */
  override async arrive(step: VectorStep): Promise<void> {
    const words = this.#epochIn(step["at"]);
    const epoch = step["epoch"] === undefined ? words : this.need(step, "epoch");
    if (epoch !== undefined) {
      const present = this.now / this.epoch;
      if (epoch < present) this.complain(step, `an epoch from ${present} on`, String(epoch));
      await this.moveTo(this.#startOf(step, epoch));
    }
    const second = this.secondOf(step, words === undefined ? [...WHEN, "at"] : WHEN);
    if (second !== undefined) await this.moveTo(second);
  }

  /** Second that a step captures: told itself, or by its epoch; the present one where it tells none. */
  async captureOf(step: VectorStep): Promise<bigint> {
    const field = ["captureTimestamp", "capture", "captureEpoch"].find((name) => step[name] !== undefined);
    if (field === undefined) return this.ground.now;
    const told = step[field];
    const isNumber = wholeNumber(told) !== undefined;
    if (isNumber && field !== "captureEpoch") return this.start + this.#bounded(step, this.need(step, field));
    const epoch = isNumber ? this.need(step, field) : this.#epochIn(told);
    if (epoch !== undefined) return this.start + this.#startOf(step, epoch);
    if (/^curr/i.test(wordOf(told))) return this.ground.now;
    if (!/^prev/i.test(wordOf(told))) this.complain(step, `a second or an epoch in ${field}`, JSON.stringify(told));
    if (this.now < this.epoch) await this.moveTo(this.epoch);
    return this.start + (this.now / this.epoch - 1n) * this.epoch;
  }

  #startOf(step: VectorStep, epoch: bigint): bigint {
    return this.#bounded(step, epoch * this.epoch);
  }

  #bounded(step: VectorStep, second: bigint): bigint {
    return second < LATEST ? second : this.complain(step, "a second before 1e14", String(second));
  }

  #delegator(): DelegatorName {
    const given: VectorStep = { ...this.vector.given, op: "given" };
    const told = this.text(given, "FullRestake", "delegator");
    const name = DELEGATORS.find((one) => one === told.replace(/Delegator$/, ""));
    return name ?? this.complain(given, `one of ${DELEGATORS.join(", ")} in delegator`, told);
  }

  #firstNamed(field: string): string | undefined {
    return this.vector.steps.map((step) => step[field]).find((name) => typeof name === "string");
  }

  #epochIn(value: unknown): bigint | undefined {
    return typeof value === "string" ? wholeNumber(/epoch\s*(\d+)/i.exec(value)?.[1]) : undefined;
  }

  async #serveAll(): Promise<void> {
    const pairs = new Map<string, readonly [string, string]>();
    for (const step of this.vector.steps) {
      const pair = [this.operatorOf(step), this.networkOf(step)] as const;
      if (step["network"] !== undefined || step["operator"] !== undefined) pairs.set(pair.join(), pair);
    }
    if (pairs.size === 0) pairs.set("", ["op", "N"]);
    for (const [operator, network] of pairs.values()) await this.bench.serve(operator, network, this.#limits());
  }

  #limits(): Limits {
    const [network, operator] = [
      this.find({ op: "given" }, "networkLimit"),
      this.find({ op: "given" }, "operatorLimit", "operatorNetworkLimit"),
    ];
    return { ...(network !== undefined && { network }), ...(operator !== undefined && { operator }) };
  }
}
