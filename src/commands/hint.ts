import { cleanAll } from "../clean.ts";
import { printStyled } from "../run/io.ts";
import { openPage, openProgress, tellNotice } from "./learner.ts";
import { verb } from "./verb.ts";

/** Prints the next hint of an exercise. */
export const hint = verb({
  name: "hint",
  summary: "print the next hint for an exercise",
  argument: { spec: "[exercise]", help: "its name or number; where you stopped without it" },
  flags: {},
  async run([asked], _options, io) {
    const { exerciseAtHand, readExercises } = await import("../workbook/exercises.ts");
    const { readHints } = await import("../workbook/hints.ts");
    const { recordOf } = await import("../workbook/progress/done.ts");
    const { proseLines } = await import("../workbook/verdict-text.ts");
    const file = openProgress();
    const exercise = exerciseAtHand(asked, readExercises(), file.read().exercise);
    const hints = readHints(exercise);
    let at = 0;
    await file.update((progress) => {
      const record = recordOf(progress, exercise.name, io.now().toISOString());
      at = Math.min(record.hints, hints.length - 1);
      record.hints = at + 1;
    });
    tellNotice(file, io);
    const page = await openPage(io);
    const title = `Exercise ${exercise.number}, ${exercise.name}: hint ${at + 1} of ${hints.length}`;
    const lines = proseLines(cleanAll(hints[at] ?? ""), page);
    const more =
      at + 1 < hints.length
        ? `llm-lab hint ${exercise.name} shows the next.`
        : `llm-lab solution ${exercise.name} shows a solution.`;
    printStyled(io, [page.style.strong(title), "", ...lines, "", page.style.faint(more)]);
    return 0;
  },
});
