import { UsageError } from "../../errors/usage-error.ts";
import { formatValue, parseValue } from "../../model/parameters/parameter-value.ts";
import { findParameter, type Parameter } from "../../model/parameters/set-parameters.ts";
import type { Scenario } from "../../model/scenario.ts";
import { judge, type FieldPath, type Locate } from "./locate.ts";
import type { SweepParameter } from "./sweep-definition.ts";
import type { SweepFile, SweepFileValues } from "./sweep-file-schema.ts";

const canonical = (text: string | number | boolean, parameter: Parameter): string =>
  formatValue(parseValue(String(text), parameter, parameter.name), parameter.unit);

type Range = Extract<SweepFileValues, { readonly from: unknown }>;

/** How refusals of one parameter's values are told. */
interface Judged {
  readonly field: FieldPath;
  readonly locate: Locate;
}

/** Reads a range; a field that may hold a word as well has ranges of its quantities. */
function readRange(values: Range, of: Parameter, { field, locate }: Judged) {
  const readEnd = (end: "from" | "to") =>
    judge(locate, [...field, end], () => parseValue(String(values[end]), of, of.name));
  const refuse = (message: string, hint: string): never => {
    throw locate(field, new UsageError(message, hint));
  };
  const ends = of.kind === "boolean" ? undefined : ([readEnd("from"), readEnd("to")] as const);
  if (ends === undefined || ends.some((end) => typeof end === "string")) {
    return refuse(`Parameter ${of.name} has no range.`, "Give a list of its values.");
  }
  const [low, high] = ends;
  const [from, to] = [formatValue(low, of.unit), formatValue(high, of.unit)];
  if (low < high) return { from, to, count: values.count ?? null };
  const hint = low === high ? "Give two different ends, or the value alone." : "Give the lower end first.";
  return refuse(`Parameter ${of.name} goes from ${from} to ${to}.`, hint);
}

/** A parameter as a file names it, and its values. */
interface Told {
  readonly name: string;
  readonly values: SweepFileValues;
}

function readParameter(scenario: Scenario, { name, values }: Told, locate: Locate): SweepParameter {
  const field = ["set", name];
  const parameter = judge(locate, field, () => findParameter(scenario, name));
  if (typeof values === "object" && !Array.isArray(values)) {
    return { path: parameter.name, values: readRange(values, parameter, { field, locate }) };
  }
  const texts = [values]
    .flat()
    .map((value, at) =>
      judge(locate, Array.isArray(values) ? [...field, at] : field, () => canonical(value, parameter)),
    );
  const twice = texts.findIndex((text, at) => texts.indexOf(text) < at);
  if (twice < 0) return { path: parameter.name, values: texts };
  throw locate(
    [...field, twice],
    new UsageError(`Parameter ${parameter.name} has a value twice.`, `Its values are ${texts.join(", ")}.`),
  );
}

/**
 * Reads what a sweep sets: each parameter by its whole path, each value written in one way.
 *
 * @throws {@link UsageError} for a parameter that the scenario does not have or that is named twice, and for a value of
 * another kind.
 */
export function readParameters(
  scenario: Scenario,
  set: NonNullable<SweepFile["set"]>,
  locate: Locate,
): readonly SweepParameter[] {
  // One that two names mean would have the values of the last.
  const names = new Map<string, string>();
  return Object.entries(set).map(([name, values]) => {
    const parameter = readParameter(scenario, { name, values }, locate);
    const { path } = parameter;
    const other = names.get(path);
    if (other !== undefined) {
      const told = new UsageError(`"${other}" and "${name}" are both ${path}.`, "Give all its values under one name.");
      throw locate(["set", name], told);
    }
    names.set(path, name);
    return parameter;
  });
}
