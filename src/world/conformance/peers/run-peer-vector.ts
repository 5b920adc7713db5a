import type { Difference } from "../compare.ts";
import { compareAnswer, type Answer } from "../defi/answer.ts";
import type { Outcome } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import { parseTolerance } from "../defi/tolerance.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { turnOf, unbuilt, type Turn } from "../turns.ts";
import { adapterAnswer, adapterOperations, AdapterPlay } from "./adapter-play.ts";
import { burnerAnswer, burnerOperations, BurnerPlay } from "./burner-play.ts";
import { earmarkAnswer, earmarkOperations, EarmarkPlay } from "./earmark-play.ts";
import { epochAnswer } from "./epoch-answers.ts";
import { epochOperations } from "./epoch-operations.ts";
import { EpochPlay } from "./epoch-play.ts";
import { lendingAnswer, lendingOperations, LendingPlay } from "./lending-play.ts";
import type { PeerPlay } from "./peer-play.ts";
import { knownAs } from "./peer-reasons.ts";

/** How the vectors of one model are played. */
interface PeerModel<P extends PeerPlay> {
  open(ground: Ground, vector: Vector): Promise<P>;
  readonly operations: Readonly<Record<string, (play: P, step: VectorStep) => Promise<void>>>;
  answer(play: P, key: string, wanted: unknown): Promise<Answer | undefined>;
}

type Found = Omit<Difference, "step">;
type Refusal = Extract<Outcome, { ok: false }>;

const models = {
  "symbiotic-v1": model<EpochPlay>({
    open: async (ground, vector) => await EpochPlay.open(ground, vector),
    operations: epochOperations,
    answer: epochAnswer,
  }),
  "symbiotic-burner": model<BurnerPlay>({
    open: async (ground, vector) => await BurnerPlay.open(ground, vector),
    operations: burnerOperations,
    answer: burnerAnswer,
  }),
  "symbiotic-v2": model<AdapterPlay>({
    open: async (ground, vector) => await AdapterPlay.open(ground, vector),
    operations: adapterOperations,
    answer: adapterAnswer,
  }),
  karak: model<EarmarkPlay>({
    open: async (ground, vector) => await EarmarkPlay.open(ground, vector),
    operations: earmarkOperations,
    answer: earmarkAnswer,
  }),
  "lending-proposal": model<LendingPlay>({
    open: async (ground, vector) => await LendingPlay.open(ground, vector),
    operations: lendingOperations,
    answer: lendingAnswer,
  }),
} as const;

/** Models of other restaking protocols, and of lending against them, that are built. */
export const peerModels: readonly string[] = Object.keys(models);

/** Plays a vector with a model, its own state kept inside. */
function model<P extends PeerPlay>(
  one: PeerModel<P>,
): (ground: Ground, vector: Vector) => Promise<Difference | undefined> {
  return async (ground, vector) => {
    const turns = vector.steps.map((step) => turnOf(step, vector.id));
    const play = await one.open(ground, { ...vector, steps: turns.map(({ step }) => step) });
    for (const [index, turn] of turns.entries()) {
      const found = await playTurn(one, play, turn);
      if (found !== undefined) return { step: index, ...found };
    }
    for (const [key, expected] of Object.entries(vector.expected)) {
      const found = await compared(one, play, { key, expected });
      if (found !== undefined) return { step: -1, ...found };
    }
    return undefined;
  };
}

async function playTurn<P extends PeerPlay>(one: PeerModel<P>, play: P, turn: Turn): Promise<Found | undefined> {
  const { step, times } = turn;
  const run = one.operations[step.op];
  if (run === undefined) return { field: step.op, expected: "an operation", got: unbuilt(step) };
  play.outcome = undefined;
  const refusalOf = (): Refusal | undefined => (play.outcome?.ok === false ? play.outcome : undefined);
  await play.arrive(step);
  for (let time = 0n; time < times && refusalOf() === undefined; time += 1n) await run(play, step);
  const wanted = play.text(step, "", "expectRevert");
  const refusal = refusalOf();
  if (wanted === "") {
    return refusal === undefined ? undefined : { field: step.op, expected: "success", got: refusal.error };
  }
  if (refusal !== undefined && knownAs(refusal.reason, wanted)) {
    play.saw(wanted, "revert", "reverts");
    return undefined;
  }
  return { field: `${step.op}.expectRevert`, expected: wanted, got: refusal?.error ?? "it succeeded" };
}

async function compared<P extends PeerPlay>(
  one: PeerModel<P>,
  play: P,
  { key, expected }: { readonly key: string; readonly expected: unknown },
): Promise<Found | undefined> {
  const seen = play.seen.get(key);
  const got =
    Array.isArray(expected) && seen !== undefined ? seen : (seen?.at(-1) ?? (await one.answer(play, key, expected)));
  const exact = parseTolerance("exact");
  return exact === undefined ? undefined : compareAnswer(`expected.${key}`, { expected, got }, exact);
}

/**
 * Plays a vector of another restaking protocol on deployed contracts.
 *
 * @returns The first difference, or undefined when everything agrees.
 */
export async function runPeerVector(ground: Ground, vector: Vector): Promise<Difference | undefined> {
  await ground.clear(() => undefined);
  return await models[vector.model as keyof typeof models](ground, vector);
}
