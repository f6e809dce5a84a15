import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { countOf } from "../format.ts";
import { npxFrom } from "../package-file.ts";
import { print } from "../run/io.ts";
import { makeWorkbook, WORKBOOK } from "../workbook/folder.ts";
import { verb } from "./verb.ts";

/** Makes a folder with the exercises. */
export const init = verb({
  name: "init",
  summary: "make a folder with the exercises",
  argument: { spec: "[folder]", help: `where; ${WORKBOOK} without it` },
  flags: {},
  notes: "Nothing that is there already is changed; run it again for exercises that are new.",
  async run([asked = WORKBOOK], _options, io) {
    const { readExercises } = await import("../workbook/exercises.ts");
    const path = resolve(asked);
    const { written, kept } = makeWorkbook(path, readExercises());
    const exercises = written.filter((name) => /^\d\d-/.test(name)).length;
    const here = relative(process.cwd(), path) || ".";
    const into = here === "." ? "this folder" : here;
    const lines = [
      `${countOf(exercises, "exercise file")} written to ${into}.`,
      ...(kept.length > 0
        ? [
            `${countOf(kept.length, "file")} there already stayed as ${kept.length === 1 ? "it was" : "they were"}.`,
          ]
        : []),
      "",
      "Go on with:",
      ...(here === "." ? [] : [`  cd ${/\s/.test(here) ? JSON.stringify(here) : here}`]),
      `  ${installCommand(path)}   # types for your editor; without it the checks work too`,
      `  ${npxFrom(path)} watch`,
    ];
    print(io, `${lines.join("\n")}\n`);
    return 0;
  },
});

/** A package manager may refuse a folder inside somebody's workspace that is no member of it. */
function installCommand(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "pnpm-workspace.yaml"))) return "pnpm install --ignore-workspace";
    if (dirname(folder) === folder) return "npm install";
  }
}
