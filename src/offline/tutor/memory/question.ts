import { stemOf } from "../../../language/stems.ts";
import { wordsOf } from "../../../language/words.ts";
import { contentStems } from "./meanings.ts";

export const asksForName = (asked: string) => /\bnames?\b|\bnamed\b|\bcall(?:ed)?\b/i.test(asked);

export function asksForOwnName(asked: string): boolean {
  return /\bmy (?:full |first |own |real |actual )?names?\b|\bwho (?:am i|i am)\b|\bwho is (?:speaking|this|talking|writing)\b|\bwho'?s (?:speaking|this|talking|writing)\b|\bwhat (?:am i|i am|i'm|im) called\b|\bwhat (?:should|do|can|shall|would|must) you call me\b|\bwhat (?:do|does) (?:people|they|everyone|everybody|my friends|(?:\p{L}+ ){1,2}?)call me\b|\bam i called\b/iu.test(
    asked,
  );
}

export function asksForOrigin(asked: string): boolean {
  return /\b(?:where|which (?:city|country|town|place)|what (?:city|country|town|place))\b.*\b(?:am i|do i come|i am|i'm|i come|are we|do we come)\b.*\bfrom\b/i.test(
    asked,
  );
}

export function asksForHome(asked: string): boolean {
  return /\b(?:where|which (?:city|country|town|place)|what (?:city|country|town|place))\b.*\b(?:(?:do|did) (?:i|we) (?:now |currently )?(?:live|reside)|(?:i|we) live|am i living|is my home)\b(?! with)/i.test(
    asked,
  );
}

export const asksForAge = (asked: string) =>
  /\bhow old (?:am i|i am|i'm)\b|\bmy age\b|\bwhat age am i\b/i.test(asked);

export function asksForJob(asked: string): boolean {
  return /\bmy (?:old |current |new )?(?:job|profession|occupation|work|career|trade)\b|\bdo for (?:a|my) living\b|\bwhat do i (?:do|work as|work)(?! (?:on|in|at|every|after|before|with|this|next|when|to|for (?!a living))\b)\b|\bwhat i do\b|\bwhat (?:is|was) it (?:that )?i do\b|\bwhat (?:kind of )?work do i\b|\bwho do i work for\b/i.test(
    asked,
  );
}

/** "What is my dog's name?": the thing itself is asked for. */
export const asksForOwned =
  /^\W*(?:and |so |but |ok )?(?:(?:what|who|whats|which)(?:'s|s)?|tell|say|do|can|could|you|remind|repeat|remember|know|me|please|is|are|was|were|the|name|names|of|called|again|what's|\s)*\b((?:my|our) [\p{L}\p{N}'’ -]{2,40}?)(?=\s+(?:is|was|are|were|called|named|again|live|work|do|does|like)\b|[?.!,]|$)/iu;

/**
 * Whether a question is about more than one kind of fact, such as a name, an age or something
 * owned.
 */
export const isOpen = (asked: string) =>
  !asksForOwnName(asked) &&
  !asksForOrigin(asked) &&
  !asksForHome(asked) &&
  !asksForAge(asked) &&
  !asksForJob(asked) &&
  !asksForOwned.test(asked) &&
  !/\b(?:do|have|did) (?:i|we) (?:have|own|got|like|love)\b|\bmy birthday\b|\bborn\b/i.test(asked);

/** The part of a question that says what it is about. */
export function subjectOf(asked: string): string {
  return asked
    .replace(/^(?:so|and|but|ok|okay|now|please|hey|hi|hello)[\s,]+/i, "")
    .replace(
      /\b(?:do|can|could|would) you (?:still |please |maybe )?(?:remember|know|recall|tell me|remind me|say)\b/i,
      "",
    )
    .replace(
      /\b(?:did|have) i (?:already )?(?:say|said|tell you|told you|mention(?:ed)?|ask(?:ed)? you)\b(?: that| to remember)?/i,
      "",
    )
    .replace(/\bi (?:said|told you|mentioned)\b/i, "")
    .replace(/\be-?mail address\b/i, "email")
    .replace(/\b(?:tele)?phone number\b/i, "phone");
}

/** "Do I like tea?"; a question that offers a choice, "tea or coffee?", wants more than yes. */
export const isYesNo = (asked: string) =>
  /^(?:and |so |but )?(?:is|are|am|was|were|do|does|did|have|has|can|could|will)\b(?! you (?:remember|know|recall|tell|say))/i.test(
    asked,
  ) && !/\bor\b/i.test(asked);

/**
 * In "is my dog called Rex?" Rex may turn out to be wrong; in "am I allergic to nuts?" so may nuts.
 */
export function isValue(stem: string, asked: string): boolean {
  const last = wordsOf(asked).map(stemOf).at(-1);
  return stem === last && contentStems(asked).length > 1;
}

export function isAboutHuman(asked: string): boolean {
  if (
    /^(?:and |so |but )?how (?:do|can|could|should|would|might) (?:i|we|you)\b(?! (?:get to|travel to|go to|spell my|take my|like my))/i.test(
      asked,
    )
  )
    return false;
  // "If I want the same answer, high or low?", "why does the bot forget my name?"
  if (
    /^(?:and |so |but |ok )?if (?:i|we|you)\b/i.test(asked) ||
    /\b(?:should|must|need to|have to) (?:i|we)\b|\bdo (?:i|we) need\b|^which (?:one|of (?:them|those|these))\b/i.test(
      asked,
    ) ||
    /\b(?:the|an?|this|that|your) (?:ai |chat ?)?(?:bot|chatbot|model|llm|ai|app|chain|agent|prompt)s?\b/i.test(
      asked,
    )
  )
    return false;
  // "Which memory should I use?" asks for advice.
  if (
    /^(?:and |so |but )?(?:when|why|where|which|what)\b.{0,60}\b(?:should|could|must|would) (?:i|we|you)\b/i.test(
      asked,
    )
  )
    return false;
  return /(?<![\p{L}'])(?:my|i|i'm|me|mine|we|our|us)(?![\p{L}])/iu.test(
    subjectOf(asked)
      .replace(
        /\b(?:tell|remind|give|show|write|make|send|sing|read|teach|help|let|recommend|explain to|explain \S+ to|(?:to|for)) me\b/gi,
        "",
      )
      .replace(OF_A_PROGRAM, "the $1"),
  );
}

/** "Why does my chatbot forget?" asks about chatbots. */
const OF_A_PROGRAM =
  /\b(?:my|our) ((?:ai |own )?(?:chat ?bots?|bots?|llms?|models?|prompts?|chains?|agents?|retrievers?|embeddings?|vectors?|tokens?|vector (?:store|database)|index|chunks?|context(?: window)?|api keys?|temperature|tokenizer))\b(?! (?:called|named|name))/gi;
