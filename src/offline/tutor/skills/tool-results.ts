import type { TextMessage } from "../../protocol.ts";
import { answerFromPassages } from "../grounded/answer.ts";
import type { Skill, TutorRequest } from "../skill.ts";
import { isGreeting, talkSmall } from "./smalltalk.ts";
import { foundFor, searches } from "./use-tool.ts";

/** Answers from what the program's tools have found for the last question. */
export const toolResults: Skill = {
  name: "what tools have found",
  answer({ messages, prompt, tools }) {
    const results = foundFor(messages);
    if (results === undefined) return undefined;
    const small = isGreeting(prompt) ? talkSmall(prompt) : undefined;
    if (small !== undefined) return small;
    const passages = results.filter((one) => isPassage(one, tools));
    const said = results.filter((one) => !passages.includes(one)).map(relayed);
    if (passages.length > 0) {
      const found = passages.map(({ content }) => content).join("\n\n");
      said.push(answerFromPassages(prompt, found));
    }
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

/**
 * Whether a result is passages to quote from: that of a tool that searches, or of one that is not
 * known.
 */
function isPassage({ tool: name }: TextMessage, tools: TutorRequest["tools"] = []): boolean {
  if (name === undefined) return true;
  const { description = null } = tools.find((one) => one.function.name === name)?.function ?? {};
  return searches({ name, description });
}

const relayed = ({ tool, content }: TextMessage) =>
  content.trim() === "" ? `${tool} says nothing.` : `${tool} says: ${content.trim()}`;
