import { expect } from "chai";

import { NO_DEFI } from "../../../../src/model/defi/defi.ts";
import { stakeSnapshot } from "../../../../src/analysis/rewards-stake.ts";
import type { AllocationView, OperatorView, StakerView, WorldView } from "../../../../src/model/view.ts";

const WAD = 10n ** 18n;

const staker = (delegatedTo: string | null, stakes: Readonly<Record<string, bigint>>): StakerView => ({
  delegatedTo,
  ether: 0n,
  lst: 0n,
  tokens: {},
  rewardTokens: 0n,
  stakes: Object.fromEntries(
    Object.entries(stakes).map(([strategy, withdrawable]) => [
      strategy,
      { depositShares: withdrawable, scalingFactor: WAD, withdrawable, beaconFactor: WAD },
    ]),
  ),
});

const operator = (stakes: Readonly<Record<string, bigint>>, splitBips: number): OperatorView => ({
  registered: true,
  allocationDelay: 0n,
  splitBips,
  strategies: Object.fromEntries(
    Object.entries(stakes).map(([strategy, shares]) => [
      strategy,
      { shares, maxMagnitude: WAD, encumbered: WAD, allocatable: 0n },
    ]),
  ),
});

const allocation = (changes: Partial<AllocationView>): AllocationView => ({
  operator: "op",
  set: "oracle",
  strategy: "plain",
  current: WAD,
  pending: 0n,
  effectAt: null,
  slashableShares: 0n,
  minSlashableShares: 0n,
  slashableInQueue: 0n,
  ...changes,
});

const world = (changes: Partial<WorldView>): WorldView => ({
  time: 12n,
  clock: 1n,
  lst: {
    rate: WAD,
    totalEther: 0n,
    totalShares: 0n,
    bunker: false,
    validatorBalance: 0n,
    unfinalized: 0n,
    requests: [],
  },
  strategies: {
    plain: { totalShares: 0n, balance: 0n, etherPerToken: WAD, native: false },
    wrapped: { totalShares: 0n, balance: 0n, etherPerToken: 2n * WAD, native: false },
  },
  operators: {},
  allocations: [],
  sets: {},
  stakers: {},
  withdrawals: [],
  escrows: [],
  services: {},
  cases: [],
  rewards: { submissions: [], roots: [], claimed: {}, claimable: {} },
  paused: [],
  defi: NO_DEFI,
  ...changes,
});

describe("stakeSnapshot", () => {
  const view = world({
    operators: { op: operator({ plain: 400n, wrapped: 100n }, 700), idle: operator({}, 0) },
    stakers: {
      alice: staker("op", { plain: 300n, wrapped: 100n }),
      bob: staker("op", { plain: 99n }),
      carol: staker(null, { plain: 50n }),
      dan: staker("op", {}),
    },
    allocations: [
      allocation({ slashableShares: 200n }),
      allocation({ strategy: "wrapped", slashableShares: 50n }),
      allocation({ set: "bridge", slashableShares: 0n }),
      allocation({ operator: "idle", slashableShares: 0n }),
    ],
  });

  it("weighs an operator by its slashable value and each staker by the same part of its own", () => {
    expect(stakeSnapshot(view)).to.deep.equal({
      at: 12n,
      sets: {
        oracle: [
          {
            operator: "op",
            splitBips: 700,
            weight: 300n,
            stakers: [
              { staker: "alice", weight: 250n },
              { staker: "bob", weight: 49n },
            ],
          },
        ],
      },
    });
  });

  it("takes splits by set when told", () => {
    const { oracle } = stakeSnapshot(view, (id, set) => (id === "op" && set === "oracle" ? 42 : 0)).sets;

    expect(oracle?.[0]?.splitBips).to.equal(42);
  });

  it("is empty where nothing is slashable", () => {
    expect(stakeSnapshot(world({})).sets).to.deep.equal({});
  });
});
