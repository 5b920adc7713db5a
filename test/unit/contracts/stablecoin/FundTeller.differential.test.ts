import { expect } from "chai";
import { network } from "hardhat";

import { dice } from "../../../helpers/dice.ts";
import { FundModel } from "../../../helpers/fund-model.ts";
import { gift, nextFundMove, PEOPLE, type FundMove } from "../../../helpers/fund-moves.ts";
import { asText } from "../../../helpers/model.ts";
import { DAY, deployStablecoin, FUND_TERMS, HOUR, type Stablecoin } from "../../../helpers/stablecoin.ts";
import { viewsBy } from "../../../helpers/views.ts";

const connection = await network.create();
const { networkHelpers } = connection;
const { time } = networkHelpers;
const viewed = viewsBy(connection);

const STEPS = 200;
/** What people have of the money; the model counts from there. */
const WEALTH = 10n ** 30n;
/** How many orders are looked at in a step, beside those that it touched. */
const LOOKS = 6;
type Tally = Map<string, number>;

interface History {
  readonly world: Stablecoin;
  readonly model: FundModel;
  readonly tally: Tally;
}

const count = (tally: Tally, name: string): void => void tally.set(name, (tally.get(name) ?? 0) + 1);

/** What the model tells of people, of the fund, and of some orders. */
function expected(model: FundModel, ids: readonly number[]) {
  const people = PEOPLE.map((who) => ({
    tokens: [model.moneyOf(who), model.sharesOf(who)],
    waits: [false, true].flatMap((isExit) => [
      ...[model.waiting(who, isExit, "pending"), model.waiting(who, isExit, "claimable")],
      ...model.most(who, isExit),
    ]),
    account: [model.worthOf(who), model.giftsOf(who)],
    open: model.openOf(who).map(BigInt),
  }));
  const orders = ids.map((id) => {
    const [order, { state, nav, claimableAt, left, gives, fee }] = [model.order(id), model.quote(id)];
    const { isRedemption, isGift, amount, claimed, given, day, settleDelay, feeBps } = order;
    const quoted = [state, nav, claimableAt, left, isRedemption ? gives : 0n, isRedemption ? 0n : gives, fee];
    return {
      quoted,
      terms: [isRedemption, isGift, claimed === amount],
      sums: [amount, claimed, given, order.fee, day, settleDelay, feeBps],
    };
  });
  const { supply } = model.state;
  const worth = (supply * model.nav) / 1_000_000n;
  const fund = [
    model.moneyOf("teller"),
    supply,
    model.nav,
    worth,
    model.instantLeft,
    BigInt(model.state.orders.length),
  ];
  return { people, orders, fund };
}

/** The same, as the contracts tell it. */
async function observed(world: Stablecoin, ids: readonly number[]): Promise<ReturnType<typeof expected>> {
  const [teller, usdc, fundShare] = [viewed(world.teller), viewed(world.usdc), viewed(world.fundShare)];
  const people = PEOPLE.map(async (who) => {
    const account = world[who];
    return {
      tokens: [(await usdc.balanceOf(account)) - WEALTH, await fundShare.balanceOf(account)],
      waits: await Promise.all([
        ...[teller.pendingDepositRequest(0n, account), teller.claimableDepositRequest(0n, account)],
        ...[teller.maxDeposit(account), teller.maxMint(account)],
        ...[teller.pendingRedeemRequest(0n, account), teller.claimableRedeemRequest(0n, account)],
        ...[teller.maxRedeem(account), teller.maxWithdraw(account)],
      ]),
      account: [await teller.worthOf(account), await teller.openGifts(account)],
      open: [...(await teller.openOrdersOf(account))],
    };
  });
  const orders = ids.map(async (id) => {
    const [order, quote] = [await teller.orderOf(id), await teller.quoteOf(id)];
    const { isRedemption, isGift, isClaimed, amount, claimed, given, fee, day, settleDelay, feeBps } = order;
    return {
      quoted: [...quote],
      terms: [isRedemption, isGift, isClaimed],
      sums: [amount, claimed, given, fee, day, settleDelay, feeBps],
    };
  });
  const fund = [
    ...[await usdc.balanceOf(teller), await fundShare.totalSupply(), await teller.nav(), await teller.totalAssets()],
    ...[await teller.instantLeft(), await teller.orderCount()],
  ];
  return { people: await Promise.all(people), orders: await Promise.all(orders), fund };
}

async function play({ world, model, tally }: History, move: FundMove): Promise<void> {
  const verdict = model.attempt(move.play);
  if ("done" in verdict) {
    count(tally, move.name);
    await move.send();
    return;
  }
  const { message, args } = verdict.refused;
  count(tally, message);
  const contracts = [world.teller, world.fundShare, world.calendar];
  const refuser = contracts.find((contract) => contract.interface.getError(message) !== null) ?? world.teller;
  const told = await Promise.all(
    args.map(async (arg) => (typeof arg === "string" ? await world[arg as (typeof PEOPLE)[number]].getAddress() : arg)),
  );
  await expect(move.send(), move.name)
    .to.be.revertedWithCustomError(refuser, message)
    .withArgs(...told);
}

