import { findTopic } from "../../topics.ts";
import { isOfCourse, passageIn, tellingWords } from "../knowledge/course-terms.ts";
import { quotePassage } from "../knowledge/handbook-answers.ts";
import { asksToTell } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import type { Skill } from "../skill.ts";

/** Answers questions about what the course teaches, from the passage of the handbook that is nearest. */
export const courseQuestion: Skill = {
  name: "the course",
  answer: ({ line }) => fromHandbook(line),
  examples: [
    { asked: "why do LLMs hallucinate?", answer: '"Hallucination"' },
    { asked: "how can I make a model answer in JSON?", answer: "(From the handbook:" },
  ],
};

function fromHandbook(line: string): string | undefined {
  if (line.length > LONGEST || !asksToTell(line)) return undefined;
  const words = tellingWords(line);
  // A term inside the question says best what it is about.
  const named = passageIn(line);
  // "My phone number" is nothing that the handbook has; "my prompt" may be.
  if (!named && isAboutHuman(line)) return undefined;
  const { how, passages } = findTopic(words.join(" "));
  const [best] = passages;
  if (!named && (how === "unknown" || !best || words.length < 2)) return undefined;
  const passage =
    named && (how === "unknown" || !passages.slice(0, 3).includes(named)) ? named : (best ?? named);
  if (!passage || !isOfCourse(words, passage)) return undefined;
  return quotePassage(passage);
}

const LONGEST = 300;
