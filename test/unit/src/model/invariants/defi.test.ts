import { expect } from "chai";

import type { DefiView } from "../../../../../src/model/defi/defi.ts";
import type { VaultSpec, VaultView } from "../../../../../src/model/defi/vaults.ts";
import type { Action } from "../../../../../src/model/action.ts";
import type { ActionResult, Fact } from "../../../../../src/model/fact.ts";
import type { Invariant } from "../../../../../src/model/invariant.ts";
import { defiInvariants } from "../../../../../src/model/invariants/defi/builtin.ts";
import {
  claimsAreCovered,
  isolatedDebtsAreSupplied,
  onlyUnhealthyAreLiquidated,
  removedDebtIsAccountedFor,
  seizuresStayWithinBonus,
} from "../../../../../src/model/invariants/defi/lending.ts";
import { dollarsRedeemAtMostAtPar, virtualPricesNeverFall } from "../../../../../src/model/invariants/defi/money.ts";
import { vaultQueuesAreBacked, vaultRatesStand } from "../../../../../src/model/invariants/defi/vaults.ts";
import { ether, percent } from "../../../../../src/units/amounts.ts";
import { days } from "../../../../../src/units/durations.ts";
import { WAD } from "../../../../../src/units/units.ts";
import { emptyDefi } from "../../../../helpers/defi-world.ts";
import {
  accountView,
  dollarView,
  lendingView,
  reserveView,
  stablePool,
  vaultView,
  viewOf,
} from "../../../../helpers/defi-layer-view.ts";

const RAY = 10n ** 27n;

interface Step {
  readonly facts?: readonly Fact[];
  readonly actions?: readonly Action[];
  readonly time?: bigint;
}

/** Whether a law is broken between two states, and by which values. */
function breach(
  law: Invariant,
  [before, after]: readonly [Partial<DefiView>, Partial<DefiView>],
  { facts = [], actions = [{ type: "undelegate" }], time = 12n }: Step = {},
): unknown {
  const results = actions.map((action, at): ActionResult => {
    const planned = { agent: "x", origin: "agent", action } as const;
    return { planned, outcome: { status: "ok" }, gas: 0n, facts: at === 0 ? facts : [] };
  });
  const state = (defi: Partial<DefiView>, at: bigint) =>
    ({ ...viewOf(defi, { time: at }), lst: { rate: WAD } }) as never;
  return law.check({ before: state(before, 0n), after: state(after, time), results, actionsSoFar: 1 });
}

const spec: VaultSpec = {
  ...{ id: "lrt", operators: [], strategy: "lst", rate: WAD, redeemable: true },
  buffer: { target: 0n, capacity: 0n, drawdownFloor: 0n, minFeeBps: 0n, maxFeeBps: 0n },
  oracle: { mode: "pushed", every: 0n, feeBps: 0n },
  queue: { freeze: "claim", cooldown: 0n },
};

describe("I8 vault rates stand", () => {
  const law = vaultRatesStand([spec]);
  const vaults = (over: Partial<VaultView>): Partial<DefiView> => ({ vaults: { lrt: vaultView(over) } });
  const [calm, paid] = [
    vaults({}),
    { kind: "vaultPaid", vault: "lrt", holder: "x", request: 1n, shares: 1n, assets: 1n, fee: 1n } as const,
  ];

  it("holds where deposits bring what they are minted for, to the rounding", () => {
    const more = vaults({ supply: 2_000n * WAD, assets: ether(2_000) });
    expect(breach(law, [calm, more])).to.equal(null);
    expect(
      breach(law, [calm, vaults({ supply: 2_000n * WAD, assets: ether(2_000) - 3n, liveRate: WAD - 1n })]),
    ).to.equal(null);
  });

  it("catches a deposit that dilutes, and one that lifts the rate", () => {
    const diluted = vaults({ supply: 2_000n * WAD, assets: ether(1_990), liveRate: percent("99.5") });
    expect(breach(law, [calm, diluted])).to.include({ vault: "lrt", rateBefore: WAD });
    const lifted = vaults({ supply: 1_000n * WAD, assets: ether(1_001), liveRate: percent("100.1") });
    expect(breach(law, [calm, lifted])).to.include({ vault: "lrt", rateBefore: WAD });
  });

  it("lets fees of exits lift it, slashes lower it, and stale rates move it", () => {
    const lifted = vaults({ supply: 999n * WAD, assets: ether(1_000), liveRate: (1_000n * WAD) / 999n });
    expect(breach(law, [calm, lifted], { facts: [paid] })).to.equal(null);
    const lower = vaults({ assets: ether(900), liveRate: percent(90) });
    expect(breach(law, [calm, lower], { facts: [{ kind: "slash" } as Fact] })).to.equal(null);
    const stale = vaults({ reportedRate: percent(110) });
    expect(
      breach(law, [stale, vaults({ reportedRate: percent(110), assets: ether(900), liveRate: percent(90) })]),
    ).to.equal(null);
  });

  it("catches shares that promise more than there is, and a rate that moved unreported", () => {
    expect(breach(law, [calm, vaults({ liveRate: percent(101) })])).to.include({ rate: percent(101) });
    const moved = vaults({ reportedRate: percent(99) });
    expect(breach(law, [calm, moved])).to.include({ reportedBefore: WAD });
    const push = {
      kind: "ratePushed",
      vault: "lrt",
      before: WAD,
      after: percent(99),
      live: WAD,
      accepted: true,
      feeShares: 0n,
    } as const;
    expect(breach(law, [calm, moved], { facts: [push] })).to.equal(null);
  });

  it("says nothing of vaults with a deliberate fault", () => {
    const faulty = vaultRatesStand([{ ...spec, queue: { ...spec.queue, fault: "cachedQuote" } }]);
    expect(breach(faulty, [calm, vaults({ liveRate: percent(101) })])).to.equal(null);
  });
});

