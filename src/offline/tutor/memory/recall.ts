import { asSentence, sentencesOf } from "../../../language/sentences.ts";
import { stemOf } from "../../../language/stems.ts";
import type { Conversation } from "./conversation.ts";
import { type Fact, factsOf } from "./facts.ts";
import { isQuestion } from "./lines.ts";
import { contentStems, isMet, meaningsOf } from "./meanings.ts";
import { nameIn } from "./name.ts";
import { isOfHuman, isOwnerAsked } from "./owners.ts";
import { fromThirdPerson } from "./person.ts";
import { isOfOtherSex } from "./pronouns.ts";
import { asksForName, asksForOwnName, isValue, isYesNo, subjectOf } from "./question.ts";
import { admit } from "./related.ts";
import { doubtsAbout } from "./trust.ts";
import { countsOf, type Wanted, wantedBy } from "./wanted.ts";

/** Several facts answer "what do I like?"; more than these are not said at once. */
const MOST_FACTS = 4;

/**
 * Answers a question from what was told before it; undefined where nothing told has all that it
 * asks for. It would rather not know than guess: each word of the question must be met by what was
 * told.
 */
export function recallFact(question: string, conversation: Conversation): string | undefined {
  const asked = question.replaceAll("’", "'").trim();
  const facts = factsOf(conversation);
  const found = factsFor(asked, facts);
  if (found.length > 0) {
    // To the encoder a denial is as near as what it denies.
    const isDenied = found.some(({ text }) => DENIED.test(text));
    const alike = facts.filter(({ text }) => DENIED.test(text) === isDenied);
    const doubts = doubtsAbout(asked, found, alike, conversation);
    return doubts ? admit(asked, doubts, conversation) : asAnswer(asked, found);
  }
  const renamed = withOwner(asked, facts);
  const other = renamed === undefined ? [] : factsFor(renamed, facts);
  if (renamed !== undefined && other.length > 0) return asAnswer(renamed, other);
  const quoted = asksForName(asked) ? undefined : bestSentence(asked, conversation);
  return quoted === undefined ? undefined : `I was told: "${asSentence(quoted)}"`;
}

/** "What does Jonas do?" as "what does my brother do?", where the brother is called Jonas. */
function withOwner(asked: string, facts: Fact[]): string | undefined {
  for (const { text } of facts) {
    const [, owned, name] =
      /^your ((?:\p{Ll}+ ){0,2}?\p{Ll}+)(?:['’]s name is| is called| is named|,? called)? (\p{Lu}[\p{L}'’-]+)/u.exec(
        text,
      ) ?? [];
    if (owned === undefined || name === undefined) continue;
    const at = asked.toLowerCase().indexOf(name.toLowerCase());
    if (at >= 0 && !asked.toLowerCase().includes(owned))
      return `${asked.slice(0, at)}my ${owned}${asked.slice(at + name.length)}`;
  }
  return undefined;
}

/**
 * The facts that meet every word of the question, the best first: with more of its very words, then
 * the newest.
 */
function factsFor(asked: string, facts: Fact[]): Fact[] {
  const wanted = wantedBy(asked);
  // "Do I like olives?" is best answered by what was told of olives.
  const value = isYesNo(asked)
    ? contentStems(asked).find((stem) => isValue(stem, asked))
    : undefined;
  const read = facts
    .filter((fact) => wanted.fits(fact.text))
    .filter(({ text }) => !isOfOtherSex(asked, text))
    // Who does not love olives is no answer to who loves them.
    .filter(({ text }) => !WHO.test(asked) || DENIED.test(asked) || !DENIED.test(text))
    .map((fact) => ({ fact, meanings: meaningsOf(fact.text) }));
  const isOfValue = ({ meanings }: (typeof read)[number]) =>
    value !== undefined && isMet(value, meanings);
  const stems =
    value !== undefined && read.some(isOfValue)
      ? [value]
      : wanted.stems.filter((stem) => stem !== value);
  if (stems.length === 0 && value !== undefined && wanted.stems.length <= 1) return [];
  const scored = read
    .filter(({ meanings }) => stems.every((stem) => isMet(stem, meanings)))
    .map(({ fact, meanings }) => ({
      fact,
      score: scoreOf(wanted, meanings) + (wanted.prefers?.test(fact.text) ? 1 : 0),
    }))
    .sort((a, b) => b.score - a.score || b.fact.order - a.fact.order);
  const [best] = scored;
  if (!best) return [];
  // Two cats in one fact and a dog in another are three pets: one of them is not the count.
  const { counted } = wanted;
  if (counted !== undefined && !isCounted(counted, best.fact.text)) {
    const all = facts.filter(({ text }) => isMet(counted, meaningsOf(text)));
    if (all.length > 1) return [];
  }
  if (wanted.isSingle || /^your\b/i.test(best.fact.text)) return [best.fact];
  const equal = scored.filter(
    ({ fact, score }) => score === best.score && !/^your\b/i.test(fact.text),
  );
  return equal
    .slice(0, MOST_FACTS)
    .map(({ fact }) => fact)
    .sort((a, b) => a.order - b.order);
}

/** Whether a fact counts the very thing: "two pets" does for pets, "two cats" does not. */
const isCounted = (stem: string, fact: string) =>
  countsOf(fact).some((words) => words.some((word) => stemOf(word.toLowerCase()) === stem));

/**
 * How many of the question's very words a fact has, and of the words for what kind of thing is
 * asked for.
 */
