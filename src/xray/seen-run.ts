import { LabError } from "../errors.ts";
import { readPlainFile } from "../plain-file.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import { readEvents } from "../trace/events-file.ts";

/** The prompts of a run that was written down. */
export interface SeenRun {
  prompts: SeenPrompt[];
}

export interface SeenPrompt {
  /** the number of its call, from 1 */
  call: number;
  model: string;
  messages: { role: string; name?: string; text: string }[];
  tools: string[];
  /** the places in the run at which the call began and ended */
  began: number;
  ended: number;
}

const MEGABYTE = 1024 * 1024;
const HINT = "Write one with llm-lab xray --out run.jsonl -- node app.mjs.";

/**
 * Reads a run: events, one a line, as `xray --out` and `--format jsonl` write them.
 *
 * @throws LabError with exit code 2 for a file that is not a run
 */
export function readRun(path: string): SeenRun {
  const about = { what: "run", hint: HINT, most: 512 * MEGABYTE };
  const { events, isCut } = readEvents(readPlainFile(path, about).toString("utf8"), path, HINT);
  if (isCut) throw new LabError(`The last line of ${path} is not whole`, HINT, 2);
  return { prompts: promptsIn(events) };
}

function promptsIn(events: readonly LabEvent[]): SeenPrompt[] {
  const ends = new Map<number, number>();
  for (const [at, event] of events.entries())
    if (event.type === "call-end" || event.type === "call-failed") ends.set(event.call, at);
  return events.flatMap((event, at) =>
    event.type === "call-start" ? [promptOf(event, at, ends.get(event.call) ?? events.length)] : [],
  );
}

function promptOf(event: EventOf<"call-start">, began: number, ended: number): SeenPrompt {
  const messages = event.messages.map(({ role, name, parts }) => ({
    role,
    ...(name !== undefined && { name }),
    text: parts.map(({ text }) => text).join(""),
  }));
  return { call: event.call, model: event.model, messages, tools: event.tools ?? [], began, ended };
}
