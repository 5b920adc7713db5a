import { drawChart, type Picture } from "../charts/picture.ts";
import { twinSeries } from "../charts/defi/twin-series.ts";
import { twinLines, type Twin } from "../charts/twin-lines.ts";
import { formatMetric } from "../format/metric.ts";
import { plural } from "../format/text.ts";
import type { RunRecord } from "../run-record.ts";
import { headlineOf } from "../story/answers.ts";
import { DEFI_LAYERS, failureWords, readDefi, type DefiStory } from "../story/defi.ts";
import { readStory } from "../story/story.ts";

import { renderFigure } from "./figure.ts";
import { html, sentence, type Html, type HtmlValue } from "./html.ts";
import { renderPage } from "./page.ts";
import { renderTable } from "./table.ts";

/** One twin of the page: its run, what differs in words, and its folder relative to the page. */
export interface TwinEntry extends Twin {
  readonly title: string;
  readonly folder: string;
}

/** Metrics of the first twin, in its order, those that differ between the twins first. */
function metricsOf(twins: readonly TwinEntry[]): { readonly name: string; readonly differs: boolean }[] {
  const lastOf = (record: RunRecord, metric: string): string => record.rows.at(-1)?.metrics[metric] ?? "0";
  const names = Object.keys(twins[0]?.record.metrics ?? {});
  const known = names.filter((name) => twins.every(({ record }) => name in record.metrics));
  const marked = known.map((name) => {
    const course = ({ record }: TwinEntry): string => record.rows.map((row) => row.metrics[name] ?? "0").join();
    const values = new Set(twins.map(course));
    return { name, differs: values.size > 1 || new Set(twins.map(({ record }) => lastOf(record, name))).size > 1 };
  });
  return [...marked.filter(({ differs }) => differs), ...marked.filter(({ differs }) => !differs)];
}

/** Numbers of the DeFi layer that are laid upon each other: market prices, utilisation, debt under water, bad debt. */
function sharedSeries(twins: readonly TwinEntry[]): readonly string[] {
  const wanted = /^(price\/.*\/(market|oracle)\/|reserve\/.*\/utilisation|debt\/(underwater|hidden|deficit))/;
  const column = (id: string, { record }: TwinEntry): string => record.rows.map((row) => row.defi?.[id] ?? "").join();
  return Object.keys(twins[0]?.record.defi?.series ?? {})
    .filter((id) => wanted.test(id) && twins.every(({ record }) => record.defi?.series[id] !== undefined))
    .filter((id) => new Set(twins.map((twin) => column(id, twin))).size > 1);
}

/** Pictures of what differs between twins: prices and debts of the DeFi layer, then the metrics in their order. */
export function drawTwins(twins: readonly TwinEntry[]): readonly Picture[] {
  const layer = sharedSeries(twins).map((id) => drawChart(twinSeries(twins, id)));
  const metrics = metricsOf(twins)
    .filter(({ differs }) => differs)
    .map(({ name }) => drawChart(twinLines(twins, name)));
  return [...layer, ...metrics];
}

/** Who bore losses in a run, the most first. */
function bearersOf(defi: DefiStory): HtmlValue {
  const told = defi.bearers.slice(0, 3).filter(({ amount }) => amount > 0n);
  if (told.length === 0) return "nobody";
  return told.map(({ layer, amount }, at) => html`${at === 0 ? "" : ", "}${DEFI_LAYERS[layer] ?? layer} ${amount}`);
}

/** What markets came to in each twin; nothing where the twins have none. */
function marketOutcomes(twins: readonly TwinEntry[]): Html | null {
  const stories = twins.map(({ name, record }) => ({ name, defi: readDefi(record) }));
  const told = stories.flatMap(({ name, defi }) => (defi === null ? [] : [{ name, defi }]));
  if (told.length === 0) return null;
  return renderTable({
    caption: "What liquidation came to in each twin, and who bore it",
    columns: [
      { name: "Variant" },
      { name: "Liquidated", numeric: true },
      { name: "Attempts that failed" },
      { name: "Bad debt", numeric: true },
      { name: "Liquidators' profit", numeric: true },
      { name: "Who bore losses" },
    ],
    rows: told.map(({ name, defi }) => [
      name,
      defi.repaid,
      failureWords(defi) || "none",
      defi.booked + defi.hidden,
      defi.profit,
      bearersOf(defi),
    ]),
  });
}

/** What a measure reads, in words; bold where twins differ in it. */
function measureOf(description: string, differs: boolean): Html {
  return html`<span class="words">${differs ? html`<strong>${description}</strong>` : description}</span>`;
}

function outcomes(twins: readonly TwinEntry[]): Html {
  const metrics = metricsOf(twins);
  const unitOf = (metric: string): string => twins[0]?.record.metrics[metric]?.unit ?? "count";
  return renderTable({
    caption: "What each twin came to at the end of its run; what differs stands first",
    columns: [{ name: "Measure" }, ...twins.map(({ name }) => ({ name, numeric: true }))],
    rows: metrics.map(({ name, differs }) => [
      measureOf(twins[0]?.record.metrics[name]?.description ?? name, differs),
      ...twins.map(({ record }) => formatMetric(record.rows.at(-1)?.metrics[name] ?? "0", unitOf(name))),
    ]),
  });
}

function linkOf(folder: string): string {
  const path = folder.split(/[\\/]/).filter((part) => part !== "");
  return ["./", ...path.map((part) => `${encodeURIComponent(part)}/`), "report.html"].join("");
}

/** Writes the page that lays twins of one scenario side by side. */
export function renderTwins(twins: readonly TwinEntry[], pictures: readonly Picture[]): string {
  const [first] = twins;
  const name = first?.record.scenario.name ?? "no run";
  return renderPage({
    title: `${name}: ${plural(twins.length, "twin")}`,
    header: html`<p class="eyebrow">Faultline · ${name} · seed ${first?.record.seed ?? 0}</p>
      <h1>${first?.record.scenario.question ?? ""}</h1>
      <p>${plural(twins.length, "run")} that differ in a single choice each.</p>`,
    main: html`<section>
        <h2>Side by side</h2>
        ${renderTable({
          caption: "The twins; each name leads to its whole report",
          columns: [{ name: "Twin" }, { name: "What differs" }, { name: "In a sentence" }, { name: "Checks" }],
          rows: twins.map((twin) => [
            html`<a href="${linkOf(twin.folder)}">${twin.name}</a>`,
            twin.title,
            sentence(headlineOf(readStory(twin.record))),
            twin.record.passed ? "passed" : "FAILED",
          ]),
        })}
        ${marketOutcomes(twins)} ${outcomes(twins)}
      </section>
      <section>
        <h2>Over time</h2>
        ${pictures.map(
          ({ id, title }) =>
            html`<h3>${title}</h3>
              ${renderFigure(pictures, id)}`,
        )}
      </section>`,
    footer: html`<p class="quiet">Made by Faultline. Each report stands alone.</p>`,
  });
}
