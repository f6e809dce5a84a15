import type { TextMessage } from "../../protocol.ts";
import { answerFromPassages } from "../grounded/answer.ts";
import type { Skill, TutorRequest } from "../skill.ts";
import { isGreeting, talkSmall } from "./smalltalk.ts";
import { foundFor, isFailure, searches } from "./use-tool.ts";

/** Answers from what the program's tools have found for the last question. */
export const toolResults: Skill = {
  name: "what tools have found",
  answer({ messages, prompt, tools }) {
    const all = foundFor(messages);
    if (all === undefined) return undefined;
    const results = all.filter((one, at) => !isMended(one, all.slice(at + 1)));
    const small = isGreeting(prompt) ? talkSmall(prompt) : undefined;
    if (small !== undefined) return small;
    const passages = results.filter((one) => isPassage(one, tools));
    const said = results.filter((one) => !passages.includes(one)).map(relayed);
    const asked = new Map<string, string[]>();
    for (const one of passages) {
      const query = queryOf(one, messages) ?? prompt;
      asked.set(query, [...(asked.get(query) ?? []), one.content]);
    }
    // What was looked up apart is answered apart.
    if (asked.size > 1)
      for (const [query, found] of asked) said.push(answerFromPassages(query, found.join("\n\n")));
    else if (passages.length > 0)
      said.push(answerFromPassages(prompt, [...asked.values()].flat().join("\n\n")));
    return said.join("\n");
  },
  examples: [
    {
      asked: "How much is a loaf of rye?",
      after: [{ role: "tool", content: "Source: prices.md\nA loaf of rye costs 4.20 euros." }],
      answer: 'From prices.md: "A loaf of rye costs 4.20 euros."',
    },
    {
      asked: "What's the weather in Paris?",
      after: [{ role: "tool", tool: "get_weather", content: "Sunny, 21 °C" }],
      answer: "get_weather says: Sunny, 21 °C",
    },
  ],
};

/** What a search was asked for. */
function queryOf({ callId }: TextMessage, messages: readonly TextMessage[]): string | undefined {
  const call = messages.flatMap(({ calls = [] }) => calls).find(({ id }) => id === callId);
  const [query] = Object.values(objectIn(call?.arguments ?? "{}"));
  return typeof query === "string" ? query : undefined;
}

function objectIn(given: string): object {
  try {
    return Object(JSON.parse(given));
  } catch {
    return {};
  }
}

/** Whether a call failed that was made again and did not. */
const isMended = (result: TextMessage, later: readonly TextMessage[]) =>
  isFailure(result) && later.some((one) => one.tool === result.tool && !isFailure(one));

/**
 * Whether a result is passages to quote from: that of a tool that searches, or of one that is not
 * known.
 */
function isPassage({ tool: name }: TextMessage, tools: TutorRequest["tools"] = []): boolean {
  if (name === undefined) return true;
  return searches(tools.find((one) => one.function.name === name)?.function ?? { name });
}

const relayed = ({ tool, content }: TextMessage) =>
  content.trim() === "" ? `${tool} says nothing.` : `${tool} says: ${content.trim()}`;
