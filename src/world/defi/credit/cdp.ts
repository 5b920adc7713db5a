import type { Part } from "../../../../deploy/parts.ts";
import type { CdpBranchView, CdpSpec, CdpView } from "../../../model/defi/credit.ts";
import type { DefiView } from "../../../model/defi/defi.ts";
import { PROTOCOL } from "../../../model/names.ts";
import { WAD } from "../../../units/units.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { DefiDomain, DefiPartsContext, DefiReading, DefiWorld } from "../domain.ts";
import { feedPart } from "../markets/market-contracts.ts";
import { approveCall } from "../tokens/tokens.ts";
import { cdpFacts } from "./cdp-facts.ts";
import {
  branchPart,
  CDP_LENS,
  credit,
  maxAgeOf,
  MOST,
  NOBODY,
  registryPart,
  stabilityPart,
  syntheticPart,
} from "./credit-contracts.ts";

type BranchSpec = CdpSpec["branches"][number];

interface AccountState {
  readonly troveId: bigint;
  readonly yieldGain: bigint;
  readonly debt: bigint;
  readonly collateral: bigint;
  readonly rate: bigint;
  readonly weightedDebt: bigint;
  readonly ratio: bigint;
  readonly isZombie: boolean;
  readonly deposit: bigint;
  readonly gain: bigint;
  readonly surplus: bigint;
}

interface BranchState {
  readonly price: bigint;
  readonly debt: bigint;
  readonly collateral: bigint;
  readonly isShutDown: boolean;
  readonly deposits: bigint;
  readonly pendingYield: bigint;
  readonly poolCollateral: bigint;
  readonly accounts: readonly AccountState[];
}

function branchParts(cdp: CdpSpec, branch: BranchSpec, { defi, actorOf, token }: DefiPartsContext): readonly Part[] {
  const [dollar, collateral] = [`@${syntheticPart(cdp.id)}`, token(branch.collateral)];
  const terms = {
    collateral,
    feed: `@${feedPart(branch.feed)}`,
    maxAge: maxAgeOf(defi.feeds, branch.feed),
    registry: `@${registryPart(cdp.id)}`,
    treasury: actorOf(PROTOCOL),
    gasToken: NOBODY,
    gasReserve: 0n,
    minDebt: cdp.minDebt,
    minRatio: branch.mcr,
    criticalRatio: branch.ccr,
    shutdownRatio: branch.scr,
    poolPenalty: branch.poolPenalty,
    redistributionPenalty: branch.redistributionPenalty,
  };
  const id = branchPart(cdp.id, branch.id);
  return [
    { id, contract: "CollateralBranch", args: [actorOf(PROTOCOL), dollar, terms] },
    { id: stabilityPart(cdp.id, branch.id), contract: "StabilityPool", args: [`@${id}`, dollar, collateral] },
  ];
}

function parts(context: DefiPartsContext): readonly Part[] {
  const { defi, actorOf } = context;
  if (defi.cdps.length === 0) return [];
  const own = defi.cdps.flatMap((cdp): readonly Part[] => [
    {
      id: registryPart(cdp.id),
      contract: "BranchRegistry",
      args: [actorOf(PROTOCOL), `@${syntheticPart(cdp.id)}`, WAD],
    },
    ...cdp.branches.flatMap((branch) => branchParts(cdp, branch, context)),
  ]);
  return [{ id: CDP_LENS, contract: "CdpLens", args: [] }, ...own];
}

/** Branches learn their pools, and may mint. */
function wire(world: DefiWorld): readonly Arrangement[] {
  const actor = world.book.participants.address(PROTOCOL);
  return world.defi.cdps.flatMap((cdp) =>
    cdp.branches.map((branch): Arrangement => {
      const [at, pool] = [world.at(branchPart(cdp.id, branch.id)), world.at(stabilityPart(cdp.id, branch.id))];
      const calls = [
        { target: world.token(cdp.id), data: credit.dollar.encode("authorize", [at]) },
        { target: at, data: credit.branch.encode("setStabilityPool", [pool]) },
        { target: world.at(registryPart(cdp.id)), data: credit.registry.encode("addBranch", [at]) },
      ];
      return { part: `branch ${branch.id} of ${cdp.id}`, actor, calls };
    }),
  );
}

/** The soundest first: nobody may open a trove that leaves its branch critical. */
function openTroves(world: DefiWorld): readonly Arrangement[] {
  return world.defi.cdps.flatMap((cdp) => {
    const sorted = [...cdp.troves].sort((a, b) => (b.collateral * a.debt > a.collateral * b.debt ? 1 : -1));
    return sorted.map((trove): Arrangement => {
      const branch = cdp.branches.find(({ id }) => id === trove.branch);
      const target = world.at(branchPart(cdp.id, trove.branch));
      const data = credit.branch.encode("openTrove", [trove.collateral, trove.debt, trove.rate, MOST]);
      const calls = [approveCall(world, branch?.collateral ?? "", target), { target, data }];
      const actor = world.book.participants.address(trove.participant);
      return { part: `trove of ${trove.participant} in ${cdp.id}`, actor, calls };
    });
  });
}

