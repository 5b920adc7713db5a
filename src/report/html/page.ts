import { html, trusted, type Html } from "./html.ts";
import { contentPolicy, SCRIPT } from "./script.ts";
import { styleSheet } from "./style.ts";

/** One whole page, self-contained. */
export interface Page {
  readonly title: string;
  readonly header: Html;
  readonly main: Html;
  readonly footer: Html;
}

/** Writes a page as a document. */
export function renderPage({ title, header, main, footer }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="Faultline" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${trusted(`<style>${styleSheet()}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">To the report</a>
        <header>${header}</header>
        <main id="main">${main}</main>
        <footer>${footer}</footer>
        ${trusted(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `.text;
}
