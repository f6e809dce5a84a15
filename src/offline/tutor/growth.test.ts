import { expect, test } from "vitest";
import { respond } from "./skills.ts";

/**
 * Inputs that rules easily take time over that grows faster than they do: each is repeated to a
 * size.
 */
const REPEATED: Record<string, string> = {
  digits: "7",
  sums: "1+",
  questions: "What is a? ",
  "questions about the human": "What is my dog called? ",
  spaces: " ",
  "lines without an end": "x ",
  statements: "My dog is called Rex. ",
  corrections: "No, it's 5. ",
  brackets: "(",
  fences: 'json schema ```json {"properties" ',
  "headings of transcripts": "conversation ",
  speakers: "Human: I like tea.\nAI: Noted.\n",
  styles: "style: x\n",
  contexts: "Question: Context: ",
  letters: "私",
  names: "name: ",
  "name after name": "name ",
  companies: "name a company ",
  translations: "translate to French ",
  "sources after sources": "Source: a ",
  "lists of what is": "what is ",
  "labels of what is judged": "Grade it.\nReference: a\nAnswer: b\n",
  "tags of what is judged": "grade <answer>",
  "numbers that are judged": "Grade the answer: one thousand two ",
};

const timeOf = async (text: string) => {
  const started = performance.now();
  await respond([{ role: "user", content: text }]);
  return performance.now() - started;
};

test.each(Object.entries(REPEATED))(
  "%s: eight times as much takes about eight times as long",
  async (_name, piece) => {
    const sized = (size: number) => `${piece.repeat(size / piece.length)}\nHuman: x\nAI:`;
    await timeOf(sized(2_000));
    const few = await timeOf(sized(20_000));
    const many = await timeOf(sized(160_000));
    // Loose, for busy machines: what was quadratic took minutes.
    expect(many).toBeLessThan(8 * 5 * Math.max(few, 100));
  },
);
