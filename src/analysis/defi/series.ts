import type { DefiView } from "../../model/defi/defi.ts";
import { waitingInLine } from "../../model/defi/adapter-vaults.ts";
import { waitingIn } from "../../model/defi/epoch-vaults.ts";
import { utilisationOfVault } from "../../model/defi/market-vaults.ts";
import { hiddenBadDebt, marketsOf } from "../../model/defi/solvency.ts";
import { worthOf } from "../../model/defi/worth.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD, type Wei } from "../../units/units.ts";
import { healthQuantile, indebted, underwaterDebt } from "./health.ts";
import { tokenPrices } from "./price-series.ts";
import { queueReadings } from "./queues.ts";
import { making, type Reading } from "./reading.ts";

const RAY_TO_WAD = 10n ** 9n;
const YEAR = 31_536_000n;

/** Tokens whose price is a question: all but wrapped ether. */
function pricedTokens({ defi }: WorldSpec): readonly string[] {
  const own = (defi?.tokens ?? []).filter(({ kind }) => kind !== "wrappedEther");
  return [...(defi?.vaults ?? []), ...(defi?.dollars ?? []), ...(defi?.cdps ?? []), ...own].map(({ id }) => id);
}

function feeds(view: DefiView): Reading[] {
  return Object.entries(view.feeds).map(([id, { answer, decimals, kind }]) =>
    making("feed", id, "answer")([`feed/${id}`, `${id} (${kind})`], answer, { decimals }),
  );
}

function pools(view: DefiView): Reading[] {
  return Object.entries(view.pools).flatMap(([id, { tokens, balances, virtualPrice }]) => {
    const held = tokens.map((token, at) =>
      making("pool", id, token)([`pool/${id}/balance/${token}`, `${token} in ${id}`], balances[at] ?? 0n, {
        decimals: view.tokens[token]?.decimals ?? 18,
      }),
    );
    const price = making("pool", id, "virtual price")([`pool/${id}/virtualPrice`, "virtual price"], virtualPrice);
    return virtualPrice === 0n ? held : [...held, price];
  });
}

function vaults(view: DefiView): Reading[] {
  return Object.entries(view.vaults).flatMap(([id, { reportedRate, liveRate, buffer }]) => {
    const make = making("vault", id, "ETH");
    return [
      make([`vault/${id}/reported`, "rate reported"], reportedRate),
      make([`vault/${id}/live`, "rate by its assets"], liveRate),
      make([`vault/${id}/buffer`, "buffer"], buffer, { unit: "wrapped LST" }),
      make(
        [`backing/${id}`, `${id}: assets behind what it says`],
        reportedRate === 0n ? 0n : (liveRate * WAD) / reportedRate,
        {
          group: "dollar",
          unit: "of one",
        },
      ),
    ];
  });
}

/** Part of a cap that is used [WAD]; 0 where there is no cap. */
function partOf(amount: bigint, cap: bigint | null): bigint {
  return cap === null || cap === 0n ? 0n : (amount * WAD) / cap;
}

function reserves(view: DefiView): Reading[] {
  const pooled = Object.entries(view.lending).flatMap(([market, { reserves: all }]) =>
    Object.entries(all).flatMap(([token, reserve]) => {
      const subject = `${market}/${token}`;
      const make = making("reserve", subject, "of one");
      const worth = (amount: bigint): bigint => worthOf(view, token, amount);
      return [
        make([`reserve/${subject}/utilisation`, "utilisation"], reserve.utilisation),
        make([`reserve/${subject}/rate`, "borrow rate a year"], reserve.borrowRate / RAY_TO_WAD),
        make([`reserve/${subject}/cash`, "cash"], worth(reserve.cash), { unit: "ETH" }),
        make([`reserve/${subject}/deficit`, "deficit"], worth(reserve.deficit), { unit: "ETH" }),
        make([`reserve/${subject}/supplyCap`, "supply cap used"], partOf(reserve.supplied, reserve.supplyCap)),
        make([`reserve/${subject}/borrowCap`, "borrow cap used"], partOf(reserve.debt, reserve.borrowCap)),
      ];
    }),
  );
  const isolated = Object.entries(view.isolated).flatMap(([market, state]) => {
    const make = making("reserve", market, "of one");
    const used = state.totalSupply === 0n ? 0n : (state.totalBorrow * WAD) / state.totalSupply;
    const cash = worthOf(view, state.loan, state.totalSupply - state.totalBorrow);
    return [
      make([`reserve/${market}/utilisation`, "utilisation"], used),
      make([`reserve/${market}/rate`, "borrow rate a year"], state.borrowRate * YEAR),
      make([`reserve/${market}/cash`, "cash"], cash, { unit: "ETH" }),
    ];
  });
  return [...pooled, ...isolated, ...marketVaults(view)];
}

