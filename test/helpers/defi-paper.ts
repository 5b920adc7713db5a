/** States of a DeFi layer on paper, for tests of what is made of them; no chain takes part. */
import { NO_DEFI, type DefiSpec, type DefiView } from "../../src/model/defi/defi.ts";
import type { LendingAccountView, ReserveView } from "../../src/model/defi/lending.ts";
import { inEther } from "../../src/model/defi/nesting.ts";
import type { PoolView } from "../../src/model/defi/pools.ts";
import type { VaultView } from "../../src/model/defi/vaults.ts";
import { worthOfTokens } from "../../src/model/defi/worth.ts";
import type { StakerView, WorldView } from "../../src/model/view.ts";
import type { WorldSpec } from "../../src/model/world-spec.ts";
import { participant, smallWorld } from "./small-world.ts";

const WAD = 10n ** 18n;
const RAY = 10n ** 27n;
export const ETHER = 10n ** 18n;
export const USD = 10n ** 6n;

/** What may differ from one state to the next; amounts in the tokens' smallest parts. */
export interface PaperAmounts {
  readonly time: bigint;
  readonly lstRate: bigint;
  readonly etherPrice: bigint;
  /** Ether in the lender's wallet; weth, lrt and usd in wallets. */
  readonly walletEther: bigint;
  readonly wallets: Readonly<Record<string, Readonly<Record<string, bigint>>>>;
  readonly vaultAssets: bigint;
  readonly vaultDelegated: bigint;
  /** Balances of the pool: weth, lrt. */
  readonly pool: readonly [bigint, bigint];
  readonly adminFees: readonly [bigint, bigint];
  readonly liquidity: Readonly<Record<string, bigint>>;
  readonly accounts: Readonly<Record<string, { supplied?: Record<string, bigint>; borrowed?: Record<string, bigint> }>>;
  readonly cash: Readonly<Record<string, bigint>>;
  readonly treasury: bigint;
  readonly insured: Readonly<Record<string, bigint>>;
  readonly isolated: Readonly<Record<string, { supplied?: bigint; borrowed?: bigint; collateral?: bigint }>>;
  readonly troves: Readonly<Record<string, { debt: bigint; collateral: bigint }>>;
  readonly stability: Readonly<Record<string, bigint>>;
  readonly dollar: { cash: bigint; term: bigint; buffer: bigint; junior: bigint; backstop: bigint; rate: bigint };
  readonly juniorHolders: Readonly<Record<string, bigint>>;
  readonly staked: Readonly<Record<string, bigint>>;
  readonly borrowIndex: bigint;
  readonly liquidityIndex: bigint;
  /** Tokens that exist beside those in sight. */
  readonly hidden: bigint;
}

/** A calm market: everybody has something, nobody is under water. */
export const CALM: PaperAmounts = {
  time: 0n,
  lstRate: (WAD * 11n) / 10n,
  etherPrice: 2_000n * 10n ** 8n,
  walletEther: 5n * ETHER,
  wallets: { lena: { weth: 40n * ETHER }, hodl: { lrt: 60n * ETHER, rusd: 5_000n * ETHER } },
  vaultAssets: 1_000n * ETHER,
  vaultDelegated: 900n * ETHER,
  pool: [500n * ETHER, 450n * ETHER],
  adminFees: [0n, 0n],
  liquidity: { makers: 900n * ETHER },
  accounts: {
    lena: { supplied: { weth: 400n * ETHER } },
    loopers: { supplied: { lrt: 300n * ETHER }, borrowed: { weth: 290n * ETHER } },
  },
  cash: { weth: 160n * ETHER, lrt: 300n * ETHER },
  treasury: 0n,
  insured: { guards: 50n * ETHER },
  isolated: { lena: { supplied: 100n * ETHER }, loopers: { collateral: 50n * ETHER, borrowed: 40n * ETHER } },
  troves: {
    loopers: { debt: 30_000n * ETHER, collateral: 40n * ETHER },
    hodl: { debt: 9_000n * ETHER, collateral: 20n * ETHER },
  },
  stability: { lena: 20_000n * ETHER },
  dollar: { cash: 4_000n * USD, term: 1_000n * USD, buffer: 100n * USD, junior: 200n * USD, backstop: 0n, rate: WAD },
  juniorHolders: { guards: ETHER },
  staked: { "stakers-1": 32n * ETHER, "stakers-2": 64n * ETHER },
  borrowIndex: RAY,
  liquidityIndex: RAY,
  hidden: 0n,
};

const PEOPLE = ["lena", "loopers", "hodl", "makers", "guards", "keepers", "whale"];

