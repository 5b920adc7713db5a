import type { Outcome } from "../defi/deployed.ts";
import type { VectorStep } from "../schema.ts";
import { EpochBench, type DelegatorName, type Limits } from "./epoch-bench.ts";
import type { EpochPlay } from "./epoch-play.ts";
import { hookOperations } from "./epoch-hooks.ts";
import { limitOperations } from "./epoch-limits.ts";

/** Plays one operation of a vector. */
export type EpochOperation = (play: EpochPlay, step: VectorStep) => Promise<void>;

const AMOUNT = ["amount", "assets"];
const NOBODY = `0x${"0".repeat(40)}`;

/** An observable of one user: `claimedA` of "user a". */
const of = (what: string, who: string): string =>
  what + who.charAt("user ".length).toUpperCase() + who.slice("user ".length + 1);

/** What a call returned, by place; nothing where it was refused. */
const returned = (outcome: Outcome): readonly bigint[] => (outcome.ok ? [...(outcome.values as Iterable<bigint>)] : []);

const deposit: EpochOperation = async (play, step) => {
  const { bench } = play;
  const who = play.userOf(step);
  play.outcome = await bench.vault.act(who, ["deposit", await bench.endow(who), play.need(step, ...AMOUNT)]);
  const [, shares] = returned(play.outcome);
  if (shares !== undefined) play.saw(shares, "mintedShares", "minted", "shares", of("minted", who));
};

const leave =
  (fn: "withdraw" | "redeem"): EpochOperation =>
  async (play, step) => {
    const { bench } = play;
    const who = play.userOf(step);
    const amount = fn === "withdraw" ? play.need(step, ...AMOUNT) : play.need(step, "shares", ...AMOUNT);
    play.outcome = await bench.vault.act(who, [fn, await bench.endow(who), amount]);
    const [first, minted] = returned(play.outcome);
    if (first === undefined || minted === undefined) return;
    play.withdrawnAt.push(play.now);
    play.saw(first, ...(fn === "withdraw" ? ["burnedShares"] : ["withdrawnAssets", "assets", "withdrawn"]));
    play.saw(minted, "mintedWithdrawalShares", "withdrawalShares");
    play.saw(play.now / play.epoch + 1n, "bucketEpoch", "epochBucket", "bucket");
  };

const claim: EpochOperation = async (play, step) => {
  const { bench } = play;
  const who = play.userOf(step);
  const last = play.withdrawnAt.at(-1) ?? 0n;
  const bucket = play.find(step, "epochBucket", "bucket", "bucketEpoch") ?? last / play.epoch + 1n;
  play.outcome = await bench.vault.act(who, ["claim", await bench.endow(who), bucket]);
  const [paid] = returned(play.outcome);
  if (paid === undefined) return;
  play.saw(paid, "claimed", "paid", "claims", of("claimed", who));
  play.saw(play.now - last, "waitSeconds", "waited");
};

/** Brings a vault to active stake and two buckets, by deposits and withdrawals. */
const state: EpochOperation = async (play, step) => {
  const { bench } = play;
  const who = play.userOf(step);
  const active = play.find(step, "activeStake", "active") ?? 0n;
  const current = play.find(step, "withdrawalsCurrent", "current") ?? 0n;
  const next = play.find(step, "withdrawalsNext", "next") ?? 0n;
  const whole = active + current + next;
  if (whole > 0n) await bench.deposit(who, whole);
  if (current > 0n) await bench.vault.must(who, ["withdraw", await bench.endow(who), current]);
  await play.moveTo((play.now / play.epoch + 1n) * play.epoch);
  if (next > 0n) await bench.vault.must(who, ["withdraw", await bench.endow(who), next]);
};

