import type { VectorStep } from "../schema.ts";
import type { EpochPlay } from "./epoch-play.ts";

type LimitOperation = (play: EpochPlay, step: VectorStep) => Promise<void>;

/** Sets, as curator, what a network, or an operator in it, may stand for. */
const setting =
  (fn: "setNetworkLimit" | "setOperatorLimit" | "setOperatorShares"): LimitOperation =>
  async (play, step) => {
    const part = await play.bench.subnetwork(play.networkOf(step));
    const who = fn === "setNetworkLimit" ? [] : [await play.bench.operator(play.operatorOf(step))];
    const amount = play.need(step, "amount", "limit", "shares", "networkLimit", "operatorLimit");
    play.outcome = await play.bench.delegator.act("owner", [fn, part, ...who, amount]);
  };

const setMaxNetworkLimit: LimitOperation = async (play, step) => {
  const network = play.networkOf(step);
  await play.bench.network(network);
  const amount = play.need(step, "amount", "limit", "maxNetworkLimit");
  play.outcome = await play.bench.delegator.act(`network ${network}`, ["setMaxNetworkLimit", 0n, amount]);
};

/** Goes in to, or out of, the network that a step names; without one, the vault. */
const opting =
  (fn: "optIn" | "optOut"): LimitOperation =>
  async (play, step) => {
    const operator = play.operatorOf(step);
    await play.bench.operator(operator);
    const where = step["network"] === undefined ? play.bench.vault : await play.bench.network(play.networkOf(step));
    play.outcome = await play.bench.registry.act(operator, [fn, where]);
  };

const stakeAt: LimitOperation = async (play, step) => {
  const part = await play.bench.subnetwork(play.networkOf(step));
  const who = await play.bench.operator(play.operatorOf(step));
  const second = await play.captureOf(step);
  const stake = await play.bench.delegator.number("stakeAt", part, who, second);
  play.saw(stake, "results", "stake", "stakes", `stake${second - play.start}`);
};

/** Operations on limits, shares and opt-ins, by name. */
export const limitOperations = {
  ...{ setNetworkLimit: setting("setNetworkLimit"), setMaxNetworkLimit },
  ...{ setOperatorNetworkLimit: setting("setOperatorLimit"), setOperatorLimit: setting("setOperatorLimit") },
  ...{ setOperatorNetworkShares: setting("setOperatorShares"), setOperatorShares: setting("setOperatorShares") },
  ...{ optIn: opting("optIn"), optOut: opting("optOut"), stakeAt },
} as const;
