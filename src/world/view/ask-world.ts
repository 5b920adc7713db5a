import type { ChainBackend } from "../../chain/chain-backend.ts";
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

function questionsOf(world: WorldContext, journal: Journal): readonly Call[] {
  const { at, book, spec } = world;
  const strategies = book.strategies.addresses;
  const operators = spec.operators.map(({ id }) => book.participants.address(id));
  const sets = spec.sets.map(({ id }) => {
    const { avs, number } = setOf(book, id);
    return [[avs, number], (journal.members.get(id) ?? []).map((operator) => book.participants.address(operator))];
  });
  const stakers = holdersOf(world).map((id) => book.participants.address(id));
  const tokens = [at("lst"), at("reward")];
  const withdrawals = [...journal.withdrawals.keys()];
  return [
    { target: at("operatorLens"), data: contracts.operatorLens.encode("read", [strategies, operators, sets]) },
    { target: at("stakerLens"), data: contracts.stakerLens.encode("read", [strategies, stakers, tokens, withdrawals]) },
    ...poolQuestions(world),
    ...PAUSABLE.map((name) => ({ target: at(name), data: contracts.pausable.encode("pausedFlags", []) })),
    ...operators.map((operator) => ({
      target: at("rewards"),
      data: contracts.splits.encode("getOperatorSplit", [operator]),
    })),
  ];
}

/** Reads everything about a world in one call. */
export async function askWorld(backend: ChainBackend, world: WorldContext, journal: Journal): Promise<RawState> {
  const questions = questionsOf(world, journal);
  const data = contracts.lens.encode("ask", [questions.map(({ target, data: asked }) => [target, asked])]);
  const answer = contracts.lens.decode("ask", await backend.call(world.at("lens"), data));
  const answers = answer["answers"] as readonly string[];
  const quantity = (index: number): bigint => BigInt(answers[index] ?? "0x0");
  const operatorSide = contracts.operatorLens.decode("read", answers[0] ?? "0x")["side"] as unknown as OperatorSide;
  const stakerSide = contracts.stakerLens.decode("read", answers[1] ?? "0x");
  const pool: PoolState = {
    totalEther: quantity(2),
    totalShares: quantity(3),
    bunkerSince: quantity(4),
    validatorBalance: quantity(5),
    unfinalized: quantity(6),
    buffered: quantity(7),
  };
  return {
    ...operatorSide,
    stakers: stakerSide["states"] as unknown as readonly StakerState[],
    releasable: stakerSide["releasable"] as readonly bigint[],
    pool,
    paused: PAUSABLE.map((_, index) => quantity(8 + index)),
    splits: world.spec.operators.map((_, index) => quantity(8 + PAUSABLE.length + index)),
  };
}
