import titles from "lab:titles";
import { curriculum, needs } from "../../lessons/index.ts";
import { exercisesNeeding } from "../guide/exercises.ts";
import { rangeOf } from "../guide/knobs.ts";
import { allSections } from "../guide/sections.ts";
import { chapters, handbook } from "../handbook/handbook.ts";
import type { Passage } from "../handbook/passages.ts";
import { chooseSections } from "../lesson/load.ts";
import { keyOf, passageNamed } from "../offline/topics.ts";
import { exerciseEntry, passageRow } from "./explain-rows.ts";
import { findLesson } from "./find-lesson.ts";
import { type Entry, faint, type Page, prose, type Row, rowLines, title } from "./help-page.ts";

export const lessonIds = (): string[] => curriculum.map(({ id }) => id);

export const isLesson = (word: string): boolean => lessonIds().includes(word.toLowerCase());

/**
 * A section, such as memory/window: its steps, params, what it builds on and what it sends to;
 * undefined where the word before the slash is no lesson.
 *
 * @throws LabError for a section that the lesson has not
 */
export async function sectionLines(asked: string, page: Page): Promise<string[] | undefined> {
  const [lesson = "", section = ""] = asked.toLowerCase().split("/", 2);
  if (!isLesson(lesson)) return undefined;
  if (section === "") return lessonLines(lesson, page);
  chooseSections((await findLesson(lesson)).lesson, section);
  const id = `${lesson}/${section}`;
  const found = allSections().find(([name]) => name === id)?.[1];
  if (found === undefined) return undefined;
  const sent = [found, ...found.steps].flatMap(({ passages }) => passages);
  const passages = [...new Set(sent)].flatMap((name) => passageNamed(name) ?? []);
  const steps = found.steps.map(({ title }, at): Entry => [`${at + 1}. ${title}`, ""]);
  const params = found.params.map(
    (knob): Entry => [`--set ${knob.name}=…`, `${knob.help} (${rangeOf(knob)})`],
  );
  return [
    ...title(found.title, page),
    ...faint(`a section of the lesson ${lesson}`, page),
    "",
    ...rowLines(
      [
        { label: "Play", entries: [[`llm-lab lesson ${id}`, ""]] },
        { label: "Code", entries: [[`llm-lab code ${id}`, "as a program of your own"]] },
        { label: "Steps", entries: steps },
        { label: "Params", entries: params },
        {
          label: "Needs",
          entries: (needs[id] ?? []).map((one): Entry => [one, titles[one] ?? ""]),
        },
        { label: "Write it", entries: exercisesNeeding(id).map(exerciseEntry) },
        passageRow("Words", passages),
      ],
      page,
    ),
  ];
}

const lessonNamed = (asked: string) => curriculum.find(({ id }) => id === asked.toLowerCase());

/** A lesson that has the name of a passage, too. */
export function lessonRow(asked: string): Row {
  const found = lessonNamed(asked);
  return {
    label: "Lesson",
    entries: found === undefined ? [] : [[`llm-lab lesson ${found.id}`, found.title]],
  };
}

/** A lesson: what it is about, and its sections. */
export function lessonLines(asked: string, page: Page): string[] {
  const found = lessonNamed(asked);
  if (!found) throw new Error(`there is no lesson ${asked}`);
  const { id, title: named, about, sections } = found;
  return [
    ...title(named, page),
    ...faint(`a lesson: ${about}`, page),
    "",
    ...rowLines(
      [
        { label: "Play", entries: [[`llm-lab lesson ${id}`, ""]] },
        {
          label: "Sections",
          entries: sections.map((name): Entry => [`${id}/${name}`, titles[`${id}/${name}`] ?? ""]),
        },
      ],
      page,
    ),
    ...faint(`llm-lab help ${id}/${sections[0]} tells more of one.`, page),
  ];
}

export const isChapter = (word: string): boolean => passagesOf(word).length > 0;

/** A chapter of the handbook: its passages, and what each is about. */
export function chapterLines(asked: string, page: Page): string[] {
  const passages = passagesOf(asked);
  return [
    ...title(passages[0]?.chapter ?? "", page),
    ...faint("a chapter of the handbook", page),
    "",
    ...rowLines([passageRow("Topics", passages)], page),
    ...faint(`llm-lab help ${passages[0]?.id} --chapter prints all of it.`, page),
  ];
}

/** A chapter from its first to its last passage. */
export function wholeChapter(asked: string, page: Page): string[] {
  const passages = passagesOf(asked);
  return [
    ...title(passages[0]?.chapter ?? "", page),
    ...passages.flatMap((one) => [
      "",
      ...title(`${one.title} (${one.id})`, page),
      ...prose(one.text, page),
    ]),
  ];
}

/** The passages of a chapter that is named by its title or its file. */
function passagesOf(word: string): Passage[] {
  const wanted = keyOf(word);
  const file = chapters().find(({ file }) => keyOf(file.replace(/\.md$/, "")) === wanted);
  const named = file === undefined ? undefined : /^# (.+)$/m.exec(file.markdown)?.[1]?.trim();
  return handbook().filter(
    ({ chapter }) => chapter === named || (wanted !== "" && keyOf(chapter) === wanted),
  );
}
