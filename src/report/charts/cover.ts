import type { Story } from "../story/story.ts";

import { defiSankey } from "./defi/defi-sankey.ts";
import { backingChart, priceCharts } from "./defi/market-charts.ts";
import { lossSankey } from "./loss-sankey.ts";
import { drawChart, type Picture } from "./picture.ts";
import { stakeOverTime } from "./stake-over-time.ts";

/**
 * Draws the one picture that stands for a run: who bore its slashes, or how prices and backing went.
 *
 * @param story - The run.
 * @param id - Unique on the page that it is for.
 * @returns The picture; null for a run in which nothing can be drawn.
 */
export function drawCover(story: Story, id: string): Picture | null {
  const slashed = story.record.slashes.length > 0 ? lossSankey(story) : null;
  const market = story.defi === null ? null : (priceCharts(story)[0] ?? backingChart(story) ?? defiSankey(story));
  const chart = slashed ?? market ?? stakeOverTime(story);
  return chart === null ? null : drawChart({ ...chart, id });
}
