import { VectorInvalidError } from "../../../errors/vector-invalid-error.ts";
import { REFERRED } from "./referred.ts";
import type { DefiVector, WrittenVector } from "./vector.ts";

const looksLikeId = (text: string): boolean => /^[A-Z0-9]+-\d+[a-z]?(-\w+)?$/.test(text);

/** The cases of one file, with what they say of each other resolved. */
export class VectorBook {
  readonly #written = new Map<string, WrittenVector>();

  constructor(vectors: readonly WrittenVector[]) {
    for (const vector of vectors) this.#written.set(vector.id, vector);
  }

  /**
   * One case by its id, with the inputs it refers to.
   *
   * @throws {@link VectorInvalidError} when it refers to a case that is not there, or in a circle.
   */
  get(id: string): DefiVector | undefined {
    return this.#resolve(id, []);
  }

  #resolve(id: string, path: readonly string[]): DefiVector | undefined {
    const written = this.#written.get(id) ?? this.#referred(id);
    if (written === undefined) return undefined;
    const place = { file: path[0] ?? id, place: "inputs.like" };
    if (path.includes(id)) throw new VectorInvalidError(place, `${[...path, id].join(" is like ")}: a circle`);

    const { like, ...own } = written.inputs;
    const base = typeof like === "string" ? this.#resolve(like, [...path, id]) : undefined;
    if (base === undefined && typeof like === "string" && looksLikeId(like)) {
      throw new VectorInvalidError(place, `expected a case of the file, but there is no ${like}`);
    }
    const inputs: Record<string, unknown> = { ...base?.inputs };
    if (base === undefined && like !== undefined) inputs["like"] = like;
    const context: Record<string, unknown> = { ...base?.context };
    for (const [name, value] of Object.entries(own)) {
      const lender = this.#lender(name, value, [...path, id]);
      inputs[name] = lender?.[name] ?? value;
      Object.assign(context, lender);
    }
    return { ...written, inputs, own: written.inputs, context };
  }

  /** Inputs of the case that a value `as X` refers to; undefined for any other value. */
  #lender(name: string, value: unknown, path: readonly string[]): Readonly<Record<string, unknown>> | undefined {
    const source = typeof value === "string" ? /^as ([A-Z0-9]+-\d+\S*)$/.exec(value)?.[1] : undefined;
    if (source === undefined) return undefined;
    const base = this.#resolve(source, path);
    const place = { file: path.at(-1) ?? source, place: `inputs.${name}` };
    if (base === undefined)
      throw new VectorInvalidError(place, `expected a case of the file, but there is no ${source}`);
    return { ...base.context, ...base.inputs };
  }

  #referred(id: string): WrittenVector | undefined {
    const inputs = REFERRED[id];
    if (inputs === undefined) return undefined;
    return { id, title: "", anchor: "", inputs, expected: {}, tolerance: "exact" };
  }
}
