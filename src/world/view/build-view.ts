import type {
  AllocationView,
  EscrowView,
  LstView,
  MemberView,
  OperatorView,
  SetView,
  StakerView,
  StrategyView,
  WithdrawalView,
  WorldView,
} from "../../model/view.ts";
import { valueOf } from "../../model/view-values.ts";
import { WAD } from "../../units/units.ts";
import { setName, setOf } from "../address-book.ts";
import type { Journal } from "../journal.ts";
import type { WorldContext } from "../world-context.ts";
import { pausedNames } from "./paused.ts";
import type { KnownSet, MemberState, RawState, StakerState } from "./raw-state.ts";
import { holdersOf } from "./scope.ts";
import { casesView, rewardsView, servicesView } from "./side-views.ts";

function strategyViews(world: WorldContext, raw: RawState): Record<string, StrategyView> {
  const { totalEther, totalShares } = raw.pool;
  const rate = totalShares === 0n ? WAD : (totalEther * WAD) / totalShares;
  return Object.fromEntries(
    world.spec.strategies.map((strategy, index) => {
      const { id, asset } = strategy;
      const { totalShares: shares = 0n, balance = 0n } = raw.strategies[index] ?? {};
      const ofShares = asset === "share" ? (raw.defi.vaults[strategy.vault]?.liveRate ?? 0n) : WAD;
      const etherPerToken = asset === "lst" ? rate : ofShares;
      const own = asset === "share" ? { vault: strategy.vault } : {};
      return [id, { totalShares: shares, balance, etherPerToken, ...own, native: asset === "native" }];
    }),
  );
}

function operatorViews(world: WorldContext, raw: RawState): Record<string, OperatorView> {
  const { clock, spec } = world;
  return Object.fromEntries(
    spec.operators.map(({ id }) => {
      const state = raw.operators.get(id);
      const strategies = spec.strategies.map(({ id: strategy }, at) => {
        const none = { shares: 0n, maxMagnitude: WAD, encumbered: 0n, allocatable: WAD };
        return [strategy, state?.stakes[at] ?? none] as const;
      });
      const view: OperatorView = {
        registered: state?.registered ?? false,
        allocationDelay: (state?.allocationDelay ?? 0n) * clock.secondsPerUnit,
        strategies: Object.fromEntries(strategies),
        splitBips: Number(raw.splits.get(id) ?? 0n),
      };
      return [id, view];
    }),
  );
}

function memberView(world: WorldContext, operator: string, state: MemberState): MemberView {
  const { clock } = world;
  return {
    operator,
    registered: state.registered,
    registeredAt: clock.time(state.registeredAt),
    slashableUntil: state.registered ? null : clock.time(state.slashableUntil),
    slashable: state.slashable,
  };
}

/** A participant where one slashes directly, else the kind of module. */
function slasherName(world: WorldContext, address: string): string {
  const participant = world.book.participants.name(address);
  if (participant !== null) return participant;
  for (const kind of ["instant", "veto", "optimistic"]) {
    if (world.at(`${kind}Slasher`) === address) return `module:${kind}`;
  }
  return address;
}

function setView(world: WorldContext, at: { id: string; state: KnownSet; members: readonly string[] }): SetView {
  const { id, state, members } = at;
  const { spec } = setOf(world.book, id);
  const views = members.flatMap((operator) => {
    const member = state.members.get(operator);
    return member === undefined || member.registeredAt === 0n ? [] : [memberView(world, operator, member)];
  });
  const pending = BigInt(state.pendingSlasher) !== 0n;
  return {
    avs: spec.avs,
    strategies: spec.strategies,
    members: views,
    slashable: 0n,
    slashCount: state.slashCount,
    slasher: slasherName(world, state.slasher),
    pendingSlasher: pending
      ? {
          slasher: slasherName(world, state.pendingSlasher),
          effectAt: world.clock.time(state.pendingSlasherAt),
        }
      : null,
  };
}

function allocationViews(world: WorldContext, raw: RawState, journal: Journal): readonly AllocationView[] {
  const { book, clock, spec } = world;
  return spec.sets.flatMap(({ id }) => {
    const state = raw.sets.get(id);
    const operators = journal.members.get(id) ?? [];
    return operators.flatMap((operator) =>
      (state?.members.get(operator)?.allocations ?? []).map((allocation, index): AllocationView => {
        const { current, pendingDiff: pending, effectAt, ...shares } = allocation;
        return {
          operator,
          set: id,
          strategy: book.strategies.name(state?.strategies[index] ?? "") ?? "",
          current,
          pending,
          effectAt: effectAt > raw.clock ? clock.time(effectAt) : null,
          ...shares,
        };
      }),
    );
  });
}