describe("vault queues are backed", () => {
  const request = { id: 1n, holder: "x", shares: 1n, quote: 9n, payable: 9n, requestedAt: 0n, claimable: true };
  const vaults = (owed: bigint, buffer = 100n) => ({
    vaults: { lrt: vaultView({ owed, buffer, requests: [request, { ...request, claimable: false }] }) },
  });

  it("catches claims beyond what is fixed for them", () => {
    const law = vaultQueuesAreBacked([{ ...spec, queue: { ...spec.queue, freeze: "unlock" } }]);
    expect(breach(law, [{}, vaults(9n)])).to.equal(null);
    expect(breach(law, [{}, vaults(8n)])).to.deep.equal({ vault: "lrt", payable: 9n, owed: 8n, atHand: 0n });
  });

  it("catches claims beyond what is at hand where a claim fixes what it pays", () => {
    const law = vaultQueuesAreBacked([{ ...spec, queue: { ...spec.queue, freeze: "claim" } }]);
    expect(breach(law, [{}, vaults(0n, 9n)])).to.equal(null);
    expect(breach(law, [{}, vaults(0n, 8n)])).to.deep.equal({ vault: "lrt", payable: 9n, owed: 0n, atHand: 8n });
  });
});

const liquidated = {
  ...{ kind: "liquidated", market: "aave", borrower: "loop", liquidator: "l", collateral: "lrt", debt: "weth" },
  ...{ seized: ether("10.1"), fee: 0n, repaid: ether(10), healthBefore: percent(99) },
  ...{ collateralPrice: 2_000n * 10n ** 8n, debtPrice: 2_000n * 10n ** 8n, proceeds: null, profit: null, badDebt: {} },
} satisfies Fact;
const market = (debt: bigint, over: Parameters<typeof reserveView>[0] = {}): Partial<DefiView> => ({
  lending: {
    aave: lendingView({
      reserves: { weth: reserveView(over), lrt: reserveView() },
      accounts: { loop: accountView(ether(105), debt) },
    }),
  },
});
const both = [market(ether(100)), market(ether(90))] as const;

describe("laws of liquidation", () => {
  it("catch a liquidation of a healthy account", () => {
    expect(breach(onlyUnhealthyAreLiquidated, both, { facts: [liquidated] })).to.equal(null);
    const facts = [{ ...liquidated, healthBefore: WAD }];
    expect(breach(onlyUnhealthyAreLiquidated, both, { facts })).to.deep.equal({
      market: "aave",
      borrower: "loop",
      health: WAD,
    });
  });

  it("catch collateral beyond the bonus, by one unit too many", () => {
    expect(breach(seizuresStayWithinBonus, both, { facts: [liquidated] })).to.equal(null);
    const greedy = { ...liquidated, seized: ether("10.1") + 3n };
    expect(breach(seizuresStayWithinBonus, both, { facts: [greedy] })).to.include({
      borrower: "loop",
      seized: greedy.seized,
    });
  });

  it("catch it in isolated markets too", () => {
    const iso = {
      ...{ loan: "weth", collateral: "lrt", lltv: percent(86), lif: percent(104), price: 10n ** 36n, feeShares: 0n },
      ...{
        totalSupply: 9n,
        totalSupplyShares: 1n,
        totalBorrow: 9n,
        totalBorrowShares: 1n,
        borrowRate: 0n,
        positions: {},
      },
    };
    const fact = { ...liquidated, market: "iso", collateralPrice: 0n, debtPrice: 10n ** 36n, seized: ether("10.4") };
    expect(breach(seizuresStayWithinBonus, [{ isolated: { iso } }, {}], { facts: [fact] })).to.equal(null);
    const greedy = { ...fact, seized: ether("10.4") + 9n };
    expect(breach(seizuresStayWithinBonus, [{ isolated: { iso } }, {}], { facts: [greedy] })).not.to.equal(null);
    expect(breach(isolatedDebtsAreSupplied, [{}, { isolated: { iso } }])).to.equal(null);
    expect(breach(isolatedDebtsAreSupplied, [{}, { isolated: { iso: { ...iso, totalBorrow: 10n } } }])).to.include({
      totalBorrow: 10n,
    });
  });

  it("catch debt that vanishes without being repaid or booked", () => {
    expect(breach(removedDebtIsAccountedFor, both, { facts: [liquidated] })).to.equal(null);
    const lost = [market(ether(100)), market(ether(80))] as const;
    expect(breach(removedDebtIsAccountedFor, lost, { facts: [liquidated] })).to.include({
      expected: ether(90),
      actual: ether(80),
    });
    const booked = { ...liquidated, badDebt: { weth: ether(10) } };
    expect(breach(removedDebtIsAccountedFor, lost, { facts: [booked] })).to.equal(null);
    const borrowed = {
      kind: "lendingMoved",
      market: "aave",
      token: "weth",
      move: "borrow",
      who: "loop",
      amount: ether(5),
    } as const;
    expect(breach(removedDebtIsAccountedFor, both, { facts: [liquidated, borrowed] })).not.to.equal(null);
  });

  it("count the interest of the step with the debt", () => {
    const grown = [market(ether(100)), market(ether(92), { borrowIndex: (102n * RAY) / 100n })] as const;
    expect(breach(removedDebtIsAccountedFor, grown, { facts: [liquidated] })).to.equal(null);
  });
});

