import { meaningOf } from "../../embeddings/meaning.ts";
import { continuationsOf, continuesItself } from "./continued.ts";
import type { Conversation } from "./conversation.ts";
import type { Fact } from "./facts.ts";
import { contentStems, isMet, meaningsOf } from "./meanings.ts";
import { isYesNo } from "./question.ts";
import { relatedTo, toldMessages } from "./related.ts";
import { hasKindAsked } from "./wanted.ts";

/**
 * The messages between which an answer hangs, oldest first; undefined where the chosen facts can be
 * trusted. They cannot be where a fact that was told no earlier is nearer in meaning to the
 * question, where a later message on the same matter speaks of a change or goes on with theirs in a
 * way that the rules did not understand, where they tell what was and the question asks what is, or
 * the other way round, and where the question denies what they say.
 */
export function doubtsAbout(
  asked: string,
  chosen: readonly Fact[],
  facts: readonly Fact[],
  conversation: Conversation,
): string[] | undefined {
  const sources = new Set(chosen.flatMap(({ source }) => source ?? []));
  if (sources.size === 0 || asked.length > LONGEST) return undefined;
  const told = toldMessages(conversation);
  const last = told.findLastIndex((text) => sources.has(text));
  if (last < 0) return undefined;
  const change = told
    .slice(Math.max(last + 1, told.length - MOST_COMPARED))
    .find(
      (text) => changes(text) && [...sources, asked].some((one) => nearness(one, text) >= SAME),
    );
  const nearest = Math.max(...chosen.map(({ text }) => nearness(asked, text)));
  const nearer = facts
    .slice(-MOST_COMPARED)
    .filter((fact) => !chosen.includes(fact) && told.indexOf(fact.source ?? "") >= last)
    .find(({ text }) => nearness(asked, text) >= nearest + MARGIN);
  const goesOn = [...sources].flatMap((text) => continuationsOf(text, conversation));
  const rivals = rivalsOf(asked, chosen, told.slice(last + 1), conversation);
  const others = [change, nearer?.source, ...goesOn, ...rivals].filter(
    (text) => text !== undefined,
  );
  const isOther =
    isOfOtherTime(asked, chosen) ||
    isOfOtherSide(asked, chosen) ||
    lacksName(asked, chosen) ||
    onlyNames(asked, chosen) ||
    [...sources].flatMap(continuesItself).some((part) => !isIn(part, chosen));
  if (others.length === 0 && !isOther) return undefined;
  const earlier = OF_EARLIER.test(asked) ? relatedTo(asked, conversation) : [];
  const all = conversation.turns.filter(({ speaker }) => speaker === "human");
  return [...new Set(all.map(({ text }) => text))].filter(
    (text) => sources.has(text) || others.includes(text) || earlier.includes(text),
  );
}

/**
 * Later messages on the facts' matter that have a time, a place or a number too, where the question
 * asks for one, or that say something of it where it asks for an opinion or a comparison.
 */
