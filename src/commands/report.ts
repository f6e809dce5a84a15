import { basename, extname } from "node:path";
import { text } from "node:stream/consumers";
import { LabError } from "../errors.ts";
import { readPlainFile } from "../plain-file.ts";
import { word } from "../run/flag.ts";
import { type Io, print } from "../run/io.ts";
import { EVENTS_VERSION, type LabEvent } from "../trace/events.ts";
import { readEvents, type WrittenRun } from "../trace/events-file.ts";
import { verb } from "./verb.ts";

const MEGABYTE = 1024 * 1024;
const HINT = "Write one with --format jsonl, or with llm-lab xray --out run.jsonl -- node app.mjs.";

/** Makes a page of a run that was written down. */
export const report = verb({
  name: "report",
  summary: "make a page of a run that was written down: HTML, or Markdown",
  argument: { spec: "[run]", help: "a file of events, one a line; - reads them from stdin" },
  flags: {
    out: word("--out <file>", "the page: .html or .md; otherwise the run's name with .html"),
  },
  notes: `Examples:
  llm-lab lesson memory --format jsonl > run.jsonl
  llm-lab report run.jsonl
  llm-lab xray --out run.jsonl -- node app.mjs
  llm-lab report run.jsonl --out run.md

lesson, chat, index, ask, train and xray write the same page with --report.`,
  async run([run], { out }, io) {
    if (run === undefined)
      throw new LabError("report takes a run", `Name a file of events. ${HINT}`, 2);
    const { ReportFile } = await import("../run/report-file.ts");
    const { BrokenEvent } = await import("../report/build.ts");
    const { masked } = await import("../run/reported.ts");
    const { secretsIn } = await import("../trace/secrets.ts");
    const name = run === "-" ? "stdin" : run;
    const written = readEvents(await textOf(run, io), name, HINT);
    check(written.events, name);
    const file = new ReportFile(out ?? pageOf(run), "--out");
    const events = masked(written.events, secretsIn(io.environment));
    const whole = `The whole run is in ${basename(name)}.`;
    const told = await file.write(events, io.now(), whole).catch((error) => {
      if (error instanceof BrokenEvent) throw damaged(`Event ${error.at + 1} of ${name}`, error);
      throw error instanceof TypeError ? damaged(`An event of ${name}`, error) : error;
    });
    print(io, `${told}\n${notes(written, name)}`);
    return 0;
  },
});

async function textOf(run: string, io: Io): Promise<string> {
  if (run === "-") return text(io.stdin);
  const about = { what: "run", hint: HINT, most: 512 * MEGABYTE };
  return readPlainFile(run, about).toString("utf8");
}

/** The page beside the run: run.jsonl becomes run.html. */
function pageOf(run: string): string {
  return run === "-" ? "report.html" : `${run.slice(0, run.length - extname(run).length)}.html`;
}

function check(events: readonly LabEvent[], name: string): void {
  const starts = events.filter((event) => event.type === "run-start");
  const version: number | undefined = starts[0]?.version;
  if (version !== EVENTS_VERSION) {
    const isOlder = typeof version === "number" && version < EVENTS_VERSION;
    throw new LabError(
      `${name} has events of version ${version}, and this llm-lab reads version ${EVENTS_VERSION}`,
      isOlder ? "Write the run again with this llm-lab." : "Use a newer llm-lab.",
      2,
    );
  }
  if (starts.length > 1)
    throw new LabError(
      `${name} has ${starts.length} runs, and a report is of one`,
      "Write each run into a file of its own.",
      2,
    );
}

function damaged(which: string, cause: Error): LabError {
  return new LabError(`${which} is damaged: it lacks what its type has`, HINT, 2, { cause });
}

function notes({ events, isCut }: WrittenRun, name: string): string {
  const isEnded = !isCut && events.some(({ type }) => ENDS.includes(type));
  const cut = isCut ? `The last line of ${name} is not whole, and was left out.\n` : "";
  return isEnded ? "" : `${cut}The run in ${name} did not come to its end.\n`;
}

const ENDS: LabEvent["type"][] = [
  "lesson-end",
  "chat-end",
  "index-end",
  "index-listed",
  "index-removed",
  "ask-end",
  "train-end",
  "xray-end",
];