const vaultOnSlash: EpochOperation = async (play, step) => {
  const { bench } = play;
  const capture = await play.captureOf(step);
  const amount = play.need(step, ...AMOUNT);
  const epoch = await bench.vault.number("currentEpoch");
  const parts = async (): Promise<bigint[]> => [
    await bench.vault.number("activeStake"),
    await bench.vault.number("withdrawals", epoch),
    await bench.vault.number("withdrawals", epoch + 1n),
  ];
  const before = await parts();
  play.outcome = await bench.vault.act("slasher", ["onSlash", amount, capture]);
  const [slashed] = returned(play.outcome);
  if (slashed === undefined) return;
  play.saw(slashed, "slashed", "burned");
  play.slashes.push({ network: "", reported: amount, burned: slashed });
  const after = await parts();
  const [active = 0n, current = 0n, next = 0n] = before.map((value, at) => value - (after[at] ?? 0n));
  play.saw(active, "active", "activeSlashed");
  play.saw(current, "current", "currentSlashed", "withdrawalsSlashed");
  play.saw(next, "next", "nextSlashed", "nextWithdrawalsSlashed");
};

/** Sends a call of the slasher, and notes what it reports and what the vault burned. */
async function slashBy(play: EpochPlay, network: string, call: readonly [fn: string, ...args: unknown[]]) {
  const { bench } = play;
  const before = await bench.burned();
  const slasher = bench.slasher ?? bench.vault;
  play.outcome = await slasher.act("middleware", call);
  const [reported] = returned(play.outcome);
  if (reported === undefined) return;
  const burned = (await bench.burned()) - before;
  play.slashes.push({ network, reported, burned });
  play.saw(reported, `slash${play.slashes.length}`, `reported${network}`, "slashed", "reported");
  play.saw(burned, `burned${network}`, `burned${play.slashes.length}`, "burned");
}

const slash: EpochOperation = async (play, step) => {
  const network = play.networkOf(step);
  const part = await play.bench.subnetwork(network);
  const who = await play.bench.operator(play.operatorOf(step));
  await slashBy(play, network, ["slash", part, who, play.need(step, ...AMOUNT), await play.captureOf(step)]);
};

const slashableStake: EpochOperation = async (play, step) => {
  const { bench } = play;
  const [part, who] = [await bench.subnetwork(play.networkOf(step)), await bench.operator(play.operatorOf(step))];
  const capture = await play.captureOf(step);
  const value = await (bench.slasher ?? bench.vault).number("slashableStake", part, who, capture);
  play.saw(value, "slashable", `slashable${capture - play.start}`, "slashableAfter", "results");
};

const requestSlash: EpochOperation = async (play, step) => {
  const { bench } = play;
  const part = await bench.subnetwork(play.networkOf(step));
  const who = await bench.operator(play.operatorOf(step));
  const call = ["requestSlash", part, who, play.need(step, ...AMOUNT), await play.captureOf(step)] as const;
  play.outcome = await (bench.slasher ?? bench.vault).act("middleware", call);
  const [index] = returned(play.outcome);
  if (index === undefined) return;
  play.requests.push({ network: play.networkOf(step), index });
  play.saw(index, "index", "slashIndex", "requests");
  const [request] = await (bench.slasher ?? bench.vault).ask("requestOf", index);
  play.saw((request as { amount: bigint }).amount, "requested", "requestedAmount");
};

/** Number of the request that a step is about; without, that of the first one open, or else of the latest. */
async function indexOf(play: EpochPlay, step: VectorStep): Promise<bigint> {
  const told = play.find(step, "index", "request", "slashIndex");
  if (told !== undefined) return told;
  const slasher = play.bench.slasher ?? play.bench.vault;
  const own = play.requests.filter(({ network }) => step["network"] === undefined || network === play.networkOf(step));
  for (const { index } of own) {
    const [request] = await slasher.ask("requestOf", index);
    if (!(request as { isCompleted: boolean }).isCompleted) return index;
  }
  return own.at(-1)?.index ?? 0n;
}

const executeSlash: EpochOperation = async (play, step) => {
  const index = await indexOf(play, step);
  const network = play.requests.find((request) => request.index === index)?.network ?? play.networkOf(step);
  await slashBy(play, network, ["executeSlash", index]);
};

const vetoSlash: EpochOperation = async (play, step) => {
  const who = play.text(step, "R1", "resolver", "by", "caller");
  play.outcome = await (play.bench.slasher ?? play.bench.vault).act(who, ["vetoSlash", await indexOf(play, step)]);
  play.saw(play.outcome.ok, "vetoed", "vetoAllowed");
};

