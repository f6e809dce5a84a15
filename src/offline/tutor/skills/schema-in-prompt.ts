import type { Schema, Skill } from "../skill.ts";
import { structured } from "./structured-output.ts";

/** Writes an object for a prompt that has the schema written in it, as LangChain's StructuredOutputParser puts it there. */
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

/** A schema between "```json" and the last fence. */
function structuredByInstruction(prompt: string): string | undefined {
  const [start, end] = [prompt.indexOf("```json"), prompt.lastIndexOf("```")];
  if (start < 0 || end <= start || !/json schema/i.test(prompt)) return undefined;
  const shape = shapeIn(prompt.slice(start + "```json".length, end));
  if (shape === undefined) return undefined;
  try {
    const schema = JSON.parse(shape) as Schema;
    const text = prompt.split(/You must format your output/)[0] ?? prompt;
    return `\`\`\`json\n${structured(schema, [{ role: "user", content: text }])}\n\`\`\``;
  } catch {
    return undefined;
  }
}

/** The last fenced block that has properties: LangChain shows an example before the schema itself. */
function shapeIn(fenced: string): string | undefined {
  return fenced
    .split("```json")
    .findLast((block) => block.includes('"properties"'))
    ?.split("```")[0];
}
