import type { Difference } from "./compare.ts";
import type { Vector } from "./schema.ts";

/** Fields that say something to whoever reads a file. */
const REMARKS = ["op", "description", "comment", "note", "title", "source"];

interface Watched {
  readonly path: string;
  readonly step: number;
  readonly fields: readonly string[];
  readonly asked: Set<string>;
}

/** How a play ended that failed. */
interface Ending {
  readonly difference?: Pick<Difference, "step">;
  readonly reason?: string;
}

/** Watches which fields of a vector are asked for while it is played: a misspelt one is asked for by nobody. */
export class FieldWatch {
  /** The vector to play. */
  readonly vector: Vector;
  readonly #watched: Watched[] = [];
  #latest = -1;

  constructor(vector: Vector) {
    const given = this.#watch(vector.given, { path: "given", step: -1 });
    const steps = vector.steps.map((step, place) => this.#watch(step, { path: `steps[${place}]`, step: place }));
    this.vector = { ...vector, given, steps };
  }

  /**
   * Paths of the fields that nobody asked for, such as `steps[2].amout`, as far as the play came.
   *
   * A step that stopped at one of its fields asks for no more of them, unless it missed that one.
   */
  unasked({ difference, reason }: Ending): string[] {
    if (difference === undefined && reason?.includes("holds nothing") !== true) return [];
    const last = difference?.step === -1 ? Infinity : (difference?.step ?? this.#latest);
    return this.#watched
      .filter(({ step, asked }) => step <= last && (step < 0 || asked.size > REMARKS.length))
      .flatMap(({ path, fields, asked }) => fields.filter((field) => !asked.has(field)).map((f) => `${path}.${f}`));
  }

  #watch<T extends object>(value: T, place: { readonly path: string; readonly step: number }): T {
    const asked = new Set(REMARKS);
    this.#watched.push({ ...place, fields: Object.keys(value), asked });
    return new Proxy(value, {
      get: (target, field): unknown => {
        if (typeof field === "string") asked.add(field);
        if (place.step >= 0) this.#latest = place.step;
        return Reflect.get(target, field);
      },
    });
  }
}
