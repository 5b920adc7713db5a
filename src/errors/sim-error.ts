/** What every failure carries besides its class. */
export interface SimErrorOptions {
  /** Stable identifier; tests and callers compare this, never the text. */
  readonly code: string;
  /** The values that caused it. */
  readonly details?: Readonly<Record<string, string | number | bigint | boolean | null>>;
  /** What to do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Base of every failure this project raises: what was expected, what came, what to do. */
export abstract class SimError extends Error {
  readonly code: string;
  readonly shortMessage: string;
  readonly details: Readonly<Record<string, string | number | bigint | boolean | null>>;
  readonly hint: string;

  protected constructor(shortMessage: string, options: SimErrorOptions) {
    const hint = options.hint ?? "";
    super(hint === "" ? shortMessage : `${shortMessage} ${hint}`, { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.shortMessage = shortMessage;
    this.details = options.details ?? {};
    this.hint = hint;
  }
}

/** Narrows anything caught to a failure of this project. */
export function isSimError(error: unknown): error is SimError {
  return error instanceof SimError;
}