function fillPools(world: DefiWorld): readonly Arrangement[] {
  return world.defi.cdps.flatMap((cdp) =>
    cdp.deposits.map(({ branch, participant, amount }): Arrangement => {
      const target = world.at(stabilityPart(cdp.id, branch));
      const deposit = { target, data: credit.stabilityPool.encode("deposit", [amount]) };
      const actor = world.book.participants.address(participant);
      const calls = [approveCall(world, cdp.id, target), deposit];
      return { part: `stability deposit of ${participant} in ${cdp.id}`, actor, calls };
    }),
  );
}

/** Keeps the accounts that have what is asked for. */
function eachWith<T>(
  accounts: readonly string[],
  state: BranchState,
  pick: (account: AccountState) => T | null,
): Readonly<Record<string, T>> {
  const found = accounts.flatMap((id, at) => {
    const account = state.accounts[at];
    const picked = account === undefined ? null : pick(account);
    return picked === null ? [] : [[id, picked] as const];
  });
  return Object.fromEntries(found);
}

function toBranch(spec: BranchSpec, state: BranchState, accounts: readonly string[]): CdpBranchView {
  return {
    collateral: spec.collateral,
    price: state.price,
    totalDebt: state.debt,
    totalCollateral: state.collateral,
    shutdown: state.isShutDown,
    pool: {
      total: state.deposits,
      collateral: state.poolCollateral,
      pending: state.pendingYield,
      deposits: eachWith(accounts, state, ({ deposit: compounded, gain, yieldGain: income }) =>
        compounded + gain + income === 0n ? null : { compounded, gain, income },
      ),
    },
    troves: eachWith(accounts, state, (account) => {
      const { troveId, debt, collateral, rate, ratio: icr, isZombie: zombie } = account;
      return troveId === 0n ? null : { debt, collateral, rate, yearly: account.weightedDebt / WAD, icr, zombie };
    }),
    surplus: eachWith(accounts, state, ({ surplus }) => (surplus === 0n ? null : surplus)),
  };
}

/** Who has something in a branch, and who may have since the last step. */
function accountsOf({ world, changed, before }: DefiReading): readonly string[] {
  const branches = Object.values(before?.cdps ?? {}).flatMap((cdp) => Object.values(cdp.branches));
  const known = new Set(
    branches.flatMap(({ troves, pool, surplus }) =>
      [troves, pool.deposits, surplus].flatMap((own) => Object.keys(own)),
    ),
  );
  const everybody = world.spec.participants.map(({ id }) => id);
  return everybody.filter((id) => changed?.has(id) !== false || known.has(id));
}

async function read(reading: DefiReading): Promise<Partial<DefiView>> {
  const { world, ask } = reading;
  const specs = world.defi.cdps;
  if (specs.length === 0) return {};
  const accounts = accountsOf(reading);
  const addresses = accounts.map((id) => world.book.participants.address(id));
  const answers = await ask(
    specs.map(({ id }) => ({
      target: world.at(CDP_LENS),
      data: credit.cdpLens.encode("read", [world.at(registryPart(id)), addresses]),
    })),
  );
  const views = specs.map((cdp, which): readonly [string, CdpView] => {
    const { supply, baseRate, states } = credit.cdpLens.decode("read", answers[which] ?? "");
    const branches = cdp.branches.flatMap((branch, at) => {
      const state = (states as unknown as readonly BranchState[])[at];
      return state === undefined ? [] : [[branch.id, toBranch(branch, state, accounts)] as const];
    });
    return [cdp.id, { supply: supply as bigint, baseRate: baseRate as bigint, branches: Object.fromEntries(branches) }];
  });
  return { cdps: Object.fromEntries(views) };
}

/** The synthetic dollars themselves, which pools and markets may hold. */
export const synthetics: DefiDomain = {
  name: "synthetics",
  parts: ({ defi, actorOf }) =>
    defi.cdps.map(({ id }) => ({ id: syntheticPart(id), contract: "SyntheticDollar", args: [actorOf(PROTOCOL)] })),
  tokens: ({ cdps }) => Object.fromEntries(cdps.map(({ id }) => [id, syntheticPart(id)])),
  read: async () => await Promise.resolve({}),
};

/** Branches of debt in a synthetic dollar, with their stability pools. */
export const cdp: DefiDomain = {
  name: "cdp",
  parts,
  demands: ({ cdps }) =>
    cdps.flatMap(({ branches, troves }) =>
      troves.map(({ branch: id, participant, collateral: amount }) => {
        const token = branches.find((branch) => branch.id === id)?.collateral ?? "";
        return { participant, token, amount };
      }),
    ),
  arrange: { wire, borrow: (world) => [...openTroves(world), ...fillPools(world)] },
  read,
  readers: (world) =>
    world.defi.cdps.flatMap(({ id, branches }) => [
      { address: world.at(registryPart(id)), decoder: credit.registry },
      ...branches.flatMap((branch) => [
        { address: world.at(branchPart(id, branch.id)), decoder: credit.branch },
        { address: world.at(stabilityPart(id, branch.id)), decoder: credit.stabilityPool },
      ]),
    ]),
  facts: cdpFacts,
};
