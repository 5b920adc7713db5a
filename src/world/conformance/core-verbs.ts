import type { Result } from "ethers";

import type { CoreWorld, Outcome } from "./core-world.ts";
import { setOf, text, type Cast, type Observed } from "./observe.ts";

/** What an operation did: what it returned, in the vectors' words, or why it was refused. */
export type Verdict =
  | { readonly ok: true; readonly returns: Readonly<Record<string, Observed>> }
  | { readonly ok: false; readonly reason: string; readonly error: string };

const NO_APPROVAL = ["0x", `0x${"00".repeat(32)}`, 0n] as const;

function verdict(outcome: Outcome, returns: (values: Result) => Record<string, Observed> = () => ({})): Verdict {
  return outcome.ok ? { ok: true, returns: returns(outcome.values) } : outcome;
}

/** The operations of the unique-stake model, each as one transaction of whom it concerns. */
export class CoreVerbs {
  readonly world: CoreWorld;
  readonly cast: Cast;

  constructor(world: CoreWorld, cast: Cast) {
    this.world = world;
    this.cast = cast;
  }

  async deposit(staker: string, amount: bigint): Promise<Verdict> {
    const args = [this.cast.strategy, amount];
    const outcome = await this.world.act(staker, { to: "restakingManager", fn: "deposit", args });
    return verdict(outcome, (values) => ({ shares: text(values[0]) }));
  }

  async delegate(staker: string, operator: string): Promise<Verdict> {
    const args = [this.world.addressOf(operator), NO_APPROVAL];
    return verdict(await this.world.act(staker, { to: "operatorDelegation", fn: "delegate", args }));
  }

  async undelegate(staker: string): Promise<Verdict> {
    const args = [this.world.addressOf(staker)];
    const outcome = await this.world.act(staker, { to: "operatorDelegation", fn: "undelegate", args });
    return await this.#queued(outcome);
  }

  async redelegate(staker: string, operator: string): Promise<Verdict> {
    const args = [this.world.addressOf(operator), NO_APPROVAL];
    const outcome = await this.world.act(staker, { to: "operatorDelegation", fn: "redelegate", args });
    return await this.#queued(outcome);
  }

  async queueWithdrawal(staker: string, depositShares: bigint): Promise<Verdict> {
    const args = [[this.cast.strategy], [depositShares]];
    const outcome = await this.world.act(staker, { to: "operatorDelegation", fn: "queueWithdrawal", args });
    return outcome.ok ? await this.#describe(BigInt(text(outcome.values[0]))) : outcome;
  }

  async completeWithdrawal(withdrawal: bigint, asTokens: boolean): Promise<Verdict> {
    const staker = await this.ownerOf(withdrawal);
    const args = [withdrawal, asTokens];
    const outcome = await this.world.act(staker, { to: "operatorDelegation", fn: "completeWithdrawal", args });
    return verdict(outcome, (values) => {
      const shares = text((values[0] as Result)[0]);
      return { shares, released: shares };
    });
  }

  async registerForSet(operator: string, set: string): Promise<Verdict> {
    const [avs, id] = setOf(this.world, this.cast, set);
    const args = [avs, [id], "0x"];
    return verdict(await this.world.act(operator, { to: "avsRegistry", fn: "registerForOperatorSets", args }));
  }

  async deregisterFromSet(operator: string, set: string): Promise<Verdict> {
    const [avs, id] = setOf(this.world, this.cast, set);
    const args = [this.world.addressOf(operator), avs, [id]];
    return verdict(await this.world.act(operator, { to: "avsRegistry", fn: "deregisterFromOperatorSets", args }));
  }

  async allocate(operator: string, set: string, magnitude: bigint): Promise<Verdict> {
    const args = [[[setOf(this.world, this.cast, set), [this.cast.strategy], [magnitude]]]];
    return verdict(await this.world.act(operator, { to: "allocationManager", fn: "modifyAllocations", args }));
  }

  async slash(operator: string, set: string, wad: bigint): Promise<Verdict> {
    const target = setOf(this.world, this.cast, set);
    const args = [[this.world.addressOf(operator), target, [this.cast.strategy], [wad], "conformance"]];
    const outcome = await this.world.act("avs", { to: "slasher", fn: "slash", args });
    return verdict(outcome, ([slashId, [slashed]]) => {
      const part = (name: string): bigint => BigInt(text((slashed as Result).getValue(name)));
      return {
        slashId: text(slashId),
        wadSlashed: text(part("wadSlashed")),
        slashedMagnitude: text(part("slashedMagnitude")),
        slashedShares: text(part("fromOperator") + part("fromQueue")),
        slashedFromOperator: text(part("fromOperator")),
        slashedFromQueue: text(part("fromQueue")),
      };
    });
  }

  async clearDeallocationQueue(operator: string, count: bigint): Promise<Verdict> {
    const args = [this.world.addressOf(operator), [this.cast.strategy], [count]];
    return verdict(await this.world.act(operator, { to: "allocationManager", fn: "clearDeallocationQueue", args }));
  }

  /** Name of whoever queued a withdrawal; anybody's where it is not in the queue, so that the contract can refuse. */
  async ownerOf(withdrawal: bigint): Promise<string> {
    const outcome = await this.world.would("reader", {
      to: "operatorDelegation",
      fn: "queuedWithdrawal",
      args: [withdrawal],
    });
    return outcome.ok ? this.world.nameOf(text((outcome.values[0] as Result)[0])) : "reader";
  }

  async #queued(outcome: Outcome): Promise<Verdict> {
    if (!outcome.ok) return outcome;
    const [id] = [...(outcome.values[0] as Result)].map((value) => BigInt(text(value)));
    return id === undefined ? { ok: true, returns: {} } : await this.#describe(id);
  }

  /** A withdrawal as it stands in the very instant it was queued. */
  async #describe(id: bigint): Promise<Verdict> {
    const [queued, releasable] = await this.world.ask([
      { to: "operatorDelegation", fn: "queuedWithdrawal", args: [id] },
      { to: "operatorDelegation", fn: "releasableShares", args: [id] },
    ]);
    const scaled = (queued?.[0] as Result).getValue("scaledShares") as Result;
    return {
      ok: true,
      returns: {
        withdrawal: text(id),
        scaledShares: text(scaled[0]),
        withdrawableShares: text((releasable?.[0] as Result)[0]),
        firstCompletableBlock: text(BigInt(text(releasable?.[1])) - this.world.origin),
      },
    };
  }
}
