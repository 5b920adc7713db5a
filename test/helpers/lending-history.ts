/** A pooled market on the chain beside its model, for random histories. */
import type { NetworkConnection } from "hardhat/types/network";

import { InsuranceModel } from "./insurance-model.ts";
import { CURVE, deployLending, USD, type ReserveParameters } from "./lending.ts";
import { LendingModel } from "./lending-model.ts";
import type { ModelPolicy } from "./lending-terms.ts";
import { viewsBy } from "./views.ts";

export const PEOPLE = ["alice", "bob", "carol", "dave"] as const;
export type Person = (typeof PEOPLE)[number];
/** What tokens people have; the model counts from there. */
const WEALTH = 10n ** 40n;
const DAY = 86_400n;

type Listing = Required<Omit<ReserveParameters, "token">>;

const common = { reserveFactorBps: 1_000n, liquidationFeeBps: 1_000n, supplyCap: 0n, borrowCap: 0n, curve: CURVE };

/** Dollars, bitcoin, ether and a restaking token, with 6, 8, 18 and 18 decimals. */
export const LISTINGS = {
  usd: {
    ...{ ...common, decimals: 6, price: USD, ltvBps: 7_500n, ltBps: 7_800n, bonusBps: 10_450n },
    curve: { optimalBps: 9_200n, baseBps: 10n, slope1Bps: 550n, slope2Bps: 4_000n },
    borrowCap: 3n * 10n ** 13n,
  },
  btc: {
    ...{ ...common, decimals: 8, price: 60_000n * USD, ltvBps: 7_300n, ltBps: 7_800n, bonusBps: 10_500n },
    ...{ reserveFactorBps: 2_000n, supplyCap: 2_000n * 10n ** 8n },
    curve: { optimalBps: 4_500n, baseBps: 0n, slope1Bps: 400n, slope2Bps: 30_000n },
  },
  ether: { ...common, decimals: 18, price: 3_500n * USD, ltvBps: 7_850n, ltBps: 8_100n, bonusBps: 10_500n },
  lrt: {
    ...{ ...common, decimals: 18, price: 3_600n * USD + 7n, ltvBps: 7_250n, ltBps: 7_500n, bonusBps: 10_750n },
    ...{ reserveFactorBps: 1_500n, liquidationFeeBps: 0n },
  },
} as const satisfies Readonly<Record<string, Listing>>;

export type Asset = keyof typeof LISTINGS;
export const ASSETS = Object.keys(LISTINGS) as readonly Asset[];

/** E-modes: ether against its restaking token; dollars alone. */
const MODES = {
  "1": {
    ...{ risk: { ltvBps: 9_300n, ltBps: 9_500n, bonusBps: 10_100n } },
    ...{ collateral: ["ether", "lrt"], borrowable: ["ether"] },
  },
  "2": {
    ...{ risk: { ltvBps: 9_000n, ltBps: 9_300n, bonusBps: 10_150n } },
    ...{ collateral: ["usd"], borrowable: ["usd", "btc"] },
  },
};

/** Close factors: the default, a fixed part, everything. */
const CLOSE_FACTORS = { default: 0, fixed: 1, full: 2 };

export type CloseFactor = keyof typeof CLOSE_FACTORS;

const bitsOf = (assets: readonly string[]): bigint =>
  assets.reduce((bits, asset) => bits | (1n << BigInt(ASSETS.indexOf(asset as Asset))), 0n);

export const termsOf = (listing: Listing) => ({
  ...{ reserveFactorBps: listing.reserveFactorBps, liquidationFeeBps: listing.liquidationFeeBps },
  ...{ supplyCap: listing.supplyCap, borrowCap: listing.borrowCap },
  risk: { ltvBps: listing.ltvBps, ltBps: listing.ltBps, bonusBps: listing.bonusBps },
});

