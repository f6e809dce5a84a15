import { stemOf } from "../../../language/stems.ts";
import { isStopword, wordsOf } from "../../../language/words.ts";
import { plainNumbers, withoutQuantities } from "./quantities.ts";

/**
 * A word that carries meaning, as its stem or as one side of a pair of opposites, and whether it is
 * denied.
 */
export interface Said {
  word: string;
  stem: string;
  /** stems of the other side, such as that of "closed" for "open" */
  opposites: readonly string[];
  isDenied: boolean;
}

/** What a text says, word by word; numbers are read by `quantitiesIn`. */
export function saidIn(text: string): Said[] {
  return clausesOf(text).flatMap((clause) => {
    const words = wordsOf(withoutQuantities(clause));
    const isWhole = words.some((word) => WHOLLY.has(word));
    let isDenied = isWhole;
    let isNext = false;
    const said: Said[] = [];
    for (const word of words) {
      if (DENYING.has(word)) {
        isDenied = !isWhole;
        isNext = isDenied;
        continue;
      }
      const stem = stemOf(word);
      const opposites = OPPOSITES.get(stem) ?? [];
      if ((isStopword(word) && opposites.length === 0) || EMPTY.has(word)) continue;
      said.push({ word, stem, opposites, isDenied });
      // "Not open on Mondays" says of Mondays what "closed on Mondays" does.
      if (isNext && opposites.length > 0) isDenied = false;
      isNext = false;
    }
    return said;
  });
}

/** Whether a text denies something. */
export const denies = (text: string) =>
  wordsOf(text).some((word) => DENYING.has(word) || WHOLLY.has(word));

/** "No, only guide dogs" begins with its verdict. */
export function yesOrNo(text: string): boolean | undefined {
  const [, lead] =
    /^\W*(yes|yeah|yep|certainly|indeed|no|nope)\b(?!\s+(?:more|less|one)\b)/i.exec(text) ?? [];
  return lead === undefined ? undefined : !/^no/i.test(lead);
}

/** Whether a question is answered by yes or no. */
export const isYesOrNo = (question: string) =>
  /^\W*(?:is|are|was|were|am|do|does|did|can|could|may|might|must|shall|should|will|would|has|have|had)(?:n't)?\s/i.test(
    question,
  );

/** Whether a text says that it does not know, or that what it was given does not say. */
export function declines(text: string): boolean {
  return DECLINING.test(text.replaceAll("’", "'"));
}

const TEXTS =
  "(?:text|context|handbook|documents?|passages?|sources?|material|article|pages?|manual|book|notes?|information)";
const DECLINING = new RegExp(
  [
    String.raw`\b(?:i|we) (?:do not|don't|cannot|can't|could not|couldn't|am not able to|am unable to) (?:really )?(?:know|tell|say|answer|find)\b`,
    String.raw`\b${TEXTS}(?: above| below| given)? (?:do|does|did)(?: not|n't) (?:say|tell|mention|cover|contain|answer|state|speak|have|give)\b`,
    String.raw`\b(?:the|this|my|that|it) (?:\w+ )?(?:does|did)(?: not|n't) (?:say|tell|mention|state)\b`,
    String.raw`\bthe \w+ (?:says?|tells?|mentions?) nothing\b`,
    String.raw`\b(?:it|this|that) (?:is|was)(?: not|n't) (?:mentioned|stated|covered|given|said|in the ${TEXTS})\b`,
    String.raw`\bnot something (?:that )?(?:\w+ ){0,3}${TEXTS} (?:covers?|says?|mentions?)\b`,
    String.raw`\b${TEXTS} (?:has|have|contains?|says?) (?:nothing|no )`,
    String.raw`\bthere(?: is|'s) (?:nothing|no (?:information|answer|mention|word))\b`,
    String.raw`\bno passage fits\b|\bnot (?:enough|sufficient) (?:information|context)\b`,
    String.raw`\bnothing in the (?:\w+ )?${TEXTS}\b`,
  ].join("|"),
  "i",
);

/** Clauses end at marks and before "but": a denial does not reach further. */
const clausesOf = (text: string) =>
  plainNumbers(text)
    .replace(/^\W*(?:yes|no)\b[,.;:!]*/i, "")
    .replace(/\bfor nothing\b/g, "for free")
    .split(/[,;:.!?()]+(?!\d)|\b(?:but|although|though|while|whereas|instead|rather than)\b/);

const DENYING = new Set(
  "not never cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt without neither nor excluding except".split(
    " ",
  ),
);
/** These deny what stands before them, too: "it keeps nothing". */
const WHOLLY = new Set("nothing nobody none no nowhere".split(" "));

/** Words that are said with anything. */
const EMPTY = new Set(
  "thing things something somebody someone anyone like kind sort usually mostly roughly about approximately certainly simply really exactly precisely around ones it's okay well".split(
    " ",
  ),
);

const PAIRS = `open:close,closed,shut more:less,fewer before:after first:second,last always:never least:most,maximum everything:nothing everybody:nobody
  high:low long:short early:late cheap:dear,expensive right:wrong,left correct:incorrect pass:fail input:output above:below over:under inside:outside
  allow,permit:forbid,prohibit,ban morning:evening up:down win:lose keep:discard,drop,delete large,big:small equal:different,unequal same:different,other true:false start,begin:end,stop
  hot:cold include:exclude,omit increase,rise,grow:decrease,fall,shrink fast,quick:slow strong:weak easy:hard,difficult public:private safe:dangerous,unsafe
  success:failure import:export buy:sell north:south east:west summer:winter day:night old:new,young full:empty light:dark better:worse best:worst
  minimum:maximum possible:impossible likely:unlikely possible:impossible male:female parent:child front:back near:far precise:vague million:billion`;

const OPPOSITES = new Map<string, string[]>();
for (const pair of PAIRS.trim().split(/\s+/)) {
  const [one = [], other = []] = pair.split(":").map((side) => side.split(",").map(stemOf));
  for (const stem of one) OPPOSITES.set(stem, [...(OPPOSITES.get(stem) ?? []), ...other]);
  for (const stem of other) OPPOSITES.set(stem, [...(OPPOSITES.get(stem) ?? []), ...one]);
}
