import { readFileSync } from "node:fs";

import { DARK, LIGHT, toCssVariables } from "../charts/theme.ts";

/** The report's style sheet, its font included: nothing is fetched. */
export function styleSheet(): string {
  return [
    fontFace("Inter-Regular.woff2", 400),
    fontFace("Inter-SemiBold.woff2", 600),
    themes(),
    PAGE,
    TABLES,
    PRINT,
  ].join("\n");
}

function fontFace(file: string, weight: number): string {
  const data = readFileSync(new URL(`../fonts/${file}`, import.meta.url)).toString("base64");
  return `@font-face{font-family:Inter;font-weight:${weight.toString()};font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}

function themes(): string {
  const light = `${toCssVariables(LIGHT)}--page:#f4f6f8;--raise:0 1px 2px #14202b1f;color-scheme:light;`;
  const dark = `${toCssVariables(DARK)}--page:#0a0f14;--raise:none;color-scheme:dark;`;
  return `:root{${light}}@media (prefers-color-scheme:dark){:root{${dark}}}@media print{:root{${light}}}`;
}

/** A shadow at the side on which there is more to scroll to. */
const RUNS_ON =
  "background:linear-gradient(90deg,var(--surface) 40%,transparent) 0 0/2.4rem 100% no-repeat local,linear-gradient(270deg,var(--surface) 40%,transparent) 100% 0/2.4rem 100% no-repeat local,linear-gradient(90deg,var(--grey),transparent) 0 0/.5rem 100% no-repeat scroll,linear-gradient(270deg,var(--grey),transparent) 100% 0/.5rem 100% no-repeat scroll";

const PAGE = `
*{box-sizing:border-box}
html{font-size:clamp(17px,.62vw + 10.5px,24px);-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:400 1rem/1.55 Inter,system-ui,sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:78rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.5rem}
.eyebrow{margin:0;color:var(--muted);font-weight:600}
h1{font-size:clamp(1.7rem,3.2vw,2.7rem);line-height:1.15;letter-spacing:-.02em;font-weight:600;margin:.4rem 0 .8rem;text-wrap:balance}
h2{font-size:1.7rem;line-height:1.2;letter-spacing:-.015em;font-weight:600;margin:0 0 .8rem}
h3{font-size:1.15rem;line-height:1.3;font-weight:600;margin:0 0 .4rem}
p{margin:0 0 .7rem}
.lead{font-size:1.35rem;line-height:1.4;max-width:60rem}
.verdict{display:inline-block;padding:.1rem .7rem;border-radius:1rem;border:2px solid currentColor;font-weight:600}
.good{color:var(--escape)}.bad{color:var(--loss)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(12.2rem,1fr));gap:1rem;margin:1.6rem 0;padding:0;list-style:none}
.cards li,section{background:var(--surface);border:1px solid var(--grid);border-radius:.9rem;box-shadow:var(--raise)}
.cards li{padding:1.1rem 1.3rem;border-top:.35rem solid var(--tone,var(--blue))}
.cards .label{display:block;color:var(--muted);font-weight:600}
.cards .big{display:block;font-size:1.85rem;line-height:1.25;letter-spacing:-.02em;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:normal}
.cards .note{display:block;color:var(--muted);font-size:.92rem;line-height:1.4}
.answers{columns:2 24rem;column-gap:2.4rem}
.answers>div{break-inside:avoid;padding-bottom:.9rem}
section{padding:1.6rem 1.8rem;margin:0 0 1.4rem}
section>p{max-width:60rem}
figure{margin:.4rem 0 1rem}
figure svg{display:block;width:100%;height:auto}
figcaption,.quiet{color:var(--muted);font-size:.92rem}
data[title]{text-decoration:underline dotted 1px;text-underline-offset:.22em;text-decoration-color:var(--grey);white-space:nowrap}
.big data[title],td data[title]{text-decoration:none}
code,pre{font:.95em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--page);border:1px solid var(--grid);border-radius:.5rem;padding:.8rem 1rem;white-space:pre-wrap}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:0 0 1.4rem;padding:0;list-style:none}
a{color:var(--blue)}
:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
.notes{list-style:none;margin:0 0 1rem;padding:0 0 0 1rem;border-left:.25rem solid var(--grid)}
.notes strong{display:inline-block;min-width:10.5em;font-variant-numeric:tabular-nums}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
figure .scroll{margin:0 0 .4rem}
@media (max-width:60rem){main,header,footer{padding:0 .8rem}section{padding:1.1rem}figure svg{min-width:54rem}}
`;

const TABLES = `
.scroll{overflow-x:auto;margin:.4rem 0 1rem;${RUNS_ON}}
table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.4;font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{text-align:left;color:var(--muted);font-size:.92rem;padding:.2rem 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem;border-bottom:1px solid var(--grid)}
tbody th{font-weight:400;white-space:nowrap;max-width:24rem;overflow:hidden;text-overflow:ellipsis}
thead th{color:var(--muted);font-weight:600;border-bottom:2px solid var(--muted);vertical-align:bottom}
th:first-child,td:first-child{padding-left:0}
.num{text-align:right;white-space:nowrap}
.zero{color:var(--muted)}
thead .num{white-space:normal}
th[aria-sort] button,th button{all:unset;cursor:pointer}
th button:focus-visible{outline:3px solid var(--blue)}
th[aria-sort=ascending] button::after{content:" ↑"}
th[aria-sort=descending] button::after{content:" ↓"}
summary{cursor:pointer;color:var(--blue);font-weight:600;padding:.2rem 0}
td small{color:var(--muted);font-size:.9em}
.id{white-space:nowrap}
.words{white-space:normal}
.exact{font-size:.75em}
.wide table{font-size:.79rem}.wide th+th,.wide th+td,.wide td+td{padding-left:.28rem}.wide th,.wide td{padding-right:.28rem}
`;

const PRINT = `
@media print{
@page{size:A4 landscape;margin:12mm}
html{font-size:10.5pt}
body{background:none}
main,header,footer{max-width:none;padding:0}
section,.cards li{box-shadow:none;border-color:var(--grid)}
section{border-width:1px 0 0;border-radius:0;padding:.8rem 0}
.cards{grid-template-columns:repeat(5,1fr);gap:.5rem}
.cards .big{font-size:1.3rem}
.cards li{padding:.6rem .7rem}
figure,.cards li,tr,.short{break-inside:avoid}
h2,h3,caption,thead,.quiet{break-after:avoid}
figure svg{max-height:165mm;min-width:0}
nav,.skip{display:none}
.scroll{overflow:visible;background:none}
.scroll table{font-size:.85rem}.wide table{font-size:.75rem}
td{overflow-wrap:anywhere}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
