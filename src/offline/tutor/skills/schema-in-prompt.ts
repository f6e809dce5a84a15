import type { JsonSchema } from "../../protocol.ts";
import { fillSchema } from "../schema/fill.ts";
import { isObject } from "../schema/shape.ts";
import type { Skill } from "../skill.ts";
import { toldBy } from "./structured-output.ts";

/**
 * Writes an object for a prompt that has the schema written in it, as LangChain's
 * StructuredOutputParser puts it there.
 */
export const schemaInPrompt: Skill = {
  name: "a schema in the prompt",
  answer: ({ prompt }) => structuredByInstruction(prompt),
  examples: [
    {
      asked:
        'It arrived in two days.\n\nYou must format your output as a JSON value that adheres to a given "JSON Schema" instance.\n```json\n{"type":"object","properties":{"days":{"type":"number","description":"days until it arrived"}}}\n```',
      answer: '```json\n{"days":2}\n```',
    },
  ],
};

function structuredByInstruction(prompt: string): string | undefined {
  const schema = schemaInText(prompt);
  if (schema === undefined) return undefined;
  const text = prompt.split(/You must format your output/)[0] ?? prompt;
  try {
    const { value } = fillSchema(schema, toldBy([{ role: "user", content: text }]));
    return `\`\`\`json\n${JSON.stringify(value)}\n\`\`\``;
  } catch {
    return undefined;
  }
}

/** The schema that a prompt has between "```json" and the last fence. */
export function schemaInText(prompt: string): JsonSchema | undefined {
  const [start, end] = [prompt.indexOf("```json"), prompt.lastIndexOf("```")];
  if (start < 0 || end <= start || !/json schema/i.test(prompt)) return undefined;
  const shape = shapeIn(prompt.slice(start + "```json".length, end));
  if (shape === undefined) return undefined;
  try {
    const schema: unknown = JSON.parse(shape);
    return isObject(schema) ? schema : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The last fenced block that has properties: LangChain shows an example before the schema itself.
 */
function shapeIn(fenced: string): string | undefined {
  return fenced
    .split("```json")
    .findLast((block) => block.includes('"properties"'))
    ?.split("```")[0];
}
