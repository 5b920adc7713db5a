import type { ChainBackend } from "../../chain/chain-backend.ts";
import { ChainError } from "../../errors/chain-error.ts";
import { setOf } from "../address-book.ts";
import { contracts } from "../contracts.ts";
import type { Journal } from "../journal.ts";
import type { Call } from "../stage-driver.ts";
import type { WorldContext } from "../world-context.ts";
import type { OperatorSide, PoolState, RawState, StakerState } from "./raw-state.ts";

/** Contracts with functions that can be paused. */
export const PAUSABLE = [
  "restakingManager",
  "operatorDelegation",
  "avsRegistry",
  "allocationManager",
  "slasher",
  "lst",
  "queue",
  "rewards",
] as const;

/** Participants that can hold stake or receive slashed funds. */
export function holdersOf(world: WorldContext): readonly string[] {
  return world.spec.participants.filter(({ role }) => role !== "avs" && role !== "protocol").map(({ id }) => id);
}

function poolQuestions({ at }: WorldContext): readonly Call[] {
  const lst = (name: "totalPooledEther" | "totalShares" | "bunkerSince" | "bufferedEther"): Call => {
    return { target: at("lst"), data: contracts.lst.encode(name, []) };
  };
  return [
    lst("totalPooledEther"),
    lst("totalShares"),
    lst("bunkerSince"),
    { target: at("validators"), data: contracts.validators.encode("beaconBalance", []) },
    { target: at("queue"), data: contracts.unstakeQueue.encode("unfinalizedEther", []) },
    lst("bufferedEther"),
  ];
}

/** A question to the lens, and roughly how much work its answer is: one unit per staker or member. */
interface Question extends Call {
  readonly weight: number;
}

/** Most work of one call: the chain in this process records every opcode of a call, which takes memory. */
const CALL_WEIGHT = 48;

/** Splits items into runs of at most {@link CALL_WEIGHT}; no items make one empty run. */
function split<T>(items: readonly T[], weightOf: (item: T) => number): readonly (readonly T[])[] {
  const runs: T[][] = [[]];
  let weight = 0;
  for (const item of items) {
    const own = weightOf(item);
    const run = runs.at(-1);
    if (run === undefined || (run.length > 0 && weight + own > CALL_WEIGHT)) {
      runs.push([item]);
      weight = own;
    } else {
      run.push(item);
      weight += own;
    }
  }
  return runs;
}

type SetQuestion = readonly [readonly [string, bigint], readonly string[]];

function setQuestions({ book, spec }: WorldContext, journal: Journal): readonly SetQuestion[] {
  return spec.sets.map(({ id }) => {
    const { avs, number } = setOf(book, id);
    return [[avs, number], (journal.members.get(id) ?? []).map((operator) => book.participants.address(operator))];
  });
}

/** All that is asked, by whom it is answered; the first of operators and of stakers also carries what is asked once. */
interface Inquiry {
  readonly operators: readonly Question[];
  readonly stakers: readonly Question[];
  readonly others: readonly Question[];
}

function inquire(world: WorldContext, journal: Journal): Inquiry {
  const { at, book, spec } = world;
  const strategies = book.strategies.addresses;
  const operators = spec.operators.map(({ id }) => book.participants.address(id));
  const stakers = holdersOf(world).map((id) => book.participants.address(id));
  const tokens = [at("lst"), at("reward")];
  const withdrawals = [...journal.withdrawals.keys()];
  const target = at("operatorLens");
  const light = (call: Call): Question => ({ ...call, weight: 0 });
  return {
    operators: split(setQuestions(world, journal), ([, members]) => members.length).map((sets, index) => ({
      target,
      data: contracts.operatorLens.encode("read", index === 0 ? [strategies, operators, sets] : [[], [], sets]),
      weight: sets.reduce((sum, [, members]) => sum + members.length, index === 0 ? operators.length / 4 : 0),
    })),
    stakers: split(stakers, () => 1).map((some, index) => ({
      target: at("stakerLens"),
      data: contracts.stakerLens.encode("read", [strategies, some, tokens, index === 0 ? withdrawals : []]),
      weight: some.length,
    })),
    others: [
      ...poolQuestions(world),
      ...PAUSABLE.map((name) => ({ target: at(name), data: contracts.pausable.encode("pausedFlags", []) })),
      ...operators.map((operator) => ({
        target: at("rewards"),
        data: contracts.splits.encode("getOperatorSplit", [operator]),
      })),
    ].map(light),
  };
}

/** Answers in the questions' order, in as few calls as their weight allows: one, for all but large worlds. */
async function ask(backend: ChainBackend, lens: string, questions: readonly Question[]): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const run of split(questions, ({ weight }) => weight)) {
    const data = contracts.lens.encode("ask", [run.map(({ target, data: asked }) => [target, asked])]);
    const answer = contracts.lens.decode("ask", await backend.call(lens, data));
    answers.push(...(answer["answers"] as readonly string[]));
  }
  return answers;
}

/** Reads everything about a world between two blocks. */
export async function askWorld(backend: ChainBackend, world: WorldContext, journal: Journal): Promise<RawState> {
  const { operators, stakers, others } = inquire(world, journal);
  const answers = await ask(backend, world.at("lens"), [...operators, ...stakers, ...others]);
  const sides = answers
    .slice(0, operators.length)
    .map((answer) => contracts.operatorLens.decode("read", answer)["side"] as unknown as OperatorSide);
  const stakerSides = answers
    .slice(operators.length, operators.length + stakers.length)
    .map((answer) => contracts.stakerLens.decode("read", answer));
  const [side] = sides;
  if (side === undefined) throw new ChainError("Lens.ask", "no answer came back");
  const rest = answers.slice(operators.length + stakers.length);
  const quantity = (index: number): bigint => BigInt(rest[index] ?? "0x0");
  const pool: PoolState = {
    totalEther: quantity(0),
    totalShares: quantity(1),
    bunkerSince: quantity(2),
    validatorBalance: quantity(3),
    unfinalized: quantity(4),
    buffered: quantity(5),
  };
  return {
    ...side,
    sets: sides.flatMap(({ sets }) => sets),
    stakers: stakerSides.flatMap((answer) => answer["states"] as unknown as readonly StakerState[]),
    releasable: stakerSides[0]?.["releasable"] as readonly bigint[],
    pool,
    paused: PAUSABLE.map((_, index) => quantity(6 + index)),
    splits: world.spec.operators.map((_, index) => quantity(6 + PAUSABLE.length + index)),
  };
}
