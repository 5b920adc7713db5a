import { expect } from "chai";

import {
  availableCash,
  each,
  ether,
  marketAllocator,
  minutes,
  netWorthOf,
  observer,
  oracleFault,
  percent,
  run,
  steadyOperator,
  supplier,
  utilisation,
  type Scenario,
} from "../../src/index.ts";
import { balanceSheet, checkBalanceSheet } from "../../src/analysis/defi/balance-sheet.ts";
import type { PlannedAction } from "../../src/model/action.ts";
import type { DefiSpec } from "../../src/model/defi/defi.ts";
import { marketVaultSharesStand } from "../../src/model/invariants/defi/market-vaults.ts";
import type { View, WorldView } from "../../src/model/view.ts";
import { WAD } from "../../src/units/units.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { bookedStep, expectBooksToSum } from "../helpers/booked-step.ts";
import { emptyDefi } from "../helpers/defi-world.ts";
import { planned, smallWorld } from "../helpers/small-world.ts";

const market = (id: string, lltv: bigint) => ({
  ...{ id, loan: "weth", collateral: "wlst", collateralFeed: "wlst-eth", loanFeed: null },
  ...{ lltv, fee: percent(10) },
});
const borrower = (id: string, participant: string, borrowed: bigint) => ({
  ...{ market: id, participant, supplied: 0n, collateral: ether(50), borrowed, keep: true },
});

/** Two markets of one loan; the vault has 60 in the first, 40 in the second. */
const defi: DefiSpec = {
  ...emptyDefi,
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ],
  feeds: [{ id: "wlst-eth", kind: "reported", answer: WAD, decimals: 18 }],
  isolated: [market("high", percent(91)), market("low", percent(77))],
  isolatedPositions: [
    borrower("high", "stakers-2", ether(40)),
    borrower("high", "stakers-1", ether(1)),
    borrower("low", "stakers-1", ether(10)),
  ],
  marketVaults: [
    {
      ...{ id: "mv", asset: "weth", curator: "stakers-3", marksBadDebt: false },
      markets: [
        { market: "high", cap: ether(60) },
        { market: "low", cap: ether(1_000) },
      ],
    },
  ],
  marketVaultPositions: [
    { vault: "mv", participant: "stakers-1", deposited: ether(75) },
    { vault: "mv", participant: "stakers-3", deposited: ether(25) },
  ],
  balances: { "stakers-3": { weth: ether(500) } },
};
const spec = smallWorld({ defi });
const deploy = async () => await createWorld(spec);
type World = Awaited<ReturnType<typeof deploy>>;

const step = async (world: World, time: bigint, actions: readonly PlannedAction[]) =>
  await bookedStep(spec, world, { time, actions });

const crash = planned("protocol", { type: "setAnswer", feed: "wlst-eth", answer: percent(50) });
const seizeAll = planned("stakers-3", {
  ...{ type: "isolatedLiquidate", market: "high", borrower: "stakers-2" },
  ...{ seize: ether(50), sellOn: null, minProfit: 0n },
});
const leave = (who: string) => planned(who, { type: "marketVaultWithdraw", vault: "mv", amount: "all" });

