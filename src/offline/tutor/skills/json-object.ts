import type { JsonSchema } from "../../protocol.ts";
import { fillSchema } from "../schema/fill.ts";
import { isObject } from "../schema/shape.ts";
import type { Skill } from "../skill.ts";
import { toldIn } from "./structured-output.ts";

/**
 * Answers with an object, where any object will do: with the keys that the messages name, or with
 * the answer in words.
 */
export const jsonObject: Skill = {
  name: "a JSON object",
  async answer(request) {
    const { format, messages, line, answerLine } = request;
    if (format !== "json") return undefined;
    const said = messages.map(({ content }) => content).join("\n\n");
    const schema = schemaIn(said.slice(0, LONGEST));
    if (schema) {
      const told = await toldIn(request, schema);
      // The example in a message tells nothing.
      const question = told.question.replace(EXAMPLE, " ");
      return JSON.stringify(fillSchema(schema, { ...told, question }).value);
    }
    const words = line.replace(
      /[,.]?\s*(?:please\s+)?(?:in|as|with|using)\s+(?:\w+\s+)?json\b[^.?!]*/i,
      "",
    );
    const answer = await answerLine(words.trim() === "" ? line : words);
    return objectIn(answer) ?? JSON.stringify({ answer });
  },
  examples: [
    { asked: "What is 6 times 7?", format: "json", answer: '{"answer":"6 × 7 is 42."}' },
    {
      told: [{ role: "system", content: "Reply in JSON with the keys name and age." }],
      asked: "Ada, age: 36, came by.",
      format: "json",
      answer: '{"name":"Ada","age":36}',
    },
    {
      asked: 'Fill in {"city": "", "days": 0} as JSON: three days in Rome.',
      format: "json",
      answer: '{"city":"Rome","days":3}',
    },
  ],
};

/** What is asked for stands within this. */
const LONGEST = 20_000;

/** The shape that messages ask for: a schema, an example of an object, or names of keys. */
export function schemaIn(text: string): JsonSchema | undefined {
  const example = text.match(EXAMPLE)?.[0];
  const given = objectIn(text) ?? example;
  const parsed = given === undefined ? undefined : parse(given);
  if (isObject(parsed) && isObject(parsed.properties)) return { type: "object", ...parsed };
  if (isObject(parsed) && Object.keys(parsed).length > 0)
    return { type: "object", properties: mapped(parsed, shapeOf) };
  const named =
    /\b(?:keys?|fields?|properties|property|attributes?)(?: named| called)?:?\s+((?:["'`]?\w+["'`]?(?:\s*\([^)]*\))?(?:,? and |, ?| or )?){1,30})/i.exec(
      text,
    )?.[1];
  const names = (named ?? "")
    .split(/,? and |, ?| or |\s/)
    .map((name) => name.replace(/\W/g, ""))
    .filter(Boolean);
  if (names.length === 0) return undefined;
  return {
    type: "object",
    properties: Object.fromEntries(
      names.map((name) => [name, NUMERIC.test(name) ? { type: "number" } : { type: "string" }]),
    ),
  };
}

const EXAMPLE = /\{[^{}]{0,5000}\}/;
const NUMERIC = /^(?:age|year|count|number|amount|total|price|quantity|days?|score|rating)$/i;

const mapped = (object: Record<string, unknown>, shape: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, shape(value)]));

function shapeOf(value: unknown): JsonSchema {
  if (Array.isArray(value)) return { type: "array", items: shapeOf(value[0] ?? "") };
  if (isObject(value)) return { type: "object", properties: mapped(value, shapeOf) };
  return { type: value === null ? "null" : typeof value };
}

/** The object that a text holds from its first brace to its last, if it is one. */
function objectIn(text: string): string | undefined {
  const found = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  return isObject(parse(found)) ? JSON.stringify(parse(found)) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
