import { WAD, type Seconds, type Wad, type Wei } from "../units/units.ts";

/** An exit from the faulty operator, as the question about detection sees it. */
export interface DetectionExit {
  readonly queuedAt: Seconds;
  /** Last instant, inclusive, at which a slash reaches it. */
  readonly slashableUntil: Seconds;
  /** Value when queued. */
  readonly requested: Wei;
}

/** What a slash would have met, had it come `latency` after the fault. */
export interface DetectionOutcome {
  readonly latency: Seconds;
  /** Value that had been queued after the fault and was still within reach. */
  readonly caught: Wei;
  /** Value that had been queued after the fault and was out of reach. */
  readonly escaped: Wei;
  /** What `fraction` of the stake within reach comes to: delegated at the fault, less what escaped. */
  readonly slashed: Wei;
  /** What staying holders would not have had to bear alone: slashed value that escapes now and would not then. */
  readonly saved: Wei;
}

/** The question: one fault, the exits after it, and the slash as it came. */
export interface DetectionQuestion {
  readonly faultAt: Seconds;
  readonly slashedAt: Seconds;
  /** Part of the stake that the slash takes [WAD]. */
  readonly fraction: Wad;
  /** Value behind the operator when it happened, queued withdrawals within reach included. */
  readonly stakeAtFault: Wei;
  readonly exits: readonly DetectionExit[];
}

/** Value queued at or after the fault that a slash at `at` cannot reach any more. */
function escapedAt(question: DetectionQuestion, at: Seconds): Wei {
  return question.exits
    .filter(({ queuedAt, slashableUntil }) => queuedAt >= question.faultAt && slashableUntil < at)
    .reduce((sum, { requested }) => sum + requested, 0n);
}

/**
 * What a shorter (or longer) detection would have met: exact, from the exits that happened.
 *
 * It holds the exits as they were: who leaves and when does not depend on the detection. Where leaving is a
 * reaction to the slash itself, run the family instead.
 *
 * @param question - The fault, the slash and the exits.
 * @param latencies - Times from fault to slash to ask for.
 */
export function askDetection(question: DetectionQuestion, latencies: readonly Seconds[]): readonly DetectionOutcome[] {
  const queued = question.exits.filter(({ queuedAt }) => queuedAt >= question.faultAt).map((exit) => ({ ...exit }));
  const actual = escapedAt(question, question.slashedAt);
  return latencies.map((latency) => {
    const at = question.faultAt + latency;
    const escaped = escapedAt(question, at);
    const caught = queued
      .filter(({ queuedAt, slashableUntil }) => queuedAt <= at && at <= slashableUntil)
      .reduce((sum, { requested }) => sum + requested, 0n);
    const reach = question.stakeAtFault > escaped ? question.stakeAtFault - escaped : 0n;
    const regained = actual > escaped ? actual - escaped : 0n;
    return {
      latency,
      caught,
      escaped,
      slashed: (reach * question.fraction) / WAD,
      saved: (regained * question.fraction) / WAD,
    };
  });
}
