import { clean } from "../clean.ts";
import { terminalFacts } from "../config.ts";
import { LabError } from "../errors.ts";
import { idOfGerman } from "../guide/german.ts";
import { knobsNamed } from "../guide/knobs.ts";
import { variableNamed } from "../guide/settings.ts";
import { handbook } from "../handbook/handbook.ts";
import type { Passage } from "../handbook/passages.ts";
import { wordsOf, writtenWordsOf } from "../language/words.ts";
import { findTopic, isSlip, passageNamed } from "../offline/topics.ts";
import { type Io, printStyled } from "../run/io.ts";
import { pickLook } from "../stage/pick.ts";
import { createStyle } from "../term/style.ts";
import { truncate, wrap } from "../term/text.ts";
import {
  chapterLines,
  isChapter,
  isLesson,
  lessonIds,
  lessonLines,
  lessonRow,
  sectionLines,
  wholeChapter,
} from "./explain-parts.ts";
import { codeRow, flagRow, knobRow, passageRow, rowsOn, rowsOnMore } from "./explain-rows.ts";
import { faint, type Page, prose, type Row, rowLines, title } from "./help-page.ts";
import type { Verb } from "./verb.ts";

/** How much is told of a topic. */
interface Depth {
  /** all that is known of it, in place of a screen */
  more: boolean;
  /** the whole chapter that it stands in */
  chapter: boolean;
}

/**
 * Prints what there is on a topic: a passage of the handbook, where the lessons show it, what can
 * be turned and set, and what is near. A topic may also be a section, a lesson, a chapter, a
 * variable, a flag or a command's name misspelt. Returns the exit code.
 */
export async function explain(
  topic: string,
  depth: Depth,
  verbs: readonly Verb[],
  io: Io,
): Promise<number> {
  const { width, level } = await pickLook({ facts: terminalFacts(), stdout: io.stdout });
  const page = { width, style: createStyle(level) };
  const asked = clean(topic).replace(/\s+/g, " ").trim();
  if (asked === "") throw new LabError("Explain what?", `${EXPLAINS} ${LISTS}`, 2);
  printStyled(io, await linesOn(asked, depth, verbs, page));
  return 0;
}

const EXPLAINS = "llm-lab help temperature explains a word.";
const LISTS = "llm-lab help topics lists all.";
const MOST_QUOTED = 60;
const MOST_NEAR = 3;

async function linesOn(
  asked: string,
  depth: Depth,
  verbs: readonly Verb[],
  page: Page,
): Promise<string[]> {
  if (/^(?:topics?|handbook)$/i.test(asked)) return topicList(page);
  if (variableNamed(asked)) return variableLines(asked, page);
  if (asked.includes("/")) {
    const section = await sectionLines(asked, page);
    if (section) return section;
    if (slipFor(asked, lessonIds())) throw nothingOn(asked, verbs, findTopic(asked).passages);
  }
  const named = passageNamed(asked) ?? passageOfGerman(asked);
  if (!named && isLesson(asked)) return lessonLines(asked, page);
  if (!named && isChapter(asked))
    return depth.chapter ? wholeChapter(asked, page) : chapterLines(asked, page);
  const namesakes = namesakeRows(asked, verbs, depth.more);
  const isOneWord = !asked.includes(" ");
  const { how, passages } = named ? nearOf(named) : findTopic(asked);
  const [best, ...others] = passages;
  if (isOneWord && how !== "named" && how !== "misspelt" && namesakes.length > 0) {
    const near = passages.filter((passage) => hasName(passage, asked)).slice(0, MOST_NEAR);
    return namesakeLines(asked, [...namesakes, passageRow("Handbook", near)], page);
  }
  if (how === "unknown" || best === undefined) throw nothingOn(asked, verbs, passages);
  if (depth.chapter) return wholeChapter(best.chapter, page);
  const rows = depth.more ? rowsOnMore(best, verbs) : rowsOn(best, verbs);
  if (isLesson(asked)) rows.unshift(lessonRow(asked));
  const label = how === "named" ? "See also" : "Also near";
  const near = passageRow(label, others.slice(0, MOST_NEAR));
  const isGerman = named !== undefined && passageNamed(asked) === undefined;
  const heading = isGerman
    ? `"${asked}" is German for:`
    : `Nearest to "${quoted(asked)}" in the handbook:`;
  return [
    ...(how === "named" && !isGerman ? [] : [...faint(heading, page), ""]),
    ...passageLines(best, page),
    "",
    ...rowLines([...rows, ...(isOneWord ? [codeRow(asked, depth.more)] : []), near], page),
    ...faint(depth.more ? LISTS : `--more tells more, --chapter the whole chapter. ${LISTS}`, page),
  ];
}

