import { statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { loadParts } from "../code/parts.ts";
import type { ProgramValues } from "../code/program.ts";
import { DEFAULT_LIVE_MODEL, loadConfig, OPENAI_URL } from "../config.ts";
import { LabError } from "../errors.ts";
import { chooseSections, loadSection } from "../lesson/load.ts";
import { describeParams, valuesOf } from "../lesson/params.ts";
import type { Lesson } from "../lesson/types.ts";
import { withoutSecrets } from "../mask.ts";
import { usualTemperature } from "../model/names.ts";
import { encodingOf } from "../model/tokens.ts";
import { toggle, word } from "../run/flag.ts";
import { endpointFlags, paramFlags } from "../run/flags.ts";
import { print } from "../run/io.ts";
import { openSource } from "../run/source.ts";
import { suggest } from "../suggest.ts";
import type { ParamValue } from "../trace/events.ts";
import { findLesson, settingsOf } from "./find-lesson.ts";
import { verb } from "./verb.ts";

interface Flags {
  model?: string;
  embeddingModel?: string;
}

/** Writes what a section or a step does as a program that runs by itself. */
export const code = verb({
  name: "code",
  summary: "write a section or a step as a program that runs by itself",
  argument: {
    spec: "[id]",
    help: "a section such as memory/window, or a step such as memory/window/forgets",
  },
  flags: {
    set: paramFlags.set,
    out: word("--out <file>", "the file to write, such as window.mjs; otherwise it is printed"),
    force: toggle("--force", "write over a file that is there"),
    model: endpointFlags.model,
    embeddingModel: endpointFlags.embeddingModel,
  },
  notes: `Example:
  llm-lab code memory/window/forgets --set k=3 --out forgets.mjs`,
  async run([wanted], options, io) {
    const { lesson, section: id } = await findLesson(wanted);
    if (id === undefined) throw isALesson(lesson);
    const [section = ""] = chooseSections(lesson, id);
    const loaded = await loadSection(lesson, section);
    const set = settingsOf([loaded], options.set)[loaded.id] ?? {};
    const step = wanted?.split("/").slice(2).join("/");
    const { out } = options;
    const file = basename(out ?? `${step || section}.mjs`);
    const made = await makeProgram({ lesson, section, step, set, file, flags: options });
    if (out === undefined) print(io, made);
    else {
      writeProgram(wanted ?? "", out, made, options.force);
      print(io, `${writtenTo(out, made)}\n`);
    }
    return 0;
  },
});

interface Wish {
  lesson: Lesson;
  section: string;
  /** all of the section's steps where it is left out */
  step?: string;
  /** params that were set */
  set: Record<string, ParamValue>;
  /** the name of the file that it will stand in */
  file: string;
  flags: Flags;
}

/**
 * Makes the program of a section or a step.
 *
 * @throws LabError for a step that is not there, and for one that no program can do
 */
async function makeProgram({ lesson, section, step, set, file, flags }: Wish): Promise<string> {
  const loaded = await loadSection(lesson, section);
  const parts = await loadParts(lesson, section);
  const part = step ? parts.steps.find(({ name }) => name === step) : undefined;
  if (step && !part)
    throw noSuchStep(
      loaded.id,
      step,
      parts.steps.map(({ name }) => name),
    );
  const program = step ? part?.program : parts.section;
  const id = step ? `${loaded.id}/${step}` : loaded.id;
  if (!program) throw cannotBe(id, part?.refused ?? parts.steps[0]?.refused ?? "");
  const { programText } = await import("../code/program.ts");
  const params = describeParams(loaded.params, valuesOf(loaded.params, set));
  const { handbookChapters, handbookPassages } = await import("../documents/handbook.ts");
  return programText(parts, program, {
    ...settingsOfRun(flags),
    openAiModel: DEFAULT_LIVE_MODEL,
    id,
    title: part?.title ?? loaded.title,
    file,
    params,
    handbook: () => ({
      passages: handbookPassages().map(({ id, pageContent, metadata }) => ({
        id,
        pageContent,
        metadata,
      })),
      chapters: handbookChapters().map(({ file: source, text: pageContent }) => ({
        pageContent,
        metadata: { source },
      })),
    }),
  });
}

type OfRun =
  | "chatModel"
  | "temperature"
  | "baseModels"
  | "embeddingModel"
  | "endpoint"
  | "encoding";

/** The models that a run with these flags would use. */
function settingsOfRun(flags: Flags): Pick<ProgramValues, OfRun> {
  const { model, baseModels, embeddingModel, endpoint, baseURL } = openSource(
    {},
    loadConfig({ flags }),
  );
  const live = baseURL === OPENAI_URL ? null : withoutSecrets(baseURL);
  return {
    chatModel: model,
    temperature: usualTemperature(model),
    baseModels,
    embeddingModel: embeddingModel ?? model,
    endpoint: endpoint === "offline" ? undefined : live,
    encoding: encodingOf(model),
  };
}

/**
 * Writes a step's program into the current folder, for a learner who asks for it in the middle of
 * a lesson; says where.
 */
export async function takeProgram(
  lesson: Lesson,
  step: string,
  set: Record<string, ParamValue>,
  flags: Flags,
): Promise<string> {
  const [, section = "", name = ""] = step.split("/");
  const file = `${section}-${name}.mjs`;
  const text = await makeProgram({ lesson, section, step: name, set, file, flags });
  writeProgram(step, file, text, false);
  return writtenTo(file, text);
}

/** Where a program is, and how to run it: what its first comment says, line by line. */
function writtenTo(file: string, text: string): string {
  const lines = text.split("\n");
  const head = lines.slice(2, lines.indexOf("")).map((line) => line.replace(/^\/\/ ?/, "  "));
  const how = head.join("\n").replaceAll(`node ${basename(file)}`, `node ${file}`);
  return `The program is in ${file}. To run it:\n\n${how.replace(/ +$/gm, "")}`;
}

function writeProgram(id: string, file: string, text: string, force: boolean): void {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw isAFolder(file);
    writeFileSync(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    if (error instanceof LabError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST")
      throw new LabError(
        `The file ${file} is there already`,
        `Name another: llm-lab code ${id} --out other.mjs; --force writes over a file.`,
        2,
      );
    throw new LabError(`The file ${file} cannot be written: ${message}`, "Check the path.", 2);
  }
}

function isAFolder(path: string): LabError {
  return new LabError(
    `${path} is a folder, and a program is a file`,
    `Name the file too: --out ${path.replace(/\/$/, "")}/program.mjs.`,
    2,
  );
}

function isALesson({ id, sections }: Lesson): LabError {
  const names = Object.keys(sections).map((section) => `${id}/${section}`);
  return new LabError(
    `${id} is a whole lesson, and a program is written of a section or a step`,
    `Name one of its sections: ${names.join(", ")}.`,
    2,
  );
}

function noSuchStep(section: string, typed: string, names: string[]): LabError {
  return new LabError(
    `The section ${section} has no step "${typed}"`,
    `${suggest(typed, names, `${section}/`)}Its steps are ${names.join(", ")}.`,
    2,
  );
}

function cannotBe(id: string, reason: string): LabError {
  return new LabError(`${id} cannot be a program of its own`, `${reason}.`);
}
