import { passageOf, quotePassage } from "../knowledge/handbook-answers.ts";
import type { Skill } from "../skill.ts";

/** Explains a term in the handbook's words. */
export const definition: Skill = {
  name: "a definition",
  answer: ({ line }) => define(line),
  examples: [
    { asked: "What is temperature?", answer: '(From the handbook: "Temperature".)' },
    { asked: "Explain backpropagation", answer: "weight" },
    { asked: "Embeddings are what?", answer: "numbers" },
    { asked: "what is BufferWindowMemory", answer: '"Window memory"' },
    { asked: "What is the difference between top-k and top-p?", answer: '"Top-p sampling"' },
  ],
};

function define(line: string): string | undefined {
  const term = termIn(line);
  if (term === undefined) return undefined;
  const [, one, other] =
    /^(?:the )?differences? between (.{2,50}?) and (.{2,50})$/i.exec(term) ??
    /^(.{2,50}?) (?:vs\.?|versus|compared (?:to|with)) (.{2,50})$/i.exec(term) ??
    [];
  const terms = one === undefined || other === undefined ? [term] : [one, other];
  const passages = terms.map(passageOf);
  if (passages.includes(undefined)) return undefined;
  return [...new Set(passages)].map((passage) => (passage ? quotePassage(passage) : "")).join(" ");
}

/** The term whose meaning a line asks for; undefined where it asks for something else. */
export function termIn(line: string): string | undefined {
  if (line.length > LONGEST) return undefined;
  const asked = line
    .trim()
    .replaceAll("’", "'")
    .replace(
      /^(?:(?:so|and|ok|okay|now|please|pls|hey|hi|hello|but|can you|could you|would you|quick question)[\s,:]+)+/i,
      "",
    )
    .replace(/[?!.\s]+$/, "");
  const term = PATTERNS.map((pattern) => pattern.exec(asked)?.[1]).find(
    (found) => found !== undefined,
  );
  return term
    ?.replace(/^(?:an?|the) /i, "")
    .replace(/[“”"'`]/g, "")
    .replace(/(?<=\S),? (?:and )?(?:why|how|when|what)\b.*$/i, "")
    .replace(/ (?:please|exactly|again|for|to me|in simple (?:words|terms)|in one sentence)$/i, "");
}

const PATTERNS = [
  /^(?:what(?:'s| is| are|s|re)|define|explain(?: to me)?(?: what)?|describe|what does|tell me (?:more )?(?:about|what)|who or what is|how (?:do|does|is|are)(?= .* (?:work|works|function|calculated|computed)$)|what do you (?:mean by|know about)|i (?:don't|do not) (?:understand|know|get)(?: what)?|(?:what is )?the meaning of|meaning of|when (?:should|do|would|can) (?:i|we|you|one) use|why (?:should|do|would) (?:i|we|you|one) (?:use|need)|what is the (?:point|purpose|use) of|how (?:do|can|should) (?:i|we|you) use)\s+(?:an? |the )?(.+?)(?: is| are| mean| means| do| does| works?| functions?| stands? for)?$/i,
  /^(.+?) (?:is|are|means?) what$/i,
  /^(?:the )?(differences? between .+)$/i,
];

/** No question for a term is longer. */
const LONGEST = 200;