const setResolver: EpochOperation = async (play, step) => {
  const network = play.networkOf(step);
  const name = play.text(step, "", "resolver");
  await play.bench.network(network);
  const resolver = /^(0|0x0*|none|)$/.test(name) ? NOBODY : await play.ground.actor(name);
  const slasher = play.bench.slasher ?? play.bench.vault;
  play.outcome = await slasher.act(`network ${network}`, ["setResolver", 0n, resolver]);
  if (play.outcome.ok && /effective|resolverFrom/i.test(Object.keys(play.vector.expected).join(" "))) {
    const part = await play.bench.subnetwork(network);
    let second = play.ground.now;
    // The change is in force from the first second of an epoch, or from this one.
    while (String((await slasher.ask("resolverAt", part, second))[0]).toLowerCase() !== resolver.toLowerCase()) {
      second += play.epoch - ((second - play.start) % play.epoch);
    }
    play.saw(second - play.start, "effectiveAt", "resolverEffectiveAt", "effectiveFrom", "resolverFrom");
  }
};

/** Stake of an operator in a vault as new, whose limits and shares a step gives. */
const stakeOf =
  (delegator: DelegatorName): EpochOperation =>
  async (play, step) => {
    const limit = play.find(step, "networkLimit", "maxNetworkLimit", "limit");
    const operatorLimit = play.find(step, "operatorLimit", "operatorNetworkLimit", "opLimit");
    const limits: Limits = {
      ...(limit !== undefined && { network: limit }),
      ...(operatorLimit !== undefined && { operator: operatorLimit }),
    };
    const bench = await EpochBench.open(play.ground, { delegator });
    const active = play.find(step, "activeStake", "active") ?? 0n;
    if (active > 0n) await bench.deposit("staker", active);
    await bench.serve("op", "N", limits);
    const part = await bench.subnetwork("N");
    if (delegator === "NetworkRestake") await share(play, bench, step);
    const isOther = step["isOperator"] === false;
    const who = isOther ? await bench.operator("another op") : await bench.operator("op");
    if (isOther) await bench.registry.must("another op", ["optIn", await bench.network("N")]);
    const where = step["isNetwork"] === false ? await bench.subnetwork("another") : part;
    if (step["isNetwork"] === false) await bench.registry.must("op", ["optIn", await bench.network("another")]);
    await bench.ground.advance(1n);
    const gone = [
      ...(step["optedIn"] === false || step["optedInVault"] === false ? [bench.vault.address] : []),
      ...(step["optedIn"] === false || step["optedInNetwork"] === false ? [await bench.network("N")] : []),
    ];
    for (const place of gone) await bench.registry.must(isOther ? "another op" : "op", ["optOut", place]);
    play.saw(await bench.delegator.number("stake", where, who), "results", "stake", "stakes");
  };

async function share(play: EpochPlay, bench: EpochBench, step: VectorStep): Promise<void> {
  const own = play.find(step, "opShares", "operatorShares", "shares") ?? 0n;
  const rest = (play.find(step, "totalShares", "totalOpShares") ?? own) - own;
  if (rest < 0n) play.complain(step, "no more of one operator than of all in opShares", String(own));
  const part = await bench.subnetwork("N");
  if (own > 0n) await bench.delegator.must("owner", ["setOperatorShares", part, await bench.operator("op"), own]);
  if (rest > 0n)
    await bench.delegator.must("owner", ["setOperatorShares", part, await bench.ground.actor("rest"), rest]);
}

/** Operations by name. */
export const epochOperations: Readonly<Record<string, EpochOperation>> = {
  ...{
    deposit,
    withdraw: leave("withdraw"),
    redeem: leave("redeem"),
    claim,
    state,
    vaultOnSlash,
    onSlash: vaultOnSlash,
  },
  ...{ slash, slashableStake, slashable: slashableStake, requestSlash, executeSlash, vetoSlash, setResolver },
  ...{ stake: stakeOf("NetworkRestake"), networkRestake: stakeOf("NetworkRestake") },
  ...{ fullRestake: stakeOf("FullRestake"), operatorSpecific: stakeOf("OperatorSpecific") },
  ...{ operatorNetworkSpecific: stakeOf("OperatorNetworkSpecific"), ...hookOperations },
  ...limitOperations,
};
