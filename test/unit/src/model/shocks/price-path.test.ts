import { expect } from "chai";

import { streamFor } from "../../../../../src/engine/random.ts";
import { PriceFileError } from "../../../../../src/errors/price-file-error.ts";
import {
  jumpDiffusion,
  pointAt,
  pointsOf,
  priceSeries,
  type JumpDiffusion,
} from "../../../../../src/model/shocks/price-path.ts";
import { parsePriceRows } from "../../../../../src/model/shocks/price-rows.ts";
import { percent } from "../../../../../src/units/amounts.ts";
import { days, hours } from "../../../../../src/units/durations.ts";

const walk: JumpDiffusion = {
  from: 2_000n * 10n ** 8n,
  every: hours(1),
  length: days(60),
  drift: 0n,
  volatility: percent(80),
};
const pricesOf = (path: JumpDiffusion, feed = "ether-usd", seed = 4): readonly number[] =>
  pointsOf(jumpDiffusion(path), feed, (label, at) => streamFor(seed, label, at)).map(
    ({ price }) => Number(price) / 1e8,
  );
const returnsOf = (prices: readonly number[]): readonly number[] =>
  prices.slice(1).map((price, at) => Math.log(price / (prices[at] ?? price)));
const deviation = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe("jumpDiffusion", () => {
  it("has the volatility asked for, and the same prices for the same seed", () => {
    const prices = pricesOf(walk);
    expect(prices).to.have.length(1 + 60 * 24);
    expect(deviation(returnsOf(prices)) * Math.sqrt(365 * 24)).to.be.within(0.75, 0.85);
    expect(pricesOf(walk)).to.deep.equal(prices);
    expect(pricesOf(walk, "ether-usd", 5)).not.to.deep.equal(prices);
  });

  it("follows its drift alone where nothing shakes it", () => {
    const prices = pricesOf({ ...walk, drift: percent(10), volatility: 0n, length: days(365), every: days(1) });
    expect(Math.abs((prices.at(-1) ?? 0) / 2000 - Math.exp(0.1))).to.be.lessThan(1e-9);
  });

  it("jumps as often as asked", () => {
    const jumps = { perYear: 365n * 10n ** 18n, mean: 0n - percent(20), deviation: 0n };
    const returns = returnsOf(pricesOf({ ...walk, volatility: 0n, jumps }));
    const jumped = returns.filter((change) => Math.abs(change + 0.2) < 1e-6).length;
    expect(jumped).to.be.within(40, 80);
    expect(returns.filter((change) => Math.abs(change) > 1e-6)).to.have.length(jumped);
  });

  it("shares the noise of another feed by its correlation", () => {
    const [one, two] = [returnsOf(pricesOf(walk)), "lst-usd"];
    const tied = returnsOf(pricesOf({ ...walk, correlation: { with: "ether-usd", rho: percent(90) } }, two));
    const product = one.reduce((sum, value, at) => sum + value * (tied[at] ?? 0), 0) / one.length;
    expect(product / deviation(one) / deviation(tied)).to.be.within(0.85, 0.95);
  });

  it("comes back to its level", () => {
    const reversion = { to: 1_000n * 10n ** 8n, strength: percent(5_000) };
    const last = pricesOf({ ...walk, volatility: 0n, reversion }).at(-1) ?? 0;
    expect(Math.abs(last - 1_000)).to.be.lessThan(2);
  });
});

describe("pointAt", () => {
  const series = priceSeries({ every: 10n, prices: [5n, 6n, 7n] });
  const points = series.kind === "points" ? series.points : [];

  it("finds the newest point, each holding until the next", () => {
    expect([-1n, 0n, 9n, 10n, 19n, 20n, 500n].map((at) => pointAt(points, at))).to.deep.equal([-1, 0, 0, 1, 1, 2, 2]);
    expect(pointAt([], 5n)).to.equal(-1);
  });
});

describe("parsePriceRows", () => {
  const refusal = (text: string): readonly unknown[] => {
    try {
      parsePriceRows(text, "prices.csv");
    } catch (error) {
      if (error instanceof PriceFileError) return [error.details["file"], error.details["line"], error.shortMessage];
      throw error;
    }
    return [];
  };

  it("reads seconds and dates, counting from the first row, in the feed's decimals", () => {
    const rows = "# from somewhere\r\ntime, price\r\n2024-04-24T02:00:00Z,3200.5\r\n2024-04-24T02:05:00Z,3100\r\n";
    const wanted = {
      kind: "points",
      every: 300n,
      points: [
        { after: 0n, price: 320_050_000_000n },
        { after: 300n, price: 310_000_000_000n },
      ],
    };
    expect(parsePriceRows(rows, "a.csv")).to.deep.equal(wanted);
    expect(parsePriceRows("time,price\n600,1\n900,0.97\n", "b.csv", { decimals: 2 })).to.deep.include({ every: 300n });
  });

  it("names file and line of a row that cannot be read", () => {
    const at = (row: string): unknown => refusal(`time,price\n0,1\n60,${row}\n`).slice(0, 2);
    for (const row of ["abc", "-1", "0", "1.123456789", "1e3", "", "1,2", "NaN", "9".repeat(50)]) {
      expect(at(row), row).to.deep.equal(["prices.csv", 3]);
    }
    expect(refusal("time,price\n0,1\nyesterday,2\n")[2]).to.contain('prices.csv:3: the line has the time "yesterday"');
    expect(refusal("time,price\n2024-02-30,1\n2024-03-01,2\n").slice(0, 2)).to.deep.equal(["prices.csv", 2]);
    expect(refusal("when,price\n0,1\n").slice(0, 2)).to.deep.equal(["prices.csv", 1]);
    expect(refusal("").slice(0, 2)).to.deep.equal(["prices.csv", 1]);
    expect(refusal("time,price\n0,1\n").slice(0, 2)).to.deep.equal(["prices.csv", 2]);
  });

  it("refuses a gap in time, a step back and the same time twice", () => {
    expect(refusal("time,price\n0,1\n60,1\n120,1\n240,1\n")[2]).to.contain("prices.csv:5: the line is 120 s after");
    expect(refusal("time,price\n0,1\n60,1\n60,1\n").slice(0, 2)).to.deep.equal(["prices.csv", 4]);
    expect(refusal("time,price\n60,1\n0,1\n").slice(0, 2)).to.deep.equal(["prices.csv", 3]);
  });
});
