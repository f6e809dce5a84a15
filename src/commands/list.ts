import titles from "lab:titles";
import { curriculum } from "../../lessons/index.ts";
import { type Io, print } from "../run/io.ts";
import { verb } from "./verb.ts";

/** Prints the lessons and their sections. */
export const list = verb({
  name: "list",
  summary: "list the lessons and their sections",
  flags: {},
  async run(_words, _options, io) {
    printLessons(io);
    return 0;
  },
});

export function printLessons(io: Io): void {
  print(io, `${lessonList(Math.min(io.stdout.columns ?? 80, 100))}\n`);
}

/** The curriculum as text of at most `width` columns. */
function lessonList(width: number): string {
  const lessons = curriculum.flatMap(({ id, title, about, sections }) => [
    ...wrap(`${id}: ${title}, ${about}.`.split(" "), width, "    ").map((line, at) =>
      at === 0 ? line : `    ${line}`,
    ),
    ...sections.flatMap((section) => {
      const words = `${id}/${section}: ${titles[`${id}/${section}`]}`.split(" ");
      return wrap(words, width - 4, "  ").map((line, at) =>
        at === 0 ? `    ${line}` : `      ${line}`,
      );
    }),
    "",
  ]);
  return [
    ...lessons,
    ...wrap(["Play", "one:", "llm-lab", "lesson", `${curriculum[0]?.id}`], width, ""),
  ].join("\n");
}

/** Words to lines; its own six lines, because `list` must start at once and the words are ours. */
function wrap(words: string[], width: number, indent: string): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const room = width - (lines.length > 1 ? indent.length : 0);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
