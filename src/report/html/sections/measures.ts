import { formatPercent, formatSignedEther, formatWei } from "../../format/ether.ts";
import { formatDuration, formatInstant } from "../../format/time.ts";
import { readPayers, readYields, sumYields, type Yield } from "../../story/yields.ts";
import { renderFigure } from "../figure.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { renderFolded, renderTable, type Column } from "../table.ts";

import { note, type Section, type SectionSource } from "./section.ts";

/** How far security fell and for how long. */
export function securitySection({ story, pictures }: SectionSource): Section {
  return {
    id: "security",
    title: "How far security fell, and for how long",
    body: html`${renderFigure(pictures, "stake-over-time")} ${renderFigure(pictures, "security-fall")}
    ${renderTable({
      caption:
        "Slashable stake of each operator set, the deepest fall first; “before” is just ahead of the first fault",
      columns: [
        { name: "Operator set" },
        { name: "Before", numeric: true },
        { name: "Lowest", numeric: true },
        { name: "Fall", numeric: true },
        { name: "Lowest at" },
        { name: "Time below 99 %", numeric: true },
        { name: "Back at 99 %" },
        { name: "At the end", numeric: true },
      ],
      rows: story.security.map((fall) => [
        fall.slashed ? html`<strong>${fall.set}</strong> (slashed)` : fall.set,
        fall.before,
        fall.lowest,
        formatPercent(fall.before - fall.lowest, fall.before),
        formatInstant(fall.lowestAt),
        formatDuration(fall.below),
        fall.fellAt === null
          ? "never below"
          : fall.recoveredAt === null
            ? "not by the end"
            : formatInstant(fall.recoveredAt),
        fall.end,
      ]),
      shown: 8,
    })}`,
  };
}

/** What a shorter detection would have saved. */
export function detectionSection({ story: { detection }, pictures }: SectionSource): Section {
  return {
    id: "detection",
    title: "What a shorter detection would have saved",
    body: html`${renderFigure(pictures, "escape-curve")} ${renderFigure(pictures, "shorter-detection")}
    ${note(
      "Counted are exits whose slashable window was still open at the fault plus the time that the case took after its report: ",
      "no detection, however quick, could have reached the others",
      detection.unreachable === 0 ? "." : ` (${detection.unreachable.toString()} here).`,
    )}
    ${renderTable({
      caption: "Exits that an earlier slash would have caught",
      columns: [
        { name: "Holder" },
        { name: "Slash" },
        { name: "Had it come earlier by", numeric: true },
        { name: "It would have taken", numeric: true },
        { name: "Together so far", numeric: true },
      ],
      rows: detection.missed.map(({ holder, slash, earlierBy, value, cumulative }) => [
        holder,
        slash,
        html`<data value="${earlierBy.toString()}">${formatDuration(earlierBy)}</data>`,
        value,
        cumulative,
      ]),
      shown: 10,
    })}`,
  };
}

/** What restaking paid, by payer, beside plain staking. */
export function yieldSection({ story: { record } }: SectionSource): Section {
  const yields = readYields(record);
  const payers = readPayers(record);
  const columns = yieldColumns(payers);
  return {
    id: "yields",
    title: "Who earned what, and from whom",
    body: html`${renderTable({
      caption: "Income by payer, less losses, beside plain staking on the same capital: by population",
      columns: [{ name: "Population" }, { name: "Members", numeric: true }, ...columns],
      rows: sumYields(yields).map((item) => [item.name, item.members, ...yieldCells(item, payers)]),
    })}
    ${renderFolded("Every participant", {
      caption: "Income by payer, less losses, beside plain staking on the same capital",
      columns: [{ name: "Participant" }, { name: "Population" }, ...columns],
      rows: yields.map((item) => [item.name, item.population, ...yieldCells(item, payers)]),
    })}
    ${renderFolded("The same to the wei", {
      caption: "Net result and plain staking, exactly",
      columns: [{ name: "Participant" }, { name: "Net", numeric: true }, { name: "Plain staking", numeric: true }],
      rows: yields.map((item) => [item.name, formatWei(item.net), formatWei(item.plainStaking)]),
    })}`,
  };
}

const SHOWN_PAYERS = 4;

function yieldColumns(payers: readonly string[]): Column[] {
  const shown = payers.slice(0, SHOWN_PAYERS);
  const rest = payers.length > SHOWN_PAYERS ? [`${(payers.length - SHOWN_PAYERS).toString()} other payers`] : [];
  return ["Capital", ...shown, ...rest, "Losses", "Net", "Plain staking", "Difference"].map((name) => ({
    name,
    numeric: true,
  }));
}

function yieldCells(item: Yield, payers: readonly string[]): HtmlValue[] {
  const paid = payers.map((payer) => item.income.get(payer) ?? 0n);
  const rest = paid.slice(SHOWN_PAYERS);
  const cells: HtmlValue[] = [item.capital, ...paid.slice(0, SHOWN_PAYERS)];
  if (rest.length > 0) cells.push(rest.reduce((total, value) => total + value, 0n));
  return [...cells, -item.losses, item.net, item.plainStaking, difference(item.net - item.plainStaking)];
}

function difference(wei: bigint): Html {
  const tone = wei === 0n ? "zero" : wei < 0n ? "bad" : "good";
  return html`<data class="${tone}" value="${wei.toString()}" title="${formatWei(wei)}"
    >${formatSignedEther(wei)}</data
  >`;
}
