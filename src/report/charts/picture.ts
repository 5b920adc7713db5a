import { BarChart, CustomChart, GraphChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { init, setPlatformAPI, use, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import { measureText } from "../fonts/font-metrics.ts";

import { LIGHT, paint } from "./theme.ts";

use([
  BarChart,
  CustomChart,
  GraphChart,
  LineChart,
  SankeyChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  SVGRenderer,
]);
setPlatformAPI({ measureText: measure });

/** Font of every picture; the report embeds it. */
export const FONT = "Inter, system-ui, sans-serif";
/** Width of every picture; the page scales it. */
export const PICTURE_WIDTH = 1200;
const MARGIN = 32;
const TITLE_HEIGHT = 64;
/** Text sizes that stay readable from the last row. */
export const TEXT = { normal: 17, small: 15, large: 19 } as const;

/** What a chart module hands over to be drawn. */
export interface Chart {
  /** Unique in a report and safe as a file name and an id. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in words, for those who cannot see it. */
  readonly description: string;
  /** What to know when looking at it, in a line. */
  readonly caption: string;
  readonly height: number;
  readonly option: EChartsCoreOption;
}

/** A drawn chart; its colours are stand-ins until painted. */
export interface Picture extends Omit<Chart, "option"> {
  readonly svg: string;
}

/** Draws a chart as SVG: the same chart gives the same bytes, whatever was drawn before it. */
export function drawChart({ option, ...chart }: Chart): Picture {
  const canvas = init(null, null, { renderer: "svg", ssr: true, width: PICTURE_WIDTH, height: chart.height });
  try {
    canvas.setOption({ animation: false, textStyle: { fontFamily: FONT, fontSize: TEXT.normal }, ...option });
    return { ...chart, svg: tidy(canvas.renderToSVGString(), chart.id) };
  } finally {
    canvas.dispose();
  }
}

/** Paints a picture for the page: colours follow the reader's theme. */
export function toPageSvg(picture: Picture): string {
  return paint(picture.svg, (name) => `var(--${name})`);
}

/** Paints a picture on white under its title, whole in itself. */
export function toStandaloneSvg(picture: Picture): string {
  const [width, height] = [PICTURE_WIDTH + 2 * MARGIN, picture.height + TITLE_HEIGHT + 2 * MARGIN];
  const size = `width="${width.toString()}" height="${height.toString()}"`;
  const title = `<text x="${MARGIN.toString()}" y="${(MARGIN + 28).toString()}" font-family="${FONT}" font-size="28" font-weight="600" fill="${LIGHT.ink}">${picture.title}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="${LIGHT.surface}"/>${title}`,
    `<g transform="translate(${MARGIN.toString()} ${(MARGIN + TITLE_HEIGHT).toString()})">`,
    paint(picture.svg, (name) => LIGHT[name]),
    "</g></svg>",
  ].join("\n");
}

/** ECharts counts its ids and classes through the process; here they start at the picture. */
function tidy(svg: string, id: string): string {
  const names = new Map<string, string>();
  const rename = (whole: string, name: string): string => {
    const known = names.get(name) ?? `${id}-${names.size.toString()}`;
    names.set(name, known);
    return whole.replace(name, known);
  };
  return svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>\n?/g, "")
    .replace(/ class="zr[^"]*"/g, "")
    .replace(/ (?:ecmeta_[a-z_]+|pointer-events)="[^"]*"/g, "")
    .replace(/ id="(zr[^"]*)"/g, rename)
    .replace(/url\(#(zr[^)]*)\)/g, rename)
    .replace(/<rect width="\d+" height="\d+" x="0" y="0" fill="none"><\/rect>\n?/, "");
}

function measure(text: string, font?: string): { width: number } {
  const size = Number(/(\d+(?:\.\d+)?)px/.exec(font ?? "")?.[1] ?? 12);
  return { width: measureText(text, size, /\b(?:bold|[6-9]00)\b/.test(font ?? "")) };
}
