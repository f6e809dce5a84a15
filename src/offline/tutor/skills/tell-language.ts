import { tongueOf } from "../knowledge/tongues.ts";
import type { Skill } from "../skill.ts";

/** Tells which language a text is in. */
export const tellLanguage: Skill = {
  name: "which language",
  answer: ({ prompt }) => tellAsAsked(prompt),
  examples: [
    {
      asked: "What language is the following review:\n\nDie Lieferung war zu spät.",
      answer: "German",
    },
  ],
};

/**
 * Follows a prompt that asks which language a text is in. Detected by ELD, a library of letter statistics;
 * short texts may be misjudged, and it says so when it is not sure.
 */
async function tellAsAsked(prompt: string): Promise<string | undefined> {
  const text =
    /\b(?:what|which) language\b[^:\n]*:\s*([\s\S]+)$|\bdetect the language\b[^:\n]*:\s*([\s\S]+)$/i.exec(
      prompt,
    );
  const asked = text?.[1] ?? text?.[2];
  return asked === undefined
    ? undefined
    : ((await languageOf(asked)) ??
        tongueOf(asked) ??
        "I cannot tell: the text is too short or of several languages.");
}

/** No more letters are needed to tell a language. */
const LONGEST = 5000;

/** The English name of the language of a text; undefined where it cannot be told. */
export async function languageOf(text: string): Promise<string | undefined> {
  const { eld } = await import("eld/extrasmall");
  const { language } = eld.detect(text.slice(0, LONGEST));
  if (language === "") return undefined;
  return new Intl.DisplayNames("en", { type: "language" }).of(language);
}
