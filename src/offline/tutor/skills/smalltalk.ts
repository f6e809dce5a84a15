import { asSentence } from "../../language/sentences.ts";
import { factsOfHuman } from "../memory/facts.ts";
import { nameIn } from "../memory/name.ts";
import type { Skill } from "../skill.ts";

/** Greets, thanks, and notes what is told. */
export const smalltalk: Skill = {
  name: "small talk",
  answer: ({ line }) => talkSmall(line),
  examples: [
    { asked: "Hi!", answer: "Hello!" },
    { asked: "My name is Ada.", answer: "Hello Ada! Nice to meet you." },
    { asked: "I keep bees.", answer: "Noted: you keep bees." },
    { asked: "thanks!", answer: "You are welcome." },
  ],
};

/** A greeting or thanks, and nothing else. */
const GREETING =
  /^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|bye|goodbye|ok|okay)\b(?:\W+\w+){0,2}\W*$/i;

export const isGreeting = (line: string) => GREETING.test(line);

/** Replies to greetings, thanks and things told; undefined where there is nothing of the kind. */
export function talkSmall(text: string): string | undefined {
  const line = text.trim();
  const facts = factsOfHuman(line);
  const name = facts.map(nameIn).find((found) => found !== undefined);
  const rest = facts.filter((fact) => nameIn(fact) === undefined);
  if (name !== undefined) {
    const noted =
      rest.length > 0
        ? ` Noted: ${asSentence(rest.join("; ")).replace(/^./, (first) => first.toLowerCase())}`
        : "";
    return `Hello ${name}! Nice to meet you.${noted}`;
  }
  if (rest.length > 0)
    return `Noted: ${asSentence(rest.join("; ")).replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase())}`;
  return CANNED.find(([pattern]) => pattern.test(line))?.[1];
}

const CANNED: [RegExp, string][] = [
  [
    /\bhow (?:are|r) (?:you|u)\b|\bhow(?:'s| is) it going\b|\bhow do you do\b|\bwhat'?s up\b/i,
    "I am fine, thank you. What would you like to tell or ask me?",
  ],
  [/^(?:bye|goodbye|good night|see you|farewell)\b/i, "Goodbye!"],
  [/\bthank(?:s| you)\b/i, "You are welcome."],
  [
    /^(?:hi|hello|hey|hiya|howdy|yo|good (?:morning|afternoon|evening|day)|greetings)\b/i,
    "Hello! What would you like to tell or ask me?",
  ],
  [
    /^(?:ok|okay|cool|great|nice|fine|good|wow|sure|yes|yeah|no|nope|right|i see|not much|never mind|alright|all right)\b[^?]*$/i,
    "All right. What next?",
  ],
];
