import titles from "lab:titles";
import { curriculum, needs } from "../../lessons/index.ts";
import type { Io } from "../run/io.ts";
import { openStage } from "../run/open.ts";
import type { Summary } from "../workbook/progress/summary.ts";
import { openProgress } from "./learner.ts";
import { printLessons } from "./list.ts";
import { runVerb } from "./verb.ts";

/** A menu in a terminal, the list in a pipe; returns the exit code of what was chosen. */
export async function menu(io: Io): Promise<number> {
  const stage = await openStage({}, io);
  if (!stage.interactive) {
    await stage.close();
    printLessons(io);
    return 0;
  }
  const { question, entries } = await home();
  const choices = entries.map((entry) => entry.title);
  const answer = await stage.ask({
    kind: "choice",
    question,
    choices,
    start: choices[0],
    fallback: null,
  });
  await stage.close();
  const chosen = entries.find((entry) => entry.title === answer.value);
  return chosen && !io.signal.aborted ? chosen.run(io) : 0;
}

interface Entry {
  title: string;
  run(io: Io): Promise<number>;
}

/** What can be done, and first of all what comes next; the question says how far the learner is. */
async function home(): Promise<{ question: string; entries: Entry[] }> {
  const { readExercises } = await import("../workbook/exercises.ts");
  const { exerciseLine } = await import("../workbook/exercise-line.ts");
  const { stateOf } = await import("../workbook/progress/needs.ts");
  const { doneIn, oneLine, summaryOf } = await import("../workbook/progress/summary.ts");
  const file = openProgress();
  const progress = file.read();
  const exercises = readExercises();
  const summary = summaryOf(progress, curriculum, exercises);
  const isBegun =
    Object.keys(progress.sections).length + Object.keys(progress.exercises).length > 0;
  const lessons = curriculum.flatMap(({ id, title, sections }, at) => [
    entryFor(at === 0 && !isBegun ? `${id}: ${title} (start here)` : `${id}: ${title}`, id),
    ...sections.map((section) => {
      const name = `${id}/${section}`;
      const state = stateOf(name, needs, progress, doneIn(summary));
      return entryFor(`  ${name}: ${titles[name]}${state}`, name);
    }),
    ...exercises
      .filter(({ topic }) => topic === id)
      .map((one) => exerciseEntry(`  exercise ${exerciseLine(one, progress)}`, one.name)),
  ]);
  const { memoryKinds } = await import("../chat/kinds.ts");
  const chats = Object.entries(memoryKinds).map(([name, { title }]) => ({
    title: `Chat with ${title}`,
    run: async (io: Io) => runVerb((await import("./chat.ts")).chat, name, io),
  }));
  const { exercise } = summary;
  const writing = exercise ? [exerciseEntry(`Or: ${exercise.what}`, exercise.exercise)] : [];
  const next = isBegun ? [nextEntry(summary), ...writing] : [];
  const told = [file.notice, isBegun ? oneLine(summary) : undefined, "What would you like to do?"];
  return {
    question: told.filter((part) => part !== undefined).join(" "),
    entries: [...next, ...lessons, ...chats],
  };
}

/** Goes on where the learner stopped: with a lesson, in its middle too, or with an exercise. */
function nextEntry({ next }: Summary): Entry {
  const title = `Next: ${next.what}`;
  if ("exercise" in next) return exerciseEntry(title, next.exercise);
  if (!("section" in next))
    return {
      title,
      run: async (io) => runVerb((await import("./certificate.ts")).certificate, undefined, io),
    };
  const { section, step } = next;
  return {
    title,
    run: async (io) => runVerb((await import("./lesson.ts")).lesson, section, io, { step }),
  };
}

function exerciseEntry(title: string, name: string): Entry {
  return {
    title,
    run: async (io) => runVerb((await import("./watch.ts")).watch, name, io),
  };
}

function entryFor(title: string, wanted: string): Entry {
  return {
    title,
    run: async (io: Io) => runVerb((await import("./lesson.ts")).lesson, wanted, io),
  };
}
