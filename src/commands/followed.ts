import { curriculum, needs } from "../../lessons/index.ts";
import { LabError } from "../errors.ts";
import type { Io } from "../run/io.ts";
import type { Emit } from "../trace/events.ts";
import type { ProgressFile } from "../workbook/progress/file.ts";
import { openProgress } from "./learner.ts";

/**
 * A person's lesson is written down; where that fails they are told once, and the lesson goes on.
 */
export async function followed(emit: Emit, io: Io): Promise<Emit> {
  const { followLesson } = await import("../workbook/progress/follow.ts");
  const file = openProgress();
  const follow = followLesson(file, () => io.now());
  let isFollowed = true;
  return async (event) => {
    await emit(event);
    if (!isFollowed) return;
    const told = file.notice;
    try {
      if (event.type === "section-start") {
        const text = await buildsOn(event.section, file);
        if (text !== undefined) await emit({ type: "note-shown", text });
      }
      await follow(event);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      isFollowed = false;
      await emit({ type: "note-shown", text: `${error.message}. ${error.hint}` });
    }
    if (file.notice !== told) await emit({ type: "note-shown", text: file.notice ?? "" });
  };
}

/**
 * A line about what a section builds on and the learner has not opened; undefined where nothing is.
 */
async function buildsOn(section: string, file: ProgressFile): Promise<string | undefined> {
  const { readExercises } = await import("../workbook/exercises.ts");
  const { hintOf } = await import("../workbook/progress/needs.ts");
  const { doneIn, summaryOf } = await import("../workbook/progress/summary.ts");
  const progress = file.read();
  const done = doneIn(summaryOf(progress, curriculum, readExercises()));
  return hintOf(needs[section] ?? [], progress, done);
}
