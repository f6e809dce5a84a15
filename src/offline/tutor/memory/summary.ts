import { asSentence, sentencesOf } from "../../language/sentences.ts";
import { isStopword, wordsOf } from "../../language/words.ts";
import { readLines, type Turn } from "./conversation.ts";
import { statementsOf } from "./facts.ts";
import { contentStems } from "./meanings.ts";
import { nameIn } from "./name.ts";
import { toSecondPerson, toThirdPerson } from "./person.ts";

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
  const points = [
    ...pointsOfSummary(task.summary),
    ...task.turns.flatMap((turn, at) => pointsOfTurn(turn, task.turns[at - 1])),
  ];
  return selectPoints(points);
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

/** One thing that a summary says, and what it is worth: facts of the human most, small talk least. */
interface Point {
  text: string;
  worth: number;
  /** what it is about, where a newer fact replaces an older */
  topic?: string;
}

function pointsOfSummary(summary: string): Point[] {
  return sentencesOf(summary).map((text) => ({ text, worth: worthOf(text), topic: topicOf(text) }));
}

function worthOf(text: string): number {
  if (/^The human asks/.test(text)) return 1;
  return /\b(?:the human|their|they)\b/i.test(text) ? 3 : 2;
}

function pointsOfTurn({ speaker, text }: Turn, before: Turn | undefined): Point[] {
  if (speaker === "human") {
    return statementsOf(text).map((statement) => {
      const name = nameIn(toSecondPerson(statement));
      const told = asSentence(
        name === undefined ? theHuman(toThirdPerson(statement)) : `the human's name is ${name}`,
      );
      return { text: told, worth: 3, topic: topicOf(told) };
    });
  }
  const question =
    before?.speaker === "human"
      ? sentencesOf(before.text).find((part) => /\?\s*$/.test(part))
      : undefined;
  if (isEmptyTalk(text) && !question) return [];
  const said = condense(text, 60).replace(/[.\s]+$/, "");
  if (!question) return [{ text: `The AI says: ${said}.`, worth: 2 }];
  return [
    {
      text: `The human asks "${question}" and the AI answers: ${said}.`,
      worth: wordsOf(said).length > 12 ? 2 : 1,
    },
  ];
}

/** Nothing in it but greetings and acknowledgements. */
function isEmptyTalk(text: string): boolean {
  return (
    wordsOf(text).length < 4 ||
    /^(?:hello|hi|hey|noted|thank|thanks|you are welcome|goodbye|nice|i am (?:fine|a small)|i'm (?:fine|a small)|got it)\b/i.test(
      text,
    )
  );
}

/** "their name is Ada" as "The human's name is Ada", "they live" as "The human says that they live". */
function theHuman(told: string): string {
  if (/^their\b/i.test(told)) return told.replace(/^their\b/i, "the human's");
  return `the human says that ${withSmallStart(told)}`;
}

/** "On Monday they swim" as it stands in the middle of a sentence; a name keeps its capital. */
function withSmallStart(text: string): string {
  const [first = ""] = wordsOf(text);
  return isStopword(first) && first !== "i" ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

const TOPICS: [string, RegExp][] = [
  ["name", /^the human's name is|they are called|call them\b/i],
  ["home", /\bthey (?:now )?(?:live|moved|have moved)\b/i],
  ["age", /\bthey (?:are|turned) \d+\b/i],
  ["job", /\bthey (?:now )?work as\b|^the human's (?:job|profession) is/i],
];

/** What a point is about, where only the newest can be true; a brother may be called Jonas and be a pilot too. */
function topicOf(text: string): string | undefined {
  const named = TOPICS.find(([, pattern]) => pattern.test(text))?.[0];
  const owned =
    /^the human's ((?:favou?rite )[\p{L}]+|(?:phone|email|address|birthday|age|number|password|nickname|surname)) (?:number |address )?(?:is|are)\b/iu;
  return named ?? owned.exec(text)?.[1]?.toLowerCase();
}

/** The points that fit, in their order: a newer fact replaces the older, and what is worth least goes first. */
function selectPoints(points: Point[]): string {
  const kept = points.filter(({ text, topic }, at) =>
    points
      .slice(at + 1)
      .every((later) => later.text !== text && (topic === undefined || later.topic !== topic)),
  );
  const length = () => kept.reduce((sum, { text }) => sum + wordsOf(text).length, 0);
  while (kept.length > 1 && length() > MOST_WORDS) {
    const least = Math.min(...kept.slice(0, -1).map((point) => point.worth));
    kept.splice(
      kept.findIndex((point) => point.worth === least),
      1,
    );
  }
  return kept.length === 0
    ? "The human and the AI greet each other."
    : kept.map((point) => point.text).join(" ");
}

/** The sentences that carry most, shortened, in their order, joined to one; at most so many words. */
function condense(text: string, most: number): string {
  const sentences = sentencesOf(text)
    .map(shorten)
    .filter((sentence) => wordsOf(sentence).length > 1);
  if (sentences.length === 0) return text.trim().slice(0, 200);
  const counts = new Map<string, number>();
  for (const stem of sentences.flatMap(contentStems)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const ranked = sentences
    .map((sentence, at) => ({ sentence, at, score: scoreOf(sentence, counts) }))
    .sort((a, b) => b.score - a.score);
  const kept: typeof ranked = [];
  let words = 0;
  for (const candidate of ranked) {
    words += wordsOf(candidate.sentence).length;
    if (kept.length > 0 && words > most) break;
    kept.push(candidate);
  }
  const inOrder = kept
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence.replace(/[.\s]+$/, ""));
  return limitWords(inOrder.join("; "), most + 20);
}

/** Figures, names and words that come again are what a reader would miss. */
function scoreOf(sentence: string, counts: Map<string, number>): number {
  const stems = contentStems(sentence);
  const repeated = stems.reduce((sum, stem) => sum + (counts.get(stem) ?? 0), 0);
  const figures = (sentence.match(/\d+/g) ?? []).length;
  const names = (sentence.slice(1).match(/\p{Lu}\p{L}+/gu) ?? []).length;
  return (repeated + 2 * figures + names) / Math.sqrt(stems.length + 2);
}

/** A sentence less its asides. */
function shorten(sentence: string): string {
  return sentence
    .replace(/\s*\([^)]*\)/g, "")
    .replace(
      /,? (?:which|who) (?:will|is|are|was|were|has|have|can)\b[^,.;]*(?:because[^.;]*)?/gi,
      "",
    )
    .replace(/,? because\b[^.;]*/gi, "")
    .replace(/\b(?:very|really|quite|just|such a|actually|basically) /gi, "")
    .trim();
}

function limitWords(text: string, most: number): string {
  const words = text.split(/\s+/);
  return words.length <= most ? text : `${words.slice(0, most).join(" ")} …`;
}
