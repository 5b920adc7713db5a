import type { Story } from "../story/story.ts";

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
  return [operatorNetwork, slashTimeline, lossSankey, stakeOverTime, securityFall, escapeCurve, detectionCurve]
    .map((draw) => draw(story))
    .flatMap((chart) => (chart === null ? [] : [drawChart(chart)]));
}
