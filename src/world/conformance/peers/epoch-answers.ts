import type { Answer } from "../defi/answer.ts";
import type { Outcome } from "../defi/deployed.ts";
import type { EpochPlay } from "./epoch-play.ts";
import { knownAs } from "./peer-reasons.ts";

interface SlashRequest {
  readonly capturedAt: bigint;
  readonly vetoDeadline: bigint;
}

/** Executes or refuses a request at a second, and forgets it; what it did. */
async function probe(play: EpochPlay, index: bigint, order: { second: bigint; fn: string }): Promise<Outcome> {
  const slasher = play.bench.slasher ?? play.bench.vault;
  const [request] = await slasher.ask("requestOf", index);
  const { subnetwork, capturedAt } = request as { subnetwork: string; capturedAt: bigint };
  const [resolver] = await slasher.ask("resolverAt", subnetwork, capturedAt);
  const names = new Map<string, string>();
  for (const step of play.vector.steps) {
    const name = step["resolver"];
    if (typeof name === "string") names.set((await play.ground.actor(name)).toLowerCase(), name);
  }
  const by = order.fn === "executeSlash" ? "middleware" : (names.get(String(resolver).toLowerCase()) ?? "R1");
  return await play.supposing(async () => {
    await play.moveTo(order.second);
    return await slasher.act(by, [order.fn, index]);
  });
}

/** First and last second in which a request can be executed, found by trying. */
async function windowOf(play: EpochPlay, index: bigint): Promise<Answer> {
  const [first, last] = [
    await search(play, index, "EpochVetoSlasherVetoPeriodNotEnded"),
    (await search(play, index, /VetoPeriodNotEnded|^$/)) - 1n,
  ];
  return [first, last];
}

/** First second from now on in which executing does something else than these. */
async function search(play: EpochPlay, index: bigint, before: string | RegExp): Promise<bigint> {
  let [low, high] = [play.now, play.now + 4n * play.epoch];
  const isBefore = async (second: bigint): Promise<boolean> => {
    const outcome = await probe(play, index, { second, fn: "executeSlash" });
    const reason = outcome.ok ? "" : outcome.reason;
    return typeof before === "string" ? reason === before : before.test(reason);
  };
  while (low < high) {
    const middle = (low + high) / 2n;
    if (await isBefore(middle)) low = middle + 1n;
    else high = middle;
  }
  return low;
}

/** Number of the request that an observable is about: of the oldest capture, the freshest, or by its number. */
async function requestFor(play: EpochPlay, key: string): Promise<bigint> {
  const slasher = play.bench.slasher ?? play.bench.vault;
  const number = /(\d+)$/.exec(key)?.[1];
  if (number !== undefined) return BigInt(number);
  const captures: bigint[] = [];
  for (let k = 0n; k < (await slasher.number("requestCount")); k += 1n) {
    captures.push(((await slasher.ask("requestOf", k))[0] as SlashRequest).capturedAt);
  }
  const wanted = captures.reduce((one, other) => {
    return (/fresh|max|late/i.test(key) ? other > one : other < one) ? other : one;
  }, captures[0] ?? 0n);
  return BigInt(captures.indexOf(wanted));
}

const told = (outcome: Outcome): Answer => (outcome.ok ? "none" : outcome.reason);

/** Observables that are tried out: what could be done when. */
async function tried(play: EpochPlay, key: string, wanted: unknown): Promise<Answer | undefined> {
  const slasher = play.bench.slasher;
  if (slasher === undefined) return undefined;
  if (/^window/.test(key)) return await windowOf(play, await requestFor(play, key));
  if (key === "minCapture") {
    const network = await play.bench.subnetwork(play.networkOf({ op: "given" }));
    const outcome = await play.supposing(
      async () => await slasher.act("middleware", ["requestSlash", network, await play.bench.operator("op"), 1n, 0n]),
    );
    const first = outcome.ok ? undefined : /InvalidCapture\(0, (\d+)/.exec(outcome.error)?.[1];
    return first === undefined ? told(outcome) : BigInt(first) - play.start;
  }
  const match = /^(execute|veto)(At|Before|After)(Deadline|Window)(Allowed|Revert)/.exec(key);
  if (match === null) return undefined;
  const [, verb = "", side = "", edge = "", kind = ""] = match;
  const index = await requestFor(play, "");
  const request = (await slasher.ask("requestOf", index))[0] as SlashRequest;
  const end = edge === "Deadline" ? request.vetoDeadline : request.capturedAt + play.epoch;
  const second = end - play.start + (side === "Before" ? -1n : side === "After" ? 1n : 0n);
  const outcome = await probe(play, index, { second, fn: `${verb}Slash` });
  if (kind === "Allowed") return outcome.ok;
  return !outcome.ok && knownAs(outcome.reason, wanted) ? String(wanted) : told(outcome);
}

/** Observables that the contracts are asked for. */
async function asked(play: EpochPlay, key: string): Promise<Answer | undefined> {
  const { vault, slasher } = play.bench;
  if (["activeStake", "activeShares", "totalStake"].includes(key)) return await vault.number(key);
  const epoch = await vault.number("currentEpoch");
  const [, what = "", which = ""] = /^(withdrawals|withdrawalShares)(?:Bucket)?(Next|Current|\d+)$/.exec(key) ?? [];
  if (what !== "") {
    const bucket = which === "Next" ? epoch + 1n : which === "Current" ? epoch : BigInt(which);
    return await vault.number(what, bucket);
  }
  const [, kind = "", name = ""] = /^(shares|balance|slashableBalance)([A-Z]\w*)$/.exec(key) ?? [];
  if (kind !== "") {
    const views = { shares: "activeSharesOf", balance: "activeBalanceOf", slashableBalance: "slashableBalanceOf" };
    const user = await play.ground.actor(`user ${name.toLowerCase()}`);
    return await vault.number(views[kind as keyof typeof views], user);
  }
  const network = /^cumulativeSlash(\w*)$/.exec(key)?.[1];
  if (slasher !== undefined && network !== undefined) {
    const part = await play.bench.subnetwork(network === "" ? play.networkOf({ op: "given" }) : network);
    return await slasher.number("cumulativeSlash", part, await play.bench.operator(play.operatorOf({ op: "given" })));
  }
  const [, view = "", capture] = /^(slashable|stake)(\d+)$/.exec(key) ?? [];
  if (slasher !== undefined && capture !== undefined) {
    const part = await play.bench.subnetwork(play.networkOf({ op: "given" }));
    const pair = [part, await play.bench.operator(play.operatorOf({ op: "given" })), play.start + BigInt(capture)];
    return view === "stake"
      ? await play.bench.delegator.number("stakeAt", ...pair)
      : await slasher.number("slashableStake", ...pair);
  }
  if (slasher !== undefined && key === "vetoDeadline") {
    return ((await slasher.ask("requestOf", 0n))[0] as SlashRequest).vetoDeadline - play.start;
  }
  return undefined;
}

/** What the contracts say to an observable; undefined when there is none of that name. */
export async function epochAnswer(play: EpochPlay, key: string, wanted: unknown): Promise<Answer | undefined> {
  const [reported, burned] = (["reported", "burned"] as const).map((side) =>
    play.slashes.reduce((sum, slash) => sum + slash[side], 0n),
  );
  if (key === "totalBurned") return burned;
  if (key === "totalReported") return reported;
  if (key === "guaranteeShortfall" || key === "shortfall") return (reported ?? 0n) - (burned ?? 0n);
  return (await tried(play, key, wanted)) ?? (await asked(play, key));
}
