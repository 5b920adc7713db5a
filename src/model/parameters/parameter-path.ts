/** Where a parameter stands in a scenario's data: `populations.stakers.count`, `timeline[0].at`. */
export type ParameterPath = readonly string[];

/** A single value that a parameter can have. */
export type Scalar = bigint | number | string | boolean;

/** Reads a path; list places may stand in brackets or after a dot. */
export function parsePath(text: string): ParameterPath {
  return text
    .trim()
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".");
}

/** Writes a path as {@link parsePath} reads it, list places in brackets. */
export function formatPath(path: ParameterPath): string {
  return path.reduce((text, key) => {
    if (/^\d+$/.test(key)) return `${text}[${key}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Value at a path; undefined where nothing stands, and never what an object only inherits. */
export function valueAt(root: unknown, path: ParameterPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    root,
  );
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
    return list.map((item, at) => (String(at) === key ? withValueAt(item, rest, value) : item));
  }
  const fields = isObject(root) ? root : {};
  if (isRemakable(root) && key === "params") return { ...root, ...root.remake(withValueAt(root.params, rest, value)) };
  return { ...fields, [key]: withValueAt(fields[key], rest, value) };
}

/** Every single value below `root` with its path. What holds a function is code, not data: of it, only parameters. */
export function leavesOf(root: unknown, path: ParameterPath = []): readonly (readonly [ParameterPath, Scalar])[] {
  if (["bigint", "number", "string", "boolean"].includes(typeof root)) return [[path, root as Scalar]];
  if (!isObject(root)) return [];
  if (isRemakable(root)) return leavesOf(root.params, [...path, "params"]);
  if (Object.values(root).some((value) => typeof value === "function")) return [];
  return Object.entries(root).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}
