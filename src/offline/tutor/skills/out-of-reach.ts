import { isRequest } from "../memory/lines.ts";
import type { Skill } from "../skill.ts";

/** The last skill: says honestly that the rest is more than a model of rules can do. */
export const outOfReach: Skill = {
  name: "out of reach",
  answer: ({ line }) => (isOfNow(line) ? NO_NEWS : OUT_OF_REACH),
  examples: [
    { asked: "Write me a sonnet about the sea", answer: "That is more than I can do" },
    { asked: "What is the weather like today?", answer: "I have no clock and no network" },
  ],
};

const OUT_OF_REACH =
  "That is more than I can do: I am a small offline model made of rules. I remember what you tell me, do sums, condense text and explain the terms of this course; for more, choose a real model with --model.";
const NO_NEWS =
  "I cannot know that: I have no clock and no network, only the messages that I am sent. For more, choose a real model with --model.";

/** What changes from day to day. */
const isOfNow = (line: string) =>
  line.length < 200 &&
  !isRequest(line) &&
  /\bwhat(?:'s| is)? (?:the )?(?:time|date|day)\b|\bwhat (?:day|time|date|year|month) is (?:it|today)\b|\bweather\b|\btoday's\b|\bright now\b|\blatest\b|\bnews\b/i.test(
    line,
  );
