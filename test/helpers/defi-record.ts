/** A run record with a DeFi part, made by the engine's own books from states on paper: a restaking token crashes. */
import { bookDefiStep, closeDefiBooks, defiRow, openDefiBooks } from "../../src/engine/defi-books.ts";
import type { ActionResult, Fact } from "../../src/model/fact.ts";
import type { View, WorldView } from "../../src/model/view.ts";
import type { RunRecord } from "../../src/report/run-record.ts";
import { CALM, ETHER, paperDefi, paperDefiSpec, type PaperAmounts } from "./defi-paper.ts";
import { makeRunRecord } from "./run-record-fixture.ts";

const WAD = 10n ** 18n;
const MINUTE = 60n;

function asView(world: WorldView, step: number): View {
  return { ...world, step, faults: [], slashes: [], reported: [], refusals: [] };
}

const liquidation: Fact = {
  kind: "liquidated",
  market: "core",
  borrower: "loopers",
  liquidator: "keepers",
  collateral: "lrt",
  debt: "weth",
  seized: 300n * ETHER,
  fee: 0n,
  repaid: 120n * ETHER,
  healthBefore: WAD / 2n,
  collateralPrice: 0n,
  debtPrice: 0n,
  proceeds: 121n * ETHER,
  profit: ETHER,
  badDebt: { weth: 170n * ETHER },
};

function attempt(error: string | null): ActionResult {
  const terms = { market: "core", borrower: "loopers", collateral: "lrt", debt: "weth", amount: "max" } as const;
  return {
    planned: {
      agent: "keepers",
      origin: "agent",
      action: { type: "liquidate", ...terms, sellOn: "pool", minProfit: 0n },
    },
    outcome: error === null ? { status: "ok" } : { status: "reverted", error, args: {} },
    gas: 500_000n,
    facts: error === null ? [liquidation] : [],
  };
}

const freeze: ActionResult = {
  planned: {
    agent: "guards",
    origin: "agent",
    action: { type: "freezeReserve", market: "core", token: "lrt", frozen: true },
  },
  outcome: { status: "ok" },
  gas: 50_000n,
  facts: [],
};

const shock: ActionResult = {
  planned: { agent: "keepers", origin: "shock", action: { type: "reportPool" } },
  outcome: { status: "ok" },
  gas: 1n,
  facts: [],
};

/** Steps of the tale: what the state becomes, and what was tried. */
const TALE: readonly { readonly over: Partial<PaperAmounts>; readonly results: readonly ActionResult[] }[] = [
  { over: {}, results: [] },
  { over: { vaultAssets: 900n * ETHER, vaultDelegated: 800n * ETHER }, results: [shock] },
  {
    over: { vaultAssets: 430n * ETHER, vaultDelegated: 330n * ETHER },
    results: [attempt("FlashLiquidatorUnprofitable"), freeze],
  },
  {
    over: {
      vaultAssets: 430n * ETHER,
      vaultDelegated: 330n * ETHER,
      accounts: { lena: { supplied: { weth: 400n * ETHER } } },
      cash: { weth: 280n * ETHER, lrt: 0n },
      wallets: { ...CALM.wallets, lena: {}, keepers: { lrt: 300n * ETHER } },
      dollar: { ...CALM.dollar, rate: (WAD * 9n) / 10n },
    },
    results: [attempt(null), attempt("LendingPoolHealthy")],
  },
];

/** Makes the record. */
export function makeDefiRecord(): RunRecord {
  const spec = paperDefiSpec();
  const first = asView(paperDefi(), 0);
  const books = openDefiBooks(spec, first);
  const base = makeRunRecord({ days: TALE.length });
  if (books === null) return base;
  let before = first;
  const rows = [{ ...base.rows[0], time: "0", defi: defiRow(books, first) ?? {} }];
  for (const [at, { over, results }] of TALE.entries()) {
    const time = MINUTE * BigInt(at + 1);
    const after = asView(paperDefi({ ...over, time }), at + 1);
    bookDefiStep(books, { step: at + 1, before, after, results });
    rows.push({ ...base.rows[at + 1], time: time.toString(), defi: defiRow(books, after) ?? {} });
    before = after;
  }
  const quiet = { slashes: [], cases: [], exits: [], actions: [], earnings: [], notes: [] };
  return { ...base, ...quiet, rows: rows as RunRecord["rows"], defi: closeDefiBooks(books) };
}
