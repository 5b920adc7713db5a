import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { keeperActions } from "../../../../src/engine/keepers.ts";
import { readPriceFile } from "../../../../src/engine/price-file.ts";
import { stepTimes } from "../../../../src/engine/step-times.ts";
import { dueEntries, openTimeline } from "../../../../src/engine/timeline.ts";
import { PriceFileError } from "../../../../src/errors/price-file-error.ts";
import type { Scenario } from "../../../../src/model/scenario.ts";
import type { View } from "../../../../src/model/view.ts";
import type { TimelineEntry } from "../../../../src/model/shock.ts";
import { bankHoliday, halt } from "../../../../src/model/shocks/issuers.ts";
import { pricePath, slashVault } from "../../../../src/model/shocks/markets.ts";
import { jumpDiffusion, priceSteps } from "../../../../src/model/shocks/price-path.ts";

const scenario = (timeline: readonly TimelineEntry[]): Scenario =>
  ({ seed: 3, clock: { step: 100n, steps: 10 }, timeline }) as unknown as Scenario;
const steps = (timeline: readonly TimelineEntry[]): readonly string[] => {
  const whole = scenario(timeline);
  const opened = openTimeline(whole, 1n);
  const times = [0n, ...stepTimes(whole)];
  return times.slice(1).flatMap((now, at) =>
    dueEntries(opened, times[at] ?? 0n, now).map(({ shock, note, phase, price }) => {
      return [now, shock.type, phase, price, note].filter((part) => part !== undefined).join(" ");
    }),
  );
};

describe("timeline", () => {
  it("sets the newest point of a path at each step that passes one, and says its note once", () => {
    const points = priceSteps([
      { after: 0n, price: 7n },
      { after: 120n, price: 8n },
      { after: 130n, price: 9n },
      { after: 300n, price: 9n },
    ]);
    const entry = { at: 150n, shock: pricePath({ feed: "usd", path: points }), note: "falls" };
    expect(steps([entry])).to.deep.equal(["150 pricePath 0 7 falls", "300 pricePath 1 9", "500 pricePath 1 9"]);
  });

  it("draws a walk from the seed, one answer a step", () => {
    const drawn = jumpDiffusion({ from: 10n ** 10n, every: 50n, length: 900n, drift: 0n, volatility: 10n ** 18n });
    const seen = steps([{ at: 100n, shock: pricePath({ feed: "usd", path: drawn }) }]);
    expect(seen).to.have.length(10);
    expect(seen[0]).to.equal("100 pricePath 0 10000000000");
    expect(new Set(seen.map((line) => line.split(" ")[3])).size).to.equal(10);
  });

  it("lets a shock with a length act again when it is over, in a step of its own", () => {
    expect(steps([{ at: 100n, shock: bankHoliday({ dollar: "usd", length: 250n }) }])).to.deep.equal([
      "100 bankHoliday 0",
      "350 bankHoliday 1",
    ]);
    const part = { kind: "vault", vault: "lrt" } as const;
    expect(steps([{ at: 900n, shock: halt({ part, length: 500n }) }])).to.deep.equal(["900 halt 0"]);
    expect(steps([{ at: 900n, shock: halt({ part }) }])).to.deep.equal(["900 halt 0"]);
    const slash = slashVault({ vault: "lrt", avs: "a", operator: "o", fraction: 1n, lag: 33n });
    expect(steps([{ at: 200n, shock: slash }])).to.deep.equal(["200 slashVault 0", "233 slashVault 1"]);
  });
});

describe("keeperActions", () => {
  it("push the rates of vaults on the schedule of their oracles, live ones never", () => {
    const vault = (id: string, mode: string, every: bigint) => ({ id, oracle: { mode, every, feeBps: 0n } });
    const vaults = [vault("daily", "pushed", 100n), vault("live", "live", 100n), vault("byHand", "guarded", 0n)];
    const whole = { avss: {}, defi: { vaults } } as unknown as Scenario;
    const pushed = (time: bigint, now: bigint): unknown =>
      keeperActions(whole, { time } as unknown as View, now).map(({ agent, action }) => [agent, action]);
    expect(pushed(50n, 99n)).to.deep.equal([]);
    expect(pushed(99n, 100n)).to.deep.equal([["protocol", { type: "vaultPushRate", vault: "daily" }]]);
    expect(pushed(100n, 150n)).to.deep.equal([]);
  });
});

describe("readPriceFile", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "prices-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("reads a file beside the scenario, and names it with the line that is wrong", () => {
    const file = path.join(folder, "eth.csv");
    writeFileSync(file, "time,price\n0,2000\n60,1990\n");
    expect(readPriceFile(new URL(`file://${file}`))).to.deep.include({ kind: "points", every: 60n });
    writeFileSync(file, "time,price\n0,2000\n60,oops\n");
    expect(() => readPriceFile(file)).to.throw(PriceFileError, /eth\.csv:3: the line has the price "oops"/);
    expect(() => readPriceFile(path.join(folder, "none.csv"))).to.throw(PriceFileError, /none\.csv cannot be read/);
  });
});
