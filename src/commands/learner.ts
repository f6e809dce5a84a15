import { join, relative } from "node:path";
import { dataFolder, terminalFacts } from "../config.ts";
import { type Io, print } from "../run/io.ts";
import { pickLook } from "../stage/pick.ts";
import { createStyle } from "../term/style.ts";
import { ProgressFile } from "../workbook/progress/file.ts";
import type { Page } from "../workbook/verdict-text.ts";

/** How wide and colourful text about exercises is; paths are shown from the folder at hand. */
export async function openPage(io: Io): Promise<Page> {
  const { width, level } = await pickLook({ facts: terminalFacts(), stdout: io.stdout });
  return {
    width,
    style: createStyle(level),
    pathOf: (file) => relative(process.cwd(), file) || file,
  };
}

export function openProgress(): ProgressFile {
  return new ProgressFile(join(dataFolder(), "progress.json"));
}

/** Says what the learner must know of the file of their progress, once it was read. */
export function tellNotice({ notice }: ProgressFile, io: Io): void {
  if (notice !== undefined) print(io, `${notice}\n`);
}