function scoreOf({ stems, kinds }: Wanted, meanings: ReadonlySet<string>): number {
  const literal = stems.filter((stem) => meanings.has(stem)).length;
  return literal + kinds.filter((stem) => isMet(stem, meanings)).length;
}

function asAnswer(asked: string, facts: Fact[]): string {
  const [fact] = facts;
  if (!fact) return "";
  const name = asksForOwnName(asked) ? nameIn(fact.text) : undefined;
  if (name !== undefined) return `Your name is ${name}.`;
  const said = facts.map(({ text }) => asSentence(text)).join(" ");
  if (!isYesNo(asked)) return said;
  if (COMPARES.test(fact.text) || IS_INVOLVED.test(fact.text) || isOfThen(fact.text, asked))
    return `What I was told is this: ${said}`;
  const meanings = meaningsOf(fact.text);
  const agrees = contentStems(subjectOf(asked)).every((stem) => isMet(stem, meanings));
  if (!agrees) return `What I was told is this: ${said}`;
  return DENIED.test(fact.text) === DENIED.test(asked) ? `Yes. ${said}` : `No. ${said}`;
}

/**
 * What may be, what was until then, and what has two subjects: it takes more than its words to say
 * yes.
 */
const IS_INVOLVED =
  /\b(?:used to|might|may|maybe|perhaps|probably|possibly|hopefully|if|unless|otherwise|not sure|almost|nearly|but|except|apart from|other than|besides|only|again|since|until|till|supposed to|want to|hope to|planned to|meant to)\b|(?:\band|,|;) (?:then )?(?:(?:the|an?|my|your|his|her|their|our) )?(?:\p{L}+ ){1,2}(?:is|are|was|were|has|have|had|does|do|did|will|can|plays|likes|loves|hates|lives|works|owes|wants|drives|speaks|eats|drinks|left|stays)\b/iu;

/** "Am I still a welder?", after "you were a welder"; "is he here?", after "he left". */
const isOfThen = (fact: string, asked: string) =>
  /\bstill\b|\bany ?more\b|\bnow\b/i.test(asked) ||
  (/^(?:and |so |but )?(?:is|are|am|do|does|has|have)\b/i.test(asked) &&
    /\b(?:was|were|left|had|went|moved|gone|stopped|quit|sold|lost|died)\b/i.test(fact) &&
    !/\b(?:was|were|left|had|went|moved|gone|stopped|quit|sold|lost|died|born)\b/i.test(asked));

const WHO = /^(?:and |so |but )?who(?:'s| else)?\b/i;

/** "More than" and "rather than" say neither yes nor no. */
const COMPARES = /\b(?:more|less|better|worse|rather|\p{L}{2,}er) than\b|\bprefer\b/iu;
const DENIED =
  /\b(?:not|no|no longer|never|neither|nor|none|hate|dislike|avoid|can't stand|cannot stand|nothing|nobody|stopped|quit|\p{L}+n['’]t|cannot)\b/iu;

/**
 * A sentence that anybody said, or that a summary holds, which has all that the question asks for.
 */
function bestSentence(asked: string, { turns, background }: Conversation): string | undefined {
  const { stems, kinds } = wantedBy(asked);
  if (stems.length === 0) return undefined;
  const told = [
    ...background
      .flatMap(sentencesOf)
      .map((sentence) => fromThirdPerson(withoutAttribution(sentence))),
    ...turns
      .filter(({ speaker, text }) => speaker === "ai" && !NO_SOURCE.test(text))
      .flatMap(({ text }) => sentencesOf(text)),
  ]
    .flatMap((sentence) => sentence.split(/;\s{1,3}/))
    .filter(
      (sentence) => sentence.length < LONGEST && !isQuestion(sentence) && !NO_SOURCE.test(sentence),
    )
    .filter((sentence) => isOwnerAsked(sentence, asked))
    .filter(
      (sentence) =>
        /\b(?:my|our)\b/i.test(asked) || !/^your\b/i.test(sentence) || isOfHuman(sentence, stems),
    );
  const wanted = stems.length >= 3 ? Math.ceil(stems.length * 0.6) : stems.length;
  const scored = told.map((sentence, order) => {
    const meanings = meaningsOf(sentence);
    const met = stems.filter((stem) => isMet(stem, meanings)).length;
    const bonus = kinds.filter((stem) => isMet(stem, meanings)).length;
    const formFits = !/\bhow many\b/i.test(asked) || NUMBER.test(sentence);
    return { sentence, score: formFits && met >= wanted ? met + bonus + order / 100_000 : 0 };
  });
  const best = scored.sort((a, b) => b.score - a.score)[0];
  return best && best.score > 0 ? best.sentence.replace(/["“”]+/g, "") : undefined;
}

const LONGEST = 600;
const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|no|an?|several|many)\b/i;

/**
 * Replies that only repeat what was told, say that nothing was, or speak of the tutor or the
 * handbook.
 */
const NO_SOURCE =
  /^(?:noted|yes\.|no\.|hello|i was told|what i was told|i don't know|i cannot|i am llm-lab|i am a|nothing in the messages|this is what|that is more than|your (?:last|first) )|\(From the handbook: /i;

/** The sentence of a summary, without who said it. */
function withoutAttribution(sentence: string): string {
  return sentence
    .replace(/^the (?:human|user) asks? "[^"]*" and the AI answers:? /i, "")
    .replace(/^the (?:AI (?:answers|says|explains)|human says)(?::| that)? /i, "");
}