describe("vaults over isolated markets in the DeFi layer", () => {
  it("spread what is deposited when the run begins, each market up to its cap", async () => {
    const view = await (await deploy()).read();
    const vault = view.defi.marketVaults["mv"];

    expect(vault).to.deep.include({ asset: "weth", marksBadDebt: false, unrecognised: 0n });
    expect([vault?.supplyQueue, vault?.withdrawQueue]).to.deep.equal([
      ["high", "low"],
      ["high", "low"],
    ]);
    expect(vault?.markets["high"]?.cap).to.equal(ether(60));
    expect(vault?.markets["high"]?.supplied).to.be.within(ether(60), ether("60.001"));
    expect(vault?.markets["low"]?.supplied).to.be.within(ether(40), ether("40.001"));
    // Suppliers have earned seconds of interest; what is not lent is 19 and 30.
    expect(vault?.atPar).to.be.within(ether(100), ether("100.001"));
    expect(vault?.liquidity).to.be.within(ether("48.999"), ether("49.001"));
    expect(view.defi.tokens["mv"]).to.deep.include({ decimals: 24 });
    expect(view.defi.balances["stakers-1"]?.["mv"]).to.equal(75n * 10n ** 24n);
    expect(checkBalanceSheet(balanceSheet(spec, view))).to.equal(null);
  });

  it("take deposits, pay withdrawals and say so", async () => {
    const world = await deploy();
    const done = await step(world, 12n, [
      planned("stakers-3", { type: "marketVaultDeposit", vault: "mv", amount: ether(7) }),
      planned("stakers-1", { type: "marketVaultWithdraw", vault: "mv", amount: ether(5) }),
    ]);
    const [deposited, withdrawn] = done.results.map(({ facts }) =>
      facts.find(({ kind }) => kind === "marketVaultMoved"),
    );

    expect(deposited).to.deep.include({ vault: "mv", move: "deposit", who: "stakers-3", assets: ether(7) });
    expect(withdrawn).to.deep.include({ vault: "mv", move: "withdraw", who: "stakers-1", assets: ether(5) });
    expect(done.results[0]?.facts).to.deep.include({
      ...{ kind: "isolatedMoved", market: "low", move: "supply", who: "mv", amount: ether(7) },
    });
    expect(done.after.defi.balances["stakers-1"]?.["weth"]).to.equal(ether(16));
    expectBooksToSum(done);
  });

  it("are reallocated by their curator, within the caps, and by nobody else", async () => {
    const world = await deploy();
    const move = (assets: bigint) => ({
      ...({ type: "marketVaultReallocate", vault: "mv" } as const),
      targets: [
        { market: "low", assets },
        { market: "high", assets: "rest" as const },
      ],
    });
    const done = await step(world, 12n, [
      planned("stakers-1", move(ether(30))),
      planned("stakers-3", move(ether(30))),
      planned("stakers-3", { type: "marketVaultSetCap", vault: "mv", market: "high", cap: ether(200) }),
      planned("stakers-3", move(ether(30))),
      planned("stakers-3", { type: "marketVaultSetQueue", vault: "mv", queue: "supply", markets: ["low"] }),
      planned("stakers-3", { type: "marketVaultSetQueue", vault: "mv", queue: "withdraw", markets: ["low", "high"] }),
    ]);

    expect(done.results.map(({ outcome }) => (outcome.status === "reverted" ? outcome.error : null))).to.deep.equal([
      ...["OwnableUnauthorizedAccount", "MarketVaultCapExceeded", null, null, null, null],
    ]);
    const moved = done.results[3]?.facts.find(({ kind }) => kind === "marketVaultReallocated");
    expect(moved?.kind === "marketVaultReallocated" ? moved.amount : 0n).to.be.within(ether(10), ether("10.001"));
    const vault = done.after.defi.marketVaults["mv"];
    expect(vault?.markets["high"]?.supplied).to.be.within(ether(70), ether("70.001"));
    expect([vault?.supplyQueue, vault?.withdrawQueue]).to.deep.equal([["low"], ["low", "high"]]);
    expectBooksToSum(done);
  });

  it("let their depositors bear the bad debt that a market spreads, to the wei", async () => {
    const world = await deploy();
    const done = await step(world, 12n, [crash, seizeAll]);
    const fact = done.results[1]?.facts.find(({ kind }) => kind === "socialised");
    if (fact?.kind !== "socialised") throw new RangeError("nothing was socialised");

    expectBooksToSum(done);
    expect(fact.amount).to.be.within(ether("15.67"), ether("15.68"));
    const fallen =
      (done.before.defi.marketVaults["mv"]?.atPar ?? 0n) - (done.after.defi.marketVaults["mv"]?.atPar ?? 0n);
    // A few seconds of interest stand against it.
    expect(fact.amount - fallen).to.be.within(0n, ether("0.0001"));
    const borne = (party: string): bigint =>
      done.lines
        .filter((line) => line.party === party && line.with === "high" && line.channel === "badDebt")
        .reduce((sum, line) => sum - line.amount, 0n);
    const [most, least, fees] = [borne("stakers-1"), borne("stakers-3"), borne("treasury of high")];
    expect(most + least + fees).to.equal(fact.amount);
    // Three quarters and one quarter of the shares; the market's fees are seconds of interest.
    expect(most - 3n * least).to.be.within(-4n, 4n);
    expect(fees).to.be.lessThan(ether("0.0001"));
    const rest = done.lines.filter(({ channel }) => channel === "revaluation");
    expect(rest).to.deep.equal([]);
  });

  it("pay who leaves first at par, and those who stay bear what no market has recognised", async () => {
    const world = await deploy();
    const done = await step(world, 12n, [crash, leave("stakers-3"), seizeAll]);
    const paid = done.results[1]?.facts.find(({ kind }) => kind === "marketVaultMoved");

    expect(paid?.kind === "marketVaultMoved" ? paid.assets : 0n).to.be.within(ether(25), ether("25.001"));
    expect(done.results[2]?.outcome).to.include({ status: "ok" });
    expectBooksToSum(done);
    expect(done.after.defi.marketVaults["mv"]?.supply).to.equal(75n * 10n ** 24n);
    expect(done.after.defi.marketVaults["mv"]?.atPar).to.be.within(ether("59.32"), ether("59.33"));
  });

  it("mark it down at once where they are told to", async () => {
    const world = await deploy();
    const done = await step(world, 12n, [
      planned("stakers-3", { type: "marketVaultMark", vault: "mv", marked: true }),
      crash,
      leave("stakers-3"),
    ]);
    const paid = done.results[2]?.facts.find(({ kind }) => kind === "marketVaultMoved");
    const vault = done.after.defi.marketVaults["mv"];

    expect(paid?.kind === "marketVaultMoved" ? paid.assets : 0n).to.be.within(ether("21.08"), ether("21.09"));
    expect(vault?.unrecognised).to.be.within(ether("11.75"), ether("15.68"));
    expect(vault?.assets).to.equal((vault?.atPar ?? 0n) - (vault?.unrecognised ?? 0n));
    expectBooksToSum(done);
  });

  it("refuse withdrawals beyond what is not lent, as an outcome", async () => {
    const world = await deploy();
    const [refused] = await world.perform({ time: 12n, actions: [leave("stakers-1")] });

    expect(refused?.outcome).to.include({ status: "reverted", error: "ERC4626ExceededMaxRedeem" });
  });

  it("keep the law that a share falls only by bad debt", async () => {
    const world = await deploy();
    const done = await step(world, 12n, [
      planned("stakers-3", { type: "marketVaultDeposit", vault: "mv", amount: 12_345_678_901_234_567n }),
      planned("stakers-1", { type: "marketVaultWithdraw", vault: "mv", amount: 7_777_777_777_777_777n }),
    ]);
    const asView = (view: WorldView): View => ({
      ...view,
      ...{ step: 0, faults: [], slashes: [], reported: [], refusals: [] },
    });
    const context = { ...done, spec, before: asView(done.before), after: asView(done.after), actionsSoFar: 2 };

    expect(marketVaultSharesStand.check(context)).to.equal(null);
    const robbed = { ...context.after.defi.marketVaults["mv"], atPar: ether(99) };
    const poorer = { ...context.after, defi: { ...context.after.defi, marketVaults: { mv: robbed } } };
    expect(marketVaultSharesStand.check({ ...context, after: poorer } as never)).to.include({ vault: "mv" });
  });
});

