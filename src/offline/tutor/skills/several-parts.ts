import { sentencesOf } from "../../../language/sentences.ts";
import { factsOfHuman } from "../memory/facts.ts";
import { isQuestion, isRequest } from "../memory/lines.ts";
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

/** A message that asks more is answered so far. */
const MOST_QUESTIONS = 8;

/** The questions of a message, one by one. */
export const questionsIn = (line: string): string[] =>
  sentencesOf(line.slice(0, LONGEST)).flatMap(splitQuestions).filter(isQuestion);

async function answerParts({ line, answerLine }: TutorRequest): Promise<string | undefined> {
  const parts = sentencesOf(line).flatMap(splitQuestions);
  if (parts.length < 2) return undefined;
  const isAsked = (part: string) => isQuestion(part) || isRequest(part);
  const questions = [...new Set(parts.filter(isAsked))];
  if (questions.length === 0) return undefined;
  const told = parts.filter((part) => !isAsked(part)).join("\n");
  // What is said before a question is answered only where it tells something.
  const tells = told.length < LONGEST && factsOfHuman(told).length > 0;
  const answers: string[] = [];
  for (const part of [...(tells ? [told] : []), ...questions.slice(0, MOST_QUESTIONS)])
    answers.push(await answerLine(part));
  const left = questions.length - MOST_QUESTIONS;
  if (left > 0)
    answers.push(`I answer ${MOST_QUESTIONS} questions at once; ${left} more are left.`);
  return [...new Set(answers)].join(" ");
}

const LONGEST = 20_000;

/**
 * "What is my name and where do I live?" is two questions, "my name is Tim and what is 5+5" tells
 * and asks.
 */
function splitQuestions(sentence: string): string[] {
  if (sentence.length > LONGEST) return [sentence];
  return sentence
    .split(
      /,?\s(?:and|but|so)\s(?=(?:what|who|where|when|how|which|whats|wheres|whos) ?(?:['’]s|is|are|am|was|were|do|does|did|can|should|would|will|much|many|old|\p{L}+ (?:is|are|am|do|does|did|was))\b)/iu,
    )
    .map((part, at, all) =>
      at < all.length - 1 && isQuestion(part) && !part.endsWith("?") ? `${part}?` : part,
    );
}
