import { sentencesOf } from "../../language/sentences.ts";
import type { Conversation, Turn } from "./conversation.ts";
import { fromThirdPerson, toSecondPerson } from "./person.ts";

/** Something that was told, as it would be said to the human: "your dog is called Rex". */
export interface Fact {
  text: string;
  /** its place among all facts, the newest last */
  order: number;
}

/** All that the messages tell: from summaries first, then line by line. */
export function factsOf({ turns, background, line }: Conversation): Fact[] {
  const told = [
    ...background.flatMap(factsOfSummary),
    ...turns.flatMap((turn) =>
      turn.speaker === "human" ? factsOfHuman(turn.text) : factsOfAi(turn),
    ),
    ...factsOfHuman(line),
  ];
  return told.map((text, order) => ({ text, order }));
}

/** What a human's message states, each clause by itself, in the second person. */
export function factsOfHuman(text: string): string[] {
  return statementsOf(text).map(toSecondPerson);
}

/** "hi, i'm tom": after a greeting a small letter may begin a name, if the word is no usual adjective. */
function greetingName(text: string): string[] {
  const name =
    /^(?:hi|hello|hey|hiya|yo)\b[^.?]{0,20}?[\s,!.]+(?:i'?m|i am) (\p{Ll}{2,})[\s.!]*$/iu.exec(
      text.trim(),
    )?.[1];
  return name && /^\p{Ll}/u.test(name) && !ADJECTIVE.test(name) ? [`my name is ${name}`] : [];
}

const ADJECTIVE =
  /^(?:fine|good|great|well|ok|okay|tired|happy|sad|new|back|here|ready|sorry|sure|hungry|bored|lost|late|busy|free|sick|ill|home|alone|confused|curious|stuck|excited|glad|not|so|very|a|an|the|just|from|in|at|\p{L}+(?:ing|ed))$/iu;

/** The statements of a message in the words that were used, less greetings and questions. */
export function statementsOf(text: string): string[] {
  const greeted = greetingName(text);
  if (greeted.length > 0) return greeted;
  return sentencesOf(text)
    .flatMap(withoutQuestions)
    .map(withoutOpening)
    .filter((sentence) => !isQuestion(sentence) && !isPleasantry(sentence) && !isRequest(sentence))
    .map((sentence) =>
      sentence.replace(/^(?:you (?:can|may|could|should)|just) (?=call me\b)/i, ""),
    )
    .flatMap((sentence) => withAntecedents(clausesOf(sentence)))
    .flatMap(nameAndRest)
    .flatMap(bothVerbs)
    .map((clause) => withoutOpening(clause).replace(/[\s.!,;:]+$/, ""))
    .filter((clause) => /\p{L}.*[\s].*[\p{L}\p{N}]/u.test(clause));
}

const QUESTION_START =
  /^(?:and |so |but |ok,? |okay,? |now,? )?(?:what|who|whom|whose|where|when|why|how|which|whats|wheres|hows|whos|do|does|did|is|are|am|was|were|can|could|would|will|should|have|has|may)\b/i;
const REQUEST_START =
  /^(?:please |can you |could you |would you )*(?:tell|remind|say|give|show|list|repeat|name|explain|define|describe|calculate|compute|add|subtract|multiply|divide|summari[sz]e|condense|translate|write|guess|recall)\b/i;