/** The same two markets, written as a scenario: depositors run once the price falls, the curator moves what it can. */
const tale: Scenario = {
  name: "market-vault-run",
  question: "Who of a vault's depositors gets out when one of its markets fails?",
  seed: 3,
  clock: { step: minutes(1), steps: 4 },
  avss: { oracle: {} },
  populations: {
    operators: { count: 1, agent: steadyOperator({}), stake: each(ether(1)) },
    curator: { count: 1, agent: marketAllocator({ vault: "mv", weights: { low: WAD } }) },
    savers: {
      count: 2,
      agent: supplier({
        ...{ market: "mv", token: "weth", appetite: 0n, power: 1 },
        rumour: { after: { type: "oracleFault" }, adds: WAD },
      }),
      positions: [{ kind: "marketVault", vault: "mv", deposited: each(ether(50)) }],
    },
    debtors: {
      count: 1,
      agent: observer({}),
      positions: [{ kind: "isolated", market: "high", collateral: each(ether(50)), borrowed: each(ether(40)) }],
    },
  },
  defi: {
    tokens: defi.tokens,
    feeds: defi.feeds,
    isolated: defi.isolated,
    marketVaults: [{ ...(defi.marketVaults[0] as DefiSpec["marketVaults"][number]), curator: "curator" }],
  },
  timeline: [
    { at: minutes(2), shock: oracleFault({ feed: "wlst-eth", fault: { kind: "wrongAnswer", answer: WAD / 2n } }) },
  ],
  metrics: {
    used: utilisation({ market: "mv", token: "weth" }),
    cash: availableCash({ market: "mv", token: "weth" }),
    saved: netWorthOf("savers"),
  },
};

describe("a vault over isolated markets in a run", () => {
  const made = run(tale);

  it("is named in a scenario, measured, and kept in exact books", async () => {
    const { record } = await made;

    expect(record.invariants.map(({ broken }) => broken)).to.satisfy((all: unknown[]) => all.every((x) => x === null));
    expect(record.invariants.map(({ name }) => name)).to.include("Market vaults' shares stand");
    const [first] = record.rows;
    expect(BigInt(first?.metrics["used"] ?? 0)).to.be.within(percent(40), percent(41));
    expect(BigInt(first?.metrics["saved"] ?? 0)).to.be.within(ether(100), ether("100.001"));
    expect(first?.defi).to.include.keys("reserve/mv/utilisation", "reserve/mv/cash", "reserve/mv/deficit");
    for (const { party, first: had, last, lines } of record.defi?.parties ?? []) {
      const sum = lines.reduce((all, { amount }) => all + BigInt(amount), 0n);
      expect(sum, party).to.equal(BigInt(last) - BigInt(had));
    }
  });

  it("lets its curator move what is not lent, and its depositors withdraw", async () => {
    const { record } = await made;
    const done = record.actions.filter(({ outcome }) => outcome.status === "ok").map(({ type }) => type);

    expect(done).to.include("marketVaultReallocate");
    expect(done).to.include("marketVaultWithdraw");
  });
});
