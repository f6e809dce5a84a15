import { asSentence, sentencesOf } from "../../language/sentences.ts";
import { stemOf } from "../../language/stems.ts";
import { wordsOf } from "../../language/words.ts";
import type { Conversation } from "./conversation.ts";
import { type Fact, factsOf, isQuestion, isRequest } from "./facts.ts";
import { contentStems, isMet, meaningsOf } from "./meanings.ts";
import { nameIn } from "./name.ts";
import { fromThirdPerson, toSecondPerson } from "./person.ts";
import {
  asksForJob,
  asksForName,
  asksForOrigin,
  asksForOwnName,
  isAboutHuman,
  isValue,
  isYesNo,
  subjectOf,
} from "./question.ts";

/** What a question wants to hear of, besides the words that it uses. */
interface Wanted {
  fits(fact: string): boolean;
}

/**
 * Answers a question from what was told before it; undefined if it asks for nothing that could have been told.
 * It would rather not know than guess: each word of the question must be met by what was told.
 */
export function recallFact(question: string, conversation: Conversation): string | undefined {
  const asked = question.replaceAll("’", "'").trim();
  const meta = recallTurn(asked, conversation);
  if (meta) return meta;
  const facts = factsOf(conversation);
  if (
    /\b(?:know|remember|learn(?:ed|t)?|told you|recall|all)\b.*\b(?:about|of) (?:me|us|myself)\b/i.test(
      asked,
    )
  )
    return everything(facts);
  const best = bestFact(asked, facts);
  if (best) return asAnswer(asked, best.text);
  const quoted = asksForName(asked) ? undefined : bestSentence(asked, conversation);
  if (quoted) return `I was told: "${asSentence(quoted)}"`;
  return isAboutHuman(asked) ? notKnown(asked) : undefined;
}

/** Questions about the conversation itself. */
function recallTurn(asked: string, { turns }: Conversation): string | undefined {
  const said = turns.filter((turn) => turn.speaker === "human").map((turn) => turn.text);
  const quote = (text: string | undefined, which: string) =>
    text === undefined
      ? "I don't know: I was sent nothing that came before your question."
      : `${which} was: "${text}"`;
  if (
    /\bfirst (?:thing|message|question|words?)\b.*\bI\b|\bI (?:told you|said|asked(?: you)?|wrote) first\b|\bdid I (?:say|ask|tell you|write) first\b/i.test(
      asked,
    )
  ) {
    return quote(said[0], "The first message of yours that I was sent");
  }
  if (
    /\bwhat did (?:I|we) (?:just |last )?(?:say|write|tell you|talk about)(?: just now| last| before| earlier)?\W*$|\bmy last (?:message|words)\b/i.test(
      asked,
    )
  ) {
    return quote(said.at(-1), "Your last message before this one");
  }
  if (/\bwhat (?:did I (?:just )?ask|was my (?:last |previous )?question)\b/i.test(asked)) {
    return quote(
      said.findLast((text) =>
        sentencesOf(text).some((part) => isQuestion(part) || isRequest(part)),
      ),
      "Your last question before this one",
    );
  }
  if (/\bwhat did you (?:just )?(?:say|answer|reply)\b/i.test(asked)) {
    return quote(turns.findLast((turn) => turn.speaker === "ai")?.text, "My last reply");
  }
  return undefined;
}

function everything(facts: Fact[]): string {
  const named = facts.map(({ text }) =>
    nameIn(text) === undefined ? text : `your name is ${nameIn(text)}`,
  );
  const texts = [...new Set(named)].filter((text) => /\byou(?:r|rs)?\b/i.test(text));
  if (texts.length === 0) return "Nothing: the messages that I was sent say nothing about you.";
  return `This is what I was told: ${texts.slice(-8).join("; ")}.`;
}

/** The fact that meets every word of the question; of several the one with more of its very words, then the newest. */
function bestFact(asked: string, facts: Fact[]): Fact | undefined {
  const wanted = wantedBy(asked);
  // "Do I like olives?" is best answered by what was told of olives.
  const value = isYesNo(asked)
    ? contentStems(asked).find((stem) => isValue(stem, asked))
    : undefined;
  const isOfValue = ({ text }: Fact) =>
    value !== undefined && wanted.fits(text) && isMet(value, meaningsOf(text));
  const stems = facts.some(isOfValue) ? [value ?? ""] : wanted.stems;
  const words = new Set(wordsOf(asked).map(stemOf));
  const scored = facts
    .filter((fact) => wanted.fits(fact.text))
    .flatMap((fact) => {
      const meanings = meaningsOf(fact.text);
      if (!stems.every((stem) => isMet(stem, meanings))) return [];
      const literal = [...words].filter((word) => meanings.has(word)).length;
      return [{ fact, score: literal + (fact.order + 1) / (facts.length + 1) }];
    });
  return scored.sort((a, b) => b.score - a.score)[0]?.fact;
}

