import type { ChatTool, TextMessage, ToolChoice } from "../protocol.ts";
import { arithmetic } from "./arithmetic.ts";
import { isQuestion, isRequest } from "./facts.ts";
import { answerFromPassages, isGreeting } from "./grounded/answer.ts";
import { isAboutHuman } from "./question.ts";

export interface ToolUse {
  name: string;
  arguments: Record<string, string>;
}

/** A tool that finds something in documents, by what its name and description say. */
const FINDS = /search|retriev|look[ _-]?up|find|query|docs?\b|document|handbook|knowledge|passage/i;
const NAMES_OF_QUERY = /^(?:query|question|input|text|search|q|topic)$/i;

/**
 * The tool that the tutor uses before it answers: one that searches, for a question that is not about the human
 * and no sum. Undefined where there is none, where the question has been looked up, or where no tool may be used.
 */
export function chooseTool(
  messages: readonly TextMessage[],
  { tools, choice }: { tools: readonly ChatTool[]; choice?: ToolChoice },
): ToolUse | undefined {
  if (choice === "none" || foundFor(messages) !== undefined) return undefined;
  const question = messages.findLast(({ role }) => role === "user")?.content.trim() ?? "";
  const forced = typeof choice === "object" ? choice.function.name : undefined;
  for (const { function: tool } of tools) {
    if (forced !== undefined && tool.name !== forced) continue;
    const field = queryField(tool.parameters);
    if (field === undefined) continue;
    const fits = FINDS.test(`${tool.name} ${tool.description ?? ""}`) && wantsLookUp(question);
    if (fits || forced || choice === "required")
      return { name: tool.name, arguments: { [field]: question } };
  }
  return undefined;
}

/** The answer from what tools found for the last question; undefined where none was used for it. */
export function answerFromTools(messages: readonly TextMessage[]): string | undefined {
  const found = foundFor(messages);
  const question = messages.findLast(({ role }) => role === "user")?.content ?? "";
  return found === undefined ? undefined : answerFromPassages(question, found);
}

/** What tools have answered since the human last spoke. */
function foundFor(messages: readonly TextMessage[]): string | undefined {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === "user") + 1);
  const results = since.filter(({ role }) => role === "tool" || role === "function");
  return results.length === 0 ? undefined : results.map(({ content }) => content).join("\n\n");
}

function wantsLookUp(question: string): boolean {
  return (
    (isQuestion(question) || isRequest(question)) &&
    !isAboutHuman(question) &&
    !isGreeting(question) &&
    arithmetic(question) === undefined
  );
}

/** The parameter that takes the question: one of a usual name, else the only text that must be given. */
function queryField(parameters: ChatTool["function"]["parameters"]): string | undefined {
  const texts = Object.entries(parameters?.properties ?? {})
    .filter(([, shape]) => shape.type === "string" && shape.enum === undefined)
    .map(([name]) => name);
  const usual = texts.find((name) => NAMES_OF_QUERY.test(name));
  const needed = parameters?.required ?? texts;
  const field = usual ?? (texts.length === 1 ? texts[0] : undefined);
  return field !== undefined && needed.every((name) => name === field) ? field : undefined;
}