function stakerView(world: WorldContext, raw: RawState, state: StakerState): StakerView {
  const { book, spec } = world;
  const { totalEther, totalShares } = raw.pool;
  const stakes = spec.strategies.map(({ id, asset }, index) => {
    const { depositShares = 0n, scalingFactor = WAD, withdrawable = 0n } = state.stakes[index] ?? {};
    const beaconFactor = asset === "native" ? state.beaconFactor : WAD;
    return [id, { depositShares, scalingFactor, withdrawable, beaconFactor }] as const;
  });
  const tokens = spec.strategies.map(({ id }, index) => [id, state.stakes[index]?.tokens ?? 0n] as const);
  const wrapped = spec.strategies.findIndex(({ asset }) => asset === "lst");
  const wrappedShares = wrapped === -1 ? 0n : (state.stakes[wrapped]?.tokens ?? 0n);
  const ether = (shares: bigint): bigint => (totalShares === 0n ? 0n : (shares * totalEther) / totalShares);
  return {
    delegatedTo: book.participants.name(state.delegatedTo),
    ether: state.wallet,
    lst: ether(state.liquidShares) + ether(wrappedShares),
    tokens: Object.fromEntries(tokens),
    rewardTokens: state.rewardTokens,
    stakes: Object.fromEntries(stakes),
  };
}

function withdrawalViews(world: WorldContext, raw: RawState, journal: Journal): readonly WithdrawalView[] {
  const { clock, spec } = world;
  const delay = clock.units(spec.delays.withdrawal);
  return [...journal.withdrawals.values()].map((withdrawal) => {
    const { number, id, staker, operator, strategy, scaledShares, start } = withdrawal;
    return {
      id,
      staker,
      operator,
      strategy,
      scaledShares,
      shares: raw.releasable.get(number) ?? 0n,
      queuedAt: clock.time(start),
      slashableUntil: clock.time(start + delay),
      completableAt: clock.time(start + delay + 1n),
    };
  });
}

function setViews(world: WorldContext, at: { raw: RawState; journal: Journal }, slashable: Map<string, bigint>) {
  const { raw, journal } = at;
  return Object.fromEntries(
    world.spec.sets.flatMap(({ id }): [string, SetView][] => {
      const state = raw.sets.get(id);
      if (state === undefined) return [];
      const view = setView(world, { id, state, members: journal.members.get(id) ?? [] });
      return [[id, { ...view, slashable: slashable.get(id) ?? 0n }]];
    }),
  );
}

export function lstView({ pool }: RawState, journal: Journal): LstView {
  const { totalEther, totalShares, bunkerSince, validatorBalance, unfinalized } = pool;
  return {
    rate: totalShares === 0n ? WAD : (totalEther * WAD) / totalShares,
    totalEther,
    totalShares,
    bunker: bunkerSince !== 0n,
    validatorBalance,
    unfinalized,
    requests: [...journal.unstakes.values()].map((request) => ({ ...request })),
  };
}

function escrowViews({ book, clock }: WorldContext, raw: RawState): readonly EscrowView[] {
  return raw.escrow.map(({ set, slashId, strategy, shares, releasableAt }) => ({
    set: setName(book, set.avs, set.id) ?? set.avs,
    slashId,
    strategy: book.strategies.name(strategy) ?? strategy,
    shares,
    releasableAt: clock.time(releasableAt),
  }));
}

/** Puts a read and the journal together: the whole state under the scenario's names. */
export function buildView(world: WorldContext, raw: RawState, journal: Journal): WorldView {
  const { clock } = world;
  const strategies = strategyViews(world, raw);
  const allocations = allocationViews(world, raw, journal);
  const slashable = new Map<string, bigint>();
  for (const { set, strategy, slashableShares } of allocations) {
    slashable.set(set, (slashable.get(set) ?? 0n) + valueOf({ strategies }, strategy, slashableShares));
  }
  const stakers = holdersOf(world).flatMap((id) => {
    const state = raw.stakers.get(id);
    return state === undefined ? [] : [[id, stakerView(world, raw, state)] as const];
  });
  return {
    time: clock.time(raw.clock),
    clock: raw.clock,
    lst: lstView(raw, journal),
    strategies,
    operators: operatorViews(world, raw),
    allocations,
    sets: setViews(world, { raw, journal }, slashable),
    stakers: Object.fromEntries(stakers),
    withdrawals: withdrawalViews(world, raw, journal),
    escrows: escrowViews(world, raw),
    services: servicesView(journal),
    cases: casesView(journal, raw.clock, clock),
    rewards: rewardsView(world, raw, journal),
    paused: pausedNames(raw.paused),
    defi: raw.defi,
  };
}
