import type { Json } from "./events.ts";

/**
 * Any value as plain JSON: messages as role and content, class instances by their public fields,
 * cycles cut.
 */
export function toJson(value: unknown, depth = 6): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object") return null;
  if (depth === 0) return "…";
  if (isMessage(value)) return { role: value.getType(), content: toJson(value.content, depth - 1) };
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return value.message;
  if (value instanceof Map) return toJson(Object.fromEntries(value), depth);
  if (Array.isArray(value) || value instanceof Set)
    return [...value].map((item) => toJson(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => typeof item !== "function" && item !== undefined)
      .map(([key, item]) => [key, toJson(item, depth - 1)]),
  );
}

function isMessage(value: object): value is { getType(): string; content: unknown } {
  return "getType" in value && typeof value.getType === "function" && "content" in value;
}
