import { PROTOCOL } from "../../model/names.ts";
import type { OperatorSpec, ParticipantSpec, SetSpec, StrategySpec } from "../../model/world-spec.ts";
import { GWEI, type Wei } from "../../units/units.ts";
import { setOf } from "../address-book.ts";
import { contracts } from "../contracts.ts";
import { arbiterPart } from "../deploy/part-names.ts";
import type { WorldContext } from "../world-context.ts";
import type { Call } from "../stage-driver.ts";
import type { Arrangement } from "./arrange.ts";

/** An allowance that never runs out. */
const UNLIMITED = (1n << 256n) - 1n;
const NOBODY = `0x${"00".repeat(20)}`;
const ZERO_WORD = `0x${"00".repeat(32)}`;
const NO_APPROVAL = ["0x", ZERO_WORD, 0n] as const;
/** Ether that the protocol's administrator can pay out as validators' rewards [wei]. */
export const PROTOCOL_ETHER: Wei = 10n ** 30n;

function approve(token: string, spender: string): Call {
  return { target: token, data: contracts.token.encode("approve", [spender, UNLIMITED]) };
}

/** The protocol's administrator takes office. */
export function takeOffice(world: WorldContext): readonly Arrangement[] {
  const { at, book, spec } = world;
  const actor = book.participants.address(PROTOCOL);
  const owned = ["restakingManager", "podManager", "operatorDelegation", "avsRegistry", "allocationManager", "slasher"];
  const accept = [...owned, "lst"].map((name): Call => {
    return { target: at(name), data: contracts.ownable.encode("acceptOwnership", []) };
  });
  const calls: Call[] = [
    ...accept,
    { target: at("lst"), data: contracts.lst.encode("setReporter", [at("poolReporter")]) },
    { target: at("podManager"), data: contracts.pods.encode("setReporter", [actor]) },
  ];
  const held = spec.strategies.filter(({ asset }) => asset !== "native").map(({ id }) => book.strategies.address(id));
  calls.push({ target: at("restakingManager"), data: contracts.restaking.encode("setWhitelisted", [held, true]) });
  if (spec.lst.initialStake > 0n) {
    calls.push({ target: at("lst"), data: contracts.lst.encode("submit", []), value: spec.lst.initialStake });
  }
  return [{ part: "the protocol", actor, calls, gasLimit: 20_000_000n }];
}

function moduleCall(world: WorldContext, set: SetSpec): Call | null {
  const { at, book, clock } = world;
  const { avs, number, slasher, rule } = setOf(book, set.id);
  const { module } = set;
  if (module.kind === "direct" || rule === null) return null;
  if (module.kind === "instant") {
    return { target: avs, data: contracts.service.encode("useInstantSlasher", [slasher, number, [rule]]) };
  }
  const windows = [0n, clock.units(module.window), clock.units(module.expiry)];
  if (module.kind === "veto") {
    const committee = [book.participants.address(module.committee)];
    return {
      target: avs,
      data: contracts.service.encode("useVetoSlasher", [slasher, number, [rule], windows, committee]),
    };
  }
  const bond = [at("reward"), module.bond, at(arbiterPart(set.id))];
  return {
    target: avs,
    data: contracts.service.encode("useOptimisticSlasher", [slasher, number, [rule], windows, bond]),
  };
}

/** The AVSs appear, create their sets and name who may slash them. */
export function openServices(world: WorldContext): readonly Arrangement[] {
  const { spec, book } = world;
  const launched = [...new Set(spec.sets.map(({ avs }) => avs))].map((avs): Arrangement => {
    const sets = spec.sets.filter((set) => set.avs === avs);
    const service = setOf(book, sets[0]?.id ?? "").avs;
    const launch = { target: service, data: contracts.service.encode("launch", [avs]) };
    return { part: `AVS ${avs}`, actor: book.participants.address(avs), calls: [launch] };
  });
  const created = spec.sets.map((set): Arrangement => {
    const { avs, number, slasher } = setOf(book, set.id);
    const strategies = set.strategies.map((id) => book.strategies.address(id));
    const { destination } = set;
    const recipient = destination.kind === "burned" ? NOBODY : book.participants.address(destination.recipient);
    const params = [number, strategies, slasher, recipient, world.clock.units(spec.delays.release), NOBODY];
    const create = { target: avs, data: contracts.service.encode("createSet", [params]) };
    const configure = moduleCall(world, set);
    const calls = configure === null ? [create] : [create, configure];
    return { part: `operator set ${set.id}`, actor: book.participants.address(set.avs), calls };
  });
  return [...launched, ...created];
}

/** Operators register themselves and the key they sign with. */
export function registerOperators(world: WorldContext): readonly Arrangement[] {
  const { at, book, spec, keys, chainId, clock } = world;
  const domain = { name: "Faultline Operator Keys", version: "1", chainId, verifyingContract: at("operatorKeys") };
  return spec.operators.map(({ id, allocationDelay, splitBips }) => {
    const operator = book.participants.address(id);
    const key = keys.addressOf(id);
    const proof = keys.sign(id, "KeyRegistration", { domain, value: { operator, key } });
    const args = [NOBODY, clock.units(allocationDelay), id];
    const calls = [
      { target: at("operatorKeys"), data: contracts.keys.encode("registerKey", [key, proof]) },
      { target: at("operatorDelegation"), data: contracts.delegation.encode("registerAsOperator", args) },
      { target: at("rewards"), data: contracts.splits.encode("setOperatorSplit", [BigInt(splitBips)]) },
    ];
    return { part: `operator ${id}`, actor: operator, calls };
  });
}

