import { expect } from "chai";

import { queueReadings, servedBetween } from "../../../../../src/analysis/defi/queues.ts";
import type { VaultRequestView } from "../../../../../src/model/defi/vaults.ts";
import type { WorldView } from "../../../../../src/model/view.ts";
import type { RunRecord } from "../../../../../src/report/run-record.ts";
import { timesToClear } from "../../../../../src/report/story/queues.ts";
import { CALM, ETHER, paperDefi } from "../../../../helpers/defi-paper.ts";
import { makeRunRecord } from "../../../../helpers/run-record-fixture.ts";

const WAD = 10n ** 18n;
const DAY = 86_400n;

function request(id: bigint, over: Partial<VaultRequestView> = {}): VaultRequestView {
  return {
    id,
    holder: "lena",
    shares: 10n * ETHER,
    quote: 0n,
    payable: 8n * ETHER,
    requestedAt: 0n,
    claimable: false,
    ...over,
  };
}

/** The paper world with requests at its vault, and what else its vault is. */
function withRequests(requests: readonly VaultRequestView[], over: object = {}): WorldView {
  const view = paperDefi({ time: 100n });
  const lrt = view.defi.vaults["lrt"];
  if (lrt === undefined) throw new RangeError("the paper world has no vault");
  return { ...view, defi: { ...view.defi, vaults: { lrt: { ...lrt, requests, ...over } } } };
}

const worth = (8n * ETHER * CALM.lstRate) / WAD;
const of = (view: WorldView, served: ReadonlyMap<string, bigint> = new Map()) =>
  new Map(queueReadings(view, served).map(({ id, value }) => [id, value]));

describe("queueReadings", () => {
  it("counts what waits, by the oldest; not what may be claimed", () => {
    const readings = of(withRequests([request(1n, { requestedAt: 40n }), request(2n, { claimable: true })]));
    expect(readings.get("queue/lrt/depth")).to.equal(worth);
    expect(readings.get("queue/lrt/oldest")).to.equal(60n);
    expect(readings.get("queue/lrt/served")).to.equal(0n);
    expect(of(withRequests([]), new Map([["lrt", 5n]])).get("queue/lrt/served")).to.equal(5n);
  });

  it("values requests of a vault upon another by the token that they are paid in", () => {
    const rate = of(withRequests([request(1n)], { below: "weth" })).get("queue/lrt/depth");
    expect(rate)
      .to.equal(8n * ETHER)
      .and.not.equal(worth);
  });
});

describe("servedBetween", () => {
  const served = (before: WorldView, after: WorldView) => servedBetween(before, after).get("lrt");

  it("counts what became claimable and what is gone, at the worth before", () => {
    const before = withRequests([request(1n), request(2n), request(3n)]);
    const after = withRequests([request(2n, { claimable: true }), request(3n, { payable: ETHER })]);
    expect(served(before, after)).to.equal(2n * worth);
  });

  it("counts a part that was served, and nobody who came within the step", () => {
    const before = withRequests([request(1n)]);
    expect(served(before, withRequests([request(1n, { shares: 4n * ETHER }), request(9n)]))).to.equal(
      (worth * 6n) / 10n,
    );
    expect(served(withRequests([]), withRequests([request(9n)]))).to.equal(0n);
  });
});

describe("timesToClear", () => {
  /** A record of `[time, depth, served]`. */
  function recordOf(points: readonly (readonly [bigint, bigint, bigint])[]): RunRecord {
    const base = makeRunRecord();
    const [row] = base.rows;
    if (row === undefined) throw new RangeError("the fixture has no row");
    const rows = points.map(([time, depth, served], step) => ({
      ...{ ...row, step, time: time.toString() },
      defi: { "queue/lrt/depth": depth.toString(), "queue/lrt/served": served.toString() },
    }));
    return { ...base, rows };
  }
  const times = (points: readonly (readonly [bigint, bigint, bigint])[]) => [
    ...timesToClear(recordOf(points), "lrt").values(),
  ];

  it("divides what waits by what left the queue within the last day, and rounds up", () => {
    const points = [0n, 1n, 2n, 3n].map((day) => [day * DAY, 300n, [0n, 100n, 200n, 209n][Number(day)] ?? 0n] as const);
    expect(times(points)).to.deep.equal([null, 3n * DAY, 3n * DAY, (300n * DAY + 8n) / 9n]);
  });

  it("reaches back to the run's start while that is nearer, and to the last row that is a day old", () => {
    const hours = (count: bigint): bigint => count * 3_600n;
    expect(
      times([
        [0n, 0n, 0n],
        [hours(6n), 100n, 50n],
      ]),
    ).to.deep.equal([0n, hours(12n)]);
    // The row of hour 10 is 20 hours old, that of hour 0 is 30: ten of 110 a day and a quarter.
    expect(
      times([
        [0n, 1n, 0n],
        [hours(10n), 1n, 100n],
        [hours(30n), 11n, 110n],
      ])[2],
    ).to.equal(hours(3n));
  });

  it("is zero where nobody waits, and has no end where nobody is served", () => {
    expect(
      times([
        [0n, 0n, 0n],
        [60n, 5n, 0n],
        [120n, 0n, 5n],
      ]),
    ).to.deep.equal([0n, null, 0n]);
  });
});
