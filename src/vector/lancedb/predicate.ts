import type { Bound, Condition } from "../filter.ts";
import { tagOf } from "../rows.ts";

const OPERATORS: Record<Bound, string> = { gt: ">", gte: ">=", lt: "<", lte: "<=" };

/**
 * A condition as LanceDB's SQL, which takes no parameters: every key and value stands in a string literal, in
 * which only the quote has a meaning, and is doubled.
 *
 * Fields lie in three list columns: `tags` holds each field with its value as JSON, `keys` and `numbers` the
 * numeric ones, place by place. So any key can be looked for, without a column of its own.
 */
export function predicateOf(condition: Condition): string {
  switch (condition.kind) {
    case "and":
    case "or":
      return `(${condition.parts.map(predicateOf).join(` ${condition.kind.toUpperCase()} `)})`;
    case "not":
      return `(NOT ${predicateOf(condition.part)})`;
    case "in": {
      const tags = condition.values.map((value) => literal(tagOf(condition.key, value)));
      return tags.length === 1
        ? `array_has(tags, ${tags[0]})`
        : `array_has_any(tags, [${tags.join(", ")}])`;
    }
    case "range": {
      const value = `numbers[CAST(array_position(keys, ${literal(keyOf(condition.key))}) AS BIGINT)]`;
      const bounds = condition.bounds.map(
        ([bound, limit]) =>
          `${value} ${OPERATORS[bound]} CAST(${literal(String(limit))} AS DOUBLE)`,
      );
      return `coalesce(${bounds.join(" AND ")}, false)`;
    }
  }
}

/** A field's name as it stands in `keys`. */
export function keyOf(key: string): string {
  return JSON.stringify(key);
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
