import type { Story } from "../story/story.ts";

import { capChart } from "./defi/cap-chart.ts";
import { defiSankey } from "./defi/defi-sankey.ts";
import { depthCharts } from "./defi/depth-charts.ts";
import { backingChart, priceCharts, utilisationCharts } from "./defi/market-charts.ts";
import { liquidationChart } from "./defi/liquidation-chart.ts";
import { healthChart } from "./defi/health-chart.ts";
import { queueCharts } from "./defi/queue-charts.ts";
import { badDebtChart, liquidatableChart } from "./defi/risk-charts.ts";
import { detectionCurve } from "./detection-curve.ts";
import { escapeCurve } from "./escape-curve.ts";
import { lossSankey } from "./loss-sankey.ts";
import { operatorNetwork } from "./operator-network.ts";
import { drawChart, type Picture } from "./picture.ts";
import { securityFall } from "./security-fall.ts";
import { slashTimeline } from "./slash-timeline.ts";
import { stakeOverTime } from "./stake-over-time.ts";

/** Draws every picture that the story has something to show for, in the order of the story. */
export function drawGallery(story: Story): Picture[] {
  const core = [operatorNetwork, slashTimeline, lossSankey, stakeOverTime, securityFall, escapeCurve, detectionCurve];
  const single = [defiSankey, healthChart, liquidationChart, badDebtChart, liquidatableChart, backingChart, capChart];
  const several = [priceCharts, utilisationCharts, queueCharts, depthCharts];
  const charts = [
    ...[...core, ...single].map((draw) => draw(story)),
    ...(story.defi === null ? [] : several.flatMap((draw) => draw(story))),
  ];
  return charts.flatMap((chart) => (chart === null ? [] : [drawChart(chart)]));
}
