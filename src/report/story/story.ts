import type { RunRecord } from "../run-record.ts";

import { readDefi, type DefiStory } from "./defi.ts";
import { readDetection, type Detection } from "./detection.ts";
import { readEscapes, type Escape } from "./escapes.ts";
import { readLosses, type Losses } from "./losses.ts";
import { readSecurity, type SecurityFall } from "./security.ts";
import { sum } from "./sums.ts";

/** All that a report says of a run, read from its record once. */
export interface Story {
  readonly record: RunRecord;
  readonly restaked: bigint;
  readonly losses: Losses;
  readonly escapes: readonly Escape[];
  readonly escaped: bigint;
  readonly security: readonly SecurityFall[];
  readonly detection: Detection;
  /** Null in a world without a DeFi layer. */
  readonly defi: DefiStory | null;
  readonly end: bigint;
}

/** Reads a run's story from its record. */
export function readStory(record: RunRecord): Story {
  const escapes = readEscapes(record);
  return {
    record,
    restaked: BigInt(record.rows[0]?.restaked ?? sum(record.participants.map(({ capital }) => BigInt(capital)))),
    losses: readLosses(record),
    escapes,
    escaped: sum(escapes.map(({ saved }) => saved)),
    security: readSecurity(record),
    detection: readDetection(record),
    defi: readDefi(record),
    end: BigInt(record.rows.at(-1)?.time ?? 0),
  };
}