/** Deploys the market and makes its model; nobody has done anything yet. */
export async function openHistory(connection: NetworkConnection, closeFactor: CloseFactor) {
  const { ethers } = connection;
  const world = await deployLending(connection, {
    ...{ closeFactor: CLOSE_FACTORS[closeFactor], closeFactorBps: 3_000n },
  });
  const { pool, book, list, treasury, makeFeed, alice, bob, carol, dave } = world;
  const assets = {
    usd: await list(LISTINGS.usd),
    btc: await list(LISTINGS.btc),
    ether: await list(LISTINGS.ether),
    lrt: await list(LISTINGS.lrt),
  };
  for (const [mode, { risk, collateral, borrowable }] of Object.entries(MODES)) {
    await book.setCategory(mode, {
      ...{ risk, collateralBits: bitsOf(collateral), borrowableBits: bitsOf(borrowable) },
    });
  }
  // A feed of other decimals: what it tells beyond the eighth does not count.
  const fine = await makeFeed(LISTINGS.lrt.price * 10n ** 4n + 9_999n, 12);
  await book.setTerms(assets.lrt.asset, { ...assets.lrt.listing, feed: fine });
  const receiver = await ethers.deployContract("FlashBorrower__MockForLending");
  for (const { asset } of Object.values(assets)) await asset.mint(receiver, WEALTH);
  const terms = { offset: 1_000_000n, feeBps: 1_000n, cooldown: 20n * DAY, window: 2n * DAY };
  const module = await ethers.deployContract("InsuranceModule", [
    {
      ...{ ...terms, owner: carol, pool, reserve: assets.usd.asset, underlying: assets.ether.asset },
      ...{ underlyingFeed: assets.ether.feed, maxAge: 2n ** 40n, receiver: treasury },
    },
    1,
  ]);
  await book.setInsurer(assets.usd.asset, module);
  for (const user of [alice, bob, carol, dave]) {
    await assets.ether.asset.connect(user).approve(module, ethers.MaxUint256);
    await assets.usd.claim.connect(user).approve(module, ethers.MaxUint256);
  }
  for (const { asset } of Object.values(assets)) await pool.accrue(asset);

  const policy: ModelPolicy = {
    ...{ flashFeeBps: 9n, flashTreasuryBps: 3_000n },
    closeFactor: closeFactor === "fixed" ? 3_000n : closeFactor,
  };
  const reserves = Object.fromEntries(
    ASSETS.map((name) => {
      const { curve, price, decimals } = LISTINGS[name];
      return [name, { ...termsOf(LISTINGS[name]), curve, price, unit: 10n ** BigInt(decimals) }];
    }),
  );
  const model = new LendingModel({ reserves, categories: MODES, policy, now: await world.now() });
  const insurance = new InsuranceModel(model, {
    ...{ ...terms, owner: "carol", reserve: "usd", stakes: "ether", receiver: "treasury" },
  });
  const viewed = viewsBy(connection);
  const { usd, btc, ether, lrt } = assets;
  const tokens = { usd: viewed(usd.asset), btc: viewed(btc.asset), ether: viewed(ether.asset), lrt: viewed(lrt.asset) };
  const views = { pool: viewed(pool), lens: viewed(world.lens), module: viewed(module), tokens };
  return { ...world, assets, fine, receiver, module, model, insurance, views };
}

export type LendingHistory = Awaited<ReturnType<typeof openHistory>>;

/** Addresses of what the model calls by a name. */
export async function addressOf(history: LendingHistory, name: string): Promise<string> {
  const { treasury, alice, bob, carol, dave, receiver, module, assets } = history;
  const named = { treasury, alice, bob, carol, dave, receiver, module } as const;
  if (name in assets) return await assets[name as Asset].asset.getAddress();
  return await named[name as keyof typeof named].getAddress();
}

const HOLDERS = [...PEOPLE, "treasury", "receiver", "module"];

