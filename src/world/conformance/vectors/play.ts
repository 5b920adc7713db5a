import { CoreVerbs, type Verdict } from "../core-verbs.ts";
import type { CoreWorld } from "../core-world.ts";
import { observe, setOf, text, type Cast, type Observed } from "../observe.ts";
import type { Vector, VectorStep } from "../schema.ts";

/** Fields of a snapshot, by path. */
export type Snapshot = Record<string, Observed>;

/** One step that was played. */
export interface PlayedStep {
  readonly op: string;
  readonly step: VectorStep;
  /** Instant at which it was played. */
  readonly instant: bigint;
  /** Who deposits or leaves in it. */
  readonly staker: string;
  readonly verdict: Verdict;
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** Whom a step or an observable is about. */
export interface Focus {
  readonly staker: string;
  readonly operator: string;
  readonly set: string;
}

/** What an instant outside the steps was asked for, and what came of it. */
export interface Probe {
  readonly instant: bigint;
  result?: string;
}

/** A vector being played: the world, who is in it, and what happened so far. */
export class Play {
  readonly world: CoreWorld;
  readonly vector: Vector;
  verbs: CoreVerbs;
  readonly played: PlayedStep[] = [];
  readonly probes: Probe[] = [];
  /** Withdrawals in the order in which they were queued. */
  readonly queued: bigint[] = [];
  /** Operators that hold shares only to be asked about, with their shares. */
  readonly asked = new Map<string, bigint>();
  /** Validators made so far. */
  validators = 0;
  focus: Focus;
  /** Latest snapshot. */
  now: Snapshot = {};
  /** Instant of each effect that was announced, by what it is. */
  readonly announced = new Map<string, bigint>();

  constructor(world: CoreWorld, vector: Vector, cast: Cast) {
    this.world = world;
    this.vector = vector;
    this.verbs = new CoreVerbs(world, cast);
    this.focus = { staker: cast.stakers[0] ?? "staker", operator: "op", set: cast.sets[0] ?? "A" };
  }

  get cast(): Cast {
    return this.verbs.cast;
  }

  /** Whether stakes are beacon ether. */
  get isBeacon(): boolean {
    return this.vector.model === "eigenlayer-beacon";
  }

  /** Makes a new operator the one that steps are about. */
  admit(operator: string): void {
    const operators = [...this.cast.operators, operator];
    this.verbs = new CoreVerbs(this.world, { ...this.cast, operators });
    this.focus = { ...this.focus, operator };
  }

  /** Moves to an instant, and asks on the way what was to be asked. */
  async advanceTo(instant: bigint): Promise<void> {
    for (const probe of this.probes) {
      if (probe.result !== undefined || probe.instant < this.world.now || probe.instant >= instant) continue;
      await this.world.advanceTo(probe.instant);
      probe.result = await this.#tryCompletion();
    }
    await this.world.advanceTo(instant);
  }

  /** Reads everything that an observable can be about. */
  async look(): Promise<Snapshot> {
    const { operators, sets, stakers } = this.cast;
    const tree = await observe(this.world, this.cast);
    const slashCounts = sets.map((set) => ({
      to: "slasher" as const,
      fn: "slashCount",
      args: [setOf(this.world, this.cast, set)],
    }));
    const factors = stakers.map((staker) => ({
      to: "podManager" as const,
      fn: "beaconFactorOf",
      args: [this.world.addressOf(staker)],
    }));
    const untils = operators.flatMap((operator) =>
      sets.map((set) => ({
        to: "avsRegistry" as const,
        fn: "membership",
        args: [this.world.addressOf(operator), setOf(this.world, this.cast, set)],
      })),
    );
    const totals = [
      { to: "strategy" as const, fn: "totalShares", args: [] },
      { to: "token" as const, fn: "balanceOf", args: [this.world.addresses["strategy"]] },
    ];
    const answers = await this.world.ask([...slashCounts, ...factors, ...untils, ...totals]);
    const words = answers.map((values) => text(values[0]));
    const membership = (place: number): string =>
      text(BigInt(text((answers[place]?.[0] as unknown as readonly unknown[])[2])) - this.world.origin);

    const flat: Snapshot = {};
    flatten("", tree, flat);
    sets.forEach((set, place) => (flat[`slashCount.${set}`] = words[place] ?? "0"));
    stakers.forEach((staker, place) => (flat[`beaconFactor.${staker}`] = words[sets.length + place] ?? "0"));
    operators.forEach((operator, row) =>
      sets.forEach((set, column) => {
        const place = sets.length + stakers.length + row * sets.length + column;
        flat[`slashableUntil.${operator}.${set}`] = membership(place);
      }),
    );
    flat["totalShares"] = words.at(-2) ?? "0";
    flat["balance"] = words.at(-1) ?? "0";
    return flat;
  }

  /** The operation that a vector without a word about it is about. */
  mainOperation(): string {
    return ["slash", "beaconBalanceDrop", "deposit"].find((op) => this.done(op).length > 0) ?? "";
  }

  /** Steps of an operation that were not refused. */
  done(op: string): PlayedStep[] {
    return this.played.filter((played) => played.op === op && played.verdict.ok);
  }

  /** Reason of the latest step that was refused, if any was. */
  refusals(op?: string): string[] {
    return this.played.flatMap(({ op: name, verdict }) =>
      !verdict.ok && (op === undefined || op === name) ? [verdict.reason] : [],
    );
  }

  async #tryCompletion(): Promise<string> {
    const id = this.queued.at(-1);
    if (id === undefined) return "nothing is queued";
    const outcome = await this.world.would(await this.verbs.ownerOf(id), {
      to: "operatorDelegation",
      fn: "completeWithdrawal",
      args: [id, true],
    });
    return outcome.ok ? "it succeeded" : outcome.reason;
  }
}

function flatten(path: string, value: Observed, into: Snapshot): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    into[path] = value;
    return;
  }
  for (const [field, branch] of Object.entries(value)) flatten(path === "" ? field : `${path}.${field}`, branch, into);
}
