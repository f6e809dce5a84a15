import { sentencesOf } from "../../../language/sentences.ts";
import { FIRST_NAMES } from "../knowledge/first-names.ts";
import { isForeign, nameInForeign } from "../knowledge/tongues.ts";
import { isPleasantry, isQuestion, isRequest, isStatement, statedIn } from "./lines.ts";

/** No sentence that a person writes is longer; what is beyond is not taken apart. */
const LONGEST = 600;

/**
 * The statements of a message in the words that were used, a clause each, without greetings,
 * questions and commands.
 */
export function statementsOf(text: string): string[] {
  const greeted = greetingName(text);
  if (greeted.length > 0) return greeted;
  const isGreeted = /^(?:hi|hello|hey|hiya|heya|yo)\b/i.test(text.trim());
  return sentencesOf(text).flatMap((sentence) => {
    const here = /^(?:hi,? |hello,? |hey,? )?(\p{Lu}[\p{L}'’-]+) here\b/u.exec(sentence)?.[1];
    if (here !== undefined && here !== "I") return [`my name is ${here}`];
    const foreign = nameInForeign(sentence);
    if (foreign !== undefined) return [`my name is ${foreign}`];
    return isForeign(sentence) ? [] : statementsIn(sentence.slice(0, LONGEST), isGreeted);
  });
}

/**
 * "My name is Kate, no wait, Cate": what stands after the slip takes the place of the value before
 * it.
 */
function withoutSlip(sentence: string): string {
  const [, before = "", after = ""] =
    /^(.{3,200}?),? (?:no,? wait|wait,? no|no,? sorry|sorry,? no|or rather|i mean),? (.+)$/i.exec(
      sentence,
    ) ?? [];
  if (after === "") return sentence;
  const start = /^(.* (?:is|are|am|called|named|in|at|to|from|on|was)) \S.*$/i.exec(before)?.[1];
  return isStatement(after) || start === undefined ? after : `${start} ${after}`;
}

function statementsIn(sentence: string, isGreeted: boolean): string[] {
  const introduced =
    /^(?:(?:let me|allow me to|i'd like to|i want to|i will|i'll) )?introduce myself[\s:,.–-]{1,4}(?:i am |i'm |im )?(.+)$/i.exec(
      sentence,
    )?.[1];
  if (introduced !== undefined) return statementsIn(`I'm ${introduced}`, true);
  const kept = keptIn(sentence);
  if (kept !== undefined) return [kept];
  return withoutQuestions(withoutSlip(statedIn(sentence) ?? sentence))
    .map(withoutOpening)
    .filter((part) => !isQuestion(part) && !isPleasantry(part) && !isRequest(part))
    .map((part) => part.replace(/^(?:you (?:can|may|could|should)|just) (?=call me\b)/i, ""))
    .flatMap(appositions)
    .flatMap((part) => withObjects(clausesOf(part).flatMap(ofOthers)))
    .map((clause) => withSmallName(clause, isGreeted))
    .flatMap(introductions)
    .flatMap(bothVerbs)
    .map((clause) => trimEnds(withoutOpening(clause)))
    .filter((clause) => isStatement(clause) && !isQuestion(clause));
}

/**
 * "Keep this code in mind: XK-77", "remember the number 4821": the code is XK-77, the number is
 * 4821.
 */
function keptIn(sentence: string): string | undefined {
  const [, whose = "the", what, value] =
    /^(?:(?:please|can you|could you|hey|ok|so)[\s,]+)*(?:remember|memori[sz]e|note(?: down)?|write down|save|store|keep|don't forget)\b(?: (?:this|that|these|the|following|(my|our)))* ((?:\p{L}+ )?\p{L}+)(?: in mind| for me| for later)?(?::? |: ?)(?:is |= ?)?([^\s.!?]*\d[^.!?]{0,60}|["“][^"”]+["”])[.!]*$/iu.exec(
      sentence,
    ) ?? [];
  if (what === undefined || value === undefined || /\b(?:is|are|was|i|we|at|on)\b/i.test(what))
    return undefined;
  return `${whose.toLowerCase()} ${what.replace(/ (?:in mind|for me|for later)$/i, "")} is ${value}`;
}

/** Before "the dog barks", "Sue has …", "aunt bev is …": another subject with its verb. */
const OTHER_SUBJECT =
  /(?:,|,? (?:and|but|while|whereas)) (?=(?:\p{Lu}[\p{L}'’-]+|(?:[Tt]he|[Aa]n?) (?:\p{Ll}+ )?\p{Ll}+) (?:is|are|was|were|has|have|had|will|can|does|likes|costs?|\p{Ll}{2,}(?:ed|[^\Ws]s))\b|(?!(?:then|that|this|who|which|he|she|it|they|we|you|i|also|not|now)\b)(?:(?:aunt|uncle|mum|dad|mom|mr|mrs|ms|dr)\.? )?\p{Ll}+ (?:is|was|has|likes|loves|hates|plays|does|lives|works|owes|wants|drives|speaks|eats|drinks|prefers|studies|teaches|needs|knows|left|turns|starts|leaves|arrives)\b)/u;

/** "Liam has my ladder and Sue has my drill", "the cat sleeps and the dog barks": each its own. */
function ofOthers(clause: string): string[] {
  const parts = clause.split(OTHER_SUBJECT);
  const states =
    /\b(?:is|are|am|was|were|has|have|had|will|can|do|does|\p{L}{2,}(?:ed|s)|[Ii] \p{L}+|we \p{L}+)\b/u;
  return parts.length > 1 && parts.slice(0, -1).every((part) => states.test(part))
    ? parts
    : [clause];
}

/** "I don't like olives, but my brother loves them": he loves olives. */
function withObjects(clauses: string[]): string[] {
  const [before = "", ...rest] = clauses;
  const object =
    /\b(?:like|love|hate|enjoy|eat|drink|want|need|adore|prefer|play|stand|grow|collect|own|have|bought|speak|watch|read)s? ((?:\p{L}+ ){0,2}\p{L}+)[\s,]*$/iu.exec(
      before,
    )?.[1];
  if (object === undefined) return clauses;
  return [before, ...rest.map((clause) => clause.replace(/\b(?:them|it)(?=[\s.!]*$)/i, object))];
}

/** "Im bob" gives a name; after a greeting any word does that describes nobody. */
function withSmallName(clause: string, isGreeted: boolean): string {
  const [, name = ""] =
    /^(?:(?:hi|hello|hey|hiya|heya|yo)(?: there| all| everyone)?[\s,!.]+)?(?:i'?m|i’m|i am|this is|it'?s|name'?s|the name'?s) (\p{Ll}[\p{L}'’-]+)[\s.!]*$/iu.exec(
      clause,
    ) ?? [];
  if (!/^\p{Ll}/u.test(name)) return clause.replace(/^(?:the )?name'?s (?=p{L})/i, "my name is ");
  const isName =
    FIRST_NAMES.has(name) || (isGreeted && !ADJECTIVE.test(name)) || /^(?:the )?name/i.test(clause);
  return isName ? `my name is ${name}` : clause;
}

const trimEnds = (clause: string) => clause.replace(/[\s.!,;:]{1,40}$/, "");

/**
 * "hi, i'm tom": after a greeting a small letter may begin a name, if the word is no usual
 * adjective.
 */
function greetingName(text: string): string[] {
  if (text.length > 80) return [];
  const name =
    /^(?:hi|hello|hey|hiya|yo)\b[^.?]{0,20}?[\s,!.]+(?:i'?m|i am) (\p{Ll}[\p{L}'’-]+)[\s.!]*$/iu.exec(
      text.trim(),
    )?.[1];
  return name && /^\p{Ll}/u.test(name) && !ADJECTIVE.test(name) ? [`my name is ${name}`] : [];
}

const ADJECTIVE =
  /^(?:fine|good|great|well|ok|okay|tired|happy|sad|new|back|here|ready|sorry|sure|hungry|thirsty|bored|lost|late|busy|free|sick|ill|home|alone|confused|curious|stuck|excited|glad|not|so|very|a|an|the|just|from|in|at|vegan|vegetarian|pregnant|blind|deaf|old|young|tall|short|single|unemployed|nervous|afraid|sleepy|cold|hot|awake|alive|human|kidding|\p{L}+(?:ing|ed|ian|ish))$/iu;

/** "I am Bob, what is my name?": the part before the question states something. */
function withoutQuestions(sentence: string): string[] {
  const cut =
    /^(.{1,300}?)[,;:–-]\s{0,9}(?:and |so |but )?(?:what|who|where|when|how|which|why|do you|can you|did|is|are)\b/i.exec(
      sentence,
    );
  const isAsked = /\?\s{0,9}$/.test(sentence);
  if (!isAsked) return [sentence.replace(ASKED_AT_THE_END, "")];
  return cut?.[1] && !isQuestion(cut[1]) ? [cut[1]] : [];
}

/** "My name is Tim and what is 5+5": the end of a statement may ask without a mark. */
const ASKED_AT_THE_END =
  /,?\s(?:and|but|so)\s(?:what|who|where|when|how|which|whats|wheres) (?:is|are|am|was|were|do|does|did|can|should|would|much|many)\b.{0,200}$/i;

const OPENING =
  /^(?:(?:hi|hello|hey|hiya|howdy|yo|good (?:morning|afternoon|evening)|greetings|nice to meet you|oh|well|so(?! far\b)|ok|okay|yes|yeah|no(?=\s*[,.!:;–-]|\s+(?:i|i'm|it|it's|we|my|that|that's|they|he|she|wait|sorry)\b)|right|actually|sorry|correction|wrong|oops|i mean|scratch that|and|but|also|anyway|by the way|btw|fyi|just so you know|you know|you should know(?: that)?|for the record|please|(?:thanks|thank you|thx)(?: (?:so|very) much| a (?:lot|million|ton)| again)?|(?:there|everyone|all)(?=[,!.])|(?:please )?(?:(?:remember|keep in mind|don't forget|do not forget)(?: that| this(?=:)|:|,)?|note(?: that|:|,))|(?:let me|i'll|i will) tell you(?: that|:|,)?|i (?:said|told you|mentioned|want you to know)(?: that)?|did i (?:tell|mention)(?: to)?(?: you)?(?: that)?)(?![\p{L}'’-])[\s,.!:;–-]{0,9})+/iu;

function withoutOpening(sentence: string): string {
  return sentence.replace(OPENING, "").trim();
}

const SUBJECT =
  "(?:i|i'm|i’m|i've|i'll|i'd|im|we|we'll|we've|they|the human|the human's|the user|you|he|she|it|people|everyone|everybody|(?:my|our|their|your|his|her)(?=\\s(?:\\S+\\s){1,4}?(?:is|are|was|were|has|have|had|will|can|does|do|likes?|lives?|works?|\\S+[^s\\s]s|\\S+ed|\\S+['’]s)\\s|\\s\\S+['’]s\\s))";

/** "Carlos, my boss, comes from Lima": who he is, and what he does. */
function appositions(sentence: string): string[] {
  const [, name, who, rest] =
    /^((?:(?:Dr|Mr|Mrs|Ms|Prof)\.? )?\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?), ((?:my|our) (?:[\p{L}-]+ ){0,2}[\p{L}-]+), (\p{Ll}.+)$/u.exec(
      sentence,
    ) ?? [];
  return name === undefined ? [sentence] : [`${name} is ${who}`, `${name} ${rest}`];
}

/** "I live in Rome and my dog is called Rex": two things told. */
export function clausesOf(sentence: string): string[] {
  // What holds only if something does is told with its condition.
  if (/^(?:if|unless|when|whenever|in case)\b/i.test(sentence)) return [sentence];
  return sentence.split(
    new RegExp(
      `(?:[,;]\\s{0,3}(?:and|but|while|whereas)?|(?<!^(?:me|i|my \\S{1,20}|our \\S{1,20}))\\s(?:and|but|while|whereas))\\s{1,3}(?=${SUBJECT}\\s)|;\\s{1,3}|\\s[–—]\\s`,
      "i",
    ),
  );
}

/**
 * "I'm Zoë, 29, from Brazil", "I'm Marco, a barista from Turin", "I am a retired pilot living in
 * Nairobi": several things.
 */
function introductions(clause: string): string[] {
  const [, start = "", name, rest = ""] =
    /^((?:hi |hello )?(?:I am|I'm|I’m|Im|i am|i'm|im)) (\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]+){0,3}),? (?:and )?((?:\d|from|an?|the|living|working|born) ?.+)$/u.exec(
      clause,
    ) ?? [];
  if (name !== undefined) return [`${start} ${name}`, ...attributes(rest)];
  const [, small, more = ""] =
    /^(?:hi |hello )?(?:i am|i'm|i’m|im) (\p{Ll}[\p{L}'’-]+),? (?:and )?((?:\d|from|an?|living|working|born) ?.+)$/u.exec(
      clause,
    ) ?? [];
  if (small !== undefined && !ADJECTIVE.test(small) && /,/.test(clause))
    return [`my name is ${small}`, ...attributes(more)];
  const [, told] = /^(?:I am|I'm|I’m|Im|i am|i'm|im) (an? .+)$/iu.exec(clause) ?? [];
  return told === undefined ? [clause] : attributes(told);
}

/** "29, a retired pilot from Turin living in Nairobi" as statements of their own. */
function attributes(told: string): string[] {
  return told.split(/,\s+(?:and )?/).flatMap((part) => {
    const [, what, place] = /^(an? .+?) (from \p{Lu}.*)$/u.exec(part) ?? [];
    if (what !== undefined) return [...attributes(what), `I am ${place}`];
    const [, who, lives] =
      /^(.+?) (?:who is |currently |now )?(living in .+|based in .+)$/i.exec(part) ?? [];
    if (who !== undefined)
      return [`I am ${who}`, `I live ${lives?.replace(/^(?:living|based) /i, "")}`];
    return [/^(?:living|working|born)\b/i.test(part) ? asVerb(part) : `I am ${part}`];
  });
}

const asVerb = (part: string) =>
  part
    .replace(/^living/i, "I live")
    .replace(/^working/i, "I work")
    .replace(/^born/i, "I was born");

/** "I hate olives but love figs": two things told, with one subject. */
function bothVerbs(clause: string): string[] {
  const [, subject, first, second] =
    /^(I|we) (.+?),? (?:and|but) ((?:also )?(?:can't|cannot|don't|do not|love|like|hate|enjoy|prefer|adore|dislike|live|work|play|speak|study|collect)\b.+)$/i.exec(
      clause,
    ) ?? [];
  return subject === undefined ? [clause] : [`${subject} ${first}`, `${subject} ${second}`];
}
