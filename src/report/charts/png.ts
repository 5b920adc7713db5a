import { fileURLToPath } from "node:url";

import { Resvg } from "@resvg/resvg-js";

import { toStandaloneSvg, type Picture } from "./picture.ts";

const FONT_FILES = ["Inter-Regular.ttf", "Inter-SemiBold.ttf"].map((name) =>
  fileURLToPath(new URL(`../fonts/${name}`, import.meta.url)),
);

/** Sharp on a projector of 2560 columns and in print. */
const PNG_WIDTH = 2_400;

/** Renders a picture as PNG with the bundled font alone, so that every machine makes the same bytes. */
export function renderPng(picture: Picture): Uint8Array {
  const renderer = new Resvg(toStandaloneSvg(picture), {
    fitTo: { mode: "width", value: PNG_WIDTH },
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: "Inter", sansSerifFamily: "Inter" },
  });
  return renderer.render().asPng();
}
