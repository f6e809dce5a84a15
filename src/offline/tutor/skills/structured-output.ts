import type { JsonSchema, TextMessage } from "../../protocol.ts";
import { fillSchema } from "../schema/fill.ts";
import { ASKS_REPLY } from "../schema/leaves.ts";
import type { Told } from "../schema/told.ts";
import type { Skill, TutorRequest } from "../skill.ts";

/** Writes a value of the shape that the request gives. */
export const structuredOutput: Skill = {
  name: "structured output",
  async answer(request) {
    const { format } = request;
    if (typeof format !== "object") return undefined;
    return JSON.stringify(fillSchema(format, await toldIn(request, format)).value);
  },
  examples: [
    {
      told: [{ role: "system", content: "physics: questions about physics\nother: all else" }],
      asked: "Why does a magnet attract iron?",
      format: { properties: { destination: { enum: ["physics", "other"] } } },
      answer: '{"destination":"physics"}',
    },
    {
      asked: "What is 6 times 7?",
      format: { properties: { answer: { type: "string" }, value: { type: "null" } } },
      answer: '{"answer":"6 × 7 is 42.","value":null}',
    },
  ],
};

/** What a request tells, with the tutor's answer in words where the schema asks for one. */
export async function toldIn(
  { messages, line, answerLine }: TutorRequest,
  schema: JsonSchema,
): Promise<Told> {
  const told = toldBy(messages);
  return ASKS_REPLY.test(JSON.stringify(schema))
    ? { ...told, reply: await answerLine(line) }
    : told;
}

/** What messages tell: by the human, and for choices by all. */
export function toldBy(messages: readonly TextMessage[]): Told {
  const said = messages.filter(({ role }) => role === "user").map(({ content }) => content);
  return {
    question: said.at(-1) ?? "",
    before: said.slice(0, -1).reverse(),
    all: messages.map(({ content }) => content).join("\n"),
  };
}
