import type { Bound, Condition } from "../filter.ts";

const OPERATORS: Record<Bound, string> = { gt: ">", gte: ">=", lt: "<", lte: "<=" };

/**
 * A condition as SQL over the column `metadata`. Keys and values are bound, never part of the text: `bind`
 * takes one and says what stands for it ($3).
 */
export function whereOf(condition: Condition, bind: (value: unknown) => string): string {
  switch (condition.kind) {
    case "and":
    case "or": {
      const parts = condition.parts.map((part) => whereOf(part, bind));
      return `(${parts.join(` ${condition.kind.toUpperCase()} `)})`;
    }
    case "not":
      return `(NOT ${whereOf(condition.part, bind)})`;
    case "in": {
      // Containment is what the index on metadata answers.
      const parts = condition.values.map((value) => {
        const field = bind(JSON.stringify({ [condition.key]: value }));
        return `metadata @> ${field}::jsonb`;
      });
      return `(${parts.join(" OR ")})`;
    }
    case "range": {
      const key = `${bind(condition.key)}::text`;
      const bounds = condition.bounds.map(
        ([bound, limit]) =>
          `(metadata->>${key})::float8 ${OPERATORS[bound]} ${bind(limit)}::float8`,
      );
      // CASE, because AND may be worked out in any order, and a text is no number.
      return `(CASE WHEN jsonb_typeof(metadata->${key}) = 'number' THEN ${bounds.join(" AND ")} ELSE false END)`;
    }
  }
}
