import { asSentence, sentencesOf } from "../../../language/sentences.ts";
import { isStopword } from "../../../language/words.ts";
import type { Conversation } from "../memory/conversation.ts";
import { factsOf } from "../memory/facts.ts";
import { isFarewell, isQuestion, isRequest } from "../memory/lines.ts";
import { nameIn } from "../memory/name.ts";
import type { Skill } from "../skill.ts";

/** Greets, thanks, and notes what is told. */
export const smalltalk: Skill = {
  name: "small talk",
  answer: ({ line, conversation }) => noted(line, conversation) ?? talkSmall(line),
  examples: [
    { asked: "Hi!", answer: "Hello!" },
    { asked: "My name is Ada.", answer: "Hello Ada! Nice to meet you." },
    { asked: "I keep bees.", answer: "Noted: you keep bees." },
    { asked: "im bob", answer: "Hello bob!" },
    { asked: "keep this code in mind: XK-77", answer: "Noted: the code is XK-77." },
    {
      told: ["My cat is called Pixel."],
      asked: "sorry, her name is Pixie, not Pixel",
      answer: "Noted: your cat is called Pixie.",
    },
    { asked: "thanks!", answer: "You are welcome." },
    { asked: "ok bye then", answer: "Goodbye!" },
  ],
};

/** A greeting or thanks, and nothing else. */
const GREETING =
  /^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|bye|goodbye|ok|okay)\b(?:\W+\w+){0,2}\W*$/i;

export const isGreeting = (line: string) => line.length < 60 && GREETING.test(line);

/** Repeats what a line has told or put right; undefined where it tells nothing new. */
function noted(line: string, conversation: Conversation): string | undefined {
  const before = { ...conversation, line: "" };
  const known = new Set(factsOf(before).map(({ text }) => text));
  const all = factsOf({ ...conversation, line }).map(({ text }) => text);
  const told = all.filter((text) => !known.has(text));
  const isAgain = told.length === 0 && all.length > 0 && !isRequest(line);
  if (told.length === 0)
    return isAgain && repeats(line, all) ? "Noted: you told me so before." : undefined;
  const name = told.map(nameIn).findLast((found) => found !== undefined);
  const rest = told.filter((text) => nameIn(text) === undefined);
  const said =
    rest.slice(0, MOST).join("; ") + (rest.length > MOST ? `; and ${rest.length - MOST} more` : "");
  const note = rest.length === 0 ? "" : `Noted: ${withSmallStart(asSentence(said))}`;
  if (name === undefined) return note;
  return `Hello ${name}! Nice to meet you.${note === "" ? "" : ` ${note}`}`;
}

/** "Your cat" and "It" begin small in the middle of a sentence; names do not. */
function withSmallStart(sentence: string): string {
  const [first = ""] = sentence.split(/[^\p{L}]/u);
  const isName =
    !isStopword(first.toLowerCase()) && !/^(?:your?|nobody|everyone|everybody|people)/i.test(first);
  return isName ? sentence : sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

const MOST = 20;

/** Whether a line only says again what is known. */
function repeats(line: string, all: string[]): boolean {
  const own = factsOf({ turns: [], background: [], line }).map(({ text }) => text);
  return own.length > 0 && own.every((text) => all.includes(text));
}

/**
 * Replies to greetings, thanks, goodbyes and wishes; undefined where there is nothing of the kind.
 */
export function talkSmall(text: string): string | undefined {
  const line = text.trim();
  if (line.length > LONGEST) return undefined;
  if (isFarewell(line)) return /\bnight\b/i.test(line) ? "Good night!" : "Goodbye!";
  const canned = CANNED.find(([pattern]) => pattern.test(line))?.[1];
  if (canned !== undefined) return canned;
  return sentencesOf(line).some((part) => isRequest(part) || isQuestion(part)) || /\?/.test(line)
    ? undefined
    : UNCLEAR;
}

const LONGEST = 400;
const UNCLEAR =
  "I do not understand that: I am a small offline model made of rules. Tell me something in a whole English sentence, or ask me something.";

const CANNED: [RegExp, string][] = [
  [/\bthank(?:s| you)\b|^(?:thx|ty|tysm|cheers)\b/i, "You are welcome."],
  [
    /^(?:hi+|hello+|hey+|hiya|howdy|hewwo|yo|good (?:morning|afternoon|evening|day)|morning|greetings)\b/i,
    "Hello! What would you like to tell or ask me?",
  ],
  [
    /^(?:ok|okay|k|cool|great|nice|fine|good|wow|sure|yes|yeah|yep|no|nope|right|i see|not much|never mind|alright|all right|lol|ha(?:ha)+|hm+|next|go on|continue|meh|whatever|interesting|awesome|perfect|amazing|got it|understood|just testing|test(?:ing)?|nothing|stop)\b[^?]{0,60}$/i,
    "All right. What next?",
  ],
];