const curve = { optimal: 9_000n, base: 0n, slope1: 300n, slope2: 8_000n };
const reserveSpec = (token: string) => ({
  token,
  feed: token,
  ltv: 9_300n,
  lt: 9_500n,
  bonus: 10_100n,
  bonusFee: 1_000n,
  reserveFactor: 1_000n,
  curve,
  supplyCap: null,
  borrowCap: null,
  borrowable: true,
});

const DEFI: DefiSpec = {
  etherFeed: "ether",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
    { id: "usd", kind: "external", decimals: 6, worth: { in: "dollars", value: WAD } },
  ],
  vaults: [
    {
      id: "lrt",
      operators: [{ operator: "operators-1", weight: 1n }],
      strategy: "lst",
      rate: WAD,
      buffer: { target: WAD / 10n, capacity: 0n, drawdownFloor: 0n, minFeeBps: 0n, maxFeeBps: 0n },
      oracle: { mode: "pushed", every: 86_400n, feeBps: 0n },
      queue: { freeze: "claim", cooldown: 0n },
      redeemable: true,
    },
  ],
  funds: [],
  dollars: [
    {
      id: "rusd",
      settlement: "usd",
      reserve: { cash: 0n, fund: null, term: { face: 0n, haircut: 0n } },
      buffer: 0n,
      junior: 0n,
      backstop: 0n,
      redemption: { policy: "pariPassu", minFeeBps: 0n, maxFeeBps: 0n, gate: null, calendar: "always" },
      swap: null,
    },
  ],
  pools: [
    {
      kind: "stableSwap",
      id: "pool",
      tokens: ["weth", "lrt"],
      liquidity: [0n, 0n],
      provider: "makers",
      amplification: 20_000n,
      fee: 4_000_000n,
      offpegMultiplier: 0n,
      scaled: ["lrt"],
      window: 1_800n,
    },
  ],
  feeds: [
    { id: "ether", kind: "reported", answer: 2_000n * 10n ** 8n },
    { id: "weth", kind: "fixed", base: "ether" },
    { id: "lrt", kind: "market", pool: "pool", token: "lrt", against: "weth", window: 0n, base: "ether" },
    { id: "nav", kind: "exchangeRate", token: "lrt", base: "ether" },
  ],
  lending: [
    {
      id: "core",
      reserves: ["weth", "lrt"].map(reserveSpec),
      eModes: [],
      closeFactor: "default",
      flashFeeBps: 0n,
      insurance: [{ token: "weth", offset: 0n, cooldown: 0n, window: 0n, feeBps: 0n }],
    },
  ],
  isolated: [
    {
      id: "iso",
      loan: "weth",
      collateral: "lrt",
      collateralFeed: "lrt",
      loanFeed: "weth",
      lltv: (WAD * 86n) / 100n,
      fee: 0n,
    },
  ],
  cdps: [{ id: "sdusd", branches: [], minDebt: 0n, troves: [], deposits: [] }],
  marketVaults: [],
  balances: {},
  lendingPositions: [],
  isolatedPositions: [],
  marketVaultPositions: [],
  epochVaults: [],
  adapterVaults: [],
  epochPositions: [],
  adapterPositions: [],
};

/** The world whose states these are. */
export function paperDefiSpec(): WorldSpec {
  const small = smallWorld();
  return { ...small, participants: [...small.participants, ...PEOPLE.map((id) => participant(id))], defi: DEFI };
}

const sum = (values: readonly (bigint | undefined)[]): bigint =>
  values.reduce<bigint>((all, one) => all + (one ?? 0n), 0n);
const held = (amounts: PaperAmounts, token: string): bigint =>
  sum(Object.values(amounts.wallets).map((wallet) => wallet[token]));

function reserveView(amounts: PaperAmounts, token: string): ReserveView {
  const accounts = Object.values(amounts.accounts);
  const debt = sum(accounts.map(({ borrowed }) => borrowed?.[token]));
  const treasury = token === "weth" ? amounts.treasury : 0n;
  const insured = token === "weth" ? sum(Object.values(amounts.insured)) : 0n;
  const cash = amounts.cash[token] ?? 0n;
  return {
    price: amounts.etherPrice,
    cash,
    debt,
    supplied: sum(accounts.map(({ supplied }) => supplied?.[token])) + treasury + insured,
    treasury,
    deficit: 0n,
    liquidityIndex: token === "weth" ? amounts.liquidityIndex : RAY,
    borrowIndex: token === "weth" ? amounts.borrowIndex : RAY,
    liquidityRate: RAY / 50n,
    borrowRate: RAY / 40n,
    utilisation: cash + debt === 0n ? 0n : (debt * WAD) / (cash + debt),
    ltv: 9_300n,
    lt: 9_500n,
    bonus: 10_100n,
    bonusFee: 1_000n,
    supplyCap: null,
    borrowCap: null,
    paused: false,
    frozen: false,
  };
}

