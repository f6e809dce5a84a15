import { environment, exerciseEnvironment } from "../config.ts";
import { toggle } from "../run/flag.ts";
import { printStyled } from "../run/io.ts";
import { openKeyboard } from "../stage/keyboard.ts";
import { openPage, openProgress } from "./learner.ts";
import { verb } from "./verb.ts";

/** Checks the exercise at hand at each save. */
export const watch = verb({
  name: "watch",
  summary: "check an exercise each time you save it",
  argument: { spec: "[exercise]", help: "its name or number; where you stopped without it" },
  flags: {
    poll: toggle("--poll", "look at the file every half second: for WSL, Docker, network drives"),
  },
  async run([asked], { poll }, io) {
    const { findExercise, readExercises } = await import("../workbook/exercises.ts");
    const { findFolder } = await import("../workbook/folder.ts");
    const { watchExercises } = await import("../workbook/watch.ts");
    const { exerciseListLines } = await import("../workbook/list-text.ts");
    const exercises = readExercises();
    const first = asked === undefined ? undefined : findExercise(asked, exercises);
    const folder = findFolder(process.cwd(), exercises);
    const page = await openPage(io);
    const keyboard = openKeyboard(io);
    const promptLines = keyboard.rows && Math.max(5, keyboard.rows - 16);
    try {
      await watchExercises({
        exercises,
        first,
        folder,
        progress: openProgress(),
        env: exerciseEnvironment(),
        poll,
        page: { ...page, promptLines },
        say: (lines) => printStyled(io, lines),
        keys: keyboard.keys,
        inTurn: keyboard.rows === undefined,
        openEditor: (file, onFail) => void openEditor(file, onFail),
        listLines: (progress) => exerciseListLines(exercises, progress, page),
        signal: io.signal,
        now: () => io.now(),
      });
    } finally {
      keyboard.close();
    }
    return 0;
  },
});

async function openEditor(file: string, onFail: (why: string) => void): Promise<void> {
  const { VISUAL, EDITOR } = environment();
  const editor = VISUAL || EDITOR;
  if (/^(?:n?vim?|nano|micro|helix|hx|emacs -nw|joe)\b/.test(editor?.split("/").at(-1) ?? ""))
    return onFail(`${editor} needs a terminal of its own: open ${file} there.`);
  const { default: launch } = await import("launch-editor");
  launch(file, () => onFail(`Open ${file} yourself, or name your editor in EDITOR.`));
}
