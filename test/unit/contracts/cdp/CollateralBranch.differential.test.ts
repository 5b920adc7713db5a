import { expect } from "chai";
import { network } from "hardhat";

import { deployCdp, TERMS, type CdpGround } from "../../../helpers/cdp.ts";
import { drain, ending, nextCdpMove, PEOPLE, type CdpMove } from "../../../helpers/cdp-moves.ts";
import { dice } from "../../../helpers/dice.ts";
import { WAD } from "../../../helpers/markets.ts";
import { asText } from "../../../helpers/model.ts";
import { RegistryModel } from "../../../helpers/registry-model.ts";
import { viewsBy } from "../../../helpers/views.ts";

const connection = await network.create();
const { networkHelpers } = connection;
const { time } = networkHelpers;
const viewed = viewsBy(connection);

const STEPS = 220;
/** When the first branch is brought to its end. */
const END = 140;
const DAY = 86_400n;
const WEEK = 7n * DAY;
/** What people have of every collateral, and of the gas token for every branch; the model counts from there. */
const WEALTH = 10n ** 30n;
/** When the whales of the second branch come, in the histories that have them. */
const DRAINS = [20, 90];
/** A branch on staked ether whose prices age and whose troves leave gas, and one that asks for less. */
const TERMS_OF_BOTH = [
  { gasReserve: (375n * WAD) / 10_000n, maxAge: 30n * DAY },
  { criticalRatio: (150n * WAD) / 100n, minRatio: (110n * WAD) / 100n, poolPenalty: 0n },
];
type Tally = Map<string, number>;

const count = (tally: Tally, name: string): void => void tally.set(name, (tally.get(name) ?? 0) + 1);

/** Everything that the model tells of the branches. */
function expected(model: RegistryModel) {
  const branches = model.branches.map((branch) => {
    const { activeDebt, weightedDebt, activeCollateral, redistributedDebt, redistributedCollateral } = branch;
    const { total, totalBefore, collateralBefore, debt, collateral, debtRest, collateralRest } = branch.stakes;
    const { pool } = branch;
    return {
      totals: [
        activeDebt,
        weightedDebt,
        activeCollateral,
        redistributedDebt,
        redistributedCollateral,
        branch.lastAccrual,
      ],
      stakes: [total, totalBefore, collateralBefore, debt, collateral, debtRest, collateralRest],
      state: [
        branch.debt,
        branch.collateral,
        branch.zombie,
        branch.openCount,
        branch.shutdownTime,
        branch.queue[0] ?? 0,
      ],
      troves: branch.troves.map((trove, at) => {
        const latest = branch.latest(at + 1);
        return [trove.status, trove.debt, trove.collateral, trove.stake, trove.rate, latest.debt, latest.collateral];
      }),
      queue: branch.queue,
      pool: [pool.total, pool.p, pool.scale, pool.pendingYield, pool.s[pool.scale], pool.y[pool.scale]],
      people: PEOPLE.map((who) => [
        ...[pool.worthOf(who), pool.gainOf(who, "s"), pool.gainOf(who, "y"), branch.surplus.get(who) ?? 0n],
        model.purse.of(branch.id, who),
      ]),
      held: [model.purse.of(branch.id, `pool${branch.id}`), model.purse.of("dollar", `pool${branch.id}`)],
      price: [branch.price, branch.isPriceGood, branch.lastGoodPrice, model.purse.of("gas", `branch${branch.id}`)],
    };
  });
  const dollars = [...PEOPLE, "treasury"].map((who) => model.purse.of("dollar", who));
  return {
    branches,
    dollars,
    gas: PEOPLE.map((who) => model.purse.of("gas", who)),
    supply: model.purse.supply,
    base: [model.baseRate, model.rateAfter(0n, 1n), model.lastUpdate],
  };
}

