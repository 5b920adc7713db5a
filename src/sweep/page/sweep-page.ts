import path from "node:path";

import { drawChart, type Chart, type Picture } from "../../report/charts/picture.ts";
import { writeFiles } from "../../report/files/write-files.ts";
import { metricAxis } from "../../report/format/metric.ts";
import { renderFigure } from "../../report/html/figure.ts";
import { html, type Html } from "../../report/html/html.ts";
import { renderPage } from "../../report/html/page.ts";
import { renderTable } from "../../report/html/table.ts";
import { numberOf, type SensitivityAnswer } from "../answers/answer-sensitivity.ts";
import { answerTail, mainMeasure, type SweepAnswers } from "../answers/answer-sweep.ts";
import { valuesOf, type Measure, type SweepResults } from "../answers/read-results.ts";
import { heatChart } from "./heat-chart.ts";
import { readFan } from "./read-fan.ts";
import { readable } from "./readable.ts";
import { distributionChart, fanChart, tornadoChart } from "./sweep-charts.ts";

const WORST = 20;
const round = (value: number | null): string => (value === null ? "n too small" : readable(value, 5));

/** What each parameter alone does to the mean, with the interval of the difference. */
function tornadoTable({ measure, tornado }: SensitivityAnswer): Html {
  return renderTable({
    caption: `Mean ${measure.name} [${metricAxis(measure.unit)}] at the lowest and the highest values of each parameter`,
    columns: [
      { name: "Parameter" },
      ...["Lowest", "Highest", "Difference", "95 % from", "to"].map((name) => ({ name, numeric: true })),
    ],
    rows: tornado.map(({ parameter, low, high, difference: of }) => [
      ...[parameter, ...[low, high, of.value, of.low, of.high].map(round)],
    ]),
  });
}

/** An index in three digits; what is below the last of them is nothing. */
const share = (value: number | null): string =>
  value === null ? "n too small" : value.toFixed(3).replace(/^-(0\.0+)$/, "$1");

function indexTable({ indices, runs }: SensitivityAnswer): Html | null {
  if (indices.length === 0) return null;
  return html`${renderTable({
      caption: "First-order Sobol indices: share of the variance that each parameter explains by itself",
      columns: [{ name: "Parameter" }, ...["Index", "95 % from", "to"].map((name) => ({ name, numeric: true }))],
      rows: indices.map(({ parameter, value, low, high }) => [parameter, ...[value, low, high].map(share)]),
    })}
    <p class="quiet">
      From ${runs} runs as they are. With a hundred the error is about 0.1, with 256 about 0.05, with a thousand about
      0.02; the interval says how much it is here. What the indices leave of 1 is chance and parameters acting together.
    </p>`;
}

function measureTable({ measures }: SweepAnswers): Html {
  return renderTable({
    caption: "Measures over all runs, with 95 % intervals of the 99th percentile",
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

/** Liquidations at risk: distributions of what was liquidated, where runs differ in it. */
function liquidationCharts(results: SweepResults, { liquidationsAtRisk }: SweepAnswers, main: Measure): Chart[] {
  return liquidationsAtRisk.flatMap((tail, at) => {
    const { values } = valuesOf(results, tail.measure.name);
    if (tail.measure.name === main.name || new Set(values).size < 2) return [];
    return [distributionChart(values, tail, { id: `at-risk-${(at + 1).toString()}`, risk: "LaR" })];
  });
}

interface Source {
  readonly results: SweepResults;
  readonly answers: SweepAnswers;
  readonly measure: Measure;
}

/** Distributions, percentiles over the steps, what moves the measure, and a map of two parameters. */
async function drawPictures(folder: string, { results, answers, measure }: Source): Promise<readonly Picture[]> {
  const { values } = valuesOf(results, measure.name);
  const fan = await readFan(folder, measure);
  const bars = answers.sensitivity?.tornado ?? [];
  const units = new Map(results.parameters.map(({ name, unit }) => [name, unit]));
  const heat = heatChart(results, measure, {
    parameters: bars.map(({ parameter }) => parameter),
    numberOf: (parameter, text) => numberOf(text, units.get(parameter) ?? ""),
  });
  return [
    drawChart(distributionChart(values, answerTail(results, measure))),
    ...liquidationCharts(results, answers, measure).map(drawChart),
    ...(fan.length > 1 ? [drawChart(fanChart(measure, fan))] : []),
    ...(bars.length > 0 ? [drawChart(tornadoChart(measure, bars))] : []),
    ...(heat === null ? [] : [drawChart(heat)]),
  ];
}

/** Writes `report.html` into a sweep's folder; undefined where no run came to anything. */
export async function writeSweepPage(
  folder: string,
  results: SweepResults,
  answers: SweepAnswers,
): Promise<string | undefined> {
  const measure = mainMeasure(results);
  if (measure === undefined) return undefined;
  const { sensitivity } = answers;
  const pictures = await drawPictures(folder, { results, answers, measure });
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
            ${renderFigure(pictures, id)}
            ${id === "tornado" && sensitivity !== null ? [tornadoTable(sensitivity), indexTable(sensitivity)] : null}
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
