import type { Result } from "ethers";

import type { Verdict } from "../core-verbs.ts";
import type { Request } from "../core-world.ts";
import { text } from "../observe.ts";
import type { Play } from "./play.ts";

/** One gwei [wei]. */
const GWEI = 10n ** 9n;

/** Pod of a staker, made at its first use. */
export async function podOf(play: Play, staker: string): Promise<string> {
  const { world } = play;
  const account = world.addressOf(staker);
  const pod = text(await world.read({ to: "podManager", fn: "podOf", args: [account] }));
  if (BigInt(pod) !== 0n) return pod;
  return text((await world.must(staker, { to: "podManager", fn: "createPod", args: [] }))[0]);
}

async function report(
  play: Play,
  pod: string,
  validator: { index: number; gwei: bigint; value?: bigint },
): Promise<void> {
  const args = [validator.index, validator.gwei, false];
  const request = { to: "pod" as const, at: pod, fn: "reportValidator", args, value: validator.value ?? 0n };
  await play.world.must("reporter", request);
}

function verdict(outcome: { ok: true } | { ok: false; reason: string; error: string }): Verdict {
  return outcome.ok ? { ok: true, returns: {} } : outcome;
}

/** Books a balance update as the pod itself would, for amounts that no pod can have. */
async function record(play: Play, staker: string, change: { previous: bigint; delta: bigint }): Promise<Verdict> {
  const pod = (await podOf(play, staker)).toLowerCase();
  play.world.alias(`pod of ${staker}`, pod);
  await play.world.chain.adopt(pod);
  const args = [play.world.addressOf(staker), change.previous, change.delta];
  return verdict(await play.world.act(`pod of ${staker}`, { to: "podManager", fn: "recordBalanceUpdate", args }));
}

/** Verifies a new validator of a staker. */
export async function verifyValidator(play: Play, staker: string, amount: bigint): Promise<Verdict> {
  if (amount % GWEI !== 0n) return await record(play, staker, { previous: 0n, delta: amount });
  const pod = await podOf(play, staker);
  const index = play.validators;
  play.validators += 1;
  await report(play, pod, { index, gwei: amount / GWEI });
  return verdict(await play.world.act(staker, { to: "pod", at: pod, fn: "verifyValidator", args: [index] }));
}

async function balances(play: Play, pod: string): Promise<{ index: number; gwei: bigint }[]> {
  const active = (await play.world.read({ to: "pod", at: pod, fn: "activeValidators", args: [] })) as Result;
  const requests = [...active].map((index): Request => ({ to: "pod", at: pod, fn: "validatorOf", args: [index] }));
  const answers = await play.world.ask(requests);
  return answers.map((values, place) => ({
    index: Number(active[place]),
    gwei: BigInt(text((values[0] as Result).getValue("restakedGwei"))),
  }));
}

/** Lets validators of a staker lose ether, and checkpoints the loss. */
export async function dropBalance(
  play: Play,
  staker: string,
  drop: { readonly previous: bigint; readonly decrease: bigint },
): Promise<Verdict> {
  const pod = await podOf(play, staker);
  const validators = await balances(play, pod);
  const inPod = BigInt(text(await play.world.read({ to: "pod", at: pod, fn: "restakedExecutionGwei", args: [] })));
  const counted = validators.reduce((sum, { gwei }) => sum + gwei, inPod) * GWEI;
  const isPlain = counted === drop.previous && drop.decrease % GWEI === 0n && drop.decrease <= counted - inPod * GWEI;
  if (!isPlain) return await record(play, staker, { previous: drop.previous, delta: -drop.decrease });

  let left = drop.decrease / GWEI;
  for (const { index, gwei } of validators) {
    const lost = left < gwei ? left : gwei;
    if (lost > 0n) await report(play, pod, { index, gwei: gwei - lost });
    left -= lost;
  }
  return verdict(await play.world.act(staker, { to: "pod", at: pod, fn: "checkpoint", args: [] }));
}

/** Lets every validator of a staker exit, so that its pod can pay. */
export async function exitValidators(play: Play, staker: string): Promise<void> {
  const pod = await podOf(play, staker);
  const validators = await balances(play, pod);
  if (validators.length === 0) return;
  for (const { index, gwei } of validators) await report(play, pod, { index, gwei: 0n, value: gwei * GWEI });
  await play.world.act(staker, { to: "pod", at: pod, fn: "checkpoint", args: [] });
}
