import { stemOf } from "../../../language/stems.ts";
import { contentStems, isMet, meaningsOf } from "./meanings.ts";
import { nameIn } from "./name.ts";
import { isNamed, isOfHuman, isOwnerAsked } from "./owners.ts";
import {
  asksForAge,
  asksForHome,
  asksForJob,
  asksForOrigin,
  asksForOwnName,
  isYesNo,
  subjectOf,
} from "./question.ts";

/** What a question wants: words that a fact must have, and the form that it must have. */
export interface Wanted {
  stems: string[];
  /** words that say what kind of thing is asked for: a fact that has them is better, none must */
  kinds: string[];
  fits(fact: string): boolean;
  /** the form that a fact had better have */
  prefers?: RegExp;
  /** the stem of what is to be counted, as "pet" in "how many pets do I have?" */
  counted?: string;
  /** whether only one answer can be true at a time, so that the newest counts */
  isSingle: boolean;
}

/** Whether a text has the kind of thing that a question asks for: a time, a place or a number. */
export function hasKindAsked(asked: string, text: string): boolean {
  if (/\bwhat time\b/i.test(asked)) return CLOCK.test(text);
  if (/\bwhen\b|\b(?:what|which) (?:(?:week)?days?|dates?|years?|months?)\b/i.test(asked))
    return TIME.test(text);
  if (/\bwhere\b/i.test(asked)) return hasPlace(text);
  return /\bhow (?:many|much|long|old)\b/i.test(asked) && /\d/.test(text);
}

/** Facts about the human of which only one can be true at a time. */
const SLOTS: { asked(question: string): boolean; fits(fact: string): boolean }[] = [
  { asked: asksForOwnName, fits: (fact) => nameIn(fact) !== undefined },
  {
    asked: asksForJob,
    fits: (fact) => OWN_JOB.test(fact) && !NOT_A_JOB.test(fact) && !NO_LONGER.test(fact),
  },
  { asked: asksForOrigin, fits: (fact) => /^you\b.*\bfrom\b/i.test(fact) },
  { asked: asksForAge, fits: (fact) => OWN_AGE.test(fact) },
  { asked: asksForHome, fits: (fact) => OWN_HOME.test(fact) },
];

