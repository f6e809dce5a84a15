import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { curriculum } from "../../lessons/index.ts";
import { LabError, reasonOf } from "../errors.ts";
import { word } from "../run/flag.ts";
import { print } from "../run/io.ts";
import { openProgress, tellNotice } from "./learner.ts";
import { verb } from "./verb.ts";

/** Writes a page that says what was done. */
export const certificate = verb({
  name: "certificate",
  summary: "write a page of what you did, to keep",
  argument: { spec: "[file]", help: "an HTML file; llm-lab-record.html without it" },
  flags: { name: word("--name <name>", "whose page it is") },
  async run([asked = "llm-lab-record.html"], { name }, io) {
    const { readExercises } = await import("../workbook/exercises.ts");
    const { certificatePage } = await import("../workbook/certificate.ts");
    const file = openProgress();
    const progress = file.read();
    tellNotice(file, io);
    const page = certificatePage({
      progress,
      topics: curriculum,
      exercises: readExercises(),
      name,
      now: io.now(),
    });
    if (page === undefined)
      throw new LabError("There is nothing to write down yet", "llm-lab shows where to begin.");
    const path = resolve(asked);
    try {
      writeFileSync(path, page);
    } catch (error) {
      throw new LabError(`${path} cannot be written: ${reasonOf(error)}`, "Name another file.", 2);
    }
    print(io, `${path} says what you did. Open it in a browser; it prints on one page or a few.\n`);
    return 0;
  },
});