export function isQuestion(sentence: string): boolean {
  return (
    /\?["'”)]*$/.test(sentence) ||
    QUESTION_START.test(sentence) ||
    /^do you (?:remember|know|recall)\b/i.test(sentence)
  );
}

export function isRequest(sentence: string): boolean {
  return REQUEST_START.test(sentence) && !/^(?:please )?(?:call me|remember)\b/i.test(sentence);
}

/** "I am Bob, what is my name?": the part before the question states something. */
function withoutQuestions(sentence: string): string[] {
  if (!sentence.endsWith("?")) return [sentence];
  const cut =
    /^(.*?)[,;:–-]\s*(?:and |so |but )?(?:what|who|where|when|how|which|do you|can you|did)\b/i.exec(
      sentence,
    );
  return cut?.[1] && !isQuestion(cut[1]) ? [cut[1]] : [];
}

const OPENING =
  /^(?:(?:hi|hello|hey|hiya|howdy|yo|good (?:morning|afternoon|evening)|greetings|oh|well|so|ok|okay|yes|yeah|no|right|actually|sorry|and|but|also|anyway|by the way|btw|fyi|just so you know|you know|you should know(?: that)?|for the record|please|thanks|thank you|(?:there|everyone|all)(?=[,!.])|(?:please )?(?:(?:remember|keep in mind|don't forget|do not forget)(?: that| this(?=:)|:|,)?|note(?: that|:|,))|(?:let me|i'll|i will) tell you(?: that|:|,)?|i (?:said|told you|mentioned|want you to know)(?: that)?|did i (?:tell|mention)(?: to)?(?: you)?(?: that)?)(?![\p{L}'’-])[\s,.!:;–-]*)+/iu;

function withoutOpening(sentence: string): string {
  return sentence.replace(OPENING, "").trim();
}

const SUBJECT =
  "(?:i|i'm|i’m|i've|im|my|we|we're|our|they|their|the human|the human's|the user|you|your|he|she|his|her|it)";

/** "I live in Rome and my dog is called Rex": two things told. */
function clausesOf(sentence: string): string[] {
  return sentence.split(
    new RegExp(
      `(?:[,;]\\s*(?:and|but|while|whereas)?|\\s(?:and|but|while|whereas))\\s+(?=${SUBJECT}\\s)|;\\s+|\\s[–—]\\s`,
      "i",
    ),
  );
}

/** "I'm Zoë, 29, from Brazil": a name, and what else they are. */
function nameAndRest(clause: string): string[] {
  const [, start, name, rest] =
    /^(I am|I'm|I’m|Im) (\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?),? (?:and )?((?:\d|from|an?) ?.+)$/u.exec(
      clause,
    ) ?? [];
  return name === undefined ? [clause] : [`${start} ${name}`, `${start} ${rest}`];
}

/** "My brother is called Jonas and he is a pilot": he is the brother. */
function withAntecedents(clauses: string[]): string[] {
  let antecedent: string | undefined;
  return clauses.map((clause) => {
    const told =
      antecedent === undefined
        ? clause
        : clause.replace(/^(?:he|she|it)(?=(?:'s|’s)? \p{L})/iu, antecedent);
    antecedent = /^(?:my|our) \p{L}+(?= )/iu.exec(told)?.[0] ?? antecedent;
    return told.replace(/^((?:my|our) \p{L}+)['’]s (?=an? |\d)/iu, "$1 is ");
  });
}

/** "I hate olives but love figs": two things told, with one subject. */
function bothVerbs(clause: string): string[] {
  const [, subject, first, second] =
    /^(I|we) (.+?),? (?:and|but) ((?:also )?(?:love|like|hate|enjoy|prefer|adore|dislike|live|work|play|speak|study|collect)\b.+)$/i.exec(
      clause,
    ) ?? [];
  return subject === undefined ? [clause] : [`${subject} ${first}`, `${subject} ${second}`];
}

function isPleasantry(sentence: string): boolean {
  return (
    /^(?:hi|hello|hey|thanks?|thank you|bye|goodbye|good (?:morning|night|day)|nice to (?:meet|see) you|(?:not much|cool|great|fine|ok|okay|sure|yes|no|wow|nice)\b.{0,30})[\s.!,]*$/i.test(
      sentence,
    ) && !/\b(?:my|i am|i'm)\b/i.test(sentence)
  );
}

/** A summary tells of "the human" or "they", and quotes questions, which state nothing. */
function factsOfSummary(summary: string): string[] {
  return sentencesOf(summary)
    .filter((sentence) => /\b(?:the human|the user|they|their|they're)\b/i.test(sentence))
    .filter(
      (sentence) =>
        !/^(?:the (?:human|user)|they) (?:also )?(?:asks?|asked|wants? to know)\b/i.test(sentence),
    )
    .map((sentence) =>
      sentence.replace(
        /^(?:the (?:human|user)|they) (?:says?|tells?(?: the AI)?|told(?: the AI)?|said|adds?|mentions?)(?: that)? /i,
        "",
      ),
    )
    .flatMap(clausesOf)
    .map((clause) => fromThirdPerson(clause.replace(/^that /i, "").replace(/[\s.!]+$/, "")))
    .map((clause) =>
      clause
        .replace(/^you introduce yourself as /i, "your name is ")
        .replace(/^you introduced? yourself as /i, "your name is "),
    );
}

/** An earlier reply may name the human, or repeat what was told; what it did not know is no fact. */
function factsOfAi({ text }: Turn): string[] {
  return sentencesOf(text).flatMap((sentence) => {
    if (isQuestion(sentence) || /\b(?:don't|do not|doesn't|nothing|cannot|can't)\b/i.test(sentence))
      return [];
    const greeted =
      /^(?:hello|hi|hey|nice to meet you|pleased to meet you|welcome|thank you|thanks)[ ,]+((?:(?:Dr|Mr|Mrs|Ms|Prof)\. )?\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*)/u.exec(
        sentence.replace(/^\p{Lu}/u, (first) => first.toLowerCase()),
      );
    if (greeted?.[1] && !/^(?:There|Again|Back|Human|User)$/.test(greeted[1]))
      return [`your name is ${greeted[1]}`];
    const repeated = sentence.replace(
      /^(?:noted|yes|got it|i see|you told me|i was told|no)[,:]\s*/i,
      "",
    );
    return /^(?:you|your)\b/i.test(repeated)
      ? clausesOf(repeated).map((clause) => clause.replace(/[\s.!]+$/, ""))
      : [];
  });
}