export function wantedBy(asked: string): Wanted {
  const slot = SLOTS.find((one) => one.asked(asked));
  if (slot) {
    const kinds = asksForOwnName(asked) ? contentStems(asked) : [];
    const prefers =
      asksForJob(asked) && !/\bwork (?:for|at|in)\b|\bwhere\b/i.test(asked) ? OWN_TRADE : undefined;
    return { stems: [], kinds, fits: slot.fits, isSingle: true, prefers };
  }
  const about = subjectOf(asked);
  const kinds = kindsIn(about);
  const stems = contentStems(about).filter((stem) => !ASKING.has(stem) && !kinds.includes(stem));
  const forms: ((fact: string) => boolean)[] = [(fact) => isOwnerAsked(fact, asked)];
  // A question of nothing but its kind, "which pets do I have?", is about that.
  const [some] = [
    stems,
    kinds,
    contentStems(about).filter((stem) => DOING.has(stem) || SIZES.has(stem)),
  ].filter((found) => found.length > 0);
  const required = some ?? [];
  if (required.length === 0) forms.push(() => false);
  if (!/\b(?:my|our)\b/i.test(asked) && /\b(?:I|we)\b/i.test(asked))
    forms.push((fact) => isOfHuman(fact, [...stems, ...kinds]));
  if (/\bnames?d?\b|\bcall(?:ed)?\b/i.test(asked))
    forms.push((fact) => required.some((stem) => isNamed(stem, fact)));
  const [, counted] = HOW_MANY.exec(asked) ?? [];
  if (/\bhow old\b|\bage\b/i.test(asked)) forms.push((fact) => AGE.test(fact));
  else if (counted !== undefined) {
    const stem = stemOf(counted.toLowerCase());
    forms.push((fact) =>
      countsOf(fact).some((words) => words.some((word) => isMet(stem, meaningsOf(word)))),
    );
  } else if (/\bhow (?:many|much|long|far|tall|high|big|heavy)\b/i.test(asked))
    forms.push((fact) => NUMBER.test(fact));
  if (/\b(?:street|road|house number|post ?code|zip)\b/i.test(asked))
    forms.push((fact) => STREET.test(fact));
  if (/\bcolou?rs?\b/i.test(asked)) forms.push((fact) => COLOUR.test(fact));
  if (/\bwhere\b/i.test(asked)) forms.push(hasPlace);
  if (/\bwhat time\b/i.test(asked)) forms.push((fact) => CLOCK.test(fact));
  else if (
    /\bwhen\b|\b(?:what|which) (?:(?:week)?days?|dates?|years?|months?|evenings?|mornings?|weekends?)\b/i.test(
      asked,
    )
  )
    forms.push((fact) => TIME.test(fact));
  if (/^(?:and |so |but )?what (?:do|does|did) (?!i\b|we\b|my\b|our\b)\p{L}+ do\b/iu.test(asked))
    forms.push((fact) => TRADE.test(fact));
  // What is hers is not yours.
  if (/\b(?:her|his|their|she|he)\b/i.test(asked) && !/\b(?:my|our|i|we)\b/i.test(asked))
    forms.push((fact) => !/^you\b/i.test(fact) && (!/^your\b/i.test(fact) || PERSON.test(fact)));
  if (!/\bany ?more\b|\bstill\b|\bdid\b|\bnot\b|n't\b/i.test(asked) && !isYesNo(asked))
    forms.push((fact) => !NO_LONGER.test(fact));
  // Whom you owe is not who owes you.
  if (/^(?:and |so |but )?whom? (?:else )?(?:do|did|am|have|will|should) (?:i|we)\b/i.test(asked))
    forms.push((fact) => /^you(?:r and|\b)/i.test(fact));
  if (/\b(?:mine|ours)\b/i.test(asked)) forms.push((fact) => /\byours?\b/i.test(fact));
  if (/^\W*(?:and |so )?why\b/i.test(asked))
    forms.push((fact) => /\b(?:because|since|so|so that|to)\b/i.test(fact));
  return {
    stems: required,
    kinds: stems.length > 0 ? kinds : [],
    prefers: /\bwhat (?:does|do|did|is) .+ (?:do|doing)(?: for a living)?\W*$/i.test(asked)
      ? TRADE
      : WHAT_IT_IS.test(asked)
        ? SAYS_WHAT_IT_IS
        : /^\W*(?:and |so |but )?who(?:'?s| is| was| are) \p{Lu}/iu.test(asked)
          ? SAYS_WHO_IT_IS
          : undefined,
    counted: counted === undefined ? undefined : stemOf(counted.toLowerCase()),
    fits: (fact) => forms.every((form) => form(fact)),
    isSingle: isYesNo(asked) || !/^\W*(?:and |so |but )?(?:what|which|name|list)\b/i.test(asked),
  };
}

/**
 * In "what breed is my dog?" the breed is the kind of the answer; a fact need not have the word.
 */
function kindsIn(asked: string): string[] {
  const noun =
    /\b(?:what|which)(?: kind of| sort of| type of)? ((?:[\p{L}-]+ )?[\p{L}-]+?) (?:is|are|am|was|were|do|does|did|have|has|will|would|can|could|should|i|we)\b/iu.exec(
      asked,
    )?.[1];
  return noun === undefined || /^(?:is|are|am|was|do|does|did|will)\b/i.test(noun)
    ? []
    : contentStems(noun);
}

/** Words of a question that name the kind of answer rather than what is asked about. */
const ASKING = new Set(
  `day date time hour year month long far tall high big heavy place color much want plan intend hope go do happen breed kind sort
  type end happen come mean use first one thing new`
    .split(/\s+/)
    .flatMap((word) => [word, stemOf(word)]),
);

/** Verbs that a question may have nothing but: "where are we going?" */
const DOING = new Set(["go", "happen", "come", "plan", "want"].map(stemOf));
/** What is asked for by "how tall am I?" */
const SIZES = new Set(["tall", "heavy", "big", "high", "far", "long"].map(stemOf));
/** "How many rose bushes did I plant?" counts bushes. */
const HOW_MANY =
  /\bhow many (?:of )?(?:my |our |the )?(?:\p{L}+ (?=(?:\p{L}+) (?:do|did|have|are|were|does|has)\b))?(\p{L}+)/iu;
/** The three words after each number of a fact: what it may count. */
export const countsOf = (fact: string): string[][] =>
  [
    ...fact
      .slice(0, 300)
      .matchAll(new RegExp(`(?:${NUMBER.source}) ((?:[\\p{L}'-]+ ?){1,3})`, "giu")),
  ].map((found) => (found.at(-1) ?? "").trim().split(" "));

/** "Your sister …", "your boss …" */
const PERSON =
  /^your (?:\p{L}+ ){0,2}?(?:mother|father|mum|mom|dad|parents?|sister|brother|siblings?|son|daughter|kids?|child|children|twins?|wife|husband|partner|spouse|girlfriend|boyfriend|gf|bf|aunt|uncle|cousin|niece|nephew|gran\p{L}*|friends?|boss|colleagues?|flatmate|roommate|neighbou?rs?|teacher|doctor|dentist|dog|cat|pets?)\b/iu;
/** What is over. */
const NO_LONGER = /\b(?:any ?more|no longer)\b/i;
/** "What's my order number?" is answered by what it is, before what became of it. */
const WHAT_IT_IS = /^(?:and |so |but )?what(?:'?s| is| are| was| were) (?:my|our) /i;
const SAYS_WHAT_IT_IS =
  /^your (?:[\p{L}-]+ ){0,3}?[\p{L}-]+ (?:is|are|was|were) (?!not\b|\p{L}+ing\b)/iu;
const SAYS_WHO_IT_IS = /^(?:\p{L}+\.? )?\p{Lu}[\p{L}'’ -]* (?:is|was) (?:your|an?|the)\b/u;
/** What somebody is, before where they work. */
const OWN_TRADE = /\byou are (?:now |also )?an?\b|\bwork as\b|\bjob\b|\bprofession\b/i;
const OWN_JOB =
  /\b(?:you (?:(?:now|currently|still|also) )?(?:work|teach|run (?:a|an|my|your)|drive a (?:bus|taxi|lorry|truck)|earn your living|are (?:now )?(?:employed|self-employed|retired|unemployed))\b|you are (?:now |also )?(?:an?|the) (?:[\p{L}-]+ ){0,3}?\p{L}+|you (?:have )?(?:just |recently )?(?:started|became|begin|start|began) (?:work(?:ing)? |a job )?(?:as|at|for|an?) |you used to (?:work|be)|your (?:job|profession|occupation|work|career|trade)\b)/iu;
const NOT_A_JOB =
  /\byou are (?:an?|the) (?:\p{L}+ )?(?:vegetarian|vegan|fan|lover|bit|little|mother|father|mum|mom|dad|parent|twin|man|woman|person|human|beginner|smoker|boy|girl|guy|grandmother|grandfather|friend|big|lot|member|native|citizen|cat|dog|morning|night)\b/iu;
/** What somebody does, rather than where they live. */
const TRADE = /\b(?:is|are|was|were) (?:an?|the) |\b(?:works?|teach\w*|stud\w+|runs?|drives?)\b/i;
const OWN_HOME =
  /\byou (?:now |currently |still |all )?(?:live|reside|stay|are based|moved|have moved|are living)\b|\byour (?:home|address|house|flat|apartment) is\b|\byou are (?:now )?living\b/i;
const COLOUR =
  /\b(?:red|green|blue|yellow|black|white|brown|grey|gray|orange|purple|pink|teal|silver|golden?|beige|violet|turquoise|navy|maroon|ginger|colou?r)\b/i;
const STREET = /\d|\b(?:street|road|avenue|lane|square|drive|way)\b/i;
const AGE =
  /\b\d{1,3}\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b/i;
const OWN_AGE =
  /\byou (?:are|just turned|turned|have turned|will be) (?:now |only |already )?(?:\d{1,3}(?![\d.,]*\d| ?(?:m|cm|km|kg|kilos?|met\p{L}+|feet|ft|inch\p{L}*|percent|%|times|minutes?|hours?|euros?|dollars?)(?!\p{L}))|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|\p{L}+teen)\b|\byour age is\b|\byou were born (?:\p{L}+ \p{Lu}\p{L}+ )?in \d{4}/iu;
const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|no|an?|several|many|twins)\b/i;
const PLACE =
  /\b(?:in|at|to|from|near|on|under|behind|inside|by|outside|next|home|abroad|north|south|east|west|of)\b|\p{Lu}\p{L}+(?:ish|ian|ese|an)\b/iu;
function hasPlace(text: string): boolean {
  const rest = text.replace(OF_TIME, "");
  return PLACE.test(rest) || NAMED_WITHIN.test(rest);
}

const NAMED_WITHIN = /(?<=\p{Ll} )\p{Lu}\p{Ll}{2,}/u;
/** "At 9", "on Friday" and "in May" are not places. */
const OF_TIME =
  /\b(?:at|on|in|to|from|by|of|next) (?:the )?(?:\d[\d.:]*(?: ?[ap]m)?|noon|midnight|night|(?:week)?days?|week\p{L}*|mornings?|afternoons?|evenings?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|month|year|[12]\d{3})\b|\b(?:christmas|easter|ramadan|hanukkah|diwali)\b/giu;
const CLOCK = /\d|\b(?:noon|midnight|morning|afternoon|evening|dawn|sunset)\b/i;
const TIME =
  /\d|\b(?:today|tonight|tomorrow|yesterday|noon|midnight|mornings?|afternoons?|evenings?|nights?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|weeks?|months?|years?|christmas|easter)\b/i;
