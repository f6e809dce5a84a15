import { asSentence, sentencesOf } from "../../../language/sentences.ts";
import { isStopword, wordsOf } from "../../../language/words.ts";
import { condense } from "./condense.ts";
import { readLines, type Turn } from "./conversation.ts";
import { FactList } from "./fact-list.ts";
import { factsOfSummary } from "./facts.ts";
import { nameIn } from "./name.ts";
import { fromSecondPerson } from "./person.ts";

/** What a request asks to be condensed. */
interface Task {
  /** the summary so far */
  summary: string;
  turns: Turn[];
  /** text that is no conversation */
  text: string;
}

/** How long a summary may get, in words; what is worth least goes first. */
const MOST_WORDS = 120;

/** Follows a prompt that asks for a summary; undefined for any other. */
export function condenseAsAsked(prompt: string): string | undefined {
  const task = readTask(prompt);
  if (!task) return undefined;
  if (task.turns.length === 0)
    return asSentence(
      condense(task.text, /\b(?:1|one|a single) sentence\b/i.test(prompt) ? 22 : 40),
    );
  return selectPoints(pointsOf(task));
}

function readTask(prompt: string): Task | undefined {
  const progressive =
    /Current summary:\s*([\s\S]*?)\s*New lines of conversation:\s*([\s\S]*?)\s*New summary:\s*$/.exec(
      prompt.replace(/\bEXAMPLE\n[\s\S]*?END OF EXAMPLE/, ""),
    );
  if (progressive)
    return {
      summary: progressive[1] ?? "",
      turns: readLines(progressive[2] ?? "").turns,
      text: "",
    };
  const extracted = /<messages>\s*(?:Messages to summarize:\s*)?([\s\S]*?)<\/messages>/.exec(
    prompt,
  );
  if (extracted) return withSummary(withoutSpeakerNames(readLines(extracted[1] ?? "").turns));
  const plain =
    /^\s*(?:please |can you |could you )?(?:summari[sz]e|condense|sum up|shorten)\b[^:\n]*[:\n]\s*([\s\S]+)$/i.exec(
      prompt,
    );
  if (!plain?.[1]) return undefined;
  const { turns } = readLines(plain[1]);
  return { summary: "", turns, text: plain[1] };
}

/** LangChain writes a message's name before its text: "AI: model, Hello!". */
function withoutSpeakerNames(turns: Turn[]): Turn[] {
  const replies = turns.filter((turn) => turn.speaker === "ai");
  const name = /^[\p{L}_-]+, /u.exec(replies[0]?.text ?? "")?.[0];
  if (name === undefined || !replies.every((turn) => turn.text.startsWith(name))) return turns;
  return turns.map((turn) =>
    turn.speaker === "ai" ? { ...turn, text: turn.text.slice(name.length) } : turn,
  );
}

/** A conversation may begin with the summary of what came before it. */
function withSummary(turns: Turn[]): Task {
  const [first, ...rest] = turns;
  const earlier = /^here is a summary\b[^\n]*:\s*([\s\S]*)$/i.exec(first?.text ?? "");
  return earlier
    ? { summary: earlier[1] ?? "", turns: rest, text: "" }
    : { summary: "", turns, text: "" };
}

/**
 * One thing that a summary says, and what it is worth: what the human told most, what was asked and
 * answered least.
 */
interface Point {
  text: string;
  worth: number;
  /** what it is about, where a newer fact replaces an older */
  topic?: string;
}

const WORTH = { name: 6, self: 5, fact: 4, longAnswer: 2, saying: 1.5, trivia: 1 };

/** What the human told, as it stands after what they corrected, and then what else was said. */
function pointsOf({ summary, turns }: Task): Point[] {
  const list = new FactList();
  const others: Point[] = [];
  for (const sentence of sentencesOf(summary)) {
    const facts = isOfHuman(sentence) ? factsOfSummary(sentence) : [];
    if (facts.length > 0) for (const fact of facts) list.add(fact);
    else others.push({ text: sentence, worth: worthOf(sentence) });
  }
  for (const [at, turn] of turns.entries()) {
    if (turn.speaker === "human") list.tell(turn.text);
    else others.push(...pointsOfReply(turn, turns[at - 1]));
  }
  return [...list.facts().map(({ text }) => pointOfFact(text)), ...others];
}

const isOfHuman = (sentence: string) =>
  /\b(?:the human|their|they)\b/i.test(sentence) && !/^The (?:human asks|AI) /i.test(sentence);