/** The same, as the contracts tell it. */
async function observed(ground: CdpGround) {
  const [dollar, registry, fuel] = [viewed(ground.dollar), viewed(ground.registry), viewed(ground.gas)];
  const branches = ground.branches.map(async (own) => {
    const [branch, pool, collateral] = [viewed(own.branch), viewed(own.pool), viewed(own.collateral)];
    const [totals, stakes, first, scale] = [
      ...[await branch.totals(), await branch.stakes()],
      ...[await branch.nextByRate(0), await pool.scale()],
    ] as const;
    const number = Number(await branch.troveCount());
    const ids = Array.from({ length: number }, (_, at) => at + 1);
    const queue: bigint[] = [];
    for (let id = first; id !== 0n; id = await branch.nextByRate(id)) queue.push(id);
    return {
      totals: [...totals],
      stakes: [...stakes],
      state: [
        ...[await branch.entireDebt(), await branch.entireCollateral(), await branch.lastZombie()],
        ...[await branch.openTroveCount(), await branch.shutdownTime(), first],
      ],
      troves: await Promise.all(
        ids.map(async (id) => {
          const [trove, latest] = [await branch.troveOf(id), await branch.latestOf(id)];
          return [trove.status, trove.debt, trove.collateral, trove.stake, trove.rate, latest.debt, latest.collateral];
        }),
      ),
      queue,
      pool: [
        ...[await pool.totalDeposits(), await pool.product(), scale, await pool.pendingYield()],
        ...[await pool.collateralSum(scale), await pool.yieldSum(scale)],
      ],
      people: await Promise.all(
        PEOPLE.map(async (who) => [
          ...[await pool.compoundedDepositOf(ground[who]), await pool.collateralGainOf(ground[who])],
          ...[await pool.yieldGainOf(ground[who]), await branch.surplusOf(ground[who])],
          (await collateral.balanceOf(ground[who])) - WEALTH,
        ]),
      ),
      held: [await collateral.balanceOf(pool), await dollar.balanceOf(pool)],
      price: [...(await branch.priceNow()), await branch.lastGoodPrice(), await fuel.balanceOf(branch)],
    };
  });
  const holders = [...PEOPLE, "treasury"] as const;
  const dollars = await Promise.all(holders.map(async (who) => await dollar.balanceOf(ground[who])));
  const gas = await Promise.all(PEOPLE.map(async (who) => (await fuel.balanceOf(ground[who])) - 2n * WEALTH));
  const base = [await registry.baseRate(), await registry.decayedBaseRate(), await registry.lastBaseRateUpdate()];
  return { branches: await Promise.all(branches), dollars, gas, supply: await dollar.totalSupply(), base };
}

/** Numbers that are numbers to the model and big ones to the contracts, alike. */
const plain = (value: unknown): string => asText(value).replaceAll(/"(-?\d+)"/g, "$1");

async function play(at: { ground: CdpGround; model: RegistryModel; tally: Tally }, move: CdpMove) {
  const { ground, model, tally } = at;
  const verdict = model.attempt(move.play);
  if ("refused" in verdict) {
    const { message, args } = verdict.refused;
    count(tally, message);
    const contracts = [ground.registry, ground.dollar, ground.branch, ground.pool];
    const refuser = contracts.find((contract) => contract.interface.getError(message) !== null) ?? ground.branch;
    const addresses = await Promise.all(
      args.map(async (arg) => {
        if (typeof arg !== "string") return arg;
        const [, number] = /^pool(\d)$/.exec(arg) ?? [];
        if (number !== undefined) return await ground.branches[Number(number)]?.pool.getAddress();
        return await ground[arg as (typeof PEOPLE)[number]].getAddress();
      }),
    );
    await expect(move.send(), move.name)
      .to.be.revertedWithCustomError(refuser, message)
      .withArgs(...addresses);
    return;
  }
  count(tally, move.name);
  if (model.branches.some(({ zombie }) => zombie !== 0)) count(tally, "zombie");
  if (verdict.done?.isOffset === true) count(tally, "offset");
  if (verdict.done?.isRedistributed === true) count(tally, "redistribution");
  await move.send();
}

/** Both branches with two troves each and somebody in their pools, and the model of it. */
async function begin() {
  const ground = await deployCdp(connection, { branches: TERMS_OF_BOTH });
  const { registry, branches, alice, dave } = ground;
  const accruals = await Promise.all(branches.map(async ({ branch }) => (await branch.totals()).lastAccrual));
  const terms = TERMS_OF_BOTH.map((changes) => ({ ...TERMS, ...changes }));
  const model = new RegistryModel(terms, { registry: await registry.lastBaseRateUpdate(), branches: accruals });
  for (const [k, { branch, pool }] of branches.entries()) {
    const [rate, debt] = [WAD / 20n, 20_000n * WAD];
    const own = model.branches[k];
    await branch.connect(dave).openTrove(40n * WAD, debt, rate, 2n ** 255n);
    model.now = BigInt(await time.latest());
    own?.open("dave", 40n * WAD, debt, rate);
    await branch.connect(alice).openTrove(30n * WAD, debt, rate / 2n, 2n ** 255n);
    model.now = BigInt(await time.latest());
    own?.open("alice", 30n * WAD, debt, rate / 2n);
    await pool.connect(alice).deposit(debt / 2n);
    model.now = BigInt(await time.latest());
    own?.deposit("alice", debt / 2n);
  }
  return { ground, model };
}

