/** What a sentence does to what was told before: it takes the last thing back, or puts something in another's place. */
export type Correction =
  | { kind: "withdraw" /** what the sentence says besides */; rest: string }
  | {
      kind: "replace";
      /** what was wrong; where it is not said, the value of the last thing told */
      wrong?: string;
      right: string;
      /** the sentence without what it takes back, for where nothing can be replaced */
      rest: string;
    };

const SORRY = String.raw`(?:(?:no|nope|nah|scrap that|scratch that|sorry|oh sorry|oops|change of plans?|update|hang on|actually|wait|wrong|well|i mean|correction|ah|oh|my mistake|that's wrong)[\s,.!:;–-]{1,4})`;
const VALUE = String.raw`([\p{L}\p{N}@.:/_#+'’-]+(?: [\p{L}\p{N}@.:/_#+'’-]+){0,3}?)`;
const AT = "(?:(?:at|on|in|to|from) )?";

const PATTERNS: { pattern: RegExp; of(groups: string[]): { wrong?: string; right: string } }[] = [
  {
    // "Her name is Pixie, not Pixel", "I meant Anna, not Ann"
    pattern: new RegExp(
      String.raw`^${SORRY}*(?:.{0,80}?\b(?:is|are|called|was|it's|meant|mean|named)|it's) ${VALUE},? (?:and )?not ${AT}${VALUE}[\s.!]*$`,
      "iu",
    ),
    of: ([right = "", wrong = ""]) => ({ right, wrong }),
  },
  {
    // "Not at 7, at 8", "not Ann but Anna"
    pattern: new RegExp(
      String.raw`^${SORRY}*not ${AT}${VALUE}(?:,| but|, but|;) ${AT}${VALUE}[\s.!]*$`,
      "iu",
    ),
    of: ([wrong = "", right = ""]) => ({ right, wrong }),
  },
  {
    // "Actually we changed it to Porto", "make that Porto"
    pattern: new RegExp(
      String.raw`^${SORRY}*(?:(?:we|i|they)(?:'ve|’ve| have)? (?:changed|switched|moved|postponed|corrected) (?:it|that|this|the plan) to|make (?:it|that)|change (?:it|that) to|it(?:'s| is) now|it (?:was|got|has been) (?:changed|moved|postponed) to) (?:be )?${VALUE}(?: now| instead)?(?:,? (?:because|since|so|as) .{0,100})?[\s.!]*$`,
      "iu",
    ),
    of: ([right = ""]) => ({ right }),
  },
  {
    // "We changed Osaka to Nara", "they moved the exam to Friday"
    pattern: new RegExp(
      String.raw`^${SORRY}*(?:we|i|they)(?:'ve|’ve| have| had to)? (?:just )?(?:changed|switched|swapped|moved|replaced|postponed|change|move) (?:my |our |the )?${VALUE} (?:to|for|with|by) (?:be (?:at|on) )?${VALUE}(?: now| instead)?[\s.!]*$`,
      "iu",
    ),
    of: ([wrong = "", right = ""]) => ({ wrong, right }),
  },
  {
    // "No, it's 555-2021": a bare value, and a word that takes back
    pattern: new RegExp(
      String.raw`^${SORRY}+(?:it(?:'s|’s| is)|its(?! \p{L}+ (?:is|was|has)\b)|that(?:'s| is)|i meant|i mean|make that)(?: actually)? ${AT}${VALUE}(?: now| instead)?[\s.!]*$`,
      "iu",
    ),
    of: ([right = ""]) => ({ right }),
  },
  {
    // "Sorry, at 6", "oops, Mrs Lee": nothing but the value
    pattern:
      /^(?:(?:[Oo]r |[Oo]h )?(?:[Nn]o|[Nn]ope|(?:[Oo]h )?[Ss]orry|[Oo]ops|[Ww]ait|[Aa]ctually|[Hh]ang on|[Ii] mean|[Ii] meant|[Cc]orrection|[Ii] (?:wanted|meant) to say)[\s,.!:;–-]{1,4}){1,3}((?:at|on|in|from|to) [\p{L}\p{N}@.:/'’-]+|(?:(?:[Mm]rs?|[Mm]s|[Dd]r)\.? )?\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’-]+){0,2}|(?:[Mm]rs?|[Mm]s|[Dd]r)\.? \p{L}[\p{L}'’-]+|(?:let's say|let's make it|make it) [\p{L}\p{N}]+|it['’]s \d[\d.:/-]*|\d[\d.:/-]*\p{L}{0,4})[\s.!]*$/u,
    of: ([right = ""]) => ({
      right: right.replace(/^(?:at|on|in|from|to|let's say|let's make it|make it|it['’]s) /, ""),
    }),
  },
];
const WITHDRAWN =
  /^(?:no[,.]? )?(?:scratch that|forget that|strike that|disregard that|ignore that|never ?mind that|i take that back|that was wrong|that's not true anymore)\b/i;

/** What a sentence corrects; undefined for one that only tells something. */
export function correctionIn(sentence: string): Correction | undefined {
  if (sentence.length > LONGEST) return undefined;
  if (WITHDRAWN.test(sentence))
    return { kind: "withdraw", rest: sentence.replace(WITHDRAWN, "").replace(/^[\s,.!:;–-]+/, "") };
  for (const { pattern, of } of PATTERNS) {
    const found = pattern.exec(sentence);
    if (found) {
      const groups = found.slice(1).map((group) => group?.replace(/[.,:/]+$/, ""));
      const rest = sentence.replace(/,? (?:and )?not [^,]{1,60}$/i, "");
      return { kind: "replace", ...of(groups), rest };
    }
  }
  return undefined;
}

const LONGEST = 200;