/** Whether a passage has a word in its names, or a name of code in its text. */
function hasName({ id, title: named, aliases, text }: Passage, word: string): boolean {
  const words = [id.replaceAll("-", " "), named, ...aliases].flatMap(wordsOf);
  const isCode = /[a-z][A-Z]/.test(word);
  return words.includes(word.toLowerCase()) || (isCode && writtenWordsOf(text).includes(word));
}

const quoted = (text: string) => truncate(text, MOST_QUOTED);

function passageOfGerman(asked: string): Passage | undefined {
  const id = idOfGerman(asked);
  return id === undefined ? undefined : passageNamed(id);
}

function nearOf(passage: Passage): ReturnType<typeof findTopic> {
  return findTopic(passage.id);
}

/** Params, flags and code of the name that was typed. */
function namesakeRows(asked: string, verbs: readonly Verb[], all: boolean): Row[] {
  const rows = [
    knobRow(knobsNamed(asked), all ? Infinity : 5),
    flagRow(asked, verbs, all ? Infinity : 5),
    codeRow(asked, all),
  ];
  return rows.filter(({ entries }) => entries.length > 0);
}

function namesakeLines(asked: string, rows: Row[], page: Page): string[] {
  const kinds = rows.map(({ label }) => KINDS[label]).filter((kind) => kind !== undefined);
  const last = kinds.length > 1 ? ` and ${kinds.at(-1)}` : "";
  const said = `${kinds.slice(0, last === "" ? 1 : -1).join(", ")}${last}`;
  return [
    ...title(asked, page),
    ...wrap(`The name of ${said}.`, page.width),
    "",
    ...rowLines(rows, page),
    ...faint(`llm-lab help <topic> explains one. ${LISTS}`, page),
  ];
}

const KINDS: Record<string, string> = {
  Params: "a param of lessons",
  Flags: "a flag",
  "In code": "something in the code of lessons",
};

function variableLines(asked: string, page: Page): string[] {
  const found = variableNamed(asked);
  if (!found) return [];
  const { name, about, example, isInFile } = found;
  const where = isInFile
    ? "It is set in the environment, or in a file called .env in your folder."
    : "It is set in the environment.";
  const words = name.replace(/^(?:LLM_LAB|OPENAI)_/, "").replaceAll("_", " ");
  const passage = passageNamed(words);
  const rows = [
    ...(example === undefined
      ? []
      : [{ label: "Example", entries: [[`${name}=${example}`, ""]] } as Row]),
    passageRow("Handbook", passage ? [passage] : []),
  ];
  return [
    ...title(name, page),
    ...faint("a variable that llm-lab reads", page),
    "",
    ...prose(`${about} ${where}`, page),
    "",
    ...rowLines(rows, page),
  ];
}

function passageLines({ title: named, chapter, text }: Passage, page: Page): string[] {
  return [
    ...title(named, page),
    ...faint(`from the chapter: ${chapter}`, page),
    "",
    ...prose(text, page),
  ];
}

/** All passages by chapter, under the names that they are asked for by. */
function topicList(page: Page): string[] {
  const chapters = new Map<string, Passage[]>();
  for (const passage of handbook())
    chapters.set(passage.chapter, [...(chapters.get(passage.chapter) ?? []), passage]);
  return [...chapters].flatMap(([chapter, passages]) => [
    ...title(chapter, page),
    ...wrap(passages.map(({ id }) => id).join(", "), page.width - 2).map((line) => `  ${line}`),
    "",
  ]);
}

function nothingOn(topic: string, verbs: readonly Verb[], passages: Passage[]): LabError {
  const near = passages.slice(0, MOST_NEAR).map(({ id }) => id);
  const commands = verbs.filter(({ hidden }) => !hidden).map(({ name }) => name);
  const slip = slipFor(topic, [...commands, ...lessonIds()]);
  const meant = slip ? `Did you mean llm-lab help ${slip}? ` : "";
  return new LabError(
    `The handbook has nothing on "${quoted(topic)}"`,
    `${meant}The nearest topics are ${near.join(", ")}; llm-lab help topics lists all.`,
    2,
  );
}

/** The topic that was meant, where its word before a slash is a slip for one of these. */
function slipFor(topic: string, names: readonly string[]): string | undefined {
  const [first = "", ...rest] = topic.toLowerCase().split("/");
  const meant = names.find((name) => isSlip(first, name));
  return meant && [meant, ...rest].join("/");
}