function rivalsOf(
  asked: string,
  chosen: readonly Fact[],
  later: readonly string[],
  conversation: Conversation,
): string[] {
  const sources = chosen.flatMap(({ source }) => source ?? []);
  const spoken = sources.flatMap((text) => continuationsOf(text, conversation, { quoted: true }));
  if (COMPARES.test(asked)) return [...relatedTo(asked, conversation), ...spoken];
  if (isYesNo(asked)) {
    const meanings = new Set(chosen.flatMap(({ text }) => [...meaningsOf(text)]));
    return contentStems(asked).every((stem) => isMet(stem, meanings)) ? [] : spoken;
  }
  const subjects = contentStems(asked).filter((stem) =>
    chosen.some(({ text }) => meaningsOf(text).has(stem)),
  );
  // Where you work is not where she works.
  const isOwn = (text: string) => /^\W*(?:and |but |so )?(?:i|i['’]m|im|we|my|our)\b/i.test(text);
  // Two counts of one thing may have to be added.
  const isCount = /\bhow (?:many|much)\b/i.test(asked);
  const onMatter = (isCount ? toldMessages(conversation) : later).filter(
    (text) =>
      (!isOwn(text) || /\b(?:i|we|my|our)\b/i.test(asked)) &&
      subjects.some((stem) => meaningsOf(text.slice(0, LONGEST)).has(stem)),
  );
  return [...spoken, ...onMatter].filter(
    (text) => hasKindAsked(asked, text) && !chosen.some((fact) => fact.source === text),
  );
}

const COMPARES = /\b(?:\p{L}{2,}er|more|less|better|worse) (?:than|,)|, (?:mine|ours|yours) or\b/iu;

/** Whether the facts tell what was, and the question asks what is, or the other way round. */
function isOfOtherTime(asked: string, chosen: readonly Fact[]): boolean {
  const areOver = chosen.every(({ text }) => OF_THEN.test(text));
  if (areOver && OF_NOW.test(asked)) return true;
  if (IS.test(asked) && chosen.every(({ text }) => USED_TO.test(text))) return true;
  return OF_EARLIER.test(asked) && !chosen.some(({ text }) => OF_THEN.test(text));
}

/** "What breed is Sultana?" is not answered by whose name that is. */
const onlyNames = (asked: string, chosen: readonly Fact[]) =>
  /^\W*(?:and |so |but )?(?:what|which) \p{L}+ (?:is|are|was|were)\b/iu.test(asked) &&
  !/\bname/i.test(asked) &&
  chosen.every(({ text }) => /\b(?:name is|is called|is named)\b/i.test(text));

/** "Who asked me?" wants a name, and "she asked you" has none. */
const lacksName = (asked: string, chosen: readonly Fact[]) =>
  /^\W*(?:and |so |but )?who\b/i.test(asked) &&
  chosen.every(({ text }) =>
    /^(?:and )?(?:he|she|they|it|that|this|somebody|someone)\b/i.test(text),
  );

/** "What don't I eat?" is not answered by what you love. */
const isOfOtherSide = (asked: string, chosen: readonly Fact[]) =>
  NOT_LIKED.test(asked) && !chosen.some(({ text }) => DENIED.test(text));

/**
 * Whether the facts have what a part of their message says, as after a correction that was
 * understood.
 */
const isIn = (part: string, chosen: readonly Fact[]) =>
  chosen.some(({ text }) => {
    const meanings = meaningsOf(text);
    return contentStems(part).every((stem) => isMet(stem, meanings));
  });

const LONGEST = 300;
/** The newest are compared: the encoder takes a millisecond for one that it has not seen. */
const MOST_COMPARED = 60;
const SAME = 0.3;
const MARGIN = 0.15;

function nearness(a: string, b: string): number {
  if (![a, b].every((text) => text.length <= LONGEST && /\p{L}/u.test(text))) return 0;
  const other = meaningOf(b);
  return meaningOf(a).reduce((sum, value, at) => sum + value * (other[at] as number), 0);
}

const IS =
  /^(?:and |so |but )?(?:what|which|who|where|how|is|are|am|do|does)\b(?!.*\b(?:was|were|did|used to|before)\b)/i;
const USED_TO =
  /^(?!.*\b(?:now|nowadays|these days|today)\b).*(?:\bused to\b|^your (?:old|former|previous)\b)/i;
const OF_EARLIER =
  /\b(?:before(?: that| then)?|previously|originally|formerly|at first|used to|(?:my|our) (?:first|old|former|previous))\b/i;
const NOT_LIKED = /\b(?:don't|do not|can't|cannot|doesn't|won't|dislike|hate|never)\b/i;
const DENIED =
  /\b(?:not|no|never|hate|dislike|avoid|stand|allergic|nothing|none|nor|neither|\p{L}+n['’]t|cannot|without|except)\b/iu;
const OF_NOW = /\b(?:now|nowadays|these days|currently|today|at the moment)\b/i;
/** What was, and not how it came to what is. */
const OF_THEN = /^(?!.*\b(?:now|these days|today|since)\b).*\b(?:was|were|used to)\b/i;

/** Words by which people say that something is not as it was. */
const changes = (text: string) =>
  /\b(?:move[ds]?|moving|pushed|shifted|changed?|switched|swapped|replaced|retired|took over|takes over|ended up|in the end|instead|raised|lowered|increased|cancell?ed|called off|postponed|delayed|brought forward|went for|decided|turned out|actually|no longer|any ?more|sold|quit|left|finally|after all|put (?:us|me)|update|correction|misread|mistake|wrong|rather|now)\b/i.test(
    text,
  );
