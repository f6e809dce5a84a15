import { sentencesOf } from "../../language/sentences.ts";
import { isQuestion, isRequest } from "../memory/facts.ts";
import type { Skill, TutorRequest } from "../skill.ts";

/** Answers each part of a message that tells and asks, or asks several things. */
export const severalParts: Skill = {
  name: "several parts",
  answer: answerParts,
  examples: [
    { asked: "My name is Bob. What is 2+2?", answer: "Hello Bob! Nice to meet you. 2 + 2 is 4." },
    { told: ["I live in Lisbon"], asked: "What's my name and where do I live?", answer: "Lisbon" },
  ],
};

async function answerParts({ line, answerLine }: TutorRequest): Promise<string | undefined> {
  const parts = sentencesOf(line).flatMap(splitQuestions);
  const questions = parts.filter((part) => isQuestion(part) || isRequest(part));
  if (parts.length < 2 || questions.length === 0) return undefined;
  // A word or two before a question is a greeting, which needs no answer of its own.
  const told = parts
    .filter((part) => !questions.includes(part) && part.split(/\s+/).length > 2)
    .join(" ");
  const answers: string[] = [];
  for (const part of told === "" ? questions : [told, ...questions]) {
    answers.push(await answerLine(part));
  }
  return [...new Set(answers)].join(" ");
}

/** "What is my name and where do I live?" is two questions. */
function splitQuestions(sentence: string): string[] {
  if (!isQuestion(sentence)) return [sentence];
  return sentence
    .split(/,?\s+and\s+(?=(?:what|who|where|when|how|which)\b)/i)
    .map((part, at, all) => (at < all.length - 1 && !part.endsWith("?") ? `${part}?` : part));
}
