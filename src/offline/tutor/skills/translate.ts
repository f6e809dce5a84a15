import { COLUMNS, WORDS } from "../knowledge/glossary-words.ts";
import type { Skill } from "../skill.ts";
import { languageOf } from "./tell-language.ts";

/** Translates to English, word by word. */
export const translate: Skill = {
  name: "a translation",
  answer: ({ prompt }) => translateAsAsked(prompt),
  examples: [
    {
      asked: "Translate the following review to English:\n\nDas Messer ist sehr gut.",
      answer: "The knife is very good.",
    },
  ],
};

/**
 * Follows a prompt that asks for a translation to English: word by word, out of a small glossary.
 * A word that is not in it stays as it is, in ‹ ›, and the reply says so.
 */
async function translateAsAsked(prompt: string): Promise<string | undefined> {
  const asked =
    /^\s*(?:please |can you |could you )?translate\b[^:\n]*?\b(?:in)?to\s+(\p{L}+)[^:\n]*:\s*([\s\S]+)$/iu.exec(
      prompt,
    );
  if (!asked?.[2]) return undefined;
  const text = asked[2].trim();
  if (!/^english$/i.test(asked[1] ?? ""))
    return `I can only translate to English. The text stays as it is: ${text}`;
  const language = await languageOf(text);
  if (language === "English") return text;
  const column = COLUMNS.find((name) => name === language);
  if (!column)
    return `I have no glossary for ${language ?? "this language"}. The text stays as it is: ${text}`;
  return translateFrom(column, text);
}

function translateFrom(language: (typeof COLUMNS)[number], text: string): string {
  const glossary = glossaryOf(language);
  let unknown = 0;
  const translated = text.replace(/\p{L}+['’]|[\p{L}]+(?:-[\p{L}]+)*/gu, (word, at: number) => {
    const found = glossary.get(word.toLowerCase().replace("’", "'"));
    if (found === undefined) {
      unknown += 1;
      return `‹${word}›`;
    }
    const isFirst = at === 0 || /[.!?]\s*$/.test(text.slice(0, at));
    const spaced = /['’]$/.test(word) ? `${found} ` : found;
    return isFirst ? spaced.charAt(0).toUpperCase() + spaced.slice(1) : spaced;
  });
  const tidy = translated.replace(/\b(not)((?: \S+){1,2}?) not\b/g, "$1$2").replace(/ {2,}/g, " ");
  return unknown === 0 ? tidy : `${tidy} (Words in ‹ › are not in my glossary.)`;
}

/** Every form of a word in a language, with the English for it; the row that comes first wins. */
function glossaryOf(language: (typeof COLUMNS)[number]): Map<string, string> {
  const column = COLUMNS.indexOf(language) + 1;
  const glossary = new Map<string, string>();
  for (const row of WORDS.trim().split("\n")) {
    const cells = row.split("|");
    for (const form of (cells[column] ?? "").split("/")) {
      const key = form.toLowerCase();
      if (!glossary.has(key)) glossary.set(key, cells[0] ?? "");
    }
  }
  return glossary;
}
