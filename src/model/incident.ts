import type { Seconds } from "../units/units.ts";
import type { Shock } from "./shock.ts";

/** A shock of the timeline as everybody could see it happen; who reacts, and how fast, is a matter of agents. */
export interface Incident {
  readonly at: Seconds;
  readonly type: Shock["type"];
  /** Feed, pool, dollar, vault, market or token that it befell; null where it has none of them. */
  readonly subject: string | null;
}

const SUBJECTS = ["feed", "pool", "dollar", "vault", "market", "token"] as const;

/** What a shock befalls. */
export function subjectOf(shock: Shock): string | null {
  const part = shock.type === "halt" ? shock.part : shock;
  const fields = part as Readonly<Partial<Record<(typeof SUBJECTS)[number], string>>>;
  for (const key of SUBJECTS) {
    const subject = fields[key];
    if (subject !== undefined) return subject;
  }
  return null;
}

/** Which incidents somebody looks out for; what is left out does not matter. */
export interface IncidentFilter {
  readonly type?: Shock["type"];
  readonly subject?: string;
}

/** Time of the first incident that a filter lets through; null while there was none. */
export function firstIncident(
  incidents: readonly Incident[] | undefined,
  { type, subject }: IncidentFilter,
): Seconds | null {
  const fits = (one: Incident): boolean =>
    (type === undefined || one.type === type) && (subject === undefined || one.subject === subject);
  return incidents?.find(fits)?.at ?? null;
}