async function live(seed: bigint, hasWhales: boolean): Promise<Tally> {
  const { ground, model } = await begin();
  const tally: Tally = new Map();
  const roll = dice(seed);
  for (let step = 0; step < STEPS; step += 1) {
    const begun = hasWhales ? DRAINS.find((at) => step >= at && step < at + 7) : undefined;
    const wait = roll.pick([
      1n,
      12n,
      60n + roll.below(3_600n),
      1n + roll.below(DAY),
      roll.pick([DAY, 8n * DAY, 60n * DAY]),
    ]);
    const latest = BigInt(await time.latest());
    model.now = latest;
    // Whales do not wait: their interest alone would fill the pool.
    const gap = begun === undefined ? wait : 1n;
    const whales = begun === undefined ? undefined : drain(ground, model)[step - begun]?.();
    const move = whales ?? ending(ground, model)[step - END] ?? nextCdpMove(ground, model, roll);
    const scales = model.branches.map(({ pool }) => pool.scale);
    model.now = latest + gap;
    await time.setNextBlockTimestamp(latest + gap);
    await play({ ground, model, tally }, move);
    if (model.branches.some(({ pool }, k) => pool.scale !== scales[k])) count(tally, "scale");
    // A call that is refused while its gas is estimated makes no block.
    if (BigInt(await time.latest()) < model.now) await networkHelpers.mine();
    expect(plain(await observed(ground)), `step ${step}, ${move.name}`).to.equal(plain(expected(model)));
  }
  return tally;
}

/** Dave changes his rate again and again, to the second around the end of the week in which that costs a fee. */
async function changeRates(): Promise<void> {
  const { ground, model } = await begin();
  const [own] = model.branches;
  for (const [k, gap] of [WEEK - 1n, WEEK, WEEK + 1n, 1n, WEEK].entries()) {
    const rate = WAD / (30n + BigInt(k));
    model.now = (own?.troves[0]?.lastRateUpdate ?? 0n) + gap;
    await time.setNextBlockTimestamp(model.now);
    const move: CdpMove = {
      name: "setRate",
      send: async () => await ground.branch.connect(ground.dave).setRate(1, rate, 2n ** 255n),
      play: () => own?.setRate("dave", 1, rate),
    };
    await play({ ground, model, tally: new Map() }, move);
    expect(plain(await observed(ground)), `after ${gap} s`).to.equal(plain(expected(model)));
  }
}

/** What must have happened in the histories together, each at least so often. */
const EVENTS = {
  ...{ open: 30, adjust: 10, setRate: 4, close: 4, settle: 8, claimSurplus: 2, deposit: 15, withdraw: 6, claim: 15 },
  ...{ liquidate: 15, offset: 12, redistribution: 2, redeem: 40, zombie: 10, shutDown: 4, redeemUrgently: 6 },
  ...{ CollateralBranchNotLiquidatable: 8, CollateralBranchRatioTooLow: 2, CollateralBranchCritical: 1 },
  ...{ CollateralBranchDebtTooLow: 8, CollateralBranchInvalidRate: 8, CollateralBranchUnauthorized: 8 },
  ...{ CollateralBranchNotOpen: 8, CollateralBranchShutDown: 8, CollateralBranchStillSound: 1 },
  ...{ CollateralBranchInvalidChange: 2, CollateralBranchNoSurplus: 6, StabilityPoolInsufficientDeposit: 3 },
  ...{ StabilityPoolBelowFloor: 1, StabilityPoolZeroAmount: 6, ERC20InsufficientBalance: 4 },
  ...{ BranchRegistryNothingRedeemed: 4, BranchRegistryRateTooHigh: 1, CollateralBranchBrokenFeed: 10, spoil: 20 },
  ...{ scale: 2 },
};

describe("CollateralBranch, StabilityPool and BranchRegistry against an independent model", () => {
  const whole: Tally = new Map();

  for (const [seed, hasWhales] of [
    [1n, false],
    [7n, false],
    [42n, false],
    [5n, false],
    [1_234_567n, false],
    [2_024n, true],
  ] as const) {
    it(`agree to the wei, refusals included (seed ${seed}${hasWhales ? ", whales" : ""})`, async () => {
      const tally = await live(seed, hasWhales);
      const refused = [...tally].filter(([name]) => /^[A-Z]/.test(name));
      expect(tally.get("liquidate") ?? 0, "liquidations").to.be.greaterThan(3);
      expect(tally.get("redeem") ?? 0, "redemptions").to.be.greaterThan(5);
      expect(refused.length, "reasons to refuse").to.be.greaterThan(9);
      for (const [name, times] of tally) whole.set(name, (whole.get(name) ?? 0) + times);
    });
  }

  it("agree to the second on when a change of rate costs no fee", async () => {
    await changeRates();
  });

  it("have seen everything happen that can", () => {
    const rare = Object.entries(EVENTS).filter(([name, least]) => (whole.get(name) ?? 0) < least);
    expect(rare.map(([name, least]) => `${name}: ${whole.get(name) ?? 0} of ${least}`)).to.deep.equal([]);
  });
});
