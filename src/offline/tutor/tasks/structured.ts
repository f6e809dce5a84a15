import type { TextMessage } from "../../protocol.ts";
import { extract, type Field } from "./extract.ts";
import { candidatesIn, nearestCandidate } from "./route.ts";

/** A JSON schema, as far as it is read here. */
export interface Schema {
  properties?: Record<string, Field & { enum?: unknown[] }>;
}

/**
 * An object of the asked-for shape: a choice among names goes to the one whose description, as the messages give
 * it, is nearest to the question; a text is the question itself.
 */
export function structured(schema: Schema, messages: readonly TextMessage[]): string {
  const question = messages.findLast(({ role }) => role === "user")?.content ?? "";
  const told = messages.map(({ content }) => content).join("\n");
  const entries = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const names = property.enum?.filter((value) => typeof value === "string");
    if (names && names.length > 0) return [name, choose(names, question, told)];
    if (property.description !== undefined) return [name, extract(question, property)];
    return [
      name,
      property.type === "number" || property.type === "integer"
        ? 0
        : property.type === "boolean"
          ? false
          : question,
    ];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

function choose(names: string[], question: string, told: string): string {
  const described = candidatesIn(told).filter(({ name }) => names.includes(name));
  const fallback =
    names.find((name) => /^(?:default|other|none|general)$/i.test(name)) ?? names[0] ?? "";
  const asked = question.split(/\n\s*\n/).at(-1) ?? question;
  return nearestCandidate(asked, described)?.name ?? fallback;
}

const SHAPE = /```json\s*(\{[\s\S]*?"properties"[\s\S]*\})\s*```/;

/** An object for a prompt that has the schema written in it, as LangChain's StructuredOutputParser puts it there. */
export function structuredByInstruction(prompt: string): string | undefined {
  const [block, shape] = SHAPE.exec(prompt) ?? [];
  if (block === undefined || shape === undefined || !/json schema/i.test(prompt)) return undefined;
  try {
    const schema = JSON.parse(shape) as Schema;
    const text = prompt.split(/You must format your output/)[0] ?? prompt;
    return `\`\`\`json\n${structured(schema, [{ role: "user", content: text }])}\n\`\`\``;
  } catch {
    return undefined;
  }
}
