import type { TextMessage } from "../../protocol.ts";
import { extract } from "../knowledge/extract-field.ts";
import type { Schema, Skill } from "../skill.ts";
import { candidatesIn, nearestCandidate } from "./route.ts";

/** Writes an object of the shape that the request gives. */
export const structuredOutput: Skill = {
  name: "structured output",
  answer: ({ format, messages }) =>
    typeof format === "object" ? structured(format, messages) : undefined,
  examples: [
    {
      told: [{ role: "system", content: "physics: questions about physics\nother: all else" }],
      asked: "Why does a magnet attract iron?",
      format: { properties: { destination: { enum: ["physics", "other"] } } },
      answer: '{"destination":"physics"}',
    },
  ],
};

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
