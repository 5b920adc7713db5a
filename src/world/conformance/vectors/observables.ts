import { text, type Observed } from "../observe.ts";
import { named, ordinals, returned } from "./observable-names.ts";
import type { Play, PlayedStep, Snapshot } from "./play.ts";
import { special } from "./special-observables.ts";

/** Whom an observable is about, and after which step it is read. */
interface Reading {
  readonly base: string;
  readonly staker: string;
  readonly operator: string;
  readonly set: string;
  readonly at: Snapshot;
}

/** Words that say after, or before, which operation something is read. */
const MOMENTS: Readonly<Record<string, string>> = {
  slash: "slash",
  undelegate: "undelegate",
  redelegate: "redelegate",
  delegate: "delegate",
  verify: "deposit",
  deposit: "deposit",
  drop: "beaconBalanceDrop",
  beacon: "beaconBalanceDrop",
  beaconslash: "beaconBalanceDrop",
  checkpoint: "beaconBalanceDrop",
  queue: "queueWithdrawal",
  complete: "completeWithdrawal",
  allocate: "allocate",
  deallocate: "allocate",
  register: "registerForSet",
  deregister: "deregisterFromSet",
  clear: "clearBurnOrRedistributableShares",
  donate: "donate",
  donation: "donate",
  rebase: "negativeRebase",
};

const lower = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

/** The step that a moment such as `AfterFirstSlash` names. */
function stepAt(play: Play, moment: string, direction: string): PlayedStep | undefined {
  const match = /^(First|Second|Third|Last|1|2|3)?(.*)$/.exec(moment);
  const word = (match?.[2] ?? "").toLowerCase();
  const op = MOMENTS[word] ?? (word === "" ? play.mainOperation() : undefined);
  if (op === undefined) return undefined;
  const steps = play.done(op);
  if (word === "" && steps.length === 0) return play.played.at(-1);
  const ordinal = match?.[1];
  if (ordinal === undefined) return direction === "before" ? steps[0] : steps.at(-1);
  return ordinal === "Last" ? steps.at(-1) : steps[ordinals[ordinal] ?? 0];
}

/** Splits a key into what is read, about whom, and when; undefined when no rule of the names covers it. */
function parse(play: Play, key: string): Reading | undefined {
  let rest = key;
  let at = play.now;
  const when = /^(.+?)_?(?:(before|after|Before|After)([A-Z1-3][A-Za-z]*)?|Final|_final)$/.exec(rest);
  if (when !== null) {
    rest = when[1] ?? rest;
    const direction = when[2]?.toLowerCase();
    if (direction !== undefined) {
      const step = stepAt(play, when[3] ?? "", direction);
      if (step === undefined) return undefined;
      at = direction === "before" ? step.before : step.after;
    }
  }

  let { staker, operator, set } = play.focus;
  const prefixed = /^(op\d*)([A-Z].*)$/.exec(rest);
  const owner = prefixed?.[1] === "op1" ? "op" : prefixed?.[1];
  if (owner !== undefined && play.cast.operators.includes(owner)) {
    operator = owner;
    rest = lower(prefixed?.[2] ?? rest);
    if (rest === "shares") rest = "operatorShares";
  }
  for (const name of play.cast.stakers) {
    const suffix = new RegExp(`^(.+?)_?${name}$`, "i").exec(rest)?.[1];
    if (suffix !== undefined) [rest, staker] = [suffix, name];
    const prefix = new RegExp(`^${name}([A-Z].*)$`).exec(rest)?.[1];
    if (prefix !== undefined) [rest, staker] = [lower(prefix), name];
  }
  const bySet = /^(.+?)_?([A-Z])$/.exec(rest);
  const chosen = bySet?.[2];
  if (chosen !== undefined && play.cast.sets.includes(chosen)) [rest, set] = [bySet?.[1] ?? rest, chosen];
  return { base: rest, staker, operator, set, at };
}

/** A field of a snapshot, by one of its names. */
function fieldOf(reading: Reading): Observed | undefined {
  const path = named[reading.base];
  if (path === undefined) return undefined;
  const { staker, operator, set } = reading;
  return reading.at[path.replace("{staker}", staker).replace("{operator}", operator).replace("{set}", set)];
}

