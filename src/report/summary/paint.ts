/** Puts emphasis on a line of the terminal, or leaves it plain. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly quiet: (text: string) => string;
}

/** Makes the emphasis: ANSI codes where colour is wanted, nothing elsewhere. */
export function makePaint(colour: boolean): Paint {
  const code = (start: number, end: number) => (text: string) =>
    colour ? `\u001b[${start.toString()}m${text}\u001b[${end.toString()}m` : text;
  return { strong: code(1, 22), good: code(32, 39), bad: code(31, 39), quiet: code(2, 22) };
}

/** Whether to colour: only a terminal, and not where NO_COLOR asks for none (https://no-color.org). */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && (environment["NO_COLOR"] ?? "") === "" && environment["TERM"] !== "dumb";
}
