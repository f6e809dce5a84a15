import { sentencesOf } from "../../../language/sentences.ts";
import type { Conversation, Turn } from "./conversation.ts";
import { FactList } from "./fact-list.ts";
import { isQuestion } from "./lines.ts";
import { fromThirdPerson } from "./person.ts";
import { clausesOf } from "./statements.ts";

/** Something that was told, as it would be said to the human: "your dog is called Rex". */
export interface Fact {
  text: string;
  /** its place among all facts, the newest last */
  order: number;
  /** the human's message that told it, or changed it last; a summary and a reply have none */
  source?: string;
}

/**
 * All that the messages tell, as it stands after corrections: from summaries first, then line by
 * line.
 */
export function factsOf(conversation: Conversation): Fact[] {
  const known = read.get(conversation) ?? readFacts(conversation);
  read.set(conversation, known);
  return known;
}

/** Every skill asks for the facts of the same conversation. */
const read = new WeakMap<Conversation, Fact[]>();

function readFacts({ turns, background, line }: Conversation): Fact[] {
  const list = new FactList();
  for (const summary of background) for (const fact of factsOfSummary(summary)) list.add(fact);
  for (const turn of turns) {
    if (turn.speaker === "human") list.tell(turn.text);
    else for (const fact of factsOfAi(turn)) list.repeat(fact);
  }
  list.tell(line);
  return list.facts();
}

/** What one message of a human's states, each clause by itself, in the second person. */
export function factsOfHuman(text: string): string[] {
  const list = new FactList();
  list.tell(text);
  return list.facts().map((fact) => fact.text);
}

/** A summary tells of "the human" or "they", and quotes questions, which state nothing. */
export function factsOfSummary(summary: string): string[] {
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
    .map((clause) => fromThirdPerson(clause.replace(/^that /i, "").replace(/[\s.!]{1,9}$/, "")))
    .map((clause) => clause.replace(/^you introduced? yourself as /i, "your name is "));
}

/**
 * An earlier reply may name the human, or repeat what was told; what it did not know is no fact.
 */
function factsOfAi({ text }: Turn): string[] {
  if (/\(From the handbook: /.test(text)) return [];
  return sentencesOf(text).flatMap((sentence) => {
    if (sentence.length > LONGEST_REPLY || isQuestion(sentence) || UNSURE.test(sentence)) return [];
    const greeted =
      /^(?:hello|hi|hey|nice to meet you|pleased to meet you|welcome|thank you|thanks)[ ,]+((?:(?:Dr|Mr|Mrs|Ms|Prof)\. )?\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]+)*)[!.,]/u.exec(
        sentence.replace(/^\p{Lu}/u, (first) => first.toLowerCase()),
      );
    if (greeted?.[1] && !/^(?:There|Again|Back|Human|User)$/.test(greeted[1]))
      return [`your name is ${greeted[1]}`];
    const repeated = sentence.replace(
      /^(?:noted|yes|got it|i see|you told me|i was told|no)[,:]\s{0,3}/i,
      "",
    );
    return /^(?:you|your)\b(?! (?:can|may|should|could|must|might|need to|have to|want to|get|will need)\b)/i.test(
      repeated,
    )
      ? clausesOf(repeated).map((clause) => clause.replace(/[\s.!]{1,9}$/, ""))
      : [];
  });
}

const LONGEST_REPLY = 400;
const UNSURE =
  /\b(?:don't|do not|doesn't|nothing|cannot|can't|may say)\b|^(?:you are welcome|you sent|this is what)|^your (?:last|first|second|previous) |[“"]/i;
