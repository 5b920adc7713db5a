/** Where a parameter stands in a scenario's data: `populations.stakers.count`, `timeline[0].at`. */
export type ParameterPath = readonly string[];

/** A single value that a parameter can have. */
export type Scalar = bigint | number | string | boolean;

/** Reads a path; list places, counted or named, may stand in brackets or after a dot. */
export function parsePath(text: string): ParameterPath {
  return text
    .trim()
    .replace(/\[([\w-]+)\]/g, ".$1")
    .split(".");
}

/** Writes a path as {@link parsePath} reads it, counted list places in brackets. */
export function formatPath(path: ParameterPath): string {
  return path.reduce((text, key) => {
    if (/^\d+$/.test(key)) return `${text}[${key}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Fields by which an item of a list is called. */
const CALLED_BY = ["id", "token", "operator"];

/** Name of a list's item, where it has one that no other item has. */
function nameOf(item: unknown, list: readonly unknown[]): string | undefined {
  const call = (one: unknown): unknown =>
    isObject(one) ? CALLED_BY.map((field) => one[field]).find((name) => typeof name === "string") : undefined;
  const name = call(item);
  if (typeof name !== "string" || !/^[A-Za-z][\w-]*$/.test(name)) return undefined;
  return list.filter((other) => call(other) === name).length === 1 ? name : undefined;
}

/** Place in a list that a key means: its number, or its item's name; -1 for none. */
function placeOf(list: readonly unknown[], key: string): number {
  return /^\d+$/.test(key) ? Number(key) : list.findIndex((item) => nameOf(item, list) === key);
}

/** The path with its list places named where they can be: the one way in which a parameter is written. */
export function withNames(root: unknown, path: ParameterPath): ParameterPath {
  return path.map((key, at) => {
    const holder = valueAt(root, path.slice(0, at));
    if (!Array.isArray(holder)) return key;
    const list: readonly unknown[] = holder;
    return nameOf(list[placeOf(list, key)], list) ?? key;
  });
}

/** Value at a path; undefined where nothing stands, and never what an object only inherits. */
export function valueAt(root: unknown, path: ParameterPath): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return (value as readonly unknown[])[placeOf(value, key)];
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, root);
}

/** A behaviour that can be made again with other parameters: see {@link Agent}. */
interface Remakable {
  readonly params: object;
  readonly remake: (params: unknown) => object;
}

function isRemakable(value: unknown): value is Remakable {
  return isObject(value) && typeof value["remake"] === "function" && isObject(value["params"]);
}

/** Copy of `root` with another value at a path; objects on the way that are missing are made. */
export function withValueAt(root: unknown, path: ParameterPath, value: Scalar): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    const list: readonly unknown[] = root;
    const place = placeOf(list, key);
    return list.map((item, at) => (at === place ? withValueAt(item, rest, value) : item));
  }
  const fields = isObject(root) ? root : {};
  if (isRemakable(root) && key === "params") return { ...root, ...root.remake(withValueAt(root.params, rest, value)) };
  return { ...fields, [key]: withValueAt(fields[key], rest, value) };
}

/** Every single value below `root` with its path. What holds a function is code, not data: of it, only parameters. */
export function leavesOf(root: unknown, path: ParameterPath = []): readonly (readonly [ParameterPath, Scalar])[] {
  if (["bigint", "number", "string", "boolean"].includes(typeof root)) return [[path, root as Scalar]];
  if (!isObject(root)) return [];
  if (Array.isArray(root)) {
    const list: readonly unknown[] = root;
    return list.flatMap((item, at) => leavesOf(item, [...path, nameOf(item, list) ?? String(at)]));
  }
  if (isRemakable(root)) return leavesOf(root.params, [...path, "params"]);
  if (Object.values(root).some((value) => typeof value === "function")) return [];
  return Object.entries(root).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}
