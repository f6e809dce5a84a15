import { loadSection } from "../lesson/load.ts";
import { integer, paramsRead, valuesOf } from "../lesson/params.ts";
import type { Lesson } from "../lesson/types.ts";
import { optional, word } from "../run/flag.ts";
import { endpointFlags, outputFlags } from "../run/flags.ts";
import { type Io, print } from "../run/io.ts";
import { openRun, type Run } from "../run/open.ts";
import type { LabEvent, ParamValue } from "../trace/events.ts";
import type { ProgressFile } from "../workbook/progress/file.ts";
import { type Due, duePredictions, lessonOfStep, otherValues } from "../workbook/quiz.ts";
import { findLesson } from "./find-lesson.ts";
import { openProgress, tellNotice } from "./learner.ts";
import { verb } from "./verb.ts";

/** Asks again what was predicted wrong, with other values. */
export const quiz = verb({
  name: "quiz",
  summary: "predict again what you predicted wrong, with other values",
  flags: {
    most: optional(
      "--most <number>",
      integer({ default: 5, min: 1, max: 99, help: "how many questions at the most" }),
    ),
    answers: word("--answers <list>", "answers to the questions, in order: yes,no,2"),
    ...endpointFlags,
    ...outputFlags,
  },
  async run(_words, options, io) {
    const file = openProgress();
    const due = duePredictions(file.read()).slice(0, options.most ?? 5);
    tellNotice(file, io);
    if (due.length === 0) {
      print(io, "You predicted nothing wrong so far, so there is nothing to ask again.\n");
      return 0;
    }
    const run = await openRun(options, io);
    try {
      for (const [at, one] of due.entries())
        if (!(await askAgain(one, { run, file, options, io, isFirst: at === 0 }))) break;
    } finally {
      await run.close();
    }
    const left = duePredictions(file.read()).length;
    const said = left === 0 ? "All are right now." : `Still to ask again: ${left}.`;
    if (!io.signal.aborted) print(io, `${said}\n`);
    return 0;
  },
});

interface Asking {
  run: Run;
  file: ProgressFile;
  options: Parameters<typeof openRun>[0];
  io: Io;
  isFirst: boolean;
}

/** Plays one step, with its question. @returns whether to go on */
async function askAgain(due: Due, { run, file, options, io, isFirst }: Asking): Promise<boolean> {
  const { play } = await import("../lesson/play.ts");
  const { kitOpener } = await import("../kits/all.ts");
  const { portsOf } = await import("../run/ports.ts");
  const { predictionChange } = await import("../workbook/progress/follow.ts");
  const id = `${due.lesson}/${due.section}`;
  const lesson = await findStep(due);
  // A newer llm-lab may have no such step any more.
  if (lesson === undefined) {
    await file.update(({ predictions }) => delete predictions[`${id}/${due.step}`]);
    return true;
  }
  const outcome = await play({
    lesson,
    sections: [due.section],
    settings: { [id]: await valuesFor(lesson, due) },
    emit: async (event) => {
      if (event.type === "run-start" ? isFirst : !HIDDEN.has(event.type)) await run.emit(event);
      if (event.type !== "prediction-judged") return;
      const at = io.now().toISOString();
      const change = predictionChange(`${id}/${due.step}`, event.right, at);
      if (change) await file.update(change);
    },
    // The step runs at once: what matters is its question.
    ask: async (question) =>
      question.kind === "move" && question.at === "before"
        ? { value: "next", by: "list" }
        : run.stage.ask(question),
    connect: run.connect,
    run: run.about,
    openKit: kitOpener(portsOf(run, options, io), "open"),
    signal: io.signal,
  });
  return outcome === "done" || outcome === "partly";
}

async function findStep(due: Due): Promise<Lesson | undefined> {
  try {
    const { lesson } = await findLesson(`${due.lesson}/${due.section}`);
    const one = lessonOfStep(lesson, due);
    const { steps } = await loadSection(one, due.section);
    return steps.length > 0 ? one : undefined;
  } catch {
    return undefined;
  }
}

/** One question needs no lesson around it. */
const HIDDEN = new Set<LabEvent["type"]>(["lesson-start", "lesson-end"]);

async function valuesFor(lesson: Lesson, { section }: Due): Promise<Record<string, ParamValue>> {
  const { params, steps } = await loadSection(lesson, section);
  const read = Object.keys(paramsRead(steps[0]?.code.text ?? "", valuesOf(params, {})));
  return otherValues(params, read, (count) => Math.floor(Math.random() * count));
}
