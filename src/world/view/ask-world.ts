import type { ChainBackend } from "../../chain/chain-backend.ts";
import { NO_DEFI } from "../../model/defi/defi.ts";
import { setOf } from "../address-book.ts";
import { contracts } from "../contracts.ts";
import type { Call } from "../stage-driver.ts";
import type { WorldContext } from "../world-context.ts";
import type { OperatorSide, RawState, StakerState } from "./raw-state.ts";
import { splitScope, type Scope } from "./scope.ts";

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

/** Questions before the switches: the two lenses and the pool. */
const FIXED = 8;

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

function questionsOf(world: WorldContext, scope: Scope): readonly Call[] {
  const { at, book } = world;
  const address = (id: string): string => book.participants.address(id);
  const strategies = book.strategies.addresses;
  const operators = scope.operators.map(address);
  const sets = scope.sets.map(({ id, members }) => {
    const { avs, number } = setOf(book, id);
    return [[avs, number], members.map(address)];
  });
  const stakers = [strategies, scope.stakers.map(address), at("lst"), at("reward"), scope.withdrawals];
  const switches = PAUSABLE.map((name) => ({ target: at(name), data: contracts.pausable.encode("pausedFlags", []) }));
  const splits = operators.map((operator) => {
    return { target: at("rewards"), data: contracts.splits.encode("getOperatorSplit", [operator]) };
  });
  return [
    { target: at("operatorLens"), data: contracts.operatorLens.encode("read", [strategies, operators, sets]) },
    { target: at("stakerLens"), data: contracts.stakerLens.encode("read", stakers) },
    ...poolQuestions(world),
    ...(scope.switches ? switches : []),
    ...splits,
  ];
}

/** Answers to the questions of a scope, in their order. */
interface Answers {
  readonly side: OperatorSide;
  readonly stakers: readonly StakerState[];
  readonly releasable: readonly bigint[];
  readonly quantity: (index: number) => bigint;
}

async function ask(backend: ChainBackend, world: WorldContext, scope: Scope): Promise<Answers> {
  const questions = questionsOf(world, scope).map(({ target, data }) => [target, data]);
  const answer = await backend.call(world.at("lens"), contracts.lens.encode("ask", [questions]));
  const answers = contracts.lens.decode("ask", answer)["answers"] as readonly string[];
  const stakers = contracts.stakerLens.decode("read", answers[1] ?? "0x");
  return {
    side: contracts.operatorLens.decode("read", answers[0] ?? "0x")["side"] as unknown as OperatorSide,
    stakers: stakers["states"] as unknown as readonly StakerState[],
    releasable: stakers["releasable"] as readonly bigint[],
    quantity: (index) => BigInt(answers[index] ?? "0x0"),
  };
}

/** Puts new answers over older ones. */
function merge(scope: Scope, answers: Answers, before: RawState | undefined): RawState {
  const { side, quantity } = answers;
  const splitsFrom = FIXED + (scope.switches ? PAUSABLE.length : 0);
  const operators = new Map(before?.operators);
  const splits = new Map(before?.splits);
  scope.operators.forEach((id, index) => {
    const state = side.operators[index];
    if (state !== undefined) operators.set(id, state);
    splits.set(id, quantity(splitsFrom + index));
  });
  const sets = new Map(before?.sets);
  scope.sets.forEach(({ id, members: asked }, index) => {
    const { members = [], ...state } = side.sets[index] ?? { members: [] };
    const known = new Map(sets.get(id)?.members);
    asked.forEach((operator, at) => {
      const member = members[at];
      if (member !== undefined) known.set(operator, member);
    });
    if ("slasher" in state) sets.set(id, { ...state, members: known });
  });
  const stakers = new Map(before?.stakers);
  scope.stakers.forEach((id, index) => {
    const state = answers.stakers[index];
    if (state !== undefined) stakers.set(id, state);
  });
  const releasable = new Map(before?.releasable);
  scope.withdrawals.forEach((number, index) => releasable.set(number, answers.releasable[index] ?? 0n));
  const [totalEther, totalShares, bunkerSince] = [quantity(2), quantity(3), quantity(4)];
  const pool = { totalEther, totalShares, bunkerSince, validatorBalance: quantity(5), unfinalized: quantity(6) };
  return {
    clock: side.clock,
    strategies: side.strategies,
    escrow: side.escrow,
    operators,
    sets,
    stakers,
    releasable,
    pool: { ...pool, buffered: quantity(7) },
    paused: scope.switches ? PAUSABLE.map((_, index) => quantity(FIXED + index)) : (before?.paused ?? []),
    splits,
    defi: before?.defi ?? NO_DEFI,
  };
}

/**
 * Reads a world between two blocks: in one call, unless so much has to be asked that a call would be too much work.
 *
 * @param scope - What to ask; everything else is taken from `before`.
 */
export async function askWorld(
  backend: ChainBackend,
  world: WorldContext,
  at: { readonly scope: Scope; readonly before: RawState | undefined },
): Promise<RawState> {
  const [first, ...rest] = splitScope(at.scope);
  let state = merge(first, await ask(backend, world, first), at.before);
  for (const scope of rest) state = merge(scope, await ask(backend, world, scope), state);
  return state;
}