/** Vaults over isolated markets: how much of them is lent, and what of it nobody will pay. */
function marketVaults(view: DefiView): Reading[] {
  return Object.entries(view.marketVaults).flatMap(([id, vault]) => {
    const make = making("reserve", id, "of one");
    const worth = (amount: bigint): bigint => worthOf(view, vault.asset, amount);
    return [
      make([`reserve/${id}/utilisation`, "utilisation"], utilisationOfVault(vault)),
      make([`reserve/${id}/cash`, "cash"], worth(vault.liquidity), { unit: "ETH" }),
      make([`reserve/${id}/deficit`, "bad debt not recognised"], worth(vault.unrecognised), { unit: "ETH" }),
    ];
  });
}

/** Vaults with epochs: their stake, what of it waits to leave, and how often it is promised. */
function epochVaults(view: DefiView): Reading[] {
  return Object.entries(view.epochVaults).flatMap(([id, vault]) => {
    const make = making("vault", id, "ETH");
    const worth = (amount: bigint): bigint => worthOf(view, vault.asset, amount);
    const all = Object.values(vault.promised).flatMap((operators) => Object.values(operators));
    const promised = all.reduce((sum, stake) => sum + stake, 0n);
    return [
      make([`epochVault/${id}/active`, "active stake"], worth(vault.active.assets)),
      make([`epochVault/${id}/waiting`, "withdrawals that can still be slashed"], worth(waitingIn(vault))),
      make([`epochVault/${id}/promised`, "stake promised to networks"], worth(promised)),
    ];
  });
}

/** Vaults with adapters: their assets, what of them is free, what waits in the line. */
function adapterVaults(view: DefiView): Reading[] {
  return Object.entries(view.adapterVaults).flatMap(([id, vault]) => {
    const make = making("vault", id, "ETH");
    const worth = (amount: bigint): bigint => worthOf(view, vault.asset, amount);
    return [
      make([`adapterVault/${id}/assets`, "assets"], worth(vault.assets)),
      make([`adapterVault/${id}/free`, "free assets"], worth(vault.free)),
      make([`adapterVault/${id}/waiting`, "shares in the line"], worth(waitingInLine(vault))),
    ];
  });
}

function dollars(view: DefiView): Reading[] {
  return Object.entries(view.dollars).flatMap(([id, { backing, redemptionRate, cash }]) => {
    const make = making("dollar", id, "of one");
    return [
      make([`backing/${id}`, `${id}: assets behind a dollar`], backing),
      make([`redemption/${id}`, `${id}: what a dollar redeems for`], redemptionRate),
      make([`cash/${id}`, `${id}: cash`], cash, { unit: "settlement" }),
    ];
  });
}

function debts(spec: WorldSpec, view: DefiView): Reading[] {
  const positions = indebted(spec, view);
  const hidden = marketsOf(view).reduce((sum, market) => sum + hiddenBadDebt(view, market), 0n);
  const booked = Object.values(view.lending).reduce((sum, { reserves: all }) => {
    return Object.entries(all).reduce((part, [token, { deficit }]) => part + worthOf(view, token, deficit), sum);
  }, 0n);
  const make = making("debt", "all markets", "ETH");
  const health = making("health", "all markets", "health");
  const at = (percent: bigint): bigint => healthQuantile(positions, percent) ?? 0n;
  return [
    make(
      ["debt/all", "debt"],
      positions.reduce((sum, { debt }) => sum + debt, 0n),
    ),
    make(["debt/underwater", "debt below health 1"], underwaterDebt(positions)),
    make(["debt/hidden", "bad debt not booked yet"], hidden),
    make(["debt/deficit", "bad debt booked as deficit"], booked),
    ...([0n, 10n, 50n, 90n] as const).map((percent) =>
      health([`health/${percent}`, percent === 0n ? "lowest" : `${percent} % of debt below`], at(percent)),
    ),
  ];
}

/**
 * Every flat number of the DeFi layer, in a fixed order.
 *
 * @param served - What has left each queue since the run began [wei].
 */
export function readSeries(
  spec: WorldSpec,
  view: WorldView,
  served: ReadonlyMap<string, Wei> = new Map(),
): readonly Reading[] {
  const { defi } = view;
  return [
    ...pricedTokens(spec).flatMap((token) => tokenPrices(spec, defi, token)),
    ...feeds(defi),
    ...pools(defi),
    ...vaults(defi),
    ...epochVaults(defi),
    ...adapterVaults(defi),
    ...reserves(defi),
    ...dollars(defi),
    ...debts(spec, defi),
    ...queueReadings(view, served),
  ];
}
