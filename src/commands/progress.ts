import { readFileSync, writeFileSync } from "node:fs";
import { curriculum } from "../../lessons/index.ts";
import { jsonOf } from "../clean.ts";
import { LabError, reasonOf } from "../errors.ts";
import { choice } from "../lesson/params.ts";
import { readPlainFile } from "../plain-file.ts";
import { flag, word } from "../run/flag.ts";
import { type Io, print } from "../run/io.ts";
import { openProgress, tellNotice } from "./learner.ts";
import { verb } from "./verb.ts";

/** Shows what the learner did. */
export const progress = verb({
  name: "progress",
  summary: "show what you did, or take it to another machine",
  flags: {
    format: flag(
      "--format <format>",
      choice({ default: "text", choices: ["text", "json"], help: "text or json" }),
    ),
    export: word("--export <file>", "write your progress to a file"),
    import: word("--import <file>", "put such a file in the place of your progress"),
  },
  async run(_words, options, io) {
    const { readExercises } = await import("../workbook/exercises.ts");
    const { oneLine, summaryOf } = await import("../workbook/progress/summary.ts");
    const file = openProgress();
    if (options.import !== undefined) return takeOver(options.import, io);
    const record = file.read();
    if (options.export !== undefined) {
      writeOut(options.export, `${JSON.stringify(record, undefined, 2)}\n`);
      print(io, `Your progress is in ${options.export}.\n`);
      return 0;
    }
    const summary = summaryOf(record, curriculum, readExercises());
    if (options.format === "json") {
      print(io, `${jsonOf({ ...summary, record, file: file.path }, 2)}\n`);
      return 0;
    }
    tellNotice(file, io);
    const topics = summary.topics.map(({ id, done, sections, exercises }) => {
      const counted = [
        `${sections.done} of ${sections.of} sections`,
        ...(exercises.of > 0 ? [`${exercises.passed} of ${exercises.of} exercises`] : []),
      ];
      return `  ${id}: ${counted.join(", ")}${done ? " (done)" : ""}`;
    });
    const { open } = summary.predictions;
    const quiz = open > 0 ? [`${open} predicted wrong: llm-lab quiz asks again.`] : [];
    const steps = [summary.next, summary.exercise].flatMap((step) => step?.command ?? []);
    const next = steps.map((command, at) => `${at === 0 ? "Next" : "Or"}: ${command}`);
    const lines = [oneLine(summary), "", ...topics, "", ...quiz, ...next];
    print(io, `${lines.join("\n")}\nIt is kept in ${file.path}\n`);
    return 0;
  },
});

function writeOut(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new LabError(
      `${path} cannot be written: ${isThere ? "there is such a file" : reasonOf(error)}`,
      "Name another file.",
      2,
    );
  }
}

async function takeOver(path: string, io: Io): Promise<number> {
  const { progressFrom } = await import("../workbook/progress/record.ts");
  const what = { what: "file of progress", hint: "Check the path after --import.", most: 2 ** 24 };
  const text = readPlainFile(path, what).toString("utf8");
  const file = openProgress();
  let given: ReturnType<typeof progressFrom>;
  try {
    given = progressFrom(text);
  } catch (error) {
    const why = (error as Error).message || "a newer llm-lab wrote it";
    throw new LabError(`${path} is not a progress that can be read: ${why}`, "Export it again.", 2);
  }
  const kept = `${file.path}.before-import`;
  const before = readOr(file.path);
  if (before !== undefined) writeFileSync(kept, before);
  await file.update((progress) => {
    for (const key of Object.keys(progress))
      delete (progress as unknown as Record<string, unknown>)[key];
    Object.assign(progress, given);
  });
  const aside = before === undefined ? "" : ` What was there is kept as ${kept}.`;
  print(io, `Your progress is now that of ${path}.${aside}\n`);
  return 0;
}

function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
