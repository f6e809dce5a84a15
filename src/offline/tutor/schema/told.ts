import { isStopword } from "../../../language/words.ts";
import type { CallTold } from "./spoken.ts";

/** What a request tells: values for the fields of an object are looked for in it. */
export interface Told {
  /** the human's last message */
  question: string;
  /** what the human said before, the latest first */
  before: readonly string[];
  /** all messages, for descriptions of what may be chosen */
  all: string;
  /** the tutor's answer to the question, in words, where a field asks for one */
  reply?: string;
  /** where the arguments of a call are looked for, not the parts of an answer */
  call?: CallTold;
}

/** No value stands so far within a message. */
const LONGEST = 20_000;
const MOST_MESSAGES = 20;

/** The first value that a reader finds in the question, or else in what was said before. */
export function findTold<Value>(
  { question, before }: Told,
  read: (text: string) => Value | undefined,
): Value | undefined {
  for (const text of [question, ...before.slice(0, MOST_MESSAGES)]) {
    const value = read(text.slice(0, LONGEST));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The numbers of a text, in figures or in small words. */
export function numbersIn(text: string): number[] {
  const found = text.matchAll(/(?<![\p{L}\d.])-?\d[\d,]*(?:\.\d+)?|\b\p{L}+\b/gu);
  return [...found].flatMap(([word]) => {
    if (/\d/.test(word)) {
      const value = Number(word.replaceAll(",", ""));
      return Number.isFinite(value) ? [value] : [];
    }
    const value = SMALL.indexOf(word.toLowerCase());
    return value < 0 ? [] : [value];
  });
}

// "one" is mostly no number.
const SMALL = "zero - two three four five six seven eight nine ten eleven twelve".split(" ");

/** A kind of text that a field's name or description asks for, and how it looks. */
interface Kind {
  asked: RegExp;
  all(text: string): string[];
}

const matches = (pattern: RegExp) => (text: string) =>
  [...text.matchAll(pattern)].map(([whole, part]) => (part ?? whole).trim());

const PROPER = String.raw`\p{Lu}[\p{L}'’-]*(?: (?:de |del |la |of )?\p{Lu}[\p{L}'’-]*){0,3}`;
const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

const KINDS: readonly Kind[] = [
  { asked: /\be-?mail/, all: matches(/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,20})+/g) },
  { asked: /\b(?:url|uri|link|website|web page)\b/, all: matches(/https?:\/\/[^\s"'<>)]+/g) },
  { asked: /\b(?:phone|telephone)\b/, all: matches(/\+?\d[\d ()/-]{5,20}\d/g) },
  {
    asked: /\b(?:date|day|deadline|birthday|when)\b/,
    all: matches(
      new RegExp(
        `\\d{4}-\\d{2}-\\d{2}|\\b\\d{1,2}(?:st|nd|rd|th)? ${MONTH}(?: \\d{4})?|\\b${MONTH} \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?|\\b(?:today|tomorrow|tonight|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\\b`,
        "gi",
      ),
    ),
  },
  { asked: /\btime\b/, all: matches(/\b\d{1,2}:\d{2}(?: ?[ap]m)?|\b\d{1,2} ?[ap]m\b/gi) },
  { asked: /\b(?:origin|departure|from)\b/, all: matches(new RegExp(`\\bfrom (${PROPER})`, "gu")) },
  {
    asked:
      /\b(?:city|town|location|place|country|destination|region|state|where|capital|address)\b/,
    all: (text) => {
      const [led] = [
        ...text.matchAll(
          new RegExp(
            `\\b(?:in|to|at|for|near|of|from) (${PROPER}(?:(?:,| and|, and| or)(?: in| to| at| for)? ${PROPER})*)`,
            "gu",
          ),
        ),
      ];
      return led
        ? led[1]!.split(/,? and (?:(?:in|to|at|for) )?|,? or |, /).filter((one) => one !== "")
        : [];
    },
  },
  {
    asked:
      /\b(?:name|person|who|customer|author|guest|patient|employee|user|player|attendee|recipient)\b/,
    all: properNames,
  },
];

/**
 * All that a text tells of what a field asks for, as the field's words say; undefined for a field
 * of no known kind.
 */
export function ofKind(words: string, text: string): string[] | undefined {
  return KINDS.find(({ asked }) => asked.test(words))?.all(text);
}

/** What follows the field's own words: "the title is Dune", "title: Dune", "a budget of 300". */
export function labelled(field: string, text: string): string | undefined {
  const label = field
    .split(" ")
    .map((word) => word.replace(/[^\p{L}\d]/gu, ""))
    .filter(Boolean)
    .join("[ _-]?");
  if (label === "") return undefined;
  const value = new RegExp(
    `\\b${label}["']?\\s*(?:is|was|=|:|of|to|called|named)\\s+["'“]?((?:(?<=\\d)[,.](?=\\d)|[^"'”“,;.\\n?!]){1,200})`,
    "iu",
  );
  const found = value
    .exec(text)?.[1]
    ?.split(/ and | but /)[0]
    ?.trim();
  return found || undefined;
}

/**
 * Names of people and things: words with a capital letter, where it is not only that a sentence
 * begins.
 */
function properNames(text: string): string[] {
  const named =
    /\b(?:name is|name's|named|called|i am|i'm|this is)\s+(\p{L}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)?)/iu.exec(
      text,
    )?.[1];
  const all = matches(new RegExp(PROPER, "gu"))(text).filter(
    (name) => !isStopword(name.toLowerCase().split(" ")[0] ?? "") && !COMMON.test(name),
  );
  return [...new Set([...(named && /^\p{Lu}/u.test(named) ? [named] : []), ...all])];
}

const COMMON =
  /^(?:I|I'm|Please|Hello|Hi|Hey|Give|Tell|Write|Extract|Make|Create|List|Show|Find|Add|Book|Send|Get|Return|Answer|Reply|Use|Call|Plan|What|Who|Where|When|How|Why|Which|Is|Are|Can|Could|JSON|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December)\b/;

/** A list that has something in it. */
export const some = <Value>(all: Value[] | undefined) => (all && all.length > 0 ? all : undefined);
