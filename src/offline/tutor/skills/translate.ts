import { LONGEST_PHRASE, type Phrasebook, phrasebookOf } from "../knowledge/phrasebook.ts";
import { tongueOf } from "../knowledge/tongues.ts";
import type { Skill } from "../skill.ts";
import { languageOf } from "./tell-language.ts";

/** Translates reviews to English, phrase by phrase, and says what its glossary does not have. */
export const translate: Skill = {
  name: "a translation",
  answer: ({ prompt }) => translateAsAsked(prompt),
  examples: [
    {
      asked: "Translate the following review to English:\n\nDas Messer ist sehr gut.",
      answer: "The knife is very good.",
    },
    {
      asked: "Translate this to English: Das Xylophon ist gut und der Preis ist sehr gut.",
      answer: "not in my glossary",
    },
    {
      asked: 'translate "good morning" to French',
      answer: "I cannot translate to French, only to English.",
    },
  ],
};

async function translateAsAsked(prompt: string): Promise<string | undefined> {
  const asked = taskIn(prompt);
  if (!asked) return undefined;
  const { text, to } = asked;
  if (!/^english$/i.test(to))
    return `I cannot translate to ${to}, only to English. The text stays as it is: ${text}`;
  const language = (await languageOf(text)) ?? tongueOf(text);
  if (language === undefined)
    return `I cannot tell which language this is, so it stays as it is: ${text}`;
  if (language === "English") return text;
  const book = phrasebookOf(language);
  if (!book) return `I have no glossary for ${language}. The text stays as it is: ${text}`;
  return translateWith(book, text, language);
}

function taskIn(prompt: string): { text: string; to: string } | undefined {
  const [, to = "", text] =
    /^\s{0,20}(?:please |can you |could you )?translate\b[^:\n]{0,200}?\b(?:in)?to\s(\p{L}+)[^:\n]{0,200}:\s{0,9}([\s\S]+)$/iu.exec(
      prompt,
    ) ?? [];
  if (text !== undefined) return { to, text: text.trim() };
  if (prompt.length > LONGEST_LINE) return undefined;
  const [, said, into] =
    /^\s*(?:please |can you |could you )*(?:translate|say) (.+?) (?:into|to|in) (?!you\b|me\b)(\p{Lu}\p{Ll}+)[?.!\s]*$/u.exec(
      prompt.replace(/^\s*\p{Lu}/u, (first) => first.toLowerCase()),
    ) ??
    /^(?:how (?:do|would|can) (?:you|i|we|one) say|what(?:'s| is)) (.+?) in (\p{Lu}\p{Ll}+)[?.!\s]*$/u.exec(
      prompt.replace(/^\s*\p{Lu}/u, (first) => first.toLowerCase()),
    ) ??
    [];
  const isLanguage = into !== undefined && LANGUAGES.test(into);
  return said !== undefined && isLanguage
    ? { to: into, text: said.replace(/^["“']|["”']$/g, "") }
    : undefined;
}

const LONGEST_LINE = 300;
const LANGUAGES =
  /^(?:English|French|German|Spanish|Italian|Portuguese|Dutch|Swedish|Danish|Norwegian|Finnish|Polish|Czech|Russian|Ukrainian|Greek|Turkish|Arabic|Hebrew|Hindi|Chinese|Japanese|Korean|Latin)$/;

/** More words that are not in the glossary than this share, and no translation is tried. */
const TOO_MANY = 0.5;
const WORD = /\p{L}+['’]|\p{L}+(?:-\p{L}+)*/gu;

function translateWith(book: Phrasebook, text: string, language: string): string {
  const words = [...text.matchAll(WORD)];
  const unknown: string[] = [];
  let translated = "";
  let end = 0;
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(book, text, words, at);
    const last = words[at + (phrase?.length ?? 1) - 1]!;
    const word = words[at]!;
    const between = text.slice(end, word.index);
    const isFirst = translated === "" || /[.!?…]/.test(between);
    if (phrase === undefined) unknown.push(word[0]);
    const english = phrase?.english ?? `‹${word[0]}›`;
    translated +=
      between + (isFirst ? english.charAt(0).toUpperCase() + english.slice(1) : english);
    end = last.index + last[0].length;
    // "L'eau": what is cut short stands against the next word.
    if (/['’]$/.test(last[0])) translated += " ";
    at += phrase?.length ?? 1;
  }
  if (unknown.length > TOO_MANY * words.length)
    return `I cannot translate this: most of its words are not in my glossary for ${language}. The text stays as it is: ${text}`;
  const tidy = (translated + text.slice(end))
    .replace(/\b(not)((?: \S+){1,2}?) not\b/g, "$1$2")
    .replace(/ {2,}/g, " ")
    .replace(/ (?=[.,!?;])/g, "");
  return unknown.length === 0 ? tidy : `${tidy} (Words in ‹ › are not in my glossary.)`;
}

/** The longest phrase that begins at a word and has nothing but spaces between its words. */
function phraseAt(
  book: Phrasebook,
  text: string,
  words: RegExpMatchArray[],
  at: number,
): { english: string; length: number } | undefined {
  let key = "";
  let found: { english: string; length: number } | undefined;
  for (let length = 1; length <= LONGEST_PHRASE && at + length <= words.length; length++) {
    const word = words[at + length - 1]!;
    const before = words[at + length - 2];
    const start = word.index ?? 0;
    const isApart =
      length > 1 && before && /\S/.test(text.slice((before.index ?? 0) + before[0].length, start));
    if (isApart) break;
    key += (length > 1 ? " " : "") + word[0].toLowerCase().replace("’", "'");
    const english = book.get(key) ?? (length === 1 ? inflected(book, key) : undefined);
    if (english !== undefined) found = { english, length };
  }
  return found;
}

/** A plural or a feminine, by the form that the glossary has; a short word is left alone. */
function inflected(book: Phrasebook, word: string): string | undefined {
  if (word.length < 5) return undefined;
  const stem = word.slice(0, -1);
  const forms = [
    stem,
    word.slice(0, -2),
    `${stem}o`,
    `${stem}a`,
    `${word.slice(0, -2)}o`,
    `${word.slice(0, -2)}a`,
    `${stem}e`,
  ];
  return forms.map((form) => book.get(form)).find((found) => found !== undefined);
}
