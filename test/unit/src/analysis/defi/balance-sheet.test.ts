import { expect } from "chai";
import fc from "fast-check";

import { bear, settle, splitByWeight, claim, bring, openBook } from "../../../../../src/analysis/defi/account-book.ts";
import { balanceSheet, checkBalanceSheet } from "../../../../../src/analysis/defi/balance-sheet.ts";
import { realAssets } from "../../../../../src/analysis/defi/real-assets.ts";
import { CALM, ETHER, paperDefi, paperDefiSpec, USD, type PaperAmounts } from "../../../../helpers/defi-paper.ts";
import { paperAmounts } from "../../../../helpers/random-defi.ts";

const WAD = 10n ** 18n;
const spec = paperDefiSpec();
const equityOf = (over: Partial<PaperAmounts>): { get: (party: string) => bigint } => {
  const { equity } = balanceSheet(spec, paperDefi(over));
  return { get: (party) => equity.get(party) ?? 0n };
};

/** Collateral worth nothing and everything else as in a calm market. */
const crash = (assets: bigint): Partial<PaperAmounts> => ({ vaultAssets: assets, vaultDelegated: 0n });

describe("balanceSheet", () => {
  it("sums to the real assets, to the wei, whatever the state", () => {
    fc.assert(
      fc.property(paperAmounts, (amounts) => {
        const view = paperDefi(amounts);
        const sheet = balanceSheet(spec, view);
        const owned = [...sheet.equity.values()].reduce((sum, value) => sum + value, 0n);
        expect(owned).to.equal(realAssets(spec, view));
        expect(checkBalanceSheet(sheet)).to.equal(null);
      }),
      { numRuns: 300 },
    );
  });

  it("lets nobody own less than nothing, but for rounding and what nobody is left to bear", () => {
    fc.assert(
      fc.property(paperAmounts, (amounts) => {
        const sheet = balanceSheet(spec, paperDefi(amounts));
        for (const [party, value] of sheet.equity) {
          if (party === "rounding" || party.startsWith("unpaid by")) continue;
          expect(value + sheet.slack >= 0n, `${party} ${value}`).to.equal(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("looks through a pool and a vault to what stands behind them", () => {
    const makers = equityOf({}).get("makers");
    const rate = (1_000n * ETHER * CALM.lstRate) / (860n * ETHER);
    const held = 500n * ETHER + (450n * ETHER * rate) / WAD;
    expect(held - makers < 2_000n && makers - held < 2_000n).to.equal(true);
  });

  it("counts stake that a vault has pulled once, though withdrawals name the contract that holds it", () => {
    const view = paperDefi();
    const vault = view.defi.vaults["lrt"];
    if (vault === undefined) throw new RangeError("the world has a vault");
    const [[operator, delegated] = ["", 0n]] = Object.entries(vault.delegated);
    const queued = delegated / 4n;
    const pulled = { ...vault, delegated: { [operator]: delegated - queued }, queued: vault.queued + queued };
    const withdrawal = {
      ...{ id: "lrt@operators-1#1", staker: "lrt@operators-1", operator, strategy: "lst" },
      ...{ scaledShares: queued, shares: queued, queuedAt: 0n, slashableUntil: 9n, completableAt: 9n },
    };
    const defi = { ...view.defi, vaults: { lrt: pulled } };
    const { equity } = balanceSheet(spec, { ...view, withdrawals: [withdrawal], defi });
    expect(equity).to.deep.equal(balanceSheet(spec, view).equity);
  });

  it("stops a borrower's loss at its position and takes the rest from the insurance", () => {
    const loops = { loopers: { supplied: { weth: 90n * ETHER }, borrowed: { weth: 100n * ETHER } } };
    const lender = { lena: { supplied: { weth: 400n * ETHER } } };
    const equity = equityOf({
      accounts: { ...loops, ...lender },
      cash: { weth: 440n * ETHER },
      insured: { guards: 50n * ETHER },
      isolated: {},
      troves: {},
      stability: {},
      juniorHolders: {},
      wallets: {},
      walletEther: 0n,
    });
    expect([equity.get("loopers"), equity.get("guards"), equity.get("lena")]).to.deep.equal([
      0n,
      40n * ETHER,
      400n * ETHER,
    ]);
  });

  it("takes what the insurance cannot bear from suppliers and treasury in proportion", () => {
    const equity = equityOf({
      accounts: {
        loopers: { supplied: { weth: 0n }, borrowed: { weth: 100n * ETHER } },
        lena: { supplied: { weth: 300n * ETHER } },
      },
      treasury: 100n * ETHER,
      cash: { weth: 320n * ETHER },
      insured: { guards: 20n * ETHER },
      isolated: {},
      troves: {},
      stability: {},
      juniorHolders: {},
      wallets: {},
      walletEther: 0n,
    });
    expect([equity.get("guards"), equity.get("lena"), equity.get("treasury of core")]).to.deep.equal([
      0n,
      240n * ETHER,
      80n * ETHER,
    ]);
  });

  it("spreads an isolated market's loss over its suppliers", () => {
    const equity = equityOf({
      ...crash(0n),
      accounts: {},
      cash: {},
      insured: {},
      isolated: {
        lena: { supplied: 75n * ETHER },
        guards: { supplied: 25n * ETHER },
        loopers: { collateral: 50n * ETHER, borrowed: 40n * ETHER },
      },
      troves: {},
      stability: {},
      wallets: {},
      walletEther: 0n,
      juniorHolders: {},
    });
    expect([equity.get("loopers"), equity.get("lena"), equity.get("guards")]).to.deep.equal([
      0n,
      45n * ETHER,
      15n * ETHER,
    ]);
  });

  it("lets stability pool, other troves and holders bear an unpaid trove, in that order", () => {
    const state = (collateral: bigint, stability: bigint): Partial<PaperAmounts> => ({
      accounts: {},
      cash: {},
      insured: {},
      isolated: {},
      walletEther: 0n,
      juniorHolders: {},
      liquidity: {},
      pool: [0n, 0n],
      wallets: { hodl: { sdusd: 40_000n * ETHER - stability } },
      stability: { lena: stability },
      troves: {
        loopers: { debt: 20_000n * ETHER, collateral: 4n * ETHER },
        whale: { debt: 20_000n * ETHER, collateral },
      },
    });
    // 20,000 dollars are 10 ether: a shortfall of 6.
    const pooled = equityOf(state(13n * ETHER, 20_000n * ETHER));
    expect([pooled.get("lena"), pooled.get("whale")]).to.deep.equal([4n * ETHER, 3n * ETHER]);
    const scarce = equityOf(state(13n * ETHER, 2_000n * ETHER));
    expect([scarce.get("lena"), scarce.get("whale"), scarce.get("hodl")]).to.deep.equal([0n, 0n, 17n * ETHER]);
  });

  it("keeps a dollar's layers in the reverse of their order: backstop last", () => {
    const state = (term: bigint): ReturnType<typeof equityOf> =>
      equityOf({
        wallets: { hodl: { rusd: 5_000n * ETHER } },
        troves: {},
        stability: {},
        dollar: { cash: 4_000n * USD, term, buffer: 100n * USD, junior: 200n * USD, backstop: 300n * USD, rate: WAD },
      });
    const layers = (equity: ReturnType<typeof equityOf>): readonly bigint[] =>
      ["buffer of rusd", "guards", "backstop of rusd", "hodl"].map((party) => equity.get(party));
    const dollars = (amount: bigint): bigint => (amount * ETHER) / 2_000n;
    const insured = 50n * ETHER;
    expect(layers(state(1_000n * USD))).to.deep.equal([
      dollars(100n),
      insured + dollars(200n),
      dollars(300n),
      dollars(5_000n),
    ]);
    expect(layers(state(750n * USD))).to.deep.equal([0n, insured + dollars(50n), dollars(300n), dollars(5_000n)]);
    expect(layers(state(450n * USD))).to.deep.equal([0n, insured, dollars(50n), dollars(5_000n)]);
  });

  it("shows what exists and is in nobody's hands", () => {
    const equity = equityOf({ hidden: 7n * ETHER, vaultAssets: 1_000n * ETHER });
    expect(equity.get("nobody") > 0n).to.equal(true);
  });
});

describe("settle", () => {
  it("passes nothing on where a shortfall is rounding", () => {
    const book = openBook();
    bring(book, "reserve:m/t", 10n);
    claim(book, "reserve:m/t", { by: "ann", layer: "supplier", tier: 0, capacity: 12n });
    expect(
      settle(
        book,
        (account) => account.startsWith("reserve:"),
        () => 5n,
      ),
    ).to.deep.equal([]);
    expect(book.balances.get("ann")).to.equal(12n);
  });

  it("follows what runs in a circle to its end, where somebody in it bears", () => {
    const book = openBook();
    const layer = "supplier" as const;
    // A reserve that lacks a hundred owes nine tenths to a position, which owes all of it to the reserve again.
    claim(book, "reserve:m/t", { by: "ann", layer, tier: 0, capacity: 100n * ETHER });
    bear(book, "reserve:m/t", { by: "position:m/bob", layer, tier: 0, capacity: 900n * ETHER });
    bear(book, "position:m/bob", { by: "reserve:m/t", layer, tier: 0, capacity: 900n * ETHER });
    const passed = settle(
      book,
      (account) => account.includes(":"),
      () => 100n,
    );
    const left = book.balances.get("ann") ?? 0n;
    expect(left >= 0n && left <= 1_000n, left.toString()).to.equal(true);
    // One entry for whatever one passed to another.
    expect(passed).to.have.length(3);
  });

  it("ends where debts run in a circle", () => {
    const book = openBook();
    claim(book, "cdp:a", { by: "cdp:b", layer: "dollarHolder", tier: 0, capacity: 5n });
    claim(book, "cdp:b", { by: "cdp:a", layer: "dollarHolder", tier: 0, capacity: 5n });
    claim(book, "cdp:a", { by: "ann", layer: "dollarHolder", tier: 0, capacity: 9n });
    settle(
      book,
      (account) => account.startsWith("cdp:"),
      () => 0n,
    );
    const sum = [...book.balances.values()].reduce((all, one) => all + one, 0n);
    expect(sum).to.equal(0n);
  });
});

describe("splitByWeight", () => {
  it("gives the rest to the last that has a weight, so that the parts sum exactly", () => {
    expect(splitByWeight(10n, [1n, 1n, 1n, 0n])).to.deep.equal([3n, 3n, 4n, 0n]);
    expect(splitByWeight(-10n, [1n, 2n])).to.deep.equal([-3n, -7n]);
    expect(splitByWeight(10n, [0n, 0n])).to.deep.equal([0n, 0n]);
  });
});
