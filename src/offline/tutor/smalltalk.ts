import { factsOfHuman } from "./facts.ts";
import { nameIn } from "./name.ts";
import { asSentence } from "./words.ts";

/** Replies to greetings, thanks and things told; undefined where there is nothing of the kind. */
export function smalltalk(text: string): string | undefined {
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
  [
    /\bwho are you\b|\bwhat are you\b|\bwhat(?:'s| is) your name\b|\bare you (?:a |an )?(?:human|robot|ai|real|bot)\b/i,
    "I am llm-lab's offline tutor, a small model made of rules. I know only what stands in the messages that I am sent.",
  ],
  [
    /\bwhat can you do\b|\bhelp\b/i,
    "I remember what the messages tell me, do sums, condense a conversation, and explain some words about language models.",
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
