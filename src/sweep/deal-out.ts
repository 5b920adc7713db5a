import { WorkerLostError } from "../errors/worker-lost-error.ts";
import type { SweepEngine } from "./engine.ts";
import type { RunNotice } from "./local/messages.ts";

/** Times that a single run may take its worker along before it is left for later. */
const MOST_DEATHS = 3;

/** What is dealt out, and who hears of it. */
export interface Deal {
  readonly chunks: readonly (readonly number[])[];
  /** Runs that are safely handed over. */
  readonly onDone: (notices: readonly RunNotice[]) => void;
  /** Whether a chunk is still wanted when its turn comes. */
  readonly isWanted: (runs: readonly number[]) => boolean;
  readonly onLost: (error: WorkerLostError) => void;
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly runs: readonly number[];
  readonly deaths: number;
}

/** A chunk that took its worker along goes on in halves, so that in the end one run alone can be at fault. */
function again({ runs, deaths }: Waiting): readonly Waiting[] {
  if (runs.length === 1) return deaths + 1 < MOST_DEATHS ? [{ runs, deaths: deaths + 1 }] : [];
  const half = Math.ceil(runs.length / 2);
  return [runs.slice(0, half), runs.slice(half)].map((part) => ({ runs: part, deaths: 0 }));
}

/**
 * Deals out chunks until all are made, as many at a time as the engine works on.
 *
 * @returns When nothing is under way any more.
 * @throws What the engine throws, but for workers that die: their runs are dealt out again.
 */
export async function dealOut(engine: SweepEngine, deal: Deal): Promise<void> {
  const waiting: Waiting[] = deal.chunks.map((runs) => ({ runs, deaths: 0 }));
  let failure: { readonly error: unknown } | undefined;
  const mayGoOn = (): boolean => !deal.signal.aborted && failure === undefined;
  const stop = (): void => engine.stop();

  const work = async (): Promise<void> => {
    while (mayGoOn()) {
      const next = waiting.shift();
      if (next === undefined) return;
      if (!deal.isWanted(next.runs)) continue;
      try {
        deal.onDone(await engine.make(next.runs));
      } catch (error) {
        if (error instanceof WorkerLostError) {
          deal.onLost(error);
          waiting.unshift(...again(next));
          continue;
        }
        failure ??= { error };
        engine.stop();
      }
    }
  };
  deal.signal.addEventListener("abort", stop, { once: true });
  try {
    await Promise.all(Array.from({ length: engine.width }, work));
  } finally {
    deal.signal.removeEventListener("abort", stop);
  }
  if (failure !== undefined) throw failure.error;
}
