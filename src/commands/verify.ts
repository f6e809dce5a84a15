import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { curriculum } from "../../lessons/index.ts";
import { jsonOf } from "../clean.ts";
import { LabError } from "../errors.ts";
import { chooseSections, loadSection } from "../lesson/load.ts";
import { choice, integer } from "../lesson/params.ts";
import { packageFile } from "../package-file.ts";
import { flag, type OptionsOf, optional, toggle, word } from "../run/flag.ts";
import { tapeFlags } from "../run/flags.ts";
import { type Io, print } from "../run/io.ts";
import type { Order, SectionReport } from "../verify/orders.ts";
import { findLesson } from "./find-lesson.ts";
import { verb } from "./verb.ts";

const flags = {
  format: flag(
    "--format <format>",
    choice({
      default: "text",
      choices: ["text", "json", "junit", "github"],
      help: "text, json, junit (XML) or github (annotations)",
    }),
  ),
  replay: word("--replay <folder>", "take the replies from tapes, such as memory-window.json"),
  full: toggle("--full", "play slow steps, too, and train as long as the lessons do"),
  jobs: optional(
    "--jobs <number>",
    integer({ default: 2, min: 1, max: 64, help: "processes that play at a time" }),
  ),
  fault: tapeFlags.fault,
};

/** Ten minutes: no section takes as long, even with --full on a slow machine. */
const MOST_MS = 600_000;

/** Plays lessons, and holds what came of them against what they promise. */
export const verify = verb({
  name: "verify",
  summary: "play lessons as a test: do they show what they promise?",
  argument: { spec: "[lessons...]", help: "lessons or sections, such as memory chains/router" },
  flags,
  notes: `Examples:
  llm-lab verify                       all lessons
  llm-lab verify memory chains/router  a lesson, and a section
  llm-lab verify --format junit        for a CI system

The offline model answers; no key and no setting of yours is used. The exit
code is 1 where an outcome is broken.`,
  async run(words, options, io) {
    const orders = slowFirst(await ordersOf(words, options, io));
    const home = mkdtempSync(join(tmpdir(), "llm-lab-verify-"));
    const started = performance.now();
    try {
      const { playAll } = await import("../verify/team.ts");
      const { verifyEnvironment } = await import("../verify/environment.ts");
      const { isKept } = await import("../verify/orders.ts");
      const { sectionLine } = await import("../verify/reports.ts");
      const reports = await playAll(
        orders.map(({ order }) => order),
        {
          jobs: options.jobs ?? availableParallelism(),
          program: io.program
            ? join(dirname(io.program), "verify-child.js")
            : fileURLToPath(packageFile("dist/verify-child.js")),
          env: verifyEnvironment(home),
          cwd: home,
          signal: io.signal,
          mostMs: MOST_MS,
          onReport: (report) => {
            if (options.format === "text") print(io, `${sectionLine(report)}\n`);
          },
        },
      );
      const places = new Map(orders.map(({ at }, index) => [reports[index], at]));
      const sorted = reports.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
      await report(sorted, performance.now() - started, options.format, io);
      return reports.every(isKept) ? 0 : 1;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
});

interface Planned {
  order: Order;
  /** its place in the curriculum */
  at: number;
  /** how long it takes, roughly: 2 for training, 1 for vectors */
  weight: number;
}

/** The sections that are meant, each once, in the curriculum's order. */
async function ordersOf(
  words: string[],
  { full, fault, replay }: OptionsOf<typeof flags>,
  io: Io,
): Promise<Planned[]> {
  const wanted = new Map<string, Order>();
  for (const typed of words.length > 0 ? words : curriculum.map(({ id }) => id)) {
    const { lesson, section } = await findLesson(typed);
    for (const id of chooseSections(lesson, section)) {
      const order = { lesson: lesson.id, section: id, isFull: full, fault, program: io.program };
      const tape = replay === undefined ? undefined : tapeOf(order, resolve(replay));
      wanted.set(`${lesson.id}/${id}`, { ...order, replay: tape });
    }
  }
  const all = curriculum.flatMap(({ id, sections }) => sections.map((name) => `${id}/${name}`));
  const planned: Planned[] = [];
  for (const [section, order] of wanted) {
    const { kits } = await loadSection((await findLesson(order.lesson)).lesson, order.section);
    const weight = kits.includes("training") ? 2 : Number(kits.includes("vectors"));
    planned.push({ order, at: all.indexOf(section), weight });
  }
  return planned;
}

/** What takes long begins first, so that no process is alone with it at the end. */
const slowFirst = (planned: Planned[]) =>
  planned.toSorted((a, b) => b.weight - a.weight || a.at - b.at);

/** The tape of a section, or that of its whole lesson. */
function tapeOf({ lesson, section }: Order, folder: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new LabError(`There is no folder ${folder}`, "Check the path after --replay.", 2);
  const names = [`${lesson}-${section}.json`, `${lesson}.json`];
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new LabError(
    `There is no tape for ${lesson}/${section} in ${folder}`,
    `Record one: llm-lab lesson ${lesson}/${section} --record ${join(folder, names[0] ?? "")}.`,
    2,
  );
}

async function report(
  reports: SectionReport[],
  ms: number,
  format: OptionsOf<typeof flags>["format"],
  io: Io,
): Promise<void> {
  const made = await import("../verify/reports.ts");
  if (format === "json") print(io, `${jsonOf(made.reportJson(reports, ms), 2)}\n`);
  else if (format === "junit") print(io, made.reportJunit(reports));
  else if (format === "github") print(io, made.reportGithub(reports, ms));
  else print(io, `${made.endLines(reports, ms).join("\n")}\n`);
}
