import { namedSettings } from "../config.ts";
import { chooseSections, loadSection } from "../lesson/load.ts";
import { describeParams, integer, paramList } from "../lesson/params.ts";
import { readPlainFile } from "../plain-file.ts";
import { optional, word } from "../run/flag.ts";
import { costFlags, endpointFlags, outputFlags, paramFlags, tapeFlags } from "../run/flags.ts";
import { print } from "../run/io.ts";
import { openRun } from "../run/open.ts";
import type { ParamValue } from "../trace/events.ts";
import { describeChoices, STORE_VARIABLES } from "../vector/engines.ts";
import { locateStore } from "../vector/locate.ts";
import { findLesson, loadAll, nextAfter, settingsOf } from "./find-lesson.ts";
import { followed } from "./followed.ts";
import { languageOf } from "./language.ts";
import { verb } from "./verb.ts";

/** Plays a lesson, or one section of it. */
export const lesson = verb({
  name: "lesson",
  summary: "play a lesson, or one section of it",
  argument: { spec: "[id]", help: "a lesson such as memory, or a section such as memory/window" },
  meantBy: ([id, section = ""]) =>
    id?.includes("/") || section.includes("/")
      ? `Play one after the other: llm-lab lesson ${id} && llm-lab lesson ${section}.`
      : `One section is llm-lab lesson ${id}/${section}; its params are set with --set name=value.`,
  flags: {
    ...paramFlags,
    file: word("--file <csv>", "a table of your own, for lessons that read one"),
    step: optional(
      "--step <number>",
      integer({ default: 2, min: 1, max: 99, help: "begin at this step of the first section" }),
    ),
    answers: word("--answers <list>", "answers to the lesson's questions, in order: yes,no,2"),
    lang: word("--lang <code>", "the language of the lesson's texts, such as de"),
    store: word("--store <name|url>", `for vectors: ${describeChoices()}`),
    ...endpointFlags,
    ...outputFlags,
    ...tapeFlags,
    ...costFlags,
  },
  notes: `Example:
  llm-lab lesson memory/window --set k=3 --set name=Grace`,
  async run([wanted], options, io) {
    const { lesson, section } = await findLesson(wanted);
    const sections = chooseSections(lesson, section);
    if (options.params) {
      for (const id of sections) {
        const { id: name, params } = await loadSection(lesson, id);
        print(io, paramList(name, describeParams(params, {})));
      }
      return 0;
    }
    const settings = settingsOf(
      options.set.length > 0 ? await loadAll(lesson, sections) : [],
      options.set,
    );
    // A store that cannot be named is told before anything is shown.
    if (options.store !== undefined)
      locateStore({ store: options.store, settings: namedSettings(STORE_VARIABLES) });
    const inLanguage = await languageOf(lesson, options.lang);
    const file = options.file === undefined ? undefined : readOwnFile(options.file);
    const run = await openRun(options, io);
    try {
      const { portsOf } = await import("../run/ports.ts");
      const ports = portsOf(run, options, io);
      const planned = { lesson, sections, settings, file, next: nextAfter(lesson.id, section) };
      const { agreeToPlay } = await import("../run/consent.ts");
      if (!(await agreeToPlay(run, planned, ports, options.yes))) return 0;
      const { play } = await import("../lesson/play.ts");
      const { kitOpener } = await import("../kits/all.ts");
      const { about, signal, stage, connect } = run;
      const { emit, ask } = inLanguage({
        emit: stage.interactive ? await followed(run.emit, io) : run.emit,
        ask: stage.ask.bind(stage),
      });
      const openKit = kitOpener(ports, "open");
      const writeProgram = async (step: string, set: Record<string, ParamValue>) =>
        (await import("./code.ts")).takeProgram(lesson, step, set, options);
      const outcome = await play({
        ...planned,
        start: options.step,
        emit,
        ask,
        connect,
        run: about,
        openKit,
        writeProgram,
        signal,
      });
      return outcome === "failed" || outcome === "partly" ? 1 : 0;
    } finally {
      await run.close();
    }
  },
});

function readOwnFile(path: string): string {
  const hint = "Check the path after --file.";
  return readPlainFile(path, { what: "file", hint, most: 64 * 1024 * 1024 }).toString("utf8");
}
