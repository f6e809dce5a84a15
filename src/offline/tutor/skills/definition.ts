import { sentencesOf } from "../../language/sentences.ts";
import { findTopic } from "../../topics.ts";
import type { Skill } from "../skill.ts";

/** Explains a term in the handbook's words. */
export const definition: Skill = {
  name: "a definition",
  answer: ({ line }) => define(line),
  examples: [
    { asked: "What is temperature?", answer: '(From the handbook: "Temperature".)' },
    { asked: "Explain backpropagation", answer: "weight" },
    { asked: "Embeddings are what?", answer: "numbers" },
  ],
};

function define(line: string): string | undefined {
  const term = termIn(line);
  if (term === undefined) return undefined;
  const { how, passages } = findTopic(term);
  const [passage] = passages;
  if (how !== "named" || !passage) return undefined;
  const beginning = sentencesOf(passage.text).slice(0, 2).join(" ");
  return `${beginning} (From the handbook: "${passage.title}".)`;
}

/** The term whose meaning a line asks for; undefined where it asks for something else. */
export function termIn(line: string): string | undefined {
  if (line.length > LONGEST) return undefined;
  const asked = line
    .trim()
    .replaceAll("’", "'")
    .replace(/[?!.\s]+$/, "");
  const term =
    /^(?:(?:so|and|ok|okay|now|please|can you|could you)[\s,]+)*(?:what(?:'s| is| are|s)|define|explain(?: to me)?(?: what)?|describe|what does|tell me (?:about|what)|who or what is)\s+(?:an? |the )?(.+?)(?: is| are| mean| means| do| does)?$/i.exec(
      asked,
    )?.[1] ?? /^(.+?) (?:is|are|means?) what$/i.exec(asked)?.[1];
  return term?.replace(/^(?:an?|the) /i, "").replace(/[“”"']/g, "");
}

/** No question for a term is longer. */
const LONGEST = 200;
