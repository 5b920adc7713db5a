import type { Ground } from "../defi/ground.ts";
import { wholeNumber } from "../defi/inputs.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { EpochBench, WEEK, type DelegatorName, type Limits, type SlasherName } from "./epoch-bench.ts";
import { PeerPlay } from "./peer-play.ts";

const VETO = /^(requestSlash|executeSlash|vetoSlash|setResolver)$/;
const INSTANT = /^(slash|slashableStake|slashable)$/;
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

/** A vector of an epoch vault being played. */
export class EpochPlay extends PeerPlay {
  readonly slashes: PlayedSlash[] = [];
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
    const named = wordOf(vector.given["delegator"]).replace(/Delegator$/, "");
    play.#bench = await EpochBench.open(ground, {
      ...{ epoch: play.epoch, slasher, delegator: DELEGATORS.find((name) => name === named) ?? "FullRestake" },
      veto: play.find({ op: "given" }, "vetoDuration", "veto") ?? 172_800n,
      resolverDelay: play.find({ op: "given" }, "resolverSetEpochsDelay", "resolverDelay") ?? 3n,
    });
    if (slasher !== "none") await play.#serveAll();
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
    const epoch = wholeNumber(step["epoch"]) ?? this.#epochIn(step["at"]);
    if (epoch !== undefined) await this.moveTo(epoch * this.epoch);
    const told = ["t", "timestamp", "time", "at"].find((name) => wholeNumber(step[name]) !== undefined);
    if (told === undefined) return;
    const second = this.need(step, told);
    if (second < this.now) this.complain(step, `a second from ${this.now} on in ${told}`, String(second));
    await this.moveTo(second);
  }

  /** Second that a step captures: told itself, or by its epoch. */
  async captureOf(step: VectorStep): Promise<bigint> {
    const told = step["captureTimestamp"] ?? step["capture"];
    const second = wholeNumber(told);
    if (second !== undefined) return this.start + second;
    const words = `${wordOf(told)} ${wordOf(step["captureEpoch"])}`;
    const index = wholeNumber(step["captureEpoch"]) ?? this.#epochIn(told);
    if (index !== undefined) return this.start + index * this.epoch;
    if (!/prev/i.test(words)) return this.ground.now;
    if (this.now < this.epoch) await this.moveTo(this.epoch);
    return this.start + (this.now / this.epoch - 1n) * this.epoch;
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
