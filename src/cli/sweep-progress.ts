import { startStopwatch } from "../../tools/stopwatch.ts";
import type { RunNotice } from "../sweep/local/messages.ts";
import type { SweepEvent } from "../sweep/run-sweep.ts";

/** How a sweep stands. */
export interface SweepState {
  readonly runs: number;
  /** Runs that were there before this start. */
  readonly before: number;
  /** Runs made since. */
  readonly made: number;
  readonly failures: number;
  readonly seconds: number;
  /** Runs made by each worker, in the order of their first run. */
  readonly workers: readonly { readonly worker: number | string; readonly runs: number; readonly last: number }[];
}

/** Time left [s], by the speed so far; undefined while there is none. */
function secondsLeft({ runs, before, made, seconds }: SweepState): number | undefined {
  return made === 0 || seconds === 0 ? undefined : ((runs - before - made) * seconds) / made;
}

function formatSeconds(seconds: number | undefined): string {
  if (seconds === undefined) return "…";
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** One line of a sweep's progress. */
export function formatSweepState(state: SweepState): string {
  const { runs, before, made, failures, seconds, workers } = state;
  const rate = seconds > 0 ? (made / seconds).toFixed(1) : "0.0";
  const each = workers.map((worker, at) => `#${at + 1} ${worker.runs}`).join(" ");
  return [
    `${before + made}/${runs} runs`,
    `${rate}/s`,
    `${formatSeconds(secondsLeft(state))} left`,
    `${failures} failed`,
    ...(each === "" ? [] : [`workers ${each}`]),
  ].join("  ");
}

/** Where progress goes. */
export interface ProgressSinks {
  readonly stderr: NodeJS.WriteStream;
  /** Takes one JSON object a line; none where only people read. */
  readonly json?: (event: Readonly<Record<string, unknown>>) => void;
}

/** Follows a sweep: a line that moves on a terminal, a line every tenth of the way elsewhere, a stream of JSON. */
export class SweepProgress {
  readonly #elapsed = startStopwatch();
  readonly #workers = new Map<number | string, { runs: number; last: number }>();
  readonly #sinks: ProgressSinks;
  /** Runs that were told: one that is made again counts once. */
  readonly #told = new Set<number>();
  #runs = 0;
  #before = 0;
  #made = 0;
  #failures = 0;
  #shown = 0;

  constructor(sinks: ProgressSinks) {
    this.#sinks = sinks;
  }

  /** A worker ended a run. */
  readonly onRun = ({ worker, notice }: { worker: number | string; notice: RunNotice }): void => {
    if (this.#told.has(notice.run)) return;
    this.#told.add(notice.run);
    const state = this.#workers.get(worker) ?? { runs: 0, last: 0 };
    this.#workers.set(worker, { runs: state.runs + 1, last: notice.run });
    this.#made += 1;
    if (notice.status === "failed" || notice.status === "broken") this.#failures += 1;
    this.#sinks.json?.({ event: "run", run: notice.run, status: notice.status, worker, ...this.#numbers() });
    this.#show();
  };

  /** Says what people should know while they wait. */
  readonly onNote = (text: string): void => {
    this.#line(`note: ${text}`);
    this.#sinks.json?.({ event: "note", text });
  };

  readonly onEvent = (event: SweepEvent): void => {
    if (event.type === "start") {
      [this.#runs, this.#before] = [event.runs, event.done];
      this.#sinks.json?.({ event: "start", runs: event.runs, done: event.done });
      if (event.done > 0) this.#line(`${event.done} of ${event.runs} runs are there already`);
    }
    if (event.type === "worker-lost") this.#line(`note: ${event.message} They are made again.`);
    if (event.type === "store-restored") {
      this.#line(
        `note: The store was missing or damaged: its ${event.runs} runs are put together again from the files.`,
      );
    }
    if (event.type === "store-damaged") this.#line("note: The store is damaged; what no part holds is made again.");
    if (event.type === "stopping-rule") this.#line(`The stopping rule holds: ${event.runs} runs are enough.`);
    if (event.type !== "start" && event.type !== "handed-over") this.#sinks.json?.({ event: event.type, ...event });
  };

  get state(): SweepState {
    const workers = [...this.#workers].map(([worker, { runs, last }]) => ({ worker, runs, last }));
    const seconds = this.#elapsed();
    const [runs, before, made, failures] = [this.#runs, this.#before, this.#made, this.#failures];
    return { runs, before, made, failures, seconds, workers };
  }

  /** Ends the moving line. */
  end(): void {
    if (this.#sinks.stderr.isTTY) this.#sinks.stderr.write("\r\u001b[K");
  }

  #numbers(): Readonly<Record<string, unknown>> {
    const { runs, before, made, failures, seconds } = this.state;
    return { done: before + made, runs, failures, runsPerSecond: seconds > 0 ? made / seconds : 0 };
  }

  #line(text: string): void {
    this.end();
    this.#sinks.stderr.write(`${text}\n`);
  }

  #show(): void {
    const line = formatSweepState(this.state);
    if (this.#sinks.stderr.isTTY) {
      this.#sinks.stderr.write(`\r\u001b[K${line.slice(0, (this.#sinks.stderr.columns || 80) - 1)}`);
      return;
    }
    const tenth = Math.floor((10 * this.#made) / Math.max(1, this.#runs - this.#before));
    if (tenth === this.#shown) return;
    this.#shown = tenth;
    this.#sinks.stderr.write(`${line}\n`);
  }
}
