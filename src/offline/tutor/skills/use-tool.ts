import type { ChatTool, TextMessage, ToolUse } from "../../protocol.ts";
import { isQuestion, isRequest } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import type { Skill, TutorRequest } from "../skill.ts";
import { workOut } from "../sums/arithmetic.ts";
import { isGreeting } from "./smalltalk.ts";

/** Asks the program to call a tool that searches, before the tutor answers a question. */
export const useTool: Skill = {
  name: "a tool to call",
  answer: chooseTool,
  examples: [
    {
      asked: "How much is a loaf of rye?",
      tools: [
        {
          type: "function",
          function: {
            name: "search_notes",
            description: "Search the notes of the bakery.",
            parameters: { properties: { query: { type: "string" } }, required: ["query"] },
          },
        },
      ],
      answer: 'search_notes({"query":"How much is a loaf of rye?"})',
    },
  ],
};

/** A tool that finds something in documents, by what its name and description say. */
const FINDS = /search|retriev|look[ _-]?up|find|query|docs?\b|document|handbook|knowledge|passage/i;
const NAMES_OF_QUERY = /^(?:query|question|input|text|search|q|topic)$/i;

/**
 * The tool that the tutor uses before it answers: one that searches, for a question that is not about the human
 * and no sum. Undefined where there is none, where the question has been looked up, or where no tool may be used.
 */
function chooseTool({
  messages,
  tools = [],
  choice,
}: TutorRequest): readonly ToolUse[] | undefined {
  if (choice === "none" || foundFor(messages) !== undefined) return undefined;
  const question = messages.findLast(({ role }) => role === "user")?.content.trim() ?? "";
  const forced = typeof choice === "object" ? choice.function.name : undefined;
  for (const { function: tool } of tools) {
    if (forced !== undefined && tool.name !== forced) continue;
    const field = queryField(tool.parameters);
    if (field === undefined) continue;
    const fits = FINDS.test(`${tool.name} ${tool.description ?? ""}`) && wantsLookUp(question);
    if (fits || forced || choice === "required")
      return [{ name: tool.name, arguments: { [field]: question } }];
  }
  return undefined;
}

/** What tools have answered since the human last spoke. */
export function foundFor(messages: readonly TextMessage[]): string | undefined {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === "user") + 1);
  const results = since.filter(({ role }) => role === "tool" || role === "function");
  return results.length === 0 ? undefined : results.map(({ content }) => content).join("\n\n");
}

function wantsLookUp(question: string): boolean {
  return (
    (isQuestion(question) || isRequest(question)) &&
    !isAboutHuman(question) &&
    !isGreeting(question) &&
    workOut(question) === undefined
  );
}

/** The parameter that takes the question: one of a usual name, else the only text that must be given. */
function queryField(parameters: ChatTool["function"]["parameters"]): string | undefined {
  const { properties, required } = (parameters ?? {}) as {
    properties?: Record<string, { type?: unknown; enum?: unknown }>;
    required?: string[];
  };
  const texts = Object.entries(properties ?? {})
    .filter(([, shape]) => shape.type === "string" && shape.enum === undefined)
    .map(([name]) => name);
  const usual = texts.find((name) => NAMES_OF_QUERY.test(name));
  const needed = required ?? texts;
  const field = usual ?? (texts.length === 1 ? texts[0] : undefined);
  return field !== undefined && needed.every((name) => name === field) ? field : undefined;
}
