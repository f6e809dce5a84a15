import type { Condition } from "../filter.ts";
import { tagOf } from "../rows.ts";
import type { QdrantCondition, QdrantFilter } from "./rest.ts";

/**
 * A condition as Qdrant's filter. Qdrant reads a key as a path, in which dots, brackets and quotes mean
 * something; so a field with its value is matched as one string of `tags`, and a number is looked up in
 * `numbers` under its key in hex.
 */
export function filterOf(condition: Condition): QdrantFilter {
  return condition.kind === "and"
    ? { must: condition.parts.map(partOf) }
    : { must: [partOf(condition)] };
}

/** A field's name as it stands in `numbers`. */
export function keyOf(key: string): string {
  return `k${Buffer.from(key).toString("hex")}`;
}

function partOf(condition: Condition): QdrantCondition {
  switch (condition.kind) {
    case "and":
      return { must: condition.parts.map(partOf) };
    case "or":
      return { should: condition.parts.map(partOf) };
    case "not":
      return { must_not: [partOf(condition.part)] };
    case "in":
      return {
        key: "tags",
        match: { any: condition.values.map((value) => tagOf(condition.key, value)) },
      };
    case "range":
      return {
        key: `numbers.${keyOf(condition.key)}`,
        range: Object.fromEntries(condition.bounds),
      };
  }
}