/** Everything that the model tells of the market. */
export function expected({ model, insurance }: LendingHistory) {
  const reserves = ASSETS.map((asset) => {
    const { price, cash, scaledSupply, scaledDebt, deficit, supplyRate, borrowRate, updatedAt } = model.reserve(asset);
    const { supply, debt } = model.indexes(asset);
    const { supplyIndex, debtIndex, scaledTreasury } = model.reserve(asset);
    return {
      ...{ asset, price, cash, deficit, scaledSupply, scaledDebt, scaledTreasury, supplyRate, borrowRate, updatedAt },
      ...{ written: [supplyIndex, debtIndex], indexes: [supply, debt], restrictions: model.restrictionsOf(asset) },
      totals: [(scaledSupply * supply) / 10n ** 27n, (scaledDebt * debt + 10n ** 27n - 1n) / 10n ** 27n],
      treasury: (model.treasuryOf(asset) * supply) / 10n ** 27n,
      wallets: HOLDERS.map((who) => model.state.wallets.get(`${asset}/${who}`) ?? 0n),
    };
  });
  const accounts = [...PEOPLE, "treasury", "module"].map((who) => {
    const { collateral, debt, ltv, lt, health, hasLtvZero } = model.data(who);
    return {
      ...{ who, category: model.categoryOf(who), data: [collateral, debt, ltv, lt, health, hasLtvZero] },
      supplies: ASSETS.map((asset) => model.supplyOf(asset, who)),
      debts: ASSETS.map((asset) => model.debtOf(asset, who)),
      scaled: ASSETS.map((asset) => {
        const { supply, debt: owed, isCollateral } = model.position(asset, who);
        return [supply, owed, isCollateral];
      }),
      shares: insurance.sharesOf(who),
      cooldown: [insurance.cooldownOf(who).shares, insurance.cooldownOf(who).endsAt],
    };
  });
  const { stake, supply: shares, pending, offset, feeBps } = insurance.state;
  return { reserves, accounts, insurance: { stake, shares, pending, offset, feeBps } };
}

/** The same, as the contracts tell it. */
export async function observed(history: LendingHistory): Promise<ReturnType<typeof expected>> {
  const { lens, pool, module, tokens } = history.views;
  const names = [...PEOPLE, "treasury", "module"];
  const addresses = await Promise.all(names.map(async (name) => await addressOf(history, name)));
  const holders = await Promise.all(HOLDERS.map(async (name) => await addressOf(history, name)));
  const [reserveViews, accountViews, [insured]] = await lens.lendingOf(pool, addresses, [module]);
  if (insured === undefined) throw new RangeError("no insurance");
  const reserves = reserveViews.map(async (view, at) => {
    const asset = ASSETS[at] ?? "usd";
    const token = tokens[asset];
    const { supplyIndex, debtIndex, scaledTreasury, updatedAt } = await pool.reserveOf(token);
    const held = await Promise.all(holders.map(async (holder) => await token.balanceOf(holder)));
    const { price, cash, deficit, scaledSupply, scaledDebt, supplyRate, borrowRate, restrictions } = view;
    const cashThere = await token.balanceOf(pool);
    if (cashThere !== cash) throw new RangeError(`${asset}: ${String(cashThere)} there, ${String(cash)} in the books`);
    return {
      ...{ asset, price, cash, deficit, scaledSupply, scaledDebt, scaledTreasury, supplyRate, borrowRate, updatedAt },
      ...{ written: [supplyIndex, debtIndex], indexes: [view.supplyIndex, view.debtIndex], restrictions },
      ...{ totals: [view.totalSupply, view.totalDebt], treasury: view.treasuryAccrual },
      wallets: held.map((amount, k) => amount - (HOLDERS[k] === "module" ? 0n : WEALTH)),
    };
  });
  const accounts = accountViews.map(async ({ account, category, data, supplies, debts }, at) => {
    const positions = await Promise.all(ASSETS.map(async (asset) => await pool.positionOf(tokens[asset], account)));
    const { collateralBase, debtBase, avgLtvBps, avgLtBps, healthFactor, hasLtvZero } = data;
    return {
      ...{ who: names[at] ?? "", category, supplies: [...supplies], debts: [...debts] },
      data: [collateralBase, debtBase, avgLtvBps, avgLtBps, healthFactor, hasLtvZero],
      scaled: positions.map(({ scaledSupply, scaledDebt, isCollateral }) => [scaledSupply, scaledDebt, isCollateral]),
      ...{ shares: insured.shares[at] ?? 0n },
      cooldown: [insured.cooldownShares[at] ?? 0n, insured.cooldownEndsAt[at] ?? 0n],
    };
  });
  const { stake, totalShares, pending } = insured;
  const all = { reserves: await Promise.all(reserves), accounts: await Promise.all(accounts) };
  const [offset, feeBps] = [await module.offset(), await module.feeBps()];
  return { ...all, insurance: { stake, shares: totalShares, pending, offset, feeBps } };
}