/** Dollars with 8 decimals of an amount, at par with ether. */
const inDollars = (amounts: PaperAmounts, amount: bigint): bigint => (amount * amounts.etherPrice) / ETHER;

function accountView(amounts: PaperAmounts, account: PaperAmounts["accounts"][string]): LendingAccountView {
  const collateral = inDollars(amounts, sum(Object.values(account.supplied ?? {})));
  const debt = inDollars(amounts, sum(Object.values(account.borrowed ?? {})));
  return {
    health: debt === 0n ? null : (collateral * 95n * WAD) / (100n * debt),
    collateral,
    debt,
    lt: 9_500n,
    ltv: 9_300n,
    eMode: null,
    supplied: account.supplied ?? {},
    borrowed: account.borrowed ?? {},
    asCollateral: Object.keys(account.supplied ?? {}),
  };
}

function vaultView(amounts: PaperAmounts, supply: bigint): VaultView {
  const { vaultAssets: assets, vaultDelegated, lstRate } = amounts;
  return {
    supply,
    assets,
    reportedRate: WAD,
    liveRate: supply === 0n ? 0n : inEther((assets * WAD) / supply, lstRate),
    buffer: assets - vaultDelegated,
    strategy: "lst",
    delegated: { "operators-1": vaultDelegated },
    queued: 0n,
    owed: 0n,
    deficit: 0n,
    instantFeeBps: 0n,
    requests: [],
    pushedAt: 0n,
    paused: false,
    holders: {},
  };
}

function poolView({ pool, adminFees, liquidity }: PaperAmounts): PoolView {
  return {
    kind: "stableSwap",
    tokens: ["weth", "lrt"],
    balances: pool,
    adminFees,
    supply: sum(Object.values(liquidity)),
    rates: [WAD, WAD],
    amplification: 20_000n,
    fee: 4_000_000n,
    offpegMultiplier: 0n,
    virtualPrice: WAD,
    spot: [WAD, WAD],
    average: [WAD, WAD],
    holders: liquidity,
    paused: false,
  };
}

function cdpView(amounts: PaperAmounts): DefiView["cdps"] {
  const { troves, stability } = amounts;
  const deposits = Object.entries(stability).map(
    ([id, compounded]) => [id, { compounded, gain: 0n, income: 0n }] as const,
  );
  const branch = {
    collateral: "weth",
    price: 2_000n * WAD,
    totalDebt: sum(Object.values(troves).map(({ debt }) => debt)),
    totalCollateral: sum(Object.values(troves).map(({ collateral }) => collateral)),
    shutdown: false,
    pool: { total: sum(Object.values(stability)), collateral: 0n, pending: 0n, deposits: Object.fromEntries(deposits) },
    troves: Object.fromEntries(
      Object.entries(troves).map(([id, trove]) => [id, { ...trove, rate: 0n, yearly: 0n, icr: WAD, zombie: false }]),
    ),
    surplus: {},
  };
  return { sdusd: { supply: branch.totalDebt, baseRate: 0n, branches: { weth: branch } } };
}

function dollarView(amounts: PaperAmounts): DefiView["dollars"][string] {
  const { cash, term, buffer, junior, backstop, rate } = amounts.dollar;
  return {
    settlement: "usd",
    supply: held(amounts, "rusd"),
    cash,
    fundShares: 0n,
    fundMarked: 0n,
    termFace: term,
    termMarked: term,
    buffer,
    junior,
    backstop,
    backing: rate,
    redemptionRate: rate,
    feeBps: 0n,
    gateOpen: true,
    gateRemaining: 0n,
    queue: [],
    swapCash: 0n,
    swapFrozen: false,
    swapHalted: false,
    frozen: [],
    holders: {},
    juniorHolders: amounts.juniorHolders,
  };
}

function supplies(amounts: PaperAmounts): Readonly<Record<string, bigint>> {
  const { pool, adminFees, cash, isolated, troves, dollar, staked, vaultAssets, stability, hidden } = amounts;
  const places = Object.values(isolated);
  const free = sum(places.map(({ supplied }) => supplied)) - sum(places.map(({ borrowed }) => borrowed));
  const trove = sum(Object.values(troves).map(({ collateral }) => collateral));
  return {
    weth: held(amounts, "weth") + pool[0] + adminFees[0] + (cash["weth"] ?? 0n) + free + trove + hidden,
    wlst: sum(Object.values(staked)) + vaultAssets + hidden,
    usd: held(amounts, "usd") + dollar.cash + dollar.buffer + dollar.junior + dollar.backstop + hidden,
    lrt:
      held(amounts, "lrt") +
      pool[1] +
      adminFees[1] +
      (cash["lrt"] ?? 0n) +
      sum(places.map((place) => place.collateral)),
    rusd: held(amounts, "rusd"),
    pool: sum(Object.values(amounts.liquidity)) + hidden,
    sdusd: held(amounts, "sdusd") + sum(Object.values(stability)),
  };
}

