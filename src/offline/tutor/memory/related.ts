import { sentencesOf } from "../../../language/sentences.ts";
import { stemOf } from "../../../language/stems.ts";
import { wordsOf } from "../../../language/words.ts";
import { lexicon } from "../../embeddings/concepts.ts";
import { meaningOf } from "../../embeddings/meaning.ts";
import { isSlip } from "../../topics.ts";
import { isForeign } from "../knowledge/tongues.ts";
import { continuationsOf } from "./continued.ts";
import type { Conversation } from "./conversation.ts";
import { isPleasantry, isQuestion, isRequest, isStatement } from "./lines.ts";
import { contentStems, isMet, meaningsOf } from "./meanings.ts";
import { fromThirdPerson, toSecondPerson } from "./person.ts";
import { isOfOtherSex, isOfSameSex } from "./pronouns.ts";
import {
  asksForAge,
  asksForHome,
  asksForJob,
  asksForName,
  asksForOrigin,
  asksForOwned,
  asksForOwnName,
  subjectOf,
} from "./question.ts";
import { spelt } from "./spelling.ts";

/** Messages quoted at once, and how much of each. */
const MOST = 3;
const LONGEST = 300;
/** Of more, the newest are read, and fewer encoded, which takes a millisecond each. */
const MOST_READ = 500;
const MOST_ENCODED = 60;

/**
 * What was told that has to do with a question, word for word, oldest first: at most three, and
 * what goes on with them.
 */
export function relatedTo(asked: string, conversation: Conversation): string[] {
  const { turns, background, line } = conversation;
  const stems = subjectStems(asked);
  const told = [
    ...background.flatMap(sentencesOf).map((text) => fromThirdPerson(text)),
    ...turns.filter(({ speaker }) => speaker === "human").map(({ text }) => text),
    ...sentencesOf(line),
  ].filter(
    (text) =>
      text.length < 4000 && text.trim() !== asked && states(text) && !isOfOtherSex(asked, text),
  );
  const isNear = FORMS.filter((form) => form.asked(asked));
  const scored = told.slice(-MOST_READ).map((text, order, all) => ({
    text,
    order,
    score: Math.max(
      scoreOf(stems, text),
      isNear.some(({ told: form }) => form.test(text)) || isOfSameSex(asked, text) ? 0.5 : 0,
      order >= all.length - MOST_ENCODED && meansMuchTheSame(asked, text) ? 0.5 : 0,
    ),
  }));
  const foreign = scored
    .filter(({ text }) => isForeign(text))
    .map((one) => ({ ...one, score: Math.max(one.score, 0.5) }));
  const related = [...scored.filter(({ text }) => !isForeign(text)), ...foreign]
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.order - a.order);
  const best = related[0]?.score ?? 0;
  return [
    ...new Set(
      related
        .filter(({ score }) => score >= best / 2)
        .slice(0, MOST)
        .sort((a, b) => a.order - b.order)
        .flatMap(({ text }) => [
          text,
          ...continuationsOf(text, conversation, { quoted: true }).slice(0, MOST),
        ])
        .map((text) => shortened(text.trim())),
    ),
  ];
}

/**
 * Whether the sentence encoder takes a message for one on the question's matter. Of 40 questions
 * and what answers them half were nearer than .48, of unrelated ones 95 of 100 were below .33.
 */
