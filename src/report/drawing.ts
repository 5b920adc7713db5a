/**
 * What draws and renders reports. Its chart library is a quarter of all modules of a run, so that this is loaded when a
 * report is written and not before.
 */
export { drawGallery } from "./charts/gallery.ts";
export { renderPng } from "./charts/png.ts";
export { renderIndex } from "./html/index-html.ts";
export { renderReport } from "./html/report-html.ts";
export { drawTwins, renderTwins } from "./html/twins-html.ts";
