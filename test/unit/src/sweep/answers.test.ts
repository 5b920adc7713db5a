import { expect } from "chai";

import { formatDifferences, formatSweepAnswers, shortValue } from "../../../../src/cli/sweep-summary.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";
import { answerSweep } from "../../../../src/sweep/answers/answer-sweep.ts";
import { comparisonNotes, compareSweeps } from "../../../../src/sweep/answers/compare-sweeps.ts";
import { readResults, type SweepResults } from "../../../../src/sweep/answers/read-results.ts";
import { paperSweep, temporaryFolder } from "../../../helpers/sweep-fixture.ts";
import { expectNear } from "../../../helpers/near.ts";

async function resultsOf(seeds: string): Promise<SweepResults> {
  const { folder, remove } = await temporaryFolder();
  try {
    await paperSweep({ set: { "lst.fee": ["5%", "10%"] }, seeds }).start(folder);
    return await readResults(folder);
  } finally {
    await remove();
  }
}

/** Results whose only measure is made up. */
function made(name: string, values: readonly number[]): SweepResults {
  const measure = { name, unit: "count", description: "" };
  const rows = values.map((value, run) => ({
    ...{ run, seed: String(run), status: "passed", message: "", replay: "", set: new Map<string, string>() },
    values: new Map([[name, value]]),
  }));
  return { scenario: "made", question: "", sweepSeed: 0, measures: [measure], parameters: [], rows };
}

describe("answers of a sweep", () => {
  let results: SweepResults;
  before(async () => {
    results = await resultsOf("1..60");
  });

  it("count all runs, and take values of those that came to their end", () => {
    const { runs, measures, failures } = answerSweep(results);
    expect(runs).to.equal(120);
    expect(failures.length).to.equal(18);
    expect(measures.find(({ measure }) => measure.name === "loss")?.p50.count).to.equal(102);
  });

  it("are the same each time", () => {
    expect(answerSweep(results)).to.deep.equal(answerSweep(results));
  });

  it("tell value at risk and expected shortfall of bad debt, and liquidations at risk", () => {
    const values = Array.from({ length: 200 }, (_, at) => at + 1);
    const [tail] = answerSweep(made("badDebt", values)).tails;
    expect([tail?.var95.value, tail?.var99.value]).to.deep.equal([190, 198]);
    expectNear(tail?.es95.value, 195.5, 1e-9);
    expectNear(tail?.es99.value, 199.5, 1e-9);
    expect(tail?.es95.low).to.be.below(195.5);
    const [risk] = answerSweep(made("liquidations", values)).liquidationsAtRisk;
    expect(risk?.var95.value).to.equal(190);
  });

  it("say what moves the measure, in parameters of whatever unit, with intervals", () => {
    const seeds = Array.from({ length: 40 }, (_, at) => at);
    const plain = made(
      "loss",
      seeds.flatMap((at) => [1, 3].map((step) => 10 * step + (at % 3))),
    );
    const rows = plain.rows.map((row, run) => {
      const set = new Map([
        ["market.closeFactor", run % 2 === 0 ? "25%" : "75%"],
        ["clock.mode", run % 4 < 2 ? "blocknumber" : "timestamp"],
      ]);
      return { ...row, seed: String(Math.floor(run / 2)), set };
    });
    const parameters = [
      { name: "market.closeFactor", unit: "fraction4" },
      { name: "clock.mode", unit: "raw" },
    ];
    const answers = answerSweep({ ...plain, rows, parameters });
    const [bar] = answers.sensitivity?.tornado ?? [];
    expect(answers.sensitivity?.tornado).to.have.length(1);
    expect([bar?.parameter, (bar?.high ?? 0) - (bar?.low ?? 0), bar?.difference.low]).to.deep.equal([
      ...["market.closeFactor", 20, 20],
    ]);
    const [index] = answers.sensitivity?.indices ?? [];
    expect(index?.value).to.be.within(0.98, 1);
    expect(index?.low).to.be.at.most(index?.value ?? 0);
    expect(formatSweepAnswers(answers))
      .to.match(/What moves loss/)
      .and.to.match(/market\.closeFactor +10\.\d+ +30\.\d+ /);
    expect(answerSweep(plain).sensitivity).to.equal(null);
  });

  it("fit a terminal of 80 columns, with the commands that replay failures", () => {
    const text = formatSweepAnswers(answerSweep(results));
    expect(Math.max(...text.split("\n").map((line) => line.length))).to.be.at.most(80);
    expect(text).to.contain("n = 120 runs, 18 failed").and.to.contain("npm run simulate -- my --seed 3");
  });

  it("shorten numbers and never lose their size", () => {
    expect([0, 12.3456, -45_678, 2.5e9, 1e-5, 3e20].map(shortValue)).to.deep.equal([
      ...["0", "12.35", "-45.68k", "2.5G", "1.00e-5", "3.00e+20"],
    ]);
  });
});

describe("two sweeps side by side", () => {
  it("differ in nothing from themselves", async () => {
    const results = await resultsOf("1..40");
    for (const { difference } of compareSweeps(results, results)) {
      expect(difference.value).to.equal(0);
      expect([difference.low, difference.high]).to.deep.equal([0, 0]);
    }
  });

  it("differ by what was added, however far seeds lie apart", () => {
    const values = Array.from({ length: 50 }, (_, at) => at ** 3);
    const other = values.map((value, at) => value + 2 + (at % 3));
    const differences = compareSweeps(made("loss", values), made("loss", other));
    expectNear(differences[0]?.difference.value, 2.98, 1e-9);
    expect(differences[0]?.difference.low).to.be.above(2.5);
    expect(formatDifferences(differences)).to.contain("50 seeds in common");
  });

  it("are refused where no seed is in both", async () => {
    const [a, b] = [await resultsOf("1..3"), await resultsOf("11..13")];
    expect(() => compareSweeps(a, b)).to.throw(UsageError, /no seed in common/);
  });

  it("say what is left out of them, and that they are of different scenarios", () => {
    const [a, b] = [made("loss", [1, 2, 3]), { ...made("loss", [1, 2]), scenario: "other" }];
    const extra = { name: "debt", unit: "wei", description: "" };
    const inEther = { name: "late", unit: "wei", description: "" };
    const inCounts = { ...inEther, unit: "count" };
    expect(comparisonNotes(a, a)).to.deep.equal([]);
    expect(
      comparisonNotes(
        { ...a, measures: [...a.measures, inEther] },
        { ...b, measures: [...b.measures, extra, inCounts] },
      ),
    ).to.deep.equal([
      "A is a sweep of made, B one of other.",
      "1 seeds that only A has are left out.",
      "Measures that only A has, in this unit, are left out: late.",
      "Measures that only B has, in this unit, are left out: debt, late.",
    ]);
  });
});