/** What steps returned under a name, in their order. */
function returnsOf(play: Play, key: string): Observed[] {
  const name = returned[key] ?? key;
  return play.played.flatMap(({ verdict }) => {
    const value = verdict.ok ? verdict.returns[name] : undefined;
    return value === undefined ? [] : [value];
  });
}

/** What steps returned under one of its names: of the latest, or of the one that an ordinal names, or of all. */
function returnOf(play: Play, key: string, wanted: unknown): Observed | undefined {
  const plain = returnsOf(play, key);
  // A list is expected of several steps, or returned by one.
  if (plain.length > 0) return Array.isArray(wanted) && !Array.isArray(plain.at(-1)) ? plain : plain.at(-1);

  const first = /^(first|second|third|last)([A-Z].*)$/.exec(key);
  const last = /^(.+?)(?:After(First|Second|Third)|([123]))$/.exec(key);
  const base = first === null ? last?.[1] : lower(first[2] ?? key);
  const ordinal = first?.[1] ?? last?.[2] ?? last?.[3];
  if (base === undefined || ordinal === undefined) return undefined;
  const values = returnsOf(play, base);
  return ordinal === "last" ? values.at(-1) : values[ordinals[ordinal] ?? 0];
}

/** One value after each of the main operation's steps. */
function eachOf(play: Play, key: string): Observed | undefined {
  const base = /^(.+?)AfterEach[A-Za-z]*$/.exec(key)?.[1];
  if (base === undefined) return undefined;
  const values = play.done(play.mainOperation()).map(({ after }) => {
    const reading = parse(play, base);
    return reading === undefined ? undefined : fieldOf({ ...reading, at: after });
  });
  return values.some((value) => value === undefined) ? undefined : (values as Observed[]);
}

/** What an operation did at an instant, or a field as it was then: `slashAt1051`, `operatorSharesAt1020`. */
function atInstant(play: Play, key: string): Observed | undefined {
  const match = /^(.+?)_?At(?:Block)?_?(\d+)$/.exec(key);
  if (match === null) return undefined;
  const [, base = "", instant = "0"] = match;
  const until = play.played.filter((played) => played.instant <= BigInt(instant));
  const op = MOMENTS[base.toLowerCase()];
  if (op !== undefined) {
    const step = until.findLast((played) => played.op === op && played.instant === BigInt(instant));
    if (step === undefined) return undefined;
    return step.verdict.ok
      ? (step.verdict.returns["slashedShares"] ?? step.verdict.returns["released"])
      : step.verdict.reason;
  }
  const reading = parse(play, base);
  const last = until.at(-1);
  return reading === undefined || last === undefined ? undefined : fieldOf({ ...reading, at: last.after });
}

/** Name of the reason for which a step was refused, where a key asks for one. */
function refusalOf(play: Play, key: string, wanted: unknown): Observed | undefined {
  const about = /revert(?:On)?(.*)$/i.exec(key)?.[1];
  if (about === undefined) {
    const isReason = typeof wanted === "string" && /^[A-Z][A-Za-z]+$/.test(wanted);
    return isReason ? play.refusals().find((reason) => reason === wanted) : undefined;
  }
  const op = MOMENTS[about.toLowerCase()] ?? (about === "Modify" ? "allocate" : undefined);
  return play.refusals(op).at(-1) ?? "nothing was refused";
}

/**
 * What a key of `expected` stands for.
 *
 * @param play - The vector, played.
 * @param key - Name of the observable.
 * @param wanted - What is expected, which tells a list from a single value.
 * @returns What was observed, or undefined when no rule covers the key.
 */
export function observableOf(play: Play, key: string, wanted: unknown): Observed | undefined {
  const own = special[key.replace(/\d+$/, "#")]?.(play, wanted) ?? special[key]?.(play, wanted);
  if (own !== undefined) return own;
  const derived = eachOf(play, key) ?? atInstant(play, key);
  if (derived !== undefined) return derived;
  const exact = returnOf(play, key, wanted);
  if (exact !== undefined) return exact;
  const reading = parse(play, key);
  const field = reading === undefined ? undefined : fieldOf(reading);
  if (field !== undefined) return typeof field === "boolean" ? field : text(field);
  return refusalOf(play, key, wanted);
}
