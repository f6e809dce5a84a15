import { LabError } from "../errors.ts";

/** What metadata can be compared with. */
export type Scalar = string | number | boolean | null;

/**
 * Which documents count, by their flat metadata: the same in every store.
 *
 * A key is data, never a path or a name in a query language. Equality is strict (2024 is not "2024"); a range
 * holds for numbers only; a key that is missing, or holds a list or an object, equals nothing, and `not` of
 * that is true. `or` and `in` of nothing match nothing, `and` of nothing matches everything.
 */
export type Filter =
  | { key: string; eq: Scalar }
  | { key: string; in: readonly Scalar[] }
  | ({ key: string } & Range)
  | { and: readonly Filter[] }
  | { or: readonly Filter[] }
  | { not: Filter };

interface Range {
  gt?: number;
  gte?: number;
  lt?: number;
  lte?: number;
}

/** A filter without its empty cases, as engines get it: `in` has members, `and` and `or` at least two. */
export type Condition =
  | { kind: "in"; key: string; values: Scalar[] }
  | { kind: "range"; key: string; bounds: [Bound, number][] }
  | { kind: "and" | "or"; parts: Condition[] }
  | { kind: "not"; part: Condition };

export type Bound = keyof Range;

const BOUNDS: readonly Bound[] = ["gt", "gte", "lt", "lte"];

/**
 * Checks a filter and folds it; true when everything matches, false when nothing can.
 *
 * @param text how strings are stored, so that they are looked for as they are stored
 * @throws LabError for anything that is not a filter: one that is ignored would show what it should hide
 */
export function conditionOf(filter: unknown, text = (raw: string) => raw): Condition | boolean {
  if (filter === undefined) return true;
  const shape = entriesOf(filter);
  if (shape.size === 1) {
    if (shape.has("not")) return negated(conditionOf(required(shape.get("not")), text));
    for (const kind of ["and", "or"] as const) {
      const parts = shape.get(kind);
      if (Array.isArray(parts))
        return joined(
          kind,
          parts.map((part) => conditionOf(required(part), text)),
        );
    }
  }
  const key = shape.get("key");
  if (typeof key !== "string") throw notAFilter(filter);
  return onKey(text(key), shape, filter, text);
}

/** Whether metadata meets a condition, in this process: the memory store's filter, and the measure for the others. */
export function meets(condition: Condition | boolean, metadata: Record<string, unknown>): boolean {
  if (typeof condition === "boolean") return condition;
  switch (condition.kind) {
    case "and":
      return condition.parts.every((part) => meets(part, metadata));
    case "or":
      return condition.parts.some((part) => meets(part, metadata));
    case "not":
      return !meets(condition.part, metadata);
    default: {
      const value = Object.hasOwn(metadata, condition.key) ? metadata[condition.key] : undefined;
      if (condition.kind === "in") return condition.values.some((wanted) => wanted === value);
      return (
        typeof value === "number" &&
        condition.bounds.every(([bound, limit]) => COMPARE[bound](value, limit))
      );
    }
  }
}

const COMPARE: Record<Bound, (value: number, limit: number) => boolean> = {
  gt: (value, limit) => value > limit,
  gte: (value, limit) => value >= limit,
  lt: (value, limit) => value < limit,
  lte: (value, limit) => value <= limit,
};

function onKey(
  key: string,
  shape: Map<string, unknown>,
  filter: unknown,
  text: (raw: string) => string,
): Condition | boolean {
  const rest = [...shape.keys()].filter((name) => name !== "key");
  const values = shape.has("eq") ? [shape.get("eq")] : shape.get("in");
  if (rest.length === 1 && Array.isArray(values)) {
    if (!values.every(isScalar)) throw notAFilter(filter);
    const stored = values.map((value) => (typeof value === "string" ? text(value) : value));
    return stored.length > 0 && { kind: "in", key, values: stored };
  }
  const bounds = BOUNDS.filter((bound) => shape.get(bound) !== undefined).map(
    (bound): [Bound, unknown] => [bound, shape.get(bound)],
  );
  const known = rest.every((name) => BOUNDS.includes(name as Bound));
  if (bounds.length === 0 || !known) throw notAFilter(filter);
  for (const [bound, limit] of bounds)
    if (typeof limit !== "number" || !Number.isFinite(limit))
      throw new LabError(
        `The filter's "${bound}" on ${JSON.stringify(key)} is not a number`,
        "Store what is to be ranged over as a number, a date as 20261125 for example.",
        2,
      );
  return { kind: "range", key, bounds: bounds as [Bound, number][] };
}

function joined(kind: "and" | "or", parts: (Condition | boolean)[]): Condition | boolean {
  const decides = kind === "or";
  if (parts.includes(decides)) return decides;
  const open = parts.filter((part) => typeof part !== "boolean");
  if (open.length === 0) return !decides;
  return open.length === 1 ? open[0]! : { kind, parts: open };
}

function negated(part: Condition | boolean): Condition | boolean {
  return typeof part === "boolean" ? !part : { kind: "not", part };
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value === "string" || typeof value === "boolean";
}

function entriesOf(filter: unknown): Map<string, unknown> {
  if (typeof filter !== "object" || filter === null || Array.isArray(filter))
    throw notAFilter(filter);
  return new Map(Object.entries(filter));
}

/** Inside a filter, a missing part is a mistake; it must not mean "everything". */
function required(part: unknown): unknown {
  if (part === undefined) throw notAFilter(part);
  return part;
}

function notAFilter(filter: unknown): LabError {
  const shown = typeof filter === "function" ? "a function" : JSON.stringify(filter);
  return new LabError(
    `This is not a filter: ${shown}`,
    'Write { key: "tenant", eq: "acme" }, { key, in: [...] }, { key, gte: 1, lt: 9 }, { and: [...] }, { or: [...] } or { not: ... }.',
    2,
  );
}