function pointOfFact(fact: string): Point {
  const name = nameIn(fact);
  const text = asSentence(
    name === undefined ? theHuman(fromSecondPerson(fact)) : `the human's name is ${name}`,
  );
  const topic = topicOf(text);
  const isSelf = topic !== undefined && topic in SELF;
  return { text, topic, worth: name !== undefined ? WORTH.name : isSelf ? WORTH.self : WORTH.fact };
}

function worthOf(text: string): number {
  if (/^The human asks/.test(text)) return isTrivia(text) ? WORTH.trivia : WORTH.longAnswer;
  return WORTH.saying;
}

/** A short answer, or one that the handbook gives again any time. */
const isTrivia = (answer: string) =>
  wordsOf(answer).length <= 25 || /From the handbook/.test(answer);

function pointsOfReply({ text }: Turn, before: Turn | undefined): Point[] {
  const question =
    before?.speaker === "human"
      ? sentencesOf(before.text).find((part) => /\?\s*$/.test(part))
      : undefined;
  if (isEmptyTalk(text) && !question) return [];
  // Which passage it was is no part of what was said.
  const isQuoted = /\(From the handbook: /.test(text);
  const said = condense(text.replace(/ ?\(From the handbook: [^)]*\)/g, ""), 60).replace(
    /[.\s]{1,9}$/,
    "",
  );
  if (!question) return [{ text: `The AI says: ${said}.`, worth: WORTH.saying }];
  return [
    {
      text: `The human asks "${question}" and the AI answers: ${said}.`,
      worth: wordsOf(said).length > 12 && !isQuoted ? WORTH.longAnswer : WORTH.trivia,
    },
  ];
}

/** Nothing in it but greetings and acknowledgements. */
function isEmptyTalk(text: string): boolean {
  return (
    wordsOf(text).length < 4 ||
    /^(?:hello|hi|hey|noted|thank|thanks|you are welcome|goodbye|nice|i am (?:fine|a small)|i'm (?:fine|a small)|got it|all right|i do not understand)\b/i.test(
      text,
    )
  );
}

/**
 * "their name is Ada" as "The human's name is Ada", "they live" as "The human says that they live".
 */
function theHuman(told: string): string {
  if (/^their\b/i.test(told)) return told.replace(/^their\b/i, "the human's");
  return `the human says that ${withSmallStart(told)}`;
}

/** "On Monday they swim" as it stands in the middle of a sentence; a name keeps its capital. */
function withSmallStart(text: string): string {
  const [first = ""] = wordsOf(text);
  return isStopword(first) && first !== "i" ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** What somebody is, before what they like. */
const SELF = { home: 1, age: 1, job: 1, origin: 1 };

const TOPICS: [string, RegExp][] = [
  ["name", /^the human's name is|they are called|call them\b/i],
  ["home", /\bthey (?:now )?(?:live|moved|have moved)\b/i],
  ["age", /\bthey (?:are|turned) \d+\b/i],
  ["origin", /\bthey are (?:originally )?from\b/i],
  ["job", /\bthey (?:now )?work as\b|^the human's (?:job|profession) is/i],
];

/**
 * What a point is about, where only the newest can be true; a brother may be called Jonas and be a
 * pilot too.
 */
function topicOf(text: string): string | undefined {
  const named = TOPICS.find(([, pattern]) => pattern.test(text))?.[0];
  const owned =
    /^the human's ((?:favou?rite )[\p{L}]+|(?:phone|email|address|birthday|age|number|password|nickname|surname)) (?:number |address )?(?:is|are)\b/iu;
  return named ?? owned.exec(text)?.[1]?.toLowerCase();
}

/**
 * The points that fit, in their order: a newer fact replaces the older, and what is worth least
 * goes first.
 */
function selectPoints(points: Point[]): string {
  const newest = new Map(points.map((point, at) => [point.topic ?? point.text, at]));
  const kept = points.filter(({ topic, text }, at) => newest.get(topic ?? text) === at);
  const lengths = new Map(kept.map((point) => [point, wordsOf(point.text).length]));
  let length = [...lengths.values()].reduce((sum, words) => sum + words, 0);
  // The last point is what was just said, which the next question may be about.
  const cheapest = kept
    .slice(0, -1)
    .map((point, at) => ({ point, at }))
    .sort((a, b) => a.point.worth - b.point.worth || a.at - b.at);
  const dropped = new Set<Point>();
  for (const { point } of cheapest) {
    if (length <= MOST_WORDS) break;
    dropped.add(point);
    length -= lengths.get(point) ?? 0;
  }
  const left = kept.filter((point) => !dropped.has(point));
  return left.length === 0
    ? "The human and the AI greet each other."
    : left.map((point) => point.text).join(" ");
}
