import { expect } from "chai";

import { backer, guardian } from "../../../../../../src/model/agents/defi/guardians.ts";
import {
  feedKeeper,
  fundAdministrator,
  reserveManager,
  vaultKeeper,
} from "../../../../../../src/model/agents/defi/keepers.ts";
import { firstIncident, subjectOf } from "../../../../../../src/model/incident.ts";
import { halt } from "../../../../../../src/model/shocks/issuers.ts";
import { percent } from "../../../../../../src/units/amounts.ts";
import { days, minutes } from "../../../../../../src/units/durations.ts";
import { dollarView, vaultView, viewOf, wants } from "../../../../../helpers/defi-layer-view.ts";

const incidents = [
  { at: 1_000n, type: "keyCompromise", subject: "lrt" },
  { at: 5_000n, type: "dump", subject: "pool" },
] as const;

describe("incidents", () => {
  it("are found by type and subject, the first of them", () => {
    expect(firstIncident(incidents, { type: "dump" })).to.equal(5_000n);
    expect(firstIncident(incidents, { subject: "lrt" })).to.equal(1_000n);
    expect(firstIncident(incidents, { type: "dump", subject: "lrt" })).to.equal(null);
    expect(firstIncident(undefined, {})).to.equal(null);
    expect(subjectOf(halt({ part: { kind: "fund", fund: "bills" } }))).to.equal(null);
    expect(subjectOf(halt({ part: { kind: "vault", vault: "lrt" } }))).to.equal("lrt");
  });
});

describe("guardian", () => {
  const freeze = { type: "freezeReserve", market: "aave", token: "lrt", frozen: true } as const;
  const fix = { type: "setReserveFeed", market: "aave", token: "lrt", feed: "fair" } as const;
  const params = {
    after: { type: "keyCompromise" },
    detect: minutes(46),
    measures: [
      { latency: minutes(31), actions: [freeze] },
      { latency: days(5), actions: [fix] },
    ],
  } as const;
  const at = (from: bigint, now: bigint): unknown =>
    wants(guardian(params), viewOf({}, { time: from, incidents }), { now });

  it("takes each measure once, at its own time after the detection", () => {
    const frozen = 1_000n + minutes(77);
    expect(at(frozen - 12n, frozen - 1n)).to.deep.equal([]);
    expect(at(frozen - 12n, frozen)).to.deep.equal([freeze]);
    expect(at(frozen, frozen + 12n)).to.deep.equal([]);
    const fixed = 1_000n + minutes(46) + days(5);
    expect(at(fixed - 12n, fixed + 3n)).to.deep.equal([fix]);
    expect(wants(guardian(params), viewOf({}, { time: frozen - 1n }), { now: frozen })).to.deep.equal([]);
  });

  it("reacts in the step after the shock where it needs no time", () => {
    const quick = guardian({ ...params, detect: 0n, measures: [{ latency: 0n, actions: [freeze] }] });
    expect(wants(quick, viewOf({}, { time: 1_000n, incidents }), { now: 1_012n })).to.deep.equal([freeze]);
    expect(wants(quick, viewOf({}, { time: 1_012n, incidents }), { now: 1_024n })).to.deep.equal([]);
  });

  it("acts with the administrator's powers, and a backer with its own", () => {
    expect(guardian(params).actsAs).to.equal("protocol");
    expect(backer(params).actsAs).to.equal(undefined);
  });
});

describe("keepers", () => {
  it("follow feeds on schedule, and fall silent when told to", () => {
    const silent = { after: { type: "dump" }, length: 600n } as const;
    const keeper = feedKeeper({ feeds: ["a", "b"], every: 60n, silent });
    const follow = ["a", "b"].map((feed) => ({ type: "followFeed", feed }));
    expect(wants(keeper, viewOf({}, { time: 48n }), { now: 60n })).to.deep.equal(follow);
    expect(wants(keeper, viewOf({}, { time: 60n }), { now: 119n })).to.deep.equal([]);
    expect(wants(keeper, viewOf({}, { time: 5_500n, incidents }), { now: 5_580n })).to.deep.equal([]);
    expect(wants(keeper, viewOf({}, { time: 5_590n, incidents }), { now: 5_640n })).to.deep.equal(follow);
  });

  it("push a vault's rate on schedule and serve who waits", () => {
    const request = { id: 1n, holder: "x", shares: 1n, quote: 1n, payable: 1n, requestedAt: 0n, claimable: false };
    const keeper = vaultKeeper({ vault: "lrt", push: days(1), restake: days(2) });
    const view = (time: bigint, requests = [request]) => viewOf({ vaults: { lrt: vaultView({ requests }) } }, { time });
    const types = (time: bigint, now: bigint): unknown => wants(keeper, view(time), { now }).map(({ type }) => type);
    expect(types(0n, days(1))).to.deep.equal(["vaultPushRate", "vaultServe"]);
    expect(types(days(1), days(2))).to.deep.equal(["vaultPushRate", "vaultServe", "vaultRestake"]);
    expect(types(5n, 10n)).to.deep.equal(["vaultServe"]);
    expect(wants(keeper, view(5n, []), { now: 10n })).to.deep.equal([]);
  });

  it("mark a dollar's reserve down after the news, once, and serve its queue", () => {
    const marks = { after: { type: "dump" }, latency: 100n, fraction: percent(8) } as const;
    const manager = reserveManager({ dollar: "rusd", marks });
    const waiting = { id: 1n, holder: "x", amount: 5n, filled: 0n, claimable: 0n, requestedAt: 0n };
    const view = (time: bigint, queue = [waiting]) =>
      viewOf({ dollars: { rusd: dollarView({ queue }) } }, { time, incidents });
    expect(wants(manager, view(5_090n), { now: 5_100n })).to.deep.equal([
      { type: "dollarImpair", dollar: "rusd", fraction: percent(8) },
      { type: "dollarServe", dollar: "rusd" },
    ]);
    expect(wants(manager, view(5_100n, []), { now: 5_112n })).to.deep.equal([]);
  });

  it("strike a fund's NAV with its yield", () => {
    const agent = fundAdministrator({ fund: "bills", every: days(1), yearlyYield: percent(5) });
    const state = { settlement: "usd", nav: 1_000_000n, struckAt: 0n, supply: 0n, liquidity: 0n, halted: false };
    const fund = { ...state, orders: [], allowed: [], holders: {} };
    const view = viewOf({ funds: { bills: fund } }, { time: days(72) });
    expect(wants(agent, view, { now: days(73) })).to.deep.equal([
      { type: "fundStrike", fund: "bills", nav: 1_010_000n },
    ]);
    expect(wants(agent, view, { now: days(72) + 5n })).to.deep.equal([]);
  });
});