function meansMuchTheSame(asked: string, text: string): boolean {
  if (
    text.length > LONGEST ||
    asked.length > LONGEST ||
    ![asked, text].every((one) => /\p{L}/u.test(one))
  )
    return false;
  const [a, b] = [meaningOf(asked), meaningOf(text)];
  return (
    a.reduce((sum, value, at) => sum + value * (b[at] as number), 0) >=
    (OWN.test(asked) ? SAME_MATTER : SAME_MATTER_OF_ALL)
  );
}
const SAME_MATTER = 0.35;
/** "What is the capital of Italy?" is near to "I live in Rome", which does not say it. */
const SAME_MATTER_OF_ALL = 0.45;
const OWN = /\b(?:i|i'm|me|my|mine|we|us|our|ours)\b/i;

/** What a question is about: its content, and what "my" and "who" stand for. */
function subjectStems(asked: string): string[] {
  const own = [
    ...(asksForOwnName(asked) ? ["name", "call"] : []),
    ...(asksForJob(asked) ? ["work", "job"] : []),
    ...(asksForHome(asked) ? ["live"] : []),
    ...(asksForOrigin(asked) ? ["from", "born"] : []),
    ...(asksForAge(asked) ? ["age", "born"] : []),
  ].map(stemOf);
  // "My sister's name" is about the sister.
  if (own.length > 0 && asksForName(asked)) return own;
  const all = contentStems(subjectOf(asked));
  const telling = all.filter((stem) => !VAGUE.has(stem));
  return [...new Set([...(telling.length > 0 ? telling : all), ...own])];
}

/** Whether a question speaks of somebody, or something, that a message has named. */
export function namesTold(asked: string, { turns }: Conversation): boolean {
  const words = new Set(asked.toLowerCase().match(/[\p{L}'-]+/gu) ?? []);
  return turns.some(
    ({ speaker, text }) =>
      speaker === "human" &&
      [...text.slice(0, 2000).matchAll(/(?<=[\p{Ll},:;] )\p{Lu}[\p{L}'-]+/gu)].some(([name]) =>
        words.has(name.toLowerCase()),
      ),
  );
}

/**
 * Whether a question speaks of "the pen", or of "it", after a message that has told of something.
 */
export function pointsBack(asked: string, conversation: Conversation): boolean {
  if (asked.length > LONGEST || OF_NOW.test(asked)) return false;
  const told = toldMessages(conversation);
  if (told.length === 0) return false;
  if (REFERS.test(asked)) return true;
  const known = new Set(
    told.slice(-MOST_READ).flatMap((text) => contentStems(text.slice(0, 4000))),
  );
  return [
    ...asked.matchAll(/\b(?:the|this|that|those|these) ((?:[\p{L}'-]+ )?[\p{L}'-]+)/giu),
  ].some(([, thing = ""]) => contentStems(thing).some((stem) => known.has(stem)));
}

const OF_NOW = /\b(?:time|day|date|year|month) is it\b|\bweather\b/i;
/** "What time does it start?", "who won?": there is nothing else to say what is meant. */
const REFERS =
  /^\W*(?:and |so |but )?(?:(?:which one|which of (?:them|these|those|the two)) (?:is|was|are|costs?) (?:the )?(?:\p{L}+e[rs]t?|more|most|less|least)\b|(?:what time|when|where|who|how (?:much|many|long|old|far)|which one)\b[^?]{0,40}\b(?:it|he|she|they|him|her|them)\b|(?:who|which one|what) (?:else )?(?:won|lost|came|happened|did it|paid|said so)\b|what (?:was|were) the (?:score|result|reason|price|outcome|name|address|date|time|problem)\b)[^?]{0,20}\??$/iu;

/** Whether the human has stated anything in the messages. */
export const tellsAnything = (conversation: Conversation) =>
  conversation.background.length > 0 || toldMessages(conversation).length > 0;

/** The newest messages that state something, oldest first; at most three. */
export const lastTold = (conversation: Conversation, most = MOST): string[] =>
  toldMessages(conversation)
    .slice(-most)
    .map((text) => shortened(text.trim()));

/** The human's earlier messages that state something; several skills ask for them. */
export function toldMessages(conversation: Conversation): string[] {
  const known = stated.get(conversation);
  if (known) return known;
  const found = conversation.turns
    .filter(({ speaker, text }) => speaker === "human" && states(text))
    .map(({ text }) => text);
  stated.set(conversation, found);
  return found;
}

const stated = new WeakMap<Conversation, string[]>();

/** Questions that are met by a form rather than by words. */
const FORMS: { asked(question: string): boolean; told: RegExp }[] = [
  {
    asked: asksForOwnName,
    told: /(?<![\p{L}'])(?:i'?m|i’m|i am|this is|name'?s|names?|call(?:ed|s)? me)\s+(?!(?:in|on|at|not|so|very|a|an|the|from|going|sorry|just)\s)\S/iu,
  },
  {
    asked: (question) => /\b(?:own|possess|belong\w*|have)\b/i.test(question),
    told: /\b(?:i|we)(?:'ve| have| own| got| bought)\b|\bmy\b/i,
  },
  {
    asked: (question) =>
      /\bwhat (?:will|shall|am|are|do|did|should) (?:i|we)\b.*\bdo(?:ing)?\b/i.test(question),
    told: /\b(?:i|we)(?:['’]ll| will|['’]m going| am going| are going|['’]re going| plan| want)\b|\bmy plan\b/i,
  },
];

const VAGUE = new Set(
  "day date time hour year much want do go use one thing new happen make take get have be long far big"
    .split(" ")
    .map(stemOf),
);

function scoreOf(stems: string[], text: string): number {
  const meanings = meaningsOf(text);
  const concepts = conceptsOf(text);
  const words = new Set(wordsOf(text.slice(0, LONGEST)));
  return stems.reduce((sum, stem) => {
    if (isMet(stem, meanings) || (NAMED.test(stem) && meanings.has(stem))) return sum + 1;
    if (NEAR.some((group) => group.includes(stem) && group.some((other) => meanings.has(other))))
      return sum + 0.5;
    // "The physio" is the physiotherapist.
    const isShort =
      stem.length >= 4 &&
      [...words].some((word) => word.startsWith(stem) && word.length > stem.length + 2);
    const isNear =
      isShort || (lexicon().byPhrase.get(stem) ?? []).some((concept) => concepts.has(concept));
    return isNear || [...words].some((word) => isTypo(word, stem)) ? sum + 0.5 : sum;
  }, 0);
}
/**
 * Words that are said of the same matter, so that a message with one may answer a question with
 * another.
 */
const NEAR = [
  "commute work travel get",
  "cost price pay spend buy",
  "call ring phone",
  "hurt pain ache ill",
  "happen die break lose",
  "scare afraid",
  "end final finally last",
  "vegan vegetarian meat fish eat diet food cook",
  "old age young year born birthday birth older",
  "trip travel go visit holiday journey fly move plan vacation",
  "ill sick doctor hospital pain medicine wrong health hurt well",
  "marry husband wife partner spouse wedding single girlfriend boyfriend",
  "school study student teacher class course exam degree university learn",
  "child kid son daughter baby twin",
  "sport run swim play train gym",
  "grandmother gran grandma nan granny mother",
  "move change switch rehearse practice meet",
  "win won lose lost beat score play match game team",
  "job work company office boss colleague earn salary",
  "home live house flat apartment street city town country",
].map((group) => group.split(" ").map(stemOf));
const NAMED = /^(?:name|call)$/;

/** Whether a word was meant, if two letters of it are swapped or, in a longer one, one is wrong. */
function isTypo(word: string, stem: string): boolean {
  if (word.length < 3 || stem.length < 3 || word === stem || word[0] !== stem[0]) return false;
  const isSwap =
    word.length === stem.length && [...word].sort().join("") === [...stem].sort().join("");
  return (isSwap || (stem.length >= 5 && word.length >= 5)) && isSlip(word, stem);
}

function conceptsOf(text: string): Set<number> {
  const found = new Set<number>();
  for (const stem of contentStems(text))
    for (const concept of lexicon().byPhrase.get(stem) ?? []) found.add(concept);
  return found;
}

/** Whether there is anything in a message besides questions, commands and greetings. */
function states(text: string): boolean {
  return [...sentencesOf(text), ...sentencesOf(spelt(text))].some(
    (sentence) =>
      (!isQuestion(sentence) && !isPleasantry(sentence) && !isRequest(sentence)) ||
      TELLS_WITHIN.test(sentence) ||
      NOT_THE_NAME.test(sentence) ||
      WITHOUT_I.test(sentence),
  );
}

/** "Do you know that my name is Kim?" holds a statement. */
const TELLS_WITHIN =
  /\b(?:remember|note|know|forget|mind) that (?:i|i'm|im|my|we|our|the) \S+ \S|\b(?:told|tell|said|say|mention(?:ed)?|know|remember|forget|forgotten|aware) (?:you |me )?(?:that )?(?:i|i'm|im|my|we|our)\b.{0,80}\b(?:is|are|am|was|were|have|has|live|work|like|love|called)\b/i;

/** "I bought 4 tickets at 15 each, total?" tells what it asks about. */
const tellsItself = (asked: string) =>
  asked
    .split(/[,;:]\s/)
    .slice(0, -1)
    .some((part) => isStatement(part) && !isQuestion(part) && !isRequest(part));

/** "Don't call me Andrew": a command that tells something of the name. */
const NOT_THE_NAME = /\b(?:don['’]?t|do not|never|stop) call(?:ing)? me\b/i;

/** "Was in Peru last year": a verb first, yet nobody after it, and no mark. */
const WITHOUT_I =
  /^(?:was|were|am|have|had)(?:n['’]t)? (?:in|at|on|from|off|born|back|home|with|not|never|been)\b[^?]*$/i;

const shortened = (text: string) => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} …`);

/** What is said where messages may hold the answer and none is sure to, and where none can. */
export function admit(asked: string, related: string[], conversation: Conversation): string {
  if (related.length > 0) {
    const quotes = related.map((text) => `"${text}"`).join(", ");
    const foreign = related.some(isForeign) ? " I read only English." : "";
    return `I don't know: I cannot work it out from what I was sent. ${related.length === 1 ? "This message" : "These messages"} may say it: ${quotes}.${foreign}`;
  }
  const isTold = toldMessages(conversation).length > 0;
  if (!isTold && tellsItself(asked))
    return "I don't know: I cannot work it out from what this message says.";
  // What was told may say it in words that are not understood here: only where nothing was is it
  // denied.
  const last = lastTold(conversation)
    .map((text) => `"${text}"`)
    .join(", ");
  const nothing = isTold
    ? `I cannot tell whether what I was sent says it. You told me last: ${last}.`
    : "Nothing in the messages that I was sent says it.";
  const thing = asksForOwned.exec(asked)?.[1];
  if (
    thing &&
    /^(?:what is|what's|what are|whats|what was|who is|tell|say|do you|can you|remind)/i.test(asked)
  ) {
    const verb = /s$/.test(thing) && !/ss$/.test(thing) ? "are" : "is";
    const called = /\b(?:called|named)\b/i.test(asked) ? " called" : "";
    return `I don't know what ${toSecondPerson(thing)} ${verb}${called}. ${nothing}`;
  }
  return `I don't know. ${nothing}`;
}
