import { formatInteger, formatPercent, formatWei } from "../../format/ether.ts";
import {
  LOSS_DESTINATIONS,
  LOSS_LAYERS,
  type LossDestination,
  type LossLayer,
  type Losses,
} from "../../story/losses.ts";
import { sum } from "../../story/sums.ts";
import { DESTINATION_NAMES, LAYER_NAMES } from "../../story/words.ts";
import { renderFigure } from "../figure.ts";
import { html, type Html } from "../html.ts";
import { renderFolded, renderTable } from "../table.ts";

import { note, type Section, type SectionSource } from "./section.ts";

/** Who lost what, and where it went. */
export function lossSection({ story, pictures }: SectionSource): Section {
  const { losses, record } = story;
  return {
    id: "losses",
    title: "Who lost what",
    body: html`${renderFigure(pictures, "loss-waterfall")} ${layerTable(losses)} ${holderTable(losses)}
    ${renderFolded("Every bearer of every slash, to the wei", {
      caption: "Bearers: they sum to each slash's value exactly",
      columns: [
        { name: "Slash" },
        { name: "Layer" },
        { name: "Holder" },
        { name: "Withdrawal" },
        { name: "Shares", numeric: true },
        { name: "Value", numeric: true },
      ],
      rows: record.slashes.flatMap((slash) =>
        slash.bearers.map((bearer) => [
          slash.id,
          LAYER_NAMES[bearer.layer],
          bearer.holder,
          bearer.position ?? "–",
          formatInteger(bearer.shares),
          formatWei(bearer.value),
        ]),
      ),
    })}
    ${slashTable(story.record.slashes)} ${note("Every wei has one bearer and one destination; the sums are exact.")}`,
  };
}

/** An amount to the wei, in digits small enough to stand beside the rounded ones. */
const exact = (value: bigint): Html => html`<span class="exact">${formatWei(value)}</span>`;

function layerTable(losses: Losses): Html {
  const cell = (layer: LossLayer, destination: LossDestination): bigint =>
    sum(
      losses.flows.filter((flow) => flow.layer === layer && flow.destination === destination).map(({ value }) => value),
    );
  return renderTable({
    caption: "Loss by layer and destination",
    columns: [
      { name: "Layer" },
      { name: "Lost", numeric: true },
      { name: "Share", numeric: true },
      ...LOSS_DESTINATIONS.map((kind) => ({ name: DESTINATION_NAMES[kind], numeric: true })),
      { name: "Lost, exactly", numeric: true },
    ],
    rows: [
      ...LOSS_LAYERS.map((layer) => {
        const value = losses.byLayer.get(layer) ?? 0n;
        const parts = LOSS_DESTINATIONS.map((destination) => cell(layer, destination));
        return [LAYER_NAMES[layer], value, formatPercent(value, losses.total), ...parts, exact(value)];
      }),
      [
        html`<strong>Together</strong>`,
        losses.total,
        formatPercent(losses.total, losses.total),
        ...LOSS_DESTINATIONS.map((kind) => losses.byDestination.get(kind) ?? 0n),
        exact(losses.total),
      ],
    ],
  });
}

function holderTable(losses: Losses): Html {
  return renderTable({
    caption: "Loss by holder, the largest first",
    columns: [
      { name: "Holder" },
      { name: "Population" },
      { name: "Capital", numeric: true },
      ...LOSS_LAYERS.filter((layer) => layer !== "dust").map((layer) => ({ name: LAYER_NAMES[layer], numeric: true })),
      { name: "Together", numeric: true },
      { name: "Of capital", numeric: true },
    ],
    rows: losses.holders
      .filter(({ holder }) => holder !== "rounding")
      .map(({ holder, population, capital, byLayer, total }) => [
        holder,
        population,
        capital,
        ...LOSS_LAYERS.filter((layer) => layer !== "dust").map((layer) => byLayer.get(layer) ?? 0n),
        total,
        formatPercent(total, capital),
      ]),
    shown: 10,
  });
}

function slashTable(slashes: SectionSource["story"]["record"]["slashes"]): Html {
  return renderFolded("Every slash, to the wei", {
    caption: "Slashes: what was asked, what was taken",
    columns: [
      { name: "Slash" },
      { name: "Operator" },
      { name: "Strategy" },
      { name: "Cause" },
      { name: "Asked, of the allocation", numeric: true },
      { name: "Taken, of the maximum magnitude", numeric: true },
      { name: "Shares", numeric: true },
      { name: "Value", numeric: true },
      { name: "Recipient" },
    ],
    rows: slashes.map((slash) => [
      slash.id,
      slash.operator,
      slash.strategy,
      slash.cause,
      formatPercent(BigInt(slash.wad), 10n ** 18n),
      formatPercent(BigInt(slash.wadSlashed), 10n ** 18n, 4),
      formatInteger(slash.shares.total),
      formatWei(slash.value),
      slash.destination.recipient ?? "burned",
    ]),
  });
}