function defiView(amounts: PaperAmounts): DefiView {
  const own = supplies(amounts);
  const wallets = { ...amounts.wallets };
  for (const [id, shares] of Object.entries(amounts.liquidity)) wallets[id] = { ...wallets[id], pool: shares };
  const guards = Object.entries(amounts.insured).map(([id, assets]) => {
    return [id, { shares: assets, assets, cooldownShares: 0n, leavesAt: null }] as const;
  });
  const insured = sum(Object.values(amounts.insured));
  const accounts = Object.entries(amounts.accounts).map(
    ([id, account]) => [id, accountView(amounts, account)] as const,
  );
  const positions = Object.entries(amounts.isolated).map(([id, { supplied = 0n, borrowed = 0n, collateral = 0n }]) => {
    return [
      id,
      { supplyShares: 0n, supplied, borrowShares: 0n, borrowed, collateral, healthy: true, health: null },
    ] as const;
  });
  const totals = Object.values(amounts.isolated);
  return {
    ...NO_DEFI,
    etherPrice: amounts.etherPrice,
    tokens: Object.fromEntries(
      Object.entries(own).map(([id, supply]) => [id, { decimals: id === "usd" ? 6 : 18, supply, worth: 0n }]),
    ),
    balances: wallets,
    vaults: { lrt: vaultView(amounts, own["lrt"] ?? 0n) },
    dollars: { rusd: dollarView(amounts) },
    pools: { pool: poolView(amounts) },
    lending: {
      core: {
        eModes: [],
        closeFactor: "default",
        flashFeeBps: 0n,
        reserves: { weth: reserveView(amounts, "weth"), lrt: reserveView(amounts, "lrt") },
        accounts: Object.fromEntries(accounts),
        insurance: {
          weth: {
            assets: insured,
            shares: insured,
            offset: 0n,
            pending: 0n,
            paused: false,
            stakers: Object.fromEntries(guards),
          },
        },
      },
    },
    isolated: {
      iso: {
        loan: "weth",
        collateral: "lrt",
        lltv: (WAD * 86n) / 100n,
        lif: WAD,
        totalSupply: sum(totals.map(({ supplied }) => supplied)),
        totalSupplyShares: 0n,
        totalBorrow: sum(totals.map(({ borrowed }) => borrowed)),
        totalBorrowShares: 0n,
        price: 10n ** 36n,
        borrowRate: 0n,
        feeShares: 0n,
        positions: Object.fromEntries(positions),
      },
    },
    cdps: cdpView(amounts),
  };
}

function stakerViews(amounts: PaperAmounts, spec: WorldSpec): Record<string, StakerView> {
  return Object.fromEntries(
    spec.participants.map(({ id, delegatedTo }) => {
      const withdrawable = amounts.staked[id] ?? 0n;
      const stake = { depositShares: withdrawable, scalingFactor: WAD, withdrawable, beaconFactor: WAD };
      const ether = id === "lena" ? amounts.walletEther : 0n;
      return [id, { delegatedTo, ether, lst: 0n, tokens: {}, rewardTokens: 0n, stakes: { lst: stake } }];
    }),
  );
}

/** A state of that world, `over` a calm one. */
export function paperDefi(over: Partial<PaperAmounts> = {}): WorldView {
  const amounts = { ...CALM, ...over };
  const spec = paperDefiSpec();
  const balance = sum(Object.values(amounts.staked)) + amounts.vaultDelegated;
  return {
    time: amounts.time,
    clock: amounts.time,
    lst: {
      rate: amounts.lstRate,
      totalEther: 0n,
      totalShares: 0n,
      bunker: false,
      validatorBalance: 0n,
      unfinalized: 0n,
      requests: [],
    },
    strategies: {
      lst: { totalShares: balance, balance, etherPerToken: amounts.lstRate, native: false },
    },
    operators: {},
    allocations: [],
    sets: {},
    stakers: stakerViews(amounts, spec),
    withdrawals: [],
    escrows: [],
    services: {},
    cases: [],
    rewards: { submissions: [], roots: [], claimed: {}, claimable: {} },
    paused: [],
    defi: worthOfTokens(defiView(amounts), DEFI, amounts.lstRate),
  };
}