/** What the question asks for: the words that must be met, and the form that the fact must have. */
function wantedBy(asked: string): Wanted & { stems: string[] } {
  const about = subjectOf(asked);
  if (asksForOwnName(asked)) return { stems: [], fits: (fact) => nameIn(fact) !== undefined };
  if (asksForJob(asked))
    return { stems: [], fits: (fact) => OWN_JOB.test(fact) && !NOT_A_JOB.test(fact) };
  if (asksForOrigin(asked)) return { stems: [], fits: (fact) => /^you\b.*\bfrom\b/i.test(fact) };
  const yesNo = isYesNo(asked);
  const stems = contentStems(about).filter((stem) => !(yesNo && isValue(stem, asked)));
  const forms: ((fact: string) => boolean)[] = [
    (fact) => /\byou(?:r|rs)?\b|\p{Lu}/iu.test(fact),
    (fact) => isOwnerAsked(fact, asked),
  ];
  if (stems.length === 0) forms.push(() => false);
  if (!/\b(?:my|our)\b/i.test(asked) && /\b(?:I|we)\b/i.test(asked))
    forms.push((fact) => isOfHuman(fact, stems));
  if (/\bnamed?\b|\bcall(?:ed)?\b/i.test(asked))
    forms.push((fact) => stems.some((stem) => isNamed(stem, fact)));
  if (/\bhow old\b|\bage\b/i.test(asked)) forms.push((fact) => AGE.test(fact));
  else if (/\bhow (?:many|much|long|far|tall)\b/i.test(asked))
    forms.push((fact) => NUMBER.test(fact));
  if (/\bcolou?r\b/i.test(asked)) forms.push((fact) => COLOUR.test(fact));
  if (/\bwhere\b/i.test(asked)) forms.push((fact) => PLACE.test(fact));
  if (/\bwhen\b|\bwhat (?:time|day|date)\b/i.test(asked)) forms.push((fact) => TIME.test(fact));
  const own = /\bhow old am i\b|\bmy age\b/i.test(asked) ? [stemOf("age")] : [];
  if (own.length > 0) return { stems: [], fits: (fact) => OWN_AGE.test(fact) };
  const rest = /\bhow old\b|\bage\b/i.test(asked)
    ? stems.filter((stem) => !["old", "ag"].includes(stem))
    : stems;
  return {
    stems: rest.filter((stem) => !ASKING.has(stem)),
    fits: (fact) => forms.every((form) => form(fact)),
  };
}

/** Words of a question that name the kind of answer rather than what is asked about. */
const ASKING = new Set(["day", "date", "tim", "long", "far", "tall", "place", "colour", "color"]);

const OWN_JOB =
  /\b(?:you (?:(?:now|currently|still|also) )?(?:work|teach|run (?:a|an|my|your)|drive a (?:bus|taxi|lorry|truck)|earn your living|are (?:employed|self-employed|retired|unemployed))\b|you are (?:an?|the) \p{L}+|you (?:have )?(?:just |recently )?(?:started|became|begin|start|began) (?:work(?:ing)? |a job )?(?:as|at|for|an?) |you used to work |your (?:job|profession|occupation|work|career|trade)\b)/iu;
const NOT_A_JOB =
  /\byou are (?:an?|the) (?:\p{L}+ )?(?:vegetarian|vegan|fan|lover|bit|little|mother|father|mum|mom|dad|parent|twin|man|woman|person|human|beginner|smoker|boy|girl|guy|grandmother|grandfather|friend|big|lot|member|native|citizen|cat|dog|morning|night)\b/iu;
const COLOUR =
  /\b(?:red|green|blue|yellow|black|white|brown|grey|gray|orange|purple|pink|teal|silver|golden?|beige|violet|turquoise|navy|maroon|ginger|colou?r)\b/i;
const AGE =
  /\b\d{1,3}\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b/i;
const OWN_AGE =
  /\byou (?:are|just turned|turned|have turned) (?:now )?(?:\d{1,3}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|\p{L}+teen)\b|\byour age is\b|\byou were born in \d{4}/iu;
const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|no|an?|several|many|twins)\b/i;
const PLACE =
  /\b(?:in|at|to|from|near|on|under|behind|inside|by|outside|next|home|abroad|north|south|east|west|of)\b/i;
const TIME =
  /\d|\b(?:today|tonight|tomorrow|yesterday|noon|midnight|morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|week|month|year|christmas|easter|at)\b/i;

