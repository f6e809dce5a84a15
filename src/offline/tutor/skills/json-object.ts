import type { Skill } from "../skill.ts";

/** Answers with an object, where any object will do. */
export const jsonObject: Skill = {
  name: "a JSON object",
  async answer({ format, line, answerLine }) {
    if (format !== "json") return undefined;
    return JSON.stringify({ answer: await answerLine(line) });
  },
  examples: [{ asked: "What is 6 times 7?", format: "json", answer: '{"answer":"6 × 7 is 42."}' }],
};
