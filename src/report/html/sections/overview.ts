import { formatEtherShort, formatInteger, formatPercent, formatWei } from "../../format/ether.ts";
import { plural } from "../../format/text.ts";
import { formatDuration } from "../../format/time.ts";
import { answersOf, headlineOf } from "../../story/answers.ts";
import { depthPpm } from "../../story/security.ts";
import { failureWords, type DefiStory } from "../../story/defi.ts";
import type { Story } from "../../story/story.ts";
import { html, sentence, type Html } from "../html.ts";

/** One headline number. */
interface Card {
  readonly label: string;
  readonly big: Html;
  readonly note: Html;
  readonly tone: "loss" | "escape" | "amber" | "blue" | "green";
}

/** The top of the page: the question, the run in one sentence, the headline numbers. */
export function renderOverview(story: Story): Html {
  const { scenario, seed, passed } = story.record;
  const verdict = passed
    ? html`<span class="verdict good">All checks passed</span>`
    : html`<span class="verdict bad">A check failed</span>`;
  return html`<p class="eyebrow">Faultline · ${scenario.name} · seed ${seed}</p>
    <h1>${scenario.question}</h1>
    <p class="lead">${sentence(headlineOf(story))}</p>
    <p>${verdict}</p>
    <ul class="cards">
      ${cardsOf(story).map(renderCard)}
    </ul>`;
}

/** The answers in words. */
export function renderAnswers(story: Story): Html {
  return html`<div class="answers">
    ${answersOf(story).map(
      (answer) =>
        html`<div>
          <h3>${answer.title}</h3>
          ${answer.phrases.map((phrase) => html`<p>${sentence(phrase)}</p>`)}
        </div>`,
    )}
  </div>`;
}

function renderCard({ label, big, note, tone }: Card): Html {
  return html`<li style="--tone:var(--${tone})">
    <span class="label">${label}</span> <span class="big">${big}</span> <span class="note">${note}</span>
  </li>`;
}

function cardsOf(story: Story): Card[] {
  if (story.defi !== null && story.record.slashes.length === 0) return [...defiCards(story.defi), checkCard(story)];
  return [lossCard(story), escapeCard(story), securityCard(story), detectionCard(story), checkCard(story)];
}

/** Headline numbers of a run that is about markets. */
function defiCards(defi: DefiStory): Card[] {
  const { done, repaid, profit, booked, hidden, discounts } = defi;
  const failed = failureWords(defi);
  const deepest = discounts.reduce<(typeof discounts)[number] | null>(
    (most, one) => (most === null || one.peak > most.peak ? one : most),
    null,
  );
  const peak = deepest === null ? html`none` : html`${formatPercent(deepest.peak, 10n ** 18n, 1)}`;
  return [
    {
      label: "Bad debt",
      big: short(booked + hidden),
      note: html`${short(booked)} booked, ${short(hidden)} not yet`,
      tone: "loss",
    },
    {
      label: "Liquidated",
      big: short(repaid),
      note: html`${plural(done.length, "liquidation")}${failed === "" ? "" : `; failed: ${failed}`}`,
      tone: "amber",
    },
    {
      label: "Liquidators' profit",
      big: short(profit),
      note: html`of sales, after repaying, fees and slippage`,
      tone: profit < 0n ? "loss" : "green",
    },
    {
      label: "Deepest discount",
      big: peak,
      note: deepest === null ? html`no market` : html`${deepest.token} on ${deepest.pool}`,
      tone: "escape",
    },
  ];
}

function lossCard({ losses, restaked, record }: Story): Card {
  const share = formatPercent(losses.total, restaked);
  return {
    label: "Lost to slashing",
    big: short(losses.total),
    note: html`${share} of what was restaked, in ${plural(record.slashes.length, "slash", "slashes")}`,
    tone: "loss",
  };
}

function escapeCard({ escapes, escaped }: Story): Card {
  const free = escapes.filter(({ fate }) => fate === "escaped" || fate === "partly").length;
  return {
    label: "Saved by leaving",
    big: short(escaped),
    note: html`${free} of ${plural(escapes.length, "exit")} escaped a slash`,
    tone: "escape",
  };
}

function securityCard({ security }: Story): Card {
  const worst = [...security].sort((a, b) => Number(depthPpm(b) - depthPpm(a)))[0];
  if (worst === undefined || worst.lowest >= worst.before) {
    return { label: "Deepest fall of security", big: html`none`, note: html`no operator set fell`, tone: "amber" };
  }
  return {
    label: "Deepest fall of security",
    big: html`−${formatPercent(worst.before - worst.lowest, worst.before, 1)}`,
    note: html`${worst.set}, below 99 % for
    ${formatDuration(worst.below)}${worst.recoveredAt === null ? ", not back by the end" : ""}`,
    tone: "amber",
  };
}

function detectionCard({ detection }: Story): Card {
  const last = detection.missed.at(-1);
  return {
    label: "An earlier slash",
    big: html`${detection.total > 0n ? "+" : ""}${short(detection.total)}`,
    note:
      last === undefined
        ? html`nothing left within reach`
        : html`more caught, had it come ${formatDuration(last.earlierBy)} earlier`,
    tone: "green",
  };
}

function checkCard({ record }: Story): Card {
  const checks = record.invariants.reduce((count, { checks: done }) => count + done, 0);
  const broken = record.invariants.filter((invariant) => invariant.broken !== null).length;
  const missed = record.expectations.filter(({ passed }) => !passed).length;
  return {
    label: "Invariants",
    big: broken === 0 ? html`all hold` : html`${broken} broken`,
    note: html`${formatInteger(BigInt(checks))} ${checks === 1 ? "check" : "checks"};
    ${record.expectations.length - missed} of ${plural(record.expectations.length, "expectation")} met`,
    tone: broken + missed === 0 ? "blue" : "loss",
  };
}

function short(wei: bigint): Html {
  return html`<data value="${wei.toString()}" title="${formatWei(wei)}">${formatEtherShort(wei)}</data>`;
}
