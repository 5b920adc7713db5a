import { fileURLToPath } from "node:url";

import { Resvg } from "@resvg/resvg-js";

import { PICTURE_WIDTH, toStandaloneSvg, type Picture } from "./picture.ts";

const FONT_FILES = ["Inter-Regular.ttf", "Inter-SemiBold.ttf"].map((name) =>
  fileURLToPath(new URL(`../fonts/${name}`, import.meta.url)),
);

/** Renders a picture as PNG with the bundled font alone, so that every machine makes the same bytes. */
export function renderPng(picture: Picture): Uint8Array {
  const renderer = new Resvg(toStandaloneSvg(picture), {
    fitTo: { mode: "width", value: PICTURE_WIDTH * 2 },
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: "Inter", sansSerifFamily: "Inter" },
  });
  return renderer.render().asPng();
}
