import { isRequest } from "../memory/lines.ts";
import type { Skill } from "../skill.ts";

/** Says why a command about the tutor's own memory, time or manner cannot be followed. */
export const refusals: Skill = {
  name: "commands that it cannot follow",
  answer: ({ line }) =>
    line.length < LONGEST && isRequest(line)
      ? REFUSED.find(([pattern]) => pattern.test(line))?.[1]
      : undefined,
  examples: [
    { told: ["I keep bees."], asked: "forget everything I said", answer: "I cannot forget" },
    { asked: "please clear the chat", answer: "I cannot forget" },
    { asked: "remind me tomorrow to call mum", answer: "I have no clock" },
    { asked: "Be more polite", answer: "I cannot change how I write" },
  ],
};

const LONGEST = 200;

const REFUSED: [RegExp, string][] = [
  [
    /\b(?:forget|delete|erase|clear|reset|wipe|remove)\b.*\b(?:everything|all|that|this|it|my|me|what|memory|chat|conversation|history|said|messages?|name)\b|\bstop (?:remembering|storing|saving|noting)\b|^(?:please )?(?:forget|reset|clear|start over)[\s.!]*$/i,
    "I cannot forget: I keep nothing myself, and read only the messages that your program sends. Clear its memory, or start a new conversation, and I know nothing of it.",
  ],
  [
    /\bremind me (?:again |please )?(?:tomorrow|later|tonight|next|every|in (?:\d+|an?|two|five|ten)|at \d+|on \p{L}+day|to )|\bremind me (?:of|about) .{1,60} (?:tomorrow|later|tonight|every|at \d|on \p{L}+day)/iu,
    "I cannot: I have no clock, and nothing wakes me but your next message.",
  ],
  [
    /^(?:please |just |can you |could you |from now on,? )*(?:be|speak|talk|write|answer|reply|act|pretend|behave)\b.*\b(?:like|as|more|less|polite|shorter|longer|brief|formal|funny|nice|rude|only|in)\b/i,
    "I cannot change how I write: I am a small offline model made of rules.",
  ],
];