/** What it takes to restake `amount` of one asset. */
function stakeCalls(
  world: WorldContext,
  staker: ParticipantSpec,
  stake: { strategy: StrategySpec; amount: Wei },
): readonly Call[] {
  const { at, book } = world;
  const { strategy, amount } = stake;
  const deposit = (): Call => {
    const args = [book.strategies.address(strategy.id), amount];
    return { target: at("restakingManager"), data: contracts.restaking.encode("deposit", args) };
  };
  if (strategy.asset === "lst") {
    return [
      { target: at("lst"), data: contracts.lst.encode("submit", []), value: amount },
      { target: at("wrapped"), data: contracts.wrapped.encode("wrap", [amount]) },
      deposit(),
    ];
  }
  if (strategy.asset === "native") return [];
  const token = book.assets.address(strategy.id);
  const mint = contracts.token.encode("mint", [book.participants.address(staker.id), amount]);
  return [{ target: token, data: mint }, deposit()];
}

/** Approvals, wallets, deposits and delegation of one participant. */
function settle(world: WorldContext, staker: ParticipantSpec): Arrangement {
  const { at, book, spec } = world;
  const restaking = at("restakingManager");
  const calls: Call[] = [approve(at("lst"), at("wrapped")), approve(at("lst"), at("queue"))];
  for (const token of new Set(book.assets.addresses)) calls.push(approve(token, restaking));
  if (staker.lst > 0n) calls.push({ target: at("lst"), data: contracts.lst.encode("submit", []), value: staker.lst });
  for (const { strategy: id, amount } of staker.stakes) {
    const strategy = spec.strategies.find((one) => one.id === id);
    if (strategy !== undefined && amount > 0n) calls.push(...stakeCalls(world, staker, { strategy, amount }));
  }
  if (staker.delegatedTo !== null && staker.delegatedTo !== staker.id) {
    const args = [book.participants.address(staker.delegatedTo), NO_APPROVAL];
    calls.push({ target: at("operatorDelegation"), data: contracts.delegation.encode("delegate", args) });
  }
  return {
    part: `participant ${staker.id}`,
    actor: book.participants.address(staker.id),
    calls,
    gasLimit: 12_000_000n,
  };
}

/** Everybody who can hold stake gets their wallet, stakes and delegates. */
export function settleParticipants(world: WorldContext): readonly Arrangement[] {
  return world.spec.participants.filter(({ role }) => role !== "avs").map((staker) => settle(world, staker));
}

/** First half of native stake: pods exist and the beacon chain shows their balance. */
export function nativeStakes(world: WorldContext): readonly { staker: string; gwei: bigint }[] {
  const native = new Set(world.spec.strategies.filter(({ asset }) => asset === "native").map(({ id }) => id));
  return world.spec.participants.flatMap(({ id, stakes }) => {
    const amount = stakes.filter(({ strategy }) => native.has(strategy)).reduce((sum, stake) => sum + stake.amount, 0n);
    return amount > 0n ? [{ staker: id, gwei: amount / GWEI }] : [];
  });
}

function joinCalls(world: WorldContext, operator: OperatorSpec): readonly Call[] {
  const numbers = new Map<string, bigint[]>();
  for (const id of new Set(operator.allocations.map(({ set }) => set))) {
    const { avs, number } = setOf(world.book, id);
    numbers.set(avs, [...(numbers.get(avs) ?? []), number]);
  }
  return [...numbers].map(([avs, ids]) => ({
    target: world.at("avsRegistry"),
    data: contracts.registry.encode("registerForOperatorSets", [avs, ids, "0x"]),
  }));
}

/** Operators join their sets and pledge their stake. */
export function allocateStakes(world: WorldContext): readonly Arrangement[] {
  const { at, book, spec } = world;
  return spec.operators.flatMap((operator): readonly Arrangement[] => {
    const allocations = operator.allocations.filter(({ magnitude }) => magnitude > 0n);
    const params = allocations.map(({ set, strategy, magnitude }) => {
      const { avs, number } = setOf(book, set);
      return [[avs, number], [book.strategies.address(strategy)], [magnitude]];
    });
    const allocate = {
      target: at("allocationManager"),
      data: contracts.allocations.encode("modifyAllocations", [params]),
    };
    const calls = [...joinCalls(world, operator), ...(params.length === 0 ? [] : [allocate])];
    if (calls.length === 0) return [];
    const gasLimit = 2_000_000n + 1_000_000n * BigInt(operator.allocations.length);
    return [{ part: `allocations of ${operator.id}`, actor: book.participants.address(operator.id), calls, gasLimit }];
  });
}