/** Some open orders, the oldest and the latest among them, and those that were closed since. */
function lookedAt(model: FundModel, before: ReadonlySet<number>): readonly number[] {
  const open = PEOPLE.flatMap((who) => model.openOf(who));
  const gone = [...before].filter((id) => !open.includes(id));
  return [...new Set([...open.slice(0, LOOKS), ...open.slice(-LOOKS), ...gone])];
}

async function begin(decimals: number, hasGifts: boolean): Promise<History> {
  const weekend = { from: 4n * DAY + 22n * HOUR, until: 13n * HOUR };
  const terms = { ...FUND_TERMS, minAssets: 1n };
  const [cutoff, nav] = [18n * HOUR, 1_042_317n];
  const world = await deployStablecoin(connection, {
    ...{ decimals, cutoff, firstNav: nav, fundTerms: terms },
    ...{ closedFrom: weekend.from, closedUntil: weekend.until },
  });
  const { struckAt } = await world.teller.lastStrike();
  const model = new FundModel({ terms, cutoff, nav, struckAt, weekend, holders: [...PEOPLE, "owner"] });
  const history = { world, model, tally: new Map<string, number>() };
  for (let k = 0; hasGifts && k < 66; k += 1) {
    const latest = BigInt(await time.latest());
    model.now = latest + 1n;
    await time.setNextBlockTimestamp(model.now);
    await play(history, gift(world, model));
    if (BigInt(await time.latest()) < model.now) await networkHelpers.mine();
  }
  return history;
}

async function live(seed: bigint, decimals: number, hasGifts: boolean): Promise<Tally> {
  const history = await begin(decimals, hasGifts);
  const { world, model, tally } = history;
  const roll = dice(seed);
  let open: ReadonlySet<number> = new Set();
  for (let step = 0; step < STEPS; step += 1) {
    const gap = roll.pick([1n, 12n, 60n + roll.below(HOUR), 1n + roll.below(12n * HOUR), 1n + roll.below(DAY), DAY]);
    const latest = BigInt(await time.latest());
    model.now = latest;
    const move = nextFundMove(world, model, roll);
    model.now = latest + gap;
    await time.setNextBlockTimestamp(latest + gap);
    await play(history, move);
    // A call that is refused while its gas is estimated makes no block.
    if (BigInt(await time.latest()) < model.now) await networkHelpers.mine();
    const ids = lookedAt(model, open);
    open = new Set(PEOPLE.flatMap((who) => model.openOf(who)));
    expect(asText(await observed(world, ids)), `step ${step}, ${move.name}`).to.equal(asText(expected(model, ids)));
  }
  const all = model.state.orders.map((_, at) => at + 1);
  expect(asText(await observed(world, all)), "in the end").to.equal(asText(expected(model, all)));
  return tally;
}

/** What must have happened in the histories together, each at least so often. */
const EVENTS = {
  ...{ requestDeposit: 40, requestRedeem: 20, redeemInstantly: 3, claim: 10, deposit: 12, mint: 12, redeem: 7 },
  ...{ withdraw: 5, strike: 40, setTerms: 12, invest: 20, giveBack: 20, setOperator: 15, approve: 12, transfer: 8 },
  ...{ setAllowed: 15, setHalted: 6, pause: 6, setClosed: 6, addHoliday: 6, gift: 64, FundTellerTooManyOrders: 2 },
  ...{ FundTellerInsufficientClaimable: 30, FundTellerNotClaimable: 25, FundTellerNotOperator: 25 },
  ...{ FundTellerNotAllowed: 30, FundTellerBelowMinimum: 40, FundTellerZeroAmount: 40, FundTellerInvalidFee: 5 },
  ...{ FundTellerInstantLimit: 4, FundTellerInsufficientLiquidity: 6, FundShareNotAllowed: 6, FundShareHalted: 3 },
  ...{ ERC20InsufficientBalance: 12, ERC20InsufficientAllowance: 3, PausableFlagsPaused: 20 },
  ...{ NavStrikesUnauthorized: 2, NavStrikesInvalidNav: 8, NavStrikesAlreadyStruck: 12 },
};

describe("FundTeller, FundShare and BankCalendar against an independent model", () => {
  const whole: Tally = new Map();

  for (const [seed, decimals, hasGifts] of [
    [1n, 6, false],
    [7n, 6, false],
    [42n, 18, false],
    [99n, 6, true],
    [2_024n, 18, false],
    [1_234_567n, 6, false],
  ] as const) {
    it(`agree to the wei, refusals included (seed ${seed}, ${decimals} decimals${hasGifts ? ", gifts" : ""})`, async () => {
      const tally = await live(seed, decimals, hasGifts);
      const refused = [...tally].filter(([name]) => /^[A-Z]/.test(name));
      expect(refused.length, "reasons to refuse").to.be.greaterThan(9);
      for (const [name, times] of tally) whole.set(name, (whole.get(name) ?? 0) + times);
    });
  }

  it("have seen everything happen that can", () => {
    const rare = Object.entries(EVENTS).filter(([name, least]) => (whole.get(name) ?? 0) < least);
    expect(rare.map(([name, least]) => `${name}: ${whole.get(name) ?? 0} of ${least}`)).to.deep.equal([]);
  });
});