describe("lending claims are covered", () => {
  const reserve = (over: Parameters<typeof reserveView>[0]): Partial<DefiView> => market(0n, over);
  const fair = reserve({ cash: ether(400), debt: ether(600), supplied: ether(1_000) });

  it("holds while debts, cash and deficit are the claims", () => {
    expect(breach(claimsAreCovered, [fair, fair])).to.equal(null);
    const booked = reserve({ cash: ether(400), debt: ether(500), deficit: ether(100), supplied: ether(1_000) });
    expect(breach(claimsAreCovered, [fair, booked])).to.equal(null);
  });

  it("catches claims without cover, and cover that belongs to nobody", () => {
    const missing = reserve({ cash: ether(400), debt: ether(500), supplied: ether(1_000) });
    expect(breach(claimsAreCovered, [fair, missing])).to.include({ token: "weth", missing: ether(100) });
    const vanished = reserve({ cash: ether(400), debt: ether(600), supplied: ether(990) });
    expect(breach(claimsAreCovered, [fair, vanished])).to.include({ token: "weth", surplus: ether(10) });
  });

  it("lets compound interest run ahead of the claims", () => {
    const rate = RAY / 10n;
    const later = reserve({ cash: ether(400), debt: ether(660) + WAD / 10n, supplied: ether(1_060), borrowRate: rate });
    expect(breach(claimsAreCovered, [fair, later], { time: days(365) })).to.equal(null);
    expect(breach(claimsAreCovered, [fair, later], { time: 12n })).not.to.equal(null);
  });
});

describe("laws of pools and dollars", () => {
  const pool = (over: Parameters<typeof stablePool>[0]): Partial<DefiView> => ({ pools: { pool: stablePool(over) } });

  it("catch a virtual price that falls, unless rates or amplification moved", () => {
    expect(breach(virtualPricesNeverFall, [pool({}), pool({ virtualPrice: WAD + 5n })])).to.equal(null);
    expect(breach(virtualPricesNeverFall, [pool({}), pool({ virtualPrice: WAD - 2n })])).to.include({ pool: "pool" });
    expect(
      breach(virtualPricesNeverFall, [pool({}), pool({ virtualPrice: WAD - 9n, rates: [WAD, WAD - 1n] })]),
    ).to.equal(null);
    expect(
      breach(virtualPricesNeverFall, [pool({}), pool({ virtualPrice: WAD - 9n, amplification: 19_999n })]),
    ).to.equal(null);
  });

  it("catch a dollar that redeems above par, and a queue of dollars that were never made", () => {
    const dollars = (over: Parameters<typeof dollarView>[0]) => ({ dollars: { rusd: dollarView(over) } });
    expect(breach(dollarsRedeemAtMostAtPar, [{}, dollars({})])).to.equal(null);
    expect(breach(dollarsRedeemAtMostAtPar, [{}, dollars({ redemptionRate: WAD + 1n })])).to.include({
      dollar: "rusd",
    });
    const queue = [{ id: 1n, holder: "x", amount: ether(1_001), filled: 0n, claimable: 0n, requestedAt: 0n }];
    expect(breach(dollarsRedeemAtMostAtPar, [{}, dollars({ queue })])).to.include({ waiting: ether(1_001) });
  });
});

describe("defiInvariants", () => {
  it("adds the laws of the parts that are there", () => {
    expect(defiInvariants(emptyDefi)).to.deep.equal([]);
    expect(defiInvariants({ ...emptyDefi, vaults: [spec] })).to.have.length(2);
  });
});
