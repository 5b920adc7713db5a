import path from "node:path";

import { firstOrderSobol, tornado, type Column } from "../../analysis/statistics/sensitivity.ts";
import { streamFor } from "../../engine/random.ts";
import { isSimError } from "../../errors/sim-error.ts";
import { parseValue } from "../../model/parameters/parameter-value.ts";
import { drawChart, type Picture } from "../../report/charts/picture.ts";
import { writeFiles } from "../../report/files/write-files.ts";
import { metricAxis } from "../../report/format/metric.ts";
import { renderFigure } from "../../report/html/figure.ts";
import { html, type Html } from "../../report/html/html.ts";
import { renderPage } from "../../report/html/page.ts";
import { renderTable } from "../../report/html/table.ts";
import { answerTail, type SweepAnswers } from "../answers/answer-sweep.ts";
import type { Measure, SweepResults } from "../answers/read-results.ts";
import { heatChart } from "./heat-chart.ts";
import { readFan } from "./read-fan.ts";
import { distributionChart, fanChart, tornadoChart } from "./sweep-charts.ts";

const WORST = 20;
const round = (value: number | null): string => (value === null ? "n too small" : String(Number(value.toPrecision(5))));

/** Which measure a page is about, the likeliest first: bad debt, else losses, else a discount, else any. */
const ORDER = [/bad_?debt/i, /^los[st]$/, /^restakersLoss$/, /discount/i, /./];

/** The measure that the page is about: of those that differ between runs, where any does. */
function mainMeasure({ rows }: SweepResults, { measures }: SweepAnswers): Measure | undefined {
  const known = measures.map(({ measure }) => measure);
  const varies = ({ name }: Measure): boolean => new Set(rows.flatMap(({ values }) => values.get(name) ?? [])).size > 1;
  const moving = known.filter(varies);
  const asked = moving.length > 0 ? moving : known;
  return ORDER.map((pattern) => asked.find(({ name }) => pattern.test(name))).find((found) => found !== undefined);
}

const UNITS = ["fraction", "ether", "decimal", "seconds", "count", "raw"] as const;
const isUnit = (unit: string): unit is (typeof UNITS)[number] => UNITS.some((known) => known === unit);

/** A parameter's value as a number; a word has none. */
function numberOf(text: string, unit: string): number {
  if (isUnit(unit)) {
    try {
      return Number(parseValue(text, { kind: "bigint", unit }, "value"));
    } catch (error) {
      if (!isSimError(error)) throw error;
    }
  }
  return Number(text);
}

function columnsOf({ rows, parameters }: SweepResults, measure: string) {
  const used = rows.filter(({ values }) => values.has(measure));
  const columns = parameters.map(({ name, unit }): Column => ({
    parameter: name,
    values: used.map(({ set }) => numberOf(set.get(name) ?? "", unit)),
  }));
  return {
    columns: columns.filter(({ values }) => values.every(Number.isFinite) && new Set(values).size > 1),
    answers: used.map(({ values }) => values.get(measure) ?? 0),
  };
}

function sensitivityTable({ columns, answers }: ReturnType<typeof columnsOf>, seed: number): Html | null {
  if (columns.length === 0 || answers.length < 20) return null;
  const stream = streamFor(seed, "sobol", 0);
  return renderTable({
    caption: "First-order Sobol indices: share of the variance that each parameter explains by itself",
    columns: [{ name: "Parameter" }, ...["Index", "95 % from", "to"].map((name) => ({ name, numeric: true }))],
    rows: firstOrderSobol(columns, answers, (below) => stream.integer(below)).map((index) => [
      index.parameter,
      ...[index.value, index.low, index.high].map((value) => value.toFixed(3)),
    ]),
  });
}

function measureTable({ measures }: SweepAnswers): Html {
  return renderTable({
    caption: "Measures over all runs, with 95 % bootstrap intervals of the 99th percentile",
    columns: [
      { name: "Measure" },
      { name: "Unit" },
      ...["n", "Mean", "p50", "p95", "p99", "from", "to"].map((name) => ({ name, numeric: true })),
    ],
    rows: measures.map(({ measure, ...of }) => [
      ...[measure.name, metricAxis(measure.unit), String(of.mean.count)],
      ...[of.mean.value, of.p50.value, of.p95.value, of.p99.value, of.p99.low, of.p99.high].map(round),
    ]),
  });
}

function worstTable({ rows }: SweepResults, { name, unit }: Measure): Html {
  const worst = rows
    .filter(({ values }) => values.has(name))
    .sort((a, b) => (b.values.get(name) ?? 0) - (a.values.get(name) ?? 0) || a.run - b.run);
  const failed = rows.filter(({ status }) => status === "failed" || status === "broken");
  return renderTable({
    caption: "Failed runs and the runs with the highest value, each with the command that replays it",
    columns: [
      { name: "Run" },
      { name: "Status" },
      { name: `${name}, ${metricAxis(unit)}`, numeric: true },
      { name: "Replay" },
    ],
    rows: [...failed.slice(0, WORST), ...worst.slice(0, WORST)].map((row) => [
      ...[String(row.run), row.status, round(row.values.get(name) ?? null)],
      html`<code>${row.replay}</code>`,
    ]),
  });
}

/** Writes `report.html` into a sweep's folder; undefined where no run came to anything. */
export async function writeSweepPage(
  folder: string,
  results: SweepResults,
  answers: SweepAnswers,
): Promise<string | undefined> {
  const measure = mainMeasure(results, answers);
  if (measure === undefined) return undefined;
  const values = results.rows.flatMap((row) => row.values.get(measure.name) ?? []);
  const moved = columnsOf(results, measure.name);
  const fan = await readFan(folder, measure);
  const bars = moved.columns.length > 0 ? tornado(moved.columns, moved.answers) : [];
  const units = new Map(results.parameters.map(({ name, unit }) => [name, unit]));
  const heat = heatChart(results, measure, {
    parameters: bars.map(({ parameter }) => parameter),
    numberOf: (parameter, text) => numberOf(text, units.get(parameter) ?? ""),
  });
  const pictures: Picture[] = [
    drawChart(distributionChart(measure, values, answerTail(results, measure))),
    ...(fan.length > 1 ? [drawChart(fanChart(measure, fan))] : []),
    ...(bars.length > 0 ? [drawChart(tornadoChart(measure, bars))] : []),
    ...(heat === null ? [] : [drawChart(heat)]),
  ];
  const content = renderPage({
    title: `${results.scenario}: ${answers.runs} runs`,
    header: html`<p class="eyebrow">Faultline · sweep of ${results.scenario} · ${answers.runs} runs</p>
      <h1>${results.question}</h1>
      <p>
        ${answers.runs} runs, ${answers.failures.length} failed. Pictures show ${measure.name}: ${measure.description}.
      </p>`,
    main: html`<section>
        <h2>Answers</h2>
        ${measureTable(answers)}
      </section>
      ${pictures.map(
        ({ id, title }) =>
          html`<section>
            <h2>${title}</h2>
            ${renderFigure(pictures, id)} ${id === "tornado" ? sensitivityTable(moved, results.sweepSeed) : null}
          </section>`,
      )}
      <section>
        <h2>Worst runs</h2>
        ${worstTable(results, measure)}
      </section>`,
    footer: html`<p class="quiet">Made by Faultline. Definitions: docs/sweeps.md.</p>`,
  });
  const [file] = await writeFiles(path.resolve(folder), [{ path: "report.html", content }]);
  return file;
}