/** Whether "your mum's birthday" may answer: only a question that names the mum. */
function isOwnerAsked(fact: string, asked: string): boolean {
  const owner = /\byour (\p{L}+)['’]s \p{L}+/iu.exec(fact)?.[1];
  return owner === undefined || isMet(stemOf(owner.toLowerCase()), meaningsOf(asked));
}

/** Whether a fact tells what the human does or has, and not what "your sister" does. */
function isOfHuman(fact: string, stems: string[]): boolean {
  const owned = /^your ((?:\p{L}+ ){0,2}?\p{L}+)(?:'s)? (?:is|are|was|were|has|have)\b/iu.exec(
    fact,
  )?.[1];
  if (owned !== undefined) return stems.some((stem) => isMet(stem, meaningsOf(owned)));
  return /^(?!your\b)/i.test(fact) && /\byou\b/i.test(fact);
}

/** Whether the fact gives a name to what the stem stands for: "your dog Rex", "your dog is called Rex". */
function isNamed(stem: string, fact: string): boolean {
  const words = fact.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  return words.some((word, at) => {
    if (!isMet(stem, meaningsOf(word))) return false;
    const after = words.slice(at + 1, at + 5).join(" ");
    const before = words.slice(Math.max(0, at - 3), at).join(" ");
    return (
      /^(?:(?:is|are|was|were|'s|name|names|called|named|who|which|goes by|by) ?)*\p{Lu}/u.test(
        after,
      ) || /\p{Lu}\p{L}+ is (?:your|the)$/u.test(before)
    );
  });
}

function asAnswer(asked: string, fact: string): string {
  const name = asksForOwnName(asked) ? nameIn(fact) : undefined;
  const said = asSentence(name === undefined ? fact : `your name is ${name}`);
  if (!isYesNo(asked)) return said;
  const meanings = meaningsOf(fact);
  const agrees =
    contentStems(subjectOf(asked)).every((stem) => isMet(stem, meanings)) &&
    !/\b(?:not|no longer|never|hate|dislike|avoid|\p{L}+n't)\b/iu.test(fact);
  return agrees ? `Yes. ${said}` : `What I was told is this: ${said}`;
}

/** A sentence that anybody said, or that a summary holds, which has all that the question asks for. */
function bestSentence(asked: string, { turns, background }: Conversation): string | undefined {
  const stems = contentStems(subjectOf(asked)).filter((stem) => !ASKING.has(stem));
  if (stems.length === 0) return undefined;
  const told = [
    ...background
      .flatMap(sentencesOf)
      .map((sentence) => fromThirdPerson(withoutAttribution(sentence))),
    ...turns.flatMap(({ speaker, text }) =>
      sentencesOf(text).map((part) => (speaker === "human" ? toSecondPerson(part) : part)),
    ),
  ]
    .flatMap((sentence) => sentence.split(/;\s+/))
    .filter((sentence) => !isQuestion(sentence) && !NO_SOURCE.test(sentence))
    .filter((sentence) => isOwnerAsked(sentence, asked))
    .filter(
      (sentence) =>
        /\b(?:my|our)\b/i.test(asked) || !/^your\b/i.test(sentence) || isOfHuman(sentence, stems),
    );
  const wanted = stems.length >= 3 ? Math.ceil(stems.length * 0.6) : stems.length;
  const scored = told.map((sentence, order) => {
    const meanings = meaningsOf(sentence);
    const met = stems.filter((stem) => isMet(stem, meanings)).length;
    const formFits = !/\bhow many\b/i.test(asked) || NUMBER.test(sentence);
    return { sentence, score: formFits && met >= wanted ? met + order / 1000 : 0 };
  });
  const best = scored.sort((a, b) => b.score - a.score)[0];
  return best && best.score > 0 ? best.sentence.replace(/["“”]+/g, "") : undefined;
}

/** Replies that only repeat what was told, or say that nothing was. */
const NO_SOURCE =
  /^(?:noted|yes\.|hello|i was told|what i was told|i don't know|nothing in the messages|your (?:last|first) )/i;

/** The sentence of a summary, less who said it. */
function withoutAttribution(sentence: string): string {
  return sentence
    .replace(/^the (?:human|user) asks? "[^"]*" and the AI answers:? /i, "")
    .replace(/^the (?:AI (?:answers|says|explains)|human says)(?::| that)? /i, "");
}

function notKnown(asked: string): string {
  const thing =
    /\b((?:my|our) [\p{L}\p{N}'’ -]{2,40}?)(?=\s+(?:is|was|are|were|called|named|again|live|work)\b|[?.!,]|$)/iu.exec(
      asked,
    )?.[1];
  if (thing && /^(?:what|who|whats|tell|say|do you|can you|which|remind)/i.test(asked)) {
    const verb = /s$/.test(thing) && !/ss$/.test(thing) ? "are" : "is";
    const called = /\b(?:called|named)\b/i.test(asked) ? " called" : "";
    return `I don't know what ${toSecondPerson(thing)} ${verb}${called}. Nothing in the messages that I was sent says it.`;
  }
  return "I don't know. Nothing in the messages that I was sent says it.";
}
