import cliProgress, { type Options, type Params } from "cli-progress";

/** A running progress bar; silent where its stream is not a terminal. */
export interface Progress {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

/** Time left, as the bar's own estimate has it; it is no number while there is none. */
function formatLeft(eta: number): string {
  if (!Number.isFinite(eta)) return "…";
  return eta < 60 ? `${eta} s` : `${Math.floor(eta / 60)} min ${eta % 60} s`;
}

/** One line of progress: bar, steps, steps per second and time left. */
export function formatProgress(options: Options, params: Params, label: string): string {
  const left = params.total - params.value;
  const rate = Number.isFinite(params.eta) && params.eta > 0 ? `${(left / params.eta).toFixed(1)} steps/s` : "";
  const bar = cliProgress.Format.BarFormat(params.progress, options);
  return [label, bar, `${params.value}/${params.total} steps`, rate, `${formatLeft(params.eta)} left`]
    .filter((part) => part !== "")
    .join("  ");
}

/** Starts a progress bar on `stream`; the bar estimates by its own clock. */
export function startProgress(label: string, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };

  const bar = new cliProgress.SingleBar({
    format: (options, params) => formatProgress(options, params, label),
    stream,
    barsize: 20,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    clearOnComplete: true,
    hideCursor: true,
    etaBuffer: 30,
  });
  let started = false;
  return {
    update: (done, total) => {
      if (!started) bar.start(total, done);
      started = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
