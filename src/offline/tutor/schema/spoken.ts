import { stemOf } from "../../../language/stems.ts";
import { isStopword, wordsOf } from "../../../language/words.ts";

/** How a request for a call says the arguments: names, codes and things, in the words of people. */

/** What is known of the call whose arguments are looked for. */
export interface CallTold {
  /** stems of the tool's own words: what it is asked for by is no argument */
  own: ReadonlySet<string>;
  /** what tools have found so far, the latest first */
  found: readonly string[];
  /** whether the argument must be there; one that need not is taken only where it is named */
  isNeeded: boolean;
}

const CODE = /\b(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z][A-Z\d]*(?:-[A-Z\d]+)*\b|#\d+/g;
const PATH = /(?:~|\.{1,2})?\/[\w./-]*\w|\b[\w-]+(?:\.[\w-]+)*\.[a-z]\w{0,4}\b(?!@)/g;
const ADDRESS = /[\w.+-]{1,64}@[\w.-]{1,100}|https?:\/\/\S+/g;
const DATE_OR_TIME = /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}:\d{2}\b/g;

/** A text without what has digits but is not a number: dates, times, codes, addresses, paths. */
export const withoutCodes = (text: string) =>
  [ADDRESS, DATE_OR_TIME, CODE, PATH].reduce((rest, one) => rest.replace(one, " "), text);

const PROPER = String.raw`\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*){0,3}`;
const VENUE = new RegExp(
  String.raw`\b(?:at|in|restaurant|hotel|bar|café|shop) (?:the )?(${PROPER})`,
  "gu",
);
const TO = new RegExp(String.raw`\bto (${PROPER})`, "gu");
const CALLED =
  /\b(?:called|named|titled|entitled|labelled)\s+["“']?(.{1,100}?)["”']?(?=$|[,.;!?]|\s(?:on|at|with|for|into|in|to|as|by)\s)/giu;
const QUOTED = /["“]([^"”]{1,200})["”]/gu;
const AFTER_COLON = /:\s+([^,.;!?\n]{1,100})/gu;

/** Kinds of text that an argument's name or description asks for, and how a request says one. */
const KINDS: readonly { asked: RegExp; all: readonly RegExp[] }[] = [
  { asked: /\b(?:order|invoice|ticket|booking|reference|code|id)\b/, all: [CODE] },
  { asked: /\b(?:file|path|folder|director)\w*\b/, all: [PATH] },
  { asked: /\b(?:restaurant|hotel|venue|shop|bar|café)\b/, all: [VENUE] },
  { asked: /^to\b/, all: [TO] },
  {
    asked: /^(?:title|subject|label|name|heading|caption|summary)\b/,
    all: [CALLED, QUOTED, AFTER_COLON],
  },
];

const THING =
  /^(?:product|item|thing|what|article|goods|food|dish|drink|ingredient|material|plant|object)s?\b/;

/**
 * All values that a request says for a text of this kind; undefined where its words name no kind.
 *
 * @param field the argument's name, in words
 * @param words its name and description, in small letters
 * @param isTop whether it is an argument itself, not a part of one
 */
export function spokenTexts(
  field: string,
  words: string,
  text: string,
  { own, isNeeded }: CallTold,
  isTop: boolean,
): string[] | undefined {
  const kind = KINDS.find(({ asked }) => asked.test(words));
  if (kind) {
    const named = new RegExp(`\\b${field.replace(/[^\p{L} ]/gu, "")} (${PROPER})`, "gu");
    for (const pattern of [...kind.all, named]) {
      const found = [...text.matchAll(pattern)].map(([whole, part]) => (part ?? whole).trim());
      if (found.length > 0) return [...new Set(found)];
    }
    return [];
  }
  if (!isNeeded || !(THING.test(field) || isTop)) return undefined;
  return thingsIn(text, own);
}

/** Words that ask, and words that count and measure: they are no part of a thing's name. */
const NO_THING = new Set(
  `want wants wanted need needs like order orders buy get give tell show say find look many much any some lot lots new please
  could would thanks thank euro euros dollar dollars pound pounds percent degree degrees minute minutes hour hours second seconds
  person persons people piece pieces zero one two three four five six seven eight nine ten eleven twelve there free`
    .split(/\s+/)
    .map(stemOf),
);

/** The things that a request speaks of: the first, and those that are listed with it. */
export function thingsIn(text: string, own: ReadonlySet<string>): string[] {
  const things: string[] = [];
  let words: string[] = [];
  let isOver = false;
  const end = () => {
    if (words.length > 0) things.push(words.join(" "));
    words = [];
  };
  for (const [token] of withoutCodes(text).matchAll(
    /[\p{L}][\p{L}'’-]*|\d[\d.,]*|[^\s\p{L}\d]/gu,
  )) {
    const [word = ""] = wordsOf(token);
    const isThing =
      /^\p{L}/u.test(token) &&
      word !== "" &&
      !isStopword(word) &&
      !own.has(stemOf(word)) &&
      !NO_THING.has(stemOf(word));
    if (isThing && !isOver) words.push(token);
    else {
      end();
      const isListed = /^(?:,|and|or|an?|the|my|some|\d.*)$/i.test(token);
      if (things.length > 0 && !isListed) isOver = true;
    }
  }
  end();
  return things;
}

const SWITCH = /^(?:on|enabled?|active|open|running)$/;

/** Whether a request switches on or off; undefined for a field of another kind. */
export function switchedIn(field: string, text: string): boolean | undefined {
  if (!SWITCH.test(field)) return undefined;
  return !/\b(?:off|out|stop|disable|close|deactivate|shut)\b/i.test(text);
}

/** Where one thing of a list ends and the next begins. */
export const LIST_PARTS = /[,;:!?]\s+|\.\s+|\s+and\s+/u;
