import type { VectorStep } from "../schema.ts";
import { EpochBench } from "./epoch-bench.ts";
import type { EpochPlay } from "./epoch-play.ts";

/** Plays a slash of a shared pool as new, with a hook. */
const slashWith =
  (hook: "DecreaseHook" | "RedistributeHook", name: string) =>
  async (play: EpochPlay, step: VectorStep): Promise<void> => {
    const shares = play.need(step, "opShares", "operatorShares", "shares");
    const sharesAt = play.find(step, "opSharesAt", "operatorSharesAt") ?? shares;
    const stakeAt = play.need(step, "stakeAt", "slashable", "slashableStake");
    const slashed = play.need(step, "slashed", "amount");
    const bench = await EpochBench.open(play.ground, { delegator: "NetworkRestake", slasher: "EpochSlasher" });
    const [part, who] = [await bench.subnetwork("N"), await bench.operator("op")];

    // At the capture the operator holds all shares of a pool of just the stake that is told.
    await bench.deposit("staker", stakeAt);
    await bench.serve("op", "N");
    await bench.delegator.must("owner", ["setOperatorShares", part, who, sharesAt]);
    const capture = play.ground.now;
    await bench.ground.advance(1n);
    const limit = play.find(step, "networkLimit", "limit");
    if (limit !== undefined) await bench.delegator.must("owner", ["setNetworkLimit", part, limit]);
    if (shares !== sharesAt) await bench.delegator.must("owner", ["setOperatorShares", part, who, shares]);
    await bench.delegator.must("owner", ["setHook", await bench.ground.deploy(hook)]);

    play.outcome = await (bench.slasher ?? bench.vault).act("middleware", ["slash", part, who, slashed, capture]);
    const left = await bench.delegator.number("operatorShares", part, who);
    play.saw(left, `newShares${name}`, "newShares", "newOpShares", "results");
    if (limit === undefined) return;
    const limitLeft = await bench.delegator.number("networkLimit", part);
    play.saw(limitLeft, "newNetworkLimit", `newNetworkLimit${name}`, "newLimit");
  };

/** Operations on hooks, by name. */
export const hookOperations = {
  decreaseHook: slashWith("DecreaseHook", "Decrease"),
  redistributeHook: slashWith("RedistributeHook", "Redistribute"),
} as const;
